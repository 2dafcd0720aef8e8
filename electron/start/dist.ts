import { runOnPackagedNode } from './set-up.mjs';

/**
 * `npm run dist`: the packages for this machine's system (`npm run dist -- --mac --win --linux` for others, `-- --dir` for an
 * unpacked folder). Needs the Electron binary, which electron-builder downloads and caches.
 */
const STEPS: readonly (readonly [script: string, ...args: string[]])[] = [
  ['electron/start/build.ts', '--force'],
  ['electron/start/licences.ts'],
  ['node_modules/electron-builder/cli.js', '--publish', 'never', ...process.argv.slice(2)],
];

for (const [script, ...args] of STEPS) {
  const code = await runOnPackagedNode(script, args);
  if (code !== 0) process.exit(code);
}
