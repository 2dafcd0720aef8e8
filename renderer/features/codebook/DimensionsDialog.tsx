import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Dimension, DimensionValue } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { matchText, wantedOf } from '../../app/matching.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';

const NONE: readonly Dimension[] = [];

/** The values of the dimensions: not every county is in the list one begins with. */
export function DimensionsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const dimensions = useCall('codebook.get', {}).data?.dimensions ?? NONE;
  const [chosen, setChosen] = useState<Dimension['id'] | null>(null);
  const dimension = dimensions.find(({ id }) => id === chosen) ?? dimensions.find(({ on }) => on === 'passage');
  return (
    <Dialog title={t('codebook.values.title')} isOpen onClose={onClose} closeLabel={t('app.close')} size="wide">
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
  const shown = dimension.values.filter(
    ({ label, code, names }) =>
      wanted === '' || [label, code, ...names].some((text) => matchText(text, wanted) !== null),
  );
  const remove = useWrite('values.remove');
  return (
    <>
      {dimension.note === '' ? null : <p className="hint">{dimension.note}</p>}
      <FilterField label={t('codebook.values.filter')} value={filter} onChange={setFilter} />
      {remove.error === null ? null : <InlineError message={remove.error.message} />}
      <ul className="scroll values" aria-label={dimension.name}>
        {shown.map((value) => (
          <li key={value.id} className="value-row">
            {editing === value.id ? (
              <ValueForm dimension={dimension} value={value} onEnd={() => setEditing(null)} />
            ) : (
              <div className="line">
                <bdi className="cut">{value.label}</bdi>
                <bdi className="hint cut grow">{value.names.join(', ')}</bdi>
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
      <section className="stack">
        <h3>{t('codebook.values.add')}</h3>
        <ValueForm dimension={dimension} value={null} onEnd={() => setFilter('')} />
      </section>
    </>
  );
}

/** A value's name and its other names; a new one where there is none yet. */
function ValueForm({
  dimension,
  value,
  onEnd,
}: {
  dimension: Dimension;
  value: DimensionValue | null;
  onEnd: () => void;
}) {
  const { t } = useTranslation();
  const add = useWrite('values.add');
  const edit = useWrite('values.edit');
  const [label, setLabel] = useState(value?.label ?? '');
  const [names, setNames] = useState(value?.names.join(', ') ?? '');
  const [parent, setParent] = useState(value?.parent ?? null);
  const error = add.error ?? edit.error;
  const save = (): void => {
    const words = { label: label.trim(), names: listOf(names), parent };
    if (words.label === '') return;
    const done = {
      onSuccess: () => {
        setLabel(value === null ? '' : words.label);
        setNames(value === null ? '' : names);
        onEnd();
      },
    };
    if (value === null) add.mutate({ dimension: dimension.id, value: words }, done);
    else edit.mutate({ id: value.id, patch: words }, done);
  };
  const others = dimension.values.filter(({ id }) => id !== value?.id);
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error === null ? null : <InlineError message={error.message} />}
      <div className="value-fields">
        <Field
          label={t('codebook.values.label')}
          value={label}
          onChange={setLabel}
          maxLength={400}
          autoFocus={value !== null}
        />
        <Field
          label={t('codebook.values.names')}
          value={names}
          onChange={setNames}
          maxLength={4000}
          placeholder={t('codebook.values.namesHint')}
        />
        <Select
          label={t('codebook.values.under')}
          value={parent}
          options={others.map((one) => ({ value: one.id, label: one.label }))}
          none={t('codebook.values.underNone')}
          noneIsFine
          onChange={setParent}
        />
      </div>
      <div className="line">
        <Button type="submit" isDisabled={label.trim() === ''}>
          {value === null ? t('codebook.values.addAct') : t('codebook.values.save')}
        </Button>
        {value === null ? null : <Button onPress={onEnd}>{t('app.cancel')}</Button>}
      </div>
    </Form>
  );
}

const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]/u)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];
