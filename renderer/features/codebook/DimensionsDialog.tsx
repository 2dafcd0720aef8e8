import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Dimension, DimensionValue } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { matchText, wantedOf } from '../../common/choices/match.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { useUnsavedValues, ValueForm } from './ValueForm.tsx';
import { valueTree } from './value-tree.ts';

const NONE: readonly Dimension[] = [];

/** The values of the dimensions: not every county is in the list one begins with. */
export function DimensionsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const dimensions = useCall('codebook.get', {}).data?.dimensions ?? NONE;
  const [chosen, setChosen] = useState<Dimension['id'] | null>(null);
  const dimension = dimensions.find(({ id }) => id === chosen) ?? dimensions.find(({ on }) => on === 'passage');
  const isHeld = useUnsavedValues();
  return (
    <Dialog
      title={t('codebook.values.title')}
      isOpen
      onClose={onClose}
      isHeld={isHeld}
      closeLabel={t('app.close')}
      size="wide"
    >
      {dimension === undefined ? (
        <p className="hint">{t('codebook.values.noDimensions')}</p>
      ) : (
        <div className="stack">
          <Select
            label={t('codebook.values.dimension')}
            value={dimension.id}
            options={dimensions.map(({ id, name, values }) => ({
              value: id,
              label: name,
              hint: t('codebook.values.count', { count: values.length }),
            }))}
            none={t('codebook.values.choose')}
            noneIsFine
            onChange={setChosen}
          />
          <Values key={dimension.id} dimension={dimension} />
        </div>
      )}
    </Dialog>
  );
}

function Values({ dimension }: { dimension: Dimension }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState('');
  const [editing, setEditing] = useState<DimensionValue['id'] | null>(null);
  const wanted = wantedOf(filter);
  const shown = valueTree(dimension.values).filter(
    ({ value: { label, code, names } }) =>
      wanted === '' || [label, code, ...names].some((text) => matchText(text, wanted) !== null),
  );
  const remove = useWrite('values.remove');
  return (
    <>
      {dimension.note === '' ? null : <p className="hint">{dimension.note}</p>}
      <FilterField label={t('codebook.values.filter')} value={filter} onChange={setFilter} />
      {remove.error === null ? null : <InlineError message={remove.error.message} />}
      <ul className="scroll values" aria-label={dimension.name}>
        {shown.length === 0 ? <li className="hint picker-none">{t('codebook.values.noMatch')}</li> : null}
        {shown.map(({ value, level }) => (
          <li key={value.id} className="value-row" data-level={Math.min(level, 4)}>
            {editing === value.id ? (
              <ValueForm dimension={dimension} value={value} onEnd={() => setEditing(null)} />
            ) : (
              <div className="line">
                <bdi className="cut value-label">{value.label}</bdi>
                <bdi className="hint cut grow" title={value.names.join(', ')}>
                  {value.names.join(', ')}
                </bdi>
                <IconButton
                  label={t('codebook.values.edit', { name: value.label })}
                  icon="edit"
                  size="small"
                  onPress={() => setEditing(value.id)}
                />
                <IconButton
                  label={t('codebook.values.remove', { name: value.label })}
                  icon="remove"
                  size="small"
                  onPress={() => remove.mutate({ id: value.id })}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
      <section className="stack value-new">
        <h3 className="section-head">{t('codebook.values.add')}</h3>
        <ValueForm dimension={dimension} value={null} onEnd={() => setFilter('')} />
      </section>
    </>
  );
}
