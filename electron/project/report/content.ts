import { parsed } from '../../../shared/changes/canonical.ts';
import type { RowOf } from '../../../shared/changes/fields.ts';
import type { Selection } from '../../../shared/contract/export.ts';
import { edtfDate, type EdtfDate, sourceKind } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { ReadContext } from '../context.ts';
import { everyCategory } from '../codebook/categories.ts';
import { copyGroups } from '../sources/copies.ts';
import { projectTitles } from '../project-titles.ts';
import { type KnownKeys, shownNames } from '../people/names.ts';
import { type Signers, signersOfAll, signersOn } from '../people/signers.ts';
import {
  type CodedBy,
  type Report,
  type ReportCategory,
  type ReportPassage,
  type ReportSource,
  STATE_NAMES,
} from '../../formats/report/model.ts';
import { countsOfPassages, sourcesOfReport, sourceValues } from './queries.ts';
import { exhibitOf, type Unnumbered } from './exhibits.ts';
import { type ChosenPassages, groupsOfSource } from './groups.ts';
import { lookedUp, passageWriter, UNNAMED } from './passage-writer.ts';
import { isAll, select } from '../export/selection.ts';
import { maskedFor, reasonsOf } from '../masks/outgoing.ts';
import type { Masking } from '../masks/masking.ts';

/** Passages read at once; `watch` is called before each batch. */
const AT_ONCE = 100;

/** What a report is made of. */
export interface Chosen {
  readonly passages: ChosenPassages;
  /** How many they are. */
  readonly count: number;
  readonly sources: ReadonlySet<string>;
  /** The selection in words; empty for everything. */
  readonly chosen: readonly string[];
  /** How people are named, by id. */
  readonly names: ReadonlyMap<string, string>;
}
type Watch = (done: number, total: number) => void;
const UNWATCHED: Watch = () => undefined;

/** What a report on a selection is made of. `keys`: what is known of the keys of people. */
export function choose(
  context: ReadContext,
  { only, keys }: { readonly only: Selection; readonly keys: KnownKeys },
): Chosen {
  const names = shownNames(context.db, keys);
  if (!isAll(only)) {
    const { passages, sources } = select(context, only);
    return { passages, count: passages.size, sources, chosen: inWords(context, only), names };
  }
  const counts = context.db.all(countsOfPassages, {});
  const count = counts.reduce((sum, { passages }) => sum + passages, 0);
  return { passages: null, count, sources: new Set(counts.map(({ source }) => source)), chosen: [], names };
}

/**
 * The whole content of a report. Sources are ordered by title, passages by place. `watch` gets the number of passages read and their
 * total, and may throw to end the work.
 */
export function collect(context: ReadContext, chosen: Chosen, watch: Watch = UNWATCHED): Report {
  const { sources, exhibits, about } = openReport(context, chosen);
  const passages = sources.map((): ReportPassage[] => []);
  for (const { passage, at } of exhibits({ watch })) passages[at]?.push(passage);
  return { ...about, sources: sources.map((source, at) => ({ ...source, passages: passages[at] ?? [] })) };
}

/** A report whose exhibits are read when their turn comes, so that it need not be in memory. */
export interface OpenReport {
  readonly about: Omit<Report, 'sources'>;
  readonly sources: readonly Omit<ReportSource, 'passages'>[];
  /** Of the whole project; null for few passages, where they are read for each batch. */
  readonly signers: Signers | null;
  /**
   * Each exhibit, with the place of its source in `sources`. Read each time it is asked for. `isCodingOnly`: only who coded them and how;
   * all else is as of new passages.
   */
  readonly exhibits: (how?: { readonly isCodingOnly?: boolean; readonly watch?: Watch }) => Generator<Exhibit>;
}
export interface Exhibit {
  readonly passage: ReportPassage;
  readonly at: number;
}

/** Of more, who signed them is read of the whole project at once: asking of each passage took longer. */
const MANY = 5000;

/** What a report on these passages has. UNMASKED where they would name a private person. */
export function openReport(
  context: ReadContext,
  { passages, count, sources: chosen, chosen: words, names }: Chosen,
): OpenReport {
  const { db, project } = context;
  const title = db.get(projectTitles, { id: project.id });
  const groupsOf = groupsOfSource(db, passages);
  const masking = maskedFor(context, { passagesOf: (source) => groupsOf(source).flat() });
  const masks = reasonsOf(masking, (id) => chosen.has(id));
  const sources = withCopies(context, sourcesOf(context, [...chosen]));
  const known = lookedUp(context, names);
  const signers = count > MANY ? signersOfAll(context) : null;

  function* exhibits({ isCodingOnly = false, watch = UNWATCHED } = {}): Generator<Exhibit> {
    let [number, done] = [0, 0];
    for (const batch of batches(sources, groupsOf)) {
      watch(done, count);
      const rows = batch.flatMap(({ group }) => group);
      const ofBatch =
        signers ??
        signersOn(
          context,
          rows.map(({ id }) => id),
        );
      const write = passageWriter(context, known, rows, ofBatch, isCodingOnly);
      for (const { group, source, at } of batch) {
        const [{ layer, place: whole }, ...more] = group;
        const place = layer === null ? whole : masking.anchor(source.id, layer, whole);
        const one = freed(exhibitOf([write(group[0]), ...more.map(write)]), masking);
        const quote = place.kind === 'text' ? quotedWords(place.exact, source.kind) : null;
        yield {
          passage: { ...one, number: (number += 1), quote, page: source.kind === 'pdf' ? place.page : null },
          at,
        };
      }
      done += rows.length;
    }
    watch(count, count);
  }

  return {
    about: {
      title: masking.free(title?.title ?? ''),
      madeAt: new Date(context.now()).toISOString(),
      head: project.head(),
      codebook: { title: masking.free(title?.codebookTitle ?? ''), version: title?.codebookVersion ?? '' },
      chosen: words.map(masking.free),
      ...(masks.length === 0 ? {} : { masks }),
    },
    sources: sources.map((source) => masking.row(source)),
    signers,
    exhibits,
  };
}

interface Placing {
  readonly source: Described;
  /** Of the source among all. */
  readonly at: number;
  readonly group: ReturnType<ReturnType<typeof groupsOfSource>>[number];
}

/** The places of sources, as many at once as have {@link AT_ONCE} passages. */
function* batches(
  sources: readonly Described[],
  groupsOf: ReturnType<typeof groupsOfSource>,
): Generator<readonly Placing[]> {
  let waiting: Placing[] = [];
  let count = 0;
  for (const [at, source] of sources.entries())
    for (const group of groupsOf(source.id)) {
      waiting.push({ source, at, group });
      count += group.length;
      if (count < AT_ONCE) continue;
      yield waiting;
      [waiting, count] = [[], 0];
    }
  if (waiting.length > 0) yield waiting;
}

/** What people wrote of an exhibit, without masked words. */
function freed(exhibit: Unnumbered, masking: Masking): Unnumbered {
  if (masking.isFree) return exhibit;
  const categories = (all: readonly ReportCategory[]) => all.map((one) => masking.row(one));
  const coding = (all: readonly CodedBy[]) =>
    all.map((one) => ({ ...masking.row(one), categories: categories(one.categories) }));
  const { decided } = exhibit;
  return {
    ...masking.row(exhibit, ['state']),
    translations: exhibit.translations.map((one) => masking.row(one, ['state', 'language'])),
    categories: categories(exhibit.categories),
    coding: coding(exhibit.coding),
    decided:
      decided === null
        ? null
        : {
            ...masking.row(decided, ['at']),
            categories: categories(decided.categories),
            compared: coding(decided.compared),
          },
    settings: exhibit.settings.map(masking.free),
  };
}

/** With which are copies of one text. The name of a source that is not in the report is not in it. */
function withCopies({ db }: ReadContext, sources: readonly Described[]): Described[] {
  const titles = new Map(sources.map(({ id, title }) => [id, title]));
  const groupOf = new Map(copyGroups(db).flatMap((group) => group.members.map((id) => [id, group] as const)));
  return sources.map((source) => {
    const group = groupOf.get(source.id);
    if (group === undefined) return source;
    const others = counted(group.members.length - 1, 'other source', 'other sources');
    const title = titles.get(group.origin ?? '');
    const copies =
      group.origin === source.id
        ? `origin of a text that ${others} copied`
        : group.origin === null
          ? `copy of a text that ${others} have, too; its origin is unknown`
          : `copy of ${title === undefined ? 'a source that is not in this report' : `“${title}”`}`;
    // Any one of its sources names the text.
    return { ...source, copies, text: group.members.toSorted()[0] ?? source.id };
  });
}
type Described = Omit<ReportSource, 'passages'>;

function sourcesOf({ db }: ReadContext, ids: readonly string[]): Described[] {
  const labels = new Map(db.all(sourceValues, {}).map(({ dimension, code, label }) => [`${dimension} ${code}`, label]));
  const inWords = (dimension: string, code: string | null): string | null =>
    code === null ? null : (labels.get(`${dimension} ${code}`) ?? code);
  const byTitle = new Intl.Collator('en', { numeric: true });
  return db
    .all(sourcesOfReport, { ids: JSON.stringify(ids) })
    .map((row) => ({
      ...row,
      title: row.title ?? row.fileName ?? UNNAMED,
      fileName: row.fileName ?? '',
      kind: sourceKind.safeParse(row.kind).data ?? 'text',
      documentType: inWords('doctype', row.documentType),
      grade: graded(row.grade, inWords('srcrel', row.grade)),
      dates: datesOf(row),
      sha256: row.sha256 ?? '',
      bytes: row.bytes ?? 0,
    }))
    .sort((a, b) => byTitle.compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
}

const graded = (grade: string | null, label: string | null): string | null =>
  grade === null || label === null || label === grade ? grade : `${grade} (${label})`;

const datesOf = (row: RowOf<'source'>): ReportSource['dates'] => ({
  dateOfAct: dateOf(row.dateOfAct),
  dateOfDocument: dateOf(row.dateOfDocument),
  dateOfPublication: dateOf(row.dateOfPublication),
  dateOfCapture: dateOf(row.dateOfCapture),
});
const dateOf = (json: string | null): EdtfDate | null =>
  json === null ? null : (edtfDate.safeParse(parsed(json)).data ?? null);

/** A selection in words, for readers of the report. */
export function inWords({ db }: ReadContext, only: Selection): string[] {
  const words: string[] = [];
  const add = (what: string, all: readonly string[]): void => {
    if (all.length > 0) words.push(`${what}: ${all.join(', ')}`);
  };
  const sources = db.all(sourcesOfReport, { ids: JSON.stringify(only.sources) });
  add(
    'documents',
    sources.map(({ title, fileName, id }) => title ?? fileName ?? id),
  );
  const categories = new Map(
    db.all(everyCategory, {}).map(({ id, code, name }) => [id, `${code ?? ''} ${name ?? ''}`.trim()]),
  );
  add(
    'categories, including subcategories',
    only.categories.map((id) => categories.get(id) ?? id),
  );
  const names = shownNames(db);
  add(
    'highlighted or coded by',
    only.people.map((id) => names.get(id) ?? id),
  );
  add(
    'states',
    only.states.map((state) => STATE_NAMES[state]),
  );
  return words;
}
