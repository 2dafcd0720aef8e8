import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run bench [NAME]…`: runs each `tests/bench/NAME.bench.ts` in a process of its own, one after the other, so that
 * peak memory is its own. Prints the machine and medians. A figure is read, not enforced: only a bench that does not run
 * fails. `--smallest` runs each once with as little as it can, as `npm run test:long` does.
 */
const root = resolve(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { smallest: { type: 'boolean' } } });
const benches = globSync('tests/bench/*.bench.ts', { cwd: root })
  .map((script) => basename(script, '.bench.ts'))
  .toSorted();
const unknown = positionals.filter((name) => !benches.includes(name));
const broken: string[] = [];

if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${benches.join(', ')}.`);
  process.exitCode = 1;
} else {
  console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`);
  console.log(`${(totalmem() / 1e9).toFixed(0)} GB, ${process.platform} ${release()}, Node ${process.versions.node}`);
  for (const name of positionals.length > 0 ? positionals : benches) run(name);
  if (broken.length > 0) {
    console.error(`\nDid not run to its end: ${broken.join(', ')}`);
    process.exitCode = 1;
  }
}

function run(name: string): void {
  console.log(`\n${name}`);
  const env = values.smallest === true ? { ...process.env, SOURCEBOOK_BENCH_SMALLEST: '1' } : process.env;
  const script = `tests/bench/${name}.bench.ts`;
  const { status, signal } = spawnSync(process.execPath, ['--expose-gc', script], { cwd: root, env, stdio: 'inherit' });
  if (status === 0) return;
  console.log(`  ended with ${signal ?? `exit ${status}`}`);
  broken.push(name);
}
