/** Numbers, sizes, times and lists as a person reads them. */
import { wholePercent } from '../../shared/text/counted.ts';
import { formatDay, formatDays, zoneAt } from '../../shared/text/moment.ts';

const LOCALE = 'en-GB';

/** A text without direction marks: a mark in a name would reverse the sentence that quotes it. */
export const inOneDirection = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '');

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The rest of a fingerprint that the engine puts after a name which looks like another one; in a sentence two groups are enough. */
const WHOLE_KEY = /(?<=\(key [\dA-F]{4} [\dA-F]{4})(?: [\dA-F]{4}){6}(?=[,)])/g;

/** A name with a shortened fingerprint, if the engine put one after it. */
export const shortName = (name: string): string => name.replace(WHOLE_KEY, '…');

/**
 * A text to be put into a sentence, with fingerprints shortened. If it has right-to-left letters or direction marks, it is put between
 * isolates (FSI … PDI), since it would otherwise reorder the words beside it. Isolates within it stay, each with its end.
 */
export function isolated(given: string): string {
  const text = shortName(given);
  if (!RIGHT_TO_LEFT.test(text)) return text;
  let open = 0;
  const balanced = text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, (mark) => {
    if (mark < '\u2066') return '';
    if (mark !== '\u2069') open += 1;
    else if (open > 0) open -= 1;
    else return '';
    return mark;
  });
  return `\u2068${balanced}${'\u2069'.repeat(open)}\u2069`;
}

const numbers = new Intl.NumberFormat(LOCALE);
export const formatNumber = (value: number): string => numbers.format(value);

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
/** Created once: each formatter costs milliseconds, and a library shows the size of every source. */
const sizes = UNITS.map(
  (unit, power) =>
    new Intl.NumberFormat(LOCALE, {
      style: 'unit',
      unit,
      // The short form has no plural for bytes.
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: power < 2 ? 0 : 1,
    }),
);

/** A size in decimal units: `1.3 GB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const size = sizes[power] ?? numbers;
  return size.format(bytes / 1000 ** power);
}

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });
const relativeShort = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' });

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From this many days on, the date is clearer than a count of days. */
const WEEK_DAYS = 7;

/** A time as seen from `now` (both epoch ms): `now`, `5 minutes ago`, `yesterday`, `3 days ago`; from a week on `17 May 2026`. */
export const formatWhen = (at: number, now: number): string => whenIn(relative, at, now);

/** As {@link formatWhen}, shorter: `5 min ago`. */
export const formatWhenShort = (at: number, now: number): string => whenIn(relativeShort, at, now);

function whenIn(format: Intl.RelativeTimeFormat, at: number, now: number): string {
  const ago = now - at;
  // Another computer’s clock may be ahead of this one’s. Show a date then: “in 3 hours” would confuse.
  if (ago < -MINUTE) return formatDay(at);
  if (ago < MINUTE) return format.format(0, 'second');
  if (ago < HOUR) return format.format(-Math.floor(ago / MINUTE), 'minute');
  const days = Math.round((midnight(now) - midnight(at)) / DAY);
  if (days === 0) return format.format(-Math.floor(ago / HOUR), 'hour');
  return days < WEEK_DAYS ? format.format(-days, 'day') : formatDay(at);
}

/** A period as seen from `now` (all epoch ms): `3 days ago – yesterday`, or its dates as soon as one end is shown as a date. */
export function formatPeriod(from: number, to: number, now: number): string {
  const [first, last] = [formatWhen(from, now), formatWhen(to, now)];
  if (first === last) return last;
  const isDated = first === formatDay(from) || last === formatDay(to);
  return isDated ? formatDays(from, to) : `${first}\u2009–\u2009${last}`;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * A captured moment (ISO 8601) to the minute, in its own time zone: `2024-02-06 14:20 +08:00`. Anything in another form
 * is left as it is.
 */
export function formatCaptured(time: string): string {
  const [, date, minute, zone] = MOMENT.exec(time) ?? [];
  if (date === undefined || minute === undefined) return time;
  return [date, minute, ...(zone === undefined ? [] : [zone === 'Z' ? 'UTC' : zone])].join(' ');
}

/**
 * A captured moment (ISO 8601) in this computer’s time zone: `2024-02-06 14:20 +08:00`. A time without a zone, or in another form, stays as
 * {@link formatCaptured} gives it, since its local time is not known.
 */
export function formatCapturedHere(time: string): string {
  const at = /(?:Z|[+-]\d\d:\d\d)$/.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(at)) return formatCaptured(time);
  const here = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = [here.getFullYear(), two(here.getMonth() + 1), two(here.getDate())].join('-');
  return `${date} ${two(here.getHours())}:${two(here.getMinutes())} ${zoneAt(at)}`;
}

/** A hash short enough for a line, both ends kept: `5f3a9c02…b71ec91e`. */
export const shortHash = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-8)}`;

/**
 * The label of an edit within a sentence: "Tag passage" as in "Undo tag passage". Only a plain capitalised word is lowered: codes
 * (`FIG.ACT`), abbreviations (`PDF`), names with inner capitals and quoted text stay as they are.
 */
export const lowerFirst = (label: string): string =>
  /^\p{Lu}\p{Ll}+(?=\s|$)/u.test(label) ? label.charAt(0).toLocaleLowerCase(LOCALE) + label.slice(1) : label;

/** The label of an edit in quotation marks, its own ones single: “Add category ‘Land’”. */
export const quoted = (label: string): string => `“${label.replaceAll('“', '‘').replaceAll('”', '’')}”`;

const conjunction = new Intl.ListFormat(LOCALE, { type: 'conjunction' });
const disjunction = new Intl.ListFormat(LOCALE, { type: 'disjunction' });
/** `A, B and C` */
export const formatAll = (names: readonly string[]): string => conjunction.format(names.map(isolated));
/** `A, B or C` */
export const formatAny = (names: readonly string[]): string => disjunction.format(names.map(isolated));

const citedDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const citedMonth = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** A day as a citation has it: `15 January 2023`. `at` is that day in UTC. */
export const formatCitedDay = (at: Date): string => citedDay.format(at);
/** `January 2023` */
export const formatCitedMonth = (at: Date): string => citedMonth.format(at);

/** 0.25 as `25%`, rounded down, so that 100% means done. */
export const formatShare = (share: number): string => `${String(wholePercent(share))}%`;

const languages = new Intl.DisplayNames(LOCALE, { type: 'language', fallback: 'code' });
/** A language by its name: `Uyghur` of `ug`; undefined where the tag is not BCP 47. */
export function formatLanguage(tag: string): string | undefined {
  try {
    return languages.of(tag);
  } catch {
    return undefined;
  }
}

/** A reliability grade with its word from the codebook: “B, usually reliable”. */
export const gradeLabel = (grade: string, label: string | undefined): string =>
  label === undefined ? grade : `${grade}, ${label.toLocaleLowerCase()}`;
