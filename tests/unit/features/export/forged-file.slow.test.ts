import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importProjectFile, verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { openEngine } from '../../../../electron/engine/engine.ts';
import { bagFaults, forged, unzipped, zipped } from '../../../support/bag.ts';
import {
  ANNOTATIONS as annotations,
  CRATE as crate,
  replaced,
  sealed,
  withDatabase,
} from '../../../support/edited-bag.ts';
import { addFile, categoriesOf, codeOf, mark, newFolder, somebody } from '../../../support/project.ts';
import { makeFolder, removeFolder, tempFolder } from '../../../support/temp.ts';

const TOP = 'County';
const ann = somebody('Ann');

type Files = ReadonlyMap<string, Buffer>;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let place = '';
let files: Files;
let head = '';
beforeAll(async () => {
  place = makeFolder();
  const folder = newFolder({ at: place, person: ann });
  const engine = await openEngine({ folder, person: ann });
  const source = await addFile(engine, 'report.txt', 'In 2023, 4.8万亩 were transferred. Workers were trained.\n');
  const [land] = await categoriesOf(engine, 'LND.RIGHTS');
  await mark(engine, source.id, '4.8万亩', { categories: land === undefined ? [] : [land], memo: '48,000 mu' });
  await mark(engine, source.id, 'Workers were trained');
  const file = join(place, 'County.sbk');
  await engine.call('projectFile.export', { path: file });
  head = (await engine.call('project.info', {})).head ?? '';
  await engine.close();
  files = await unzipped(file);
});
afterAll(() => removeFolder(place));

const lacking = (all: Files, path: string): Map<string, Buffer> =>
  new Map([...all].filter(([name]) => !name.endsWith(path)));

async function failuresOf(altered: Files): Promise<{ kind: string; id: string; message: string }[]> {
  expect(bagFaults(altered)).toEqual([]);
  const at = tempFolder();
  const file = join(at, 'sent.sbk');
  await zipped(file, altered);
  const { ok, failures } = await verifyProjectFile(file, ann);
  expect(ok).toBe(failures.length === 0);
  const imported = importProjectFile({ file, folder: join(at, 'New.sourcebook'), person: ann });
  if (failures.length > 0) expect(await codeOf(imported)).toBe('DAMAGED');
  else await imported;
  return failures;
}

describe('a project file whose manifests all agree', () => {
  it('is no suspicion as it was written', async () => {
    expect(await failuresOf(files)).toEqual([]);
    expect(await failuresOf(sealed(files))).toEqual([]);
  });

  it.each<[string, (given: Files) => Map<string, Buffer>, string, RegExp]>([
    [
      'another figure in an annotation',
      (a) => replaced(a, annotations, '4.8万亩', '9.9万亩'),
      'annotations',
      /annotation of passage/,
    ],
    [
      'another tag',
      (a) => sealed(replaced(a, annotations, '"LND.RIGHTS"', '"FIG.ACT"')),
      'annotations',
      /annotation of passage/,
    ],
    [
      'another name',
      (a) => replaced(a, annotations, '"name": "Ann"', '"name": "Eve"'),
      'annotations',
      /annotation of passage/,
    ],
    [
      'a key that stands twice',
      (a) => sealed(replaced(a, annotations, '"type": "Annotation"', '"type": "Annotation", "type": "Annotation"')),
      'annotations',
      /signed history/,
    ],
    ['no annotation at all', (a) => sealed(forged(a, annotations, Buffer.from('{}'))), 'annotations', /signed history/],
    [
      'another name of a source in what archives read',
      (a) => sealed(replaced(a, crate, '"name": "report.txt"', '"name": "rumour.txt"')),
      'crate',
      /signed history/,
    ],
    [
      'no annotations, as a file of an earlier format',
      (a) => sealed(lacking(lacking(a, crate), annotations), (info) => info.replace('Format: 2', 'Format: 1')),
      'annotations',
      /is missing/,
    ],
    ['nothing for archives to read', (a) => sealed(lacking(a, crate)), 'crate', /is missing/],
    [
      'another head',
      (a) => sealed(a, (info) => info.replace(/Sourcebook-Head: .*/, `Sourcebook-Head: ${'0'.repeat(64)}`)),
      'head',
      /missing from this file/,
    ],
    [
      'another title',
      (a) => sealed(a, (info) => info.replace('Liuquan 2023', 'Liuquan 2024')),
      'manifest',
      /says “Liuquan 2024”/,
    ],
    [
      'another project’s id',
      (a) => sealed(a, (info) => info.replace(/uuid:.{8}/, 'uuid:00000000')),
      'manifest',
      /External-Identifier/,
    ],
    [
      'a label of its own',
      (a) => sealed(a, (info) => `${info}Contact-Name: Ann\n`),
      'manifest',
      /isn’t written by Sourcebook/,
    ],
    [
      'a label twice',
      (a) => sealed(a, (info) => `Sourcebook-Head: ${'0'.repeat(64)}\n${info}`),
      'manifest',
      /isn’t as Sourcebook writes it/,
    ],
    [
      'a value that goes on',
      (a) => sealed(a, (info) => info.replace('Liuquan 2023', 'Liuquan 2023\n  (retracted)')),
      'manifest',
      /isn’t as Sourcebook writes it/,
    ],
    [
      'a list of what it lacks that isn’t so',
      (a) => sealed(a, (info) => `${info}Sourcebook-Missing: ${'a'.repeat(64)}\n`),
      'manifest',
      /nothing is missing/,
    ],
    [
      'another quotation in its database',
      (a) => withDatabase(a, "UPDATE p_passage SET anchor = replace(anchor, '4.8', '9.9') WHERE start < 12"),
      'projection',
      /A passage in the file’s database/,
    ],
    [
      'a tag more in its database',
      (a) => withDatabase(a, "INSERT INTO p_tag(id, passage) SELECT 'x', id FROM p_passage LIMIT 1"),
      'projection',
      /A tag/,
    ],
    [
      'a passage less in its database',
      (a) => withDatabase(a, 'DELETE FROM p_passage WHERE start > 9'),
      'projection',
      /A passage/,
    ],
    [
      'a view in its database',
      (a) => withDatabase(a, "CREATE VIEW report AS SELECT '9.9万亩' AS land"),
      'database',
      /“report”/,
    ],
  ])('but has %s is found, and not imported', async (_what, alter, kind, told) => {
    const failures = await failuresOf(alter(files));
    expect(failures.map((one) => one.kind)).toEqual([kind]);
    expect(failures[0]?.message).toMatch(told);
  });

  it('and an original that belongs to no source is found', async () => {
    const bytes = Buffer.from('planted');
    const path = `data/originals/${sha256(bytes).slice(0, 2)}/${sha256(bytes)}`;
    const failures = await failuresOf(sealed(new Map([...files, [`${TOP}/${path}`, bytes]])));
    expect(failures).toMatchObject([{ kind: 'unlisted', id: path }]);
  });

  it('but lacks its newest edit is found: bag-info.txt still names it', async () => {
    const last = '(SELECT max(c) FROM commit_)';
    const passage = `(SELECT id FROM p_passage ORDER BY id DESC LIMIT 1)`;
    const without = withDatabase(
      files,
      'DROP TRIGGER commit_no_delete; DROP TRIGGER change_no_delete',
      `DELETE FROM p_passage WHERE id = ${passage}`,
      `DELETE FROM change_ WHERE c = ${last}`,
      `UPDATE chain_ SET tip = ${last} - 1; UPDATE head_ SET c = ${last} - 1`,
      `DELETE FROM commit_ WHERE c = ${last}`,
    );
    const failures = await failuresOf(without);
    expect(failures.filter((one) => one.kind === 'head')).toMatchObject([{ id: head }]);
    expect(failures.some((one) => one.kind === 'annotations')).toBe(true);
  });
});
