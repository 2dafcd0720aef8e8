import { useCallback } from 'react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { notifyError } from '../../common/notices/notices.ts';
import type { Chosen } from './OpenDialog.tsx';

/** What a browser’s dialog offers. */
const ENDINGS = '.docx,.md,.markdown,.txt';

/** Lets a person choose a file to open as a draft, or as a newer version of one. */
export function useChooseDraft(onChosen: (chosen: Chosen) => void): (before: Draft | null) => void {
  const api = useApi();
  const isNative = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return useCallback(
    (before) => {
      const choose = async (): Promise<void> => {
        const [file] = isNative
          ? (await api.call('app.pickSources', { what: 'draft' })).offers
          : await api.offer(await chooseFiles({ multiple: false, accept: ENDINGS }));
        if (file !== undefined) onChosen({ ...file, before });
      };
      choose().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    },
    [api, isNative, onChosen],
  );
}
