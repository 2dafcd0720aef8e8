import type { Source } from '../../../shared/model/index.ts';
import { useCopies } from '../../common/sources/copies.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Check } from '../../ui/Choice.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { COLUMN_NAMES, emptyColumns, withColumn, type ColumnName } from './columns.ts';

/** Chooses the columns of the table. A chosen column that is empty for all sources is shown once one of them has a value. */
export function ColumnsFlyout({
  chosen,
  sources,
  onChoose,
}: {
  chosen: readonly ColumnName[];
  sources: readonly Source[];
  onChoose: (chosen: ColumnName[]) => void;
}) {
  const { t } = useTranslation();
  const empty = emptyColumns(sources, useCopies());
  // The head of a column is shorter than its name.
  const nameOf = (name: ColumnName): string =>
    name === 'documentType' || name === 'dateOfDocument'
      ? t(`library.columnNames.${name}`)
      : t(`library.columns.${name}`);
  return (
    <Flyout label={t('library.columnsMenu')}>
      {() => (
        <div className="columns-choice">
          {COLUMN_NAMES.map((name) => (
            <Check
              key={name}
              label={empty.has(name) ? t('library.columnEmpty', { column: nameOf(name) }) : nameOf(name)}
              selected={chosen.includes(name)}
              onChange={(isShown) => onChoose(withColumn(chosen, name, isShown))}
            />
          ))}
          <p className="hint">{t('library.columnsRoom')}</p>
        </div>
      )}
    </Flyout>
  );
}
