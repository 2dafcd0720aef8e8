import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { lessScryptWork } from '../support/scrypt.ts';

lessScryptWork();

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
const elsewhere = commandLine(folder, join(folder, 'other-home'));
afterAll(() => removeFolder(folder));

it(
  'person adds people with roles, lists them, and confirms a key by its fingerprint',
  { timeout: 120_000 },
  async () => {
    const made = await sourcebook.json('person', 'add', 'A. Lindqvist', '--role', 'editor', '--role', 'checker');
    expect(made.value.person).toMatchObject({ name: 'A. Lindqvist', roles: ['editor', 'checker'], trust: 'me' });
    expect((await sourcebook('person', 'add', 'X', '--role', 'emperor')).code).toBe(2);

    // The acting person is chosen once; a new name is reported.
    expect((await sourcebook('person', 'use', 'a. lindqvist')).out).toContain('A. Lindqvist');
    expect((await sourcebook('--person', 'A. Lindkvist', 'person', 'list')).err).toContain(
      'is new on this installation',
    );

    await elsewhere('--person', 'J. Moreau', 'new', 'county');
    const theirs = (await elsewhere.json('person', 'list')).value.persons.find(
      (one: { name: string }) => one.name === 'J. Moreau',
    );
    expect(theirs).toMatchObject({ trust: 'me', roles: [], minisign: expect.stringMatching(/^RW/) });
    const listed = async () => (await sourcebook.json('person', 'list', 'county')).value.persons;
    expect(await listed()).toMatchObject([{ name: 'J. Moreau', fingerprint: theirs.fingerprint, trust: 'new' }]);

    const confirm = (fingerprint: string) =>
      sourcebook('person', 'trust', 'J. Moreau', '--project', 'county', '--fingerprint', fingerprint);
    expect((await confirm('0000 0000 0000 0000 0000 0000 0000 0000')).code).toBe(1);
    expect((await confirm(theirs.fingerprint.toLowerCase())).code).toBe(0);
    // Confirming is a commit of the project, so that it has a second person now.
    expect(await listed()).toMatchObject([{ trust: 'confirmed' }, { name: 'A. Lindqvist', trust: 'me' }]);

    // Someone else takes that name: the list warns, and names both keys.
    const impostor = commandLine(folder, join(folder, 'third-home'));
    await impostor('--person', 'J. Moreau', 'new', 'forged');
    const shown = await sourcebook('person', 'list', 'forged');
    expect(shown.err).toMatch(/WARNING: .*J\. Moreau.* is signing with a different key/);

    // What they send is merged, with a warning, as its preview has one.
    await elsewhere('export', 'county', 'county.sbk');
    await impostor('import', 'sent', 'county.sbk');
    await impostor('--person', 'J. Moreau', 'snapshot', 'sent', 'Mine');
    for (const how of [['--dry-run'], []]) {
      const merged = await sourcebook('merge', 'county', 'sent', ...how);
      expect(merged.code).toBe(0);
      expect(merged.err).toMatch(/WARNING: .*J\. Moreau.* is signing with a different key/);
    }

    // A key can also be confirmed in the form in which it was sent.
    const key = (await impostor.json('person', 'list')).value.persons.find(
      (one: { name: string }) => one.name === 'J. Moreau',
    ).minisign;
    expect((await sourcebook('person', 'trust', 'J. Moreau', '--key', key)).code).toBe(0);
    expect((await sourcebook.json('person', 'list', 'forged')).value.persons).toMatchObject([{ trust: 'confirmed' }]);
    const bothMoreaus = (await listed()).filter(({ name }: { name: string }) => name === 'J. Moreau');
    expect(bothMoreaus).toMatchObject([{ trust: 'changed' }, { trust: 'confirmed' }]);
    expect((await sourcebook('person', 'trust', 'J. Moreau')).code).toBe(2);
  },
);

it('Nothing is signed before someone has entered a name; reading works', { timeout: 120_000 }, async () => {
  const first = commandLine(folder, join(folder, 'nameless-home'), {}, true);
  const other = commandLine(folder, join(folder, 'other-home'));
  await other('new', 'theirs', '--codebook', 'empty');
  const refused = await first('new', 'mine');
  expect([refused.code, refused.err]).toEqual([
    1,
    'Enter your name first. Your edits are signed with it.\nTo enter it: sourcebook person add "Your Name"\n',
  ]);
  expect(existsSync(join(folder, 'mine.sourcebook'))).toBe(false);
  expect((await first.json('add', 'theirs', 'cli.ts')).value.error.code).toBe('NAME_NEEDED');
  expect((await first.json('--person', 'Analyst', 'collection', 'new', 'theirs', 'Ours')).value.error.code).toBe(
    'NAME_NEEDED',
  );
  expect((await first('log', 'theirs')).code).toBe(0);
  const before = (await first.json('person', 'list')).value.persons;
  const { person } = (await first.json('person', 'use', 'Mia')).value;
  expect(before).toMatchObject([{ name: 'Analyst', fingerprint: person.fingerprint }]);
  expect((await first('new', 'mine', '--codebook', 'empty')).code).toBe(0);
});

it('The first person who is added acts without --person; the second does not', { timeout: 120_000 }, async () => {
  const first = commandLine(folder, join(folder, 'first-home'), {}, true);
  expect((await first('person', 'add', 'Ann')).err).toContain('Ann\u2069 is now the default person.');
  expect((await first('person', 'add', 'Ben')).err).toBe('');
  await first('new', 'ours', '--codebook', 'empty');
  expect((await first.json('log', 'ours')).value.commits).toMatchObject([{ person: 'Ann' }]);
});

it('Whoever acted with --person before they were added acts without it afterwards', { timeout: 120_000 }, async () => {
  const cleo = commandLine(folder, join(folder, 'cleos-home'), {}, true);
  await cleo('--person', 'Cleo', 'new', 'cleos', '--codebook', 'empty');
  expect((await cleo('person', 'add', 'Cleo')).err).toContain('Cleo\u2069 is now the default person.');
  expect((await cleo('collection', 'new', 'cleos', 'Reports')).code).toBe(0);
});

it(
  'person protect encrypts a signing key: without its passphrase one can read, and nothing is signed',
  { timeout: 180_000 },
  async () => {
    const lin = commandLine(folder, join(folder, 'lins-home'), {}, true);
    await lin('person', 'add', 'Lin');
    await lin('new', 'lins', '--title', 'Before');
    writeFileSync(join(folder, 'short'), 'short\n');
    writeFileSync(join(folder, 'key'), 'seven random words\n');
    expect((await lin('person', 'protect', 'Lin', '--passphrase-file', 'short')).err).toMatch(/at least 12 characters/);
    const made = await lin.json('person', 'protect', 'Lin', '--passphrase-file', 'key');
    expect(made.value.person).toMatchObject({ name: 'Lin', protection: 'passphrase' });

    expect(await lin('log', 'lins')).toMatchObject({ code: 0 });
    const locked = await lin.json('snapshot', 'lins', 'Mine');
    expect(locked).toMatchObject({ code: 1, value: { error: { code: 'KEY_LOCKED' } } });
    expect(locked.err).toMatch(/--key-passphrase-file/);
    expect((await lin('--key-passphrase-file', 'short', 'snapshot', 'lins', 'Mine')).err).toMatch(
      /Incorrect passphrase/,
    );
    expect(await lin('--key-passphrase-file', 'key', 'snapshot', 'lins', 'Mine')).toMatchObject({ code: 0 });

    expect(await lin('person', 'unprotect', 'Lin', '--passphrase-file', 'key')).toMatchObject({ code: 0 });
    expect(await lin('snapshot', 'lins', 'Later')).toMatchObject({ code: 0 });
  },
);
