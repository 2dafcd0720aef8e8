import { useMemo, useState, useId } from 'react';
import { Label, Radio, RadioGroup, Button as AriaButton } from 'react-aria-components';
import type { CategoryPatch } from '../../../shared/contract/codebook.ts';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { SIGN_NAMES, SIGNS, signOfColour, signOfFamily } from '../../../shared/model/signs.ts';
import { useWrite, type ApiError } from '../../api/index.ts';
import { isComposing } from '../../ui/keys.ts';
import { useCommandList } from '../../common/commands/registry.ts';
import { useDraft, useSaveOnLeave } from '../../common/drafts/drafts.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { familyOf, familyStyle } from '../../ui/FamilySign.tsx';
import { draftMark, Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { TermUse } from './TermUse.tsx';
import { isWithin } from './tree.ts';
import { useCodebookActs } from './useCodebookActs.ts';
import { tellWhether } from '../../common/drafts/refused.ts';
import { SavedField } from '../../common/drafts/SavedField.tsx';

type Placed = Pick<CategoryEditorProps, 'category' | 'categories'>;

interface CategoryEditorProps {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly onEnd: () => void;
}

/** All fields of a category. A field is saved when it loses the focus; each save is one commit. */
export function CategoryEditor({ category, categories, onEnd }: CategoryEditorProps) {
  const { t } = useTranslation();
  const { save, error } = useSaveCategory(category.id);
  // A new category has no definition: start there.
  const [begins] = useState(category.definition === '' ? 'definition' : 'name');
  const needed = (text: string): string | null => (text === '' ? t('codebook.needed') : null);
  const text = (field: 'definition' | 'include' | 'exclude', lines: number) => (
    <SavedField
      autoFocus={field === begins}
      name={`category ${category.id} ${field}`}
      label={t(`codebook.fields.${field}`)}
      value={category[field]}
      lines={lines}
      maxLength={20_000}
      onSave={(value, tell) => save({ [field]: value }, tell)}
    />
  );
  return (
    // Escape closes the editor from any of its fields, as the pencil button does.
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
      <SavedField
        name={`category ${category.id} name`}
        label={t('codebook.fields.name')}
        value={category.name}
        maxLength={400}
        check={needed}
        autoFocus={begins === 'name'}
        onSave={(name, tell) => save({ name }, tell)}
      />
      <SavedField
        name={`category ${category.id} code`}
        label={t('codebook.fields.code')}
        value={category.code}
        maxLength={60}
        check={(code) => needed(code) ?? (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(code) ? null : t('codebook.codeWrong'))}
        hint={t('codebook.codeHint')}
        onSave={(code, tell) => save({ code }, tell)}
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
      <TermUse key={category.id} category={category} />
      <HighlightStyleField category={category} onSave={(colour) => save({ colour })} />
      <ShortcutField category={category} categories={categories} onSave={save} />
    </div>
  );
}

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

/** The letter that, pressed with Shift, tags with this category. Letters that other commands use are not offered. */
function ShortcutField({ category, categories, onSave }: Placed & { readonly onSave: (patch: CategoryPatch) => void }) {
  const { t } = useTranslation();
  const used = useCommandList(({ commands }) =>
    commands
      .filter(({ id }) => !id.startsWith('tagLetter'))
      .flatMap(({ keys }) => keys ?? [])
      .flatMap((key) => /^Shift\+Key([A-Z])$/.exec(key)?.[1] ?? [])
      .join(''),
  );
  if (category.archived) return null;
  const byLetter = new Map(categories.flatMap((one) => (one.shortcut === null ? [] : [[one.shortcut, one] as const])));
  const options = LETTERS.filter((letter) => !used.includes(letter)).map((letter) => {
    const owner = byLetter.get(letter);
    return {
      value: letter,
      label: `Shift ${letter}`,
      hint: owner === undefined || owner.id === category.id ? '' : t('codebook.letterTaken', { name: owner.name }),
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

const OWN = 'own';
const HEX = /^#[0-9A-Fa-f]{6}$/;

/**
 * How a category is highlighted: one of twelve styles (a colour with its own stroke), or a custom colour with the
 * family's stroke. Its code is always shown beside it.
 */
function HighlightStyleField({ category, onSave }: { category: Category; onSave: (colour: string) => void }) {
  const { t } = useTranslation();
  const { code, colour } = category;
  const family = familyOf(code);
  if (signOfFamily(family) !== null) return <p className="hint">{t('codebook.signOfFamily', { family })}</p>;
  const sign = signOfColour(colour);
  return (
    <div className="stack">
      <RadioGroup
        className="field"
        orientation="horizontal"
        value={sign ?? OWN}
        onChange={(value) => {
          const chosen = SIGN_NAMES.find((name) => name === value);
          if (chosen !== undefined) onSave(SIGNS[chosen]);
        }}
      >
        <Label className="field-label">{t('codebook.sign')}</Label>
        <div className="signs">
          {SIGN_NAMES.map((name) => (
            <Radio key={name} value={name} className="sign-choice" aria-label={t(`codebook.signs.${name}`)}>
              <span className={`family-sign f-${name}`} title={t(`codebook.signs.${name}`)} aria-hidden>
                {family}
              </span>
            </Radio>
          ))}
          {sign === null ? (
            <Radio value={OWN} className="sign-choice" aria-label={t('codebook.signs.own')}>
              <CustomStyle family={family} colour={colour} />
            </Radio>
          ) : null}
        </div>
      </RadioGroup>
      <CustomColour colour={colour} onSave={onSave} />
    </div>
  );
}

function CustomStyle({ family, colour }: { family: string; colour: string }) {
  const { className, style } = familyStyle(family, colour);
  return (
    <span className={`family-sign ${className}`} style={style} aria-hidden>
      {family}
    </span>
  );
}

function CustomColour({ colour, onSave }: { colour: string; onSave: (colour: string) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useDraft(colour);
  const next = draft.trim().startsWith('#') ? draft.trim() : `#${draft.trim()}`;
  const isRight = HEX.test(next);
  const leave = (): void => {
    if (isRight && next.toUpperCase() !== colour.toUpperCase()) onSave(next.toUpperCase());
  };
  useSaveOnLeave(leave, draft !== colour);
  return (
    <Field
      label={t('codebook.ownColour')}
      value={draft}
      onChange={setDraft}
      onBlur={leave}
      stored={draft === colour}
      error={isRight ? null : t('codebook.colourWrong')}
      dir="ltr"
      maxLength={9}
    />
  );
}

interface Term {
  readonly term: string;
  readonly origin: string;
}
interface TermsFieldProps {
  readonly label: string;
  readonly lang: string;
  readonly terms: readonly Term[];
  readonly onSave: (terms: Term[]) => void;
}

/** The origin stored for a term that a person adds here. */
const ADDED = 'added';

/** A category's terms in one language, with their origins. Enter, a comma or leaving the field adds what was typed. */
function TermsField({ label, lang, terms, onSave }: TermsFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const add = (): void => {
    const existing = new Set(terms.map(({ term }) => term));
    const added = [...new Set(text.split(/[,，、;；\n]/u).map((term) => term.trim()))].filter(
      (term) => term !== '' && !existing.has(term),
    );
    if (added.length > 0) onSave([...terms, ...added.map((term) => ({ term, origin: ADDED }))]);
    setText('');
  };
  useSaveOnLeave(() => (text.trim() === '' ? undefined : add()), text.trim() !== '');
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {terms.length === 0 ? null : (
        <ul className="terms" aria-label={label}>
          {terms.map(({ term, origin }) => (
            <li key={term} className="chip">
              <bdi lang={lang}>{term}</bdi>
              {origin === '' ? null : <span className="hint">{originOf(t, origin)}</span>}
              <AriaButton
                aria-label={t('codebook.removeTerm', { term })}
                onPress={() => onSave(terms.filter((one) => one.term !== term))}
              >
                <Icon name="close" size="small" />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
      <div className="field-box" data-draft={draftMark(text === '')}>
        <input
          id={id}
          value={text}
          lang={lang}
          dir="auto"
          spellCheck={false}
          maxLength={400}
          placeholder={t('codebook.addTerm')}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== ',')) return;
            event.preventDefault();
            add();
          }}
        />
      </div>
    </div>
  );
}

/** Origins of the built-in codebook are translated; others are shown as stored. */
function originOf(t: ReturnType<typeof useTranslation>['t'], origin: string): string {
  switch (origin) {
    case 'seed':
      return t('codebook.origin.seed');
    case 'lookup':
      return t('codebook.origin.lookup');
    case ADDED:
      return t('codebook.origin.added');
    default:
      return origin;
  }
}

/** Saves fields of a category, each as one commit. */
type SaveCategory = (patch: CategoryPatch, tell?: (isStored: boolean) => void) => void;

function useSaveCategory(id: CategoryId): { save: SaveCategory; error: ApiError | null } {
  const { mutateAsync, error } = useWrite('categories.edit');
  return { save: (patch, tell = () => undefined) => tellWhether(mutateAsync({ id, patch }), tell), error };
}
