import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import {
  carriedTo,
  oneSource,
  passagesOn,
  anchorHistory,
  replacing,
  sourcesAt,
} from '../../../electron/features/versions/queries.ts';
import type { PassageId, Source } from '../../../shared/model/index.ts';
import { project } from '../db/support.ts';
import { makePdf } from '../../support/pdf.ts';
import { png } from '../../support/pictures.ts';
import { addFile, categoriesOf, codeOf, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { answerStylesWith } from '../../support/page-styles.ts';
import { tempFolder } from '../../support/temp.ts';

const OLDER = `柳泉县2023年政府工作报告。
全县流转土地4.8万亩，涉及农户一千二百户。
组织农村富余劳动力转移就业1234人次，完成年度目标任务的百分之一百零三。
各乡镇举办技能培训班二十期。
The county signed contracts with three cotton mills in the spring season.
本段将被删除，因为它谈到了不应公开的内容和名单。
`;
const NEWER = `柳泉县2023年政府工作报告。
各乡镇举办技能培训班二十期。
全县流转土地5.1万亩，涉及农户一千二百户。
新增一段，说明本年的经济情况与往年不同。
组织农村富余劳动力
转移就业1234人次，完成年度目标任务的百分之一百零三。
The county signed contracts with four cotton mills in the spring season.
`;

const WORDS = [
  '流转土地4.8万亩',
  '富余劳动力转移就业1234人次',
  '举办技能培训班二十期',
  '不应公开的内容和名单',
] as const;

async function captures() {
  const desk = await testProject();
  const { engine } = desk;
  const older = await addFile(engine, 'older.txt', OLDER);
  const newer = await addFile(engine, 'newer.txt', NEWER);
  const [land = ''] = await categoriesOf(engine, 'LND.RIGHTS');
  const made: PassageId[] = [];
  for (const words of WORDS)
    made.push(
      (await mark(engine, older.id, words, { categories: await categoriesOf(engine, 'LND.RIGHTS'), memo: words })).id,
    );
  return { ...desk, older, newer, land, made };
}
const compare = (engine: Engine, older: Source, newer: Source) =>
  engine.call('versions.compare', { older: { source: older.id }, newer: { source: newer.id } });
const headOf = async (engine: Engine) => (await engine.call('project.info', {})).head;

/** Confirms all passages that have a place in the newer version, as the screen does. */
async function acceptAll(engine: Engine, older: Source, newer: Source) {
  const { passages } = await compare(engine, older, newer);
  const wanted = passages.flatMap(({ passage, to }) =>
    to === null ? [] : [{ passage, start: to.start, end: to.end }],
  );
  return engine.call('versions.accept', { older: { source: older.id }, newer: { source: newer.id }, passages: wanted });
}

describe('two captures compared', () => {
  it('list each passage as unchanged, moved, changed (with the differing words) or not found; nothing is written', async () => {
    const { engine, older, newer, made } = await captures();
    const head = await headOf(engine);
    const { passages, differences } = await compare(engine, older, newer);
    const said = new Map(passages.map((one) => [one.passage, one]));
    const [land, labour, training, gone] = made.map((id) => said.get(id));
    expect(land).toMatchObject({
      fate: 'changed',
      from: { exact: '流转土地4.8万亩' },
      to: { exact: '流转土地5.1万亩' },
    });
    expect(land?.words).toEqual([
      { kind: 'same', text: '流转土地' },
      { kind: 'gone', text: '4.8' },
      { kind: 'new', text: '5.1' },
      { kind: 'same', text: '万亩' },
    ]);
    expect(labour).toMatchObject({ fate: 'found', to: { exact: '富余劳动力\n转移就业1234人次' }, words: [] });
    expect(training).toMatchObject({ fate: 'moved', to: { exact: '举办技能培训班二十期' } });
    expect(gone).toMatchObject({ fate: 'vanished', to: null, carried: null });
    for (const { to } of passages) if (to !== null) expect(NEWER.slice(to.start, to.end)).toBe(to.exact);
    expect(differences.map(({ older: { start, end } }) => OLDER.slice(start, end))).toContain('4.8');
    expect(await headOf(engine)).toBe(head);
  });

  it('cannot be the same text, and must have a text', async () => {
    const { engine, older, newer } = await captures();
    expect(await codeOf(compare(engine, older, older))).toBe('BAD_INPUT');
    if (newer.layer === null) throw new Error('no layer');
    const wrong = { older: { source: older.id, layer: newer.layer }, newer: { source: newer.id } };
    expect(await codeOf(engine.call('versions.compare', wrong))).toBe('BAD_INPUT');
    await engine.call('sources.remove', { ids: [newer.id] });
    expect(await codeOf(compare(engine, older, newer))).toBe('NOT_FOUND');
  });

  it('list areas on a page’s screenshot too, though its text is another layer', async () => {
    const { engine, folder } = await testProject();
    const pages = ['older.html', 'newer.html'].map((name) => join(tempFolder(), name));
    pages.forEach((path, at) =>
      writeFileSync(path, `<!doctype html><title>News ${at}</title><p>The county signed.</p>`),
    );
    answerStylesWith(engine, folder, { png: png(200, 100), width: 200, height: 100 });
    const { items } = await engine.call('import.run', { job: randomUUID(), paths: pages, pageStyles: true });
    const [older, newer] = items.map(({ source }) => source);
    if (older === undefined || older === null || newer === undefined || newer === null)
      throw new Error('A page did not come in.');
    const { picture } = await engine.call('sources.get', { id: older });
    if (picture === null) throw new Error('The page has no picture.');
    const marked = { kind: 'area' as const, page: 1, area: [10, 20, 60, 50] as [number, number, number, number] };
    const { id } = await engine.call('passages.create', { source: older, layer: picture, marked });
    const { passages } = await engine.call('versions.compare', { older: { source: older }, newer: { source: newer } });
    const area = { passage: id, layer: picture, fate: 'area', from: null, to: null, words: [], carried: null };
    expect(passages).toEqual([area]);
  });

  it('list areas as areas: they cannot be searched for', async () => {
    const { engine } = await testProject();
    const [older, newer] = [
      await addFile(engine, 'a.pdf', await makePdf([['The county signed contracts.']])),
      await addFile(engine, 'b.pdf', await makePdf([['The county signed contracts.'], ['More.']])),
    ];
    if (older.layer === null) throw new Error('no layer');
    const marked = { kind: 'area' as const, page: 1, area: [50, 600, 300, 700] as [number, number, number, number] };
    const { id } = await engine.call('passages.create', { source: older.id, layer: older.layer, marked });
    const { passages } = await compare(engine, older, newer);
    const area = { passage: id, layer: older.layer, fate: 'area', from: null, to: null, words: [], carried: null };
    expect(passages).toEqual([area]);
    const passage = { passage: id, start: 0, end: 3 };
    const yes = { older: { source: older.id }, newer: { source: newer.id }, passages: [passage] };
    expect(await codeOf(engine.call('versions.accept', yes))).toBe('BAD_INPUT');
  });
});

describe('accepting a comparison', () => {
  it('creates passages on the newer capture, with all their work; the old ones stay', async () => {
    const { engine, older, newer, made, person } = await captures();
    const before = (await engine.call('passages.list', { source: older.id })).passages;
    const { passages } = await acceptAll(engine, older, newer);
    const carried = await engine.call('passages.list', { source: newer.id });
    expect(carried.total).toBe(3);
    expect(new Set(carried.passages.map(({ id }) => id))).toEqual(new Set(passages));
    for (const one of carried.passages) {
      const old = before.find(({ id }) => id === one.origin);
      expect(one).toMatchObject({ source: newer.id, layer: newer.layer, person: person.id, deleted: false });
      expect(one.tags.map(({ category, person: by }) => ({ category, by }))).toEqual(
        old?.tags.map(({ category, person: by }) => ({ category, by })),
      );
      expect(one.memos.map(({ text }) => text)).toEqual(old?.memos.map(({ text }) => text));
      if (one.anchor.kind !== 'text') throw new Error('no text');
      expect(NEWER.slice(one.anchor.start, one.anchor.end)).toBe(one.anchor.exact);
    }
    expect((await engine.call('passages.list', { source: older.id })).passages).toEqual(before);
    const [first] = (await engine.call('history.list', {})).commits;
    expect(first?.label).toBe('Carry 3 passages over to newer.txt');
    const again = await compare(engine, older, newer);
    expect(again.passages.map(({ fate }) => fate).toSorted()).toEqual(['changed', 'found', 'moved', 'vanished']);
    expect(again.passages.filter((one) => one.carried !== null)).toHaveLength(3);
    expect(made).toHaveLength(4);
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
  });

  it('works once: what was carried over stays, and after an undo it can be accepted again', async () => {
    const { engine, older, newer } = await captures();
    const first = await acceptAll(engine, older, newer);
    const head = await headOf(engine);
    expect(await acceptAll(engine, older, newer)).toEqual(first);
    expect(await headOf(engine)).toBe(head);
    const shown = (await engine.call('passages.list', { source: newer.id })).passages;
    await engine.call('history.undo', {});
    expect((await engine.call('passages.list', { source: newer.id })).total).toBe(0);
    expect((await compare(engine, older, newer)).passages.every(({ carried }) => carried === null)).toBe(true);
    expect(await acceptAll(engine, older, newer)).toEqual(first);
    const back = (await engine.call('passages.list', { source: newer.id })).passages;
    const bare = (list: typeof back) => list.map(({ tags, memos, ...rest }) => [rest, tags.length, memos.length]);
    expect(bare(back)).toEqual(bare(shown));
  });

  it('is rejected outside the text, inside a character, and for removed passages', async () => {
    const { engine, older, newer, made } = await captures();
    const [passage] = made;
    if (passage === undefined) throw new Error('no passage');
    const yes = (start: number, end: number) =>
      codeOf(
        engine.call('versions.accept', {
          older: { source: older.id },
          newer: { source: newer.id },
          passages: [{ passage, start, end }],
        }),
      );
    expect(await yes(0, 100_000)).toBe('BAD_INPUT');
    expect(await yes(5, 5)).toBe('BAD_INPUT');
    await engine.call('passages.remove', { ids: [passage] });
    expect(await yes(0, 5)).toBe('NOT_ALLOWED');
  });

  it('by two people on two copies creates one passage', async () => {
    const { engine, older, newer } = await captures();
    const file = join(tempFolder(), 'out.sbk');
    await engine.call('projectFile.export', { path: file });
    const bob = somebody('Bob');
    const folder = join(tempFolder(), 'There.sourcebook');
    await importProjectFile({ file, folder, person: bob });
    const there = await openFor(folder, bob);
    const [mine, theirs] = [await acceptAll(engine, older, newer), await acceptAll(there, older, newer)];
    expect(theirs).toEqual(mine);
    const anchors = async (of: Engine) =>
      (await of.call('passages.list', { source: newer.id })).passages.map(({ id, anchor, person, origin }) => ({
        id,
        anchor,
        person,
        origin,
      }));
    expect(await anchors(there)).toEqual(await anchors(engine));
  });
});

describe('the versions of a source', () => {
  const at = (engine: Engine, id: Source['id'], url: string, time: string | null) =>
    engine.call('sources.edit', {
      id,
      patch: { capture: { url, time, tool: null, collector: null, method: null, archiveLink: null } },
    });
  async function four() {
    const { engine } = await testProject({ codebook: 'empty' });
    const sources: Source[] = [];
    for (const n of [1, 2, 3, 4]) sources.push(await addFile(engine, `${n}.txt`, `Text number ${n}.`));
    const [a, b, c, d] = sources;
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four');
    return { engine, a, b, c, d };
  }

  it('are those of one address, however it is written, oldest first; and those people paired', async () => {
    const { engine, a, b, c, d } = await four();
    await at(engine, a.id, 'https://gov.cn/notice/#top', '2024-01-02T00:00:00Z');
    await at(engine, b.id, 'http://gov.cn:80/notice', '2023-05-06T00:00:00+08:00');
    await at(engine, c.id, 'https://gov.cn/notice?page=2', '2022-01-01T00:00:00Z');
    const list = async () => (await engine.call('versions.list', { source: a.id })).versions;
    expect(await list()).toEqual([
      { source: b.id, time: '2023-05-06T00:00:00+08:00', how: 'address', passages: 0 },
      { source: a.id, time: '2024-01-02T00:00:00Z', how: 'address', passages: 0 },
    ]);
    await engine.call('versions.pair', { older: a.id, newer: d.id });
    expect((await list()).map(({ source, how }) => [source, how])).toEqual([
      [b.id, 'address'],
      [a.id, 'address'],
      [d.id, 'paired'],
    ]);
    expect((await engine.call('history.undo', {})).label).toBe('Pair versions');
    expect(await list()).toHaveLength(2);
    expect((await engine.call('versions.list', { source: d.id })).versions).toHaveLength(1);
  });

  it('never form a ring, and one that two people made together is cut', async () => {
    const { engine, a, b, c } = await four();
    await engine.call('versions.pair', { older: a.id, newer: b.id });
    await engine.call('versions.pair', { older: b.id, newer: c.id });
    expect(await codeOf(engine.call('versions.pair', { older: c.id, newer: a.id }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('versions.pair', { older: a.id, newer: a.id }))).toBe('BAD_INPUT');
    const order = async () =>
      (await engine.call('versions.list', { source: b.id })).versions.map(({ source }) => source);
    expect(await order()).toEqual([a.id, b.id, c.id]);
    await engine.call('versions.unpair', { newer: b.id });
    expect(await order()).toEqual([b.id, c.id]);
    await engine.call('sources.remove', { ids: [c.id] });
    expect(await order()).toEqual([b.id]);
  });

  it('and carried passages are found through indexes', () => {
    const db = project();
    expect(db.read.plan(sourcesAt)).toMatch(/SEARCH s USING INDEX p_source_by_url \(captureUrl>\? AND captureUrl<\?\)/);
    expect(db.read.plan(replacing)).toMatch(/SEARCH s USING INDEX p_source_by_replaces/);
    expect(db.read.plan(oneSource)).toMatch(/SEARCH s USING INDEX sqlite_autoindex_p_source_1/);
    expect(db.read.plan(carriedTo)).toMatch(/SEARCH p USING INDEX p_passage_by_origin/);
    expect(db.read.plan(passagesOn)).toMatch(/SEARCH p USING INDEX p_passage_on_layer/);
    const plans = [db.read.plan(anchorHistory), db.read.plan(sourcesAt), db.read.plan(carriedTo)];
    for (const plan of plans) expect(plan).not.toMatch(/SCAN [a-z]\b(?! VIRTUAL)/);
    db.close();
  });
});
