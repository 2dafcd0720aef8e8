import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProjectPerson } from '../../../shared/contract/people.ts';
import { fingerprintOf, newPrivateKey, personOf, rawPublicKey } from '../../../electron/project/people/people.ts';
import { minisignKey, readMinisignKey } from '../../../electron/formats/minisign/key.ts';
import { openHome, type Home } from '../../../electron/host/home.ts';
import { confirm, withTrust } from '../../../electron/host/people.ts';
import { knownAmong } from '../../../electron/host/trust.ts';
import { testHost } from '../../support/host.ts';
import { tempFolder } from '../../support/temp.ts';

const homeIn = (folder: string): Home => openHome({ SOURCEBOOK_HOME: folder });

/** Somebody as a project's log has them. */
function stranger(name: string, privateKey = newPrivateKey()): ProjectPerson {
  const key = rawPublicKey(privateKey);
  return {
    id: personOf(name, privateKey).id,
    name,
    roles: [],
    key: Buffer.from(key).toString('hex'),
    fingerprint: fingerprintOf(key),
    minisign: minisignKey(key),
    commits: 3,
    first: 1,
    last: 2,
    isMe: false,
    sameInstallation: [],
    isOne: false,
    confirmedBy: [],
  };
}

const trustIn = async (home: Home, person: ProjectPerson) => (await withTrust(home, [person]))[0];

test('a new key is unconfirmed; after its fingerprint was compared it is confirmed, on this installation only', async () => {
  const folder = tempFolder();
  const moreau = stranger('J. Moreau');
  expect(await trustIn(homeIn(folder), moreau)).toMatchObject({ trust: 'new', confirmedFingerprint: null });
  // As it is typed after hearing it: in lower case, without spaces.
  confirm(homeIn(folder), moreau, moreau.fingerprint.toLowerCase().replaceAll(' ', ''));
  expect(await trustIn(homeIn(folder), moreau)).toMatchObject({ trust: 'confirmed' });
  expect(await trustIn(homeIn(tempFolder()), moreau)).toMatchObject({ trust: 'new' });
});

test('another key under a confirmed name is a changed key, however the name is written', async () => {
  const home = homeIn(tempFolder());
  const moreau = stranger('J. Moreau');
  confirm(home, moreau, moreau.fingerprint);
  for (const name of ['J. Moreau', 'j.  moreau', 'Ｊ. Ｍoreau', 'J. Mоreau', 'J. Moreau\u200b', 'Ј. Moreau'])
    expect(await trustIn(home, stranger(name))).toMatchObject({
      trust: 'changed',
      confirmedFingerprint: moreau.fingerprint,
    });
  expect(await trustIn(home, stranger('K. Moreau'))).toMatchObject({ trust: 'new' });
});

test('a confirmed key under another name is not confirmed; under someone else’s confirmed name it is a changed key', async () => {
  const home = homeIn(tempFolder());
  const [moreau, abliz] = [stranger('J. Moreau'), stranger('T. Abliz')];
  for (const one of [moreau, abliz]) confirm(home, one, one.fingerprint);
  expect(await trustIn(home, { ...moreau, name: 'A. Lindqvist' })).toMatchObject({ trust: 'new' });
  expect(await trustIn(home, { ...moreau, name: 'T. Abliz' })).toMatchObject({
    trust: 'changed',
    confirmedFingerprint: abliz.fingerprint,
  });
});

test('someone else under my own name is a changed key, too', async () => {
  const home = homeIn(tempFolder());
  const mine = home.person('A. Lindqvist');
  const impostor = await trustIn(home, stranger('A. Lindqvist'));
  expect(impostor).toMatchObject({
    trust: 'changed',
    confirmedFingerprint: fingerprintOf(rawPublicKey(mine.privateKey)),
  });
  expect(await trustIn(home, { ...stranger('x', mine.privateKey), name: 'A. Lindqvist' })).toMatchObject({
    trust: 'me',
    age: expect.stringMatching(/^age1/),
  });
});

test('two people who are both still called “Analyst” cause no warning', async () => {
  const home = homeIn(tempFolder());
  home.person();
  expect(await trustIn(home, stranger('Analyst'))).toMatchObject({ trust: 'new', confirmedFingerprint: null });
});

test('a person is found by their name in any case', () => {
  const home = homeIn(tempFolder());
  const ann = home.person('Ann Öberg');
  expect(home.person('ann öberg').id).toBe(ann.id);
  expect(home.person(' ANN  ÖBERG').name).toBe('Ann Öberg');
  expect(home.ownPeople()).toHaveLength(1);
  expect(home.person('Anne Öberg').id).not.toBe(ann.id);
});

test('a newly confirmed key replaces the old one, which is then the changed key', async () => {
  const home = homeIn(tempFolder());
  const [before, after] = [stranger('J. Moreau'), stranger('J. Moreau')];
  confirm(home, before, before.fingerprint);
  confirm(home, after, after.fingerprint);
  expect(await trustIn(home, after)).toMatchObject({ trust: 'confirmed' });
  expect(await trustIn(home, before)).toMatchObject({ trust: 'changed', confirmedFingerprint: after.fingerprint });
});

test('a wrong fingerprint confirms nothing, and neither does a name without a signature', async () => {
  const home = homeIn(tempFolder());
  const moreau = stranger('J. Moreau');
  expect(() => confirm(home, moreau, stranger('other').fingerprint)).toThrow(
    /isn’t the fingerprint of the key signing as J. Moreau/,
  );
  expect(() => confirm(home, { ...moreau, key: null }, moreau.fingerprint)).toThrow(/no key to confirm/);
  expect(() => confirm(home, undefined, '')).toThrow(/No such person/);
  expect(home.known()).toEqual([]);
});

test('an unreadable list of confirmed keys is put aside and reported, and then confirms no one', async () => {
  const folder = tempFolder();
  const moreau = stranger('J. Moreau');
  confirm(homeIn(folder), moreau, moreau.fingerprint);
  writeFileSync(join(folder, 'known-people.json'), '[{"id":1}]');
  const home = homeIn(folder);
  expect(await trustIn(home, moreau)).toMatchObject({ trust: 'new' });
  expect(home.takeNotices().join()).toMatch(/confirmed keys couldn’t be read/);
});

test('an own person has roles, keeps their key, and has an identity for files encrypted for them', async () => {
  const folder = tempFolder();
  const before = homeIn(folder).person('T. Abliz');
  const made = homeIn(folder).addPerson('T. Abliz', ['translator', 'translator', 'checker']);
  expect(made.id).toBe(before.id);
  const recipient = await homeIn(folder).ageRecipient('T. Abliz');
  expect(await homeIn(folder).ageRecipient(' T.  Abliz')).toBe(recipient);
  expect(homeIn(folder).ownPeople()).toMatchObject([{ name: 'T. Abliz', roles: ['translator', 'checker'] }]);
  // Giving other roles later leaves key and identity as they are.
  expect(homeIn(folder).addPerson('T. Abliz', []).id).toBe(before.id);
  expect(await homeIn(folder).ageRecipient('T. Abliz')).toBe(recipient);
});

test('a minisign key is read back exactly; anything else is rejected', () => {
  const key = rawPublicKey(newPrivateKey());
  const line = minisignKey(key);
  expect(line).toMatch(/^RW.{54}$/);
  expect(readMinisignKey(line)).toEqual(Buffer.from(key));
  expect(readMinisignKey(`untrusted comment: minisign public key\n${line}\n`)).toEqual(Buffer.from(key));
  for (const wrong of ['', 'RW', line.slice(0, -2), `${line}A`, `XX${line.slice(2)}`])
    expect(() => readMinisignKey(wrong)).toThrow(/isn’t a minisign public key/);
});

test('a person’s file holds the keys and is readable by this account only', () => {
  const folder = tempFolder();
  homeIn(folder).addPerson('Lin', ['coder']);
  const [file = ''] = readdirSync(join(folder, 'people'));
  const text = readFileSync(join(folder, 'people', file), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ name: 'Lin', roles: ['coder'] });
  if (process.platform !== 'win32') expect(statSync(join(folder, 'people', file)).mode & 0o077).toBe(0);
});

test('a window lists the people of its project, and confirms one by the fingerprint', async () => {
  const theirs = testHost();
  theirs.home.changeSettings({ personName: 'J. Moreau' });
  await theirs.calls['app.newProject']('main-1', { title: 'Liuquan', codebook: 'empty' });
  await theirs.calls['app.closeProject']('main-1', {});
  const host = testHost();
  host.answers.project = theirs.answers.newProject;
  await host.calls['app.openProject']('main-1', {});
  const seen = async () => (await host.calls['app.people']('main-1', {})).people;
  const [moreau] = await seen();
  expect(moreau).toMatchObject({ name: 'J. Moreau', trust: 'new', isMe: false, age: null });
  if (moreau === undefined) throw new Error('nobody');
  const wrong = host.calls['app.trustPerson']('main-1', {
    id: moreau.id,
    fingerprint: '0000 0000 0000 0000 0000 0000 0000 0000',
  });
  await expect(wrong).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
  await host.calls['app.trustPerson']('main-1', { id: moreau.id, fingerprint: moreau.fingerprint });
  // Confirming is an edit: whoever confirms is in the project now.
  expect(await seen()).toMatchObject([{ trust: 'confirmed' }, { trust: 'me', commits: 1 }]);
});

test('signers of incoming work are compared with keys confirmed in any project', () => {
  const home = homeIn(tempFolder());
  const moreau = stranger('J. Moreau');
  confirm(home, moreau, moreau.fingerprint);
  const coming = [moreau, stranger('J. Moreau'), stranger('T. Abliz')].map(({ id, name }) => ({ person: id, name }));
  expect(knownAmong(coming, home).map(({ trust, confirmedFingerprint }) => [trust, confirmedFingerprint])).toEqual([
    ['confirmed', null],
    ['changed', moreau.fingerprint],
    ['new', null],
  ]);
  expect(knownAmong([{ person: null, name: 'unknown' }], home)).toMatchObject([{ trust: 'new' }]);
});
