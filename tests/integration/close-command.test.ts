import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { lessScryptWork } from '../support/scrypt.ts';

lessScryptWork();

const folder = makeFolder();
afterAll(() => removeFolder(folder));

it('close --encrypt makes one file of a project, and open makes the folder again', { timeout: 240_000 }, async () => {
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.txt'), 'Land was transferred.\n');
  writeFileSync(join(folder, 'secret'), 'seven random words\n');
  writeFileSync(join(folder, 'other'), 'seven wrong words\n');
  await sourcebook('new', 'county', '--title', 'County');
  await sourcebook('add', 'county', 'report.txt');
  const log = (await sourcebook.json('log', 'county')).value;

  expect(await sourcebook('close', 'county')).toMatchObject({ code: 2 });
  expect((await sourcebook('close', 'county', '--encrypt')).err).toMatch(/A passphrase is needed/);
  const file = join(folder, 'county.sourcebook.age');
  // As the desktop program leaves its windows when it ends.
  const savedWindows = join(folder, 'home', 'windows.json');
  const bounds = { x: 0, y: 0, width: 800, height: 600 };
  const other = { bounds, maximised: false, folder: join(folder, 'other.sourcebook'), views: { search: 'roads' } };
  const shown = { ...other, folder: join(folder, 'county.sourcebook'), views: { search: 'an informant' } };
  writeFileSync(savedWindows, JSON.stringify({ unlasting: 0, windows: [shown, other] }));
  const recents = join(folder, 'home', 'recents.json');
  const recent = { folder: shown.folder, title: 'County', openedAt: 1, sources: 1 };
  const roads = { ...recent, folder: other.folder, title: 'Roads' };
  writeFileSync(recents, JSON.stringify([recent, roads]));
  const closed = await sourcebook.json('close', 'county', '--encrypt', '--passphrase-file', 'secret');
  expect(closed).toMatchObject({ code: 0, value: { file } });
  expect(closed.err).toMatch(/An SSD may keep blocks/);
  expect(existsSync(join(folder, 'county.sourcebook'))).toBe(false);
  expect(JSON.parse(readFileSync(savedWindows, 'utf8'))).toEqual({
    unlasting: 0,
    windows: [{ ...shown, folder: null, views: {} }, other],
  });

  // Its title is in the file, as all of its content: the list keeps the name that the file has anyway.
  expect(JSON.parse(readFileSync(recents, 'utf8'))).toEqual([{ ...recent, title: 'county', sources: 0 }, roads]);

  expect((await sourcebook.json('open', file, '--passphrase-file', 'other')).value.error.code).toBe('PASSWORD_WRONG');
  const opened = await sourcebook.json('open', file, '--passphrase-file', 'secret');
  expect(opened.value.project).toMatchObject({ title: 'County', folder: join(folder, 'county.sourcebook') });
  expect((await sourcebook.json('log', 'county')).value).toEqual(log);
  expect(await sourcebook('verify', 'county')).toMatchObject({ code: 0 });
});
