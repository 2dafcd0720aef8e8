import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { basename, resolve } from 'node:path';

/**
 * `npm run bench [NAME]…`: runs each `tests/bench/NAME.bench.ts` in a process of its own, one after the other, so that
 * peak memory is its own. Prints the machine and medians, and fails on nothing: figures are read, not enforced.
 */
const root = resolve(import.meta.dirname, '../..');
const wanted = process.argv.slice(2);
const scripts = globSync('tests/bench/*.bench.ts', { cwd: root })
  .filter((script) => wanted.length === 0 || wanted.includes(basename(script, '.bench.ts')))
  .sort((a, b) => (a < b ? -1 : 1));

console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`);
console.log(`${(totalmem() / 1e9).toFixed(0)} GB, ${process.platform} ${release()}, Node ${process.versions.node}`);
for (const script of scripts) {
  console.log(`\n${basename(script, '.bench.ts')}`);
  const { status, signal } = spawnSync(process.execPath, ['--expose-gc', script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) console.log(`  did not end well (${signal ?? `exit ${status}`})`);
}
