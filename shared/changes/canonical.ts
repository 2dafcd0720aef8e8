/** A value the log can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value that has no canonical form, and so cannot be signed. */
export class NotCanonical extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotCanonical';
  }
}

/**
 * A value's canonical JSON (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers as ECMAScript writes
 * them. Throws {@link NotCanonical} for what would not survive a round trip: NaN, infinities, integers beyond 2^53 and
 * half surrogate pairs.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new NotCanonical(`A ${typeof value} is not a value of the log`);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonicalString(key)}:${canonical(value[key] as Json)}`);
  return `{${members.join(',')}}`;
}

/** Whether this is exactly the text that {@link canonical} would write. Text from outside must pass it. */
export function isCanonical(text: string): boolean {
  // Most values of a log are ids.
  if (PLAIN_STRING.test(text)) return true;
  try {
    const value = parse(text);
    return isWrittenInOrder(value, text) || canonical(value) === text;
  } catch {
    // Not JSON, not canonical, or nested too deeply for the stack.
    return false;
  }
}

/** A string of ASCII without anything that is escaped. */
const PLAIN_STRING = /^"[ !#-[\]-~]*"$/;

/**
 * True only if {@link canonical} would write `value` as `text`; false can mean that it has to be asked. `JSON.stringify` writes strings and
 * numbers as it does. What it writes differently is an object with keys in another order, and what has no canonical form. This takes
 * a third of the time of writing the text again.
 */
const isWrittenInOrder = (value: Json, text: string): boolean =>
  JSON.stringify(value) === text && !text.includes(ESCAPED_HALF) && isInOrder(value, 0);
/** `JSON.stringify` writes half a surrogate pair as an escape that begins so. */
const ESCAPED_HALF = String.raw`\ud`;
/** Far below what the stack holds: deeper values are left to {@link canonical}, which decides what is too deep. */
const DEEP = 100;

function isInOrder(value: Json, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === DEEP) return false;
  if (isList(value)) return value.every((one) => isInOrder(one, depth + 1));
  let last: string | null = null;
  for (const key of Object.keys(value)) {
    if (last !== null && last >= key) return false;
    last = key;
    if (!isInOrder(value[key] as Json, depth + 1)) return false;
  }
  return true;
}

/** The value of a text from the log; undefined for text that is not JSON, which only a damaged log has. */
export function parsed(text: string): Json | undefined {
  try {
    return parse(text);
  } catch {
    // JSON.parse fails in one way only, and its message (an offset) is of no use here.
    return undefined;
  }
}

/** The value of a text that is known to be canonical. */
export const parse = (text: string): Json => JSON.parse(text) as Json;

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new NotCanonical('A number must be finite');
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new NotCanonical('An integer must lie within 2^53');
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new NotCanonical('A text has half a surrogate pair');
  return JSON.stringify(value);
}
