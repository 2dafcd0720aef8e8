import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/temp.ts';

const root = resolve(import.meta.dirname, '../..');

/** As Electron ends where the system gives it no sandbox; it notes how it was called. */
const REFUSING = `#!/bin/sh
printf '%s\\n' "$@" > "$(dirname "$0")/arguments"
echo '[1:FATAL:zygote_host_impl_linux.cc] No usable sandbox! If you are running on Ubuntu 23.10+ see' >&2
kill -TRAP $$
`;

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('serves to a browser if Electron is missing, and says how to get it', async () => {
    const said = await start(tempFolder());
    expect(said).toContain('npx install-electron');
    expect(said).toContain('Open this address in a browser on this computer. It works once.');
    expect(said).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
  });

  it('serves to a browser if Electron cannot use its sandbox, and never runs without one', async () => {
    const dist = tempFolder();
    writeFileSync(join(dist, 'electron'), REFUSING);
    chmodSync(join(dist, 'electron'), 0o755);
    const said = await start(dist);
    expect(said).toContain('can’t use its sandbox');
    expect(said).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
    expect(readFileSync(join(dist, 'arguments'), 'utf8').trim().split('\n')).toEqual([root]);
  });
});

/** Runs `npm start` with Electron looked for in `dist`, until an address is printed. Resolves to all it said. */
async function start(dist: string): Promise<string> {
  const child = spawn(process.execPath, ['electron/start/run.mjs', 'start'], {
    cwd: root,
    env: {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: dist,
      SOURCEBOOK_HOME: tempFolder(),
      SOURCEBOOK_NO_DOWNLOAD: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => stop(child));
  let said = '';
  return new Promise((done, fail) => {
    const listen = (text: unknown): void => {
      said += String(text);
      if (/http:\/\/127\.0\.0\.1:\d+\//.test(said)) done(said);
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.on('exit', (code) => fail(new Error(`npm start ended with ${code}, having said: ${said}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.on('exit', done));
  child.kill('SIGTERM');
  await ended;
}
