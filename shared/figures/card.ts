import { figureReadings, type FigureReadings, type FigureVerdict } from '../model/figure.ts';

/** A verdict of one person on a card. */
export interface Check {
  readonly person: string;
  readonly verdict: FigureVerdict;
  readonly reason: string;
  /** The readings that the person looked at; null if they can’t be read. */
  readonly basis: FigureReadings | null;
  readonly subject: string;
}

/**
 * Where a card stands. `found`: nobody has said anything of it. `confirmed`: one person did; `reviewed`: two or more did, of the same
 * readings, of whom the keys of one installation are one. `returned`: somebody asks to look again. `reopened`: its readings were changed after everybody who said something.
 * `disputed`: one person confirmed it and another dismissed it.
 */
export const FIGURE_STATES = [
  'found',
  'confirmed',
  'reviewed',
  'returned',
  'reopened',
  'dismissed',
  'disputed',
] as const;
type FigureState = (typeof FIGURE_STATES)[number];

/** The readings of a card; `subject` is of whom or what it is. */
export interface CardReadings extends FigureReadings {
  readonly subject: string;
}

export const READINGS = [
  'value',
  'unit',
  'qualifier',
  'kind',
  'period',
  'place',
] as const satisfies readonly (keyof FigureReadings)[];

/** Whether what was looked at is what the card says now. Readings that rest on something else, but say the same, are the same. */
export function isCurrent(card: CardReadings, { basis, subject }: Pick<Check, 'basis' | 'subject'>): boolean {
  return basis !== null && subject === card.subject && READINGS.every((one) => saysSame(card[one], basis[one]));
}

type Reading = FigureReadings[keyof FigureReadings];

/** Whether two readings of one kind say the same, whatever they rest on. Compares values, since comparing texts took ten times as long. */
export function saysSame({ by: _by, ...one }: Reading, { by: _otherBy, ...other }: Reading): boolean {
  return isSame(one, other);
}

/** Whether two values of the log are equal, whatever the order of their fields. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Which keys count as one person: see Installations. */
export interface Eyes {
  readonly oneWith: (person: string) => ReadonlySet<string>;
}
const NOBODY: ReadonlySet<string> = new Set();
export const EACH_ALONE: Eyes = { oneWith: () => NOBODY };

/**
 * The state that follows from what everybody said: it is never written. So of anything that people confirm, return or dismiss; `current`:
 * said of what is there now.
 */
export function stateFrom(
  checks: readonly { readonly person: string; readonly verdict: FigureVerdict; readonly current: boolean }[],
  eyes: Eyes,
): FigureState {
  if (checks.length === 0) return 'found';
  const current = checks.filter((one) => one.current);
  const who = (verdict: FigureVerdict): number => {
    const people: string[] = [];
    for (const { person } of current.filter((one) => one.verdict === verdict))
      if (people.every((one) => one !== person && !eyes.oneWith(one).has(person) && !eyes.oneWith(person).has(one)))
        people.push(person);
    return people.length;
  };
  const confirmed = who('confirmed');
  if (who('dismissed') > 0) return confirmed > 0 ? 'disputed' : 'dismissed';
  if (who('returned') > 0) return 'returned';
  if (confirmed > 1) return 'reviewed';
  return confirmed === 1 ? 'confirmed' : 'reopened';
}

/** Whether a person corrected at least one reading of the card. */
export const isEdited = (card: FigureReadings): boolean => READINGS.some((one) => card[one].by === 'person');

/** The readings of a row of the log; null if one of them can’t be read, as in a log of another program. */
export function readingsOf(row: Readonly<Record<keyof FigureReadings, unknown>>): FigureReadings | null {
  const read = {
    value: figureReadings.value.safeParse(row.value).data,
    unit: figureReadings.unit.safeParse(row.unit).data,
    qualifier: figureReadings.qualifier.safeParse(row.qualifier).data,
    kind: figureReadings.kind.safeParse(row.kind).data,
    period: figureReadings.period.safeParse(row.period).data,
    place: figureReadings.place.safeParse(row.place).data,
  };
  const { value, unit, qualifier, kind, period, place } = read;
  if (value === undefined || unit === undefined || qualifier === undefined) return null;
  if (kind === undefined || period === undefined || place === undefined) return null;
  return { value, unit, qualifier, kind, period, place };
}
