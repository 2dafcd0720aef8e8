import { errorDataOf, useWrite } from '../../api/index.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useTellExported } from '../files/exported.ts';
import { notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { Chart, ChartNote } from './chart.ts';
import { printChart } from './print-chart.ts';
import { chartPng, chartSvg } from './save.ts';

const FORMATS = ['svg', 'png', 'csv'] as const;
type Format = (typeof FORMATS)[number];

export interface SaveMenuProps {
  readonly chart: Chart;
  readonly note: ChartNote;
  readonly print: () => void;
}

/** Prints a chart; `legend` is what its signs mean in black and white. */
export function usePrintChart(chart: Chart, note: ChartNote, legend = ''): () => void {
  const { t } = useTranslation();
  return () => {
    printChart({ chart, note, legend }, t).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  };
}

/** Prints a chart, or saves its picture or its numbers. A chart that names people can also be saved with pseudonyms. */
export function SaveMenu({ chart, note, print }: SaveMenuProps) {
  const { t } = useTranslation();
  const write = useWrite('app.writeChart');
  const tellExported = useTellExported();
  const save = async (format: Format, saved: Chart, words: string): Promise<void> => {
    const { kind, table } = saved;
    const name = t(`charts.files.${kind}`);
    const [columns, rows] = [[...table.columns], table.rows.map((row) => [...row])];
    const file =
      format === 'csv'
        ? { format, name, columns, rows }
        : format === 'svg'
          ? { format, name, text: chartSvg(saved, words) }
          : { format, name, base64: await chartPng(saved, words) };
    const { done, ...written } = await write.mutateAsync(file);
    if (done) tellExported(written);
  };
  const { pseudonymous } = chart;
  const entriesOf = (saved: Chart, words: string, names: 'formats' | 'formatsPseudonymous') =>
    FORMATS.map((format) => ({
      id: `${names} ${format}`,
      label: t(`charts.${names}.${format}`),
      run: () => void save(format, saved, words).catch((thrown: unknown) => notifyError(errorDataOf(thrown))),
    }));
  return (
    <Menu
      label={t('charts.save')}
      trigger={<IconButton size="small" icon="export" label={t('charts.save')} />}
      entries={[
        ...(pseudonymous === undefined
          ? []
          : [...entriesOf(pseudonymous, note.pseudonymous, 'formatsPseudonymous'), 'line' as const]),
        ...entriesOf(chart, note.counted, 'formats'),
        'line',
        { id: 'print', label: t('charts.print'), run: print },
      ]}
    />
  );
}
