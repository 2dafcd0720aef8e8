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

/** Text that somebody else wrote, kept from reordering what stands around it. */
export const foreign = (text: string): string => `<bdi>${escaped(text)}</bdi>`;
export const orNull = (text: string | null): string | null => (text === null ? null : foreign(text));
/** What is not known, said. */
export const gap = (words: string): string => `<span class="gap">${words}</span>`;
export const langOf = (language: string | null): string => (language === null ? '' : ` lang="${escaped(language)}"`);
export const titleOf = (source: ReportSource): string =>
  `<bdi${langOf(source.language)}>${escaped(source.title)}</bdi>`;
export const categoryText = ({ code, name }: ReportCategory): string =>
  code === name ? foreign(name) : `${foreign(name)} (${foreign(code)})`;

/** A name and what is to say of it, as HTML; null is left out. */
export type Fact = readonly [name: string, html: string | null];
export const list = (all: readonly Fact[]): string =>
  `<dl>${all.flatMap(([name, html]) => (html === null ? [] : [`<dt>${name}</dt><dd>${html}</dd>`])).join('\n')}</dl>`;

export const dateOf = ({ dates }: ReportSource): string | null =>
  dateText(dates.dateOfDocument ?? dates.dateOfPublication ?? dates.dateOfAct);
/** Who published a document, when, and what kind of one it is. */
export const cited = (source: ReportSource): string =>
  [source.publisher ?? source.author, dateOf(source), source.documentType]
    .filter((part) => part !== null)
    .map(foreign)
    .join(' · ');

/** The day of a moment (ISO 8601), in UTC; text that is no moment stays as it is. */
export function dayOf(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? escaped(time) : `${formatDay(at, 'UTC')} (UTC)`;
}

/** The four dates that are known, each with what it is the date of. */
export function dates(source: ReportSource): string | null {
  const known = DATE_FIELDS.flatMap((field) => {
    const text = dateText(source.dates[field]);
    return text === null ? [] : [`${DATE_NAMES[field]} ${foreign(text)}`];
  });
  return known.length === 0 ? null : known.join(' · ');
}
