import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test, vi } from 'vitest';
import type { ImportReport } from '../../../shared/contract/sources.ts';
import { serve } from '../../../electron/host/browser/serve.ts';
import { filesOf, projects } from '../../../electron/host/project-folders.ts';
import { testHost, type TestHost } from '../../support/host.ts';
import { startEngine } from '../../../electron/engine/client.ts';

const newProject = (host: TestHost, window = 'main-1', title = 'Liuquan') =>
  host.calls['app.newProject'](window, { title, codebook: 'empty' });

async function importFiles(host: TestHost, paths: string[]): Promise<ImportReport> {
  host.answers.sources = paths;
  const { offers } = await host.calls['app.pickSources']('main-1', { what: 'files' });
  await host.calls['app.importSources']('main-1', { offers: offers.map(({ token }) => token), record: {} });
  const { payload } = await host.event('import.done');
  return payload as ImportReport;
}

test('a new project opens where the person put it, and is remembered', async () => {
  const host = testHost(projects);
  expect(await newProject(host)).toEqual({ opened: true });
  const state = await host.calls['app.state']('main-1', {});
  expect(state.project).toMatchObject({ title: 'Liuquan', place: expect.stringMatching(/new\.sourcebook$/) });
  expect(state.recents).toMatchObject([{ title: 'Liuquan', sources: 0, missing: false }]);
  expect(host.told).toContainEqual({
    window: 'main-1',
    event: 'project.opened',
    payload: { title: 'Liuquan', showing: state.showing },
  });
});

test('each opening and closing in a window has a number of its own, which its event and the window’s state both bear', async () => {
  const host = testHost(projects);
  const showing = async (window: string) => (await host.calls['app.state'](window, {})).showing;
  const numbers = [await showing('main-1')];
  await newProject(host);
  numbers.push(await showing('main-1'));
  await host.calls['app.closeProject']('main-1', {});
  numbers.push(await showing('main-1'));
  const { recents } = await host.calls['app.state']('main-1', {});
  await host.calls['app.openRecent']('main-1', { key: recents[0]?.key ?? '' });
  numbers.push(await showing('main-1'));
  // The same project once more, as after a backup was restored.
  await host.calls['app.openRecent']('main-1', { key: recents[0]?.key ?? '' });
  numbers.push(await showing('main-1'));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  const told = host.told.filter(({ event }) => event === 'project.opened' || event === 'project.closed');
  expect(told.map(({ event, payload }) => [event, Object(payload).showing])).toEqual(
    ['project.opened', 'project.closed', 'project.opened', 'project.opened'].map((event, at) => [
      event,
      numbers[at + 1],
    ]),
  );
  expect(await showing('main-2')).toBe(0);
});

test('a cancelled dialog creates nothing', async () => {
  const host = testHost();
  host.answers.newProject = null;
  expect(await newProject(host)).toEqual({ opened: false });
  expect((await host.calls['app.state']('main-1', {})).recents).toEqual([]);
});

test('chosen files are imported: the page gets their names, the host keeps their paths', async () => {
  const host = testHost();
  await newProject(host);
  const path = join(host.folder, 'note.txt');
  writeFileSync(path, 'Quotas were met ahead of time.');
  host.answers.sources = [path];
  const { offers } = await host.calls['app.pickSources']('main-1', { what: 'files' });
  expect(offers).toEqual([{ token: expect.any(String), name: 'note.txt' }]);
  expect(JSON.stringify(offers)).not.toContain(host.folder);

  const report = await importFiles(host, [path]);
  expect(report.items).toMatchObject([{ path: 'note.txt', status: 'added', error: null }]);
});

test('an import that cannot begin is reported like one that ended', async () => {
  const host = testHost();
  await newProject(host);
  const report = await importFiles(host, [join(host.folder, 'gone.pdf')]);
  expect(report.items).toMatchObject([{ status: 'failed', error: { message: expect.any(String) } }]);
  expect(report.cancelled).toBe(false);
});

test('a project is closed with the last window showing it, and another program can then open it', async () => {
  const host = testHost();
  await newProject(host);
  host.answers.project = host.answers.newProject;
  await host.calls['app.openProject']('main-2', {});
  const folder = host.answers.newProject ?? '';
  const actor = { person: host.home.person(), installation: host.home.installation() };

  await host.workspace.closeWindow('main-1');
  await expect(startEngine({ folder, ...actor })).rejects.toMatchObject({ data: { code: 'PROJECT_LOCKED' } });
  await host.workspace.closeWindow('main-2');
  const elsewhere = await startEngine({ folder, ...actor });
  await elsewhere.close();
});

test('a project open elsewhere opens read-only, says who has it, and can be edited once it is closed there', async () => {
  const other = testHost();
  other.home.changeSettings({ personName: 'J. Moreau' });
  await newProject(other, 'main-1', 'Other');
  const host = testHost();
  host.answers.project = other.answers.newProject;
  await host.calls['app.openProject']('main-1', {});
  const info = async () => host.gate.call('main-1', 'project.info', {});
  expect(await info()).toMatchObject({
    value: { title: 'Other', readOnly: true, holder: { name: 'J. Moreau', since: expect.any(Number) } },
  });
  expect(await host.gate.call('main-1', 'project.rename', { title: 'Mine' })).toMatchObject({
    error: { code: 'PROJECT_LOCKED', message: expect.stringMatching(/^J. Moreau has this project open/) },
  });
  // The person who has it open keeps working, and their edits are seen when it is opened again.
  await other.gate.call('main-1', 'project.rename', { title: 'Theirs still' });
  await host.calls['app.reopenProject']('main-1', {});
  expect(await info()).toMatchObject({ value: { title: 'Theirs still', readOnly: true } });

  await other.calls['app.closeProject']('main-1', {});
  await host.calls['app.reopenProject']('main-1', {});
  await host.gate.call('main-1', 'project.rename', { title: 'Mine' });
  expect(await info()).toMatchObject({ value: { title: 'Mine', readOnly: false, holder: null } });
});

test('conflict copies beside the database are listed, and nothing else is taken for one', async () => {
  const host = testHost();
  await newProject(host);
  const folder = host.answers.newProject ?? '';
  const copies = [
    'project.sync-conflict-20260114-093012-ABCDEFG.sqlite',
    "project (Lin's conflicted copy 2026-01-14).sqlite",
    'project-DESKTOP-7QK.sqlite',
    'project 2.sqlite',
    'project (1).sqlite',
  ];
  for (const name of [...copies, 'projects.sqlite', 'project.sqlite-journal', 'notes.sqlite'])
    writeFileSync(join(folder, name), 'x');
  symlinkSync(join(folder, 'notes.sqlite'), join(folder, 'project 3.sqlite'));
  const listed = await host.calls['app.conflictCopies']('main-1', {});
  expect(listed.copies.map(({ name }) => name).sort()).toEqual([...copies].sort());
  expect(JSON.stringify(listed)).not.toContain(folder);
});

test('edits in one window are reported to every window of the project', async () => {
  const host = testHost();
  await newProject(host);
  host.answers.project = host.answers.newProject;
  await host.calls['app.openProject']('main-2', {});
  await host.gate.call('main-1', 'project.rename', { title: 'Liuquan 2023' });
  const told = host.told.filter(({ event }) => event === 'project.changed').map(({ window }) => window);
  expect(told.toSorted()).toEqual(['main-1', 'main-2']);
});

test('a new name is used from now on: the project is reopened with it', async () => {
  const host = testHost();
  await newProject(host);
  await host.calls['app.settings']('main-1', { personName: 'A. Lindqvist' });
  await host.gate.call('main-1', 'project.rename', { title: 'Renamed' });
  expect(await host.gate.call('main-1', 'history.list', { limit: 1 })).toMatchObject({
    value: { commits: [{ person: 'A. Lindqvist' }] },
  });
});

test('recent projects can be opened and forgotten, and their folders stay', async () => {
  const host = testHost();
  await newProject(host);
  await host.calls['app.closeProject']('main-1', {});
  const { recents, project } = await host.calls['app.state']('main-1', {});
  expect(project).toBeNull();
  const key = recents[0]?.key ?? '';
  expect(await host.calls['app.openRecent']('main-1', { key })).toEqual({ opened: true });
  await host.calls['app.forgetRecent']('main-1', { key });
  await expect(host.calls['app.openRecent']('main-1', { key })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
  expect(existsSync(host.answers.newProject ?? '')).toBe(true);
});

test('clearing the list of recent projects empties it at once, and every folder stays', async () => {
  const host = testHost();
  await newProject(host);
  await host.calls['app.closeProject']('main-1', {});
  const listed = async () => (await host.calls['app.state']('main-1', {})).recents.length;
  expect(await listed()).toBe(1);
  await host.calls['app.clearRecents']('main-1', {});
  expect(await listed()).toBe(0);
  expect(existsSync(host.answers.newProject ?? '')).toBe(true);
});

test('an export is saved where the person chooses, with the right suffix', async () => {
  const host = testHost();
  await newProject(host);
  const done = await host.calls['app.exportProject']('main-1', {
    only: { sources: [], categories: [], people: [], states: [] },
    protection: { recipients: [], sign: false },
    pseudonyms: false,
    unmasked: false,
  });
  expect(done).toMatchObject({ done: true, name: 'out.sbk', download: null });
  expect(readFileSync(host.answers.exportTo ?? '')).toHaveLength(done.bytes);
});

test('a restored backup replaces the project, and the windows continue with it', async () => {
  const host = testHost();
  await newProject(host);
  const open = await host.workspace.project('main-1');
  const backups = await open?.engine.call('project.backups', {});
  await host.gate.call('main-1', 'project.rename', { title: 'Later' });
  const name = backups?.backups[0]?.name ?? '';
  expect(await host.calls['app.restoreBackup']('main-1', { name })).toEqual({ opened: true });
  expect((await host.calls['app.state']('main-1', {})).project?.title).toBe('Liuquan');
});

test('only a project file is imported as one', async () => {
  const host = testHost();
  const { token } = host.workspace.offeredFiles.add('main-1', '/tmp/picture.png');
  await expect(host.calls['app.importProjectFile']('main-1', { offer: token })).rejects.toMatchObject({
    data: { code: 'BAD_INPUT' },
  });
});

describe('a project too damaged to be opened', () => {
  /** A closed project with a backup, whose database has lost its end, or is gone. */
  async function damagedProject(host: TestHost, how: 'cut' | 'gone'): Promise<string> {
    await newProject(host);
    await host.calls['app.closeProject']('main-1', {});
    const file = join(host.answers.newProject ?? '', 'project.sqlite');
    if (how === 'cut') truncateSync(file, statSync(file).size - 8192);
    else rmSync(file);
    return (await host.calls['app.state']('main-1', {})).recents[0]?.key ?? '';
  }

  test.each(['cut', 'gone'] as const)('is restored from the start screen: its database is %s', async (how) => {
    const host = testHost();
    const key = await damagedProject(host, how);
    host.told.length = 0;
    const code = how === 'cut' ? 'DAMAGED' : 'NOT_A_PROJECT';
    await expect(host.calls['app.openRecent']('main-1', { key })).rejects.toMatchObject({ data: { code } });
    expect(host.told).toContainEqual({ window: 'main-1', event: 'project.closed', payload: {} });
    const { damaged } = await host.calls['app.state']('main-1', {});
    expect(damaged).toMatchObject({ key, place: expect.stringMatching(/new\.sourcebook$/) });

    const { backups } = await host.calls['app.backupsOf']('main-1', { key });
    const name = backups[0]?.name ?? '';
    expect(await host.calls['app.restoreBackup']('main-1', { key, name })).toEqual({ opened: true });
    const after = await host.calls['app.state']('main-1', {});
    expect([after.project?.title, after.damaged]).toEqual(['Liuquan', null]);
  });

  test('with a trigger of its own, is rebuilt from its history on the start screen', async () => {
    const host = testHost();
    await newProject(host);
    await host.calls['app.closeProject']('main-1', {});
    const folder = host.answers.newProject ?? '';
    const database = new Database(join(folder, 'project.sqlite'));
    database.exec('CREATE TRIGGER quiet BEFORE INSERT ON change_ BEGIN SELECT RAISE(IGNORE); END');
    database.close();
    await host.workspace.openNamed('main-1', folder);
    const { damaged } = await host.calls['app.state']('main-1', {});
    expect(damaged).toMatchObject({ rebuildable: true, message: expect.stringMatching(/trigger “quiet”/) });
    const key = damaged?.key ?? '';
    await expect(host.calls['app.rebuildProject']('main-2', { key })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
    expect(await host.calls['app.rebuildProject']('main-1', { key })).toEqual({ opened: true });
    const after = await host.calls['app.state']('main-1', {});
    expect([after.project?.title, after.damaged, after.older]).toEqual(['Liuquan', null, null]);
    expect(readdirSync(join(folder, 'backups')).some((name) => name.startsWith('damaged-'))).toBe(true);
  });

  test('is offered to the window that tried to open it, though it is not in the list', async () => {
    const host = testHost();
    const key = await damagedProject(host, 'cut');
    await host.calls['app.forgetRecent']('main-1', { key });
    host.answers.project = host.answers.newProject;
    await expect(host.calls['app.openProject']('main-1', {})).rejects.toMatchObject({ data: { code: 'DAMAGED' } });
    expect((await host.calls['app.backupsOf']('main-1', { key })).backups).not.toEqual([]);
    await expect(host.calls['app.backupsOf']('main-2', { key })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
  });

  test('given to the browser host at its start, is shown on the start screen', async () => {
    const host = testHost();
    await damagedProject(host, 'cut');
    const renderer = host.folder;
    const project = host.answers.newProject ?? '';
    const served = await serve({ home: host.home, projects, filesOf, renderer, project });
    expect(served.address).toMatch(/^http:/);
    await served.close();
    await expect(serve({ home: host.home, projects, filesOf, renderer, project: renderer })).rejects.toMatchObject({
      data: { code: 'NOT_A_PROJECT' },
    });
  });
});

test('during an import, its project is not closed, restored or replaced', async () => {
  const host = testHost();
  await newProject(host);
  const path = join(host.folder, 'note.txt');
  writeFileSync(path, 'Quotas were met ahead of time.');
  const { token } = host.workspace.offeredFiles.add('main-1', path);
  const done = host.event('import.done');
  await host.calls['app.importSources']('main-1', { offers: [token], record: {} });
  const refused = { data: { code: 'NOT_ALLOWED', message: expect.stringContaining('An import is running') } };
  await expect(host.calls['app.closeProject']('main-1', {})).rejects.toMatchObject(refused);
  await expect(host.calls['app.restoreBackup']('main-1', { name: 'any' })).rejects.toMatchObject(refused);
  await expect(newProject(host)).rejects.toMatchObject(refused);
  await expect(host.calls['app.openSample']('main-1', {})).rejects.toMatchObject(refused);
  host.answers.project = join(host.folder, 'other.sbk');
  await expect(host.calls['app.openProject']('main-1', {})).rejects.toMatchObject(refused);
  await done;
  await vi.waitFor(() => host.calls['app.closeProject']('main-1', {}), { timeout: 15_000 });
});
