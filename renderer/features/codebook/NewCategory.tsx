import { useState } from 'react';
import { codeFor } from '../../../shared/model/category-code.ts';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { isComposing } from '../../ui/keys.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useCodebookActs } from './useCodebookActs.ts';

export interface NewCategoryProps {
  readonly categories: readonly Category[];
  /** The proposed parent. */
  readonly parent: CategoryId | null;
  readonly onAdded: (category: CategoryId) => void;
  readonly onCancel: () => void;
}

/** The form of a new category; only its name is required. */
export function NewCategory({ categories, parent: proposed, onAdded, onCancel }: NewCategoryProps) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const [name, setName] = useState('');
  const [focusedBefore] = useState(() => document.activeElement);
  const cancel = (): void => {
    onCancel();
    if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected)
      requestAnimationFrame(() => focusedBefore.focus());
  };
  const [code, setCode] = useState('');
  const [parent, setParent] = useState(proposed);
  const active = categories.filter(({ archived }) => !archived);
  const under = active.find(({ id }) => id === parent);
  const trimmed = name.trim();
  const proposedCode =
    trimmed === ''
      ? ''
      : codeFor(
          trimmed,
          under?.code ?? null,
          categories.map((one) => one.code),
        );
  const add = async (): Promise<void> => {
    if (trimmed === '') return;
    const own = code.trim();
    const made = await acts.add({ category: { name: trimmed, ...(own === '' ? {} : { code: own }) }, parent });
    if (made !== null) onAdded(made.id);
  };
  return (
    <section className="category new-category" aria-label={t('codebook.add')} data-editing>
      {/* Escape cancels from any field; there is a Cancel button too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        className="stack category-body"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
          event.preventDefault();
          cancel();
        }}
      >
        <h3 className="strong">{t('codebook.add')}</h3>
        <Field label={t('codebook.fields.name')} value={name} onChange={setName} maxLength={400} autoFocus />
        <Select
          label={t('codebook.fields.parent')}
          value={parent}
          options={active.map((one) => ({ value: one.id, label: one.name, hint: one.code }))}
          none={t('codebook.atTop')}
          noneIsFine
          onChange={setParent}
        />
        <Field
          label={t('codebook.fields.code')}
          value={code}
          onChange={setCode}
          placeholder={proposedCode}
          hint={t('codebook.codeProposed')}
          maxLength={60}
          dir="ltr"
        />
        <div className="line">
          <Button type="submit" kind="primary" isDisabled={trimmed === ''}>
            {t('codebook.add')}
          </Button>
          <Button onPress={cancel}>{t('app.cancel')}</Button>
        </div>
      </form>
    </section>
  );
}
