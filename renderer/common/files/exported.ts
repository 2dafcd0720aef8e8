import { useCallback } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { useDrafts } from '../drafts/drafts.ts';
import { formatBytes } from '../format.ts';
import { notify, notifyError } from '../notices/notices.ts';

/** A written file. `download`: its address, if the browser has to fetch it. */
export interface Exported {
  readonly name: string | null;
  readonly bytes: number;
  readonly download: string | null;
}

/** Has the browser save a file of the host, which keeps it ready at a relative address. */
export function saveDownload(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/**
 * Reports an exported file, with a button that shows it in its folder; in a browser, downloads it. `warning` and `details` name what was
 * left out. Drafts are never exported, so their number is reported too.
 */
export function useTellExported(): (file: Exported, warning?: string, details?: readonly string[]) => void {
  const { t } = useTranslation();
  const api = useApi();
  return useCallback(
    ({ name, bytes, download }, warning, details = []) => {
      if (download !== null) saveDownload(download, name ?? '');
      const words = t('project.exported', { name, size: formatBytes(bytes) });
      const drafts = useDrafts.getState().drafts.size;
      const leftOut = [
        ...(warning === undefined ? [] : [warning]),
        ...(drafts === 0 ? [] : [t('project.draftsLeftOut', { count: drafts })]),
      ];
      const showFile = (): void => {
        api.call('app.showExported', {}).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
      };
      notify(
        leftOut.length === 0 ? 'plain' : 'warn',
        [words, ...leftOut].join(' '),
        details,
        download === null ? { act: { label: t('project.showFile'), run: showFile } } : {},
      );
    },
    [t, api],
  );
}
