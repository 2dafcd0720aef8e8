import { useCallback } from 'react';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { openProjectFile } from '../../common/files/encrypted-file.ts';
import { droppedFiles } from './dropped-files.ts';

export interface Importer {
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
  readonly takeDrop: (transfer: DataTransfer) => void;
}

const PROJECT_FILE = /\.sbk(\.age)?$/i;

/** Brings files in: chosen, dropped, or a folder of them. A project file opens as a project of its own. */
export function useImporter(): Importer {
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;

  const start = useCallback(
    async (tokens: readonly { token: string; name: string }[]): Promise<void> => {
      const project = tokens.find(({ name }) => PROJECT_FILE.test(name));
      if (project !== undefined) await openProjectFile(api, project);
      else if (tokens.length > 0) await api.call('app.importSources', { offers: tokens.map(({ token }) => token) });
    },
    [api],
  );

  const attempt = useCallback((work: Promise<void>): void => {
    work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  }, []);

  const choose = useCallback(
    async (what: 'files' | 'folder'): Promise<void> => {
      if (nativeDialogs) await start((await api.call('app.pickSources', { what })).offers);
      else await start(await api.offer(await chooseFiles({ folder: what === 'folder' })));
    },
    [api, nativeDialogs, start],
  );

  return {
    chooseFiles: useCallback(() => attempt(choose('files')), [attempt, choose]),
    chooseFolder: useCallback(() => attempt(choose('folder')), [attempt, choose]),
    takeDrop: useCallback(
      (transfer) => {
        const files = nativeDialogs ? Promise.resolve([...transfer.files]) : droppedFiles(transfer);
        attempt(files.then((found) => (found.length === 0 ? [] : api.offer(found))).then(start));
      },
      [api, attempt, nativeDialogs, start],
    ),
  };
}
