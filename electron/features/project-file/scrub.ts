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

/**
 * Replaces every name in a text. A whole name counts in any case and with any spaces; of a name of several words
 * each capitalised one counts alone, as it is written. Names in letters end where a word ends; Chinese ones stand anywhere,
 * since nothing marks where a word ends there.
 */
export function scrubber({ names, machine }: Scrubbed): (text: string) => string {
  const whole = new Map([...names].map(([name, other]) => [folded(name), other]));
  const parts = new Map<string, string>();
  for (const [name, other] of names)
    for (const part of name.normalize('NFC').split(/[\s.,·・-]+/u))
      if (/^\p{Lu}.+/u.test(part) && !parts.has(part)) parts.set(part, other);
  const places = machine.filter((one) => one.length > 1).map(folded);
  const anyCase = patternOf([...places, ...whole.keys()], 'giu');
  const asWritten = patternOf([...parts.keys()], 'gu');
  return (text) => {
    const plain = text.normalize('NFC');
    let scrubbed = plain;
    if (anyCase !== null) scrubbed = scrubbed.replace(anyCase, (found) => whole.get(folded(found)) ?? MACHINE);
    if (asWritten !== null) scrubbed = scrubbed.replace(asWritten, (found) => parts.get(found) ?? found);
    return scrubbed === plain ? text : scrubbed;
  };
}

/** The same for every text in a value; ids and hashes stay. Of an object's keys, those in `keep` are not looked into. */
export function scrubValue(value: Json, scrub: (text: string) => string, keep: ReadonlySet<string> = new Set()): Json {
  if (typeof value === 'string') return ID.test(value) ? value : scrub(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: Json) => scrubValue(one, scrub, keep));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, keep.has(key) ? one : scrubValue(one, scrub, keep)]),
  );
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** The longest first, so that no name is cut by a shorter one in it. */
function patternOf(all: readonly string[], flags: string): RegExp | null {
  const found = [...new Set(all)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  return found.length === 0 ? null : new RegExp(found.map(anywhere).join('|'), flags);
}

function anywhere(name: string): string {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/ /g, '\\s+');
  const [before, after] = [/^[\p{L}\p{N}]/u, /[\p{L}\p{N}]$/u].map((edge) => edge.test(name) && !hasHan(name));
  return `${before === true ? `(?<!${LETTER})` : ''}${escaped}${after === true ? `(?!${LETTER})` : ''}`;
}

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
