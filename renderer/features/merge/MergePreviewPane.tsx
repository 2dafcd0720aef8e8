import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { useCommands, type Command, runCommand } from '../../common/commands/registry.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { panelOf, Tabs } from '../../ui/Tabs.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import { Changes } from './Changes.tsx';
import { IncomingItems } from './IncomingItems.tsx';
import { ConflictList } from './ConflictList.tsx';
import { GO_KEY } from './keys.ts';
import { MergeProgressBar } from './MergeProgress.tsx';
import { Summary } from './MergeSummary.tsx';
import {
  choosePreviewTab,
  coming,
  decide,
  isNothingNew,
  unanswered,
  useMerging,
  type PreviewTab,
} from './merge-state.ts';
import { OtherCategories } from './OtherCategories.tsx';
import { OtherSources } from './OtherSources.tsx';
import { Refused } from './Refused.tsx';
import { useMergeActs } from './useMergeActs.ts';

const ID = 'team-preview';

/** What would come in, before anything does: its changes, its conflicts, what is refused, and one button. */
export function MergePreviewPane({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const tabs = useTabs(preview);
  const chosen = useMerging((state) => state.tab);
  const tab = tabs.some(({ id }) => id === chosen) ? chosen : (tabs[0]?.id ?? 'changes');
  return (
    <>
      <header className="bar team-preview-bar">
        <h2 className="strong" tabIndex={-1} data-begin>
          {t('team.merge.preview')}
        </h2>
        <Tabs id={ID} label={t('team.merge.preview')} tabs={tabs} selected={tab} onSelect={choosePreviewTab} />
        <span className="grow" />
        {tab === 'conflicts' ? <Decided preview={preview} /> : null}
      </header>
      {/* It scrolls, so the keyboard must be able to. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll team-body" tabIndex={0} {...panelOf(ID, tab)}>
        <Panel tab={tab} preview={preview} />
      </div>
      <Feet preview={preview} />
    </>
  );
}

function useTabs(preview: MergePreview): readonly { readonly id: PreviewTab; readonly label: string }[] {
  const { t } = useTranslation();
  const isNarrow = useFrameWidth() === 'one';
  const { other, conflictsTotal, refused, adds, changes } = preview;
  const tab = (id: PreviewTab, count: number) => ({ id, label: t(`team.tabs.${id}`, { count }) });
  const first = isNarrow ? [tab('summary', 0)] : [];
  const rest = refused.length === 0 ? [] : [tab('refused', refused.length)];
  if (other !== null)
    return [...first, tab('sources', other.sources.length), tab('categories', other.categories.length), ...rest];
  const items = adds + changes === 0 ? [] : [tab('items', adds + changes)];
  return [...first, tab('changes', adds + changes), ...items, tab('conflicts', conflictsTotal), ...rest];
}

function Panel({ tab, preview }: { tab: PreviewTab; preview: MergePreview }) {
  const { t } = useTranslation();
  const decided = useMerging((state) => state.decided);
  const name = useMerging((state) => state.origin?.name ?? '');
  switch (tab) {
    case 'summary':
      return <Summary preview={preview} />;
    case 'changes':
      if (!isNothingNew(preview)) return <Changes preview={preview} />;
      return (
        <EmptyState
          title={t(preview.undoneMerge === null ? 'team.merge.nothingNew' : 'team.merge.wasUndone')}
          text={t(preview.undoneMerge === null ? 'team.merge.allHere' : 'team.merge.wasUndoneText', {
            count: preview.commits.known,
            name,
          })}
        >
          <Button icon="merge" onPress={() => runCommand('team.merge')}>
            {t('team.merge.chooseOther')}
          </Button>
        </EmptyState>
      );
    case 'items':
      return <IncomingItems preview={preview} />;
    case 'conflicts':
      if (preview.conflicts.length > 0)
        return (
          <>
            {preview.conflictsTotal === preview.conflicts.length ? null : (
              <p className="hint">{t('team.conflicts.firstOf', { count: preview.conflicts.length })}</p>
            )}
            <ConflictList
              conflicts={preview.conflicts}
              count={preview.conflictsTotal}
              decided={decided}
              onKeep={({ id }, keep) => decide(id, keep)}
            />
          </>
        );
      return <EmptyState title={t('team.conflicts.noneHere')} text={t('team.conflicts.noneHereText')} />;
    case 'refused':
      return <Refused preview={preview} />;
    case 'sources':
      return <OtherSources preview={preview} />;
    case 'categories':
      return <OtherCategories preview={preview} />;
  }
}

function Decided({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const decided = useMerging((state) => state.decided).size;
  if (preview.conflicts.length === 0) return null;
  return (
    <span className="hint" role="status">
      {t('team.conflicts.decidedOf', { decided, open: preview.conflictsTotal - decided })}
    </span>
  );
}

/** What one can do now: the one button, and the way out. */
function Feet({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const { stage, addition, decided } = useMerging();
  const { merge, cancel } = useMergeActs();
  const error = stage.at === 'preview' ? stage.error : null;
  const isMerging = stage.at === 'merging';
  const restores = isNothingNew(preview) && preview.undoneMerge !== null;
  const isOther = preview.kind === 'other';
  const canMerge = isOther ? addition.sources.size > 0 : restores || !isNothingNew(preview);
  // What was decided is not lost by a key that is pressed in passing.
  const isHeld = !isMerging && (decided.size > 0 || addition.categories.size > 0);
  useFeetCommands({ canMerge: canMerge && !isMerging, isHeld, merge: () => merge(restores), cancel });
  if (isMerging) {
    return (
      <footer className="team-feet">
        <div className="grow">
          <MergeProgressBar label={t('team.merge.merging')} />
        </div>
        <Button onPress={cancel} keys={['Esc']}>
          {t('app.cancel')}
        </Button>
      </footer>
    );
  }
  const open = isOther ? unanswered(preview, addition) : 0;
  const label = restores
    ? t('team.merge.restore')
    : isOther
      ? t('team.merge.add', { count: addition.sources.size })
      : t('team.merge.mergeCommits', { count: coming(preview) });
  const hint = isOther
    ? open > 0
      ? t('team.other.unanswered', { count: open })
      : t('team.merge.nothingYet')
    : t(preview.conflicts.length > 0 ? 'team.merge.mayStayOpen' : 'team.merge.nothingYet');
  return (
    <>
      {error === null ? null : <InlineError message={error.message} />}
      <footer className="team-feet">
        <span className="grow mid">{hint}</span>
        <Button onPress={cancel} {...(isHeld ? {} : { keys: ['Esc'] })}>
          {canMerge ? t('app.cancel') : t('app.close')}
        </Button>
        {canMerge || isOther ? (
          <Button kind="primary" isDisabled={!canMerge} keys={shownKeys(GO_KEY)} onPress={() => merge(restores)}>
            {label}
          </Button>
        ) : null}
      </footer>
    </>
  );
}

interface FeetActs {
  readonly canMerge: boolean;
  /** Decisions would be lost. */
  readonly isHeld: boolean;
  readonly merge: () => void;
  readonly cancel: () => void;
}

function useFeetCommands({ canMerge, isHeld, merge, cancel }: FeetActs): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'team.mergeNow',
          title: t('team.commands.mergeNow'),
          group: 'team',
          icon: 'merge',
          keys: [GO_KEY],
          when: () => canMerge,
          run: merge,
        },
        {
          id: 'team.cancel',
          title: t('team.commands.cancel'),
          group: 'team',
          icon: 'close',
          keys: ['Escape'],
          when: () => !isHeld,
          run: cancel,
        },
      ],
      [t, canMerge, isHeld, merge, cancel],
    ),
  );
}
