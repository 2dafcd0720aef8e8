import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { escaped } from '../../../shared/text/escape-html.ts';
import { startOf, type FoundBrowser } from './browsers.ts';

/** A browser that shows this host's pages and reaches nothing else. */
export interface OwnBrowser {
  /** Resolves when its last window is closed, or when it could not start. */
  readonly ended: Promise<void>;
  /** Ends it, and removes its profile. */
  close(): Promise<void>;
}

/** How long a browser that was told to end may take, ms. */
const END_MS = 5000;

/**
 * Opens the printed address in a browser with a profile of its own, which is removed afterwards. The address reaches it in a file
 * that only this account can read: every account of a computer can read the arguments of a process, and the key works once for
 * whoever is first.
 */
export function openOwnBrowser({ family, path }: FoundBrowser, address: string): OwnBrowser {
  const profile = mkdtempSync(join(tmpdir(), 'sourcebook-browser-'));
  const page = join(profile, 'start.html');
  const { args, files } = startOf(family, profile, pathToFileURL(page).href);
  const all = { ...files, 'start.html': `<meta http-equiv="refresh" content="0;url=${escaped(address)}">` };
  for (const [name, text] of Object.entries(all)) {
    const file = join(profile, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o600 });
  }
  const child = spawn(path, args, { stdio: 'ignore' });
  const ended = new Promise<void>((done) => {
    child.once('error', () => done());
    child.once('exit', () => done());
  });
  const close = async (): Promise<void> => {
    await endProcess(child, ended);
    // Its helper processes may still be writing.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  let closing: Promise<void> | null = null;
  return { ended, close: () => (closing ??= close()) };
}

async function endProcess(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const killed = setTimeout(() => child.kill('SIGKILL'), END_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(killed);
}
