import { UNITS } from './units.ts';

/** A unit in the words after an English number, and whether the words name something else that is counted. */
export interface UnitAfter {
  readonly unit: string | null;
  /** Whether the words refer to the figure before (“of these”), whose unit is then taken. */
  readonly refersBack: boolean;
}

const WORDS_READ = 6;
const STOPS =
  /^(?:of|in|to|by|over|or|and|for|from|at|on|than|with|were|was|is|are|had|have|has|as|that|which|who|into|between|during|through|since|while|after|before|but|the|a|an|more|less|up|down|against|compared|will|would|could|may|must|near|outside|inside|within|without|under|above|below|along|around|across|went|said|told|earned|moved|worked|received|left|hired|sent|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|there|here|\d.*|[–—-]+)$/i;
const TIMES = new Set(['year', 'month', 'week', 'day', 'hour']);
const NAMED = UNITS.filter(({ en }) => en.length > 0);
/** One pattern for all units, with a group for each. */
const PHRASES = new RegExp(`^(?:${NAMED.map(({ en }) => `(${en.map(bare).join('|')})`).join('|')})(?![\\w-])`, 'i');
function bare(words: string): string {
  return words.replace(/\((?!\?)/g, '(?:');
}
const AFTER = /^[ -]?([^.,;:()\n”"“—]{0,90})/;
const REFERS_BACK = /^ of (?:these|them|those|whom)\b/i;
const WHEN = /^(?:last|this|next|per|each|every|previous|prior|following|same)$/i;
/** A noun in the plural that is no verb. */
const PLURAL = /^(?:[a-zA-Z][\w’'-]*[a-rt-z]s|yen|baht|tenge|som|rand|taka|kyat|dong)$/;
const NO_NOUN =
  /^(?:refers|shows|means|represents|remains|suggests|indicates|includes|comes|makes|has|does|was|is|us|this|thus|as|plus|across|less|its|his|others|gas|census|status|basis|crisis|corps|campus)$/i;

/** Words between a number and the noun it counts: “hundreds of households”, “1,606 were women”. */
const LINKS = /^of (?=[a-z])|^(?:were|are) (?=(?:[a-z]+ )?(?:women|men|children|members|students|graduates|people)\b)/i;

/** The unit of the last word, which is what is counted: “family members”, “worker households”. */
function headOf(rest: readonly string[], unit: string | null): string | null {
  if (unit !== 'household' && unit !== 'person') return unit;
  const next = unitOfPhrase(rest.join(' '));
  return next === 'household' || next === 'person' ? next : unit;
}

function unitOfPhrase(words: string): string | null {
  const groups = PHRASES.exec(words)?.slice(1) ?? [];
  return NAMED[groups.findIndex((group) => group !== undefined)]?.id ?? null;
}

/** Reads the unit after a number; `after` begins where the number ends. Units of people and measures are searched in the next words. */
export function unitAfter(after: string): UnitAfter {
  if (REFERS_BACK.test(after)) return { unit: null, refersBack: true };
  const words = (AFTER.exec(after)?.[1] ?? '')
    .replace(LINKS, '')
    .split(' ')
    .filter((word) => word !== '');
  let noun: string | null = null;
  for (let at = 0; at < Math.min(words.length, WORDS_READ); at++) {
    const rest = words.slice(at).join(' ');
    const known = unitOfPhrase(rest);
    // The noun comes before a word of time: “passengers last year”. In “48,000 last year” no unit is printed.
    if (known !== null && TIMES.has(known) && (noun !== null || WHEN.test(words[at - 1] ?? ''))) break;
    if (known !== null) return { unit: headOf(words.slice(at + 1), known), refersBack: false };
    const word = words[at] ?? '';
    if (STOPS.test(word)) break;
    if (noun === null && PLURAL.test(word) && !NO_NOUN.test(word)) noun = word.toLowerCase();
  }
  return { unit: noun, refersBack: false };
}
