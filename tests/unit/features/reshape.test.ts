import { describe, expect, it } from 'vitest';
import { makePdf } from '../../support/pdf.ts';
import { addFile, categoriesOf, codeOf, mark, testProject } from '../../support/project.ts';

const TEXT = '全县农村富余劳动力转移就业，完成年度目标任务。\n';

async function withPassage() {
  const project = await testProject();
  const source = await addFile(project.engine, 'report.txt', TEXT);
  const categories = await categoriesOf(project.engine, 'TRF.LOCAL');
  const passage = await mark(project.engine, source.id, '劳动力转移', { categories, memo: 'Too short.' });
  return { ...project, source, passage };
}
const at = (words: string) => ({
  kind: 'text' as const,
  start: TEXT.indexOf(words),
  end: TEXT.indexOf(words) + words.length,
});

describe('the edges of a passage', () => {
  it('can be moved: its words are the layer’s there, and tags, settings and memo stay with it', async () => {
    const { engine, passage } = await withPassage();
    const { dimensions } = await engine.call('codebook.get', {});
    const dimension = dimensions.find((one) => one.on === 'passage');
    const value = dimension?.values[0];
    if (dimension === undefined || value === undefined) throw new Error('no dimension');
    const before = await engine.call('settings.set', {
      passage: passage.id,
      dimension: dimension.id,
      values: [value.id],
    });
    const moved = await engine.call('passages.reshape', { id: passage.id, marked: at('富余劳动力转移就业') });
    expect(moved.anchor).toMatchObject({ exact: '富余劳动力转移就业', prefix: '全县农村', page: 1 });
    expect({ ...moved, anchor: null }).toEqual({ ...before, anchor: null });
    expect(await engine.call('passages.get', { id: passage.id })).toEqual(moved);
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
  });

  it('are moved back by one undo; a move to the same place writes no commit', async () => {
    const { engine, passage } = await withPassage();
    const head = async () => (await engine.call('project.info', {})).head;
    const first = await head();
    await engine.call('passages.reshape', { id: passage.id, marked: at('劳动力转移') });
    expect(await head()).toBe(first);
    await engine.call('passages.reshape', { id: passage.id, marked: at('目标任务') });
    expect(await engine.call('history.undo', {})).toEqual({ label: 'Adjust passage', left: [] });
    expect(await engine.call('passages.get', { id: passage.id })).toEqual(passage);
  });

  it('can’t leave the passage’s layer or its text', async () => {
    const { engine, source, passage } = await withPassage();
    const moved = await engine.call('passages.reshape', { id: passage.id, marked: at('全县') });
    expect(moved).toMatchObject({ source: source.id, layer: passage.layer });
    const out = { kind: 'text' as const, start: TEXT.length - 2, end: TEXT.length + 5 };
    expect(await codeOf(engine.call('passages.reshape', { id: passage.id, marked: out }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('passages.reshape', { id: passage.id, marked: { ...at('全县'), end: 0 } }))).toBe(
      'BAD_INPUT',
    );
    expect(await engine.call('passages.get', { id: passage.id })).toEqual(moved);
  });

  it('of an area are its four sides, on any page; text never becomes an area, nor an area text', async () => {
    const { engine, passage } = await withPassage();
    const scan = await addFile(engine, 'scan.pdf', await makePdf([[], []]));
    if (scan.layer === null) throw new Error('no layer');
    const area = (page: number, ...box: [number, number, number, number]) => ({
      kind: 'area' as const,
      page,
      area: box,
    });
    const made = await engine.call('passages.create', {
      source: scan.id,
      layer: scan.layer,
      marked: area(1, 50, 600, 300, 700),
    });
    const reshape = (marked: ReturnType<typeof area> | ReturnType<typeof at>, id = made.id) =>
      engine.call('passages.reshape', { id, marked });
    expect((await reshape(area(2, 60, 500, 300, 700))).anchor).toEqual(area(2, 60, 500, 300, 700));
    expect(await codeOf(reshape(area(2, 300, 500, 60, 700)))).toBe('BAD_INPUT');
    expect(await codeOf(reshape(at('全县')))).toBe('BAD_INPUT');
    expect(await codeOf(reshape(area(1, 50, 600, 300, 700), passage.id))).toBe('BAD_INPUT');
  });

  it('can’t be moved if the passage or its source is in the trash', async () => {
    const { engine, source, passage } = await withPassage();
    const reshape = () => codeOf(engine.call('passages.reshape', { id: passage.id, marked: at('全县') }));
    await engine.call('sources.remove', { ids: [source.id] });
    expect(await reshape()).toBe('NOT_FOUND');
    await engine.call('sources.restore', { ids: [source.id] });
    await engine.call('passages.remove', { ids: [passage.id] });
    expect(await reshape()).toBe('NOT_ALLOWED');
    await engine.call('passages.restore', { ids: [passage.id] });
    expect(await engine.call('passages.get', { id: passage.id })).toEqual(passage);
  });
});
