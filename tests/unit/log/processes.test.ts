import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createProject } from '../../../electron/db/index.ts';
import { startEngine } from '../../../electron/engine/client.ts';
import { openLog } from '../../../electron/log/log.ts';
import { createPool } from '../../../electron/workers/pool.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { sourceId } from '../../../shared/model/index.ts';
import { CLI } from '../../support/cli.ts';
import { testHost } from '../../support/host.ts';
import { tempFolder } from '../../support/temp.ts';
import { somebody } from '../db/support.ts';

/** Where the engine’s code is: threads run the built program, as the command line does, if it is up to date. */
const OF_ENGINE = CLI.endsWith('.js') ? /^out\/main\/engine-[\w-]+\.js:\d+:\d+$/ : /^electron\/features\/sources\//;
const SECRET = 'Gulnara Yusup, 全县转移';

afterEach(() => setEnvironmentData('sourcebook.log-folder', undefined));

const writtenIn = (home: string): string => {
  const path = join(home, 'logs', 'sourcebook.log');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};
const entriesIn = (home: string) =>
  writtenIn(home)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (thrown: unknown) => toErrorData(thrown).code,
  );

describe('failures are logged, with the process they happened in', () => {
  it('the engine’s thread: a call, by name', async () => {
    const home = tempFolder();
    openLog(home, 'main');
    const folder = join(tempFolder(), 'Study.sourcebook');
    const person = somebody(SECRET);
    createProject({ folder, person }).close();
    const engine = await startEngine({ folder, person });
    const id = sourceId.parse(randomUUID());
    expect(await codeOf(engine.call('sources.get', { id }))).toBe('NOT_FOUND');
    await engine.close();
    // A test before may have left a comparison in this process, which ends with its project.
    const entries = entriesIn(home).filter(({ process: from }) => from === 'engine');
    expect(entries).toMatchObject([
      { level: 'warn', event: 'call-failed', call: 'sources.get', error: { code: 'NOT_FOUND' } },
    ]);
    expect(entries[0].error.stack[0]).toMatch(OF_ENGINE);
    expect(writtenIn(home)).not.toContain(id);
  });

  it('a thread of the pool: a job, one that ended its thread, and an uncaught error', async () => {
    const home = tempFolder();
    openLog(home, 'main');
    const pool = createPool({ worker: new URL('../../support/pool/misbehaving.ts', import.meta.url), memoryMb: 64 });
    const run = (path: string) => codeOf(pool.run('pdf', { path, passwords: [SECRET] }));
    expect([await run('throw'), await run('exit'), await run('unhandled')]).toEqual(['DAMAGED', 'DAMAGED', 'DAMAGED']);
    await pool.close();
    const entries = entriesIn(home);
    expect(entries).toContainEqual(
      expect.objectContaining({ level: 'error', process: 'pool', event: 'job-failed', job: 'pdf' }),
    );
    expect(entries).toContainEqual(
      expect.objectContaining({ level: 'error', process: 'main', event: 'job-failed', job: 'pdf' }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ level: 'error', process: 'pool', event: 'exception' }));
    expect(writtenIn(home)).not.toContain('Gulnara');
  });

  it('a window’s page, and what its host was asked to do', async () => {
    const host = testHost();
    openLog(host.folder, 'main');
    const stack = [`Error: ${SECRET}`, `    at ${SECRET} (${import.meta.filename}:1:2)`, SECRET];
    expect(await host.gate.call('main-1', 'app.reportError', { name: SECRET, stack })).toEqual({ ok: true, value: {} });
    expect(await host.gate.call('main-1', 'app.openRecent', { key: SECRET })).toMatchObject({ ok: false });
    expect(entriesIn(host.folder)).toMatchObject([
      {
        process: 'window',
        event: 'page-error',
        error: { name: 'Error', stack: ['tests/unit/log/processes.test.ts:1:2'] },
      },
      { process: 'main', event: 'call-failed', call: 'app.openRecent', error: { code: 'NOT_FOUND' } },
    ]);
    const shown = await host.calls['app.diagnostics']('main-1', {});
    expect(shown.text).toContain('"call":"app.openRecent"');
    expect(`${writtenIn(host.folder)}${shown.text}`).not.toMatch(/Gulnara|转移/);
  });
});

/** Runs the command line with a module loaded before it. */
async function commandWith(home: string, module: string, ...args: readonly string[]) {
  const file = join(tempFolder(), 'before.mjs');
  writeFileSync(file, module);
  const child = spawn(process.execPath, ['--import', pathToFileURL(file).href, CLI, ...args], {
    env: { ...process.env, SOURCEBOOK_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, out, err };
}

describe('the command line', () => {
  /** Does something at the next turn after the program began to watch for what nothing catches. */
  const later = (what: string): string =>
    `process.on('newListener', (name) => { if (name === 'uncaughtException') setImmediate(() => { ${what} }); });`;

  it.each([
    ['exception', `throw new Error(${JSON.stringify(SECRET)})`],
    ['rejection', `Promise.reject(new Error(${JSON.stringify(SECRET)}))`],
  ])('reports an uncaught %s in one line, ends with 1, and logs it without its words', async (event, what) => {
    const home = tempFolder();
    const { code, out, err } = await commandWith(home, later(what), 'diagnostics');
    expect(err.trimEnd().split('\n').at(-1)).toBe(
      'Something unexpected went wrong, so this command stopped. Saved work is safe; run sourcebook diagnostics to see what was recorded.',
    );
    expect(err).not.toMatch(/Gulnara|\n\s*at /);
    expect([code, out.includes('Gulnara')]).toEqual([1, false]);
    expect(entriesIn(home)).toMatchObject([{ level: 'error', process: 'cli', event, error: { name: 'Error' } }]);
    expect(writtenIn(home)).not.toMatch(/Gulnara|转移/);
  });

  it('logs a failed command by its name, without its arguments', async () => {
    const home = tempFolder();
    const failed = await commandWith(home, '', 'log', join(home, SECRET), '--json');
    expect(failed.code).toBe(1);
    expect(entriesIn(home)).toMatchObject([{ process: 'cli', event: 'command-failed', job: 'log' }]);
    const shown = await commandWith(home, '', 'diagnostics', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({
      system: { Sourcebook: expect.any(String) },
      entries: [expect.any(String)],
    });
    const inWords = await commandWith(home, '', 'diagnostics');
    expect(inWords.out).toContain('Last problems, newest at the end:\n{"time":');
    expect(`${shown.out}${inWords.out}`).not.toMatch(/Gulnara|转移/);
  });
});
