import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import type { Engine } from '../../../../electron/engine/engine.ts';
import type { TextHit } from '../../../../shared/contract/search.ts';
import { layerId } from '../../../../shared/model/index.ts';
import { addFile, categoriesOf, codeOf, copyFor, mark, somebody, testProject } from '../../../support/project.ts';
import { giveOut, receive } from '../coding/support.ts';
import { tempFolder } from '../../../support/temp.ts';

const REPORT =
  '全县流转土地4.8万亩，成立农民专业合作社37家；流转后的劳动力由合作社统一登记，按月跟踪。引导农户流转承包地。\n流转大户212人。\n';

async function hitsOf(engine: Engine, query: string): Promise<TextHit[]> {
  const { hits } = await engine.call('search.query', { query, in: ['sources'], whole: true });
  return hits.flatMap(({ source, layer, start, end }) =>
    source === null || layer === null ? [] : [{ source, layer, start, end }],
  );
}
const quotes = async (engine: Engine): Promise<string[]> =>
  (await engine.call('passages.list', {})).passages.map(({ anchor }) => (anchor.kind === 'text' ? anchor.exact : ''));

describe('hits become passages', () => {
  it('as clauses, tagged, in one edit that one undo takes back and that keeps the query', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'report.txt', REPORT);
    const hits = await hitsOf(engine, '流转');
    expect(hits).toHaveLength(4);
    const [category] = await categoriesOf(engine, 'LND');
    if (category === undefined) throw new Error('no such category');
    const made = await engine.call('search.makePassages', {
      hits,
      unit: 'clause',
      categories: [category],
      query: '流转',
    });
    expect(made).toMatchObject({ already: 0, refused: [] });
    expect(made.passages).toHaveLength(4);
    expect(await quotes(engine)).toEqual([
      '全县流转土地4.8万亩',
      '流转后的劳动力由合作社统一登记',
      '引导农户流转承包地。',
      '流转大户212人。',
    ]);
    const { passages } = await engine.call('passages.list', { category });
    expect(passages).toHaveLength(4);
    const { commits } = await engine.call('history.list', {});
    expect(commits[0]?.label).toMatch(/^Make 4 passages from hits of “流转”, tagged /);
    const [first, second] = made.passages;
    if (first === undefined || second === undefined) throw new Error('no passages');
    expect(await engine.call('passages.foundBy', { id: first })).toEqual({ query: '流转', accepted: [] });
    expect(await engine.call('passages.foundBy', { id: second })).toEqual({ query: '流转', accepted: [] });
    await engine.call('history.undo', {});
    expect(await quotes(engine)).toEqual([]);
  });

  it('leaves what is a passage as it is, makes one of hits in one sentence, and shows beforehand what each becomes', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'report.txt', REPORT);
    const there = await mark(engine, source.id, '引导农户流转承包地');
    expect(await engine.call('passages.foundBy', { id: there.id })).toEqual({ query: null, accepted: [] });
    const hits = await hitsOf(engine, '流转');
    const { spans } = await engine.call('search.spans', { hits, unit: 'sentence' });
    expect(spans.map((one) => one?.passage ?? null)).toEqual([null, null, there.id, null]);
    expect(spans[0]?.text).toBe(REPORT.slice(0, REPORT.indexOf('引导')));
    expect(spans[1]).toMatchObject({ start: spans[0]?.start, end: spans[0]?.end, page: 1, before: '' });
    expect(spans[3]?.before.endsWith('引导农户流转承包地。\n')).toBe(true);
    const made = await engine.call('search.makePassages', { hits, unit: 'sentence', query: '流转' });
    expect(made.already).toBe(1);
    expect(made.passages).toEqual([expect.any(String), expect.any(String)]);
    expect(await quotes(engine)).toHaveLength(3);
    // Again: all are passages.
    expect(await engine.call('search.makePassages', { hits, unit: 'hit', query: '流转' })).toEqual({
      passages: [],
      already: 4,
      refused: [],
    });
  });

  it('lists what it refuses, and makes the others', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'report.txt', REPORT);
    const other = await addFile(engine, 'other.txt', '土地流转。');
    const [first] = await hitsOf(engine, '土地流转');
    if (first === undefined || source.layer === null) throw new Error('no hit');
    const beyond = { source: source.id, layer: source.layer, start: 10, end: 100_000 };
    const wrongLayer = { ...first, source: source.id };
    const noLayer = { ...first, layer: layerId.parse('00000000-0000-8000-8000-000000000000') };
    const { spans } = await engine.call('search.spans', { hits: [beyond, wrongLayer, first], unit: 'clause' });
    expect(spans.map((one) => one?.text ?? null)).toEqual([null, null, '土地流转。']);
    const made = await engine.call('search.makePassages', {
      hits: [beyond, wrongLayer, first],
      unit: 'clause',
      query: 'x',
    });
    expect(made.passages).toHaveLength(1);
    expect(made.refused.map(({ start, why }) => [start, why])).toEqual([
      [10, 'The text has no such place. Search again.'],
      [0, 'This text layer belongs to another source.'],
    ]);
    await engine.call('sources.remove', { ids: [other.id] });
    const gone = await engine.call('search.makePassages', { hits: [first, noLayer], unit: 'hit', query: 'x' });
    expect(gone.refused).toHaveLength(2);
    expect(await codeOf(engine.call('search.makePassages', { hits: [], unit: 'hit', query: 'x' }))).toBe('BAD_INPUT');
  });

  it('not in a copy for blind coding, where passages come from reading', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'report.txt', REPORT);
    await mark(engine, source.id, '引导农户流转承包地');
    const { path } = await giveOut(engine);
    const { engine: blind } = await receive(path, somebody('Ben'));
    const before = await quotes(blind);
    const hits = await hitsOf(blind, '流转');
    expect(hits.length).toBeGreaterThan(0);
    expect(await codeOf(blind.call('search.makePassages', { hits, unit: 'hit', query: '流转' }))).toBe('NOT_ALLOWED');
    expect(await quotes(blind)).toEqual(before);
  });

  it('and are merged like any other passages', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'report.txt', REPORT);
    const { engine: hers } = await copyFor(engine, 'Her');
    const hits = await hitsOf(hers, '流转');
    await hers.call('search.makePassages', { hits, unit: 'clause', query: '流转 person:Her' });
    const path = join(tempFolder(), 'hers.sbk');
    await hers.call('projectFile.export', { path });
    await engine.call('merge.apply', { path });
    expect(await quotes(engine)).toEqual(await quotes(hers));
  });
});
