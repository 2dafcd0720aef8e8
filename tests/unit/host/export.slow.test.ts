import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract } from '../../../shared/contract/index.ts';
import { codeOf, faultOf } from '../../support/project.ts';
import { testHost, type TestHost } from '../../support/host.ts';
import { lessScryptWork } from '../../support/scrypt.ts';

lessScryptWork();

const options = (given: object) => contract['app.exportProject'].input.parse(given);

async function hostWithProject(): Promise<TestHost> {
  const host = testHost();
  await host.calls['app.newProject']('main-1', { title: 'Liuquan', codebook: 'empty' });
  return host;
}

test('a project file encrypted with a passphrase stays available until it is imported with it', async () => {
  const host = await hostWithProject();
  host.answers.exportTo = join(host.folder, 'out.sbk.age');
  const encrypted = options({ protection: { passphrase: 'a phrase of words' } });
  expect(await host.calls['app.exportProject']('main-1', encrypted)).toMatchObject({ name: 'out.sbk.age' });
  host.answers.newProject = join(host.folder, 'theirs.sourcebook');
  const { token: offer } = host.workspace.offeredFiles.add('main-1', host.answers.exportTo);
  const open = (passphrase?: string) =>
    host.calls['app.importProjectFile']('main-1', passphrase === undefined ? { offer } : { offer, passphrase });
  expect(await codeOf(open())).toBe('PASSWORD_NEEDED');
  expect(await codeOf(open('another'))).toBe('PASSWORD_WRONG');
  expect(existsSync(host.answers.newProject)).toBe(false);
  expect(await open('a phrase of words')).toEqual({ opened: true });
  expect(await codeOf(open('a phrase of words'))).toBe('NOT_FOUND');
});

test('an encrypted file chosen in the dialog is opened with its passphrase without being chosen again', async () => {
  const host = await hostWithProject();
  const path = join(host.folder, 'out.sbk.age');
  host.answers.exportTo = path;
  await host.calls['app.exportProject']('main-1', options({ protection: { passphrase: 'a phrase of words' } }));
  host.answers.project = path;
  host.answers.newProject = join(host.folder, 'theirs.sourcebook');
  const { code, context } = await faultOf(host.calls['app.openProject']('main-1', {}));
  expect({ code, name: context?.['name'] }).toEqual({ code: 'PASSWORD_NEEDED', name: 'out.sbk.age' });
  expect(JSON.stringify(context)).not.toContain(host.folder);
  const offer = String(context?.['offer']);
  expect(await host.calls['app.importProjectFile']('main-1', { offer, passphrase: 'a phrase of words' })).toEqual({
    opened: true,
  });
});

describe('an encrypted file that is opened by a double click or from the command line', () => {
  const named = async (protection: object) => {
    const host = await hostWithProject();
    const path = join(host.folder, 'out.sbk.age');
    host.answers.exportTo = path;
    await host.calls['app.exportProject']('main-1', options({ protection }));
    host.answers.newProject = join(host.folder, 'theirs.sourcebook');
    const told = () => host.told.filter(({ event, window }) => event === 'app.fileWaits' && window === 'main-2');
    return { host, path, told };
  };
  const waiting = async (host: TestHost) => (await host.calls['app.waitingFile']('main-2', {})).offer;

  test('waits in its window for its passphrase; only then is a place asked for', async () => {
    const { host, path, told } = await named({ passphrase: 'a phrase of words' });
    const places: string[] = [];
    host.shell.placeForProject = async (_window, name) => {
      places.push(name);
      return host.answers.newProject;
    };
    await host.workspace.openNamed('main-2', path);
    expect(told()).toHaveLength(1);
    const offer = await waiting(host);
    expect(offer?.name).toBe('out.sbk.age');
    const open = (passphrase: string) =>
      host.calls['app.importProjectFile']('main-2', { offer: offer?.token ?? '', passphrase });
    expect(await codeOf(open('another'))).toBe('PASSWORD_WRONG');
    expect(places).toEqual([]);
    // After a reload the page asks again.
    expect(await waiting(host)).toEqual(offer);
    expect(await open('a phrase of words')).toEqual({ opened: true });
    expect(await waiting(host)).toBeNull();
    expect((await host.calls['app.state']('main-2', {})).project?.title).toBe('Liuquan');
  });

  test('is forgotten if nobody opens it, and only its window can open it', async () => {
    const { host, path } = await named({ passphrase: 'a phrase of words' });
    const before = readdirSync(host.folder);
    await host.workspace.openNamed('main-2', path);
    const offer = (await waiting(host))?.token ?? '';
    await host.calls['app.leaveFile']('main-1', { offer });
    expect((await waiting(host))?.token).toBe(offer);
    await host.calls['app.leaveFile']('main-2', { offer });
    expect(await waiting(host)).toBeNull();
    const late = codeOf(host.calls['app.importProjectFile']('main-2', { offer, passphrase: 'a phrase of words' }));
    expect(await late).toBe('NOT_FOUND');
    expect(readdirSync(host.folder)).toEqual(before);
  });

  test('opens directly if encrypted for one of this installation’s people, and is explained if for others', async () => {
    const mine = await named({ passphrase: 'a phrase of words' });
    const recipients = [await mine.host.home.ageRecipient('Nour')];
    await mine.host.calls['app.exportProject']('main-1', options({ protection: { recipients } }));
    await mine.host.workspace.openNamed('main-2', mine.path);
    expect((await mine.host.calls['app.state']('main-2', {})).project?.title).toBe('Liuquan');
    const others = await named({ recipients });
    const fault = await faultOf(others.host.workspace.openNamed('main-2', others.path));
    expect(fault).toMatchObject({ code: 'PASSWORD_WRONG', context: { opens: 'identity' } });
    expect(await waiting(others.host)).toBeNull();
  });
});

test('a file encrypted for one of this installation’s people is imported directly', async () => {
  const host = await hostWithProject();
  host.home.addPerson('Ben', []);
  host.answers.exportTo = join(host.folder, 'out.sbk.age');
  const encrypted = options({ protection: { recipients: [await host.home.ageRecipient('Ben')], sign: true } });
  const done = await host.calls['app.exportProject']('main-1', encrypted);
  expect(done.signature).toEqual({ name: 'out.sbk.age.minisig', download: null });
  host.answers.newProject = join(host.folder, 'theirs.sourcebook');
  const { token: offer } = host.workspace.offeredFiles.add('main-1', host.answers.exportTo);
  expect(await host.calls['app.importProjectFile']('main-1', { offer })).toEqual({ opened: true });
});

test('an exported file can be shown in the file manager', async () => {
  const host = await hostWithProject();
  await host.calls['app.exportProject']('main-1', options({}));
  expect(await host.calls['app.showExported']('main-1', {})).toEqual({});
  expect(host.answers.shown).toEqual(['main-1']);
});

test('a stopped export leaves nothing', async () => {
  const host = await hostWithProject();
  host.answers.exportTo = join(host.folder, 'out.sbk.age');
  const encrypted = options({ protection: { passphrase: 'a phrase of words', sign: true } });
  const ended = codeOf(host.calls['app.exportProject']('main-1', encrypted));
  await host.event('export.progress');
  await host.calls['app.cancelExport']('main-1', {});
  expect(await ended).toBe('CANCELLED');
  expect(readdirSync(dirname(host.answers.exportTo)).filter((name) => name.includes('out.sbk'))).toEqual([]);
});

test('stopping an act on many passages stops no export', async () => {
  const host = await hostWithProject();
  host.answers.exportTo = join(host.folder, 'out.sbk');
  const ended = host.calls['app.exportProject']('main-1', options({}));
  await host.event('export.progress');
  await host.calls['app.stopChange']('main-1', { what: 'evidence.change' });
  expect(await ended).toMatchObject({ done: true });
});

test('a report is saved where the person chooses, unless nothing matches', async () => {
  const host = await hostWithProject();
  host.answers.exportTo = join(host.folder, 'out.csv');
  const only = { sources: [], categories: [], people: [], states: [] };
  expect(await codeOf(host.calls['app.writeReport']('main-1', { format: 'csv', only }))).toBe('NOT_FOUND');
  expect(existsSync(host.answers.exportTo)).toBe(false);
  host.answers.exportTo = null;
  const closed = await host.calls['app.writeReport']('main-1', { format: 'csv', only });
  expect(closed).toEqual({ done: false, name: null, bytes: 0, download: null });
});

test('a pseudonymous file is not named after the project', async () => {
  const host = await hostWithProject();
  const asked: string[] = [];
  host.shell.placeForExport = async (_window, name) => {
    asked.push(name);
    return { path: join(host.folder, name), download: null };
  };
  await host.calls['app.exportProject']('main-1', options({ pseudonyms: true }));
  expect(asked).toEqual(['project.sbk']);
  expect(readFileSync(join(host.folder, 'project.sbk')).includes('Liuquan')).toBe(false);
});
