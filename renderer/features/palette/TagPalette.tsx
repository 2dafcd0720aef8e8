import { useMemo, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { categoryId, type Category, type CategoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { announce } from '../../common/notices/notices.ts';
import { usePins } from '../../common/passages/pins.ts';
import { closePalette, retargetPalette, setPaletteMode, type OpenPalette } from '../../common/reader/reading-state.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Marked } from '../../ui/Marked.tsx';
import type { OptionGroup } from '../../ui/OptionList.tsx';
import { OthersOn } from './OthersOn.tsx';
import { PaletteBox } from './PaletteBox.tsx';
import { rankCategories, type Found, type FoundGroup } from './rank.ts';
import { usePaletteTarget } from './usePaletteTarget.ts';

const NO_CATEGORIES: readonly Category[] = [];

/** Tags a passage: two letters and Enter. */
export function TagPalette({ palette }: { palette: OpenPalette }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const { passage, quote, language, person, othersOn } = usePaletteTarget(palette.target);
  const { pins, keys, recent, pin } = usePins();
  const [query, setQuery] = useState('');

  const tagged = useMemo(
    () => (passage?.tags ?? []).filter((tag) => tag.person === person).map(({ category }) => category),
    [passage, person],
  );
  const found = useMemo(() => {
    const all = [...new Set([...tagged, ...(passage?.tags ?? []).map(({ category }) => category)])];
    // What others put on it is shown with one's own; found it is like any other, so that one can agree.
    const shown = query.trim() === '' ? all : tagged;
    return rankCategories(categories, query, { tagged: shown, pinned: pins.filter((id) => id !== null), recent });
  }, [categories, query, tagged, passage, pins, recent]);
  const byId = new Map(categories.map((category) => [category.id, category]));
  const living = categories.filter(({ deleted, archived }) => !deleted && !archived).length;

  const choose = async (id: CategoryId, stay: boolean): Promise<void> => {
    const isOn = tagged.includes(id);
    if (!stay) closePalette();
    const done = await acts.tag(palette.target, isOn ? [] : [id], isOn ? [id] : []);
    if (done === null) return;
    const name = byId.get(id)?.name ?? '';
    announce(isOn ? t('palette.announceUntagged', { name }) : t('palette.announceTagged', { name }));
    if (stay) retargetPalette({ kind: 'passage', passage: done });
  };
  const groups = found.map((group): OptionGroup => ({
    id: group.kind,
    label: groupLabel(t, group, query, living),
    options: group.found.map((one) => ({
      id: one.category.id,
      on: tagged.includes(one.category.id),
      content: (
        <CategoryOption
          found={one}
          numberKey={keys.find(({ category }) => category === one.category.id)?.key ?? null}
          others={othersOn(one.category.id)}
        />
      ),
    })),
  }));
  const idOf = (id: string): CategoryId | null => byId.get(categoryId.parse(id))?.id ?? null;
  return (
    <PaletteBox
      box={palette.box}
      icon="tag"
      label={t('palette.tag')}
      listLabel={t('palette.categories')}
      placeholder={t('palette.find')}
      query={query}
      onQuery={setQuery}
      quote={quote}
      quoteLang={language}
      groups={groups}
      none={t('palette.none')}
      preview={(id) => <CategoryPreview category={byId.get(categoryId.parse(id))} />}
      feet={[
        { keys: ['↑', '↓'], text: t('palette.keys.choose') },
        { keys: ['Enter'], text: t('palette.keys.tag') },
        { keys: ['Shift', 'Enter'], text: t('palette.keys.stay') },
        { keys: ['Tab'], text: t('palette.keys.dimensions') },
        { keys: ['Alt', '1–9'], text: t('palette.keys.pin') },
        { keys: ['Esc'], text: t('palette.keys.close') },
      ]}
      onChoose={(id, stay) => {
        const category = idOf(id);
        if (category !== null) void choose(category, stay);
      }}
      onTab={() => setPaletteMode('dimensions')}
      onDigit={(key, id) => {
        const category = idOf(id);
        if (category === null) return;
        pin(key, category);
        announce(t('palette.pinnedTo', { name: byId.get(category)?.name ?? '', key }));
      }}
    />
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function groupLabel(t: Translate, { kind, found }: FoundGroup, query: string, total: number): string {
  const name = t(`palette.groups.${kind}`);
  return query.trim() === '' || kind === 'on' ? name : t('palette.found', { name, count: found.length, total });
}

interface CategoryOptionProps {
  readonly found: Found;
  /** The number key that tags with it. */
  readonly numberKey: number | null;
  /** Who else tagged the passage with it. */
  readonly others: readonly string[];
}

/** A category in the list, with what matched in it drawn stronger. */
function CategoryOption({ found, numberKey, others }: CategoryOptionProps) {
  const { category, kind } = found;
  const term = kind === 'zh' || kind === 'en' ? found : null;
  const rest = restOf(category.code);
  // The first term stands beside the name where nothing else does, so that one learns the words of the sources.
  const [firstZh] = category.termsZh;
  return (
    <>
      <FamilySign code={category.code} colour={category.colour} />
      <span className="code cut">
        {kind === 'code' && rest !== '' ? (
          <Marked {...shifted(found, category.code.length - rest.length)} text={rest} />
        ) : (
          rest
        )}
      </span>
      <span className="palette-name">
        <span className="cut">{kind === 'name' ? <Marked {...found} /> : category.name}</span>
        {term === null ? (
          firstZh === undefined ? null : (
            <bdi className="dim cut" lang="zh-Hans">
              {firstZh.term}
            </bdi>
          )
        ) : (
          <bdi className="dim cut" lang={kind === 'zh' ? 'zh-Hans' : 'en'}>
            <Marked {...term} />
          </bdi>
        )}
      </span>
      <OthersOn names={others} />
      {numberKey === null ? null : <kbd>{numberKey}</kbd>}
      {category.shortcut === null ? null : <Kbd keys={['Shift', category.shortcut]} />}
    </>
  );
}

/** The part of the code after the family, as `text` has it. */
const shifted = ({ from, to }: Found, by: number): { from: number; to: number } => ({
  from: Math.max(0, from - by),
  to: Math.max(0, to - by),
});

function CategoryPreview({ category }: { category: Category | undefined }) {
  const { t } = useTranslation();
  if (category === undefined) return null;
  return (
    <div className="stack">
      <div className="line">
        <FamilySign code={category.code} colour={category.colour} />
        <span className="code">{restOf(category.code)}</span>
      </div>
      <div className="strong">{category.name}</div>
      {category.definition === '' ? null : <p className="mid">{category.definition}</p>}
      <PreviewPart label={t('palette.include')} text={category.include} />
      <PreviewPart label={t('palette.exclude')} text={category.exclude} />
      <div className="hint">{t('palette.used', { count: category.passages })}</div>
    </div>
  );
}

function PreviewPart({ label, text }: { label: string; text: string }) {
  if (text === '') return null;
  return (
    <div>
      <div className="hint">{label}</div>
      <p>{text}</p>
    </div>
  );
}
