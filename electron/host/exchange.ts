import { basename } from 'node:path';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import { fileNameOf } from '../../shared/text/file-name.ts';
import { FORMATS } from '../../shared/model/exchange-formats.ts';
import type { OpenProject } from './engines.ts';
import type { OfferedFiles } from './offered-files.ts';
import { type RunningJobs, timed } from './running-jobs.ts';
import type { Shell, WindowId } from './shell.ts';

/** Files of other programs, out of a window’s project and into it. */
export interface Exchange {
  exportExchange(window: WindowId, input: CallArgs<'app.exportExchange'>): Promise<CallOutput<'app.exportExchange'>>;
  previewExchange(window: WindowId, input: CallArgs<'app.previewExchange'>): Promise<CallOutput<'app.previewExchange'>>;
  importExchange(window: WindowId, input: CallArgs<'app.importExchange'>): Promise<CallOutput<'app.importExchange'>>;
  checkDossier(window: WindowId, input: CallArgs<'app.checkDossier'>): Promise<CallOutput<'app.checkDossier'>>;
  /** Cancels the preview, import or check running in this window’s project. */
  cancelExchange(window: WindowId): Promise<void>;
}

export function createExchange({
  shell,
  offeredFiles,
  jobs,
  projectOf,
}: {
  readonly shell: Pick<Shell, 'placeForExport'>;
  readonly offeredFiles: OfferedFiles;
  readonly jobs: RunningJobs;
  readonly projectOf: (window: WindowId) => Promise<OpenProject>;
}): Exchange {
  /** One at a time in a project: cancelling one would stop the other too. */
  const runAlone = async <T>({ folder }: OpenProject, work: () => Promise<T>): Promise<T> => {
    if (jobs.isRunning('exchange', folder))
      throw new Fault('NOT_ALLOWED', 'Another file is being read. Wait until it’s done, or stop it.');
    return jobs.run('exchange', folder, work);
  };
  const askedOf = (window: WindowId, { offer, answers, files }: CallArgs<'app.importExchange'>) => ({
    path: offeredFiles.pathOf(window, offer),
    answers,
    files: Object.fromEntries(
      Object.entries(files).map(([source, token]) => [source, offeredFiles.pathOf(window, token)]),
    ),
  });
  return {
    async exportExchange(window, { format, only, pseudonyms }) {
      const { engine, folder } = await projectOf(window);
      const { title } = await engine.call('project.info', {});
      // Several annotated PDFs are one file, which a browser can download, too.
      const isSeveral = format === 'pdf' && (await engine.call('exchange.outline', { format, only })).sources > 1;
      const ending = isSeveral ? '.zip' : FORMATS[format].ending;
      const place = await shell.placeForExport(window, (pseudonyms ? 'project' : fileNameOf(title)) + ending);
      if (place === null) return { done: false, name: null, bytes: 0, download: null, notCarried: [], signed: [] };
      // The dialog has already asked whether a file of that name may be replaced.
      const [{ bytes, notCarried, signed = [] }, ms] = await timed(() =>
        jobs.run('export', folder, () =>
          engine.call('exchange.export', { path: place.path, format, only, replace: true, pseudonyms }),
        ),
      );
      return { done: true, name: basename(place.path), bytes, download: place.download, ms, notCarried, signed };
    },
    async previewExchange(window, input) {
      const open = await projectOf(window);
      const asked = askedOf(window, input);
      return runAlone(open, () => open.engine.call('exchange.preview', asked));
    },
    async importExchange(window, input) {
      const open = await projectOf(window);
      const asked = askedOf(window, input);
      const made = await runAlone(open, () => open.engine.call('exchange.import', asked));
      // Uploaded copies are removed only now, so that a failed import can be tried again.
      offeredFiles.take(window, [input.offer, ...Object.values(input.files)]).release();
      return made;
    },
    async checkDossier(window, { offers, passwords }) {
      const open = await projectOf(window);
      const { paths, release } = offeredFiles.take(window, offers);
      let again: string | null = null;
      try {
        const [path, ...more] = paths;
        if (path === undefined || more.length > 0)
          throw new Fault('BAD_INPUT', 'Choose one folder: the dossier’s, with bagit.txt in it.');
        const report = await runAlone(open, () => open.engine.call('dossier.verify', { path, passwords }));
        if (report.locked.length > 0) again = offeredFiles.add(window, path, { release }).token;
        return { ...report, again };
      } finally {
        if (again === null) release();
      }
    },
    async cancelExchange(window) {
      const { folder, engine } = await projectOf(window);
      if (jobs.isRunning('exchange', folder)) engine.interrupt();
    },
  };
}
