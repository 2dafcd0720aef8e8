import { copyFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appState } from '../../../shared/contract/app.ts';
import { testHost, type TestHost } from '../../support/host.ts';
import { openFor, somebody } from '../../support/project.ts';

const call = (host: TestHost, name: string, input: unknown = {}) => host.gate.call('main-1', name, input);
async function stateOf(host: TestHost) {
  const answer = await call(host, 'app.state');
  return appState.parse(answer.ok ? answer.value : null);
}
const open = (host: TestHost) => host.workspace.openPath('main-1', join(host.folder, 'new.sourcebook'));

/** A closed project with two edits after a copy of its database was taken. */
async function rolledBack(): Promise<{ host: TestHost; putBack: () => void }> {
  const host = testHost();
  await call(host, 'app.newProject', { title: 'County', codebook: 'empty' });
  await call(host, 'app.closeProject');
  const file = join(host.folder, 'new.sourcebook', 'project.sqlite');
  const kept = join(host.folder, 'kept.sqlite');
  copyFileSync(file, kept);
  await open(host);
  await call(host, 'project.rename', { title: 'County, first' });
  await call(host, 'project.rename', { title: 'County, second' });
  await call(host, 'app.closeProject');
  const putBack = (): void => {
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    copyFileSync(kept, file);
  };
  return { host, putBack };
}

test('an older database that was copied over the present one is noticed at opening, until it is accepted', async () => {
  const { host, putBack } = await rolledBack();
  await open(host);
  expect((await stateOf(host)).older).toBeNull();
  const engine = (await host.workspace.project('main-1'))?.engine;
  expect(await engine?.call('project.logHas', { commit: null })).toMatchObject({
    has: false,
    commits: 3,
    replacedAt: null,
  });
  await call(host, 'app.closeProject');
  putBack();
  for (let time = 0; time < 2; time += 1) {
    await open(host);
    expect((await stateOf(host)).older).toMatchObject({ edits: 2 });
    // Work in it doesn't hide that something is missing.
    await call(host, 'project.rename', { title: `Again ${time}` });
    await call(host, 'app.closeProject');
    if (time === 0) putBack();
  }
  await open(host);
  expect((await stateOf(host)).older).not.toBeNull();
  expect(await call(host, 'app.acceptOlder')).toMatchObject({ ok: true });
  expect((await stateOf(host)).older).toBeNull();
  await call(host, 'app.closeProject');
  await open(host);
  expect((await stateOf(host)).older).toBeNull();
}, 180_000);

test('an older database is noticed, too, where whoever put it there wrote in it that a person did', async () => {
  const { host, putBack } = await rolledBack();
  putBack();
  const database = new Database(join(host.folder, 'new.sourcebook', 'project.sqlite'));
  database
    .prepare("INSERT OR REPLACE INTO local_view(key, value) VALUES('database replaced', ?)")
    .run(JSON.stringify(Date.now() + 1000));
  database.close();
  await open(host);
  expect((await stateOf(host)).older).toMatchObject({ edits: 2 });
}, 180_000);

test('edits made in one process after another had opened the project to read are no alarm there', async () => {
  const host = testHost();
  await call(host, 'app.newProject', { title: 'County', codebook: 'empty' });
  const open = await host.workspace.project('main-1');
  if (open === null) throw new Error('It did not open');
  const reader = await openFor(open.folder, somebody('Ben'), { whenLocked: 'read' });
  await call(host, 'project.rename', { title: 'County, later' });
  await host.home.seen.notePending(open.engine);
  expect(await reader.call('project.logHas', { commit: null })).toMatchObject({ commits: 1 });
  const text = readFileSync(join(host.folder, 'seen.json'), 'utf8');
  expect(await host.home.seen.check(open.folder, reader)).toBeNull();
  expect(readFileSync(join(host.folder, 'seen.json'), 'utf8')).toBe(text);
}, 180_000);

test('a restored backup and a rebuilt database are no alarm', async () => {
  const { host } = await rolledBack();
  await open(host);
  await call(host, 'project.backUp');
  await call(host, 'project.rename', { title: 'Later' });
  await call(host, 'app.closeProject');
  await open(host);
  const { backups } = await host.workspace
    .project('main-1')
    .then((one) => one?.engine.call('project.backups', {}) ?? { backups: [] });
  await call(host, 'app.restoreBackup', { name: backups[0]?.name });
  expect((await stateOf(host)).older).toBeNull();
  await call(host, 'app.closeProject');
  await open(host);
  expect(await stateOf(host)).toMatchObject({ older: null, project: { title: 'County, second' } });
}, 180_000);

test('an older copy in a folder that was not seen before is named once', async () => {
  const { host, putBack } = await rolledBack();
  const copy = join(host.folder, 'copy.sourcebook');
  putBack();
  cpSync(join(host.folder, 'new.sourcebook'), copy, { recursive: true });
  await host.workspace.openPath('main-1', copy);
  expect((await stateOf(host)).older).toMatchObject({ edits: 2, elsewhere: true });
  const engine = (await host.workspace.project('main-1'))?.engine;
  const { chains } = (await engine?.call('project.chains', { tips: [] })) ?? { chains: [] };
  expect(chains).toMatchObject([{ edits: 1, first: chains[0]?.tip }]);
  await call(host, 'app.closeProject');
  await host.workspace.openPath('main-1', copy);
  expect((await stateOf(host)).older).toBeNull();
  // Verifying says it for as long as it is so.
  const lacking = { edits: 2, isOlder: true, by: [{ edits: 2 }] };
  expect(await call(host, 'app.lacking')).toMatchObject({ ok: true, value: { lacking } });
  await call(host, 'app.acceptOlder');
  expect(await call(host, 'app.lacking')).toMatchObject({ ok: true, value: { lacking: null } });
}, 180_000);

test('what is kept names no project and no folder', async () => {
  const { host } = await rolledBack();
  const text = readFileSync(join(host.folder, 'seen.json'), 'utf8');
  expect(text).not.toMatch(/County|sourcebook/);
  expect(text).not.toContain((await stateOf(host)).recents[0]?.key);
  // Another project in the same place is another project.
  const folder = join(host.folder, 'new.sourcebook');
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await call(host, 'app.newProject', { title: 'Other', codebook: 'empty' });
  expect(await stateOf(host)).toMatchObject({ older: null, project: { title: 'Other' } });
}, 180_000);

test('an older database that replaced the one that is open is noticed when the project is reopened', async () => {
  const { host } = await rolledBack();
  await open(host);
  expect((await stateOf(host)).older).toBeNull();
  renameSync(join(host.folder, 'kept.sqlite'), join(host.folder, 'new.sourcebook', 'project.sqlite'));
  expect(await call(host, 'project.rename', { title: 'Refused' })).toMatchObject({
    error: { code: 'PROJECT_READ_ONLY' },
  });
  expect(await call(host, 'app.reopenProject')).toMatchObject({ ok: true });
  expect((await stateOf(host)).older).toMatchObject({ edits: 2 });
  expect(host.told).toContainEqual(expect.objectContaining({ event: 'project.altered' }));
});
