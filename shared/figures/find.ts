import type { TableCell } from './columns.ts';
import { datesIn, type FoundDate } from './dates.ts';
import { EXCLUSIONS, FIXED_PHRASE } from './exclusions.ts';
import type { LeftOut, Printed } from './figure.ts';
import { FORMS } from './forms.ts';
import { unitAfter } from './read-unit.ts';
import { ZH_UNITS } from './units.ts';

export interface FoundNumbers {
  readonly printed: readonly Printed[];
  readonly dates: readonly FoundDate[];
  /** In order; may overlap. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * The numbers of a text that was folded unit by unit, and the cells of its tables. Words that an exclusion or a longer form has taken are free for no
 * other. Each pattern reads the text once, and looks at a bounded number of characters from each start.
 */
export function findNumbers(folded: string, tables: readonly TableCell[] = []): FoundNumbers {
  const taken = new Uint8Array(folded.length);
  const dates = datesIn(folded);
  const excluded: LeftOut[] = dates.map(({ start, end, exists }) => ({
    start,
    end,
    reason: exists ? 'date' : 'date that doesn’t exist',
  }));
  for (const { reason, patterns } of EXCLUSIONS)
    for (const pattern of patterns)
      for (const { index, 0: words } of folded.matchAll(pattern))
        excluded.push({ start: index, end: index + words.length, reason });
  for (const { start, end } of excluded) taken.fill(1, start, end);
  // Phrases such as 一般 (“in general”) hold no number that anyone would look for.
  const leftOut = excluded.filter(({ reason }) => reason !== FIXED_PHRASE);

  const printed: Printed[] = [];
  const cells = cellsIn(folded, tables);
  for (const { pattern, read } of FORMS)
    for (const parts of folded.matchAll(pattern)) {
      const start = parts.index;
      const end = start + parts[0].trimEnd().length;
      if (taken.subarray(start, end).includes(1)) continue;
      const number = read(parts);
      if (number === null) continue;
      const cellUnit = cells.get(start) ?? null;
      if (cellUnit === null && standsAlone(number.unit ?? null, folded, start, end)) {
        leftOut.push({ start, end, reason: 'no unit or noun' });
        taken.fill(1, start, end);
        continue;
      }
      taken.fill(1, start, end);
      const { value, top = null, step = null, unit = cellUnit, qualifier = null, form } = number;
      const isMinus = top === null && hasMinus(folded, start);
      printed.push({
        start: isMinus ? start - 1 : start,
        end,
        value: isMinus ? value.negated() : value,
        top,
        step,
        unit: unit ?? cellUnit,
        qualifier,
        form,
      });
    }
  return {
    printed: printed.sort((one, other) => one.start - other.start),
    dates,
    leftOut: leftOut.sort((one, other) => one.start - other.start),
  };
}

/** Words after which a hyphen is a minus sign: 净利润-3.2亿元 (“net profit -320 million yuan”), 为-1.2万人. Elsewhere a hyphen joins. */
const MINUS_AFTER =
  /(?:为|是|的|至|到|达|率|值|利润总?额?|净利|收益|净[额值]|差额|结余|余额|流入|流出|顺差|逆差|损益|盈亏|亏损|现金流量?|增加|增长|减少|下降|增速|增幅|[：（(|]) ?$/;
/** Whether a minus sign stands before a number. Fold keeps the sign only if no number stands before it. */
function hasMinus(folded: string, start: number): boolean {
  const sign = folded.charAt(start - 1);
  if (sign === '−') return true;
  return (
    sign === '-' && /\d/.test(folded.charAt(start)) && MINUS_AFTER.test(folded.slice(Math.max(0, start - 9), start - 1))
  );
}

/** A row of a table whose label has the unit: 转移就业（人次） 12600 12000 (“workers transferred (person-times)”). */
const ROW = /^[^\n\d（(]{1,40}[（(]([^\n\d()（）]{1,24})[）)]((?:[ |]{1,8}\d[\d,.]{0,24}){1,12})[ |]{0,8}$/gm;
const CELL = /\d[\d,.]*/g;
/** The starts of the numbers in such rows, with their units. */
function cellsIn(folded: string, tables: readonly TableCell[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { start, unit } of tables) if (unit !== null) found.set(start, unit);
  for (const { index, 0: row, 1: words = '', 2: cells = '' } of folded.matchAll(ROW)) {
    const unit = UNIT_WORDS.get(words) ?? unitAfter(` ${words}`).unit;
    const from = index + row.indexOf(cells, row.indexOf(words));
    if (unit !== null) for (const cell of cells.matchAll(CELL)) found.set(from + cell.index, unit);
  }
  return found;
}
const UNIT_WORDS = new Map(ZH_UNITS);

const PLAIN_INTEGER = /^\d+$/;
/** A plain number with this many digits is a postcode or an identifier, not a count. */
const NUMBER_OF_SOMETHING = 6;
const BEFORE_NOUN =
  /^ ?[\u4e00-\u9fff]|^(?: |-)(?!(?:and|or|of the|to|in|on|by|at|is|the|a|an|with|for|from|as)\b)[A-Za-z]|^ (?:and|or|to|of the|in) /;
/** A percentage beside a number shows that it is a count: “695 (36.4 percent)”, “415, or 48 percent”, “48 percent (415)”. */
const PERCENT = '\\d[\\d.]* ?(?:%|per ?cent)';
const WITH_SHARE = new RegExp(
  `^(?: ?[(（](?:or )?|,? or |, (?:accounting for|making up|representing) |，占[^，。；\\d]{0,8})${PERCENT}`,
  'i',
);
/** The parts in brackets show that a number is a count: “36 (18 men and 18 women)”. */
const WITH_PARTS = /^ ?[(]\d[\d,]* [a-z]+(?:,| and) /;
const SHARE_BEFORE = new RegExp(`${PERCENT} ?[(（]$`, 'i');
/** The value of a quota: “beat its plan of 620 by 12.3 percent”. */
const OF_QUOTA = /\b(?:quota|plan|target|goal|task|norm)s? of $/i;
/** A number that repeats a share: “a third of the 930 returnees, 279, said”. */
const APPOSED_BEFORE = /\d (?:[\p{L}’'-]+ ){0,6}[\p{L}’'-]+, $/u;
const APPOSED_AFTER = /^, \p{L}/u;
/**
 * Words of comparisons and changes, before which a number is a count: “compared with 512 at the end of 2018”, “a drop of 640 from”, “fell by
 * 80 to”.
 */
const COMPARED =
  /\b(?:compared (?:with|to)|as against|(?:up|down) from|(?:increase|rise|gain|decrease|decline|drop|fall|loss|reduction|shortfall|surplus) of|(?:rose|grew|increased|climbed|fell|dropped|decreased|declined|shrank|halved|doubled|tripled) (?:by|to)|out of (?:the|a) total(?: of)?|includ(?:es?|ed|ing)) (?:only |just |some |about |nearly )?$/i;
/** A change between two bare numbers: “to 721 from 774”. */
const TO = /\bto (?:only |just |some |about |nearly )?$/i;
const FROM_NUMBER = /^ from (?:only |just |some |about |nearly )?[\d$€£]/i;
/** The size of a sample: “(n = 212)”. */
const SAMPLE = /\bn ?= ?$/i;
/** A number that is said to be a total: “the number of staff was 7943 at the end”. */
const NUMBER_IS =
  /\b(?:number of|total|workforce|headcount|membership|population|personnel)\b[^;()\n]{0,80}\b(?:was|were|is|reached|totall?ed|numbered|stood at|came to|(?:rose|fell|grew|dropped) to) $/i;
/** Words of time after a number in brackets: “(7269 at the end of 2007)”. */
const THEN_AFTER = /^ (?:at (?:the )?(?:end|beginning|start)|in|as of|a year (?:before|earlier)|the year before)\b/i;
/** A share in words before a number in brackets: “more than half of the workers (640)”, “nearly half (73)”, “one in five (31)”. */
const SHARE_IN_WORDS =
  /\b(?:half|(?:third|quarter|fifth)s?|(?:one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:[a-z]+|\d{1,2}))(?: of [^.;()]{1,48})? [(]$/i;
/** Words of places before and after a number of a list: “1,240 people from Hotan, 986 from Kashgar and 574 from Kizilsu”. */
const OF_PLACE_BEFORE = /\d(?: [a-z]+){0,2} (?:from|in|to|at) [A-Z][\p{L}’' -]{1,30}(?:,|,? and) $/u;
const OF_PLACE_AFTER = /^ (?:from|in|to|at) [A-Z]/;
const IN_LIST = /^ ?[,，、;；。.)）]/;

/** Whether a number is no count: a plain integer without unit, decimals or separators that is not before a noun is a cell, a mark or a page. */
function standsAlone(unit: string | null, folded: string, start: number, end: number): boolean {
  if (unit !== null || !PLAIN_INTEGER.test(folded.slice(start, end))) return false;
  const after = folded.slice(end, end + 12);
  if (WITH_PARTS.test(folded.slice(end, end + 40))) return false;
  if (WITH_SHARE.test(folded.slice(end, end + 40)) || SHARE_BEFORE.test(folded.slice(Math.max(0, start - 16), start)))
    return false;
  if (SAMPLE.test(folded.slice(Math.max(0, start - 4), start))) return false;
  if (COMPARED.test(folded.slice(Math.max(0, start - 40), start))) return false;
  if (TO.test(folded.slice(Math.max(0, start - 12), start)) && FROM_NUMBER.test(folded.slice(end, end + 24)))
    return false;
  const left = folded.slice(Math.max(0, start - 120), start);
  if (NUMBER_IS.test(left) || (left.endsWith('(') && (THEN_AFTER.test(after) || SHARE_IN_WORDS.test(left))))
    return false;
  if (BEFORE_NOUN.test(after) || OF_QUOTA.test(folded.slice(Math.max(0, start - 24), start))) return false;
  if (APPOSED_AFTER.test(after) && APPOSED_BEFORE.test(folded.slice(Math.max(0, start - 64), start))) return false;
  if (OF_PLACE_AFTER.test(after) && OF_PLACE_BEFORE.test(left.slice(-64))) return false;
  if (end - start >= NUMBER_OF_SOMETHING) return true;
  return !(IN_LIST.test(after) && /[A-Za-z\u4e00-\u9fff] ?$/.test(folded.slice(Math.max(0, start - 2), start)));
}
