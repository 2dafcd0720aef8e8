import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Dimension, DimensionValue } from '../../../shared/model/index.ts';
import { useWrite } from '../../api/index.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { createDialogDrafts } from '../../common/drafts/dialog-drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';

/** What is typed of a value and not saved; of a new one by its dimension's id. */
interface Work {
  readonly label: string;
  readonly names: string;
}
const beginnings = createDialogDrafts<Work>();
/** Whether something is typed of any value and not saved. */
export const useUnsavedValues = beginnings.useAny;

function useWords(dimension: Dimension, value: DimensionValue | null) {
  const name = value?.id ?? dimension.id;
  const { label, names } = beginnings.use(name) ?? { label: value?.label ?? '', names: value?.names.join(', ') ?? '' };
  return {
    label,
    names,
    change: (changed: Partial<Work>): void => beginnings.keep(name, { label, names, ...changed }),
    drop: (): void => beginnings.drop(name),
  };
}

/** A value's name and its other names; a new one where there is none yet. */
export function ValueForm({
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
  const { label, names, change, drop } = useWords(dimension, value);
  const [parent, setParent] = useState(value?.parent ?? null);
  const giveUp = (): void => {
    drop();
    onEnd();
  };
  const error = add.error ?? edit.error;
  const save = (): void => {
    const words = { label: label.trim(), names: listOf(names), parent };
    if (words.label === '') return;
    const done = { onSuccess: giveUp };
    if (value === null) add.mutate({ dimension: dimension.id, value: words }, done);
    else edit.mutate({ id: value.id, patch: words }, done);
  };
  const others = dimension.values.filter(({ id }) => id !== value?.id);
  return (
    // There is a button too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="stack value-form"
      onKeyDown={(event) => {
        if (value === null || event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
        // Out of this value, not out of the dialog.
        event.stopPropagation();
        giveUp();
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
        {value === null ? null : <Button onPress={giveUp}>{t('app.cancel')}</Button>}
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
