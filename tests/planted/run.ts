/**
 * `npm run planted`: plants one error after another in the code that evidence rests on, and runs the tests that must notice it.
 * An error that no test notices survives, and the run fails. `npm run planted -- log` plants those of the log,
 * `npm run planted -- log 3 merge 5` these two. First the tests are run without an error, for a test that fails anyway shows nothing.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagedNode, root } from '../../electron/start/set-up.mjs';
import { PLANTED, plantedError } from './planted.ts';
import { PLANT } from './plugin.ts';

const AT_ONCE = 2;
/** For a busy machine. */
const TIMEOUT = '--testTimeout=240000';

const names = wanted(process.argv.slice(2));
const tests = [...new Set(names.flatMap((name) => plantedError(name).tests))];
const started = performance.now();
if ((await run(tests, null)) !== 'passed') {
  console.log('✗ The tests fail without any planted error.');
  process.exitCode = 1;
} else {
  const survivors = await plantAll();
  const took = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${names.length - survivors.length} of ${names.length} planted errors were noticed, in ${took} s.`);
  if (survivors.length > 0) {
    console.log(`Not noticed: ${survivors.join(', ')}`);
    process.exitCode = 1;
  }
}

/** The errors that the arguments name: all, those of a part, or single ones. */
function wanted(args: readonly string[]): string[] {
  const namesOf = (part: string): string[] => (PLANTED[part] ?? []).map((_, at) => `${part} ${at + 1}`);
  if (args.length === 0) return Object.keys(PLANTED).flatMap(namesOf);
  return args.flatMap((one, at): string[] => {
    const next = args[at + 1] ?? '';
    if (Object.hasOwn(PLANTED, one)) return /^\d+$/.test(next) ? [] : namesOf(one);
    const name = `${args[at - 1] ?? ''} ${one}`;
    plantedError(name);
    return [name];
  });
}

async function plantAll(): Promise<string[]> {
  const waiting = [...names];
  const survivors: string[] = [];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const from = performance.now();
      const { why, tests: noticing } = plantedError(name);
      const ended = await run(noticing, name);
      const took = ((performance.now() - from) / 1000).toFixed(1);
      const said = { failed: '✓ noticed', passed: '✗ survived', 'not run': '✗ did not run' }[ended];
      console.log(`${said} (${took} s) ${name}: ${why}`);
      if (ended !== 'failed') survivors.push(name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return survivors;
}

/** `not run`: no test passed or failed, as with an error that is no TypeScript. */
async function run(files: readonly string[], planted: string | null): Promise<'passed' | 'failed' | 'not run'> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-planted-'));
  const report = join(folder, 'report.json');
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project=unit', '--allowOnly=false', TIMEOUT];
  const reporting = ['--reporter=json', `--outputFile.json=${report}`];
  const one = planted === null ? [] : ['--bail=1', '--maxWorkers=1'];
  try {
    await ended([...vitest, ...reporting, ...one, ...files], planted === null ? {} : { [PLANT]: planted });
    const { success, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly success: boolean;
      readonly numFailedTests: number;
    };
    return numFailedTests > 0 ? 'failed' : success ? 'passed' : 'not run';
  } catch (thrown) {
    // No report.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return 'not run';
    throw thrown;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ended(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(packagedNode, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'ignore' });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', () => done());
  });
}
