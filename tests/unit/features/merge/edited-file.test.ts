import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../../electron/engine/engine.ts';
import { unzipped, zipped } from '../../../support/bag.ts';
import { ANNOTATIONS, replaced, sealed, withDatabase } from '../../../support/edited-bag.ts';
import { addFile, copyFor, mark, newFolder, somebody } from '../../../support/project.ts';
import { makeFolder, removeFolder, tempFolder } from '../../../support/temp.ts';

const ann = somebody('Ann');

type Files = ReadonlyMap<string, Buffer>;

let place = '';
let folder = '';
let engine: Engine;
/** As it was exported, and after one more passage. */
let files: Files;
let later: Files;
beforeAll(async () => {
  place = makeFolder();
  folder = newFolder({ at: place, person: ann });
  engine = await openEngine({ folder, person: ann });
  const source = await addFile(engine, 'report.txt', 'In 2023, 4.8万亩 were transferred. Workers were trained.\n');
  await mark(engine, source.id, '4.8万亩', { memo: '48,000 mu' });
  files = await exported('County.sbk');
  await mark(engine, source.id, 'Workers were trained');
  later = await exported('Later.sbk');
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

async function exported(name: string): Promise<Map<string, Buffer>> {
  const path = join(place, name);
  await engine.call('projectFile.export', { path });
  return unzipped(path);
}

async function fileOf(bag: Files): Promise<string> {
  const path = join(tempFolder(), 'sent.sbk');
  await zipped(path, bag);
  return path;
}

const EDITS: [string, (given: Files) => Map<string, Buffer>, string, RegExp][] = [
  [
    'another figure in an annotation',
    (a) => replaced(a, ANNOTATIONS, '4.8万亩', '9.9万亩'),
    'annotations',
    /annotation/,
  ],
  [
    'another newest edit',
    (a) => sealed(a, (info) => info.replace(/Sourcebook-Head: .*/, `Sourcebook-Head: ${'0'.repeat(64)}`)),
    'head',
    /newest edit, 000000000000, is missing/,
  ],
  [
    'a trigger in its database',
    (a) => withDatabase(a, 'CREATE TRIGGER own AFTER INSERT ON p_tag BEGIN DELETE FROM p_tag; END'),
    'database',
    /“own”/,
  ],
  [
    'another quotation in its database',
    (a) => withDatabase(a, "UPDATE p_passage SET anchor = replace(anchor, '4.8', '9.9')"),
    'projection',
    /A passage in the file’s database/,
  ],
];

describe('merging a project file in which nothing is new', () => {
  it('says nothing if it is as it was written', async () => {
    for (const bag of [files, later]) {
      const path = await fileOf(bag);
      expect((await engine.call('merge.preview', { path })).edited).toEqual([]);
      expect((await engine.call('merge.apply', { path })).edited).toEqual([]);
    }
  });

  it.each(EDITS)('says that it was changed after it was written: %s', async (_what, edit, kind, told) => {
    const path = await fileOf(edit(files));
    const { edited, commits, refused } = await engine.call('merge.preview', { path });
    expect(edited).toEqual([{ kind, id: expect.any(String), message: expect.stringMatching(told) }]);
    expect(commits.added).toBe(0);
    expect(refused).toEqual([]);
    const report = await engine.call('merge.apply', { path });
    expect(report.edited).toEqual(edited);
    expect(report.id).toBeNull();
  });

  it('says so of a file whose manifests were left as they were', async () => {
    const top = [...files.keys()][0]?.split('/')[0] ?? '';
    const name = `${top}/${ANNOTATIONS}`;
    const text = (files.get(name) ?? Buffer.alloc(0)).toString('utf8').replace('4.8万亩', '9.9万亩');
    const path = await fileOf(new Map([...files, [name, Buffer.from(text)]]));
    const { edited } = await engine.call('merge.preview', { path });
    expect(edited).toMatchObject([{ kind: 'annotations', id: ANNOTATIONS }]);
  });
});

describe('merging an edited project file', () => {
  it('brings its edits, and says it too', async () => {
    const bo = await copyFor(engine, 'Bo');
    const [source] = (await bo.engine.call('sources.list', {})).sources;
    if (source === undefined) throw new Error('The copy has the source');
    await mark(bo.engine, source.id, 'were transferred');
    const path = join(bo.folder, '..', 'Bo.sbk');
    await bo.engine.call('projectFile.export', { path });
    const sent = await fileOf(replaced(await unzipped(path), ANNOTATIONS, '4.8万亩', '9.9万亩'));
    const preview = await engine.call('merge.preview', { path: sent });
    expect(preview.commits.added).toBeGreaterThan(0);
    expect(preview.edited).toMatchObject([{ kind: 'annotations' }]);
  });
});

describe('merging a project folder', () => {
  it('brings its edits, and says what in its tables isn’t what its history says', async () => {
    const bo = await copyFor(engine, 'Bo');
    const [source] = (await bo.engine.call('sources.list', {})).sources;
    if (source === undefined) throw new Error('The copy has the source');
    await mark(bo.engine, source.id, 'Workers were');
    await bo.engine.close();
    expect((await engine.call('merge.preview', { path: bo.folder })).edited).toEqual([]);

    const database = new Database(join(bo.folder, 'project.sqlite'));
    database.exec(`UPDATE p_passage SET anchor = replace(anchor, '4.8', '9.9') WHERE anchor LIKE '%"exact":"4.8%'`);
    database.close();
    const { edited, commits } = await engine.call('merge.preview', { path: bo.folder });
    expect(edited).toEqual([
      { kind: 'projection', id: expect.any(String), message: expect.stringMatching(/^A passage in the folder’s data/) },
    ]);
    expect(commits.added).toBeGreaterThan(0);
    expect((await engine.call('merge.apply', { path: bo.folder })).edited).toEqual(edited);
    const { passages } = await engine.call('passages.list', {});
    expect(JSON.stringify(passages)).not.toContain('9.9万亩');
  });

  it('compares a large one in a worker', async () => {
    const bo = await copyFor(engine, 'Bea');
    await bo.engine.close();
    const database = new Database(join(bo.folder, 'project.sqlite'));
    database.exec(
      'PRAGMA journal_mode = DELETE; CREATE TABLE own(x); INSERT INTO own VALUES(zeroblob(5 * 1024 * 1024))',
    );
    database.close();
    const { edited } = await engine.call('merge.preview', { path: bo.folder });
    expect(edited).toEqual([{ kind: 'database', id: 'project.sqlite', message: expect.stringContaining('“own”') }]);
  });
});
