import { pageAt } from '../../../shared/anchoring/anchor.ts';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import {
  type Adjudication,
  categoryId,
  passageId,
  sourceId,
  adjudicationId,
  personId,
} from '../../../shared/model/index.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { type Judged, type JudgedUnit, judgedUnits, type Mark } from './judgements.ts';
import { everyCategory } from '../../project/codebook/categories.ts';
import { passagePlace, type TaggedRow } from './queries.ts';
import { tagsNow } from './tags-now.ts';
import { readAdjudications } from './assignments.ts';
import { questionOf } from './report.ts';
import { type LayerText, layerText, type Texts } from './units.ts';
import { Fault } from '../../../shared/errors.ts';
import { segmented, UnitIndex } from '../../../shared/agreement/units.ts';
import { lineEndsOf, type Stretch } from '../../../shared/text/blocks.ts';
import type { Edit } from '../../db/types.ts';
import { liveSources } from '../../project/sources/live-sources.ts';

/** Characters of context on either side. */
const AROUND = 120;

/** Units that two coders gave different categories, in reading order, with the decision if there is one. */
export function differences(
  context: ReadContext,
  input: CallArgs<'agreement.differences'>,
): CallOutput<'agreement.differences'> {
  const judged = judgedUnits(context, questionOf(context, input));
  const decisions = new Map(readAdjudications(context).map((one) => [one.passage, one]));
  const titles = new Map(
    context.db.all(liveSources, {}).map(({ id, title, fileName }) => [id, title ?? fileName ?? '']),
  );
  const textOf = textReader(context);
  const byUnit = Map.groupBy(judged.marks, ({ unit }) => unit);
  const found = judged.units.flatMap((unit, at): Disagreement[] => {
    const marks = byUnit.get(at) ?? [];
    const codings = codingsOf(judged, at, marks);
    if (!codings.some(({ categories }) => categories.join() !== codings[0]?.categories.join())) return [];
    const passages = passagesIn(unit, marks);
    const [passage] = passages;
    if (passage === undefined) return [];
    // Each coder may have a passage of their own on the same words: the newest decision on any of them holds.
    const decided = passages.flatMap((id) => decisions.get(id) ?? []).sort((a, b) => b.at - a.at)[0] ?? null;
    return [{ ...placeIn(textOf(unit.layer), unit, titles.get(unit.source) ?? ''), coders: codings, passage, decided }];
  });
  return {
    differences: input.open ? found.filter(({ decided }) => decided === null) : found,
    decided: found.filter(({ decided }) => decided !== null).length,
  };
}

/** Each coder of the unit with their categories, sorted; coders who gave none are included. */
function codingsOf(judged: Judged, unit: number, marks: readonly Mark[]): Disagreement['coders'] {
  const judges = judged.judges[unit] ?? [];
  if (judges.length < 2) return [];
  return judges.flatMap((coder) => {
    const who = judged.coders[coder];
    const own = marks.filter((mark) => mark.coder === coder).toSorted((a, b) => a.start - b.start);
    if (who === undefined) return [];
    const passages = [...new Set(own.map(({ passage }) => passage))].map((id) => passageId.parse(id));
    const categories = [...new Set(own.map(({ category }) => category))].sort().map((id) => categoryId.parse(id));
    return [{ person: who.id, name: who.name, passages, categories }];
  });
}

/** The passages a decision can be recorded on: the unit's own passage first, then those in the unit in reading order. */
function passagesIn(unit: JudgedUnit, marks: readonly Mark[]): Adjudication['passage'][] {
  const inside = marks.toSorted((a, b) => a.start - b.start || (a.passage < b.passage ? -1 : 1));
  const ids = [...(unit.passage === null ? [] : [unit.passage]), ...inside.map(({ passage }) => passage)];
  return [...new Set(ids)].map((id) => passageId.parse(id));
}

function placeIn({ layer, text }: LayerText, unit: JudgedUnit, sourceTitle: string) {
  return {
    source: sourceId.parse(unit.source),
    sourceTitle,
    page: pageAt(layer.file.pages, unit.start),
    start: unit.start,
    end: unit.end,
    text: text.slice(unit.start, unit.end),
    before: text.slice(Math.max(0, unit.start - AROUND), unit.start).toWellFormed(),
    after: text.slice(unit.end, unit.end + AROUND).toWellFormed(),
  };
}

/** Keeps the last layer's text open, since consecutive units are on the same layer. */
function textReader(context: Texts): (layer: string) => LayerText {
  let last: { id: string; text: LayerText } | undefined;
  return (id) => {
    if (last?.id !== id) last = { id, text: layerText(context, id) };
    return last.text;
  };
}

/**
 * Records the final categories of a passage, with what each coder had chosen and the reason; the coders' tags stay. Deciding
 * again adds another decision: the newest counts, older ones stay in the record. Throws NOT_FOUND.
 */
export function decide(context: WriteContext, input: CallArgs<'adjudications.decide'>): Adjudication {
  const names = new Map(context.db.all(everyCategory, {}).map(({ id, name }) => [id, name ?? '']));
  const categories = [...new Set(input.categories)].sort();
  for (const id of categories)
    if (!names.has(id))
      throw new Fault('NOT_FOUND', 'No such category in the codebook. It may have been moved to the trash.', { id });
  const made: Adjudication = {
    id: adjudicationId.parse(context.newId()),
    passage: input.passage,
    categories,
    compared: comparedOn(context, input.passage, input.coders),
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
  // Read back, since its time is that of the commit.
  return readAdjudications(context).find(({ id: one }) => one === id) ?? made;
}

/**
 * The categories that everyone who coded the source gave here: by their passages that overlap this one or, if they have none,
 * by those in the sentences it overlaps. People without a tag in the source are not compared, nor, where `coders` are given,
 * others who gave none here: they may never have read it, and a report would say that they judged it.
 */
function comparedOn(
  context: WriteContext,
  id: string,
  coders: CallArgs<'adjudications.decide'>['coders'],
): Adjudication['compared'] {
  const place = context.db.get(passagePlace, { id });
  if (place === undefined)
    throw new Fault('NOT_FOUND', 'No such passage in this project, or it’s in the trash.', { id });
  const tags = tagsNow(context).filter(({ source }) => source === place.source);
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
    .filter(({ person, categories }) => categories.length > 0 || (coders?.includes(person) ?? true))
    .sort((a, b) => (a.person < b.person ? -1 : 1));
}

function neighbourhood(context: WriteContext, layer: string, passage: Stretch) {
  const { layer: stored, text } = layerText(context, layer);
  const about = new UnitIndex(text, segmented(text, 'sentence', lineEndsOf(stored.file.engine, text)));
  return { itself: new UnitIndex(text, [passage]), about, sentences: about.overlapping(passage) };
}
