import { randomUUID } from 'node:crypto';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { withSnapshot } from '../../db/index.ts';
import type { QdaCode, QdaNote, QdaProject } from '../../formats/qda/model.ts';
import { codebookXml, projectXml } from '../../formats/qda/write.ts';
import { addEntry, writeZip } from '../../formats/zip/write.ts';
import { wholeCategories } from '../../project/codebook/categories.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { goOn, tell, writeText } from '../../project/export/partial-file.ts';
import { type Part, partOf } from '../../project/export/part.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { derivedId } from '../../project/ids.ts';
import { maskedFor, maskedForWords, reasonsOf } from '../../project/masks/outgoing.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { shownNames } from '../../project/people/names.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { NotCarriedList } from './not-carried.ts';
import { codesOf, setsOf } from './qda-codes.ts';
import { redactable, withRedacted } from './qda-redacted.ts';
import { byOf, countUnplaced, countUnwritable, filesOf, sourcesOf, type ToWrite, VARIABLES } from './qda-sources.ts';
import { unaltered } from './unaltered.ts';
import {
  countsNotExchanged,
  layerFiles,
  notesToExchange,
  type NotExchanged,
  type NoteRow,
  numbersToExchange,
  passageIdsToExchange,
  type PassageRow,
  passagesAmong,
  passagesToExchange,
  settingsOnPassages,
  sourcesToExchange,
  tagIdsToExchange,
  type TagRow,
  tagsOnPassages,
} from './queries.ts';

type Input = CallArgs<'exchange.export'>;
type Exported = CallOutput<'exchange.export'>;
type Outline = CallOutput<'exchange.outline'>;

const ORIGIN = 'Sourcebook';

/** Writes a REFI-QDA project or codebook. What the contract says of `exchange.export`. */
export async function exportQda(context: WriteContext, input: Input): Promise<Exported> {
  const { path, format, replace } = input;
  if (!replace) assertAbsent(path);
  tell(context, 'collecting', 0, 0);
  if (format === 'qdc') {
    const { codes, masking, counts: counted } = codebook(context);
    const sets = setsOf(context, dimensionsSet(context), null).map((set) => masking.row(set));
    const text = codebookXml({ origin: ORIGIN, codes, sets });
    const bytes = await writeText(context, path, [{ text, passages: 0 }], 0);
    return { path, bytes, ...counted };
  }
  return withSnapshot(context.project, context.person, (project) =>
    writeProject(context, { ...context, project, db: project.write }, input),
  );
}

/** `then`: one state of the project, of which passages are read while those before them are written. */
async function writeProject(context: WriteContext, then: WriteContext, { path, only }: Input): Promise<Exported> {
  const { rows, all: planned, notes, project, counts, left } = collect(then, only);
  for (const row of rows) {
    goOn(context);
    if (planned.masking.of(row.id).length === 0 || planned.redacted.has(row.id)) await unaltered(then, row);
  }
  const bytes = await withRedacted(context, rows, planned, async (redacted) => {
    const all = { ...planned, redacted };
    const total = rows.length;
    let done = 0;
    const made = await writeZip(path, async (zip) => {
      for (const entry of filesOf(then, rows, all)) {
        goOn(context);
        await addEntry(zip, entry);
        tell(context, 'writing', (done += 1), 2 * total);
      }
      const text = watched(context, projectXml({ ...project, sources: sourcesOf(then, rows, all, left) }));
      await addEntry(zip, { path: 'project.qde', content: { text }, deflate: true });
    });
    return made.bytes;
  });
  tell(context, 'done', bytes, bytes);
  countUnwritable(
    notes.map((note) => note.text),
    left,
  );
  return { path, bytes, ...counts, notCarried: left.list() };
}

/** What the contract says of `exchange.outline`. */
export function outlineQda(context: ReadContext, { format, only }: CallArgs<'exchange.outline'>): Outline {
  if (format === 'qdc') return codebook(context).counts;
  const { rows, all, notes, counts, left } = collect(context, only);
  countUnplaced(rows, all, left);
  countUnwritable(
    notes.map((note) => note.text),
    left,
  );
  return { ...counts, notCarried: left.list() };
}

/** The codebook alone. NOT_FOUND if it is empty. */
function codebook(context: ReadContext): {
  readonly codes: QdaProject['codes'];
  readonly masking: Masking;
  readonly counts: Outline;
} {
  const masking = maskedForWords(context, null);
  const { codes: whole, categories } = codesOf(context);
  const codes = withoutMasked(whole, masking);
  if (codes.length === 0) throw new Fault('NOT_FOUND', 'The codebook is empty, so no file was written.');
  const left = new NotCarriedList();
  left.add(
    'Memo',
    'A codebook of REFI-QDA has no notes.',
    context.db.all(notesToExchange, {}).filter(({ onCategory }) => onCategory === 1).length,
  );
  const none = { sources: 0, passages: 0, tags: 0, notes: 0 };
  left.masks(masking, () => true);
  return { codes, masking, counts: { categories, ...none, notCarried: left.list() } };
}

/** The pieces in larger ones, so that a stream is not asked for each; the export can be stopped between two. */
const PIECE = 1 << 18;
function* watched(context: WriteContext, pieces: Iterable<string>): Generator<string> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    yield waiting;
    waiting = '';
    goOn(context);
  }
  yield waiting;
}

/** What is written, of one state of the project. */
function collect(context: ReadContext, only: Input['only']) {
  const { db } = context;
  const left = new NotCarriedList();
  const part = partOf(context, only);
  if (part?.sources?.size === 0)
    throw new Fault('NOT_FOUND', 'No passages match these filters, so no file was written.');
  const isShown = (entity: string, id: string): boolean => part?.mayShow(entity, id) ?? true;
  const masking = maskedFor(context, { sources: part?.sources ?? null });
  left.masks(masking, (id) => part?.sources?.has(id) ?? true);
  const rows = db
    .all(sourcesToExchange, {})
    .filter(({ id }) => part?.sources?.has(id) ?? true)
    .map((row) => masking.row(row, ['kind', 'content', 'mediaType', 'language']));
  const passagesOf = (source: string): PassageRow[] =>
    db
      .all(passagesToExchange, { source })
      .filter(({ id }) => isShown('passage', id))
      .map((row) => maskedWords(row, masking));
  const givenTo = (passages: readonly PassageRow[]): Map<string, TagRow[]> => {
    const ids = JSON.stringify(passages.map(({ id }) => id));
    const tags = db.all(tagsOnPassages, { ids }).filter(({ id }) => isShown('tag', id));
    const settings = db.all(settingsOnPassages, { ids }).filter(({ id }) => isShown('setting', id));
    return Map.groupBy([...tags, ...settings], ({ passage }) => passage);
  };
  const others = [...rows, ...categoriesOf(context), context.project].map(({ id }) => id);
  const notes = notesOf(context, new Set(others), isShown, left).map((note) =>
    masking.row(note, ['entity', 'language']),
  );
  const byTarget = Map.groupBy(notes, ({ on }) => on);
  const { codes, categories } = codesOf(context, byTarget);
  const all: ToWrite = {
    masking,
    passagesOf,
    givenTo,
    notes: byTarget,
    redacted: redactable(context, rows, masking),
    others: new Map(rows.flatMap((row) => (masking.isGuessable(row) ? [[row.id, randomUUID()] as const] : []))),
    layers: new Map(db.all(layerFiles, {}).map(({ id, ...layer }) => [id, layer])),
  };
  if (part === null) for (const { kind, count } of db.all(countsNotExchanged, {})) left.add(...NO_PLACE[kind], count);
  const sources = new Set(rows.map(({ id }) => id));
  const project: Omit<QdaProject, 'sources'> = {
    name: masking.free(db.get(projectTitles, { id: context.project.id })?.title ?? ''),
    origin: ORIGIN,
    users: [...shownNames(db)]
      .filter(([id]) => isShown('person', id))
      .map(([guid, name]) => ({ guid, name: masking.free(name) })),
    codes: withoutMasked(codes, masking),
    variables: VARIABLES,
    notes: eachNote(notes),
    sets: setsOf(context, dimensionsSet(context), sources).map((set) => ({
      ...masking.row(set),
      sources: set.sources.map((id) => all.others.get(id) ?? id),
    })),
    description: masksInWords(masking, sources),
    onProject: (byTarget.get(context.project.id) ?? []).map(({ id }) => id),
  };
  const counts = {
    categories,
    sources: rows.length,
    ...numbersOf(context, part),
    notes: notes.length,
    originals: rows.reduce((sum, { id, bytes }) => sum + (masking.of(id).length === 0 ? (bytes ?? 0) : 0), 0),
  };
  return { rows, all, notes, project, left, counts };
}

/** How many passages and tags are written. */
function numbersOf({ db }: ReadContext, part: Part | null): { readonly passages: number; readonly tags: number } {
  if (part === null) return db.get(numbersToExchange, {}) ?? { passages: 0, tags: 0 };
  const shown = (entity: string, rows: readonly { readonly id: string }[]): number =>
    rows.filter(({ id }) => part.mayShow(entity, id)).length;
  return {
    passages: shown('passage', db.all(passageIdsToExchange, {})),
    tags: shown('tag', db.all(tagIdsToExchange, {})),
  };
}

/** How much is masked, and why: in the file too, for who has only that. */
function masksInWords(masking: Masking, sources: ReadonlySet<string>): string | null {
  const masks = reasonsOf(masking, (id) => sources.has(id));
  return masks.length === 0 ? null : masks.map(({ kind, reason, count }) => `${kind}, ${count}: ${reason}`).join('\n');
}

/** Codes without masked words in their names and descriptions. */
const withoutMasked = (codes: readonly QdaCode[], masking: Masking): QdaCode[] =>
  masking.isFree
    ? [...codes]
    : codes.map((code) => ({ ...masking.row(code, ['colour']), codes: withoutMasked(code.codes, masking) }));

/** A passage with the words that go out. */
function maskedWords(row: PassageRow, masking: Masking): PassageRow {
  const { source, layer, exact, start, end } = row;
  if (exact === null || start === null || end === null || layer === null) return row;
  return { ...row, exact: masking.quote(source, layer, { start, end, exact, prefix: '', suffix: '' }).exact };
}

/** The id of the set that the dimensions’ codes are in. */
const dimensionsSet = ({ project }: ReadContext): string => derivedId('sourcebook qda dimensions', project.id);

const categoriesOf = ({ db }: ReadContext): readonly { readonly id: string }[] =>
  db.all(wholeCategories, {}).filter(({ deleted, mergedInto }) => deleted !== 1 && mergedInto === null);

/**
 * Memos, translations and comments on what is written: passages, and what else is `written`. A memo on a category that is not written is
 * counted as left out.
 */
function notesOf(
  { db }: ReadContext,
  written: ReadonlySet<string>,
  isShown: (entity: NoteRow['entity'] | 'passage', id: string) => boolean,
  left: NotCarriedList,
): NoteRow[] {
  const notes = db.all(notesToExchange, {}).filter(({ entity, id }) => isShown(entity, id));
  const targets = JSON.stringify([...new Set(notes.map(({ on }) => on))]);
  const passages = db.all(passagesAmong, { ids: targets }).filter(({ id }) => isShown('passage', id));
  const all = new Set([...written, ...passages.map(({ id }) => id)]);
  const [carried, others] = [notes.filter(({ on }) => all.has(on)), notes.filter(({ on }) => !all.has(on))];
  left.add(
    'Memo',
    'It is on a category that was merged into another.',
    others.filter(({ entity }) => entity === 'memo').length,
  );
  return carried;
}

const NO_PLACE: Readonly<Record<NotExchanged, [string, string]>> = {
  review: ['Review step', 'REFI-QDA has no review.'],
  adjudication: ['Decision', 'REFI-QDA has no decisions between coders. Their tags are written.'],
  assignment: ['Assignment', 'REFI-QDA has no assignments.'],
  snapshot: ['Snapshot', 'REFI-QDA has no history.'],
  timestamp: ['Time stamp', 'REFI-QDA has no history.'],
  view: ['View', 'REFI-QDA has no saved filters.'],
  claim: ['Claim', 'REFI-QDA has no claims.'],
  dossier: ['Dossier', 'REFI-QDA has no dossiers.'],
  conversion: ['Conversion', 'REFI-QDA has no units.'],
  reference: ['Reference value', 'REFI-QDA has no figures.'],
  draft: ['Draft', 'REFI-QDA has no drafts.'],
  place: ['Place', 'REFI-QDA has no gazetteer.'],
  placename: ['Name of a place', 'REFI-QDA has no gazetteer.'],
  placechoice: ['Decision on a place name', 'REFI-QDA has no gazetteer.'],
  copy: ['Decision on copies', 'REFI-QDA doesn’t say which sources are copies of one text.'],
  figure: ['Figure', 'REFI-QDA has no values of figures.'],
  relation: ['Relation between figures', 'REFI-QDA has no computations.'],
};

/** Each made when its turn comes. */
function* eachNote(rows: readonly NoteRow[]): Generator<QdaNote> {
  for (const row of rows) yield noteOf(row);
}

function noteOf({ entity, id, text, language, person, at }: NoteRow): QdaNote {
  const name = entity === 'memo' ? 'Memo' : entity === 'comment' ? 'Comment' : `Translation (${language ?? 'und'})`;
  return { guid: id, name, by: byOf(person, at), text: { content: text } };
}
