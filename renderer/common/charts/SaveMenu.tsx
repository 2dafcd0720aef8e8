import { errorDataOf, useWrite } from '../../api/index.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useTellExported } from '../files/exported.ts';
import { notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { Figure } from './figure.ts';
import { figurePng, figureSvg } from './save.ts';

const FORMATS = ['svg', 'png', 'csv'] as const;

/** Saves a figure as it is shown: drawn, or its numbers. `note` says what was counted. */
export function SaveMenu({ figure, note }: { figure: Figure; note: string }) {
  const { t } = useTranslation();
  const write = useWrite('app.writeFigure');
  const tellExported = useTellExported();
  const save = async (format: (typeof FORMATS)[number]): Promise<void> => {
    const name = t(`charts.files.${figure.kind}`);
    const file =
      format === 'csv'
        ? { format, name, columns: [...figure.table.columns], rows: figure.table.rows.map((row) => [...row]) }
        : format === 'svg'
          ? { format, name, text: figureSvg(figure, note) }
          : { format, name, base64: await figurePng(figure, note) };
    const { done, ...written } = await write.mutateAsync(file);
    if (done) tellExported(written);
  };
  return (
    <Menu
      label={t('charts.save')}
      trigger={<IconButton size="small" icon="export" label={t('charts.save')} />}
      entries={FORMATS.map((format) => ({
        id: format,
        label: t(`charts.formats.${format}`),
        run: () => void save(format).catch((thrown: unknown) => notifyError(errorDataOf(thrown))),
      }))}
    />
  );
}
