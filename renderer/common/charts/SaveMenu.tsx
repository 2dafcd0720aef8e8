import { errorDataOf, useWrite } from '../../api/index.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useTellExported } from '../files/exported.ts';
import { notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { Figure, FigureNote } from './figure.ts';
import { printFigure } from './print-figure.ts';
import { figurePng, figureSvg } from './save.ts';

const FORMATS = ['svg', 'png', 'csv'] as const;
type Format = (typeof FORMATS)[number];

export interface SaveMenuProps {
  readonly figure: Figure;
  readonly note: FigureNote;
  readonly print: () => void;
}

/** Prints a figure; `legend` is what its signs mean in black and white. */
export function usePrintFigure(figure: Figure, note: FigureNote, legend = ''): () => void {
  const { t } = useTranslation();
  return () => {
    printFigure({ figure, note, legend }, t).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  };
}

/** Prints a figure, and saves it as it is shown: drawn, or its numbers. One that names persons is saved with pseudonyms too. */
export function SaveMenu({ figure, note, print }: SaveMenuProps) {
  const { t } = useTranslation();
  const write = useWrite('app.writeFigure');
  const tellExported = useTellExported();
  const save = async (format: Format, saved: Figure, words: string): Promise<void> => {
    const { kind, table } = saved;
    const name = t(`charts.files.${kind}`);
    const [columns, rows] = [[...table.columns], table.rows.map((row) => [...row])];
    const file =
      format === 'csv'
        ? { format, name, columns, rows }
        : format === 'svg'
          ? { format, name, text: figureSvg(saved, words) }
          : { format, name, base64: await figurePng(saved, words) };
    const { done, ...written } = await write.mutateAsync(file);
    if (done) tellExported(written);
  };
  const { pseudonymous } = figure;
  const entriesOf = (saved: Figure, words: string, names: 'formats' | 'formatsPseudonymous') =>
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
        ...entriesOf(figure, note.counted, 'formats'),
        'line',
        { id: 'print', label: t('charts.print'), run: print },
      ]}
    />
  );
}
