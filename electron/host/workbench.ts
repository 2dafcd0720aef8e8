import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import about from '../../package.json' with { type: 'json' };
import { Fault } from '../../shared/errors.ts';
import { createHostCalls } from './app-calls.ts';
import { logError } from '../log/log.ts';
import { createBytes, type Bytes } from './bytes.ts';
import type { EvidenceFiles } from './evidence.ts';
import { createGate, type Gate } from './gate.ts';
import type { Home } from './home.ts';
import type { Projects } from './projects.ts';
import type { Shell } from './shell.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** What both hosts have in common: everything but the shell and the transport. */
export interface Workbench {
  readonly workspace: Workspace;
  readonly gate: Gate;
  readonly bytes: Bytes;
  /** Shows notices about the user's own data, such as a settings file that couldn't be read. Done after each call. */
  readonly tellNotices: () => void;
}

export interface WorkbenchOptions {
  readonly home: Home;
  readonly shell: Shell;
  readonly projects: Projects;
  readonly filesOf: (folder: string) => EvidenceFiles;
  readonly renderer: string;
}

export function createWorkbench({ home, shell, projects, filesOf, renderer }: WorkbenchOptions): Workbench {
  const workspace = createWorkspace({ home, shell, projects, version: about.version });
  const gate = createGate(createHostCalls(workspace, home, shell), workspace);
  sweep(home, projects);
  const tellNotices = (): void => home.takeNotices().forEach((text) => shell.notice(text));
  return {
    workspace,
    gate: { call: (window, name, input) => gate.call(window, name, input).finally(tellNotices) },
    bytes: createBytes({ workspace, filesOf, renderer }),
    tellNotices,
  };
}

/** Removes what a killed program left unfinished in the folders of new and recent projects. */
function sweep(home: Home, projects: Pick<Projects, 'sweep'>): void {
  const recents = home.recents().map(({ key }) => dirname(home.folderOf(key) ?? home.projectsFolder));
  projects
    .sweep([home.projectsFolder, ...recents], home.installation())
    .catch((thrown: unknown) => logError(thrown, { event: 'sweep-failed' }));
}

/** The built renderer: beside `out/main`, or below the checkout when this runs from source. NOT_FOUND if it isn't built. */
export function builtRenderer(): string {
  const here = import.meta.url;
  const folder = fileURLToPath(new URL(here.endsWith('.ts') ? '../../out/renderer/' : '../renderer/', here));
  if (existsSync(folder)) return folder;
  throw new Fault('NOT_FOUND', 'Sourcebook isn’t built yet. Run `npm run build` once, then try again.');
}
