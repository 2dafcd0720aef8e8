/**
 * A host with one window that renames a project without end and says each name once it is committed; the test kills it. Run as
 * `node seen-child.ts <the user's data folder> <project> <renames>`: after so many it goes on running, and writes nothing.
 */
import { writeSync } from 'node:fs';
import { openHome } from '../../electron/host/home.ts';
import { projects } from '../../electron/host/project-folders.ts';
import { createWorkspace } from '../../electron/host/workspace.ts';

const [data = '', project = '', renames = '0'] = process.argv.slice(2);
const home = openHome({ SOURCEBOOK_HOME: data });
const shell = {
  host: 'electron' as const,
  pickSources: async () => [],
  pickMerge: async () => null,
  pickProject: async () => null,
  placeForProject: async () => null,
  placeForExport: async () => null,
  showExported: () => undefined,
  newWindow: () => ({ window: 'main-2', address: null }),
  notice: () => undefined,
  tell: () => undefined,
};
const workspace = createWorkspace({ home, shell, projects, version: '0.0.0' });
await workspace.openPath('main-1', project);
const open = await workspace.project('main-1');
for (let k = 1; k <= Number(renames); k += 1) {
  await open?.engine.call('project.rename', { title: `Name ${k}` });
  writeSync(1, `${k}\n`);
}
setInterval(() => undefined, 1000);
