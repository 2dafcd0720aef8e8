import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ErrorData } from '../../../shared/errors.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { openHome, type Home } from '../../../electron/host/home.ts';
import type { KeyStore } from '../../../electron/host/key-secrets.ts';
import { createProject, openProject } from '../../../electron/db/index.ts';
import { tempFolder } from '../../support/temp.ts';
import { lessScryptWork } from '../../support/scrypt.ts';

lessScryptWork();

const homeIn = (folder: string): Home => openHome({ SOURCEBOOK_HOME: folder });
const PASSPHRASE = 'seven random words';

/** A key store as Electron’s, of one account: another can’t read what it encrypted. */
function storeOf(account: string): KeyStore {
  const flip = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    encrypt: (text) => Buffer.concat([Buffer.from(`${account}:`), flip(Buffer.from(text))]),
    decrypt: (bytes) => {
      const all = Buffer.from(bytes);
      if (!all.toString('latin1').startsWith(`${account}:`)) throw new Error('Error while decrypting the ciphertext');
      return flip(all.subarray(account.length + 1)).toString();
    },
  };
}

const filesOf = (folder: string): string[] => readdirSync(join(folder, 'people'));
/** Everything that is stored about people, as text. */
const stored = (folder: string): string =>
  filesOf(folder)
    .map((name) => readFileSync(join(folder, 'people', name), 'latin1'))
    .join('\n');

const faultOf = (work: () => unknown): ErrorData => {
  try {
    work();
  } catch (thrown) {
    return toErrorData(thrown);
  }
  throw new Error('Nothing was thrown');
};

test('with a key store, a plain key is moved into it and the plain file removed', async () => {
  const folder = tempFolder();
  const before = homeIn(folder).person('Lin');
  const identity = await homeIn(folder).ageIdentity('Lin');
  homeIn(folder).addPerson('Lin', ['coder']);
  const home = homeIn(folder);
  home.useKeyStore(storeOf('lin'));
  expect(stored(folder)).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY/);
  expect(filesOf(folder)).toEqual([expect.stringMatching(/\.key$/)]);
  expect(home.person('Lin')).toEqual({ ...before, roles: ['coder'] });
  expect(await home.ageIdentity('Lin')).toBe(identity);
  expect(home.ownPeople()).toMatchObject([{ name: 'Lin', id: before.id, roles: ['coder'], protection: 'system' }]);
  if (process.platform !== 'win32')
    expect(statSync(join(folder, 'people', filesOf(folder)[0] ?? '')).mode & 0o777).toBe(0o600);
});

test('with a key store, a new key is never written in plain', async () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  home.useKeyStore(storeOf('lin'));
  const made = home.person('Lin');
  const identity = await home.ageIdentity('Lin');
  expect(stored(folder)).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY/);
  const again = homeIn(folder);
  again.useKeyStore(storeOf('lin'));
  expect(again.person('Lin')).toEqual(made);
  expect(await again.ageIdentity('Lin')).toBe(identity);
});

test('a key store that can’t give a key back leaves the plain file', () => {
  const folder = tempFolder();
  const before = homeIn(folder).person('Lin');
  const home = homeIn(folder);
  home.useKeyStore({ ...storeOf('lin'), decrypt: () => '{}' });
  expect(homeIn(folder).person('Lin')).toEqual(before);
});

test.each([
  ['is gone', null],
  ['is another account’s', storeOf('ma')],
])('if the key store %s, the person can read, and nothing is signed with another key', async (_what, other) => {
  const folder = tempFolder();
  const first = homeIn(folder);
  first.useKeyStore(storeOf('lin'));
  const before = first.person('Lin');
  const home = homeIn(folder);
  if (other !== null) home.useKeyStore(other);
  expect(faultOf(() => home.person('Lin'))).toMatchObject({
    code: 'KEY_LOCKED',
    message: expect.stringMatching(/key store, which didn’t open it, so nothing was saved/),
    context: { opens: 'system' },
  });
  expect(home.actor('Lin')).toMatchObject({ id: before.id, privateKey: null, opens: 'system' });
  await expect(home.ageIdentity('Lin')).rejects.toMatchObject({ data: { code: 'KEY_LOCKED' } });
  expect(home.ownPeople()).toMatchObject([{ id: before.id }]);
  expect(filesOf(folder)).toHaveLength(1);
});

test('a passphrase encrypts the key, which is then an age file and opens with it alone', async () => {
  const folder = tempFolder();
  const before = homeIn(folder).person('Lin');
  const home = homeIn(folder);
  await expect(home.setPassphrase('Lin', 'short')).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
  await home.setPassphrase('Lin', PASSPHRASE);
  expect(stored(folder)).not.toMatch(/PRIVATE KEY|AGE-SECRET-KEY/);
  expect(stored(folder)).toContain('-----BEGIN AGE ENCRYPTED FILE-----');
  expect(filesOf(folder)).toEqual([expect.stringMatching(/\.key$/)]);

  const later = homeIn(folder);
  const locked = later.actor('Lin');
  expect(locked).toMatchObject({ id: before.id, privateKey: null, opens: 'passphrase' });
  expect(faultOf(() => later.person('Lin')).message).toMatch(/Enter its passphrase/);
  expect(await later.ageRecipient('Lin')).toMatch(/^age1/);
  await expect(later.unlockKey('Lin', 'seven other words')).rejects.toMatchObject({ data: { code: 'PASSWORD_WRONG' } });
  await later.unlockKey('Lin', PASSPHRASE);
  expect(later.person('Lin').privateKey).toBe(before.privateKey);
  later.lockKeys();
  expect(later.actor('Lin').privateKey).toBeNull();
});

test('a passphrase is changed and removed only with the present one, and a key store leaves it alone', async () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  const before = home.person('Lin');
  await home.setPassphrase('Lin', PASSPHRASE);
  home.useKeyStore(storeOf('lin'));
  expect(home.ownPeople()).toMatchObject([{ protection: 'passphrase' }]);
  // Although the key is open.
  await expect(home.setPassphrase('Lin', 'another passphrase')).rejects.toMatchObject({
    data: { code: 'PASSWORD_WRONG' },
  });
  await expect(home.removePassphrase('Lin', 'wrong wrong wrong')).rejects.toMatchObject({
    data: { code: 'PASSWORD_WRONG' },
  });
  await home.removePassphrase('Lin', PASSPHRASE);
  expect(home.ownPeople()).toMatchObject([{ protection: 'system' }]);
  expect(home.person('Lin').privateKey).toBe(before.privateKey);

  const other = tempFolder();
  const plain = homeIn(other);
  const own = plain.person('Ma');
  await plain.setPassphrase('Ma', PASSPHRASE);
  await plain.removePassphrase('Ma', PASSPHRASE);
  expect(filesOf(other)).toEqual([expect.stringMatching(/\.json$/)]);
  expect(homeIn(other).person('Ma').privateKey).toBe(own.privateKey);
});

test('a plain key that is left by a program killed while encrypting it is removed at the next start', () => {
  const folder = tempFolder();
  homeIn(folder).person('Lin');
  const [plain = ''] = filesOf(folder);
  const kept = join(tempFolder(), plain);
  copyFileSync(join(folder, 'people', plain), kept);
  const first = homeIn(folder);
  first.useKeyStore(storeOf('lin'));
  copyFileSync(kept, join(folder, 'people', plain));
  const home = homeIn(folder);
  home.useKeyStore(storeOf('lin'));
  expect(home.person('Lin').privateKey).toBe(first.person('Lin').privateKey);
  expect(existsSync(join(folder, 'people', plain))).toBe(false);
});

test('an encrypted key that can’t be read is an error, and no other is made in its place', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  home.useKeyStore(storeOf('lin'));
  home.person('Lin');
  const [file = ''] = filesOf(folder);
  writeFileSync(join(folder, 'people', file), 'no key');
  expect(faultOf(() => homeIn(folder).person('Lin'))).toMatchObject({
    code: 'DAMAGED',
    message: expect.stringMatching(/Lin’s key can’t be read, so nothing was signed/),
  });
  expect(filesOf(folder)).toEqual([file]);
});

test('a project opens for a person whose key is locked; a commit says what to do and changes nothing', async () => {
  const folder = tempFolder();
  const home = homeIn(join(folder));
  const person = home.person('Lin');
  const project = join(folder, 'county.sourcebook');
  createProject({ folder: project, person }).close();
  await home.setPassphrase('Lin', PASSPHRASE);
  home.lockKeys();
  const open = openProject({ folder: project, person: home.actor('Lin') });
  try {
    const head = open.head();
    const rename = (): unknown =>
      open.write.commit('Rename', [{ entity: 'project', id: open.id, field: 'title', value: 'Other' }]);
    expect(faultOf(rename)).toMatchObject({ code: 'KEY_LOCKED', context: { opens: 'passphrase', person: 'Lin' } });
    expect(open.head()).toBe(head);
  } finally {
    open.close();
  }
});
