import { useRef, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { z } from 'zod';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { MemoSection } from '../../common/memos/MemoSection.tsx';
import { PIN_COUNT, usePins } from '../../common/passages/pins.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { Button, IconButton, IconToggle, LinkButton } from '../../ui/Button.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { Note } from '../../ui/Note.tsx';
import { CategoryEditor } from './CategoryEditor.tsx';
import { CategoryPassages } from './CategoryPassages.tsx';
import { useCodebookActs } from './useCodebookActs.ts';

export interface CategoryDetailProps {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly entries: readonly MenuEntry[];
  readonly isEditing: boolean;
  readonly onEditing: (isEditing: boolean) => void;
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onChoose: (category: CategoryId) => void;
  readonly onClose: () => void;
}

/** One category: its definition, its memos, and the passages tagged with it. */
export function CategoryDetail(props: CategoryDetailProps) {
  const { category, entries, isEditing, onEditing, onTag, onClose } = props;
  const { t } = useTranslation();
  const { id, name, code, colour, archived } = category;
  const isReadOnly = useReadOnly();
  const own = useRef<HTMLElement>(null);
  const leave = (): void => {
    onEditing(false);
    // The focused field unmounts: the detail takes the focus, so that Tab and the arrow keys continue from there.
    requestAnimationFrame(() => own.current?.querySelector<HTMLElement>('.category-body')?.focus());
  };
  return (
    <section
      ref={own}
      className="category"
      aria-label={t('codebook.detailOf', { name })}
      data-editing={isEditing || undefined}
    >
      <header className="category-head">
        <div className="line">
          <FamilySign code={code} colour={colour} />
          <span className="code cut grow">{restOf(code)}</span>
          {archived ? null : <PinMenu category={category} />}
          {isReadOnly ? null : (
            <IconToggle label={t('codebook.edit')} icon="edit" selected={isEditing} onChange={onEditing} />
          )}
          <CategoryMenu category={category} entries={entries} />
          <IconButton label={t('codebook.closeDetail')} icon="close" onPress={onClose} />
        </div>
        <h3 className="strong">
          <bdi>{name}</bdi>
        </h3>
      </header>
      {/* Focusable, so that the list can be scrolled by keyboard. */}
      <div
        className="scroll category-body"
        role="group"
        aria-label={t('codebook.meaningAndUse')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {archived ? <ArchivedNote {...props} /> : null}
        {onTag === null || archived || isEditing ? null : (
          <Button size="small" icon="tag" onPress={() => onTag(id)}>
            {t('codebook.tagWith', { name })}
          </Button>
        )}
        {isEditing ? (
          <CategoryEditor key={`editor ${id}`} category={category} categories={props.categories} onEnd={leave} />
        ) : (
          <Meaning {...props} />
        )}
        <MemoSection key={`memo ${id}`} target={{ kind: 'category', id }} label={t('codebook.memoOn', { name })} />
        <CategoryPassages key={`passages ${id}`} category={category} />
      </div>
    </section>
  );
}

function Meaning({ category, onEditing }: CategoryDetailProps) {
  const { t } = useTranslation();
  const { definition } = category;
  return (
    <>
      {definition === '' ? (
        <p>
          <span className="unset">{t('codebook.noDefinition')}</span>{' '}
          <LinkButton onPress={() => onEditing(true)}>{t('codebook.writeDefinition')}</LinkButton>
        </p>
      ) : (
        <p className="category-definition" dir="auto">
          {definition}
        </p>
      )}
      <More category={category} />
    </>
  );
}

/** Include, exclude, terms and shortcut. They can be folded, so that the passages are nearer. */
function More({ category: { include, exclude, termsZh, termsEn, shortcut } }: { category: Category }) {
  const { t } = useTranslation();
  const { value: isOpen, set } = useViewState('codebook.more', z.boolean(), false);
  const terms = [
    ...termsZh.map(({ term }) => ({ term, lang: 'zh-Hans' })),
    ...termsEn.map(({ term }) => ({ term, lang: 'en' })),
  ];
  if (include === '' && exclude === '' && terms.length === 0 && shortcut === null) return null;
  return (
    <div className="category-more">
      <AriaButton className="category-twist" aria-expanded={isOpen} onPress={() => set(!isOpen)}>
        <Icon name={isOpen ? 'collapse' : 'expand'} size="small" />
        {t('codebook.more')}
      </AriaButton>
      {isOpen ? (
        <dl className="definitions">
          <Term label={t('codebook.include')} content={include} />
          <Term label={t('codebook.exclude')} content={exclude} />
          <Term
            label={t('codebook.terms')}
            content={
              terms.length === 0
                ? ''
                : terms.map(({ term, lang }, index) => (
                    <span key={`${lang} ${term}`}>
                      {index === 0 ? '' : ', '}
                      <bdi lang={lang}>{term}</bdi>
                    </span>
                  ))
            }
          />
          <Term
            label={t('codebook.fields.shortcut')}
            content={shortcut === null ? '' : <kbd>{`Shift ${shortcut}`}</kbd>}
          />
        </dl>
      ) : null}
    </div>
  );
}

function Term({ label, content }: { label: string; content: ReactNode }) {
  if (content === '') return null;
  return (
    <>
      <dt>{label}</dt>
      <dd dir="auto">{content}</dd>
    </>
  );
}

/** Why an archived category cannot be used for tagging, and what replaces it. */
function ArchivedNote({ category, categories, onChoose }: CategoryDetailProps) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const into = categories.find(({ id }) => id === category.mergedInto);
  return (
    <Note>
      <div className="stack">
        <span>
          {into === undefined ? (
            t('codebook.isArchived')
          ) : (
            <>
              {t('codebook.wasMerged')} <LinkButton onPress={() => onChoose(into.id)}>{into.name}</LinkButton>
            </>
          )}
        </span>
        <span className="line" data-wrap>
          {into === undefined || category.passages === 0 ? null : (
            <Button size="small" onPress={() => void acts.merge({ ids: [category.id], into: into.id })}>
              {t('codebook.moveStrays', { count: category.passages, name: into.name })}
            </Button>
          )}
          <Button
            size="small"
            icon="restore"
            onPress={() => void acts.archive({ ids: [category.id], archived: false })}
          >
            {t('codebook.bringBack')}
          </Button>
        </span>
      </div>
    </Note>
  );
}

function PinMenu({ category }: { category: Category }) {
  const { t } = useTranslation();
  const { pins, pin, keyOf } = usePins();
  const own = keyOf(category.id);
  const keys = Array.from({ length: PIN_COUNT }, (_, index) => index + 1);
  return (
    <Menu
      label={t('codebook.pinTo')}
      trigger={
        <AriaButton
          className="button"
          data-kind="quiet"
          data-size="small"
          aria-label={own === null ? t('codebook.pinTo') : t('codebook.pinnedTo', { key: own })}
        >
          <Icon name="pin" size="small" />
          {own === null ? null : <kbd>{own}</kbd>}
        </AriaButton>
      }
      entries={[
        ...keys.map((key) => ({
          id: String(key),
          label: t((pins[key - 1] ?? null) === null ? 'codebook.pinFree' : 'codebook.pinTaken', { key }),
          keys: [String(key)],
          run: () => pin(key, category.id),
        })),
        ...(own === null
          ? []
          : (['line', { id: 'unpin', label: t('codebook.unpin'), icon: 'unpin', run: () => pin(own, null) }] as const)),
      ]}
    />
  );
}

/** The actions on the category; without one there is no button. */
function CategoryMenu({ category, entries }: Pick<CategoryDetailProps, 'category' | 'entries'>) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  const label = t('codebook.menuOf', { name: category.name });
  return (
    <Menu
      label={label}
      trigger={
        <AriaButton className="button" data-kind="quiet" data-only-icon aria-label={label}>
          <Icon name="more" />
        </AriaButton>
      }
      entries={entries}
    />
  );
}
