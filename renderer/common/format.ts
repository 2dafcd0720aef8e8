/** Numbers, sizes and times as a person reads them. */
const LOCALE = 'en-GB';

/** Without marks that turn around what follows: a name that brings one would turn the sentence it is named in. */
export const inOneDirection = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '');

const numbers = new Intl.NumberFormat(LOCALE);
export const formatNumber = (value: number): string => numbers.format(value);

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
/** Made once: each costs some milliseconds, and a library says the size of every source. */
const sizes = UNITS.map(
  (unit, power) =>
    new Intl.NumberFormat(LOCALE, {
      style: 'unit',
      unit,
      // Its short form knows no plural of a byte.
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

const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
export const formatTime = (at: number): string => clock.format(at);

const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const dayOfYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long' });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' });

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
const DAY_MS = 86_400_000;

/** When something was, seen from `now` (both epoch ms): `today 09:12`, `yesterday`, `28 May`, `28 May 2022`. */
export function formatWhen(at: number, now: number): string {
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
  if (days === 0) return `${relative.format(0, 'day')} ${formatTime(at)}`;
  if (days === -1) return relative.format(-1, 'day');
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayOfYear.format(at) : day.format(at);
}

const dayShort = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });

/** The same where there is little room: `09:12` of today, `yesterday`, `28 May`, `28 May 2022`. */
export function formatWhenShort(at: number, now: number): string {
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
  if (days === 0) return formatTime(at);
  if (days === -1) return relative.format(-1, 'day');
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayShort.format(at) : day.format(at);
}

const zone = new Intl.DateTimeFormat(LOCALE, { timeZoneName: 'longOffset' });

/** The zone of this computer at that moment: `+08:00`, `UTC`. */
function zoneAt(at: number): string {
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const offset = name.replace('GMT', '');
  // Engines differ: no offset is `GMT` in some, `GMT+00:00` in others.
  return /[1-9]/.test(offset) ? offset : 'UTC';
}

/** A moment in full, for records, in this computer's zone and with it: `28 May 2022, 09:12 +08:00`. */
export const formatMoment = (at: number): string => `${day.format(at)}, ${formatTime(at)} ${zoneAt(at)}`;

const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * A captured moment (ISO 8601) as it is read, to the minute and in its own time zone: `2024-02-06 14:20 +08:00`. What
 * is written in another way stays as it is.
 */
export function formatCaptured(time: string): string {
  const [, date, minute, zone] = MOMENT.exec(time) ?? [];
  if (date === undefined || minute === undefined) return time;
  return [date, minute, ...(zone === undefined ? [] : [zone === 'Z' ? 'UTC' : zone])].join(' ');
}

/**
 * A captured moment (ISO 8601) in this computer's zone, with it: `2024-02-06 14:20 +08:00`. What says no zone, or is
 * written in another way, stays as {@link formatCaptured} has it: nobody knows when here it was.
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
