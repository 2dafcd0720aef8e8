import { once } from 'node:events';
import { resolve } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import { openLog, UNEXPECTED, watchUncaught } from '../../log/log.ts';
import { homeOf, openHome } from '../home.ts';
import { filesOf, projects } from '../project-folders.ts';
import { builtRenderer } from '../workbench.ts';
import { findBrowser } from './browsers.ts';
import { openOwnBrowser } from './own-browser.ts';
import { serve, type Served } from './serve.ts';

/**
 * Serves until SIGINT, SIGTERM or SIGHUP, or until the browser it opened is closed, then closes the projects. Where it opens no
 * browser it prints one line on stdout, the address with its key; notices go to stderr. Throws a Fault if it can't serve.
 */
export async function runServe(given: {
  readonly project?: string | undefined;
  readonly port?: string | undefined;
  /** Who acts; default: the person in the settings. */
  readonly person?: string | undefined;
  /** Whether to open a browser of this computer, if there is one. */
  readonly browser: boolean;
}): Promise<void> {
  const port = portOf(given.port);
  const home = given.person === undefined ? openHome() : homeOf(openHome(), given.person);
  openLog(home.folder, 'serve');
  const project = given.project === undefined ? {} : { project: resolve(given.project) };
  const served = await serve({ home, projects, filesOf, renderer: builtRenderer(), port, ...project });
  watchUncaught(() => {
    process.stderr.write(`${UNEXPECTED}\n`);
    served.tellFailed();
  });
  const stopped = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const found = given.browser ? findBrowser(process.env, process.platform) : null;
  const own = found === null ? null : openOwnBrowser(found, served.address);
  if (own === null) printAddress(served, given.browser ? NONE_FOUND : '');
  else {
    process.stderr.write(
      'Opened in a browser of its own. Sourcebook ends when you close its windows, or with Ctrl+C.\n',
    );
    await Promise.race([stopped, own.ended]);
    await own.close();
    if (!served.isEntered()) printAddress(served, COULD_NOT_START);
  }
  if (own === null || !served.isEntered()) await stopped;
  await served.close();
}

const NONE_FOUND = 'No Chromium, Chrome, Edge or Firefox was found that Sourcebook could open by itself. ';
const COULD_NOT_START = 'The browser that Sourcebook opened ended before it showed anything. ';
/** What a browser that we didn't start may do: docs/limits.md. */
const OWN_HABITS =
  'Your own browser keeps its habits: it may ask its maker about form fields, translations or addresses while you read.\n';

function printAddress({ address }: Served, why: string): void {
  process.stderr.write(`${why}Open this address in a browser on this computer. It works once.\n${OWN_HABITS}`);
  process.stdout.write(`${address}\n`);
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new Fault('USAGE', `--port takes a number up to 65535, not ${text}.`);
}
