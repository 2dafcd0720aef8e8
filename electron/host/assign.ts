import { basename } from 'node:path';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import type { OpenProject } from './engines.ts';
import { fileNameOf, PROJECT_FILE_SUFFIX } from './names.ts';
import type { Shell, WindowId } from './shell.ts';

/** An assignment on its way to its coder: asks where the file goes, then makes it. */
export async function assignTo(
  shell: Shell,
  projectOf: (window: WindowId) => Promise<OpenProject | null>,
  window: WindowId,
  input: CallArgs<'app.assign'>,
): Promise<CallOutput<'app.assign'>> {
  const open = await projectOf(window);
  if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or create one first.');
  const { title } = await open.engine.call('project.info', {});
  const name = fileNameOf(`${title} for ${input.coder}`) + PROJECT_FILE_SUFFIX;
  const place = await shell.placeForExport(window, name);
  if (place === null) return { done: false, name: null, bytes: 0, download: null, assignment: null };
  // The dialog has asked already whether a file of that name may go.
  const made = await open.engine.call('assignments.create', { ...input, path: place.path, replace: true });
  return { done: true, name: basename(place.path), download: place.download, ...made };
}
