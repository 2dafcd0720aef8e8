import { useMemo, useState } from 'react';
import {
  categoryId,
  type Category,
  type CategoryId,
  type Dimension,
  type Passage,
  type PersonId,
  type SourceId,
  type ValueId,
} from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { useUnsavedTags } from '../../common/passages/source-passages.ts';
import { usePins } from '../../common/passages/pins.ts';
import {
  useReading,
  closePalette,
  retargetPalette,
  setPaletteMode,
  type OpenPalette,
  type TagTarget,
} from '../../common/reader/reading-state.ts';
import { isolated } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Marked } from '../../ui/Marked.tsx';
import type { OptionGroup } from '../../ui/OptionList.tsx';
import { PaletteBox } from './PaletteBox.tsx';
import { rankCategories, type Found, type FoundGroup, rankValues, toggledValues, type FoundValue } from './rank.ts';

/** The open palette. */
export function Palette() {
  const palette = useReading((state) => state.palette);
  if (palette === null) return null;
  return palette.mode === 'tags' ? <TagPalette palette={palette} /> : <DimensionPalette palette={palette} />;
}

const NO_CATEGORIES: readonly Category[] = [];

/** The palette’s target, also when the marked words became a passage after it was last drawn. */
const targetNow = ({ target }: OpenPalette): TagTarget => useReading.getState().palette?.target ?? target;

/** The id of the option that creates a category. */
const NEW = 'new';

/** The person’s categories of a passage, with those that are still being saved: choosing one of them again takes it off. */
function useOwnTags(passage: Passage | null, person: PersonId | null): readonly CategoryId[] {
  const unsaved = useUnsavedTags((state) => state.all);
  return useMemo(() => {
    const saved = (passage?.tags ?? []).filter((tag) => tag.person === person).map(({ category }) => category);
    const added = unsaved.filter((one) => one.passage === passage?.id).flatMap(({ categories }) => categories);
    return [...new Set([...saved, ...added])];
  }, [passage, person, unsaved]);
}

/** Tags a passage. People type two letters and press Enter. */
function TagPalette({ palette }: { palette: OpenPalette }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const { passage, quote, language, person, othersWith } = usePaletteTarget(palette.target);
  const { pins, keys, recent, pin } = usePins();
  const [query, setQuery] = useState('');

  const tagged = useOwnTags(passage, person);
  const found = useMemo(() => {
    const all = [...new Set([...tagged, ...(passage?.tags ?? []).map(({ category }) => category)])];
    // Without a query, other people's tags are listed among the existing ones. With one they are like any other category,
    // so that you can add the same tag.
    const shown = query.trim() === '' ? all : tagged;
    return rankCategories(categories, query, { tagged: shown, pinned: pins.filter((id) => id !== null), recent });
  }, [categories, query, tagged, passage, pins, recent]);
  const byId = new Map(categories.map((category) => [category.id, category]));
  const living = categories.filter(({ deleted, archived }) => !deleted && !archived).length;

  const choose = async (id: CategoryId, stay: boolean): Promise<void> => {
    const isOn = tagged.includes(id);
    const target = targetNow(palette);
    if (!stay) closePalette();
    const done = await acts.tag(target, isOn ? [] : [id], isOn ? [id] : []);
    if (done === null) return;
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
          others={othersWith(one.category.id)}
        />
      ),
    })),
  }));
  const missing = useMissingCategory(palette.target, groups.length === 0 ? query.trim() : '');
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
      groups={[...groups, ...missing.groups]}
      none={t('palette.none')}
      preview={(id) =>
        id === NEW ? (
          <p className="mid">{t('palette.createHint')}</p>
        ) : (
          <CategoryPreview category={byId.get(categoryId.parse(id))} />
        )
      }
      hints={tagKeys(t)}
      onChoose={(id, stay) => {
        if (id === NEW) return void missing.create(stay);
        const category = idOf(id);
        if (category !== null) void choose(category, stay);
      }}
      onTab={() => setPaletteMode('dimensions')}
      onDigit={(key, id) => {
        const category = id === NEW ? null : idOf(id);
        if (category === null) return;
        pin(key, category);
        announce(t('palette.pinnedTo', { name: byId.get(category)?.name ?? '', key }));
      }}
    />
  );
}

/**
 * Offers to add a category called `name` at the top level and to tag with it; nothing if `name` is empty. The option is not
 * current at first, since a mistyped code followed by Enter must not add a category: it needs an arrow key or a press.
 */
function useMissingCategory(target: TagTarget, name: string) {
  const { t } = useTranslation();
  const api = useApi();
  const acts = usePassageActs();
  const create = async (stay: boolean): Promise<void> => {
    if (!stay) closePalette();
    const added = await api.call('categories.add', { category: { name }, parent: null }).catch((thrown: unknown) => {
      notifyError(errorDataOf(thrown));
      return null;
    });
    const done = added === null ? null : await acts.tag(target, [added.id], [], added.commit);
    if (done === null) return;
    if (stay) retargetPalette({ kind: 'passage', passage: done });
  };
  const option = { id: NEW, on: false, isNotFirst: true, content: <NewCategoryOption name={name} /> };
  const groups: readonly OptionGroup[] = name === '' ? [] : [{ id: NEW, label: t('palette.none'), options: [option] }];
  return { groups, create };
}

function NewCategoryOption({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Icon name="add" size="small" />
      <span className="palette-name">
        <span className="cut">{t('palette.create', { name })}</span>
      </span>
      <span className="hint">{t('palette.createKeys')}</span>
    </>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

const tagKeys = (t: Translate) => [
  { keys: ['↑', '↓'], text: t('palette.keys.choose') },
  { keys: ['Enter'], text: t('palette.keys.tag') },
  { keys: ['Shift', 'Enter'], text: t('palette.keys.stay') },
  { keys: ['Tab'], text: t('palette.keys.dimensions') },
  { keys: ['Alt', '1–9'], text: t('palette.keys.pin') },
  { keys: ['Esc'], text: t('palette.keys.close') },
];

function groupLabel(t: Translate, { kind, found }: FoundGroup, query: string, total: number): string {
  const name = t(`palette.groups.${kind}`);
  return query.trim() === '' || kind === 'on' ? name : t('palette.found', { name, count: found.length, total });
}

interface CategoryOptionProps {
  readonly found: Found;
  /** The number key that tags with this category. */
  readonly numberKey: number | null;
  /** Names of others who tagged the passage with it. */
  readonly others: readonly string[];
}

/** A category in the list, with the match marked. */
function CategoryOption({ found, numberKey, others }: CategoryOptionProps) {
  const { category, kind } = found;
  const term = kind === 'zh' || kind === 'en' ? found : null;
  const rest = restOf(category.code);
  // The first Chinese term is shown where nothing else is, so that coders learn the terms of the sources.
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
      <OtherPeople names={others} />
      {numberKey === null ? null : <kbd>{numberKey}</kbd>}
      {category.shortcut === null ? null : <Kbd keys={['Shift', category.shortcut]} />}
    </>
  );
}

/** The range of the match in a text that lacks the first `by` characters. */
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

const NO_DIMENSIONS: readonly Dimension[] = [];

/** Sets a passage's dimensions, with the list and the keys of the tag palette. */
function DimensionPalette({ palette }: { palette: OpenPalette }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const dimensions = useCall('codebook.get', {}).data?.dimensions ?? NO_DIMENSIONS;
  const { passage, quote, language, person, othersWith } = usePaletteTarget(palette.target);
  const [query, setQuery] = useState('');
  const groups = useMemo(() => rankValues(dimensions, query), [dimensions, query]);
  const found = new Map(groups.flatMap(({ values }) => values).map((one) => [String(one.value.id), one]));
  const settings = (passage?.settings ?? []).filter((setting) => setting.person === person);
  const isSet = (one: FoundValue): boolean => settings.some(({ value }) => value === one.value.id);

  const choose = async ({ dimension, value }: FoundValue, stay: boolean): Promise<void> => {
    const now = settings.filter((setting) => setting.dimension === dimension.id).map((setting) => setting.value);
    const target = targetNow(palette);
    if (!stay) closePalette();
    const done = await acts.set(target, dimension.id, toggledValues(dimension, now, value.id));
    if (done !== null && stay) retargetPalette({ kind: 'passage', passage: done });
  };
  return (
    <PaletteBox
      box={palette.box}
      icon="list"
      label={t('palette.dimensions')}
      listLabel={t('palette.values')}
      placeholder={t('palette.findDimension')}
      query={query}
      onQuery={setQuery}
      quote={quote}
      quoteLang={language}
      groups={groups.map(({ dimension, values }) => ({
        id: dimension.id,
        label: dimension.name,
        options: values.map((one) => ({
          id: one.value.id,
          on: isSet(one),
          content: <ValueOption found={one} others={othersWith(one.value.id)} />,
        })),
      }))}
      none={t('palette.noneDimension')}
      preview={(id) => <ValuePreview found={found.get(id)} />}
      hints={[
        { keys: ['↑', '↓'], text: t('palette.keys.choose') },
        { keys: ['Enter'], text: t('palette.keys.set') },
        { keys: ['Shift', 'Enter'], text: t('palette.keys.setStay') },
        { keys: ['Tab'], text: t('palette.keys.tags') },
        { keys: ['Esc'], text: t('palette.keys.close') },
      ]}
      onChoose={(id, stay) => {
        const one = found.get(id);
        if (one !== undefined) void choose(one, stay);
      }}
      onTab={() => setPaletteMode('tags')}
    />
  );
}

function ValueOption({ found: { value, name }, others }: { found: FoundValue; others: readonly string[] }) {
  const shown = name ?? value.names[0];
  return (
    <>
      <span className="palette-name palette-value">
        <span className="cut">{value.label}</span>
        {shown === undefined ? null : <bdi className="dim cut">{shown}</bdi>}
      </span>
      <OtherPeople names={others} />
    </>
  );
}

function ValuePreview({ found }: { found: FoundValue | undefined }) {
  const { t } = useTranslation();
  if (found === undefined) return null;
  const { dimension, value } = found;
  return (
    <div className="stack">
      <div className="hint">{dimension.name}</div>
      <div className="strong">{value.label}</div>
      {value.names.length === 0 ? null : <bdi className="mid">{value.names.join(' · ')}</bdi>}
      {value.note === '' ? null : <p className="mid">{value.note}</p>}
      {dimension.note === '' ? null : <p>{dimension.note}</p>}
      <div className="hint">{dimension.single ? t('palette.single') : t('palette.several')}</div>
    </div>
  );
}

/** The names of others who set this category or value. */
function OtherPeople({ names }: { names: readonly string[] }) {
  return names.length === 0 ? null : <bdi className="hint cut palette-others">{names.map(isolated).join(', ')}</bdi>;
}

/** The passage or selection that the palette acts on, its text, and the acting person. */
interface PaletteTarget {
  readonly passage: Passage | null;
  readonly quote: string;
  readonly language: string | null;
  readonly person: PersonId | null;
  /** Names of the others who set this category or value on it. */
  readonly othersWith: (id: CategoryId | ValueId) => readonly string[];
}

function usePaletteTarget(target: TagTarget): PaletteTarget {
  const { t } = useTranslation();
  const passage = useCall('passages.get', target.kind === 'passage' ? { id: target.passage } : null).data ?? null;
  const source: SourceId | null = target.kind === 'marked' ? target.span.source : (passage?.source ?? null);
  const { language = null, kind = 'text' } = useCall('sources.get', source === null ? null : { id: source }).data ?? {};
  const person = useCall('app.state', {}).data?.person.id ?? null;
  const quote =
    target.kind === 'marked'
      ? quotedWords(target.span.exact, kind)
      : passage === null
        ? ''
        : passage.anchor.kind === 'text'
          ? quotedWords(passage.anchor.exact, kind)
          : kind === 'pdf'
            ? t('palette.area', { page: passage.anchor.page })
            : t('picture.areaOf');
  const people = useCall('project.info', {}).data?.people ?? [];
  const setByOthers = [
    ...(passage?.tags ?? []).map((tag) => ({ what: String(tag.category), by: tag.person })),
    ...(passage?.settings ?? []).map((setting) => ({ what: String(setting.value), by: setting.person })),
  ].filter(({ by }) => by !== person);
  const othersWith = (id: CategoryId | ValueId): string[] =>
    setByOthers.filter(({ what }) => what === id).map(({ by }) => people.find((one) => one.id === by)?.name ?? '?');
  return { passage, quote, language, person, othersWith };
}
