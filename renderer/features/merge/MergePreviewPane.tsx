import { useMemo, useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { useCommands, type Command, runCommand } from '../../common/commands/registry.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { panelOf, Tabs } from '../../ui/Tabs.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import { useCall } from '../../api/index.ts';
import { Changes, warningCount } from './Changes.tsx';
import { editedFile, WarningNotes } from './warnings.tsx';
import { IncomingItems } from './IncomingItems.tsx';
import { ConflictList } from './ConflictList.tsx';
import {
  choosePreviewTab,
  incomingCount,
  chooseValue,
  isNothingNew,
  unanswered,
  useMerging,
  type PreviewTab,
} from './merge-state.ts';
import { Summary } from './MergeSummary.tsx';
import { OtherCategories } from './OtherCategories.tsx';
import { OtherSources } from './OtherSources.tsx';
import { useMergeActs } from './useMergeActs.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce } from '../../common/notices/notices.ts';
import { keptWords } from './conflicts.ts';
import { Progress } from '../../ui/Progress.tsx';
import { shortHash } from '../../common/format.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';

const ID = 'merge-preview';

/** The preview of a merge: the incoming edits, the conflicts, what is rejected, and the button to merge. */
export function MergePreviewPane({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const tabs = useTabs(preview);
  const chosen = useMerging((state) => state.tab);
  const tab = tabs.some(({ id }) => id === chosen) ? chosen : (tabs[0]?.id ?? 'changes');
  return (
    <>
      <header className="bar merge-preview-bar">
        <h2 className="strong" tabIndex={-1} data-begin>
          {t('merge.preview')}
        </h2>
        <Tabs id={ID} label={t('merge.preview')} tabs={tabs} selected={tab} onSelect={choosePreviewTab} />
        <span className="grow" />
        {tab === 'conflicts' ? <ChosenCount preview={preview} /> : null}
      </header>
      {tab === 'changes' ? null : <ToWarnings preview={preview} />}
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll team-body" tabIndex={0} {...panelOf(ID, tab)}>
        <WarningNotes warnings={[editedFile(preview.edited)]} />
        <Panel tab={tab} preview={preview} />
      </div>
      <Footer preview={preview} />
    </>
  );
}

/** A link to the warnings, which are on another tab if the preview opens with its conflicts. */
function ToWarnings({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people;
  const count = warningCount(t, preview, known);
  // The preview of a different project has no tab with warnings.
  if (count === 0 || preview.other !== null || isNothingNew(preview)) return null;
  return (
    <Note tone="warn">
      <LinkButton onPress={() => choosePreviewTab('changes')}>{t('merge.warn.toThem', { count })}</LinkButton>
    </Note>
  );
}

function useTabs(preview: MergePreview): readonly { readonly id: PreviewTab; readonly label: string }[] {
  const { t } = useTranslation();
  const isNarrow = useFrameWidth() === 'one';
  const { other, conflictsTotal, refused, adds, changes } = preview;
  const tab = (id: PreviewTab, count: number) => ({ id, label: t(`merge.tabs.${id}`, { count }) });
  const first = isNarrow ? [tab('summary', 0)] : [];
  const rest = refused.length === 0 ? [] : [tab('refused', refused.length)];
  if (other !== null)
    return [...first, tab('sources', other.sources.length), tab('categories', other.categories.length), ...rest];
  const items = adds + changes === 0 ? [] : [tab('items', adds + changes)];
  return [...first, tab('changes', incomingCount(preview)), ...items, tab('conflicts', conflictsTotal), ...rest];
}

function Panel({ tab, preview }: { tab: PreviewTab; preview: MergePreview }) {
  const { t } = useTranslation();
  const chosen = useMerging((state) => state.chosen);
  const name = useMerging((state) => state.origin?.name ?? '');
  const isReadOnly = useReadOnly();
  switch (tab) {
    case 'summary':
      return <Summary preview={preview} />;
    case 'changes':
      if (!isNothingNew(preview)) return <Changes preview={preview} />;
      return (
        <EmptyState
          title={t(preview.undoneMerge === null ? 'merge.nothingNew' : 'merge.wasUndone')}
          text={t(preview.undoneMerge === null ? 'merge.allHere' : 'merge.wasUndoneText', {
            count: preview.commits.known,
            name,
          })}
        >
          <Button icon="merge" isDisabled={isReadOnly} onPress={() => runCommand('team.merge')}>
            {t('merge.chooseOther')}
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
              <p className="hint">{t('merge.conflicts.firstOf', { count: preview.conflicts.length })}</p>
            )}
            <ConflictList
              conflicts={preview.conflicts}
              count={preview.conflictsTotal}
              chosen={chosen}
              onKeep={(conflict, keep) => {
                const isChosen = chooseValue(conflict.id, keep);
                announce(isChosen ? keptWords(t, conflict, keep) : t('merge.conflicts.unchosen'));
              }}
            />
          </>
        );
      return <EmptyState title={t('merge.conflicts.noneHere')} text={t('merge.conflicts.noneHereText')} />;
    case 'refused':
      return <Rejected preview={preview} />;
    case 'sources':
      return <OtherSources preview={preview} />;
    case 'categories':
      return <OtherCategories preview={preview} />;
  }
}

function ChosenCount({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const chosen = useMerging((state) => state.chosen).size;
  if (preview.conflicts.length === 0) return null;
  return (
    <span className="hint" role="status">
      {t('merge.conflicts.resolvedOf', { resolved: chosen, open: preview.conflictsTotal - chosen })}
    </span>
  );
}

/** The buttons to merge and to cancel. */
function Footer({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const { stage, addition, chosen } = useMerging();
  const { merge, cancel } = useMergeActs();
  const error = stage.at === 'preview' ? stage.error : null;
  const isMerging = stage.at === 'merging';
  const restores = isNothingNew(preview) && preview.undoneMerge !== null;
  const isOther = preview.kind === 'other';
  const isReadOnly = useReadOnly();
  const isMergeable = isOther ? addition.sources.size > 0 : restores || !isNothingNew(preview);
  const canMerge = isMergeable && !isReadOnly;
  // Choices that were made would be lost.
  const ignoresEscape = !isMerging && (chosen.size > 0 || addition.categories.size > 0);
  useFooterCommands({ canMerge: canMerge && !isMerging, ignoresEscape, merge: () => merge(restores), cancel });
  if (isMerging) {
    return (
      <footer className="team-footer">
        <div className="grow">
          <MergeProgressBar label={t('merge.merging')} />
        </div>
        <Button onPress={cancel} keys={['Esc']}>
          {t('app.cancel')}
        </Button>
      </footer>
    );
  }
  const open = isOther ? unanswered(preview, addition) : 0;
  const label = restores
    ? t('merge.restore')
    : isOther
      ? t('merge.add', { count: addition.sources.size })
      : t('merge.mergeCommits', { count: incomingCount(preview) });
  const hint = isReadOnly
    ? t('merge.readOnly')
    : open > 0
      ? t('merge.other.unanswered', { count: open })
      : t(!isOther && preview.conflicts.length > 0 ? 'merge.mayStayOpen' : 'merge.nothingYet');
  return (
    <>
      {error === null ? null : <InlineError message={error.message} />}
      <footer className="team-footer">
        <span className="grow mid">{hint}</span>
        <Button onPress={cancel} {...(ignoresEscape ? {} : { keys: shownKeysOf('team.cancel') })}>
          {canMerge ? t('app.cancel') : t('app.close')}
        </Button>
        {isMergeable || isOther ? (
          <Button
            kind="primary"
            isDisabled={!canMerge}
            keys={shownKeysOf('team.mergeNow')}
            onPress={() => merge(restores)}
          >
            {label}
          </Button>
        ) : null}
      </footer>
    </>
  );
}

interface FooterActs {
  readonly canMerge: boolean;
  /** Whether choices were made, which cancelling would lose. */
  readonly ignoresEscape: boolean;
  readonly merge: () => void;
  readonly cancel: () => void;
}

function useFooterCommands({ canMerge, ignoresEscape, merge, cancel }: FooterActs): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'team.mergeNow',
          title: t('merge.commands.mergeNow'),
          group: 'team',
          icon: 'merge',
          keys: keysOf('team.mergeNow'),
          when: () => canMerge,
          run: merge,
        },
        {
          id: 'team.cancel',
          title: t('merge.commands.cancel'),
          group: 'team',
          icon: 'close',
          keys: keysOf('team.cancel'),
          when: () => !ignoresEscape,
          run: cancel,
        },
      ],
      [t, canMerge, ignoresEscape, merge, cancel],
    ),
  );
}

/** The progress of a preview or merge. Each new phase is announced to screen readers. */
export function MergeProgressBar({ label }: { label: string }) {
  const { t } = useTranslation();
  const progress = useMerging((state) => state.progress);
  const phase = progress?.phase ?? 'opening';
  const what = t(`merge.phases.${phase}`);
  useEffect(() => announce(what), [what]);
  const { done = 0, total = 0 } = progress ?? {};
  const text = total === 0 ? what : t('merge.phaseOf', { what, done, total });
  return (
    <div className="merge-going">
      <p className="line">
        <span className="grow strong">{label}</span>
        <span className="number mid">{text}</span>
      </p>
      <Progress label={label} value={done} max={total === 0 ? null : total} text={text} />
    </div>
  );
}

/** The most rejected edits shown: a tampered log can have thousands. */
const MOST = 200;

/** The rejected edits, each with its reason. */
function Rejected({ preview: { refused } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  return (
    <div className="team-block">
      <Note tone="warn">{t('merge.refused.text', { count: refused.length })}</Note>
      <ul className="team-list" aria-label={t('merge.refusedTitle')}>
        {refused.slice(0, MOST).map(({ id, reason }) => (
          <li key={id} className="team-row">
            <span className="mono merge-hash" title={id}>
              {id.length > 20 ? shortHash(id) : id}
            </span>
            <span className="grow">{reason}</span>
          </li>
        ))}
      </ul>
      {refused.length > MOST ? <p className="hint">{t('merge.andMore', { count: refused.length - MOST })}</p> : null}
    </div>
  );
}
