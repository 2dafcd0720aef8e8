import { parsed } from '../../../shared/changes/canonical.ts';
import type { EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { EvidencePlace } from '../../../shared/contract/evidence-places.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import {
  categoryId,
  dimensionId,
  passageId,
  personId,
  sourceGrade,
  sourceId,
  translationDraft,
  valueId,
} from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { PLACE_KINDS, type PassagePlaces, placesOf } from '../../project/evidence/places.ts';
import { orderedBy } from '../../project/evidence/order.ts';
import { type Evidence, evidenceOfSome, isEvidenceRead, readBehind } from '../../project/evidence/read-set.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { restingOn, type Selection } from '../../project/evidence/selection.ts';
import { type EvidenceSource, readSources } from '../../project/evidence/sources.ts';
import {
  countsBySource,
  partialPassages,
  type PlacedRow,
  placedIn,
  someQuotes,
} from '../../project/evidence/queries.ts';
import { translationsOfPassages } from '../../project/review/queries.ts';

type Input = CallArgs<'evidence.rows'>;
type Rows = CallOutput<'evidence.rows'>;

export async function rows(context: ReadContext, input: Input): Promise<Rows> {
  const early = isEvidenceRead(context) ? null : firstRows(context, input);
  if (early === null) return withPlaces(context, input, (evidence) => rowsOf(context, evidence, input));
  readBehind(context);
  return early;
}

/** Passages that are read for a first page, at most: some 20 ms. */
const FIRST = 200;

/**
 * The first rows of the whole table in reading order, before the evidence is read, which takes seconds in a large project: what the
 * evidence would give, with its totals counted by SQL. Null if more is asked for.
 */
function firstRows(context: ReadContext, input: Input): Rows | null {
  const { query, within, sort, group, places, from, count } = input;
  if (query.trim() !== '' || within.length > 0 || sort.length > 0 || group !== null || places) return null;
  if (from + count > FIRST) return null;
  const { db } = context;
  const sources = readSources(db);
  const counts = passagesBySource(db);
  const tagged = sources.all.filter(({ id }) => (counts.get(id) ?? 0) > 0);
  const first: PlacedRow[] = [];
  for (const { id } of count === 0 ? [] : tagged) {
    if (first.length >= from + count) break;
    first.push(...db.all(placedIn, { source: id }).sort(inReadingOrder));
  }
  const evidence = evidenceOfSome(context, sources, first.slice(0, from + count));
  const total = tagged.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
  return {
    faults: [],
    total,
    of: total,
    ...restingOn(tagged),
    positions: total,
    groups: [],
    rows: rowsShown(context, evidence, [...evidence.order.subarray(from, from + count)], input),
  };
}

/** How many passages of the evidence each source has, of those in the trash too. */
function passagesBySource(db: Readable): ReadonlyMap<string, number> {
  const counts = new Map(db.all(countsBySource, {}).map(({ source, passages }) => [source, passages]));
  for (const { source } of db.all(partialPassages, {})) counts.set(source, (counts.get(source) ?? 0) - 1);
  return counts;
}

/** As the evidence orders the passages of a source. */
const inReadingOrder = (a: PlacedRow, b: PlacedRow): number =>
  a.page - b.page || (a.start ?? -1) - (b.start ?? -1) || (a.id < b.id ? -1 : 1);

function rowsOf(
  context: ReadContext,
  evidence: Evidence,
  input: CallArgs<'evidence.rows'>,
): CallOutput<'evidence.rows'> {
  const { selection, rows: ordered, groups } = orderedBy(context.db, evidence, input, input);
  const page = [...ordered.subarray(input.from, input.from + input.count)];
  return {
    ...summaryOf(evidence, selection),
    positions: ordered.length,
    groups: [...groups],
    rows: rowsShown(context, evidence, page, input),
  };
}

/** The numbers above every view. */
export const summaryOf = ({ set }: Evidence, selection: Selection) => ({
  faults: faultsOf(selection),
  total: selection.rows.length,
  of: set.size,
  sources: selection.sources,
  publishers: selection.publishers,
  origins: selection.origins,
});

/** What is wrong with the query, as the contract says it. */
export const faultsOf = ({ faults }: Selection) =>
  faults.map(({ code, span, sentence, mends }) => ({ code, span, sentence, mends: [...mends] }));

/** In UTF-16 code units: more than two lines of a row can show. */
const LONGEST = 400;

/** Rows of the set with what a table shows of each; `whole`: with all of their words; `places`: with their places. */
export function rowsShown(
  context: Pick<ReadContext, 'db'>,
  evidence: Evidence,
  page: readonly number[],
  { whole, places }: { readonly whole: boolean; readonly places: boolean },
): EvidenceRow[] {
  const { set, sourceOf } = evidence;
  const ids = JSON.stringify([...new Set(page)].map((row) => set.idOf(row)));
  const quotes = new Map(context.db.all(someQuotes, { ids }).map(({ id, text }) => [id, text]));
  const drafts = Map.groupBy(context.db.all(translationsOfPassages, { ids }), ({ passage }) => passage);
  const found = places ? placesOf(evidence) : null;
  const cut = (text: string): string => (whole ? text : shortened(text));
  return page.flatMap((row): EvidenceRow[] => {
    const id = set.idOf(row);
    const source = sourceOf[set.sourceAt(row)];
    if (source === undefined) return [];
    const quote = quotes.get(id);
    const translation = preferred(drafts.get(id) ?? []);
    const start = set.startAt(row);
    return [
      {
        passage: passageId.parse(id),
        source: sourceId.parse(source.id),
        sourceTitle: source.title,
        publisher: source.publisher,
        copies: copiesOf(evidence, source),
        type: source.type,
        language: source.language,
        grade: sourceGrade.nullable().parse(source.grade),
        dates: {
          act: source.dates.act?.edtf ?? null,
          document: source.dates.document?.edtf ?? null,
          published: source.dates.published?.edtf ?? null,
          captured: source.dates.captured?.edtf ?? null,
        },
        quote: typeof quote === 'string' ? cut(quote) : null,
        page: set.pageAt(row),
        start: start < 0 ? null : start,
        translation: translation === null ? null : { ...translation, text: cut(translation.text) },
        categories: categoriesOf(evidence, row),
        settings: settingsOf(evidence, row),
        places: found === null ? null : placesShown(found, row),
        state: set.stateAt(row),
        person: personId.parse(set.people.text(set.personAt(row))),
        createdAt: set.createdAt(row),
        memo: set.hasMemo(row),
      },
    ];
  });
}

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/u, '')}…`;

/** The English translation, else the first by language. */
function preferred(rows: readonly { readonly language: string; readonly draft: string }[]): EvidenceRow['translation'] {
  const texts = rows.flatMap(({ language, draft }) => {
    const text = translationDraft.safeParse(parsed(draft)).data?.text ?? '';
    return text.trim() === '' ? [] : [{ language, text }];
  });
  return texts.find(({ language }) => /^en\b/i.test(language)) ?? texts[0] ?? null;
}

function categoriesOf({ set, codebook }: Evidence, row: number): EvidenceRow['categories'] {
  const people = new Map<string, string[]>();
  for (let at = 0; at < set.tags.count(row); at++) {
    const category = set.categories.text(set.tags.first(row, at));
    const person = set.people.text(set.tags.second(row, at));
    const there = people.get(category);
    if (there === undefined) people.set(category, [person]);
    else there.push(person);
  }
  const placeOf = (id: string): number => codebook.categories.findIndex((one) => one.id === id);
  return [...people]
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([category, by]) => ({ category: categoryId.parse(category), people: by.map((one) => personId.parse(one)) }));
}

function copiesOf({ sources }: Evidence, { copies }: EvidenceSource): EvidenceRow['copies'] {
  if (copies === null) return null;
  const origin = copies.origin === null ? undefined : sources.byId.get(copies.origin);
  return {
    origin: origin === undefined ? null : { source: sourceId.parse(origin.id), title: origin.title },
    others: copies.others,
  };
}

function placesShown({ tree, places, lists }: PassagePlaces, row: number): EvidencePlace[] {
  return Array.from({ length: lists.count(row) }, (_, at) => {
    const place = places.text(lists.first(row, at));
    return {
      place,
      name: tree.byId.get(place)?.name ?? place,
      kind: PLACE_KINDS[lists.second(row, at)] ?? 'likely',
    };
  });
}

function settingsOf({ set }: Evidence, row: number): EvidenceRow['settings'] {
  return Array.from({ length: set.settings.count(row) }, (_, at) => ({
    dimension: dimensionId.parse(set.dimensions.text(set.settings.first(row, at))),
    value: valueId.parse(set.values.text(set.settings.second(row, at))),
  }));
}
