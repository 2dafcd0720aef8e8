import { dateOrder } from '../../../shared/model/dates.ts';
import type { Source } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';
import type { CopyMarks } from '../../common/sources/copies.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { COLUMN_NAMES } from './columns.ts';
import type { LibraryShelf as Shelf } from '../../common/workbench/screens.ts';

export const SORT_COLUMNS = ['title', ...COLUMN_NAMES] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** `read`: the sources that the person has read. */
export function isOnShelf(source: Source, shelf: Shelf, read: ReadonlySet<string>): boolean {
  if (source.deleted) return shelf === 'removed';
  switch (shelf) {
    case 'all':
      return true;
    case 'notRead':
      return !read.has(source.id);
    case 'notCoded':
      return source.passages === 0;
    case 'withGaps':
      return source.gaps.length > 0;
    case 'removed':
      return false;
  }
}

/** The number of sources in each part of the library. Of the trash only sources are counted, not its other items. */
export function countShelves(sources: readonly Source[], read: ReadonlySet<string>): Record<Shelf, number> {
  const count = (shelf: Shelf): number => sources.filter((source) => isOnShelf(source, shelf, read)).length;
  return {
    all: count('all'),
    notRead: count('notRead'),
    notCoded: count('notCoded'),
    withGaps: count('withGaps'),
    removed: count('removed'),
  };
}

/** Whether the title, file name, author or publisher contain every word of `wanted`. */
export function matchesText(source: Source, wanted: string): boolean {
  const words = foldText(wanted)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const text = foldText(
    [source.title, source.fileName, source.author, source.publisher].filter((part) => part !== null).join('\n'),
  );
  return words.every((word) => text.includes(word));
}

const collator = new Intl.Collator(['en', 'zh-Hans', 'ug'], { numeric: true, sensitivity: 'base' });

/** The value to sort by; null if it is missing. Missing values come last in both directions. */
function sortValue(source: Source, column: SortColumn, copies: CopyMarks): string | number | null {
  switch (column) {
    case 'title':
      return sourceName(source);
    case 'publisher':
    case 'author':
    case 'documentType':
    case 'language':
      return source[column];
    case 'dateOfAct':
    case 'dateOfDocument':
    case 'dateOfPublication':
    case 'dateOfCapture':
      return dateOrder(source[column]?.edtf ?? null);
    case 'copies':
      return copies.get(source.id)?.text ?? null;
    case 'addedAt':
      return source.addedAt;
    case 'grade':
      return source.grade;
    case 'passages':
      return source.passages;
    case 'gaps':
      return source.gaps.length;
  }
}

const compareValues = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));

/** Sorts sources. Those with equal values are sorted by the time they were added, newest first. */
export function sortSources(
  sources: readonly Source[],
  column: SortColumn,
  descending: boolean,
  copies: CopyMarks,
): Source[] {
  const keyed = sources.map((source) => ({ source, value: sortValue(source, column, copies) }));
  keyed.sort((a, b) => {
    const newest = b.source.addedAt - a.source.addedAt || collator.compare(a.source.id, b.source.id);
    if (a.value === null || b.value === null) return a.value === b.value ? newest : a.value === null ? 1 : -1;
    return compareValues(a.value, b.value) * (descending ? -1 : 1) || newest;
  });
  return keyed.map(({ source }) => source);
}
