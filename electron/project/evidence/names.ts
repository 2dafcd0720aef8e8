import type { Condition, QuerySpan, QueryValue } from '../../../shared/query/ast.ts';
import { type Faults, type QueryMend, shortened } from '../../../shared/query/faults.ts';
import { MISSING } from '../../../shared/query/fields.ts';
import { printValue } from '../../../shared/query/print.ts';
import { SOURCE_GRADES, shownState } from '../../../shared/model/index.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { ownOf } from '../places/own.ts';
import { placeTreeOf } from '../places/tree.ts';
import { latest } from './latest.ts';
import type { Evidence } from './read-set.ts';
import { distance } from '../../../shared/text/distance.ts';

/** A record or code that a condition can name. */
interface Named {
  readonly id: string;
  /** For a place: itself and all places that it is in. */
  readonly line?: readonly string[];
  /** For a place: the names that the team gave it, folded. */
  readonly given?: ReadonlySet<string>;
  /** Its names. The first is the one that a proposed correction writes. */
  readonly names: readonly string[];
}

const folded = (text: string): string => foldForSearch(text).text.trim();

/** The publishers with a part of a value in their names, folded; a value that no publisher has is a fault at its place. */
export function publisherParts(evidence: Evidence, condition: Condition, faults: Faults): readonly string[] {
  const known = knownNames(evidence.version, 'publisher', () => namesOf(evidence, 'publisher'));
  return condition.values.map((value) => {
    const text = folded(value.text);
    if (![...known.byName.keys()].some((name) => name.includes(text))) unknown(known, 'publisher', value, faults);
    return text;
  });
}

/**
 * The records or codes that the values of a condition name: by id, by a whole name or code, or by a part of a name that no other
 * has. A value that names none or several is a fault at its place.
 */
export function namedBy(evidence: Evidence, condition: Condition, faults: Faults): ReadonlySet<string> {
  const { field } = condition;
  const known = knownNames(evidence.version, field, () => namesOf(evidence, field));
  return new Set(condition.values.flatMap((value) => oneNamed(known, field, value, faults) ?? []));
}

interface Names {
  readonly all: readonly Named[];
  readonly byName: ReadonlyMap<string, ReadonlySet<Named>>;
  /** Names and their words, made when they are first needed. */
  readonly parts: () => ReadonlyMap<string, ReadonlySet<Named>>;
}
/** Ten thousand titles take a tenth of a second to fold. */
const knownNames = latest<Names>(8);

function namesOf(evidence: Evidence, field: string): Names {
  const all = namesFor(evidence, field);
  const byName = new Map<string, Set<Named>>();
  for (const one of all)
    for (const name of one.names.map(folded)) {
      const there = byName.get(name);
      if (there === undefined) byName.set(name, new Set([one]));
      else there.add(one);
    }
  let parts: ReadonlyMap<string, ReadonlySet<Named>> | null = null;
  return { all, byName, parts: () => (parts ??= partsOfNames(byName)) };
}

function oneNamed(known: Names, field: string, value: QueryValue, faults: Faults): string | null {
  const { all, byName } = known;
  const text = folded(value.text);
  const whole = all.find(({ id }) => id === value.text);
  if (whole !== undefined) return whole.id;
  const named = [...(byName.get(text) ?? [])];
  // A code names only its category, even if somebody gave another category that name: filters with the code go on working.
  const coded = field === 'category' ? named.filter(({ names: [code = ''] }) => folded(code) === text) : [];
  const same = coded.length === 1 ? coded : named;
  const found = same.length > 0 ? same : text === '' ? [] : withPart(all, byName, text);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  // If several places have the name and one of them contains the others, that one is meant: 和田 (Hotan) is a prefecture, and a city and a
  // county in it. But if somebody gave a prefecture the name of a county in it, the person is asked.
  const isGiven = ({ given }: Named): boolean => given?.has(text) === true;
  const isOfGazetteer = found.some((one) => !isGiven(one));
  const around = found.find(
    (one) => !(isOfGazetteer && isGiven(one)) && found.every(({ line }) => line?.includes(one.id) === true),
  );
  if (around !== undefined) return around.id;
  const shown = `“${shortened(value.text)}”`;
  const mends = found.slice(0, MOST_MENDS).map((one) => useName(value.span, wordFor(one, byName)));
  if (only === undefined) unknown(known, field, value, faults);
  else
    faults.add(
      'valueAmbiguous',
      value.span,
      `${shown} can mean ${found.length} things: ${found
        .slice(0, MOST_MENDS)
        .map(({ names }) => names.at(-1) ?? '')
        .join(', ')}${found.length > MOST_MENDS ? ' …' : ''}. Choose one.`,
      mends,
    );
  return null;
}
const MOST_MENDS = 5;

/** Adds a fault: nothing has this name. For the first few faults it offers similar names, since each is compared with all names. */
function unknown(known: Names, field: string, { text, span }: QueryValue, faults: Faults): void {
  if (faults.isFull) return;
  const like = faults.all.length < MOST_MENDS ? likeNames(known.parts(), folded(text)) : [];
  const meant =
    like.length === 0
      ? ''
      : ` Did you mean ${like.map(({ names }) => `“${shortened(names.at(-1) ?? '')}”`).join(' or ')}?`;
  faults.add(
    'valueUnknown',
    span,
    `There is no ${wordsOf(field)} “${shortened(text)}” here.${meant}`,
    like.map((one) => useName(span, wordFor(one, known.byName))),
  );
}

const useName = (span: QuerySpan, name: string): QueryMend => ({
  label: `Use ${shortened(name)}`,
  span,
  text: printValue(name),
});

function withPart(
  all: readonly Named[],
  byName: ReadonlyMap<string, ReadonlySet<Named>>,
  text: string,
): readonly Named[] {
  const found = new Set<Named>();
  for (const [name, some] of byName) if (name.includes(text)) for (const one of some) found.add(one);
  return all.filter((one) => found.has(one));
}

/** The first of its names that no other record has; its id if there is none. */
const wordFor = (one: Named, byName: ReadonlyMap<string, ReadonlySet<Named>>): string =>
  one.names.find((name) => name !== '' && byName.get(folded(name))?.size === 1) ?? one.id;

function wordsOf(field: string): string {
  switch (field) {
    case 'category':
    case 'person':
    case 'source':
    case 'origin':
    case 'collection':
    case 'type':
    case 'grade':
    case 'state':
    case 'place':
    case 'publisher':
      return field;
    case 'missing':
      return 'detail';
    default:
      return `${field} value`;
  }
}

function namesFor(evidence: Evidence, field: string): readonly Named[] {
  const { set, sources, codebook, people } = evidence;
  switch (field) {
    case 'category':
      return codebook.categories.map(({ id, code, name }) => ({ id, names: [code, name] }));
    case 'person':
      return [...new Set([...people.keys(), ...set.people.texts])].map((id) => ({ id, names: [people.get(id) ?? id] }));
    case 'source':
    // Any of the copies stands for their common origin.
    case 'origin':
      return sources.all.map(({ id, title }) => ({ id, names: [title] }));
    case 'collection':
      return sources.collections.map(({ id, name }) => ({ id, names: [name] }));
    case 'type': {
      const used = sources.all.flatMap(({ type }) => type ?? []);
      const codes = new Set([...codebook.types.keys(), ...used]);
      return [...codes].map((id) => ({ id, names: [id, codebook.types.get(id) ?? id] }));
    }
    case 'publisher':
      return [...new Set(sources.all.flatMap(({ publisher }) => publisher ?? []))].map((id) => ({ id, names: [id] }));
    case 'grade':
      return SOURCE_GRADES.map((id) => ({ id, names: [id] }));
    case 'missing':
      return MISSING.map((id) => ({ id, names: [id] }));
    case 'state':
      return shownState.options.map((id) => ({ id, names: [id] }));
    case 'place': {
      const own = ownOf(evidence.read);
      const given = Map.groupBy(own.names, ({ place }) => place);
      return placeTreeOf(own).all.map(({ id, name, names, line }) => ({
        id,
        names: [...names, name],
        line,
        given: new Set(given.get(id)?.map(({ text }) => folded(text))),
      }));
    }
    default: {
      const dimension = codebook.dimensions.find(({ code }) => code.toLowerCase() === field.toLowerCase());
      return (dimension?.values ?? []).map(({ id, code, label }) => ({ id, names: [code, label] }));
    }
  }
}

type ByName<T> = ReadonlyMap<string, ReadonlySet<T>>;

/** How many similar names are offered. */
const MOST = 3;
/** The longest text that is compared with names; a longer one is no misspelled name. */
const LONGEST = 60;

/**
 * The records whose name, or a word of it, is most like a folded text: at most one letter in three differs. The most similar come first.
 */
function likeNames<T>(parts: ByName<T>, text: string): readonly T[] {
  const allowed = Math.min(3, Math.floor(text.length / 3));
  if (text.length > LONGEST || allowed === 0) return [];
  const away = new Map<T, number>();
  for (const [part, some] of parts) {
    if (Math.abs(part.length - text.length) > allowed) continue;
    const own = distance(part, text);
    if (own <= allowed) for (const one of some) away.set(one, Math.min(own, away.get(one) ?? Infinity));
  }
  return [...away]
    .toSorted(([, a], [, b]) => a - b)
    .slice(0, MOST)
    .map(([one]) => one);
}

/** Names and the words in them, by record. Ten thousand titles have few different words, so each word is compared once. */
function partsOfNames<T>(byName: ByName<T>): ByName<T> {
  const parts = new Map<string, Set<T>>();
  for (const [name, some] of byName)
    for (const part of new Set([name, ...name.split(' ')])) {
      const there = parts.get(part);
      if (there === undefined) parts.set(part, new Set(some));
      else for (const one of some) there.add(one);
    }
  return parts;
}
