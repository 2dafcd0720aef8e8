import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newProject } from '../../electron/engine/create-project.ts';
import { createHostCalls, type HostCalls } from '../../electron/host/app-calls.ts';
import { createGate, type Gate } from '../../electron/host/gate.ts';
import { nameHome } from './named.ts';
import { openHome, type Home } from '../../electron/host/home.ts';
import { projects } from '../../electron/host/project-folders.ts';
import type { Projects } from '../../electron/host/projects.ts';
import type { Shell, WindowId } from '../../electron/host/shell.ts';
import { createWorkspace, type Workspace } from '../../electron/host/workspace.ts';
import type { HostEvent } from '../../shared/contract/http.ts';
import { tempFolder } from './temp.ts';

/** The answers a person would give to the dialogs of a test's host, and what its windows were shown. */
export interface TestHost {
  readonly folder: string;
  readonly home: Home;
  readonly workspace: Workspace;
  readonly gate: Gate;
  readonly calls: HostCalls;
  readonly shell: Shell;
  /** What the person was shown, in any window. */
  readonly notices: string[];
  readonly told: (HostEvent & { readonly window: WindowId })[];
  /** The answers to the next dialogs; null cancels. */
  answers: {
    sources: string[];
    merge: string | null;
    project: string | null;
    newProject: string | null;
    exportTo: string | null;
    /** The windows that asked to be shown their exported file. */
    readonly shown: string[];
  };
  /** Resolves with the first event of that name, past or future. */
  event(name: string): Promise<HostEvent>;
}

/**
 * Ordinary projects, except that a new one is created on this thread: a separate thread takes 0.2 s more, with most of these
 * tests.
 */
const quicklyMade: Projects = {
  ...projects,
  create: async (folder, actor, about) => newProject({ folder, ...actor, ...about }),
};

/** A host without windows: the real workspace with real engines; the test answers the dialogs. */
export function testHost(given: Projects = quicklyMade, at: string | null = null): TestHost {
  const folder = at ?? tempFolder();
  if (at === null) nameHome(folder);
  const home = openHome({ SOURCEBOOK_HOME: folder });
  const notices: string[] = [];
  let windows = 1;
  const told: TestHost['told'] = [];
  const waiting: { name: string; done: (event: HostEvent) => void }[] = [];
  const answers: TestHost['answers'] = {
    sources: [],
    merge: null,
    project: null,
    newProject: join(folder, 'new.sourcebook'),
    exportTo: join(folder, 'out.sbk'),
    shown: [],
  };
  const shell: Shell = {
    host: 'electron',
    pickSources: async () => answers.sources,
    pickMerge: async () => answers.merge,
    pickProject: async () => answers.project,
    placeForProject: async () => answers.newProject,
    placeForExport: async () => (answers.exportTo === null ? null : { path: answers.exportTo, download: null }),
    placeForFolder: async () => (answers.exportTo === null ? null : { path: answers.exportTo, download: null }),
    showExported: (window) => void answers.shown.push(window),
    newWindow: () => ({ window: `main-${(windows += 1)}`, address: null }),
    notice: (text) => void notices.push(text),
    tell: (window, event, payload) => {
      told.push({ window, event, payload });
      for (const one of waiting.filter(({ name }) => name === event)) one.done({ event, payload });
    },
  };
  const workspace = createWorkspace({ home, shell, projects: given, version: '0.0.0' });
  const calls = createHostCalls(workspace, home, shell);
  onTestFinished(() => workspace.closeAll());
  return {
    folder,
    home,
    workspace,
    gate: createGate(calls, workspace),
    calls,
    shell,
    notices,
    told,
    answers,
    event: (name) => {
      const past = told.find(({ event }) => event === name);
      return past === undefined ? new Promise((done) => waiting.push({ name, done })) : Promise.resolve(past);
    },
  };
}
