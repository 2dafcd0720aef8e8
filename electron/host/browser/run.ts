import { once } from 'node:events';
import { resolve } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import { openLog, UNEXPECTED, watchUncaught } from '../../log/log.ts';
import { homeOf, openHome } from '../home.ts';
import { filesOf, projects } from '../project-folders.ts';
import { builtRenderer } from '../workbench.ts';
import { serve } from './serve.ts';

/**
 * Serves until SIGINT, SIGTERM or SIGHUP, then closes the projects. Prints one line on stdout, the address with its key;
 * notices go to stderr. Throws a Fault if it can't serve.
 */
export async function runServe(given: {
  readonly project?: string | undefined;
  readonly port?: string | undefined;
  /** Who acts; default: the person in the settings. */
  readonly person?: string | undefined;
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
  process.stderr.write('Open this address in a browser on this computer. It works once.\n');
  process.stdout.write(`${served.address}\n`);
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  await served.close();
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new Fault('USAGE', `--port takes a number up to 65535, not ${text}.`);
}
