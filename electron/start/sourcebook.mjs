#!/usr/bin/env node
/**
 * The `sourcebook` command (package.json's "bin"): the command line on Node 24, whichever Node the system has. It runs
 * the built program where that is up to date, else the source, which Node 24 runs as it is.
 */
import { realpathSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { isBuilt } from './inputs.mjs';
import { packagedNode, root, runOnPackagedNode, setUp } from './set-up.mjs';

try {
  await setUp();
  const built = isBuilt();
  // What Node compiles is kept, for the threads too: from the source a command takes half as long then.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');
  if (realpathSync(process.execPath) === realpathSync(packagedNode)) {
    module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
    await (built ? import('../../out/main/cli.js') : import('../cli.ts'));
  } else {
    const entry = built ? 'out/main/cli.js' : 'electron/cli.ts';
    process.exitCode = await runOnPackagedNode(entry, process.argv.slice(2));
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
