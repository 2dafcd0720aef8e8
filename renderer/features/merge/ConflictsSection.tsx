import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { announce, notifyDone, notifyError } from '../../common/notices/notices.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { useConflictAt } from './conflict-state.ts';
import { ConflictList } from './ConflictList.tsx';
import { useConflicts } from './useConflicts.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { Button } from '../../ui/Button.tsx';

/** What is open between people, wherever it came from. Nothing waits for it. */
export function ConflictsSection() {
  const { t } = useTranslation();
  const { conflicts, total, error, more } = useConflicts();
  const keep = useResolve(conflicts);
  return (
    <div className="team-part">
      <header className="bar">
        <h2 className="strong">{t('team.sections.conflicts')}</h2>
        <span className="grow" />
        {conflicts.length === 0 ? null : (
          <span className="hint" role="status">
            {t('team.conflicts.openCount', { count: total ?? 0 })}
          </span>
        )}
      </header>
      <div className="scroll team-body">
        {error === null ? null : <InlineError message={error.message} />}
        {total === 0 ? (
          <EmptyState title={t('team.conflicts.none')} text={t('team.conflicts.noneText')}>
            <Button icon="merge" onPress={() => runCommand('team.merge')}>
              {t('team.conflicts.toMerge')}
            </Button>
          </EmptyState>
        ) : (
          <ConflictList conflicts={conflicts} count={total ?? 0} more={more} onKeep={keep} />
        )}
      </div>
      {conflicts.length === 0 ? null : (
        <footer className="team-feet">
          <span className="grow mid">{t('team.conflicts.nothingWaits')}</span>
          <span className="line not-one team-keys-line">
            <Kbd keys={['J', 'K']} />
            {t('team.conflicts.keys.go')}
            <Kbd keys={['1', '2', '3', '4']} />
            {t('team.conflicts.keys.keep')}
            <Kbd keys={['O']} />
            {t('team.conflicts.keys.show')}
          </span>
        </footer>
      )}
    </div>
  );
}

/** Closes a conflict; the one after it comes to stand there. It can be undone like anything. */
function useResolve(conflicts: readonly Conflict[]): (conflict: Conflict, keep: Keep) => void {
  const { t } = useTranslation();
  const api = useApi();
  return (conflict, keep) => {
    const at = conflicts.findIndex(({ id }) => id === conflict.id);
    const next = conflicts[at + 1] ?? conflicts[at - 1];
    const how = typeof keep === 'object' ? 'value' : keep;
    api
      .call('merge.resolve', { conflict: conflict.id, keep })
      .then(async () => {
        useConflictAt.setState({ current: next?.id ?? null, writing: null });
        const text = t(`team.conflicts.done.${how}`);
        announce(text);
        const { undo } = await api.read('history.state', {});
        if (undo !== null) notifyDone(text, undo);
      })
      .catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  };
}
