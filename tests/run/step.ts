import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { packagedNode, root } from '../../electron/start/set-up.mjs';
import { NOTHING, tallyAfter, vitestRun, type Tally, type VitestRun } from './tally.ts';

/** A check that passes or fails as a whole. */
export interface Step {
  readonly name: string;
  /** A script for the packaged Node, from the root, with its arguments. */
  readonly run: readonly [script: string, ...args: string[]];
}

/** Runs steps, this many at a time. A failing step prints its output; a passing one only its name. */
export async function runSteps(steps: readonly Step[], atOnce = 2): Promise<Tally[]> {
  const waiting = [...steps];
  const tallies: Tally[] = [];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) tallies.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return tallies;
}

async function runStep(step: Step): Promise<Tally> {
  const started = performance.now();
  const { code, said } = await node(step.run, { quiet: true, env: {} });
  const took = seconds(started);
  if (code === 0) {
    console.log(`✓ ${step.name} (${took})`);
    return { ...NOTHING, passed: 1 };
  }
  console.log(`✗ ${step.name} (${took})\n${said.trimEnd()}\n`);
  return { ...NOTHING, failed: 1 };
}

/** More failed files than these are not the doing of a busy machine. */
const MOST_AGAIN = 6;

/**
 * One run of vitest with these arguments; its output is shown as it comes. In continuous integration the files that failed, if they
 * are few, are run once more with nothing beside them, and those that pass then are named: each has a race that must be mended.
 */
export async function runVitest(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const first = await runOnce(name, args, env);
  const { failed } = first;
  if ((process.env['CI'] ?? '') === '' || failed.length === 0 || failed.length > MOST_AGAIN) return first.tally;
  const paths = failed.map(({ path }) => relative(root, path));
  console.log(`Running again, alone: ${paths.join(', ')}`);
  const second = await runOnce('failed files again', ['--maxWorkers=1', ...paths], env);
  const still = new Set(second.failed.map(({ path }) => path));
  const passed = failed.filter(({ path }) => !still.has(path)).map(({ path }) => relative(root, path));
  if (passed.length > 0) console.log(`PASSED ONLY THE SECOND TIME, to be mended: ${passed.join(', ')}`);
  return tallyAfter(first, second);
}

async function runOnce(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<VitestRun> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-report-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const script = 'node_modules/vitest/vitest.mjs';
  const { code } = await node([script, 'run', '--allowOnly=false', ...reporters, ...args], { quiet: false, env });
  const json: unknown = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  rmSync(folder, { recursive: true });
  const run = vitestRun(json, code);
  console.log(`${run.tally.failed === 0 ? '✓' : '✗'} ${name} (${seconds(started)})`);
  return run;
}

interface Ended {
  readonly code: number;
  readonly said: string;
}

function node(
  args: readonly string[],
  { quiet, env }: { readonly quiet: boolean; readonly env: NodeJS.ProcessEnv },
): Promise<Ended> {
  const child = spawn(packagedNode, args, {
    cwd: root,
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'), ...process.env, ...env },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => said.push(String(text)));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 1, said: said.join('') }));
  });
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
