/** Moments (epoch ms) as a person reads them, in the English of our sentences. */
const LOCALE = 'en-GB';

/** The parts of a moment in one time zone; without one, this computer's. */
interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly zone: Intl.DateTimeFormat;
}

const formats = new Map<string | undefined, Formats>();

/** Made at first use: each costs some milliseconds, and most commands of the command line show no time. */
function formatsOf(timeZone?: 'UTC'): Formats {
  const made = formats.get(timeZone);
  if (made !== undefined) return made;
  const zone = timeZone === undefined ? {} : { timeZone };
  const all: Formats = {
    day: new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', ...zone }),
    clock: new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', ...zone }),
    zone: new Intl.DateTimeFormat(LOCALE, { timeZoneName: 'longOffset', ...zone }),
  };
  formats.set(timeZone, all);
  return all;
}

/** A day: `28 May 2022`. */
export const formatDay = (at: number, timeZone?: 'UTC'): string => formatsOf(timeZone).day.format(at);

/** The first and the last day of a period: `28–30 May 2022`. */
export const formatDays = (from: number, to: number): string => formatsOf().day.formatRange(from, to);

/** The offset of the time zone at that moment: `+08:00`, `UTC`. */
export function zoneAt(at: number, timeZone?: 'UTC'): string {
  const parts = formatsOf(timeZone).zone.formatToParts(at);
  const offset = (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('GMT', '');
  // Engines differ: no offset is `GMT` in some, `GMT+00:00` in others.
  return /[1-9]/.test(offset) ? offset : 'UTC';
}

/** A moment with its time zone, to the minute: `28 May 2022, 09:12 +08:00`. */
export const formatMoment = (at: number, timeZone?: 'UTC'): string =>
  `${formatDay(at, timeZone)}, ${formatsOf(timeZone).clock.format(at)} ${zoneAt(at, timeZone)}`;
