import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { takeLock } from '../../../electron/db/file/lock.ts';
import { appState } from '../../../shared/contract/app.ts';
import { createLock } from '../../../electron/host/lock.ts';
import { createBytes } from '../../../electron/host/bytes.ts';
import { filesOf } from '../../../electron/host/project-folders.ts';
import { openSavedWindowsFile } from '../../../electron/host/saved-windows-file.ts';
import { testHost, type TestHost } from '../../support/host.ts';
import { lessScryptWork } from '../../support/scrypt.ts';

lessScryptWork();

const PASSPHRASE = 'seven random words';

describe('locked windows', () => {
  let host: TestHost;
  let folder: string;
  const call = (name: string, input: unknown = {}) => host.gate.call('main-1', name, input);

  test('are offered only with a passphrase', async () => {
    host = testHost();
    folder = join(host.folder, 'new.sourcebook');
    expect(await call('app.newProject', { title: 'County', codebook: 'empty' })).toMatchObject({ ok: true });
    expect(await call('app.lock')).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
    expect(await call('app.state')).toMatchObject({ value: { key: { protection: 'plain' }, locked: false } });

    expect(await call('app.setKeyPassphrase', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    expect(await call('app.state')).toMatchObject({ value: { key: { protection: 'passphrase' }, locked: false } });
    await call('view.set', { key: 'place', value: 'read' });

    expect(await call('app.lock')).toMatchObject({ ok: true });
    expect(host.told.map(({ event }) => event)).toContain('app.locked');
    expect(await call('app.state')).toMatchObject({ value: { project: null, recents: [], locked: true } });
    for (const name of [
      'project.info',
      'sources.list',
      'app.people',
      'app.openSample',
      'app.settings',
      'app.diagnostics',
    ])
      expect(await call(name), name).toMatchObject({ ok: false, error: { code: 'KEY_LOCKED' } });
    const bytes = createBytes({ workspace: host.workspace, filesOf, renderer: host.folder });
    const id = '0'.repeat(8);
    expect((await bytes('main-1', { method: 'GET', range: null, path: `original/${id}` })).status).toBe(404);

    // The key is no longer in this process's hands, and the project is closed: another program can open it for writing.
    expect(host.home.actor().privateKey).toBeNull();
    await vi.waitFor(() => takeLock(folder).release());
    // What it showed is still what is saved of it for the next start.
    expect(host.workspace.shownIn('main-1')).toMatchObject({ folder, views: { place: 'read' } });

    expect(await call('app.unlock', { passphrase: 'seven wrong words' })).toMatchObject({
      ok: false,
      error: { code: 'PASSWORD_WRONG' },
    });
    expect(await call('app.state')).toMatchObject({ value: { locked: true } });
    expect(await call('app.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    expect(host.told.map(({ event }) => event)).toContain('app.unlocked');
    expect(await call('app.state')).toMatchObject({ value: { project: { title: 'County' }, locked: false } });
    expect(await call('view.get', { key: 'place' })).toMatchObject({ value: { value: 'read' } });
    expect(await call('project.rename', { title: 'Signed again' })).toMatchObject({ ok: true });
    expect(await call('app.active')).toMatchObject({ ok: true });

    expect(await call('app.removeKeyPassphrase', { current: 'seven wrong words' })).toMatchObject({ ok: false });
    expect(await call('app.removeKeyPassphrase', { current: PASSPHRASE })).toMatchObject({ ok: true });
    expect(await call('app.state')).toMatchObject({ value: { key: { protection: 'plain' } } });
  }, 240_000);
});

describe('a program that starts with a locked key', () => {
  test('shows nothing before the passphrase, then what it was asked to show', async () => {
    const host = testHost();
    await host.gate.call('main-1', 'app.newProject', { title: 'County', codebook: 'empty' });
    await host.home.setPassphrase(host.home.settings().personName, PASSPHRASE);
    await host.workspace.closeAll();
    host.home.lockKeys();
    const again = testHost(undefined, host.folder);
    await again.workspace.openNamed('main-1', join(host.folder, 'new.sourcebook'));
    expect(await again.gate.call('main-1', 'app.state', {})).toMatchObject({ value: { project: null, locked: true } });
    expect(await again.gate.call('main-1', 'project.info', {})).toMatchObject({ ok: false });
    await again.gate.call('main-1', 'app.unlock', { passphrase: PASSPHRASE });
    expect(await again.gate.call('main-1', 'project.info', {})).toMatchObject({ value: { title: 'County' } });
  }, 240_000);
});

describe('idleness', () => {
  beforeAll(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  /** A lock over nothing but a clock; its key has a passphrase, or not. */
  function idle(protection: 'passphrase' | 'system', lockAfter: number | null) {
    const told: string[] = [];
    let time = 0;
    const forgotten: number[] = [];
    const lock = createLock({
      home: {
        actor: () => ({ id: 'p' as never, name: 'Ann', privateKey: 'open' }),
        settings: () => ({ personName: 'Ann', lockAfter }) as never,
        ownPerson: () => ({ protection }) as never,
        unlockKey: async () => undefined,
        lockKeys: () => void forgotten.push(time),
      },
      shell: { tell: (_window, event) => void told.push(event) },
      views: {
        shownIn: () => ({ folder: null, views: {} }),
        closeWindow: async () => undefined,
        showAgain: async () => undefined,
      },
      windows: () => [],
      idleIn: async () => undefined,
      now: () => time,
    });
    lock.noted('main-1');
    const pass = async (minutes: number): Promise<void> => {
      time += minutes * 60_000;
      await vi.advanceTimersByTimeAsync(8_000);
    };
    return { lock, told, pass, forgotten };
  }

  test('locks after the minutes that were chosen, says so a moment before, and drops the key', async () => {
    const { lock, told, pass, forgotten } = idle('passphrase', 5);
    await pass(4);
    lock.active();
    await pass(4);
    expect(lock.isLocked()).toBe(false);
    await pass(2);
    expect(lock.isLocked()).toBe(true);
    expect(told).toEqual(['app.lockDue', 'app.locked']);
    expect(forgotten).toHaveLength(1);
  });

  test('locks nothing once the program has ended', async () => {
    const { lock, told, pass } = idle('passphrase', 5);
    lock.end();
    await pass(120);
    expect(told).toEqual([]);
  });

  test.each([
    ['passphrase', null, true],
    ['passphrase', 0, false],
    ['system', 5, false],
  ] as const)('with a key protected by %s and %s minutes chosen: %s', async (protection, minutes, locks) => {
    const { lock, pass } = idle(protection, minutes);
    await pass(14);
    expect(lock.isLocked()).toBe(false);
    await pass(120);
    expect(lock.isLocked()).toBe(locks);
  });
});

test('close and encrypt leaves one file, which the recent projects list and which opens with its passphrase', async () => {
  const host = testHost();
  const call = (name: string, input: unknown = {}) => host.gate.call('main-1', name, input);
  await call('app.newProject', { title: 'County', codebook: 'empty' });
  await host.workspace.showSame('main-2', 'main-1');
  expect(await call('app.closeEncrypted', { passphrase: 'short' })).toMatchObject({
    ok: false,
    error: { code: 'BAD_INPUT' },
  });
  expect(await call('project.info')).toMatchObject({ value: { title: 'County' } });

  const stopped = call('app.closeEncrypted', { passphrase: PASSPHRASE });
  await host.event('closing.progress');
  expect(await call('app.cancelCloseEncrypted')).toMatchObject({ ok: true });
  expect(await stopped).toMatchObject({ error: { code: 'CANCELLED' } });
  expect(await call('project.info')).toMatchObject({ value: { title: 'County' } });
  expect(existsSync(join(host.folder, 'new.sourcebook.age'))).toBe(false);

  // As the desktop program left its windows before.
  const savedWindows = openSavedWindowsFile(host.home.folder);
  const window = { bounds: { x: 0, y: 0, width: 800, height: 600 }, maximised: false };
  const folder = join(host.folder, 'new.sourcebook');
  savedWindows.save([{ ...window, folder, views: { search: 'an informant' } }]);
  expect(await call('app.closeEncrypted', { passphrase: PASSPHRASE })).toMatchObject({
    value: { place: expect.stringMatching(/new\.sourcebook\.age$/) },
  });
  expect(existsSync(folder)).toBe(false);
  expect(savedWindows.windowsToOpen()).toEqual([{ ...window, folder: null, views: {} }]);
  expect(host.told.filter(({ event }) => event === 'project.closed').map(({ window }) => window)).toEqual(
    expect.arrayContaining(['main-1', 'main-2']),
  );
  const state = await call('app.state');
  expect(state).toMatchObject({
    value: { project: null, recents: [{ encrypted: true, missing: false, title: 'new' }] },
  });
  expect(readFileSync(join(host.home.folder, 'recents.json'), 'utf8')).not.toContain('County');
  const [recent] = appState.parse(state.ok ? state.value : null).recents;
  const key = recent?.key ?? '';

  const asked = await call('app.openRecent', { key });
  expect(asked).toMatchObject({ ok: false, error: { code: 'PASSWORD_NEEDED', context: { opens: 'passphrase' } } });
  const offer = asked.ok ? undefined : asked.error.context?.['offer'];
  expect(await call('app.importProjectFile', { offer, passphrase: 'seven wrong words' })).toMatchObject({
    error: { code: 'PASSWORD_WRONG' },
  });
  expect(await call('app.importProjectFile', { offer, passphrase: PASSPHRASE })).toMatchObject({
    value: { opened: true },
  });
  expect(await call('project.info')).toMatchObject({ value: { title: 'County' } });
}, 240_000);
