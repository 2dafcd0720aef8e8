import { useEffect, useState } from 'react';
import { useMutationState } from '@tanstack/react-query';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { RendererCallName } from '../../../shared/contract/index.ts';
import type { Indexed } from '../../../shared/contract/search.ts';
import { useHostEvent } from '../../api/index.ts';
import { useImport } from '../../features/import/import-store.ts';
import { useMerging } from '../../features/merge/merge-state.ts';
import { Icon } from '../../ui/Icon.tsx';
import { showTeam } from '../../common/workbench/team-screen.ts';
import { goTo } from '../../common/workbench/workbench.ts';

/** Shorter than this nobody wonders. */
const WONDER_MS = 500;

const NO_PROGRESS = { done: 0, total: 0 };

/** Calls that may take long, and what is said while they do. */
const TASKS = {
  'project.verify': 'verify',
  'project.rebuild': 'rebuild',
  'app.exportProject': 'export',
  'app.restoreBackup': 'restore',
  'app.importProjectFile': 'importFile',
  'app.openProject': 'open',
  'app.openRecent': 'open',
  'app.openSample': 'sample',
  'app.newProject': 'make',
} as const satisfies Partial<Record<RendererCallName, string>>;
type Task = (typeof TASKS)[keyof typeof TASKS];
const taskOf = (name: unknown): Task | null => Object.entries(TASKS).find(([call]) => call === name)?.[1] ?? null;

/** What goes on, with numbers; else whether all is saved. */
export function Work() {
  const { t } = useTranslation();
  const pending = usePending();
  const importing = useImport(({ running }) => (running === null || running.ended ? null : running));
  const indexing = useIndexing();
  const merging = useMerging(({ stage, progress }) => (stage.at === 'merging' ? (progress ?? NO_PROGRESS) : null));
  const long = pending.find(({ task }) => task !== null);
  const now = useClock(long !== undefined);

  if (importing !== null) {
    const { walking, done, total } = importing;
    return (
      <button type="button" onClick={() => goTo('library')}>
        <Icon name="import" size="small" />
        {walking ? t('status.work.importWalking', { total }) : t('status.work.import', { done, total })}
      </button>
    );
  }
  if (merging !== null) {
    const { done, total } = merging;
    return (
      <button type="button" onClick={() => showTeam('merge')}>
        <Icon name="merge" size="small" />
        {total === 0 ? t('status.work.merging') : t('status.work.merge', { done, total })}
      </button>
    );
  }
  if (long !== undefined && long.task !== null && now - long.since > WONDER_MS) {
    const seconds = Math.floor((now - long.since) / 1000);
    return (
      <span className="line">
        <Icon name="clock" size="small" />
        {t('status.work.seconds', { what: t(`status.work.tasks.${long.task}`), seconds })}
      </span>
    );
  }
  if (indexing !== null) {
    return (
      <span className="line wide">
        <Icon name="clock" size="small" />
        {t('status.work.index', { done: indexing.done, total: indexing.total })}
      </span>
    );
  }
  return <span className="wide">{pending.length > 0 ? t('status.saving') : t('status.saved')}</span>;
}

/** Writes and other acts that were asked for and not answered yet. */
function usePending(): readonly { readonly task: Task | null; readonly since: number }[] {
  return useMutationState({
    filters: { status: 'pending' },
    select: ({ options, state }) => ({ task: taskOf(options.mutationKey?.[0]), since: state.submittedAt }),
  });
}

function useIndexing(): Indexed | null {
  const [indexed, setIndexed] = useState<Indexed | null>(null);
  useHostEvent('search.progress', setIndexed);
  return indexed === null || indexed.done >= indexed.total ? null : indexed;
}

/** The time, twice a second while `ticking`. */
function useClock(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), WONDER_MS);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
