import { z } from 'zod';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { RowOf } from '../../../shared/changes/fields.ts';
import type { Selection } from '../../../shared/contract/export.ts';
import { edtfDate, sourceKind, type Anchor, type EdtfDate, type TextAnchor } from '../../../shared/model/index.ts';
import { heldSecondCoding } from '../../../shared/review/second-coding.ts';
import { vouchersOf } from '../../../shared/review/status.ts';
import { counted } from '../../../shared/text/counted.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { ReadContext } from '../context.ts';
import { type Reviewed, reviewedOf } from '../review/state.ts';
import { everyCategory } from '../codebook/categories.ts';
import { byAge, type TagRow, tagsOfPassages } from '../passages/queries.ts';
import { copyGroups } from '../sources/copies.ts';
import { projectTitles } from '../project-titles.ts';
import { byPlace, passagesAt, type PlaceRow } from '../passages/places.ts';
import { type KnownKeys, shownNames } from '../people/names.ts';
import {
  type CodedBy,
  type Report,
  type ReportCategory,
  type ReportPassage,
  type ReportSource,
  STATE_NAMES,
} from '../../formats/report/model.ts';
import {
  decisionsOfReport,
  livePassagesIn,
  type PassageRow,
  passagesOfReport,
  settingsOfReport,
  sourcesOfReport,
  sourceValues,
} from './queries.ts';
import { exhibitOf, type Unnumbered } from './exhibits.ts';
import { select } from '../export/selection.ts';
import { maskedFor, reasonsOf } from '../masks/exporting.ts';
import type { Masking } from '../masks/masking.ts';

/** Passages read at once; after each batch `watch` is called. */
const AT_ONCE = 1000;

/** What a report is made of. */
export interface Chosen {
  readonly passages: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** The selection in words; empty for everything. */
  readonly chosen: readonly string[];
  /** How people are named, by id. */
  readonly names: ReadonlyMap<string, string>;
}
type Watch = (done: number, total: number) => void;
const UNWATCHED: Watch = () => undefined;

/**
 * The content of a report on a selection. Sources are ordered by title, passages by place. `watch` gets the number of passages read
 * and their total, and may throw to end the work.
 */
export function collect(
  context: ReadContext,
  { only, keys }: { readonly only: Selection; readonly keys: KnownKeys },
  watch: Watch = UNWATCHED,
): Report {
  watch(0, 0);
  const { passages, sources } = select(context, only);
  const names = shownNames(context.db, keys);
  return collectChosen(context, { passages, sources, chosen: inWords(context, only), names }, watch);
}

/** The same of passages and sources that were chosen otherwise. */
export function collectChosen(
  context: ReadContext,
  { passages, sources, chosen: words, names }: Chosen,
  watch: Watch = UNWATCHED,
): Report {
  const { db, project } = context;
  const title = db.get(projectTitles, { id: project.id });
  const chosen = passagesIn(context, passages);
  // Also those that were not selected: an exhibit has everyone’s coding of its words.
  const beside = chosen.isAll
    ? []
    : passagesAt(db, [...passages])
        .flat()
        .filter((id) => !passages.has(id));
  const rows = [...chosen.rows, ...passagesIn(context, beside).rows];
  const masking = maskedFor(context, { passages: rows });
  const masks = reasonsOf(masking, (id) => sources.has(id));
  const bySource = Map.groupBy(byPlace(rows), ([first]) => first?.source);
  const known = lookedUp(context, names);
  const written = new Map<string, Unnumbered>();
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    watch(at, rows.length);
    const some = rows.slice(at, at + AT_ONCE);
    const write = passageWriter(context, known, some);
    for (const row of some) written.set(row.id, write(row));
  }
  watch(rows.length, rows.length);
  let number = 0;
  return {
    title: masking.free(title?.title ?? ''),
    madeAt: new Date(context.now()).toISOString(),
    head: project.head(),
    codebook: { title: masking.free(title?.codebookTitle ?? ''), version: title?.codebookVersion ?? '' },
    chosen: words.map(masking.free),
    ...(masks.length === 0 ? {} : { masks }),
    sources: withCopies(context, sourcesOf(context, [...sources])).map((source) => ({
      ...masking.row(source),
      passages: (bySource.get(source.id) ?? []).flatMap((group) => {
        const [first, ...more] = group.flatMap((row) => taken(written, row.id));
        if (first === undefined || group[0] === undefined) return [];
        const { layer, place: whole } = group[0];
        const place = layer === null ? whole : masking.anchor(source.id, layer, whole);
        const one = freed(exhibitOf([first, ...more]), masking);
        const quote = place.kind === 'text' ? quotedWords(place.exact, source.kind) : null;
        return { ...one, number: (number += 1), quote, page: source.kind === 'pdf' ? place.page : null };
      }),
    })),
  };
}

/** Taken out of the map, so that a passage is not in memory once more as what it becomes. */
function taken<T>(from: Map<string, T>, id: string): T[] {
  const one = from.get(id);
  from.delete(id);
  return one === undefined ? [] : [one];
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

interface Placed extends PlaceRow {
  readonly source: string;
  readonly person: string | null;
  /** Without its quads, which no report has: they are half of what a passage takes in memory. */
  readonly place: Anchor;
}
const NO_QUADS: TextAnchor['quads'] = [];

function placed({ id, source, layer: madeOn, anchor, person }: PassageRow): Placed[] {
  const place = readAnchor(anchor);
  if (place === null) return [];
  const { page, layer = madeOn } = place;
  if (place.kind === 'area')
    return [{ id, source, person, layer, page, span: null, area: JSON.stringify(place.area), place }];
  const span = layer === null ? null : `${layer} ${String(place.start)} ${String(place.end)}`;
  return [{ id, source, person, layer, page, span, area: null, place: { ...place, quads: NO_QUADS } }];
}

/** Passages in reading order, source by source. `isAll`: they are all live passages of their sources. */
function passagesIn({ db }: ReadContext, chosen: Iterable<string>): { rows: Placed[]; isAll: boolean } {
  const ids = [...chosen];
  const rows: Placed[] = [];
  let live = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = db.all(passagesOfReport, { ids: JSON.stringify(ids.slice(at, at + AT_ONCE)) });
    live += some.filter(({ deleted }) => deleted !== 1).length;
    rows.push(...some.flatMap(placed));
  }
  const bySource = Map.groupBy(rows, ({ source }) => source);
  const sources = [...bySource.keys()].sort();
  const all = db.get(livePassagesIn, { sources: JSON.stringify(sources) })?.live;
  return { rows: sources.flatMap((source) => (bySource.get(source) ?? []).sort(inOrder)), isAll: live === all };
}

/** Areas come first on their page. */
const startOf = ({ place }: Placed): number => (place.kind === 'text' ? place.start : -1);
const inOrder = (a: Placed, b: Placed): number =>
  (a.page ?? 0) - (b.page ?? 0) || startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1);

const UNNAMED = 'unknown';

/** The names of all people and categories. */
function lookedUp({ db }: ReadContext, names: ReadonlyMap<string, string>) {
  const categories = new Map(
    db
      .all(everyCategory, {})
      .map(({ id, code, name }) => [id, { code: code ?? name ?? UNNAMED, name: name ?? code ?? UNNAMED }]),
  );
  return {
    nameOf: (id: string | null): string => names.get(id ?? '') ?? UNNAMED,
    categoryOf: (id: string): ReportCategory => categories.get(id) ?? { code: UNNAMED, name: UNNAMED },
  };
}
type Known = ReturnType<typeof lookedUp>;

/** Reads what a report needs for a batch of passages; the result writes one of them. */
function passageWriter(context: ReadContext, { nameOf, categoryOf }: Known, rows: readonly Placed[]) {
  const { db } = context;
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const tags = Map.groupBy(db.all(tagsOfPassages, { ids }), ({ passage }) => passage);
  const settings = Map.groupBy(db.all(settingsOfReport, { ids }), ({ passage }) => passage);
  const decisions = Map.groupBy(db.all(decisionsOfReport, { ids }), ({ passage }) => passage);
  const reviewed = reviewedOf(
    context,
    rows.map(({ id }) => ({ id, tagged: tags.has(id) })),
  );
  const named = (person: string, categories: readonly string[]): CodedBy => ({
    coder: nameOf(person),
    person,
    categories: categories.map(categoryOf).toSorted(byCode),
  });
  const decidedOf = (id: string): ReportPassage['decided'] => {
    const found = decisions.get(id)?.[0];
    const categories = categoryIds.safeParse(parsed(found?.categories ?? 'null')).data;
    if (found === undefined || categories === undefined) return null;
    const compared = comparedCoding.safeParse(parsed(found.compared ?? 'null')).data ?? [];
    return {
      categories: categories.map(categoryOf).toSorted(byCode),
      person: nameOf(found.person),
      at: found.at === null ? null : new Date(found.at).toISOString(),
      reason: found.reason ?? '',
      compared: compared.map((one) => named(one.person, one.categories)),
    };
  };

  return ({ id, person }: Placed): Unnumbered => {
    const review = reviewed.get(id);
    const own = (tags.get(id) ?? []).toSorted(
      (a, b) => byCode(categoryOf(a.category), categoryOf(b.category)) || byAge(a, b),
    );
    return {
      id,
      translations: (review?.translations ?? []).map((one) => ({
        language: one.language,
        text: one.text,
        translator: nameOf(one.person),
        machine: one.method === 'machine',
        state: one.state,
      })),
      categories: [...Map.groupBy(own, ({ category }) => category).keys()].map(categoryOf),
      coding: [...Map.groupBy(own, (tag) => tag.person)].map(([coder, given]) =>
        named(
          coder,
          given.map(({ category }) => category),
        ),
      ),
      decided: decidedOf(id),
      settings: (settings.get(id) ?? []).map(({ dimension, value }) => `${dimension}: ${value}`),
      highlighter: nameOf(person),
      state: review?.state ?? 'draft',
      second: review === undefined ? null : secondInWords(review, own, { nameOf, categoryOf }),
      ...namedVouchers(review, nameOf),
      comments: review?.comments ?? 0,
    };
  };
}

/** The second coding, without tags that were removed since. */
function secondInWords({ position }: Reviewed, tags: readonly TagRow[], { nameOf, categoryOf }: Known): string | null {
  const second = heldSecondCoding(position.line);
  if (second === null) return null;
  const { person, how } = second;
  if (how === 'unsaid') return `${nameOf(person)} (tags not specified)`;
  const isThere = (category: string, by: string): boolean =>
    tags.some((tag) => tag.category === category && tag.person === by);
  if (how === 'own') {
    const own = second.categories.filter((category) => isThere(category, person)).map((one) => categoryOf(one).code);
    return own.length === 0 ? null : `${nameOf(person)} (own tags: ${own.toSorted().join(', ')})`;
  }
  const kept = second.confirmed.filter(([category, by]) => isThere(category, by));
  const codes = [...new Set(kept.map(([category]) => categoryOf(category).code))].sort();
  return codes.length === 0 ? null : `${nameOf(person)} (agrees with ${codes.join(', ')})`;
}

const categoryIds = z.array(z.string());
const comparedCoding = z.array(z.object({ person: z.string(), categories: categoryIds }));
const byCode = (a: ReportCategory, b: ReportCategory): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** Who checked and approved it; null if it was reopened or returned since. */
function namedVouchers(
  review: Reviewed | undefined,
  nameOf: (id: string) => string,
): Pick<ReportPassage, 'checker' | 'approver'> {
  if (review === undefined || review.basis === null) return { checker: null, approver: null };
  const { checker, approver } = vouchersOf(review.position, review.basis);
  return {
    checker: checker === null ? null : nameOf(checker),
    approver: approver === null ? null : nameOf(approver),
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
