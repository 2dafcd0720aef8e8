import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandProcesses } from '../support/cli.ts';
import { makePdf } from '../support/pdf.ts';
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

/** Files below `path` that their owner can't write, or others can read. */
const notOwners = (path: string): string[] =>
  lstatSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => notOwners(join(path, name)))
    : (lstatSync(path).mode & 0o777) === 0o600
      ? []
      : [`${path} ${(lstatSync(path).mode & 0o777).toString(8)}`];

it.skipIf(process.platform === 'win32')(
  'files that hold originals can be changed by who exported them, which those in the project can’t',
  async () => {
    const sourcebook = commandProcesses(folder, join(folder, 'other-home'));
    for (const name of ['plan.pdf', 'notice.pdf'])
      writeFileSync(join(folder, name), await makePdf([[`The county placed workers: ${name}.`]]));
    await sourcebook('new', 'formats');
    await sourcebook('add', 'formats', 'plan.pdf', 'notice.pdf');
    const { sources } = (await sourcebook.json('sources', 'formats')).value;
    for (const { id } of sources)
      await sourcebook('highlight', 'formats', id, '--quote', 'placed workers', '--category', 'LND.RIGHTS');
    const out = [
      ['one.pdf', 'pdf', '--only-source', sources[0].id],
      ['several', 'pdf'],
      ['all.qdpx', 'qdpx'],
      ['dossier', 'dossier'],
    ];
    for (const [name = '', ...format] of out)
      expect(await sourcebook('export', 'formats', name, '--format', ...format), name).toMatchObject({ code: 0 });
    expect(out.flatMap(([name = '']) => notOwners(join(folder, name)))).toEqual([]);
  },
  120_000,
);
