import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startEngine } from '../../../electron/engine/client.ts';
import { newPrivateKey, personOf } from '../../../electron/project/people/people.ts';
import { runTask, type Task } from '../../../electron/engine/tasks.ts';
import { tempFolder } from '../../support/temp.ts';

const person = personOf('Lin', newPrivateKey());
const newIn = (folder: string): Task => ({
  kind: 'newProject',
  options: { folder, person, installation: '', title: 'County', codebook: 'empty' },
});

test('a project is created, restored, and imported from a project file without blocking this thread', async () => {
  const root = tempFolder();
  const folder = join(root, 'county.sourcebook');
  let ticks = 0;
  const clock = setInterval(() => (ticks += 1), 5);
  await runTask(newIn(folder));

  const engine = await startEngine({ folder, person });
  const { backups } = await engine.call('project.backups', {});
  await engine.call('project.rename', { title: 'Later' });
  const file = join(root, 'county.sbk');
  await engine.call('projectFile.export', { path: file, replace: false });
  await engine.close();

  ticks = 0;
  await runTask({ kind: 'importProjectFile', options: { folder: join(root, 'copy.sourcebook'), person, file } });
  await runTask({ kind: 'restoreBackup', options: { folder, name: backups[0]?.name ?? '' } });
  clearInterval(clock);
  expect(ticks).toBeGreaterThan(5);
  for (const [name, title] of [
    ['county', 'County'],
    ['copy', 'Later'],
  ]) {
    const opened = await startEngine({ folder: join(root, `${name}.sourcebook`), person });
    expect((await opened.call('project.info', {})).title).toBe(title);
    await opened.close();
  }
});

test('an error of the work is passed on, with its code', async () => {
  const folder = tempFolder();
  await expect(runTask({ kind: 'restoreBackup', options: { folder, name: 'none' } })).rejects.toMatchObject({
    data: { code: 'NOT_FOUND', context: { name: 'none' } },
  });
});

test.each([
  ['throws', 'throw new Error("out of memory");', 'out of memory'],
  ['ends without a word', 'process.exit(0);', 'exit 0'],
])('a worker that %s is an error', async (_how, does, detail) => {
  const folder = tempFolder();
  const worker = join(folder, 'worker.mjs');
  writeFileSync(worker, does);
  await expect(runTask(newIn(join(folder, 'p')), pathToFileURL(worker))).rejects.toMatchObject({
    data: { code: 'INTERNAL', context: { detail } },
  });
  expect(existsSync(join(folder, 'p'))).toBe(false);
});
