import type { Json } from '../../db/types.ts';

/** What is looked for in texts, and what stands there instead. */
export interface Scrubbed {
  /** A person's name, as written once or another time. */
  readonly names: ReadonlyMap<string, string>;
  /** This machine's own: account, host name, paths. */
  readonly machine: readonly string[];
}

const MACHINE = '…';
const ID = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64})$/;
const LETTER = '[\\p{L}\\p{N}]';

/** What takes names out of a text: of evidence, and of a note that one person wrote to another. */
export interface Scrubbers {
  readonly evidence: Scrub;
  readonly notes: Scrub;
}
export type Scrub = (text: string) => string;

/** A name's part of fewer letters is a word, or a part of one, more often than a name. */
const SHORTEST_PART = 4;
/** No name that a window or the command line takes is longer; a changed program can write one of any length, and V8 takes no expression of it. */
const LONGEST = 200;
/** Written with a capital whoever they mean: “In May 2023”. */
const ORDINARY = new Set(
  (
    'January February March April May June July August September October November December ' +
    'Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring Summer Autumn Winter'
  ).split(' '),
);

/**
 * Replaces every name in a text. A whole name counts everywhere, in any case, with any spaces, and with its last word in front
 * (“Chen, May”). In notes its capitalised words count alone, too, as they are written; in what is evidence (a title, a
 * translation, a definition) they do not, since there they mostly mean somebody or something else. Names in letters end where
 * a word ends; Chinese ones stand anywhere, since nothing marks where a word ends there.
 */
export function scrubber({ names, machine }: Scrubbed): Scrubbers {
  const whole = new Map<string, string>();
  const parts = new Map<string, string>();
  const long = new Map<string, string>();
  for (const [name, other] of names) {
    if (name.length > LONGEST) {
      long.set(name.normalize('NFC').trim().toLowerCase(), other);
      continue;
    }
    if (isOrdinary(name)) parts.set(name.normalize('NFC').trim(), other);
    else for (const order of ordersOf(name)) whole.set(folded(order), other);
    for (const part of name.normalize('NFC').split(/[\s.,·・-]+/u))
      if (isTelling(part) && !parts.has(part)) parts.set(part, other);
  }
  const places = machine.filter((one) => one.length > 1).map(folded);
  const anyCase = patternOf([...places, ...whole.keys()], 'giu');
  const asWritten = patternOf([...parts.keys()], 'gu');
  const inEvidence = (text: string): string =>
    anyCase === null ? text : text.replace(anyCase, (found) => whole.get(folded(found)) ?? MACHINE);
  const inNotes = (text: string): string =>
    asWritten === null ? text : text.replace(asWritten, (found) => parts.get(found) ?? found);
  return {
    evidence: unlessSame(around(long, inEvidence)),
    notes: unlessSame(around(long, (text) => inNotes(inEvidence(text)))),
  };
}

/** Replaces names of any length, letter by letter as they are but for case; what lies between goes to `then`. */
function around(names: ReadonlyMap<string, string>, then: Scrub): Scrub {
  const sorted = [...names].sort(([a], [b]) => a.length - b.length);
  return sorted.reduce((inner: Scrub, [name, other]) => {
    return (text) => {
      if (text.length < name.length) return inner(text);
      const lower = text.toLowerCase();
      // Some letters have a longer small one: then places would not be the same.
      const within = lower.length === text.length ? lower : text;
      let [done, from] = ['', 0];
      for (let at = within.indexOf(name); at !== -1; at = within.indexOf(name, from)) {
        done += inner(text.slice(from, at)) + other;
        from = at + name.length;
      }
      return done + inner(text.slice(from));
    };
  }, then);
}

/** A text without any name stays as its bytes are, in whatever form they are composed. */
const unlessSame =
  (scrub: Scrub): Scrub =>
  (text) => {
    const plain = text.normalize('NFC');
    const scrubbed = scrub(plain);
    return scrubbed === plain ? text : scrubbed;
  };

/** A whole name that is also an ordinary word can be told from it only in a note, as it is written. */
const isOrdinary = (name: string): boolean => ORDINARY.has(titled(name.trim()));
const titled = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

const isTelling = (part: string): boolean =>
  /^\p{Lu}/u.test(part) && (part.match(/\p{L}/gu)?.length ?? 0) >= SHORTEST_PART && !ORDINARY.has(part);

function ordersOf(name: string): string[] {
  const words = name.trim().split(/[\s,]+/u);
  const last = words.at(-1) ?? '';
  const rest = words.slice(0, -1).join(' ');
  return rest === '' ? [name] : [name, `${rest} ${last}`, `${last} ${rest}`, `${last}, ${rest}`];
}

/** The same for every text in a value; ids and hashes stay. Of an object's keys, those in `keep` are not looked into. */
export function scrubValue(value: Json, scrub: Scrub, keep: ReadonlySet<string> = new Set()): Json {
  if (typeof value === 'string') return ID.test(value) ? value : scrub(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: Json) => scrubValue(one, scrub, keep));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, keep.has(key) ? one : scrubValue(one, scrub, keep)]),
  );
}

const folded = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').replace(/ ?, ?/g, ', ').trim();

/** The longest first, so that no name is cut by a shorter one in it. */
function patternOf(all: readonly string[], flags: string): RegExp | null {
  const found = [...new Set(all)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  return found.length === 0 ? null : new RegExp(found.map(anywhere).join('|'), flags);
}

function anywhere(name: string): string {
  const escaped = name
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(/, /g, '\\s*,\\s*')
    .replace(/ /g, '\\s+');
  const [before, after] = [/^[\p{L}\p{N}]/u, /[\p{L}\p{N}]$/u].map((edge) => edge.test(name) && !hasHan(name));
  return `${before === true ? `(?<!${LETTER})` : ''}${escaped}${after === true ? `(?!${LETTER})` : ''}`;
}

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
