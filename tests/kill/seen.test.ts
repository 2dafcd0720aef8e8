import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { appState } from '../../shared/contract/app.ts';
import { testHost } from '../support/host.ts';
import { seeded } from '../support/seeded.ts';

const noted = z.record(z.string(), z.object({ commits: z.number(), head: z.string() }));
const commitsIn = (data: string): number =>
  Object.values(noted.parse(JSON.parse(readFileSync(join(data, 'seen.json'), 'utf8'))))[0]?.commits ?? 0;

/** A project that was closed once, and another process’s host for it. */
async function closedProject() {
  const host = testHost();
  const call = (name: string, input: unknown = {}) => host.gate.call('main-1', name, input);
  await call('app.newProject', { title: 'County', codebook: 'empty' });
  await call('app.closeProject');
  const project = join(host.folder, 'new.sourcebook');
  const olderNow = async () => {
    await host.workspace.openPath('main-1', project);
    const answer = await call('app.state');
    const { older } = appState.parse(answer.ok ? answer.value : null);
    await call('app.closeProject');
    return older;
  };
  const start = (renames: number) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'seen-child.ts'), host.folder, project, String(renames)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      // A number: it ended by itself, because something went wrong.
      expect(await ended).toBeNull();
    };
    const said = (line: number) =>
      new Promise<void>((done) => {
        let text = '';
        child.stdout.on('data', (data: Buffer) => {
          text += data.toString();
          if (text.split('\n').includes(String(line))) done();
        });
      });
    return { kill, said };
  };
  return { data: host.folder, project, olderNow, start };
}

test('an older database from within a session that was killed is noticed', async () => {
  const { data, project, olderNow, start } = await closedProject();
  const file = join(project, 'project.sqlite');
  const kept = join(data, 'kept.sqlite');
  copyFileSync(file, kept);
  const before = commitsIn(data);
  const child = start(2);
  await child.said(2);
  await expect.poll(() => commitsIn(data), { timeout: 30_000 }).toBe(before + 2);
  await child.kill();
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
  copyFileSync(kept, file);
  expect(await olderNow()).toMatchObject({ edits: 2 });
});

test('what was noted before a kill is in the project, whenever it comes', async () => {
  const { data, olderNow, start } = await closedProject();
  const random = seeded(7);
  for (let run = 0; run < 3; run += 1) {
    const child = start(100_000);
    await child.said(1);
    // Around the moment of writing, 3 s after the first commit.
    await new Promise((done) => setTimeout(done, 2800 + random.next() * 600));
    await child.kill();
    expect(commitsIn(data)).toBeGreaterThan(0);
    expect(await olderNow()).toBeNull();
  }
});
