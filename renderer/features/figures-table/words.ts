import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import { Rational } from '../../../shared/figures/rational.ts';

/** Thousands apart, as in texts; a fraction as it is. */
export function numberWords(exact: string): string {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(exact) ?? [];
  if (whole === '') return exact;
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${decimals}`;
}

const SIGNS: Partial<Record<FigureRow['qualifier'], string>> = {
  over: '>',
  'at-least': '≥',
  'up-to': '≤',
  under: '<',
  nearly: '≲',
  about: '≈',
  several: '~',
};

/** “> 12,000”. */
export const valueWords = ({ qualifier, value }: Pick<FigureRow, 'qualifier' | 'value'>): string =>
  [SIGNS[qualifier], numberWords(value)].filter((part) => part !== undefined).join(' ');

/** “2021”, of a whole year; else its days or months. */
export function periodWords(period: FigureRow['period']): string {
  if (period === null) return '';
  const { from, to } = period;
  const year = from.slice(0, 4);
  if (from === `${year}-01-01` && to.endsWith('-12-31'))
    return to.startsWith(year) ? year : `${year}–${to.slice(0, 4)}`;
  if (from.slice(0, 7) === to.slice(0, 7) && from.endsWith('-01') && from !== to) return from.slice(0, 7);
  return from === to ? from : `${from} – ${to}`;
}

/** For drawing and sorting alone. */
export const roughly = (exact: string | null): number | null => {
  const value = exact === null ? null : Rational.read(exact);
  return value === null ? null : Number(value.toDecimal(6));
};
