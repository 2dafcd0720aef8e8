import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { OpenProject } from './engines.ts';
import { createProjectExport, type ProjectExport } from './export.ts';
import type { Offers } from './offers.ts';
import type { Shell, WindowId } from './shell.ts';

/** Sources on their way into a project, and the project on its way out. */
export interface ImportExport extends ProjectExport {
  importSources(window: WindowId, input: CallArgs<'app.importSources'>): Promise<CallOutput<'app.importSources'>>;
  /** An import is running, into this project folder or, without one, into any. */
  isImporting(folder?: string): boolean;
}

export function createImportExport(
  shell: Shell,
  offers: Offers,
  projectOf: (window: WindowId) => Promise<OpenProject>,
): ImportExport {
  /** Imports that run, with the folder of their project. */
  const running = new Map<string, string>();

  /** An import that could not even begin is told like one that ended: somebody waits for it. */
  const tellFailure = (window: WindowId, job: string, paths: readonly string[], thrown: unknown): void => {
    const error = toErrorData(thrown);
    const items = paths.map((path) => ({
      path: basename(path),
      page: null,
      status: 'failed' as const,
      source: null,
      error,
      notes: [],
    }));
    shell.tell(window, 'import.done', { job, items, cancelled: error.code === 'CANCELLED' });
  };

  return {
    async importSources(window, { offers: tokens, record }) {
      const { engine, folder } = await projectOf(window);
      const { paths, release } = offers.take(window, tokens);
      const job = randomUUID();
      running.set(job, folder);
      const run = async (): Promise<void> => {
        try {
          await engine.call('import.run', {
            job,
            paths,
            record,
            askPassword: true,
            askPages: true,
            shortPaths: true,
            pageStyles: true,
          });
        } catch (thrown) {
          tellFailure(window, job, paths, thrown);
        } finally {
          running.delete(job);
          release();
        }
      };
      void run();
      return { job };
    },
    ...createProjectExport(shell, projectOf),
    isImporting: (folder) => (folder === undefined ? running.size > 0 : [...running.values()].includes(folder)),
  };
}
