import { useEffect, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { announce, notifyDone, notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { keptWords, placeOf, useConflictAt, useConflicts } from './conflicts.ts';
import { ConflictList } from './ConflictList.tsx';
import { holdKeys } from '../../common/commands/held-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { useTeam } from '../../common/workbench/screens.ts';
import { goTo, useWorkbench } from '../../common/workbench/workbench.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

/** The keys of the choices that a conflict offers. */
const keepKeysOf = ({ canKeepBoth, canWrite }: Conflict): string[] => [
  ...shownKeysOf('team.keepMine'),
  ...shownKeysOf('team.keepIncoming'),
  ...(canKeepBoth ? shownKeysOf('team.keepBoth') : []),
  ...(canWrite ? shownKeysOf('team.write') : []),
];

/** All open conflicts of the project. */
export function ConflictsSection() {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { conflicts, total, error, more } = useConflicts();
  const keep = useResolve(conflicts);
  const wanted = useConflictAt((state) => state.current);
  const current = conflicts.find(({ id }) => id === wanted) ?? conflicts[0];
  const heading = useRef<HTMLHeadingElement>(null);
  const hadSome = useRef(false);
  // With the last conflict the list goes, and the keyboard was on it.
  useEffect(() => {
    if (total === 0 && hadSome.current && document.activeElement === document.body) heading.current?.focus();
    hadSome.current = (total ?? 0) > 0;
  }, [total]);
  return (
    <div className="team-part">
      <header className="bar">
        <h2 ref={heading} className="strong" tabIndex={-1}>
          {t('team.sections.conflicts')}
        </h2>
        <span className="grow" />
        {conflicts.length === 0 ? null : (
          <span className="hint" role="status">
            {t('merge.conflicts.openCount', { count: total ?? 0 })}
          </span>
        )}
      </header>
      <div className="scroll team-body">
        {error === null ? null : <InlineError message={error.message} />}
        {total === 0 ? (
          <EmptyState title={t('merge.conflicts.none')} text={t('merge.conflicts.noneText')}>
            {isReadOnly ? null : (
              <Button icon="merge" onPress={() => runCommand('team.merge')}>
                {t('merge.conflicts.toMerge')}
              </Button>
            )}
          </EmptyState>
        ) : (
          <ConflictList conflicts={conflicts} count={total ?? 0} more={more} onKeep={keep} />
        )}
      </div>
      {current === undefined ? null : (
        <footer className="team-footer">
          <span className="grow mid">{t('merge.conflicts.nothingWaits')}</span>
          <span className="line not-one merge-keys-line">
            <Kbd keys={[...shownKeysOf('team.next'), ...shownKeysOf('team.previous')]} />
            {t('merge.conflicts.keys.go')}
            <Kbd keys={keepKeysOf(current)} />
            {t('merge.conflicts.keys.keep')}
            {placeOf(current) === null ? null : (
              <>
                <Kbd keys={shownKeysOf('team.show')} />
                {t('merge.conflicts.keys.show')}
              </>
            )}
          </span>
        </footer>
      )}
    </div>
  );
}

/** Resolves a conflict, which can be undone like any edit. */
function useResolve(conflicts: readonly Conflict[]): (conflict: Conflict, keep: Keep) => void {
  const { t } = useTranslation();
  const api = useApi();
  return (conflict, keep) => {
    const at = conflicts.findIndex(({ id }) => id === conflict.id);
    const next = conflicts[at + 1] ?? conflicts[at - 1];
    // The next key is for the next conflict.
    holdKeys(api.call('merge.resolve', { conflict: conflict.id, keep }))
      .then(async () => {
        useConflictAt.setState({ current: next?.id ?? null, writing: null });
        const text = keptWords(t, conflict, keep);
        announce(text);
        const { undo } = await api.read('history.state', {});
        if (undo !== null) notifyDone(text, undo);
      })
      .catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  };
}

/** The bar that leads back to the conflict, shown while its page is open. */
export function BackToConflict() {
  const { t } = useTranslation();
  const cameFrom = useTeam((state) => state.cameFrom);
  const place = useWorkbench((state) => state.place);
  if (cameFrom === null || place !== 'read') return null;
  const stay = (): void => useTeam.setState({ cameFrom: null });
  return (
    <div className="bar merge-back">
      <span className="grow mid cut">{t('merge.back')}</span>
      <Button
        size="small"
        icon="back"
        keys={shownKeysOf('team.back')}
        onPress={() => {
          stay();
          goTo('team');
        }}
      >
        {t('merge.backTo')}
      </Button>
      <IconButton label={t('app.close')} icon="close" size="small" onPress={stay} />
    </div>
  );
}
