import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { inputsHash, isBuilt, noteBuilt } from './inputs.mjs';
import { root } from './set-up.mjs';

/**
 * Builds `out/` (main, preload, renderer) unless it is up to date; `--force` always builds. Run it in a process of its own:
 * electron-vite sets NODE_ENV for the whole process.
 */
async function main(): Promise<void> {
  if (!process.argv.includes('--force') && isBuilt()) return;
  const hash = inputsHash();
  rmSync(join(root, 'out'), { recursive: true, force: true });
  await build({ root, configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' });
  noteBuilt(hash);
}

await main();
