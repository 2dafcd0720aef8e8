import { useState } from 'react';
import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import { errorDataOf, useAsk, useWrite } from '../../api/index.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { TableInput } from './state.ts';

/** The columns of the file by name, with the function that takes the value from a row. */
const COLUMNS = {
  printed: (one) => one.text,
  before: (one) => one.before,
  after: (one) => one.after,
  value: (one) => one.value,
  low: (one) => one.low,
  high: (one) => one.high,
  qualifier: (one) => one.qualifier,
  unit: (one) => one.unit,
  kind: (one) => one.kind,
  from: (one) => one.period?.from ?? null,
  to: (one) => one.period?.to ?? null,
  place: (one) => one.place,
  placeName: (one) => one.placeName,
  source: (one) => one.sourceTitle,
  publisher: (one) => one.publisher,
  page: (one) => one.page,
  state: (one) => one.state,
  against: (one) => one.against,
  followed: (one) => one.followed,
  larger: (one) => one.larger.join(' '),
  passage: (one) => one.passage,
  sourceId: (one) => one.source,
  id: (one) => one.id,
} as const satisfies Readonly<Record<string, (one: FigureRow) => string | number | null>>;
type Column = keyof typeof COLUMNS;
const isColumn = (name: string): name is Column => name in COLUMNS;
const NAMES = Object.keys(COLUMNS).filter(isColumn);
const AT_ONCE = 1000;
/** The most rows that a file can have. */
const MOST = 100_000;

/** Columns that are written as numbers, so that a spreadsheet can calculate with them. */
const NUMBERS: ReadonlySet<Column> = new Set<Column>(['value', 'low', 'high', 'page']);

/** Returns a number if a spreadsheet keeps all its digits, otherwise the digits as text. */
function cellOf(column: Column | undefined, value: string | number | null): string | number | null {
  if (typeof value !== 'string' || column === undefined || !NUMBERS.has(column)) return value;
  const number = Number(value);
  return Number.isFinite(number) && String(number) === value ? number : value;
}

/** Saves the listed figures as CSV or Excel workbook, in the order shown. Figures that a mask covers and masked words are left out. */
export function useExportFigures(input: TableInput): {
  readonly start: (format: 'csv' | 'xlsx') => void;
  readonly isWriting: boolean;
} {
  const { t } = useTranslation();
  const ask = useAsk();
  const write = useWrite('app.writeChart');
  const tellExported = useTellExported();
  const [isWriting, setWriting] = useState(false);
  const save = async (format: 'csv' | 'xlsx'): Promise<void> => {
    const rows: (string | number | null)[][] = [];
    for (let from = 0, total = 1; from < Math.min(total, MOST); from += AT_ONCE) {
      const read = await ask('figures.table', { ...input, from, count: AT_ONCE, outgoing: true });
      total = read.total;
      for (const one of read.rows) rows.push(Object.values(COLUMNS).map((cell) => cell(one)));
    }
    const name = t('charts.files.figures');
    const columns = NAMES.map((column) => ({
      name: column,
      means: t(`figuresTable.means.${column}`),
      kind: NUMBERS.has(column) ? ('number' as const) : ('text' as const),
    }));
    const { done, ...written } = await write.mutateAsync(
      format === 'csv'
        ? { format, name, columns: NAMES, rows }
        : { format, name, columns, rows: rows.map((row) => row.map((cell, at) => cellOf(NAMES[at], cell))) },
    );
    if (done) tellExported(written);
  };
  const start = (format: 'csv' | 'xlsx'): void => {
    setWriting(true);
    save(format)
      .catch((thrown: unknown) => notifyError(errorDataOf(thrown)))
      .finally(() => setWriting(false));
  };
  return { start, isWriting };
}
