#!/usr/bin/env node
/**
 * The `sourcebook` command (package.json's "bin"): the command line on Node 24, whatever Node the system has. Runs the built
 * program if that is up to date, otherwise the source, which Node 24 can run directly.
 */
import { realpathSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { isBuilt } from './inputs.mjs';
import { packagedNode, root, runOnPackagedNode, setUp } from './set-up.mjs';

try {
  await setUp();
  const built = isBuilt();
  // Caches Node's compiled code, also for the threads: run from the source, a command then takes half as long.
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
