import { figureReadings, type FigureReadings } from '../model/figure.ts';
import { Rational } from './rational.ts';

/** Decimals shown of a fraction that never ends. */
const DECIMALS = 6;

/** An exact number as people read it: 12,600 or 33.333333… */
export function numberWords(exact: string): string {
  const value = Rational.read(exact);
  if (value === null) return exact;
  const printed = value.toDecimal(DECIMALS);
  const [whole = '', decimals] = printed.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const more = Rational.decimal(printed)?.equals(value) === true ? '' : '…';
  return `${grouped}${decimals === undefined ? '' : `.${decimals}`}${more}`;
}

/** “12,600 (12,550 to 12,650)”; the value alone if it can be no other. */
export function valueWords({ value, low, high }: Pick<FigureReadings['value'], 'value' | 'low' | 'high'>): string {
  const said = numberWords(value);
  if (low === value && high === value) return said;
  if (low === null && high === null) return `${said} (any)`;
  if (low === null) return `${said} (up to ${numberWords(high ?? value)})`;
  return high === null
    ? `${said} (${numberWords(low)} or more)`
    : `${said} (${numberWords(low)} to ${numberWords(high)})`;
}

/** What a reading rests on, in words after the reading; empty if nothing is recorded. */
const BY = {
  printed: 'printed',
  inherited: 'from another figure',
  'cue-word': 'from a word beside it',
  'outside-clause': 'from outside its clause',
  person: 'read by a person',
} as const;

const NONE = 'none';
const PLAIN: { readonly [R in keyof FigureReadings]: (read: FigureReadings[R]) => string } = {
  value: valueWords,
  unit: ({ unit }) => unit ?? NONE,
  qualifier: ({ qualifier }) => (qualifier === 'exact' ? NONE : qualifier.replace('-', ' ')),
  kind: ({ kind }) => kind,
  period: ({ period }) => (period === null ? NONE : `${period.from} to ${period.to}`),
  place: ({ place }) => place ?? NONE,
};

/**
 * The words of a reading of a figure card, for a conflict or a comparison of states; for a basis, of all readings. Returns null for a value
 * that this version did not write.
 */
export function readingWords(field: string, value: unknown): string | null {
  if (field === 'basis') {
    const all = READINGS.flatMap((one) => {
      const read = readingWords(
        one,
        typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === one)?.[1] : null,
      );
      return read === null ? [] : [read];
    });
    return all.length < READINGS.length ? null : all.join('; ');
  }
  const known = READINGS.find((one) => one === field);
  return known === undefined ? null : wordsOf(known, value);
}

const READINGS = ['value', 'unit', 'qualifier', 'kind', 'period', 'place'] as const;

function wordsOf<R extends keyof FigureReadings>(field: R, value: unknown): string | null {
  const read = figureReadings[field].safeParse(value);
  if (!read.success) return null;
  const { by } = read.data;
  // The schema of this field has read the value.
  const words = PLAIN[field](read.data as FigureReadings[R]);
  return by === null ? words : `${words}, ${BY[by]}`;
}
