import { useCallback, useMemo } from 'react';
import { errorDataOf, useApi, useCall, useWrite } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { openProjectFile } from '../../common/files/encrypted-file.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { forgetImport, setReportOpen, useImport } from './import-store.ts';

export interface Importer {
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
  readonly takeDrop: (transfer: DataTransfer) => void;
}

const PROJECT_FILE = /\.sbk(\.age)?$/i;

/** Functions that import chosen or dropped files, or a folder. A project file is opened as a project. */
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

/**
 * The dropped files, with those inside folders. Used only with the browser host: Electron’s host gets a folder’s path
 * and reads it itself. The path inside the folder is set as `webkitRelativePath`, as for a folder chosen in a dialog.
 */
async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The list is emptied when the event handler returns, so take everything from it before the first await.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...transfer.files];
  const files = await Promise.all(entries.map((entry) => filesOf(entry, entry.isDirectory)));
  return files.flat();
}

async function filesOf(entry: FileSystemEntry, inFolder: boolean): Promise<File[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    if (inFolder) Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, '') });
    return [file];
  }
  if (!isFolder(entry)) return [];
  const files: File[] = [];
  for (const child of await childrenOf(entry)) files.push(...(await filesOf(child, true)));
  return files;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** The reader returns up to a hundred entries at a time, and none at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Closes the bar of an import that has ended. */
export function useDismissImport(): () => void {
  const { mutate } = useWrite('import.closeReport');
  return useCallback(() => {
    const job = useImport.getState().running?.job;
    forgetImport();
    if (job !== undefined) mutate({ job });
  }, [mutate]);
}

/** Commands for an import that is running or not yet dismissed. */
export function useImportCommands(): void {
  const { t } = useTranslation();
  const job = useImport(({ running }) => running?.job ?? null);
  const ended = useImport(({ running }) => running?.ended ?? false);
  const { mutate: cancel } = useWrite('import.cancel');
  const dismiss = useDismissImport();
  useCommands(
    useMemo<Command[]>(() => {
      if (job === null) return [];
      const group = 'library';
      return [
        { id: 'importReport', title: t('commands.importReport'), group, icon: 'list', run: () => setReportOpen(true) },
        ended
          ? { id: 'dismissImport', title: t('import.dismiss'), group, icon: 'close', run: dismiss }
          : { id: 'stopImport', title: t('commands.stopImport'), group, icon: 'close', run: () => cancel({ job }) },
      ];
    }, [t, job, ended, cancel, dismiss]),
  );
}
