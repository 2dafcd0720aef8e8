import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { aboutOf, chosenPage, figuresPage, type Measured, measured } from './figures.ts';

/**
 * `npm run bench [NAME]…`: runs `tests/bench/NAME.bench.ts`, one after the other, each in a process of its own, so that its
 * peak memory is its own. Prints the machine and medians. A bench fails only if it does not run, never because of a figure.
 * `--smallest` runs each once at its smallest size, as `npm run test:all` does; `--write` writes all figures to
 * dist/figures.md, which is no part of the repository, and the chosen ones to docs/figures.md.
 */
const root = resolve(import.meta.dirname, '../..');
const page = join(root, 'docs/figures.md');
const allFigures = join(root, 'dist/figures.md');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { smallest: { type: 'boolean' }, write: { type: 'boolean' } },
});
const benches = globSync('tests/bench/*.bench.ts', { cwd: root })
  .map((script) => basename(script, '.bench.ts'))
  .toSorted();
const scriptOf = (name: string): string => `tests/bench/${name}.bench.ts`;
const unknown = positionals.filter((name) => !benches.includes(name));
const broken: string[] = [];

if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${benches.join(', ')}.`);
  process.exitCode = 1;
} else if (values.smallest === true && values.write === true) {
  console.error('The figures of the smallest run say nothing: use --smallest or --write.');
  process.exitCode = 1;
} else await runAll(positionals.length > 0 ? positionals : benches);

async function runAll(names: readonly string[]): Promise<void> {
  const machine = [
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`,
    `${(totalmem() / 1e9).toFixed(0)} GB, ${process.platform} ${release()}, Node ${process.versions.node}`,
  ];
  console.log(machine.join('\n'));
  const folder = makeFolder('sourcebook-figures-');
  try {
    for (const name of names) {
      const file = join(folder, name);
      if (run(name, file) && values.write === true) await write(name, machine.join(', '), figuresIn(file));
    }
  } finally {
    removeFolder(folder);
  }
  if (broken.length === 0) return;
  console.error(`\nDid not run to its end: ${broken.join(', ')}`);
  process.exitCode = 1;
}

function run(name: string, figures: string): boolean {
  console.log(`\n${name}`);
  const env = {
    ...process.env,
    SOURCEBOOK_BENCH_FIGURES: figures,
    ...(values.smallest === true ? { SOURCEBOOK_BENCH_SMALLEST: '1' } : {}),
  };
  const args = ['--expose-gc', scriptOf(name)];
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  if (status === 0) return true;
  console.log(`  ended with ${signal ?? `exit ${status}`}`);
  broken.push(name);
  return false;
}

function figuresIn(file: string): Measured[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => measured.parse(JSON.parse(line)));
}

/** After each bench, so that figures are kept if a later one is stopped. */
async function write(name: string, machine: string, figures: readonly Measured[]): Promise<void> {
  const run = { when: `${new Date().toISOString().slice(0, 10)}: ${machine}`, figures };
  const sections = benches.map((one) => ({
    name: one,
    about: aboutOf(readFileSync(join(root, scriptOf(one)), 'utf8')),
    run: one === name ? run : null,
  }));
  await writePage(allFigures, figuresPage(sections, textOf(allFigures)));
  await writePage(page, chosenPage(name, run, textOf(page)));
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

async function writePage(path: string, text: string): Promise<void> {
  const options = (await resolveConfig(page)) ?? {};
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await format(text, { ...options, parser: 'markdown' }));
}
