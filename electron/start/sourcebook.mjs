#!/usr/bin/env node
/**
 * The `sourcebook` command (package.json's "bin"): the command line on Node 24, whichever Node the system has. It runs
 * the built program where that is up to date, else the source, which Node 24 runs as it is.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt } from './inputs.mjs';
import { packagedNode, root, runOnPackagedNode, setUp } from './set-up.mjs';

try {
  await setUp();
  const entry = isBuilt() ? 'out/main/cli.js' : 'electron/cli.ts';
  if (realpathSync(process.execPath) === realpathSync(packagedNode)) {
    process.argv[1] = join(root, entry);
    await import(new URL(`../../${entry}`, import.meta.url).href);
  } else {
    process.exitCode = await runOnPackagedNode(entry, process.argv.slice(2));
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
