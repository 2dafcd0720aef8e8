import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openProject } from '../../../../electron/db/index.ts';
import { openEngine } from '../../../../electron/engine/engine.ts';
import { importProjectFile, verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { bagFaults, forged, unzipped, zipped } from '../../../support/bag.ts';
import { makePdf } from '../../../support/pdf.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  contentsOf,
  faultOf,
  mark,
  newFolder,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';
import { makeFolder, removeFolder, tempFolder } from '../../../support/temp.ts';

const REPORT =
  '👩‍🌾 柳泉县2023年政府工作报告：全年实现农村富余劳动力转\n移就业12.6万人次。\nTransfer of land-use rights was 𠀀 completed.\n';
const flip = (bytes: Buffer, at: number): Buffer => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)));
const PAGE = `<!doctype html><html lang="en"><title>News</title><body><p>Villagers were <b>organised</b> in groups.</p></body></html>`;

/** What we read of the annotations (https://www.w3.org/TR/annotation-model/), as somebody without Sourcebook would. */
const collection = z.object({
  type: z.literal('AnnotationCollection'),
  total: z.number(),
  first: z.object({
    items: z.array(
      z.object({
        creator: z.object({ name: z.string() }),
        body: z.array(z.object({ value: z.string() })),
        target: z.object({
          source: z.object({ fileName: z.string() }),
          selector: z.array(
            z.object({
              type: z.string(),
              exact: z.string().optional(),
              start: z.number().optional(),
              end: z.number().optional(),
              value: z.string().optional(),
            }),
          ),
        }),
      }),
    ),
  }),
});

/** A project as a team has it: three kinds of sources, two people, tags, memos, an area, and something removed. */
async function team(at: string) {
  const ann = somebody('Ann');
  const ben = somebody('Ben');
  const folder = newFolder({ at, person: ann });
  const first = await openEngine({ folder, person: ann });
  const report = await addFile(first, 'report.txt', REPORT);
  const page = await addFile(first, 'news.html', PAGE);
  const note = await addFile(first, 'note.pdf', await makePdf([['A note on labour transfer.'], ['Second page.']]));
  const [rights, palt] = await categoriesOf(first, 'LND.RIGHTS', 'SYS.PALT');
  if (note.layer === null || rights === undefined || palt === undefined) throw new Error('The fixture is broken');
  await mark(first, report.id, '富余劳动力转移就业', { categories: [palt], memo: 'A figure follows.' });
  await mark(first, report.id, '𠀀 completed', { categories: [rights] });
  await mark(first, page.id, 'were organised in groups', { categories: [palt] });
  await mark(first, note.id, 'labour transfer');
  await first.call('passages.create', {
    source: note.id,
    layer: note.layer,
    marked: { kind: 'area', page: 2, area: [50, 700, 300, 800] },
  });
  await first.close();
  const engine = await openEngine({ folder, person: ben });
  await mark(engine, report.id, '富余劳动力转移就业', { categories: [rights] });
  const gone = await mark(engine, report.id, '12.6万人次');
  await engine.call('passages.remove', { ids: [gone.id] });
  return { folder, ben, engine, report, page, note };
}

/** One project and its file for all tests here, since making them takes a second; a test that harms it takes a copy. */
let place = '';
let made: Awaited<ReturnType<typeof team>> & { file: string; written: { bytes: number; files: number } };
beforeAll(async () => {
  place = makeFolder();
  const project = await team(place);
  mkdirSync(join(place, 'out'));
  const file = join(place, 'out', 'Liuquan 2023.sbk');
  made = { ...project, file, written: await project.engine.call('projectFile.export', { path: file }) };
});
afterAll(async () => {
  await made.engine.close();
  removeFolder(place);
});

describe('a project file', () => {
  it('is a valid BagIt 1.0 bag with everything in it', async () => {
    const { file, written, note, report, folder } = made;
    const files = await unzipped(file);
    expect(bagFaults(files)).toEqual([]);
    expect([...files.keys()].every((name) => name.startsWith('Liuquan-2023/'))).toBe(true);
    expect(files.get(`Liuquan-2023/data/originals/${report.sha256.slice(0, 2)}/${report.sha256}`)?.toString()).toBe(
      REPORT,
    );
    expect(files.has(`Liuquan-2023/data/originals/${note.sha256.slice(0, 2)}/${note.sha256}`)).toBe(true);
    expect(written).toEqual({
      path: file,
      signature: null,
      leftOut: 0,
      missing: [],
      bytes: readFileSync(file).length,
      files: written.files,
    });
    // Nothing of the export is left, beside it or in the project.
    expect(readdirSync(dirname(file))).toEqual([basename(file)]);
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  it('contains the passages as W3C annotations, with offsets in code points', async () => {
    const { file } = made;
    const files = await unzipped(file);
    const { first } = collection.parse(JSON.parse(files.get('Liuquan-2023/data/annotations.jsonld')?.toString() ?? ''));
    expect(first.items).toHaveLength(6);
    const characters = Array.from(REPORT);
    const texts = first.items.filter((one) => one.target.source.fileName === 'report.txt');
    expect(texts).toHaveLength(3);
    for (const { target } of texts) {
      const [quote, position, page] = target.selector;
      expect([quote?.type, position?.type]).toEqual(['TextQuoteSelector', 'TextPositionSelector']);
      expect(characters.slice(position?.start, position?.end).join('')).toBe(quote?.exact);
      expect(page?.value).toBe('page=1');
    }
    const said = texts.map((one) => [one.creator.name, ...one.body.map((body) => body.value)]);
    expect(said).toContainEqual(['Ann', 'SYS.PALT', 'A figure follows.']);
    expect(said).toContainEqual(['Ben', 'LND.RIGHTS']);
  });

  it('can be imported as the same project: sources, texts, passages, tags, memos, history', async () => {
    const { engine, file, ben } = made;
    const before = await contentsOf(engine);
    const report = await verifyProjectFile(file, ben);
    expect(report.failures).toEqual([]);
    expect(report.checked).toMatchObject({ originals: 3, layers: 3, passages: 7 });
    const folder = join(tempFolder(), 'There.sourcebook');
    await importProjectFile({ file, folder, person: ben });
    const there = await openFor(folder, ben);
    expect(await contentsOf(there)).toEqual(before);
    expect(before.passages).toHaveLength(6);
    // Exported from there, it is still the same.
    const second = join(tempFolder(), 'again.sbk');
    await there.call('projectFile.export', { path: second });
    const third = join(tempFolder(), 'Third.sourcebook');
    await importProjectFile({ file: second, folder: third, person: somebody('Cho') });
    expect((await contentsOf(await openFor(third, somebody('Cho')))).passages).toEqual(before.passages);
  });

  it('keeps each quotation exactly: after reopening, after a rebuild from the log, after export and import', async () => {
    const { engine, file, ben } = made;
    const before = await contentsOf(engine);
    const quotes = ({ passages, sources, texts }: typeof before): string[] =>
      passages.map(({ anchor, source }) => {
        const text = texts[sources.findIndex((one) => one.id === source)] ?? '';
        if (anchor.kind === 'area') return `area ${anchor.area.join(' ')}`;
        expect(text.slice(anchor.start, anchor.end)).toBe(anchor.exact);
        return anchor.exact;
      });
    expect(quotes(before)).toContain('富余劳动力转\n移就业');
    expect(await engine.call('project.rebuild', {})).toEqual({ differed: 0 });
    expect(await contentsOf(engine)).toEqual(before);
    const there = join(tempFolder(), 'There.sourcebook');
    await importProjectFile({ file, folder: there, person: ben });
    for (let opening = 0; opening < 2; opening++) {
      const reopened = await openFor(there, ben);
      expect(quotes(await contentsOf(reopened))).toEqual(quotes(before));
      await reopened.close();
    }
  });

  it('does not overwrite a file, unless told to', async () => {
    const { engine, file } = made;
    expect(await codeOf(engine.call('projectFile.export', { path: file }))).toBe('EXISTS');
    expect((await engine.call('projectFile.export', { path: file, replace: true })).files).toBeGreaterThan(5);
    expect(bagFaults(await unzipped(file))).toEqual([]);
  });

  it('removes partial files of killed exports, but none that another export may still be writing', async () => {
    const { folder, person, engine } = await testProject();
    await engine.close();
    const out = tempFolder();
    const target = join(out, 'out.sbk');
    const [left, fresh, other] = ['.out.sbk.0123abcd.part', '.out.sbk.4567abcd.part', '.else.sbk.0123abcd.part'];
    for (const name of [left, fresh, other]) writeFileSync(join(out, name), 'half');
    for (const name of [left, other]) utimesSync(join(out, name), 1, 1);
    mkdirSync(join(folder, 'cache'), { recursive: true });
    for (const name of ['export-1.sqlite', 'export-1.jsonld', 'kept'])
      writeFileSync(join(folder, 'cache', name), 'half');
    const again = await openFor(folder, person);
    await again.call('projectFile.export', { path: target });
    expect(readdirSync(out).toSorted()).toEqual([other, fresh, 'out.sbk'].toSorted());
    expect(readdirSync(join(folder, 'cache'))).toEqual(['kept']);
  });

  it('is not written from a damaged project, or to a forbidden place; nothing is left', async () => {
    const { engine, folder } = await testProject();
    const report = await addFile(engine, 'report.txt', REPORT);
    const target = join(tempFolder(), 'out.sbk');
    const original = join(folder, 'originals', report.sha256.slice(0, 2), report.sha256);
    const bytes = readFileSync(original);
    rmSync(original);
    writeFileSync(original, flip(bytes, 9));
    expect(await codeOf(engine.call('projectFile.export', { path: target }))).toBe('DAMAGED');
    writeFileSync(original, bytes);
    expect(readdirSync(dirname(target))).toEqual([]);
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
    const nowhere = join(tempFolder(), 'no', 'such', 'folder', 'out.sbk');
    expect(await codeOf(engine.call('projectFile.export', { path: nowhere }))).toBe('NOT_FOUND');
  });

  it('leaves out a source whose record has no hash, and names it', async () => {
    const { engine, folder, person } = await testProject();
    const report = await addFile(engine, 'report.txt', REPORT);
    await engine.close();
    const changed = openProject({ folder, person });
    const id = randomUUID();
    changed.write.commit('Written by a changed program', [
      { entity: 'source', id, field: 'sha256', value: '../../etc/passwd' },
      { entity: 'layer', id, field: 'source', value: id },
      { entity: 'layer', id, field: 'sha256', value: '' },
    ]);
    changed.close();
    const again = await openFor(folder, person);
    const path = join(tempFolder(), 'out.sbk');
    const whole = await again.call('projectFile.export', { path });
    expect(whole.missing).toMatchObject([{ id }]);
    await importProjectFile({ file: path, folder: join(tempFolder(), 'Whole.sourcebook'), person });
    const options = { only: { sources: [report.id] } };
    expect(await again.call('projectFile.export', { path, replace: true, options })).toMatchObject({ missing: [] });
    await importProjectFile({ file: path, folder: join(tempFolder(), 'Part.sourcebook'), person });
  });

  it('can be written from a project opened for reading, which is not changed', async () => {
    const ann = somebody('Ann');
    const folder = newFolder({ person: ann });
    const inside = () => readdirSync(folder).filter((name) => !name.startsWith('lock.'));
    const before = inside();
    const engine = await openFor(folder, ann, { readOnly: true });
    const target = join(tempFolder(), 'out.sbk');
    await engine.call('projectFile.export', { path: target });
    expect((await verifyProjectFile(target, ann)).ok).toBe(true);
    expect(await codeOf(engine.call('project.rename', { title: 'Other' }))).toBe('PROJECT_READ_ONLY');
    expect(inside()).toEqual(before);
  });
});

describe('importing', () => {
  it('is rejected if there is a project already', async () => {
    const { file, folder, ben } = made;
    expect(await codeOf(importProjectFile({ file, folder, person: ben }))).toBe('EXISTS');
  });

  it('removes partial folders of this installation’s killed imports, and no other installation’s', async () => {
    const { file, ben } = made;
    const at = tempFolder();
    const installation = 'a'.repeat(32);
    // No process has number 2 ** 30; this one has its own.
    const left = ['aaaaaaaa-1073741824', 'bbbbbbbb-1073741824', `aaaaaaaa-${process.pid}`].map(
      (owner) => `Other.sourcebook.part-${owner}-01234567`,
    );
    for (const name of left) mkdirSync(join(at, name, 'originals'), { recursive: true });
    await importProjectFile({ file, folder: join(at, 'New.sourcebook'), person: ben, installation });
    expect(readdirSync(at).toSorted()).toEqual(['New.sourcebook', ...left.slice(1)].toSorted());
  });

  it('rejects a file that is not a project file, and leaves nothing', async () => {
    const at = tempFolder();
    const file = join(at, 'x.sbk');
    const folder = join(at, 'New.sourcebook');
    const person = somebody('Ann');
    expect(await codeOf(importProjectFile({ file, folder, person }))).toBe('NOT_FOUND');
    const inside = await faultOf(importProjectFile({ file: join(place, 'out'), folder, person }));
    expect([inside.code, JSON.stringify(inside).includes(place)]).toEqual(['BAD_INPUT', false]);
    writeFileSync(file, 'not a zip');
    expect(await codeOf(importProjectFile({ file, folder, person }))).toBe('DAMAGED');
    await zipped(file, [['top/readme.txt', Buffer.from('hello')]]);
    expect(await codeOf(importProjectFile({ file, folder, person }))).toBe('DAMAGED');
    expect(readdirSync(at)).toEqual(['x.sbk']);
  });

  it('reports each damaged item once, and creates no project', async () => {
    const { file, ben, report, page, note } = made;
    const whole = await unzipped(file);
    const top = 'Liuquan-2023';
    const layer = [...whole.keys()].find((name) => name.startsWith(`${top}/data/layers/`)) ?? '';
    const original = `${top}/data/originals/${report.sha256.slice(0, 2)}/${report.sha256}`;
    const bytesOf = (name: string): Buffer => whole.get(name) ?? Buffer.alloc(0);
    const altered = flip(bytesOf(original), 20);
    const database = bytesOf(`${top}/data/project.sqlite`);
    const layerHash = basename(layer).slice(0, 64);
    const cases: [string, ReadonlyMap<string, Buffer>, [string, string][]][] = [
      ['an altered original', new Map([...whole, [original, altered]]), [['original', report.sha256]]],
      [
        'an altered original, with the manifest made to agree',
        forged(whole, original.slice(top.length + 1), altered),
        [['original', report.sha256]],
      ],
      ['a missing original', without(whole, original), [['original', report.sha256]]],
      ['a missing layer', without(whole, layer), [['layer', layerHash]]],
      ['an altered layer', new Map([...whole, [layer, flip(bytesOf(layer), 30)]]), [['layer', layerHash]]],
      [
        'an altered layer, with the manifest made to agree',
        forged(whole, layer.slice(top.length + 1), flip(bytesOf(layer), 30)),
        [['layer', layerHash]],
      ],
      [
        'an altered database',
        new Map([...whole, [`${top}/data/project.sqlite`, flip(database, database.length >> 1)]]),
        [['database', 'data/project.sqlite']],
      ],
      ['a missing database', without(whole, `${top}/data/project.sqlite`), [['database', 'data/project.sqlite']]],
      [
        'a file nobody listed',
        new Map([...whole, [`${top}/data/extra.exe`, Buffer.from('MZ')]]),
        [['manifest', 'data/extra.exe']],
      ],
      [
        'annotations that say something else',
        new Map([...whole, [`${top}/data/annotations.jsonld`, Buffer.from('{}')]]),
        [['annotations', 'data/annotations.jsonld']],
      ],
      [
        'two originals',
        without(
          whole,
          `${top}/data/originals/${page.sha256.slice(0, 2)}/${page.sha256}`,
          `${top}/data/originals/${note.sha256.slice(0, 2)}/${note.sha256}`,
        ),
        [page.sha256, note.sha256].toSorted().map((hash) => ['original', hash]),
      ],
    ];
    const at = tempFolder();
    for (const [what, files, expected] of cases) {
      const damaged = join(at, 'damaged.sbk');
      await zipped(damaged, files);
      const { ok, failures } = await verifyProjectFile(damaged, ben);
      const named = failures
        .map(({ kind, id }): [string, string] => [kind, id])
        .toSorted((a, b) => (a[1] < b[1] ? -1 : 1));
      expect([what, named]).toEqual([what, expected]);
      expect(ok).toBe(false);
      if (!what.includes('original')) continue;
      const folder = join(at, 'New.sourcebook');
      const fault = await faultOf(importProjectFile({ file: damaged, folder, person: ben }));
      const told = fault.context?.['failures'];
      expect([what, fault.code, Array.isArray(told) && told.length]).toEqual([what, 'DAMAGED', expected.length]);
      expect(readdirSync(at)).toEqual(['damaged.sbk']);
    }
  });

  it('rejects a database whose log was edited, though every manifest matches', async () => {
    const { file, ben } = made;
    const whole = await unzipped(file);
    const at = tempFolder();
    const database = join(at, 'x.sqlite');
    writeFileSync(database, whole.get('Liuquan-2023/data/project.sqlite') ?? Buffer.alloc(0));
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(database);
    db.exec('DROP TRIGGER change_no_update');
    db.prepare("UPDATE change_ SET value = replace(value, 'Liuquan', 'Elsewhere') WHERE value LIKE '%Liuquan%'").run();
    db.close();
    const damaged = join(at, 'damaged.sbk');
    await zipped(damaged, forged(whole, 'data/project.sqlite', readFileSync(database)));
    const { failures } = await verifyProjectFile(damaged, ben);
    expect(failures.length).toBeGreaterThan(0);
    const folder = join(at, 'New.sourcebook');
    expect(await codeOf(importProjectFile({ file: damaged, folder, person: ben }))).toBe('DAMAGED');
    expect(existsSync(folder)).toBe(false);
  });
});

function without(files: ReadonlyMap<string, Buffer>, ...names: readonly string[]): Map<string, Buffer> {
  return new Map([...files].filter(([name]) => !names.includes(name)));
}
