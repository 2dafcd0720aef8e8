import { mkdirSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { downloadPath } from '../../../shared/contract/http.ts';
import { Fault } from '../../../shared/errors.ts';
import type { EvidenceFiles } from '../evidence.ts';
import type { Home } from '../home.ts';
import { createEventStream, type EventStream } from './events.ts';
import { createHttpSession } from './session.ts';
import { createHttpHost } from './http.ts';
import { freePath, PROJECT_SUFFIX } from '../file-names.ts';
import type { Projects } from '../projects.ts';
import type { Shell, WindowId } from '../shell.ts';
import { createPresence, createTabs, type Presence } from './tabs.ts';
import { openTemporaryFiles, type TemporaryFiles } from './temporary-files.ts';
import { createWorkbench } from '../workbench.ts';

const WINDOW: WindowId = 'main-1';

export interface ServeOptions {
  readonly home: Home;
  readonly projects: Projects;
  readonly filesOf: (folder: string) => EvidenceFiles;
  readonly renderer: string;
  /** A project folder or project file to open at once. */
  readonly project?: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  /** After how many milliseconds without a tab a window's project is closed. Five minutes by default. */
  readonly closeAfter?: number;
}

export interface Served {
  /** The page's address on this machine, with the key that lets in one browser, once. */
  readonly address: string;
  /** Whether a browser has been let in. */
  isEntered(): boolean;
  /** Tells every page of a failure outside of any call. */
  tellFailed(): void;
  /** Closes the projects and the server; a second time does nothing. */
  close(): Promise<void>;
}

/** Serves the workbench to a browser on this machine, on 127.0.0.1 only. Throws a Fault where it cannot. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { home, projects, filesOf, renderer } = options;
  const events: EventStream = createEventStream((window) => presence.disconnected(window));
  const temporaryFiles = openTemporaryFiles(home.folder);
  const downloads = new Map<string, string>();
  const session = createHttpSession();
  const tabs = createTabs();
  const newWindow = (): ReturnType<Shell['newWindow']> => {
    const { window, path } = tabs.open();
    return { window, address: `/${session.prefix}/${path}` };
  };
  const locked = (): void => {
    downloads.clear();
    temporaryFiles.removeDownloads();
  };
  const shell: Shell = { ...browserShell(home, events, temporaryFiles, downloads), newWindow, locked };
  const { workspace, gate, bytes, tellNotices } = createWorkbench({ home, shell, projects, filesOf, renderer });
  const presence: Presence = createPresence(workspace, options.closeAfter);
  const server = createHttpHost({
    session,
    presence,
    gate,
    bytes,
    offeredFiles: workspace.offeredFiles,
    events,
    temporaryFiles,
    download: (ticket) => downloads.get(ticket) ?? null,
    tabs,
  });

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    events.close();
    presence.close();
    server.close();
    await workspace.closeAll();
    server.closeAllConnections();
    temporaryFiles.close();
  };
  const closeOnce = (): Promise<void> => (closing ??= close());

  try {
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    if (options.project !== undefined) await workspace.openNamed(WINDOW, options.project);
    tellNotices();
  } catch (thrown) {
    await closeOnce();
    throw asFault(thrown, options.port);
  }
  return {
    address: session.address((server.address() as AddressInfo).port),
    isEntered: () => session.isEntered(),
    tellFailed: () => events.sendAll({ event: 'app.failed', payload: {} }),
    close: closeOnce,
  };
}

/** The browser host has no dialogs: pages upload and download, and new projects go to the default folder. */
function browserShell(
  home: Home,
  events: EventStream,
  temporaryFiles: TemporaryFiles,
  downloads: Map<string, string>,
): Omit<Shell, 'newWindow'> {
  const noDialogs = async (): Promise<never> => {
    throw new Fault('UNSUPPORTED', 'In a browser, choose files with the page’s button, or drop them on it.');
  };
  return {
    host: 'browser',
    pickSources: noDialogs,
    pickMerge: noDialogs,
    pickProject: async () => {
      throw new Fault(
        'UNSUPPORTED',
        'In a browser, open a project from the list, or start Sourcebook with the project’s folder.',
      );
    },
    async placeForProject(_window, folderName) {
      mkdirSync(home.projectsFolder, { recursive: true });
      return freePath(home.projectsFolder, folderName.slice(0, -PROJECT_SUFFIX.length), PROJECT_SUFFIX);
    },
    async placeForExport(_window, fileName) {
      const { path, ticket } = temporaryFiles.forDownload(fileName);
      downloads.set(ticket, path);
      const downloadOf = (other: string): string => {
        const another = randomBytes(16).toString('hex');
        downloads.set(another, other);
        return downloadPath(another);
      };
      return { path, download: downloadPath(ticket), downloadOf };
    },
    showExported: () => {
      throw new Fault('UNSUPPORTED', 'A browser keeps exported files in its downloads folder.');
    },
    notice: (text) => void process.stderr.write(`${text}\n`),
    tell: (window, event, payload) => events.send(window, { event, payload }),
  };
}

function asFault(thrown: unknown, port: number | undefined): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  if (code === 'EADDRINUSE')
    return new Fault(
      'EXISTS',
      `Another program is using port ${port ?? ''}. Choose a different --port, or leave it out.`,
    );
  if (code === 'EACCES') return new Fault('NOT_ALLOWED', `Port ${port ?? ''} is reserved. Choose one above 1023.`);
  return thrown;
}
