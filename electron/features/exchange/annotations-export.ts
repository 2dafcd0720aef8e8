import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { annotationPieces } from '../../project/export/annotations.ts';
import { partOf } from '../../project/export/part.ts';
import { type TextPiece, writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { maskedFor } from '../../project/masks/outgoing.ts';
import { NotCarriedList } from './not-carried.ts';
import {
  countsNotExchanged,
  type NotExchanged,
  notesToExchange,
  settingsToExchange,
  tagsToExchange,
} from './queries.ts';

type Exported = CallOutput<'exchange.export'>;

const NO_PLACE: Readonly<Record<NotExchanged | 'translation' | 'comment', [string, string]>> = {
  review: ['Review step', 'Web Annotations have no review.'],
  adjudication: ['Decision', 'Web Annotations have no decisions between coders. Their tags are written.'],
  assignment: ['Assignment', 'Web Annotations have no assignments.'],
  snapshot: ['Snapshot', 'Web Annotations have no history.'],
  timestamp: ['Time stamp', 'Web Annotations have no history.'],
  view: ['View', 'Web Annotations have no saved filters.'],
  claim: ['Claim', 'Web Annotations have no claims.'],
  dossier: ['Dossier', 'Web Annotations have no dossiers.'],
  conversion: ['Conversion', 'Web Annotations have no units.'],
  reference: ['Reference value', 'Web Annotations have no figures.'],
  draft: ['Draft', 'Web Annotations have no drafts.'],
  place: ['Place', 'Web Annotations have no gazetteer.'],
  placename: ['Name of a place', 'Web Annotations have no gazetteer.'],
  placechoice: ['Decision on a place name', 'Web Annotations have no gazetteer.'],
  copy: ['Decision on copies', 'Web Annotations don’t say which sources are copies of one text.'],
  figure: ['Figure', 'Web Annotations have no values of figures.'],
  relation: ['Relation between figures', 'Web Annotations have no computations.'],
  translation: ['Translation', 'Web Annotations are on the words of the original.'],
  comment: ['Comment', 'It is talk within the team.'],
};

/** Passages as one W3C AnnotationCollection that other programs and projects read. What the contract says of `exchange.export`. */
export async function exportAnnotations(
  context: WriteContext,
  { path, only, replace }: Pick<CallArgs<'exchange.export'>, 'path' | 'only' | 'replace'>,
): Promise<Exported> {
  if (!replace) assertAbsent(path);
  const { counts, pieces } = annotationsToWrite(context, only);
  const bytes = await writeText(context, path, numbered(pieces), counts.passages);
  return { path, bytes, ...counts };
}

function* numbered(pieces: Iterable<string>): Generator<TextPiece> {
  let passages = -1;
  for (const text of pieces) yield { text, passages: Math.max(0, (passages += 1)) };
}

/** What would be written. NOT_FOUND if no passage fits. */
export function annotationsToWrite(
  context: ReadContext,
  only: CallArgs<'exchange.export'>['only'],
): { readonly counts: Omit<Exported, 'path' | 'bytes'>; readonly pieces: Iterable<string> } {
  const { db, project } = context;
  const part = partOf(context, only);
  const isShown = (entity: string, id: string): boolean => part?.mayShow(entity, id) ?? true;
  const title = db.get(projectTitles, { id: project.id })?.title ?? '';
  const left = new NotCarriedList();
  const { rows, lacking, pieces } = annotationPieces(
    context,
    { read: db, id: project.id, title },
    { annotations: part?.annotations ?? true, mayShow: isShown },
    'alone',
    (placed) => {
      const masking = maskedFor(context, { passages: placed });
      const sources = new Set(placed.map(({ source }) => source));
      left.masks(masking, (id) => sources.has(id));
      return masking;
    },
  );
  if (rows.length + lacking === 0)
    throw new Fault('NOT_FOUND', 'No passages match these filters, so no file was written.');
  left.add('Passage', 'Its text layer is missing or damaged. Verify the project.', lacking);
  const passages = new Set(rows.map(({ id }) => id));
  const tags = db.all(tagsToExchange, {}).filter(({ id, passage }) => passages.has(passage) && isShown('tag', id));
  const values = db
    .all(settingsToExchange, {})
    .filter(({ id, passage }) => passages.has(passage) && isShown('setting', id));
  const notes = db.all(notesToExchange, {}).filter(({ entity, id }) => isShown(entity, id));
  const memos = notes.filter(({ entity }) => entity === 'memo');
  for (const entity of ['translation', 'comment'] as const)
    left.add(...NO_PLACE[entity], notes.filter((note) => note.entity === entity && passages.has(note.on)).length);
  left.add('Memo', 'It is not on a passage.', memos.filter(({ on }) => !passages.has(on)).length);
  if (part === null) for (const { kind, count } of db.all(countsNotExchanged, {})) left.add(...NO_PLACE[kind], count);
  const categories = new Set(tags.map(({ category }) => category)).size;
  left.add(
    'Definition of a category',
    'Web Annotations have tags, not codebooks. Export the codebook as .qdc.',
    categories,
  );
  return {
    counts: {
      // Their names go with the tags, and nothing else of them.
      categories: 0,
      sources: new Set(rows.map(({ source }) => source)).size,
      passages: rows.length,
      tags: tags.length + values.length,
      notes: memos.filter(({ on }) => passages.has(on)).length,
      notCarried: left.list(),
    },
    pieces,
  };
}
