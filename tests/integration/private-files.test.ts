import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandProcesses } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

/** Paths that an account other than this one could read or write, below `path`. */
function openToOthers(path: string): string[] {
  const found = lstatSync(path);
  const below = found.isDirectory() ? readdirSync(path).flatMap((name) => openToOthers(join(path, name))) : [];
  return (found.mode & 0o077) === 0 ? below : [`${path} ${(found.mode & 0o777).toString(8)}`, ...below];
}

it.skipIf(process.platform === 'win32')(
  'projects, backups, exports and reports are readable by this account alone',
  async () => {
    const sourcebook = commandProcesses(folder, join(folder, 'home'));
    writeFileSync(join(folder, 'report.txt'), 'Land was transferred. Workers were trained.\n');
    await sourcebook('new', 'county', '--title', 'County');
    await sourcebook('add', 'county', 'report.txt');
    const [source] = (await sourcebook.json('sources', 'county')).value.sources;
    await sourcebook('highlight', 'county', source.id, '--quote', 'Land was transferred', '--category', 'LND.RIGHTS');
    await sourcebook('search', 'county', 'land');
    for (const command of [
      ['export', 'county', 'county.sbk', '--sign'],
      ['report', 'county', 'county.html'],
      ['import', 'copy', 'county.sbk'],
    ])
      expect(await sourcebook(...command), command.join(' ')).toMatchObject({ code: 0 });

    const written = ['county.sourcebook', 'copy.sourcebook', 'county.sbk', 'county.sbk.minisig', 'county.html', 'home'];
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(written));
    expect(written.flatMap((name) => openToOthers(join(folder, name)))).toEqual([]);
  },
  60_000,
);
