import { DATE_FIELDS, type DateField } from '../../../shared/model/index.ts';
import { escaped } from '../../../shared/text/escape-html.ts';
import { formatDay } from '../../../shared/text/moment.ts';
import { dateText, type ReportCategory, type ReportSource } from './model.ts';

const DATE_NAMES: Readonly<Record<DateField, string>> = {
  dateOfAct: 'Act',
  dateOfDocument: 'Document',
  dateOfPublication: 'Publication',
  dateOfCapture: 'Capture',
};

/** Isolates text written by someone else, so that its direction does not reorder the text around it. */
export const isolated = (text: string): string => `<bdi>${escaped(text)}</bdi>`;
export const orNull = (text: string | null): string | null => (text === null ? null : isolated(text));
/** States that something is not known. */
export const gap = (words: string): string => `<span class="gap">${words}</span>`;
export const langOf = (language: string | null): string => (language === null ? '' : ` lang="${escaped(language)}"`);
export const titleOf = (source: ReportSource): string =>
  `<bdi${langOf(source.language)}>${escaped(source.title)}</bdi>`;
export const categoryText = ({ code, name }: ReportCategory): string =>
  code === name ? isolated(name) : `${isolated(name)} (${isolated(code)})`;

/** A label and its value as HTML; null values are left out. */
export type Fact = readonly [name: string, html: string | null];
export const list = (all: readonly Fact[]): string =>
  `<dl>${all.flatMap(([name, html]) => (html === null ? [] : [`<dt>${name}</dt><dd>${html}</dd>`])).join('\n')}</dl>`;

export const dateOf = ({ dates }: ReportSource): string | null =>
  dateText(dates.dateOfDocument ?? dates.dateOfPublication ?? dates.dateOfAct);
/** A document's publisher, date and type. */
export const cited = (source: ReportSource): string =>
  [source.publisher ?? source.author, dateOf(source), source.documentType]
    .filter((part) => part !== null)
    .map(isolated)
    .join(' · ');

/** The day of a moment (ISO 8601), in UTC; other text is returned unchanged. */
export function dayOf(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? escaped(time) : `${formatDay(at, 'UTC')} (UTC)`;
}

/** Those of the four dates that are known, each with its label. */
export function dates(source: ReportSource): string | null {
  const known = DATE_FIELDS.flatMap((field) => {
    const text = dateText(source.dates[field]);
    return text === null ? [] : [`${DATE_NAMES[field]} ${isolated(text)}`];
  });
  return known.length === 0 ? null : known.join(' · ');
}
