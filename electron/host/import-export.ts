import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { failedReport } from '../features/sources/import/jobs.ts';
import { exportFault } from '../../shared/file-faults.ts';
import { writeXlsx } from '../formats/xlsx/write.ts';
import { csvHead, csvLine } from '../formats/report/csv-cells.ts';
import { submitBlindCopy } from '../engine/blind-copy.ts';
import { ENCRYPTED_SUFFIX } from '../project/export/encryption.ts';
import type { OpenProject } from './engines.ts';
import { writeWhole } from './files.ts';
import { fileNameOf } from '../../shared/text/file-name.ts';
import { PROJECT_FILE_SUFFIX } from './file-names.ts';
import type { Home } from './home.ts';
import type { OfferedFiles } from './offered-files.ts';
import { withTrust } from './people.ts';
import { type RunningJobs, timed } from './running-jobs.ts';
import type { Shell, WindowId } from './shell.ts';

/** Importing sources into a window's project; exporting the project, a report or an assignment from it. */
export interface ImportExport {
  /** Starts an import and returns its id. The result comes as the event `import.done`, also if the import couldn't start. */
  importSources(window: WindowId, input: CallArgs<'app.importSources'>): Promise<CallOutput<'app.importSources'>>;
  /** Opens an offered file as a draft. */
  openDraft(window: WindowId, input: CallArgs<'app.openDraft'>): Promise<CallOutput<'app.openDraft'>>;
  exportProject(window: WindowId, options: CallArgs<'app.exportProject'>): Promise<CallOutput<'app.exportProject'>>;
  writeReport(window: WindowId, input: CallArgs<'app.writeReport'>): Promise<CallOutput<'app.writeReport'>>;
  writeDraftReport(
    window: WindowId,
    input: CallArgs<'app.writeDraftReport'>,
  ): Promise<CallOutput<'app.writeDraftReport'>>;
  writeDossier(window: WindowId, asked: CallArgs<'app.writeDossier'>): Promise<CallOutput<'app.writeDossier'>>;
  writeEvidence(window: WindowId, table: CallArgs<'app.writeEvidence'>): Promise<CallOutput<'app.writeEvidence'>>;
  writeChart(window: WindowId, figure: CallArgs<'app.writeChart'>): Promise<CallOutput<'app.writeChart'>>;
  /** Writes a project file for the coder of a new assignment. */
  assign(window: WindowId, input: CallArgs<'app.assign'>): Promise<CallOutput<'app.assign'>>;
  /** Cancels the export or report running in this window's project: its call then fails with CANCELLED and writes nothing. */
  cancelExport(window: WindowId): Promise<void>;
}

export interface ImportExportOptions {
  readonly shell: Pick<Shell, 'placeForExport' | 'placeForFolder' | 'tell'>;
  readonly home: Home;
  readonly offeredFiles: OfferedFiles;
  readonly jobs: RunningJobs;
  readonly projectOf: (window: WindowId) => Promise<OpenProject>;
}

export function createImportExport(options: ImportExportOptions): ImportExport {
  const { shell, offeredFiles, jobs, projectOf } = options;
  const exportTo = async (window: WindowId, options: CallArgs<'app.exportProject'>) => {
    const { engine, folder } = await projectOf(window);
    const { title } = await engine.call('project.info', {});
    const place = await shell.placeForExport(window, exportName(title, options));
    if (place === null) return null;
    if (!options.pseudonyms) await submitBlindCopy(engine);
    // The dialog has already asked whether a file of that name may be replaced.
    const written = await jobs.run('export', folder, () =>
      engine.call('projectFile.export', { path: place.path, replace: true, options }),
    );
    return { place, written };
  };

  return {
    async importSources(window, { offers: tokens, record }) {
      const { engine, folder } = await projectOf(window);
      const { paths, release } = offeredFiles.take(window, tokens);
      const job = randomUUID();
      const options = { askPassword: true, askPages: true, shortPaths: true, pageStyles: true };
      void jobs
        .run('import', folder, () => engine.call('import.run', { job, paths, record, ...options }))
        .catch((thrown: unknown) => shell.tell(window, 'import.done', failedReport(job, paths, thrown)))
        .finally(release);
      return { job };
    },
    async openDraft(window, { offer, ...details }) {
      const { engine } = await projectOf(window);
      const opened = await engine.call('drafts.open', { path: offeredFiles.pathOf(window, offer), ...details });
      offeredFiles.discard(window, offer);
      return opened;
    },
    async exportProject(window, options) {
      const exported = await exportTo(window, options);
      if (exported === null) return { done: false, name: null, bytes: 0, download: null, signature: null, missing: [] };
      const { place, written } = exported;
      const downloadOf = (path: string): string | null => place.downloadOf?.(path) ?? null;
      const { bytes, path, signature, missing } = written;
      return {
        done: true,
        name: basename(path),
        bytes,
        download: path === place.path ? place.download : downloadOf(path),
        missing: missing.map(({ message }) => message),
        signature: signature === null ? null : { name: basename(signature), download: downloadOf(signature) },
      };
    },
    writeReport: (window, input) => writeReport(options, window, input),
    writeDraftReport: (window, input) => writeDraftReport(options, window, input),
    writeDossier: (window, asked) => writeDossier(options, window, asked),
    writeEvidence: (window, table) => writeEvidence(options, window, table),
    writeChart: (window, figure) => writeChart(options, window, figure),
    async assign(window, input) {
      const { engine } = await projectOf(window);
      const { title } = await engine.call('project.info', {});
      const name = fileNameOf(`${title} for ${input.coder}`) + PROJECT_FILE_SUFFIX;
      const place = await shell.placeForExport(window, name);
      if (place === null) return { done: false, name: null, bytes: 0, download: null, assignment: null };
      // The dialog has already asked whether a file of that name may be replaced.
      const made = await engine.call('assignments.create', { ...input, path: place.path, replace: true });
      return { done: true, name: basename(place.path), download: place.download, ...made };
    },
    async cancelExport(window) {
      const { engine, folder } = await projectOf(window);
      if (jobs.isRunning('export', folder)) engine.interrupt();
    },
  };
}

async function writeReport(
  { shell, home, jobs, projectOf }: ImportExportOptions,
  window: WindowId,
  { format, only }: CallArgs<'app.writeReport'>,
): Promise<CallOutput<'app.writeReport'>> {
  const { engine, folder } = await projectOf(window);
  const { title } = await engine.call('project.info', {});
  const place = await shell.placeForExport(window, `${fileNameOf(title)}.${format}`);
  if (place === null) return { done: false, name: null, bytes: 0, download: null };
  const keys = (await withTrust(home, (await engine.call('people.list', {})).people)).map(({ id, trust }) => ({
    id,
    trust,
  }));
  const [{ bytes }, ms] = await timed(() =>
    jobs.run('export', folder, () =>
      engine.call('report.write', { path: place.path, format, only, replace: true, keys }),
    ),
  );
  return { done: true, name: basename(place.path), bytes, download: place.download, ms };
}

/** Writes a dossier where the person chooses, with how far they trust each signer. */
async function writeDossier(
  { shell, home, jobs, projectOf }: ImportExportOptions,
  window: WindowId,
  { format: wanted, ...asked }: CallArgs<'app.writeDossier'>,
): Promise<CallOutput<'app.writeDossier'>> {
  const { engine, folder } = await projectOf(window);
  const nothing = { done: false, name: null, bytes: 0, download: null };
  const { title } = asked.title === '' ? await engine.call('project.info', {}) : asked;
  const name = fileNameOf(title);
  const isFolder = wanted === 'folder' && shell.placeForFolder !== undefined;
  const format = wanted === 'folder' && !isFolder ? 'zip' : wanted;
  const place = isFolder
    ? await shell.placeForFolder?.(window, name)
    : await shell.placeForExport(window, `${name}.${format}`);
  if (place === null || place === undefined) return nothing;
  const people = await withTrust(home, (await engine.call('people.list', {})).people);
  const keys = people.map(({ id, trust }) => ({ id, trust }));
  // The dialog has already asked whether a file of that name may be replaced. A folder never is.
  const [{ bytes }, ms] = await timed(() =>
    jobs.run('export', folder, () =>
      engine.call('dossier.export', { ...asked, path: place.path, format, replace: true, keys }),
    ),
  );
  return { done: true, name: basename(place.path), bytes, download: place.download, ms };
}

async function writeDraftReport(
  { shell, jobs, projectOf }: ImportExportOptions,
  window: WindowId,
  { id, format }: CallArgs<'app.writeDraftReport'>,
): Promise<CallOutput<'app.writeDraftReport'>> {
  const { engine, folder } = await projectOf(window);
  const { draft } = await engine.call('drafts.desk', { id });
  const place = await shell.placeForExport(window, `${fileNameOf(`${draft.title}, report`)}.${format}`);
  if (place === null) return { done: false, name: null, bytes: 0, download: null };
  // The dialog has already asked whether a file of that name may be replaced.
  const { bytes } = await jobs.run('export', folder, () =>
    engine.call('drafts.exportReport', { id, path: place.path, format, replace: true }),
  );
  return { done: true, name: basename(place.path), bytes, download: place.download };
}

async function writeEvidence(
  { shell, jobs, projectOf }: ImportExportOptions,
  window: WindowId,
  table: CallArgs<'app.writeEvidence'>,
): Promise<CallOutput<'app.writeEvidence'>> {
  const { engine, folder } = await projectOf(window);
  const nothing = { done: false, name: null, bytes: 0, download: null, rows: 0 };
  // Not asked for a place in vain: with faults in the query there is nothing to write.
  const { query, within } = table;
  const { faults } = await engine.call('evidence.rows', { query, within, count: 0 });
  if (faults.length > 0) return nothing;
  const { title } = await engine.call('project.info', {});
  const place = await shell.placeForExport(window, `${fileNameOf(title)}.${table.format}`);
  if (place === null) return nothing;
  const { bytes, rows } = await jobs.run('export', folder, () =>
    engine.call('evidence.write', { ...table, path: place.path, replace: true }),
  );
  return { done: true, name: basename(place.path), bytes, download: place.download, rows };
}

async function writeChart(
  { shell, projectOf }: ImportExportOptions,
  window: WindowId,
  figure: CallArgs<'app.writeChart'>,
): Promise<CallOutput<'app.writeChart'>> {
  const { engine } = await projectOf(window);
  const { title } = await engine.call('project.info', {});
  const place = await shell.placeForExport(window, `${fileNameOf(`${title}, ${figure.name}`)}.${figure.format}`);
  if (place === null) return { done: false, name: null, bytes: 0, download: null };
  try {
    const content = figure.format === 'xlsx' ? await workbookBytes(place.path, figure) : contentOf(figure);
    // The dialog has already asked whether a file of that name may be replaced.
    writeWhole(place.path, content);
    return { done: true, name: basename(place.path), bytes: content.length, download: place.download };
  } catch (thrown) {
    throw exportFault(thrown);
  }
}

type FigureFile = CallArgs<'app.writeChart'>;

/** A workbook, written beside `path` for a moment: the disk that it goes to has to hold it anyway. */
async function workbookBytes(
  path: string,
  { name, columns, rows }: Extract<FigureFile, { format: 'xlsx' }>,
): Promise<Uint8Array> {
  const beside = `${path}.${randomUUID()}.part`;
  try {
    const about = [['Rows', rows.length]] as const;
    await writeXlsx(beside, { columns, about, rows: rows.length, sheet: sheetName(name) }, rows);
    return readFileSync(beside);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** What Excel takes as the name of a sheet. */
const sheetName = (name: string): string => name.replace(/[[\]:*?/\\"']/g, ' ').slice(0, 31);

function contentOf(figure: Exclude<FigureFile, { format: 'xlsx' }>): Uint8Array {
  switch (figure.format) {
    case 'svg':
      return Buffer.from(figure.text);
    case 'png':
      return Buffer.from(figure.base64, 'base64');
    case 'csv': {
      const { columns, rows } = figure;
      return Buffer.from(csvHead(columns) + rows.map((row) => csvLine(columns, row)).join(''));
    }
  }
}

/** The file name to suggest. With pseudonyms it doesn't contain the project's title, which may contain names. */
function exportName(title: string, { pseudonyms, protection }: CallArgs<'app.exportProject'>): string {
  const isEncrypted = protection.passphrase !== undefined || protection.recipients.length > 0;
  const stem = pseudonyms ? 'project' : fileNameOf(title);
  return stem + PROJECT_FILE_SUFFIX + (isEncrypted ? ENCRYPTED_SUFFIX : '');
}
