import { useCallback, useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { appState } from '../../shared/contract/app.ts';
import { useApi, useHostEvent } from '../api/index.ts';
import { saveEverything } from '../common/drafts/pending-commits.ts';
import { closeDialog } from '../common/workbench/workbench.ts';
import { dismissNotice, forgetAnnouncements } from '../common/notices/notices.ts';

/** The least time between two reports that the window is used, ms. */
const REPORTED = 10_000;
const USES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Reports that this window is used, and hides everything when the host locks it. */
export function useLock(isLocked: boolean): void {
  const api = useApi();
  const client = useQueryClient();

  // Hides at once, before the host answers, and forgets the data that was read from the project.
  const hide = useCallback((): void => {
    closeDialog();
    dismissNotice();
    forgetAnnouncements();
    client.setQueriesData({ queryKey: ['app.state'] }, (before: unknown) => {
      const state = appState.safeParse(before);
      return state.success ? { ...state.data, project: null, damaged: null, recents: [], locked: true } : before;
    });
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'app.state' });
  }, [client]);
  useHostEvent('app.locked', hide);
  useHostEvent('app.lockDue', () => void saveEverything());
  useHostEvent('app.unlocked', () => {
    closeDialog();
    void client.invalidateQueries({ queryKey: ['app.state'] });
  });

  useEffect(() => {
    if (isLocked) return undefined;
    let last = 0;
    const used = (): void => {
      if (Date.now() - last < REPORTED) return;
      last = Date.now();
      // A host that doesn't answer locks later or not at all; there is nothing to tell the person.
      api.call('app.active', {}).catch(() => undefined);
    };
    for (const use of USES) window.addEventListener(use, used, { capture: true, passive: true });
    return () => {
      for (const use of USES) window.removeEventListener(use, used, { capture: true });
    };
  }, [api, isLocked]);
}
