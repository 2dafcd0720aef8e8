import { runOnPackagedNode } from '../../electron/start/set-up.mjs';

/** Vitest's global set-up for the end-to-end tests: builds the program if the build is stale. */
export async function setup(): Promise<void> {
  const code = await runOnPackagedNode('electron/start/build.ts', []);
  if (code !== 0) throw new Error('The build failed, so that there is nothing to test end to end.');
}
