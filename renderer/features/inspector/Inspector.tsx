import { useMemo, type ComponentType, type ReactNode } from 'react';
import {
  type Passage,
  type PassageId,
  type Source,
  type SourceId,
  pagesOf,
  type PersonId,
} from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall, useKnown } from '../../api/index.ts';
import { PassageClaims } from '../../common/claims/PassageClaims.tsx';
import { runCommand } from '../../common/commands/registry.ts';
import { formatWhen } from '../../common/format.ts';
import { MemoSection } from '../../common/memos/MemoSection.tsx';
import { useNow } from '../../common/now.ts';
import { FoundBy } from '../../common/passages/FoundBy.tsx';
import { HiddenWords } from '../../common/passages/HiddenWords.tsx';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import {
  type ShownTag,
  useCategories,
  useShownTags,
  useSourcePassages,
} from '../../common/passages/source-passages.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { UnsignedNote } from '../../common/review/UnsignedNote.tsx';
import { useReading } from '../../common/reader/reading-state.ts';
import { MadeBy, PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { setPassage } from '../../common/workbench/workbench.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { DimensionList } from './DimensionList.tsx';
import { Provenance } from './Provenance.tsx';
import { keyTextOf, shownKeysOf } from '../../common/commands/command-keys.ts';

interface InspectorProps {
  readonly source: SourceId;
  readonly passage: PassageId | null;
  /** The list of the source's versions. */
  readonly versions: ReactNode;
  /** In place of its heading: the way to the suggestions, while they are shown. */
  readonly tabs?: ReactNode;
  /** Parts of the inspector that belong to review. */
  readonly review?: InspectorReview;
}

interface InspectorReview {
  readonly state: ComponentType<{ passage: Passage }>;
  readonly translation: ComponentType<{ passage: Passage }>;
  readonly comments: ComponentType<{ passage: Passage }>;
}

/** The current passage: its words, what people added to it, and its provenance. */
export function Inspector({ source: id, passage: passageId, versions, tabs, review }: InspectorProps) {
  const { t } = useTranslation();
  const source = useCall('sources.get', { id }).data;
  const { passages } = useSourcePassages(id);
  const at = passages.findIndex((passage) => passage.id === passageId);
  const passage = passages[at] ?? null;
  return (
    <aside className="pane inspector" aria-label={t('inspector.title')}>
      <header className="pane-head">
        {tabs ?? <h2>{t('inspector.title')}</h2>}
        <span className="dim grow">
          {passage === null ? null : t('inspector.of', { at: at + 1, count: passages.length })}
        </span>
        <IconButton
          label={t('inspector.previous')}
          icon="back"
          keys={shownKeysOf('previousPassage')}
          isDisabled={passages.length === 0 || at === 0}
          onPress={() => runCommand('previousPassage')}
        />
        <IconButton
          label={t('inspector.next')}
          icon="forward"
          keys={shownKeysOf('nextPassage')}
          isDisabled={passages.length === 0 || at === passages.length - 1}
          onPress={() => runCommand('nextPassage')}
        />
        {passage === null ? null : <MoreMenu passage={passage} />}
      </header>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" role="region" aria-label={t('inspector.title')} tabIndex={0}>
        <SelectedWords source={source} />
        {passage === null ? (
          <>
            <NoPassage hasPassages={passages.length > 0} />
            <MemoSection target={{ kind: 'source', id }} label={t('memos.on.source')} />
          </>
        ) : (
          // One item of the list of all passages, so that a screen reader says its place: “3 of 19”.
          <div role="list" aria-label={t('inspector.list')}>
            <div role="listitem" aria-posinset={at + 1} aria-setsize={passages.length}>
              <Sections passage={passage} source={source} review={review} />
            </div>
          </div>
        )}
        {versions}
      </div>
      {source === undefined ? null : <Provenance source={source} />}
    </aside>
  );
}

interface SectionsProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
  readonly review: InspectorReview | undefined;
}

/** Reads the passage itself, not the source’s list, so that a new tag is shown before the list is read again. */
function Sections({ passage: listed, source, review }: SectionsProps) {
  const passage = useKnown('passages.get', { id: listed.id }, listed);
  return (
    <>
      <QuoteSection passage={passage} source={source}>
        {review === undefined ? null : <review.state passage={passage} />}
      </QuoteSection>
      <TagList passage={passage} />
      {review === undefined ? null : <review.translation key={`translation ${passage.id}`} passage={passage} />}
      <MemoSection
        target={{ kind: 'passage', id: passage.id }}
        memos={passage.memos}
        warning={(memo) => <UnsignedNote passage={passage} of={['memo']} id={memo} />}
      />
      <PassageClaims passage={passage.id} />
      <DimensionList passage={passage} />
      {review === undefined ? null : <review.comments key={`comments ${passage.id}`} passage={passage} />}
    </>
  );
}

/** The selection, with buttons for what can be done with it; none in a read-only project. */
function SelectedWords({ source }: { source: Source | undefined }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const selected = useReading((state) => state.selected);
  if (selected === null) return null;
  const language = source?.language ?? null;
  return (
    <section className="pane-section stack" aria-label={t('inspector.selected')}>
      <h3>{t('inspector.selected')}</h3>
      <blockquote className="source-words selected-words" dir="auto" {...(language === null ? {} : { lang: language })}>
        {quotedWords(selected.exact, source?.kind ?? 'text')}
      </blockquote>
      {isReadOnly ? null : (
        <div className="line" data-wrap>
          <Button size="small" kind="primary" keys={shownKeysOf('tag')} onPress={() => runCommand('tag')}>
            {t('reader.tag')}
          </Button>
          <Button size="small" keys={shownKeysOf('highlight')} onPress={() => runCommand('highlight')}>
            {t('reader.highlight')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Shown while there is no current passage: what the inspector shows, and how to create a passage. */
function NoPassage({ hasPassages }: { hasPassages: boolean }) {
  const { t } = useTranslation();
  const isSelecting = useReading((state) => state.selected !== null);
  if (isSelecting) return null;
  return (
    <div className="pane-section stack">
      <p className="strong">{t('inspector.none')}</p>
      <p className="mid">{hasPassages ? t('inspector.noneHere') : t('inspector.noneText')}</p>
    </div>
  );
}

function MoreMenu({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = usePassageActs();
  const entries = useMemo<MenuEntry[]>(() => {
    const copy: MenuEntry = {
      id: 'copy',
      label: t('quotation.copy'),
      icon: 'copy',
      keys: shownKeysOf('copyQuotation'),
      run: () => void runCommand('copyQuotation'),
    };
    const remove: MenuEntry = {
      id: 'remove',
      label: t('inspector.remove'),
      icon: 'remove',
      keys: shownKeysOf('removePassage'),
      tone: 'bad',
      run: () => {
        setPassage(null);
        void acts.remove(passage.id);
      },
    };
    return isReadOnly ? [copy] : [copy, 'line', remove];
  }, [t, acts, passage, isReadOnly]);
  return (
    <Menu
      label={t('inspector.more')}
      trigger={<IconButton label={t('inspector.more')} icon="more" />}
      entries={entries}
    />
  );
}

interface QuoteSectionProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
  /** Other content about the whole passage. */
  readonly children?: ReactNode;
}

/** The passage's words in their language and direction, and its page. */
function QuoteSection({ passage, source, children }: QuoteSectionProps) {
  const { t } = useTranslation();
  const people = useCall('project.info', {}).data?.people ?? [];
  const { anchor } = passage;
  const language = source?.language ?? null;
  const isOnImage = anchor.kind === 'area' && source !== undefined && source.kind !== 'pdf';
  const name = people.find((one) => one.id === passage.person)?.name;
  return (
    <section className="pane-section">
      {anchor.kind === 'text' ? (
        <blockquote className="source-words quote" dir="auto" {...(language === null ? {} : { lang: language })}>
          {quotedWords(anchor.exact, source?.kind ?? 'text')}
        </blockquote>
      ) : (
        <p className="strong">{t(isOnImage ? 'picture.areaOf' : 'inspector.area')}</p>
      )}
      <HiddenWords passage={passage} source={source} />
      <p className="line quote-place">
        {isOnImage ? null : <span className="mid">{t('inspector.page', { ...pagesOf(anchor) })}</span>}
        {anchor.kind === 'text' ? (
          <span className="dim cut">{t('inspector.charactersAt', { start: anchor.start, end: anchor.end })}</span>
        ) : null}
      </p>
      {name === undefined ? null : <MadeBy id={passage.person} name={name} at={passage.createdAt} />}
      <UnsignedNote passage={passage} of={['passage']} />
      <FoundBy passage={passage.id} />
      {children}
    </section>
  );
}

/** Tags by person. Only your own can be removed. */
function TagList({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const isReadOnly = useReadOnly();
  const categories = useCategories();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const people = useCall('project.info', {}).data?.people ?? [];
  const moved = useCall('passages.movedTags', passage.tags.length === 0 ? null : { id: passage.id }).data?.moved ?? [];
  const now = useNow();
  const tags = useShownTags(passage, own);
  const byPerson = [...Map.groupBy(tags, ({ person }) => person)].sort(
    ([a], [b]) => Number(b === own) - Number(a === own),
  );
  const isAlone = byPerson.length === 1 && byPerson[0]?.[0] === own;
  const nameOf = (person: PersonId): string => people.find(({ id }) => id === person)?.name ?? '?';

  const chip = (tag: ShownTag) => {
    const category = categories.get(tag.category);
    if (category === undefined) {
      return (
        <span key={tag.category} className="chip dim">
          {t('inspector.unknownCategory')}
        </span>
      );
    }
    const { code, name, colour } = category;
    const remove =
      tag.person === own && !isReadOnly
        ? {
            removeLabel: t('inspector.removeTag', { name }),
            onRemove: () => void acts.tag({ kind: 'passage', passage: passage.id }, [], [tag.category]),
          }
        : {};
    const unsaved = tag.isSaved ? {} : { unsaved: t('inspector.tagNotSaved') };
    return <Chip key={tag.category} code={code} name={name} colour={colour} {...remove} {...unsaved} />;
  };
  const tagKey = keyTextOf('tag');
  return (
    <section className="pane-section" aria-label={t('inspector.tags')}>
      <SectionHead
        title={t('inspector.tags')}
        act={t('inspector.add')}
        keys={shownKeysOf('tag')}
        onAct={isReadOnly ? null : () => runCommand('tag')}
      />
      {tags.length > 0 ? null : (
        <>
          <p className="unset">{t('inspector.noTags')}</p>
          {isReadOnly || tagKey === null ? null : <p className="hint">{t('inspector.noTagsHint', { key: tagKey })}</p>}
        </>
      )}
      {byPerson.map(([person, theirs]) => (
        <div key={person} className="tags-of">
          {isAlone ? null : (
            <span className="hint">
              <PersonName id={person} name={nameOf(person)} />
            </span>
          )}
          <div className="line" data-wrap>
            {theirs.map(chip)}
          </div>
          {moved
            .filter((one) => one.person === person && theirs.some(({ category }) => category === one.category))
            .map((one) => (
              <p key={one.category} className="hint" title={one.label}>
                {t('inspector.moved', {
                  code: categories.get(one.category)?.code ?? '?',
                  who: one.by.name,
                  when: formatWhen(one.at, now),
                })}
                <bdi>{`: ${one.label}`}</bdi>
              </p>
            ))}
        </div>
      ))}
      <UnsignedNote passage={passage} of={['tag', 'adjudication']} />
    </section>
  );
}
