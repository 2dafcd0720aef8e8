import type { Condition, Near, Query, Words, NearPart } from '../../../shared/query/ast.ts';
import { datesOf } from '../../../shared/query/dates.ts';
import { Faults, type QueryFault } from '../../../shared/query/faults.ts';
import { readQuery } from '../../../shared/query/parse.ts';
import type { DateBounds } from '../../../shared/model/dates.ts';
import { foldForSearch, readings } from '../../../shared/text/search-fold.ts';
import type { Readable } from '../../db/types.ts';
import { namedBy, publisherParts } from './names.ts';
import { hasPlace, placesWithin } from './place-facet.ts';
import type { Evidence } from './read-set.ts';
import { EVIDENCE_DATES, type EvidenceDate, type EvidenceSource } from './sources.ts';
import { needsText, BETWEEN, textsOf } from './texts.ts';
import { MISSING_OF_PASSAGE, MISSING_OF_SOURCE } from '../../../shared/query/fields.ts';
import { findPhrase, isWord, type Phrase, type Span, tokensOf } from '../../../shared/text/search-query.ts';

/** A query that is ready to be tested on passages and sources. A query with faults finds nothing. */
export interface Filter {
  readonly faults: readonly QueryFault[];
  readonly passage: (row: number) => boolean;
  /** Whether a source can match the query. Conditions on passages exclude no source. */
  readonly source: (source: EvidenceSource) => boolean;
  /** The fields of those conditions that are about passages only; `words` stands for a search for words. */
  readonly ofPassages: readonly string[];
}

/** Reads a query against the names of a project. Never throws. */
export function filterOf(db: Readable, evidence: Evidence, text: string): Filter {
  const read = readQuery(
    text,
    evidence.codebook.dimensions.map(({ code }) => code),
  );
  if (read.query === null) return nothing(read.faults);
  const faults = new Faults(text);
  const compiler = new Compiler(db, evidence, faults);
  const passage = compiler.passage(read.query);
  const source = compiler.source(read.query);
  if (faults.all.length > 0) return nothing(faults.sorted());
  return { faults: [], passage, source: (one) => source(one) !== false, ofPassages: [...compiler.ofPassages] };
}

const nothing = (faults: readonly QueryFault[]): Filter => ({
  faults,
  passage: () => false,
  source: () => false,
  ofPassages: [],
});

/** What matches a condition: sources; or passages tagged with the records that the condition names, and with the categories below them. */
export type ConditionIds =
  | { readonly of: 'sources' | 'places'; readonly ids: readonly string[] }
  | { readonly of: 'passages'; readonly ids: readonly string[]; readonly named: readonly string[] };

/** {@link ConditionIds} of each condition. A value that names none or several records is added to `faults`. */
export function idsOfConditions(
  db: Readable,
  evidence: Evidence,
  conditions: readonly Condition[],
  faults: Faults,
): ConditionIds[] {
  const compiler = new Compiler(db, evidence, faults);
  return conditions.map((condition) => compiler.ids(condition));
}

/** Returns null for a condition on passages: it is neither true nor false of a source. */
type SourceTest = (source: EvidenceSource) => boolean | null;
type RowTest = (row: number) => boolean;

class Compiler {
  readonly ofPassages = new Set<string>();
  private readonly db: Readable;
  private readonly evidence: Evidence;
  private readonly faults: Faults;
  /** The test of each condition, made once, for passages and sources. */
  private readonly tests = new Map<Condition, SourceTest>();

  constructor(db: Readable, evidence: Evidence, faults: Faults) {
    this.db = db;
    this.evidence = evidence;
    this.faults = faults;
  }

  passage(query: Query): RowTest {
    switch (query.kind) {
      case 'all':
        return () => true;
      case 'and':
        return every(query.parts.toSorted(cheapFirst).map((part) => this.passage(part)));
      case 'or':
        return some(query.parts.toSorted(cheapFirst).map((part) => this.passage(part)));
      case 'not': {
        const test = this.passage(query.part);
        return (row) => !test(row);
      }
      case 'words':
      case 'near':
        return this.words(query);
      case 'condition':
        return this.condition(query);
    }
  }

  /** The test of a query on a source, with three values: null if the query doesn't depend on sources, also if it is negated. */
  source(query: Query): SourceTest {
    switch (query.kind) {
      case 'all':
        return () => true;
      case 'and': {
        const parts = query.parts.map((part) => this.source(part));
        return (source) => all(parts.map((part) => part(source)));
      }
      case 'or': {
        const parts = query.parts.map((part) => this.source(part));
        return (source) => inverse(all(parts.map((part) => inverse(part(source)))));
      }
      case 'not': {
        const part = this.source(query.part);
        return (source) => inverse(part(source));
      }
      case 'words':
      case 'near':
        this.ofPassages.add('words');
        return () => null;
      case 'condition': {
        const test = this.onSource(query);
        if (test === null) this.ofPassages.add(query.field);
        return test ?? (() => null);
      }
    }
  }

  ids(condition: Condition): ConditionIds {
    const { set, sources, codebook } = this.evidence;
    if (condition.field === 'place')
      return { of: 'places', ids: placesWithin(this.evidence, namedBy(this.evidence, condition, this.faults)) };
    const onSource = this.onSource(condition);
    if (onSource !== null)
      return { of: 'sources', ids: sources.all.filter((one) => onSource(one) === true).map(({ id }) => id) };
    const before = this.faults.all.length;
    const test = this.condition(condition);
    if (this.faults.all.length > before) return { of: 'passages', ids: [], named: [] };
    const ids: string[] = [];
    for (let row = 0; row < set.length; row++) if (set.hasRow(row) && test(row)) ids.push(set.idOf(row));
    const named = namedBy(this.evidence, condition, this.faults);
    const isBelow = ({ line }: { readonly line: readonly string[] }): boolean => line.some((id) => named.has(id));
    const below = condition.field === 'category' ? codebook.categories.filter(isBelow).map(({ id }) => id) : [...named];
    return { of: 'passages', ids, named: below };
  }

  /** Texts are read only when a row passes all other conditions. */
  private words(asked: Words | Near): RowTest {
    let found: Uint8Array | null = null;
    return (row) => {
      found ??= wordsKept(this.db, this.evidence, asked);
      return found[row] === 1;
    };
  }

  private condition(condition: Condition): RowTest {
    const { set, sourceOf } = this.evidence;
    const onSource = this.onSource(condition);
    if (onSource !== null) {
      const fits = Uint8Array.from(sourceOf, (source) => (source !== undefined && onSource(source) === true ? 1 : 0));
      return (row) => fits[set.sourceAt(row)] === 1;
    }
    const named = namedBy(this.evidence, condition, this.faults);
    switch (condition.field) {
      case 'category':
        return this.tagged(named);
      case 'person': {
        const people = numbersOf(set.people.texts, (id) => named.has(id));
        return (row) => {
          if (people[set.personAt(row)] === 1) return true;
          for (let at = 0; at < set.tags.count(row); at++) if (people[set.tags.second(row, at)] === 1) return true;
          return false;
        };
      }
      case 'place':
        return hasPlace(this.evidence, named);
      case 'state':
        return (row) => named.has(set.stateAt(row));
      case 'missing':
        return missingOf(this.evidence, named);
      default: {
        const values = numbersOf(set.values.texts, (id) => named.has(id));
        return (row) => {
          for (let at = 0; at < set.settings.count(row); at++)
            if (values[set.settings.second(row, at)] === 1) return true;
          return false;
        };
      }
    }
  }

  /** Whether a row is tagged with one of the categories, or with one below them. */
  private tagged(named: ReadonlySet<string>): RowTest {
    const { set, codebook } = this.evidence;
    const fits = numbersOf(
      set.categories.texts,
      (id) => codebook.byId.get(id)?.line.some((one) => named.has(one)) === true,
    );
    return (row) => {
      for (let at = 0; at < set.tags.count(row); at++) if (fits[set.tags.first(row, at)] === 1) return true;
      return false;
    };
  }

  /** The test of a condition on sources; null for one on passages. */
  private onSource(condition: Condition): SourceTest | null {
    const known = this.tests.get(condition);
    if (known !== undefined) return known;
    const made = this.makeSourceTest(condition);
    if (made !== null) this.tests.set(condition, made);
    return made;
  }

  private makeSourceTest(condition: Condition): SourceTest | null {
    const { values } = condition;
    const named = (): ReadonlySet<string> => namedBy(this.evidence, condition, this.faults);
    switch (condition.field) {
      case 'source': {
        const ids = named();
        return ({ id }) => ids.has(id);
      }
      case 'origin': {
        const ids = named();
        const origins = new Set(this.evidence.sources.all.flatMap(({ id, origin }) => (ids.has(id) ? [origin] : [])));
        return ({ origin }) => origins.has(origin);
      }
      case 'collection': {
        const ids = named();
        return ({ collections }) => collections.some((id) => ids.has(id));
      }
      case 'type': {
        const codes = named();
        return ({ type }) => type !== null && codes.has(type);
      }
      case 'grade': {
        const grades = named();
        return ({ grade }) => grade !== null && grades.has(grade);
      }
      case 'publisher': {
        const wanted = publisherParts(this.evidence, condition, this.faults);
        return ({ publisher }) => {
          const folded = publisher === null ? null : foldForSearch(publisher).text;
          return folded !== null && wanted.some((one) => folded.includes(one));
        };
      }
      case 'lang': {
        const wanted = values.map(({ text }) => text.toLowerCase());
        return ({ language }) => {
          const own = language?.toLowerCase() ?? '';
          return wanted.some((one) => own === one || own.startsWith(`${one}-`));
        };
      }
      case 'act':
      case 'published':
        return this.dated(condition, [condition.field]);
      case 'date':
        return this.dated(condition, EVIDENCE_DATES);
      case 'missing': {
        const details = named();
        return isOfSources(details) ? (source) => sourceLacks(source, details) : null;
      }
      default:
        return null;
    }
  }

  /** Whether one of the dates may be in one of the spans: their days overlap. A source without the date is never in one. */
  private dated({ values }: Condition, dates: readonly EvidenceDate[]): SourceTest {
    const spans = values.flatMap(({ text }): DateBounds[] => {
      const span = datesOf(text);
      return span === null ? [] : [{ from: dayOf(span.from), to: dayOf(span.to) }];
    });
    return (source) =>
      dates.some((date) => {
        const own = source.dates[date]?.bounds;
        return own !== undefined && spans.some((span) => overlap(own, span));
      });
  }
}

/** `2023-05-17` as 20230517. */
const dayOf = (day: string | null): number | null => (day === null ? null : Number(day.replaceAll('-', '')));
const overlap = (a: DateBounds, b: DateBounds): boolean =>
  (a.from === null || b.to === null || a.from <= b.to) && (b.from === null || a.to === null || b.from <= a.to);

const numbersOf = (texts: readonly string[], fits: (text: string) => boolean): Uint8Array =>
  Uint8Array.from(texts, (text) => (fits(text) ? 1 : 0));

function every(tests: readonly RowTest[]): RowTest {
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}
function some(tests: readonly RowTest[]): RowTest {
  return (row) => {
    for (const test of tests) if (test(row)) return true;
    return false;
  };
}

/** And with three values: false if any part is false, else null if any part is null. */
const all = (parts: readonly (boolean | null)[]): boolean | null =>
  parts.includes(false) ? false : parts.includes(null) ? null : true;
const inverse = (value: boolean | null): boolean | null => (value === null ? null : !value);

/** Orders conditions so that those without text are tested first: then the texts may not be needed at all. */
const cheapFirst = (a: Query, b: Query): number => Number(needsText(a)) - Number(needsText(b));

/** How many searches for words are kept: a sort or another grouping asks for the same words. */
const MOST_KEPT = 8;
const kept = new Map<string, Uint8Array>();
function wordsKept(db: Readable, evidence: Evidence, asked: Words | Near): Uint8Array {
  const key = `${evidence.version} ${JSON.stringify(asked, (name, value: unknown) => (name === 'span' ? undefined : value))}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const found = rowsWith(db, evidence, asked);
  for (const [first] of kept) if (kept.size >= MOST_KEPT) kept.delete(first);
  kept.set(key, found);
  return found;
}

/** The states of passages that nobody has checked yet. */
const UNCHECKED: ReadonlySet<string> = new Set(['draft', 'coded', 'second-coded', 'translated']);

/** Whether all these details are details of sources: then a source has or lacks them, with or without passages. */
const isOfSources = (details: ReadonlySet<string>): boolean =>
  !MISSING_OF_PASSAGE.some((detail) => details.has(detail));

/** Whether a source lacks one of the details that sources have. */
const sourceLacks = (source: EvidenceSource, details: ReadonlySet<string>): boolean =>
  MISSING_OF_SOURCE.some((detail) => details.has(detail) && lacks(source, detail));

function lacks(
  { dates, publisher, type, language, grade }: EvidenceSource,
  detail: (typeof MISSING_OF_SOURCE)[number],
): boolean {
  switch (detail) {
    case 'date':
      return EVIDENCE_DATES.every((date) => dates[date] === null);
    case 'act':
    case 'published':
      return dates[detail] === null;
    case 'publisher':
      return publisher === null;
    case 'type':
      return type === null;
    case 'lang':
      return language === null;
    case 'grade':
      return grade === null;
  }
}

/** Returns a test whether a row, or its source, lacks one of the details. */
function missingOf({ set, sourceOf }: Evidence, details: ReadonlySet<string>): (row: number) => boolean {
  const ofSource = Uint8Array.from(sourceOf, (source) => Number(source !== undefined && sourceLacks(source, details)));
  return (row) =>
    ofSource[set.sourceAt(row)] === 1 ||
    (details.has('translation') && !set.isTranslated(row)) ||
    (details.has('category') && set.tags.count(row) === 0) ||
    (details.has('memo') && !set.hasMemo(row)) ||
    (details.has('review') && UNCHECKED.has(set.stateAt(row)));
}

/** For each row 1 if its quotation, or one of its translations, contains the words, folded as search folds them; else 0. */
function rowsWith(db: Readable, { set, order }: Evidence, asked: Words | Near): Uint8Array {
  const { quotes, translations } = textsOf(db, set);
  const found = new Uint8Array(set.length);
  const has = asked.kind === 'words' ? wordsIn(asked) : nearIn(asked);
  for (const row of order) if (has(quotes[row] ?? '') || has(translations[row] ?? '')) found[row] = 1;
  return found;
}

function wordsIn(words: Words): (folded: string) => boolean {
  const phrases = phrasesOf(words);
  return (folded) => phrases.some((phrase) => findPhrase(folded, phrase).next().done !== true);
}

/** Returns a test whether both parts occur in one text, in either order, with at most `distance` words between them. */
function nearIn({ distance, parts }: Near): (folded: string) => boolean {
  const [first, second] = parts.map((part) => partPhrases(part));
  const isIn = (text: string): boolean => {
    const [one, other] = [spansOf(text, first ?? []), spansOf(text, second ?? [])];
    return one.some((a) =>
      other.some((b) => {
        if (a.start < b.end && b.start < a.end) return false;
        const between = a.end <= b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
        return isAtMost(between, distance);
      }),
    );
  };
  return (folded) => folded.split(BETWEEN).some(isIn);
}

/** Whether a text has at most `most` words. */
function isAtMost(text: string, most: number): boolean {
  let count = 0;
  for (const _ of tokensOf(text)) if (++count > most) return false;
  return true;
}

const spansOf = (text: string, phrases: readonly Phrase[]): Span[] =>
  phrases.flatMap((phrase) => [...findPhrase(text, phrase)]);

const partPhrases = (part: NearPart | Query): Phrase[] =>
  part.kind === 'words' ? phrasesOf(part) : part.kind === 'or' ? part.parts.flatMap(partPhrases) : [];

function phrasesOf({ text, openStart, openEnd }: Words): Phrase[] {
  return readings(text).flatMap((folded): Phrase[] => {
    const tokens = Array.from(tokensOf(folded.text), (token) => token.text);
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      { tokens, text: folded.text.trim(), openStart: openStart || !isWord(first), openEnd: openEnd || !isWord(last) },
    ];
  });
}
