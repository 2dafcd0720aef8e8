#!/usr/bin/env node
/**
 * The `sourcebook` command (package.json's "bin"): the command line on Node 24, whichever Node the system has. It runs
 * the built program where that is up to date, else the source, which Node 24 runs as it is.
 */
import { realpathSync } from 'node:fs';
import { isBuilt } from './inputs.mjs';
import { packagedNode, runOnPackagedNode, setUp } from './set-up.mjs';

try {
  await setUp();
  const built = isBuilt();
  if (realpathSync(process.execPath) === realpathSync(packagedNode)) {
    await (built ? import('../../out/main/cli.js') : import('../cli.ts'));
  } else {
    const entry = built ? 'out/main/cli.js' : 'electron/cli.ts';
    process.exitCode = await runOnPackagedNode(entry, process.argv.slice(2));
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
