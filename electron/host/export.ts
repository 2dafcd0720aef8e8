import { basename } from 'node:path';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { handBack } from '../engine/blind-copy.ts';
import { ENCRYPTED_SUFFIX } from '../project/export/encryption.ts';
import type { OpenProject } from './engines.ts';
import { fileNameOf, PROJECT_FILE_SUFFIX } from './names.ts';
import type { Shell, WindowId } from './shell.ts';

/** A window's project and its evidence on their way to others. */
export interface ProjectExport {
  exportProject(window: WindowId, options: CallArgs<'app.exportProject'>): Promise<CallOutput<'app.exportProject'>>;
  writeReport(window: WindowId, input: CallArgs<'app.writeReport'>): Promise<CallOutput<'app.writeReport'>>;
  /** Ends the export or report that runs in this window's project: it answers CANCELLED, and nothing was written. */
  cancelExport(window: WindowId): Promise<void>;
}

export function createProjectExport(
  shell: Pick<Shell, 'placeForExport'>,
  projectOf: (window: WindowId) => Promise<OpenProject>,
): ProjectExport {
  /** Folders of projects that are being exported. */
  const exporting = new Set<string>();
  return {
    async exportProject(window, options) {
      const { engine, folder } = await projectOf(window);
      const { title } = await engine.call('project.info', {});
      const { passphrase, recipients } = options.protection;
      const isEncrypted = passphrase !== undefined || recipients.length > 0;
      // Other names would be for nothing, were the title in the file's.
      const stem = options.pseudonyms ? 'project' : fileNameOf(title);
      const suffix = isEncrypted ? PROJECT_FILE_SUFFIX + ENCRYPTED_SUFFIX : PROJECT_FILE_SUFFIX;
      const place = await shell.placeForExport(window, stem + suffix);
      if (place === null) return { done: false, name: null, bytes: 0, download: null, signature: null, missing: [] };
      if (!options.pseudonyms) await handBack(engine);
      exporting.add(folder);
      try {
        // The dialog has asked already whether a file of that name may go.
        const written = await engine.call('projectFile.export', { path: place.path, replace: true, options });
        const { bytes, path, signature, missing } = written;
        const download = path === place.path ? place.download : (place.downloadOf?.(path) ?? null);
        return {
          done: true,
          name: basename(path),
          bytes,
          download,
          missing: missing.map(({ message }) => message),
          signature:
            signature === null ? null : { name: basename(signature), download: place.downloadOf?.(signature) ?? null },
        };
      } finally {
        exporting.delete(folder);
      }
    },
    async writeReport(window, { format, only }) {
      const { engine, folder } = await projectOf(window);
      const { title } = await engine.call('project.info', {});
      const place = await shell.placeForExport(window, `${fileNameOf(title)}.${format}`);
      if (place === null) return { done: false, name: null, bytes: 0, download: null };
      exporting.add(folder);
      const { bytes } = await engine
        .call('report.write', { path: place.path, format, only, replace: true })
        .finally(() => exporting.delete(folder));
      return { done: true, name: basename(place.path), bytes, download: place.download };
    },
    async cancelExport(window) {
      const { engine, folder } = await projectOf(window);
      if (exporting.has(folder)) engine.interrupt();
    },
  };
}
