import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type Adjudication, adjudicationId, categoryId, personId } from '../../../shared/model/index.ts';
import { segmented, UnitIndex } from '../../../shared/agreement/units.ts';
import { lineEndsOf, type Stretch } from '../../../shared/text/blocks.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { categories as allCategories, passagePlace, taggedPlaces, type TaggedRow } from './queries.ts';
import { readAdjudications } from './records.ts';
import { layerText } from './texts.ts';

/**
 * Writes what is final for a passage, with what each coder had given and why; their tags stay. Deciding again adds another
 * decision: the newest counts, the older stay in the record. Faults: NOT_FOUND for a passage or category that is not there.
 */
export function decide(context: WriteContext, input: CallArgs<'adjudications.decide'>): Adjudication {
  const names = new Map(context.db.all(allCategories, {}).map(({ id, name }) => [id, name ?? '']));
  const categories = [...new Set(input.categories)].sort();
  for (const id of categories)
    if (!names.has(id)) throw new Fault('NOT_FOUND', 'No such category in the codebook.', { id });
  const made: Adjudication = {
    id: adjudicationId.parse(context.newId()),
    passage: input.passage,
    categories,
    compared: comparedOn(context, input.passage),
    reason: input.reason,
    person: context.person.id,
    at: context.now(),
  };
  const { id, at: _at, ...fields } = made;
  const edits = (['passage', 'categories', 'compared', 'reason', 'person'] as const).map((field): Edit => ({
    entity: 'adjudication',
    id,
    field,
    value: fields[field],
  }));
  const [first] = categories;
  const what =
    first === undefined
      ? 'none'
      : `“${names.get(first) ?? first}”${categories.length > 1 ? ` and ${categories.length - 1} more` : ''}`;
  context.db.commit(`Decide passage: ${what}`, edits);
  // Its time is the commit's.
  return readAdjudications(context.db).find(({ id: one }) => one === id) ?? made;
}

/**
 * What everybody who coded the passage's source gave there: by passages of theirs that overlap it, or, of those who have none,
 * by those in the sentences it touches. People without a tag in the source are not compared.
 */
function comparedOn(context: WriteContext, id: string): Adjudication['compared'] {
  const place = context.db.get(passagePlace, { id });
  if (place === undefined)
    throw new Fault('NOT_FOUND', 'No such passage in this project, or it’s in the trash.', { id });
  const tags = context.db.all(taggedPlaces, {}).filter(({ source }) => source === place.source);
  const { start, end } = place;
  const near = start === null || end === null ? null : neighbourhood(context, place.layer, { start, end });
  const isOn = (tag: TaggedRow, stretches: readonly number[], index: UnitIndex): boolean =>
    tag.layer === place.layer &&
    tag.start !== null &&
    tag.end !== null &&
    index.overlapping({ start: tag.start, end: tag.end }).some((at) => stretches.includes(at));
  return [...Map.groupBy(tags, ({ person }) => person)]
    .map(([person, own]) => {
      const direct = own.filter((tag) => tag.passage === id || (near !== null && isOn(tag, [0], near.itself)));
      const given =
        direct.length > 0 || near === null ? direct : own.filter((tag) => isOn(tag, near.sentences, near.about));
      return {
        person: personId.parse(person),
        categories: [...new Set(given.map(({ category }) => category))].sort().map((one) => categoryId.parse(one)),
      };
    })
    .sort((a, b) => (a.person < b.person ? -1 : 1));
}

function neighbourhood(context: WriteContext, layer: string, passage: Stretch) {
  const { layer: stored, text } = layerText(context, layer);
  const about = new UnitIndex(text, segmented(text, 'sentence', lineEndsOf(stored.file.engine, text)));
  return { itself: new UnitIndex(text, [passage]), about, sentences: about.overlapping(passage) };
}
