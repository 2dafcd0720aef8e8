import { useMemo, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryPatch } from '../../../shared/contract/codebook.ts';
import type { Category } from '../../../shared/model/index.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { useCommandList } from '../../common/commands/registry.ts';
import { useDraft, useLeaving } from '../../common/drafts/draft.ts';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { isWithin } from './places.ts';
import { SignField } from './SignField.tsx';
import { TermsField } from './TermsField.tsx';
import { useCategoryWords } from './useCategoryWords.ts';
import { useCodebookActs } from './useCodebookActs.ts';

type Placed = Pick<CategoryEditorProps, 'category' | 'categories'>;

export interface CategoryEditorProps {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly onEnd: () => void;
}

/** Everything that is said of a category. A field is saved when one leaves it, each as one step of undo. */
export function CategoryEditor({ category, categories, onEnd }: CategoryEditorProps) {
  const { t } = useTranslation();
  const { save, error } = useCategoryWords(category.id);
  // A new category wants a meaning next.
  const [begins] = useState(category.definition === '' ? 'definition' : 'name');
  const text = (field: 'definition' | 'include' | 'exclude', lines: number) => (
    <TextField
      autoFocus={field === begins}
      label={t(`codebook.fields.${field}`)}
      value={category[field]}
      lines={lines}
      maxLength={20_000}
      onSave={(value) => save({ [field]: value })}
    />
  );
  return (
    // Escape leaves from any of its fields, as the pencil above them does.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="stack category-editor"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event.nativeEvent)) return;
        event.preventDefault();
        onEnd();
      }}
    >
      {error === null ? null : <InlineError message={error.message} />}
      <TextField
        label={t('codebook.fields.name')}
        value={category.name}
        maxLength={400}
        isNeeded
        autoFocus={begins === 'name'}
        onSave={(name) => save({ name })}
      />
      <TextField
        label={t('codebook.fields.code')}
        value={category.code}
        maxLength={60}
        isNeeded
        check={(code) => (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(code) ? null : t('codebook.codeWrong'))}
        hint={t('codebook.codeHint')}
        onSave={(code) => save({ code })}
      />
      <ParentField category={category} categories={categories} />
      {text('definition', 4)}
      {text('include', 3)}
      {text('exclude', 3)}
      <TermsField
        label={t('codebook.fields.termsZh')}
        lang="zh-Hans"
        terms={category.termsZh}
        onSave={(termsZh) => save({ termsZh })}
      />
      <TermsField
        label={t('codebook.fields.termsEn')}
        lang="en"
        terms={category.termsEn}
        onSave={(termsEn) => save({ termsEn })}
      />
      <SignField category={category} onSave={(colour) => save({ colour })} />
      <LetterField category={category} categories={categories} onSave={save} />
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly lines?: number;
  readonly isNeeded?: boolean;
  readonly autoFocus?: boolean;
  readonly hint?: string;
  readonly check?: (text: string) => string | null;
  readonly onSave: (value: string) => void;
}

function TextField(props: TextFieldProps) {
  const { label, value, maxLength, lines = 1, isNeeded = false, autoFocus = false, hint, check, onSave } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useDraft(value);
  const next = draft.trim();
  const error = next === '' ? (isNeeded ? t('codebook.needed') : null) : (check?.(next) ?? null);
  const leave = (): void => {
    if (error === null && next !== value) onSave(next);
  };
  useLeaving(leave);
  return (
    <Field
      label={label}
      value={draft}
      onChange={setDraft}
      onBlur={leave}
      lines={lines}
      maxLength={maxLength}
      error={error}
      autoFocus={autoFocus}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

/** Where it lies: anywhere but under itself. */
function ParentField({ category, categories }: Placed) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const options = useMemo(
    () =>
      categories
        .filter((one) => !one.archived && !isWithin(categories, one.id, category.id))
        .map(({ id, code, name }) => ({ value: id, label: name, hint: code })),
    [category.id, categories],
  );
  return (
    <Select
      label={t('codebook.fields.parent')}
      value={category.parent}
      options={options}
      none={t('codebook.atTop')}
      noneIsFine
      onChange={(parent) => (parent === category.parent ? undefined : void acts.move({ ids: [category.id], parent }))}
    />
  );
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');

/** A letter that tags with it, together with Shift. Those that mean something else in the program are not offered. */
function LetterField({ category, categories, onSave }: Placed & { readonly onSave: (patch: CategoryPatch) => void }) {
  const { t } = useTranslation();
  const bound = useCommandList(({ commands }) =>
    commands
      .filter(({ id }) => !id.startsWith('tagLetter'))
      .flatMap(({ keys }) => keys ?? [])
      .flatMap((key) => /^Shift\+Key([A-Z])$/.exec(key)?.[1] ?? [])
      .join(''),
  );
  if (category.archived) return null;
  const holders = new Map(categories.flatMap((one) => (one.shortcut === null ? [] : [[one.shortcut, one] as const])));
  const options = LETTERS.filter((letter) => !bound.includes(letter)).map((letter) => {
    const holder = holders.get(letter);
    return {
      value: letter,
      label: `Shift ${letter}`,
      hint: holder === undefined || holder.id === category.id ? '' : t('codebook.letterTaken', { name: holder.name }),
    };
  });
  return (
    <Select
      label={t('codebook.fields.shortcut')}
      value={category.shortcut}
      options={options}
      none={t('codebook.noLetter')}
      noneIsFine
      onChange={(shortcut) => (shortcut === category.shortcut ? undefined : onSave({ shortcut }))}
    />
  );
}
