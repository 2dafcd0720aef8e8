import { z } from 'zod';
import type { Source } from '../../../shared/model/index.ts';
import type { CopyMarks } from '../../common/sources/copies.ts';

interface ColumnFacts {
  readonly width: `--${string}`;
  /** Columns with the greatest number are dropped first if there is no room. */
  readonly drop?: number;
  /** The first click sorts the greatest number first. */
  readonly isNumber?: true;
  /** Shown until a person chooses columns. */
  readonly first?: true;
  /** Whether a source has a value in this column. A column without any value is hidden. Absent for columns that are never empty. */
  readonly has?: (source: Source, copies: CopyMarks) => boolean;
}

/** The columns after the title, in the order they are shown. */
const COLUMNS = {
  author: { width: '--col-name', drop: 8, has: ({ author }) => author !== null },
  publisher: { width: '--col-name', drop: 4, first: true, has: ({ publisher }) => publisher !== null },
  documentType: { width: '--col-name', drop: 9, has: ({ documentType }) => documentType !== null },
  language: { width: '--col-num', drop: 7, has: ({ language }) => language !== null },
  dateOfAct: { width: '--col-date-2', drop: 1, first: true, has: ({ dateOfAct }) => dateOfAct !== null },
  dateOfDocument: { width: '--col-date', drop: 6, has: ({ dateOfDocument }) => dateOfDocument !== null },
  dateOfPublication: {
    width: '--col-date',
    drop: 5,
    first: true,
    has: ({ dateOfPublication }) => dateOfPublication !== null,
  },
  dateOfCapture: { width: '--col-date', drop: 10, has: ({ dateOfCapture }) => dateOfCapture !== null },
  copies: { width: '--col-name', drop: 12, has: ({ id }, copies) => copies.has(id) },
  addedAt: { width: '--col-moment', drop: 11 },
  grade: { width: '--col-s', drop: 2, first: true, has: ({ grade }) => grade !== null },
  passages: { width: '--col-num', isNumber: true, first: true },
  gaps: { width: '--col-num', drop: 3, isNumber: true, first: true },
} as const satisfies Readonly<Record<string, ColumnFacts>>;

export const COLUMN_NAMES = [
  'author',
  'publisher',
  'documentType',
  'language',
  'dateOfAct',
  'dateOfDocument',
  'dateOfPublication',
  'dateOfCapture',
  'copies',
  'addedAt',
  'grade',
  'passages',
  'gaps',
] as const satisfies readonly (keyof typeof COLUMNS)[];
export type ColumnName = keyof typeof COLUMNS;

export const factsOf = (name: ColumnName): ColumnFacts => COLUMNS[name];

/** The chosen columns, as they are stored. */
export const chosenSchema = z.array(z.enum(COLUMN_NAMES));
export const FIRST_COLUMNS: ColumnName[] = COLUMN_NAMES.filter((name) => factsOf(name).first === true);

/** The columns in which no source has a value. */
export const emptyColumns = (sources: readonly Source[], copies: CopyMarks): ReadonlySet<ColumnName> =>
  new Set(
    COLUMN_NAMES.filter((name) => {
      const { has } = factsOf(name);
      return has !== undefined && !sources.some((source) => !source.deleted && has(source, copies));
    }),
  );

/** The chosen columns that are not empty, in their order. */
export const shownColumns = (
  chosen: readonly ColumnName[],
  sources: readonly Source[],
  copies: CopyMarks,
): readonly ColumnName[] => {
  const empty = emptyColumns(sources, copies);
  return COLUMN_NAMES.filter((name) => chosen.includes(name) && !empty.has(name));
};

/** The choice with a column added or removed. */
export const withColumn = (chosen: readonly ColumnName[], column: ColumnName, isShown: boolean): ColumnName[] =>
  COLUMN_NAMES.filter((name) => (name === column ? isShown : chosen.includes(name)));
