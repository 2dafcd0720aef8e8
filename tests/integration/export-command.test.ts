import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { has, run } from '../support/programs.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { lessScryptWork } from '../support/scrypt.ts';

lessScryptWork();

const folder = makeFolder();
const at = (name: string): string => join(folder, name);
const sourcebook = commandLine(folder, at('home'));
const colleague = commandLine(folder, at('other-home'));
afterAll(() => removeFolder(folder));

beforeAll(async () => {
  writeFileSync(at('report.txt'), 'Land was transferred. Workers were trained.\n');
  writeFileSync(at('phrase.txt'), 'only this line\nnot this\n');
  await sourcebook('new', 'county', '--title', 'County');
  await sourcebook('add', 'county', 'report.txt');
  const [source] = (await sourcebook.json('sources', 'county')).value.sources;
  await sourcebook('highlight', 'county', source.id, '--quote', 'Land was transferred', '--category', 'LND.RIGHTS');
}, 60_000);

it('A file encrypted for a colleague opens on their machine without a passphrase, and names its signer', async () => {
  const { age } = (await colleague.json('person', 'add', 'Ben')).value.person;
  const sent = await sourcebook.json('export', 'county', 'for-ben.sbk', '--recipient', age, '--sign');
  const encrypted = at('for-ben.sbk.age');
  expect(sent.value).toMatchObject({ file: encrypted, signature: `${encrypted}.minisig`, files: expect.any(Number) });
  expect((await sourcebook('export', 'county', 'for-ben.sbk', '--recipient', age)).code).toBe(1);

  const seen = await colleague.json('verify', 'for-ben.sbk.age');
  expect(seen.value).toMatchObject({ ok: true, signature: { ok: true, state: 'unknown key', signer: { name: null } } });
  const read = await colleague('verify', 'for-ben.sbk.age');
  expect(read.out).toContain('Note: signed by an unknown key');
  expect(read.code).toBe(0);
  expect((await sourcebook.json('verify', 'for-ben.sbk.age')).value.error).toMatchObject({ code: 'PASSWORD_WRONG' });
  expect((await colleague.json('import', 'mine', 'for-ben.sbk.age')).value.project.title).toBe('County');

  const { minisign } = (await sourcebook.json('person', 'list')).value.persons[0];
  if (has('minisign')) run('minisign', '-Vm', encrypted, '-P', minisign);
  writeFileSync(encrypted, 'x', { flag: 'a' });
  const changed = await colleague.json('verify', 'for-ben.sbk.age');
  expect(changed.code).toBe(3);
  expect(changed.value).toMatchObject({ ok: false, signature: { ok: false, state: 'does not hold' } });
}, 60_000);

it('A signature by an unknown key is a remark; an invalid one is a failure', async () => {
  await sourcebook('export', 'county', 'signed.sbk', '--sign');
  expect((await sourcebook.json('verify', 'signed.sbk')).value.signature).toMatchObject({ ok: true, state: 'holds' });
  const beside = at('signed.sbk.minisig');
  const own = readFileSync(beside, 'utf8');
  copyFileSync('tests/fixtures/encrypted/letter.txt.minisig', beside);
  const theirs = await colleague.json('verify', 'signed.sbk');
  expect(theirs.value).toMatchObject({ ok: true, signature: { ok: null, state: 'unknown key', signer: null } });
  expect(theirs.code).toBe(0);
  writeFileSync(beside, own.replace('file:signed.sbk', 'file:Signed.sbk'));
  const broken = await colleague('verify', 'signed.sbk');
  expect(broken.code).toBe(3);
  expect(broken.out).toContain('is invalid');
  expect(broken.out).toContain('but the signature doesn’t');
}, 60_000);

it('A passphrase is read from the first line of a file, and never printed', async () => {
  const sent = await sourcebook('export', 'county', 'phrase.sbk', '--passphrase-file', 'phrase.txt');
  expect(sent.code).toBe(0);
  expect(sent.out + sent.err).not.toContain('only this');
  expect((await colleague.json('import', 'second', 'phrase.sbk.age')).value.error.code).toBe('PASSWORD_NEEDED');
  writeFileSync(at('wrong.txt'), 'only this\n');
  const wrong = await colleague.json('verify', 'phrase.sbk.age', '--passphrase-file', 'wrong.txt');
  expect(wrong.value.error.code).toBe('PASSWORD_WRONG');
  const right = await colleague.json('import', 'second', 'phrase.sbk.age', '--passphrase-file', 'phrase.txt');
  expect(right.value.project.title).toBe('County');
  expect(readdirSync(folder).filter((name) => name.includes('.part') || name.includes('decrypting'))).toEqual([]);
}, 60_000);

it('The selected evidence is exported as a table and as pages', async () => {
  const all = await sourcebook.json('report', 'county', 'all.csv', '--only-category', 'LND', '--only-state', 'coded');
  expect(all.value).toEqual({ file: at('all.csv'), bytes: expect.any(Number), passages: 1 });
  expect(readFileSync(at('all.csv'), 'utf8')).toContain('Land was transferred');
  expect((await sourcebook('report', 'county', 'all.csv')).code).toBe(1);
  expect((await sourcebook('report', 'county', 'all.html')).code).toBe(0);
  expect((await sourcebook.json('report', 'county', 'all.pdf')).value.error.code).toBe('BAD_INPUT');
  expect((await sourcebook.json('report', 'county', 'x.csv', '--only-state', 'perfect')).value.error.code).toBe(
    'BAD_INPUT',
  );
  const none = await sourcebook.json('report', 'county', 'x.csv', '--only-state', 'released');
  expect(none.value.error.code).toBe('NOT_FOUND');
  expect(existsSync(at('x.csv'))).toBe(false);
}, 60_000);

it('A part under pseudonyms can be imported as a project', async () => {
  const sent = await sourcebook.json('export', 'county', 'part.sbk', '--pseudonyms', '--only-category', 'LND.RIGHTS');
  expect(sent.value).toMatchObject({ file: at('part.sbk'), signature: null });
  expect((await colleague.json('verify', 'part.sbk')).value).toMatchObject({ ok: true });
}, 60_000);

it('a passphrase that the command line makes encrypts a file and opens it again; one that is too short is rejected', async () => {
  const { passphrase } = (await sourcebook.json('passphrase')).value;
  writeFileSync(at('made.txt'), passphrase);
  writeFileSync(at('short.txt'), 'eleven char');
  await sourcebook('export', 'county', 'made.sbk', '--passphrase-file', 'made.txt');
  expect((await colleague('import', 'made', 'made.sbk.age', '--passphrase-file', 'made.txt')).code).toBe(0);
  const rejected = await sourcebook('export', 'county', 'short.sbk', '--passphrase-file', 'short.txt');
  expect(rejected).toMatchObject({ code: 1, err: expect.stringContaining('at least 12 characters') });
  expect(existsSync(at('short.sbk.age'))).toBe(false);
}, 60_000);
