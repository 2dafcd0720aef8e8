import { useState } from 'react';
import { errorDataOf, useAsk, useWrite } from '../../api/index.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { TableInput } from './state.ts';

const COLUMNS = [
  'printed',
  'before',
  'after',
  'value',
  'low',
  'high',
  'qualifier',
  'unit',
  'kind',
  'from',
  'to',
  'place',
  'placeName',
  'source',
  'publisher',
  'page',
  'state',
  'against',
  'larger',
  'passage',
  'sourceId',
  'id',
] as const;
const AT_ONCE = 1000;
/** A file has so many rows at most. */
const MOST = 100_000;

/** Saves what is listed as CSV, in its order: without figures that a mask covers, and without masked words. */
export function useExportFigures(input: TableInput): { readonly start: () => void; readonly isWriting: boolean } {
  const { t } = useTranslation();
  const ask = useAsk();
  const write = useWrite('app.writeFigure');
  const tellExported = useTellExported();
  const [isWriting, setWriting] = useState(false);
  const save = async (): Promise<void> => {
    const rows: (string | number | null)[][] = [];
    for (let from = 0, total = 1; from < Math.min(total, MOST); from += AT_ONCE) {
      const read = await ask('figures.table', { ...input, from, count: AT_ONCE, outgoing: true });
      total = read.total;
      for (const one of read.rows) {
        const { period } = one;
        rows.push([
          one.text,
          one.before,
          one.after,
          one.value,
          one.low,
          one.high,
          one.qualifier,
          one.unit,
          one.kind,
          period?.from ?? null,
          period?.to ?? null,
          one.place,
          one.placeName,
          one.sourceTitle,
          one.publisher,
          one.page,
          one.state,
          one.against,
          one.larger.join(' '),
          one.passage,
          one.source,
          one.id,
        ]);
      }
    }
    const name = t('charts.files.figures');
    const { done, ...written } = await write.mutateAsync({ format: 'csv', name, columns: [...COLUMNS], rows });
    if (done) tellExported(written);
  };
  const start = (): void => {
    setWriting(true);
    save()
      .catch((thrown: unknown) => notifyError(errorDataOf(thrown)))
      .finally(() => setWriting(false));
  };
  return { start, isWriting };
}
