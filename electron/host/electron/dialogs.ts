import { basename, extname, join } from 'node:path';
import { app, dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { PROJECT_FILE_SUFFIX, PROJECT_SUFFIX } from '../file-names.ts';
import { INCOMING_ENDINGS } from '../../../shared/model/exchange-formats.ts';
import type { Shell, WindowId } from '../shell.ts';
import type { Windows } from './windows.ts';

/** Suffixes offered when choosing files to import. The bytes decide what a file is. `gz`: compressed WARC. */
const SOURCE_EXTENSIONS = 'pdf html htm xhtml shtml mht mhtml mhtm warc gz wacz png jpg jpeg webp txt text md'.split(
  ' ',
);

const SOURCES = { name: 'Sources', extensions: SOURCE_EXTENSIONS };
const FOREIGN = { name: 'Other programs', extensions: INCOMING_ENDINGS.map((ending) => ending.slice(1)) };
const PROJECT_FILES = { name: 'Project file', extensions: [PROJECT_FILE_SUFFIX.slice(1), 'age'] };
const DRAFTS = { name: 'Drafts', extensions: ['docx', 'md', 'markdown', 'txt'] };
const ALL_FILES = { name: 'All files', extensions: ['*'] };

/** Electron's part of the shell: native dialogs. What is chosen is not added to the system's recent documents. */
export function dialogShell(windows: Pick<Windows, 'get'>): Omit<Shell, 'tell' | 'newWindow'> {
  const open = (window: WindowId, options: OpenDialogOptions): Promise<string[]> =>
    chooseToOpen(windows.get(window), options);
  const save = (window: WindowId, ...what: [title: string, path: string, filter: string, suffix: string]) =>
    chooseToSave(windows.get(window), ...what);

  /** The path of each window's last export. */
  const exported = new Map<WindowId, string>();

  return {
    host: 'electron',
    notice: (text) => void dialog.showMessageBox({ type: 'warning', message: text }),
    pickSources: (window, what) =>
      open(
        window,
        what === 'folder'
          ? { title: 'Import folder', properties: ['openDirectory'] }
          : what === 'exchange'
            ? {
                title: 'Import files of other programs',
                properties: ['openFile', 'multiSelections'],
                filters: [FOREIGN, ALL_FILES],
              }
            : what === 'draft'
              ? { title: 'Open draft', properties: ['openFile'], filters: [DRAFTS, ALL_FILES] }
              : {
                  title: 'Import sources',
                  properties: ['openFile', 'multiSelections'],
                  filters: [SOURCES, ALL_FILES],
                },
      ),
    async pickMerge(window, what) {
      const [path] = await open(
        window,
        what === 'folder'
          ? { title: 'Merge project folder', properties: ['openDirectory'] }
          : {
              title: 'Merge project file',
              properties: ['openFile'],
              filters: [PROJECT_FILES, ALL_FILES],
            },
      );
      return path ?? null;
    },
    async pickProject(window) {
      const kind = process.platform === 'darwin' ? 'either' : await askKind(windows.get(window));
      if (kind === null) return null;
      const [path] = await open(window, {
        title: 'Open project',
        properties:
          kind === 'either' ? ['openFile', 'openDirectory'] : kind === 'folder' ? ['openDirectory'] : ['openFile'],
        filters: [
          { name: 'Sourcebook project', extensions: [PROJECT_FILE_SUFFIX.slice(1), 'age', PROJECT_SUFFIX.slice(1)] },
        ],
      });
      return path ?? null;
    },
    placeForProject: (window, folderName) =>
      save(window, 'New project', inDocuments(folderName), 'Sourcebook project', PROJECT_SUFFIX.slice(1)),
    async placeForExport(window, fileName) {
      const suffix = extname(fileName).slice(1);
      const path = await save(window, 'Export', inDocuments(fileName), EXPORTED[suffix] ?? 'Project file', suffix);
      if (path === null) return null;
      exported.set(window, path);
      return { path, download: null };
    },
    async placeForFolder(window, name) {
      const path = await chooseFolderToSave(windows.get(window), name);
      if (path === null) return null;
      exported.set(window, path);
      return { path, download: null };
    },
    showExported(window) {
      const path = exported.get(window);
      if (path !== undefined) shell.showItemInFolder(path);
    },
  };
}

async function chooseToOpen(parent: BrowserWindow | null, options: OpenDialogOptions): Promise<string[]> {
  const all: OpenDialogOptions = { ...options, properties: [...(options.properties ?? []), 'dontAddToRecent'] };
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(all)
    : dialog.showOpenDialog(parent, all));
  return canceled ? [] : filePaths;
}

async function chooseToSave(
  parent: BrowserWindow | null,
  title: string,
  defaultPath: string,
  filter: string,
  extension: string,
): Promise<string | null> {
  const options = {
    title,
    defaultPath,
    filters: [{ name: filter, extensions: [extension] }],
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const, 'dontAddToRecent' as const],
  };
  const { canceled, filePath } = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === '' ? null : withSuffix(filePath, `.${extension}`);
}

/** The name of a new folder: no ending is added. */
async function chooseFolderToSave(parent: BrowserWindow | null, name: string): Promise<string | null> {
  const options = {
    title: 'Export',
    defaultPath: inDocuments(name),
    properties: ['createDirectory' as const, 'dontAddToRecent' as const],
  };
  const { canceled, filePath } = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === '' ? null : filePath;
}

const inDocuments = (name: string): string => join(app.getPath('documents'), name);

/** The name of an exported format, by suffix. */
const EXPORTED: Readonly<Record<string, string>> = {
  age: 'Encrypted project file',
  qdpx: 'REFI-QDA project',
  qdc: 'REFI-QDA codebook',
  jsonld: 'Web annotations',
  json: 'CSL-JSON bibliography',
  ris: 'RIS bibliography',
  bib: 'BibTeX bibliography',
  svg: 'Drawing',
  png: 'Picture',
  csv: 'Table',
  docx: 'Word document',
  html: 'Web page',
  xlsx: 'Excel workbook',
};

/** Only macOS has one dialog for both folders and files; elsewhere the person chooses first. */
async function askKind(parent: BrowserWindow | null): Promise<'folder' | 'file' | null> {
  const options = {
    type: 'question' as const,
    message: 'What do you want to open?',
    detail: 'A project is a folder on this computer. A project file (.sbk) comes from a colleague.',
    buttons: ['Project folder', 'Project file', 'Cancel'],
    cancelId: 2,
    defaultId: 0,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response === 0 ? 'folder' : response === 1 ? 'file' : null;
}

/** Dialogs on Linux don't add the suffix of the chosen filter. */
function withSuffix(path: string, suffix: string): string {
  return basename(path).toLowerCase().endsWith(suffix) ? path : path + suffix;
}
