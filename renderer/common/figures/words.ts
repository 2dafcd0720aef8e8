import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { isUnitId, type UnitId, UNITS, ZH_UNITS } from '../../../shared/figures/units.ts';
import type { Words } from '../strings/use-translation.ts';

/** Units written as a sign, with the space before the sign if there is one. */
const SIGNS: Readonly<Partial<Record<UnitId, string>>> = { percent: '%', permille: '‰', point: ' pp', times: '×' };

/**
 * A unit in words: its name if it is in the table, else the printed word; empty if the figure has no unit. `value` decides between singular
 * and plural.
 */
export function unitWords({ unit, value }: Pick<FigureCard, 'unit' | 'value'>, t: Words): string {
  if (unit === null) return '';
  if (!isUnitId(unit)) return unit;
  if (value === '1' && unit === 'sqmi') return t('figureCards.units.oneSqmi');
  // The ids of these units are their English singular.
  return value === '1' && ONE.has(unit) ? unit : t(`figureCards.units.${unit}`);
}
/** Chinese words for a unit of the table, the usual one first. */
const PRINTED: ReadonlyMap<string, readonly string[]> = new Map(UNITS.map(({ id, zh }) => [id, zh]));

/** A unit for people who read the source: the printed Chinese word, and its English name if the interface has one: “人次, person-times”. */
export function printedUnitWords(figure: Pick<FigureCard, 'unit' | 'value' | 'text'>, t: Words): string {
  const words = unitWords(figure, t);
  const { unit, text } = figure;
  const printed = unit === null ? undefined : PRINTED.get(unit)?.find((word) => text.includes(word));
  return printed === undefined || printed === words || isSign(unit) ? words : `${printed}, ${words}`;
}
const isSign = (unit: string | null): boolean => unit !== null && isUnitId(unit) && SIGNS[unit] !== undefined;

/** The unit to show beside the printed words; empty if these contain it as a sign, as in 108%. */
export const unitBesideWords = (figure: Pick<FigureCard, 'unit' | 'value' | 'text'>, t: Words): string =>
  isSign(figure.unit) && /[%％‰]/.test(figure.text) ? '' : printedUnitWords(figure, t);

/** The units to choose from, with their ids: “person-times (人次)”. */
export const unitChoices = (t: Words): { readonly id: string; readonly words: string }[] =>
  UNITS.map(({ id, zh: [word] }) => {
    const name = unitWords({ unit: id, value: '' }, t);
    return { id, words: word === undefined || word === name ? name : `${name} (${word})` };
  });

/** The unit that somebody typed or chose: the id from the table if the text is an id, name or Chinese word; else the text itself. */
export function unitTyped(typed: string, t: Words): string | null {
  const text = typed.trim();
  if (text === '') return null;
  const lower = text.toLowerCase();
  const known = unitChoices(t).find(
    ({ id, words }) =>
      [id, words, unitWords({ unit: id, value: '' }, t)].some((one) => one.toLowerCase() === lower) ||
      PRINTED.get(id)?.includes(text) === true,
  );
  return known?.id ?? text;
}

/** Normalises a typed number: removes commas and spaces between digits, and turns full-width digits into ASCII. */
export const numberTyped = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\d)[,\s\u202f](?=\d)/g, '');
/** Whether what is typed is a number. */
export const isNumberTyped = (text: string): boolean => Rational.read(numberTyped(text)) !== null;

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

/** The number with a sign for its qualifier: > 3,200. */
export const valueWords = ({ value, qualifier }: Pick<FigureCard, 'value' | 'qualifier'>): string =>
  `${BOUNDS[qualifier] ?? ''}${numberWords(value)}`;

/** A number and its unit: 8.2%, 12,600 person-times. */
function amount(figure: FigureCard, unitText: string): string {
  const { unit } = figure;
  const sign = unit === null || !isUnitId(unit) ? undefined : SIGNS[unit];
  return `${valueWords(figure)}${sign ?? (unitText === '' ? '' : ` ${unitText}`)}`;
}

/** The reading for the narrow margin, with the printed Chinese unit if it has one: 12,600 人次 (person-times). */
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

/** 2023 or 2019–2021 for whole years, 2023-03 for a month, else a day or a range of days. */
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

/** The interval of values that the number may stand for: 12,550 to 12,650. */
export function intervalWords({ low, high }: Pick<FigureCard['interval'], 'low' | 'high'>, t: Words): string {
  if (low === null && high === null) return t('figureCards.interval.any');
  if (low === null) return t('figureCards.interval.upTo', { high: numberWords(high ?? '') });
  if (high === null) return t('figureCards.interval.from', { low: numberWords(low) });
  return low === high
    ? t('figureCards.interval.exactly', { value: numberWords(low) })
    : t('figureCards.interval.between', { low: numberWords(low), high: numberWords(high) });
}
