import type { Json } from '../../db/types.ts';

/** What to look for in texts, and what to replace it with. */
export interface Scrubbed {
  /** A person's name, in each form it was written, and its pseudonym. */
  readonly names: ReadonlyMap<string, string>;
  /** About this machine: account, host name, paths. */
  readonly machine: readonly string[];
}

const MACHINE = '…';
const ID = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64})$/;
const LETTER = '[\\p{L}\\p{N}]';

/** Removes names from a text: from evidence, or from a note that one person wrote to another. */
export interface Scrubbers {
  readonly evidence: Scrub;
  readonly notes: Scrub;
}
export type Scrub = (text: string) => string;

/** A shorter part of a name is usually a word, or part of one. */
const SHORTEST_PART = 4;
/**
 * The longest name that a window or the command line accepts. A changed program can write a longer one, and V8 cannot compile
 * a regular expression that long.
 */
const LONGEST = 200;
/** Capitalised even when they are no name: “In May 2023”. */
const ORDINARY = new Set(
  (
    'January February March April May June July August September October November December ' +
    'Monday Tuesday Wednesday Thursday Friday Saturday Sunday Spring Summer Autumn Winter'
  ).split(' '),
);

/**
 * Replaces every name in a text. A whole name is replaced everywhere, in any case, with any spaces, and with its last word
 * first (“Chen, May”). In notes its capitalised words are replaced too, in that exact case; in evidence (a title, a
 * translation, a definition) they are not, since there they mostly mean something else. Names in letters match whole words
 * only; Chinese names match anywhere, since Chinese does not mark where words end.
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

/** Replaces names of any length, in any case but otherwise exact; passes the text between them to `then`. */
function around(names: ReadonlyMap<string, string>, then: Scrub): Scrub {
  const sorted = [...names].sort(([a], [b]) => a.length - b.length);
  return sorted.reduce((inner: Scrub, [name, other]) => {
    return (text) => {
      if (text.length < name.length) return inner(text);
      const lower = text.toLowerCase();
      // Some letters have a longer lower case; offsets would not match then.
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

/** A text without names keeps its bytes, whatever its Unicode normalisation. */
const unlessSame =
  (scrub: Scrub): Scrub =>
  (text) => {
    const plain = text.normalize('NFC');
    const scrubbed = scrub(plain);
    return scrubbed === plain ? text : scrubbed;
  };

/** A whole name that is also an ordinary word can be told from it only in a note, and only if capitalised. */
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

/** The same for every text in a value, except ids and hashes. Object keys in `keep` are skipped. */
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

/** Longest first, so that a name is not cut by a shorter one inside it. */
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
