import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { isUnitId, type UnitId, ZH_UNITS } from '../../../shared/figures/units.ts';
import type { Words } from '../strings/use-translation.ts';

/** Units that are written as a sign, with the space before them. */
const SIGNS: Readonly<Partial<Record<UnitId, string>>> = { percent: '%', permille: '‰', point: ' pp', times: '×' };

/** A unit in words; of the table as its name, else the printed word itself. Empty: it has none. `value`: what is counted. */
export function unitWords({ unit, value }: Pick<FigureCard, 'unit' | 'value'>, t: Words): string {
  if (unit === null) return '';
  if (!isUnitId(unit)) return unit;
  // Ids of the table are English words for one.
  return value === '1' && ONE.has(unit) ? unit : t(`figureCards.units.${unit}`);
}
const ONE: ReadonlySet<UnitId> = new Set<UnitId>([
  'person-time',
  'person',
  'household',
  'session',
  'hectare',
  'acre',
  'mile',
  'ton',
  'year',
  'month',
  'week',
  'day',
  'hour',
]);

const BOUNDS: Readonly<Partial<Record<FigureCard['qualifier'], string>>> = {
  over: '> ',
  'at-least': '≥ ',
  'up-to': '≤ ',
  under: '< ',
  nearly: '≈ ',
  about: '≈ ',
  several: '≈ ',
};

/** The number as it is read, with a sign for its qualifier: > 3,200. */
export const valueWords = ({ value, qualifier }: Pick<FigureCard, 'value' | 'qualifier'>): string =>
  `${BOUNDS[qualifier] ?? ''}${numberWords(value)}`;

/** A number and its unit: 8.2%, 12,600 person-times. */
function amount(figure: FigureCard, unitText: string): string {
  const { unit } = figure;
  const sign = unit === null || !isUnitId(unit) ? undefined : SIGNS[unit];
  return `${valueWords(figure)}${sign ?? (unitText === '' ? '' : ` ${unitText}`)}`;
}

/** The reading for the margin, which is narrow: with the printed unit where it is Chinese, as in 12,600 人次. */
export function marginWords(figure: FigureCard, t: Words): string {
  const printed = ZH_UNITS.find(([word, id]) => id === figure.unit && figure.text.endsWith(word))?.[0];
  return amount(figure, printed ?? unitWords(figure, t));
}

/** The reading as a line: 12,600 person-times, actual, 2023. */
export function readingLine(figure: FigureCard, t: Words): string {
  const { kind, period } = figure;
  const days = period === null ? '' : periodWords(period);
  const words = [amount(figure, unitWords(figure, t)), t(`figureCards.kinds.${kind}`), days];
  return words.filter((word) => word !== '').join(', ');
}

/** 2023 and 2019–2021 for whole years, 2023-03 for a month, else its day or its days. */
export function periodWords({ from, to }: { readonly from: string; readonly to: string }): string {
  const year = from.slice(0, 4);
  if (from === `${year}-01-01` && to.endsWith('-12-31'))
    return to.startsWith(year) ? year : `${year}–${to.slice(0, 4)}`;
  if (isMonth(from, to)) return from.slice(0, 7);
  return from === to ? from : `${from} to ${to}`;
}

function isMonth(from: string, to: string): boolean {
  const last = new Date(`${to}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() + 1);
  return from.slice(0, 7) === to.slice(0, 7) && from.endsWith('-01') && last.getUTCDate() === 1;
}

/** What the number may stand for: 12,550 to 12,650. */
export function intervalWords({ low, high }: Pick<FigureCard['interval'], 'low' | 'high'>, t: Words): string {
  if (low === null && high === null) return t('figureCards.interval.any');
  if (low === null) return t('figureCards.interval.upTo', { high: numberWords(high ?? '') });
  if (high === null) return t('figureCards.interval.from', { low: numberWords(low) });
  return low === high
    ? t('figureCards.interval.exactly', { value: numberWords(low) })
    : t('figureCards.interval.between', { low: numberWords(low), high: numberWords(high) });
}
