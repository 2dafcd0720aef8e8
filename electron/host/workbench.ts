import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import about from '../../package.json' with { type: 'json' };
import { Fault } from '../../shared/errors.ts';
import { createHostCalls } from './app-calls.ts';
import { createBytes, type Bytes } from './bytes.ts';
import type { ShownFiles } from './evidence.ts';
import { createDesk, type Desk } from './desk.ts';
import { createGate, type Gate } from './gate.ts';
import type { Home } from './home.ts';
import type { Projects } from './projects.ts';
import type { Shell } from './shell.ts';

/** All a host is but for its shell and its transport. */
export interface Workbench {
  readonly desk: Desk;
  readonly gate: Gate;
  readonly bytes: Bytes;
  /** Says what had to be put aside of the user's own data since this was last asked. After each call it is. */
  readonly tellNotices: () => void;
}

export interface WorkbenchOptions {
  readonly home: Home;
  readonly shell: Shell;
  readonly projects: Projects;
  readonly filesOf: (folder: string) => ShownFiles;
  readonly renderer: string;
}

export function createWorkbench({ home, shell, projects, filesOf, renderer }: WorkbenchOptions): Workbench {
  const desk = createDesk({ home, shell, projects, version: about.version });
  const gate = createGate(createHostCalls(desk, home, shell), desk);
  const tellNotices = (): void => home.takeNotices().forEach((text) => shell.notice(text));
  return {
    desk,
    gate: { call: (window, name, input) => gate.call(window, name, input).finally(tellNotices) },
    bytes: createBytes({ desk, filesOf, renderer }),
    tellNotices,
  };
}

/** The built renderer: beside `out/main`, or below the checkout when this runs from source. Throws where it is not built. */
export function builtRenderer(): string {
  const here = import.meta.url;
  const folder = fileURLToPath(new URL(here.endsWith('.ts') ? '../../out/renderer/' : '../renderer/', here));
  if (existsSync(folder)) return folder;
  throw new Fault('NOT_FOUND', 'Sourcebook isn’t built yet. Run `npm run build` once, then try again.');
}
