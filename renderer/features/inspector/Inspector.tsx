import { useMemo, type ComponentType, type ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Passage, PassageId, Source, SourceId } from '../../../shared/model/index.ts';
import { useCall, useKnown } from '../../api/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { MemoSection } from '../../common/memos/MemoSection.tsx';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useReading } from '../../common/reader/reading-state.ts';
import { useSourcePassages } from '../../common/passages/source-passages.ts';
import { setPassage } from '../../common/workbench/workbench.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { Custody } from './Custody.tsx';
import { DimensionList } from './DimensionList.tsx';
import { QuoteSection } from './QuoteSection.tsx';
import { TagList } from './TagList.tsx';

interface InspectorProps {
  readonly source: SourceId;
  readonly passage: PassageId | null;
  /** What the source is a version of. */
  readonly versions: ReactNode;
  /** What review says of a passage; each has a place of its own among the sections. */
  readonly review?: InspectorReview;
}

export interface InspectorReview {
  readonly state: ComponentType<{ passage: Passage }>;
  readonly translation: ComponentType<{ passage: Passage }>;
  readonly comments: ComponentType<{ passage: Passage }>;
}

/** The passage one is on: its words, what people say of it, and what proves them. */
export function Inspector({ source: id, passage: passageId, versions, review }: InspectorProps) {
  const { t } = useTranslation();
  const source = useCall('sources.get', { id }).data;
  const { passages } = useSourcePassages(id);
  const at = passages.findIndex((passage) => passage.id === passageId);
  const passage = passages[at] ?? null;
  return (
    <aside className="pane inspector" aria-label={t('inspector.title')}>
      <header className="pane-head">
        <h2>{t('inspector.title')}</h2>
        <span className="dim grow">
          {passage === null ? null : t('inspector.of', { at: at + 1, count: passages.length })}
        </span>
        <IconButton
          label={t('inspector.previous')}
          icon="back"
          keys={['K']}
          isDisabled={passages.length === 0 || at === 0}
          onPress={() => runCommand('previousPassage')}
        />
        <IconButton
          label={t('inspector.next')}
          icon="forward"
          keys={['J']}
          isDisabled={passages.length === 0 || at === passages.length - 1}
          onPress={() => runCommand('nextPassage')}
        />
        {passage === null ? null : <MoreMenu passage={passage} />}
      </header>
      {/* Long inspectors scroll, and a person without a pointer must reach them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" role="region" aria-label={t('inspector.title')} tabIndex={0}>
        <SelectedWords source={source} />
        {passage === null ? (
          <>
            <Nothing hasPassages={passages.length > 0} />
            <MemoSection target={{ kind: 'source', id }} label={t('memos.on.source')} />
          </>
        ) : (
          <Sections passage={passage} source={source} review={review} />
        )}
        {versions}
      </div>
      {source === undefined ? null : <Custody source={source} />}
    </aside>
  );
}

interface SectionsProps {
  readonly passage: Passage;
  readonly source: Source | undefined;
  readonly review: InspectorReview | undefined;
}

/** By itself, and not by the list of its source: a tag is seen here before all the rest is drawn anew. */
function Sections({ passage: listed, source, review }: SectionsProps) {
  const passage = useKnown('passages.get', { id: listed.id }, listed);
  return (
    <>
      <QuoteSection passage={passage} source={source}>
        {review === undefined ? null : <review.state passage={passage} />}
      </QuoteSection>
      <TagList passage={passage} />
      <DimensionList passage={passage} />
      {review === undefined ? null : <review.translation key={`translation ${passage.id}`} passage={passage} />}
      <MemoSection target={{ kind: 'passage', id: passage.id }} memos={passage.memos} />
      {review === undefined ? null : <review.comments key={`comments ${passage.id}`} passage={passage} />}
    </>
  );
}

/** What is selected and no passage yet, with what one can make of it: for those who do not know the keys. */
function SelectedWords({ source }: { source: Source | undefined }) {
  const { t } = useTranslation();
  const selected = useReading((state) => state.selected);
  if (selected === null) return null;
  const language = source?.language ?? null;
  return (
    <section className="pane-section stack" aria-label={t('inspector.selected')}>
      <h3>{t('inspector.selected')}</h3>
      <blockquote className="source-words selected-words" dir="auto" {...(language === null ? {} : { lang: language })}>
        {quotedWords(selected.exact, source?.kind ?? 'text')}
      </blockquote>
      <div className="line" data-wrap>
        <Button size="small" kind="primary" keys={['T']} onPress={() => runCommand('tag')}>
          {t('reader.tag')}
        </Button>
        <Button size="small" keys={['H']} onPress={() => runCommand('highlight')}>
          {t('reader.highlight')}
        </Button>
      </div>
    </section>
  );
}

/** What belongs here, and how one comes to it. */
function Nothing({ hasPassages }: { hasPassages: boolean }) {
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
  const acts = usePassageActs();
  const entries = useMemo<MenuEntry[]>(
    () => [
      {
        id: 'copy',
        label: t('quotation.copy'),
        icon: 'copy',
        keys: shownKeys('$mod+Shift+KeyC'),
        run: () => void runCommand('copyQuotation'),
      },
      'line',
      {
        id: 'remove',
        label: t('inspector.remove'),
        icon: 'remove',
        keys: ['Del'],
        tone: 'bad',
        run: () => {
          setPassage(null);
          void acts.remove(passage.id);
        },
      },
    ],
    [t, acts, passage],
  );
  return (
    <Menu
      label={t('inspector.more')}
      trigger={<IconButton label={t('inspector.more')} icon="more" />}
      entries={entries}
    />
  );
}
