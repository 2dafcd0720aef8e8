import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { homeOf, openHome, type Home } from '../../../electron/host/home.ts';
import { fingerprintOf, personIdOf, rawPublicKey } from '../../../electron/project/people/people.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { runOnNode } from '../../support/run-node.ts';
import { tempFolder } from '../../support/temp.ts';

const homeIn = (folder: string): Home => openHome({ SOURCEBOOK_HOME: folder });

test('a new installation’s person is "Analyst", never the account’s name', () => {
  const home = homeIn(tempFolder());
  expect(home.settings()).toEqual(DEFAULT_SETTINGS);
  expect(home.person().name).toBe('Analyst');
  expect(home.person().name).not.toBe(userInfo().username);
});

test('the first name someone enters is the name of the key they have; “Analyst” is nobody’s name', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  const { id } = home.person();
  for (const name of ['Analyst', ' analyst '])
    expect(() => home.changeSettings({ personName: name })).toThrow('Enter your own name');
  expect(() => home.addPerson('Analyst', [])).toThrow('Enter your own name');
  expect(home.changeSettings({ personName: 'Ann' }).personName).toBe('Ann');
  expect(homeIn(folder).person()).toMatchObject({ id, name: 'Ann' });
  expect(home.ownPeople().map(({ name }) => name)).toEqual(['Ann']);
  // Another name later is another person.
  home.changeSettings({ personName: 'Ben' });
  expect(home.person().id).not.toBe(id);
});

test('a first name that a person here has already makes them the acting person, with their key', () => {
  const home = homeIn(tempFolder());
  home.person();
  const { id } = home.person('Ann');
  home.changeSettings({ personName: 'ann' });
  expect(home.person()).toMatchObject({ id, name: 'Ann' });
});

test('all data is in SOURCEBOOK_HOME, including new projects', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  expect(home.folder).toBe(folder);
  expect(home.projectsFolder).toBe(join(folder, 'projects'));
});

test('without SOURCEBOOK_HOME, data is where the platform keeps it', () => {
  const folder = tempFolder();
  const home = openHome({ XDG_DATA_HOME: folder, APPDATA: folder });
  if (process.platform === 'linux') expect(home.folder).toBe(join(folder, 'Sourcebook'));
  expect(home.projectsFolder).toBe(join(homedir(), 'Documents', 'Sourcebook'));
});

test('settings are kept between sessions, and those not given stay', () => {
  const folder = tempFolder();
  homeIn(folder).changeSettings({ theme: 'dark' });
  homeIn(folder).changeSettings({ personName: '  A.   Lindqvist ' });
  expect(homeIn(folder).settings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', personName: 'A. Lindqvist' });
});

test('changed keys and letter keys that are off are kept, and all keys can be reset', () => {
  const folder = tempFolder();
  homeIn(folder).changeSettings({ letterKeys: false, keys: { tag: 'KeyX', memo: '' } });
  expect(homeIn(folder).settings()).toMatchObject({ letterKeys: false, keys: { tag: 'KeyX', memo: '' } });
  homeIn(folder).changeSettings({ keys: {} });
  expect(homeIn(folder).settings()).toMatchObject({ letterKeys: false, keys: {} });
});

test('with the list of recent projects off, the list is empty and nothing is added', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  home.remember({ folder, title: 'Seen', sources: 1 });
  home.changeSettings({ keepRecents: false });
  expect(home.recents()).toEqual([]);
  home.remember({ folder, title: 'Seen again', sources: 1 });
  expect(homeIn(folder).recents()).toEqual([]);
  home.changeSettings({ keepRecents: true });
  home.remember({ folder, title: 'Listed', sources: 1 });
  expect(home.recents().map(({ title }) => title)).toEqual(['Listed']);
});

test('an older settings file gets defaults for newer settings', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ theme: 'dark', personName: 'Lin' }));
  expect(home.settings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', personName: 'Lin' });
  expect(home.takeNotices()).toEqual([]);
});

test('a person has the same key each time, and their id derives from it', () => {
  const folder = tempFolder();
  const first = homeIn(folder).person('Lin');
  const again = homeIn(folder).person('  Lin ');
  expect(again).toEqual(first);
  expect(first.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(first.id).toBe(personIdOf(rawPublicKey(first.privateKey)));
  expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(homeIn(folder).person('Ma').id).not.toBe(first.id);
});

test('the same name in another normalisation form is the same person', () => {
  const home = homeIn(tempFolder());
  expect(home.person('Zo\u0065\u0308').id).toBe(home.person('Zo\u00eb').id);
});

test('a fingerprint is short enough to be read over the telephone', () => {
  expect(fingerprintOf(new Uint8Array(32))).toBe('6668 7AAD F862 BD77 6C8F C18B 8E9F 8E20');
});

test('an empty name is rejected', () => {
  expect(() => homeIn(tempFolder()).person('  ')).toThrow(/1 to 200 characters/);
});

test.skipIf(process.platform === 'win32')('keys are for this account alone, and made so again', () => {
  const folder = tempFolder();
  homeIn(folder).person();
  const path = join(folder, 'people', readdirSync(join(folder, 'people'))[0] ?? '');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  homeIn(folder).person();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('two processes that need a new person’s key at once create one key', async () => {
  const folder = tempFolder();
  const script = `
    import { openHome } from ${JSON.stringify(new URL('../../../electron/host/home.ts', import.meta.url).href)};
    process.stdout.write(openHome().person('Lin').id);`;
  const env = { ...process.env, SOURCEBOOK_HOME: folder };
  const ids = await Promise.all([1, 2, 3, 4].map(() => runOnNode(script, env)));
  expect(new Set(ids)).toHaveLength(1);
  expect(readdirSync(join(folder, 'people'))).toHaveLength(1);
});

test.each(['', '{"theme":', '{"theme":"purple"}', '[]', 'null'])(
  'settings that read %j are kept aside and reported',
  (text) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'settings.json'), text);
    const home = homeIn(folder);
    expect(home.settings()).toEqual(DEFAULT_SETTINGS);
    const [notice = ''] = home.takeNotices();
    expect(notice).toMatch(/settings file couldn’t be read. The old file was kept as/);
    const kept = readdirSync(folder).find((name) => name.startsWith('settings.json.damaged-')) ?? '';
    expect(readFileSync(join(folder, kept), 'utf8')).toBe(text);
    expect(home.takeNotices()).toEqual([]);
  },
);

test('a damaged key is kept aside and reported, and a new one created', () => {
  const folder = tempFolder();
  const before = homeIn(folder).person('Lin');
  const path = join(folder, 'people', readdirSync(join(folder, 'people'))[0] ?? '');
  writeFileSync(path, 'not a key');
  const home = homeIn(folder);
  expect(home.person('Lin').id).not.toBe(before.id);
  expect(home.takeNotices()).toEqual([expect.stringContaining('Lin’s key couldn’t be read')]);
});

test('recent projects: newest first, each once, with missing ones marked', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  const [one, two] = [join(folder, 'one.sourcebook'), join(folder, 'two.sourcebook')];
  for (const path of [one, two]) {
    mkdirSync(path);
    writeFileSync(join(path, 'project.sqlite'), '');
  }
  home.remember({ folder: one, title: 'One', sources: 1 });
  home.remember({ folder: two, title: 'Two', sources: 2 });
  home.remember({ folder: one, title: 'One, renamed', sources: 3 });
  home.remember({ folder: join(folder, 'gone.sourcebook'), title: 'Gone', sources: 0 });
  const recents = home.recents();
  expect(recents.map(({ title, sources, missing }) => [title, sources, missing])).toEqual([
    ['Gone', 0, true],
    ['One, renamed', 3, false],
    ['Two', 2, false],
  ]);
  const key = recents[1]?.key ?? '';
  expect(home.folderOf(key)).toBe(one);
  home.forget(key);
  expect(home.folderOf(key)).toBeNull();
  expect(existsSync(one)).toBe(true);
});

test('a folder under the home folder is shown without it', () => {
  const home = homeIn(tempFolder());
  expect(home.placeOf(join(homedir(), 'Documents', 'liuquan.sourcebook'))).toBe('Documents/liuquan.sourcebook');
  expect(home.placeOf('/elsewhere/liuquan.sourcebook')).toBe('/elsewhere/liuquan.sourcebook');
});

test('an installation has a random name, which stays the same', () => {
  const [folder, other] = [tempFolder(), tempFolder()];
  const name = homeIn(folder).installation();
  expect(name).toMatch(/^[0-9a-f]{32}$/);
  expect(homeIn(folder).installation()).toBe(name);
  expect(homeIn(other).installation()).not.toBe(name);
});

describe.skipIf(process.platform === 'win32')('a data folder that cannot be', () => {
  const refused = (folder: string): unknown => {
    try {
      return homeIn(folder);
    } catch (thrown) {
      return thrown;
    }
  };
  const fault = (why: RegExp): object => ({
    data: {
      code: 'BAD_INPUT',
      message: expect.stringMatching(/Set SOURCEBOOK_HOME to/),
      context: { why: expect.stringMatching(why) },
    },
  });

  test('is rejected if a part of its path is a file', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(refused(join(folder, 'file'))).toMatchObject(fault(/is a file/));
    expect(refused(join(folder, 'file', 'below', 'it'))).toMatchObject(fault(/is a file/));
  });

  test.runIf(process.platform === 'linux')('is refused where the system keeps no files', () => {
    expect(refused('/proc/nope/below')).toMatchObject(fault(/doesn’t allow files there/));
  });

  test.skipIf(userInfo().uid === 0)('is refused where nobody may write', () => {
    const folder = tempFolder();
    chmodSync(folder, 0o500);
    expect(refused(join(folder, 'below'))).toMatchObject(fault(/EACCES/));
  });
});

describe('a new name', () => {
  test.each([
    ['a zero-width space', 'Ann\u200b'],
    ['a Cyrillic letter', 'Аnn'],
    ['a soft hyphen', 'A\u00adnn'],
    ['a mark of direction', '\u202eAnn'],
  ])('that differs from a known one by %s gets no key, by whatever way it comes', (_what, name) => {
    const home = homeIn(tempFolder());
    const ann = home.addPerson('Ann', []);
    for (const make of [
      () => home.person(name),
      () => home.addPerson(name, []),
      () => home.changeSettings({ personName: name }),
    ])
      expect(make).toThrow(/can’t be seen|looks like “Ann”/);
    expect(home.ownPeople().map(({ id }) => id)).toEqual([ann.id]);
    expect(home.person(' ann ').id).toBe(ann.id);
  });

  test('may be in any script', () => {
    const home = homeIn(tempFolder());
    for (const name of ['李伟', 'ئابدۇللا', 'José', 'Анна', 'Ann']) expect(home.person(name).name).toBe(name);
  });
});

test('a program started for one person acts as them, and keeps the default person of the installation', () => {
  const folder = tempFolder();
  const home = homeIn(folder);
  home.changeSettings({ personName: 'Ann' });
  const bens = homeOf(homeIn(folder), 'Ben');
  expect([bens.person().name, bens.settings().personName]).toEqual(['Ben', 'Ben']);
  bens.changeSettings({ theme: 'dark' });
  expect(homeIn(folder).settings()).toMatchObject({ theme: 'dark', personName: 'Ann' });
  expect(bens.person().name).toBe('Ben');
  bens.changeSettings({ personName: 'Cat' });
  expect([bens.person().name, homeIn(folder).person().name]).toEqual(['Cat', 'Cat']);
});
