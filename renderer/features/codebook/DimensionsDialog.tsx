import { useState } from 'react';
import type { Dimension, DimensionValue } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { matchText, wantedOf } from '../../common/choices/match.ts';
import { isComposing } from '../../ui/keys.ts';
import { createFormDrafts } from '../../common/drafts/drafts.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton, Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField, Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { NoMatch } from './CategoryTree.tsx';
import { valueTree } from './tree.ts';

const NONE: readonly Dimension[] = [];

/** Edits the values of the dimensions, such as counties that the built-in list lacks. */
export function DimensionsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const dimensions = useCall('codebook.get', {}).data?.dimensions ?? NONE;
  const [chosen, setChosen] = useState<Dimension['id'] | null>(null);
  const dimension = dimensions.find(({ id }) => id === chosen) ?? dimensions.find(({ on }) => on === 'passage');
  const hasUnsaved = useUnsavedValues();
  return (
    <Dialog
      title={t('codebook.values.title')}
      isOpen
      onClose={onClose}
      ignoresOutside={hasUnsaved}
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
        {shown.length === 0 ? (
          <li className="hint picker-none">
            <NoMatch text={t('codebook.values.noMatch')} onClear={() => setFilter('')} />
          </li>
        ) : null}
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

/** Unsaved text of a value; a new value's is kept under its dimension's id. */
interface Work {
  readonly label: string;
  readonly names: string;
}
const valueDrafts = createFormDrafts<Work>();
/** Whether any value has unsaved text. */
const useUnsavedValues = valueDrafts.useAny;

function useValueDraft(dimension: Dimension, value: DimensionValue | null) {
  const name = value?.id ?? dimension.id;
  const { label, names } = valueDrafts.use(name) ?? { label: value?.label ?? '', names: value?.names.join(', ') ?? '' };
  return {
    label,
    names,
    change: (changed: Partial<Work>): void => valueDrafts.keep(name, { label, names, ...changed }),
    drop: (): void => valueDrafts.drop(name),
  };
}

/** The form of a value, or of a new one if `value` is null. */
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
  const { label, names, change, drop } = useValueDraft(dimension, value);
  const [parent, setParent] = useState(value?.parent ?? null);
  const discard = (): void => {
    drop();
    onEnd();
  };
  const error = add.error ?? edit.error;
  const save = (): void => {
    const words = { label: label.trim(), names: listOf(names), parent };
    if (words.label === '') return;
    const done = { onSuccess: discard };
    if (value === null) add.mutate({ dimension: dimension.id, value: words }, done);
    else edit.mutate({ id: value.id, patch: words }, done);
  };
  const others = dimension.values.filter(({ id }) => id !== value?.id);
  return (
    // The form also has a Cancel button.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="stack value-form"
      onKeyDown={(event) => {
        if (value === null || event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
        // Escape cancels this form, not the dialog.
        event.stopPropagation();
        discard();
      }}
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
          onChange={(next) => change({ label: next })}
          maxLength={400}
          autoFocus={value !== null}
        />
        <Field
          label={t('codebook.values.names')}
          value={names}
          onChange={(next) => change({ names: next })}
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
        {value === null ? null : <Button onPress={discard}>{t('app.cancel')}</Button>}
      </div>
    </form>
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
