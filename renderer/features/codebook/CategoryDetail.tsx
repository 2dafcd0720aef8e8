import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { PIN_COUNT, usePins } from '../../app/state/pins.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { CategoryPassages } from './CategoryPassages.tsx';

export interface CategoryDetailProps {
  readonly category: Category;
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onClose: () => void;
}

/** What a category means, and where it was used. */
export function CategoryDetail({ category, onTag, onClose }: CategoryDetailProps) {
  const { t } = useTranslation();
  const { name, code, colour, definition, include, exclude } = category;
  const terms = [
    ...category.termsZh.map(({ term }) => ({ term, lang: 'zh-Hans' })),
    ...category.termsEn.map(({ term }) => ({ term, lang: 'en' })),
  ];
  return (
    <section className="category" aria-label={t('codebook.detailOf', { name })}>
      <header className="line category-head">
        <FamilySign code={code} colour={colour} />
        {restOf(code) === '' ? null : <span className="code">{restOf(code)}</span>}
        <h3 className="strong grow cut" title={name}>
          {name}
        </h3>
        <PinMenu category={category} />
        <IconButton label={t('codebook.closeDetail')} icon="close" size="small" onPress={onClose} />
      </header>
      {/* Long lists scroll, and a person without a pointer must reach them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll category-body" role="group" aria-label={t('codebook.meaningAndUse')} tabIndex={0}>
        {onTag === null ? null : (
          <Button size="small" icon="tag" onPress={() => onTag(category.id)}>
            {t('codebook.tagWith', { name })}
          </Button>
        )}
        {definition === '' ? null : <p>{definition}</p>}
        <dl className="definitions">
          <Term label={t('codebook.include')} text={include} />
          <Term label={t('codebook.exclude')} text={exclude} />
          {terms.length === 0 ? null : (
            <>
              <dt>{t('codebook.terms')}</dt>
              <dd>
                {terms.map(({ term, lang }, index) => (
                  <span key={`${lang} ${term}`}>
                    {index === 0 ? '' : ', '}
                    <bdi lang={lang}>{term}</bdi>
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
        <CategoryPassages key={category.id} category={category} />
      </div>
    </section>
  );
}

function Term({ label, text }: { label: string; text: string }) {
  if (text === '') return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
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
