import type { FigureCard, FigureEdit, ListedFigure } from '../../../shared/contract/figure-cards.ts';
import type { FoundFigure } from '../../../shared/contract/figure-readings.ts';
import { Fault } from '../../../shared/errors.ts';
import { type CardReadings, saysSame } from '../../../shared/figures/card.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import type { FigureReadings } from '../../../shared/model/index.ts';

/** At most this many code units are kept of a unit, and of the words that name a period. */
const UNIT = 100;
const PERIOD = 200;

/** The fields of a card that every list shows. */
export function listedOf(card: FigureCard): ListedFigure {
  const { id, start, end, text, page, value, unit, qualifier, kind, period } = card;
  return { id, start, end, text, page, value, unit, qualifier, kind, period };
}

/** The readings of a card from the figure that the rules found. */
export function readingsOfFound(found: FoundFigure): CardReadings {
  const { value, interval, unit, qualifier, kind, period, place, source } = found;
  return {
    value: { value, ...interval, by: source.value },
    unit: { unit: unit?.slice(0, UNIT) ?? null, by: source.unit },
    qualifier: { qualifier, by: source.qualifier },
    kind: { kind, by: source.kind },
    period: { period: period === null ? null : { ...period, text: period.text.slice(0, PERIOD) }, by: source.period },
    place: { place, by: source.place },
    subject: '',
  };
}

/** Replaces the value by the other reading of the printed number. Throws BAD_INPUT if there is no other reading. */
export function otherReading(readings: CardReadings, found: FoundFigure | null): CardReadings {
  const { low, high } = readings.value;
  const rival = found?.otherwise ?? null;
  const rivals = found === null || rival === null ? [] : [rival, found.interval];
  const other = rivals.find((one) => one.low !== low || one.high !== high);
  if (other === undefined) throw new Fault('BAD_INPUT', 'This figure has only one reading. Edit it to read another.');
  return { ...readings, value: { ...readings.value, ...other } };
}

const NEW = { by: null } as const;
/** The readings of words in which the rules find no figure. A person still has to give the value. */
const BLANK: Omit<CardReadings, 'value'> = {
  unit: { unit: null, ...NEW },
  qualifier: { qualifier: 'exact', ...NEW },
  kind: { kind: 'actual', ...NEW },
  period: { period: null, ...NEW },
  place: { place: null, ...NEW },
  subject: '',
};

/** Applies a person's corrections to the readings; `readings` is null if there was no figure. Throws BAD_INPUT. */
export function withEdit(readings: CardReadings | null, edit: FigureEdit): CardReadings {
  const value = edit.value === undefined ? readings?.value : valueOf(edit.value);
  if (value === undefined)
    throw new Fault('BAD_INPUT', 'No figure is found in these words. Write its value to make one of them.');
  const before: CardReadings = readings ?? { ...BLANK, value };
  const { unit, qualifier, kind, period, place, subject } = edit;
  if (period !== undefined && period !== null && period.from > period.to)
    throw new Fault('BAD_INPUT', 'This period ends before it begins. Turn the days around.', { ...period });
  const by = 'person';
  return {
    value: readings === null ? value : kept(before.value, value),
    unit: unit === undefined ? before.unit : kept(before.unit, { unit, by }),
    qualifier: qualifier === undefined ? before.qualifier : kept(before.qualifier, { qualifier, by }),
    kind: kind === undefined ? before.kind : kept(before.kind, { kind, by }),
    period: period === undefined ? before.period : readPeriod(before.period, period),
    place: place === undefined ? before.place : kept(before.place, { place, by }),
    subject: subject ?? before.subject,
  };
}

/** Returns the former reading if the new one says the same, so that the record of who read it is kept. */
const kept = <R extends FigureReadings[keyof FigureReadings]>(before: R, now: R): R =>
  saysSame(before, now) ? before : now;

function readPeriod(before: FigureReadings['period'], days: { from: string; to: string } | null) {
  if (before.period?.from === days?.from && before.period?.to === days?.to) return before;
  return { period: days === null ? null : { ...days, text: '' }, by: 'person' } as const;
}

function valueOf({ value, low, high }: NonNullable<FigureEdit['value']>): FigureReadings['value'] {
  const [exact, least, most] = [
    Rational.read(value),
    low === null ? null : Rational.read(low),
    high === null ? null : Rational.read(high),
  ];
  if (exact === null)
    throw new Fault('BAD_INPUT', 'This is no number. Write digits, or a fraction such as 1/3.', { value });
  if ((least !== null && least.compare(exact) > 0) || (most !== null && most.compare(exact) < 0))
    throw new Fault('BAD_INPUT', 'The value has to be between the two ends of what it may stand for.', {
      value,
      low,
      high,
    });
  const text = (one: Rational | null): string | null => one?.toString() ?? null;
  return { value: exact.toString(), low: text(least), high: text(most), reason: 'person', by: 'person' };
}
