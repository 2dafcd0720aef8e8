import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { passageId, recordId, type DimensionId, type Passage, type ValueId } from '../../../shared/model/index.ts';
import { addFile, categoriesOf, codeOf, mark, testProject } from '../../support/project.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

async function withReport() {
  const project = await testProject();
  const source = await addFile(project.engine, 'report.txt', 'The land-use rights were transferred.\n');
  return { ...project, source };
}
const labels = async (engine: Engine): Promise<string[]> =>
  (await engine.call('history.list', {})).commits.map((one) => one.label);

describe('settings', () => {
  async function withDimensions() {
    const project = await withReport();
    const { dimensions } = await project.engine.call('codebook.get', {});
    const pick = (test: (one: (typeof dimensions)[number]) => boolean) => {
      const found = dimensions.find((one) => test(one) && one.values.length > 2);
      if (found === undefined) throw new Error('no such dimension');
      return { id: found.id, values: found.values.map((value) => value.id) };
    };
    const { id } = await mark(project.engine, project.source.id, 'rights');
    return {
      ...project,
      id,
      single: pick((one) => one.on === 'passage' && one.single),
      multiple: pick((one) => one.on === 'passage' && !one.single),
      ofSource: pick((one) => one.on === 'source'),
    };
  }

  it('replace each other in a dimension with one value; in others they are a set', async () => {
    const { engine, id, single, multiple, person } = await withDimensions();
    const set = (dimension: DimensionId, ...values: (ValueId | undefined)[]) =>
      engine.call('settings.set', { passage: id, dimension, values: values.filter((one) => one !== undefined) });
    const [a, b] = single.values;
    await set(single.id, a);
    expect((await set(single.id, b)).settings).toEqual([{ dimension: single.id, value: b, person: person.id }]);
    expect(await codeOf(set(single.id, a, b))).toBe('BAD_INPUT');
    const [x, y, z] = multiple.values;
    await set(multiple.id, x, y);
    const both = (await set(multiple.id, y, z)).settings.filter((one) => one.dimension === multiple.id);
    expect(new Set(both.map((one) => one.value))).toEqual(new Set([y, z]));
    // Back to a value that was there before makes no double, and an empty list takes all away.
    expect((await set(multiple.id, x, y, z)).settings.filter((one) => one.dimension === multiple.id)).toHaveLength(3);
    expect((await set(multiple.id)).settings).toHaveLength(1);
    expect((await labels(engine))[0]).toMatch(/^Set .+: none$/);
    await engine.call('history.undo', {});
    expect((await engine.call('passages.get', { id })).settings).toHaveLength(4);
  });

  it('are rejected for source dimensions, for values of other dimensions, and on missing passages', async () => {
    const { engine, id, single, multiple, ofSource } = await withDimensions();
    const set = (passage: Passage['id'], dimension: DimensionId, ...values: (ValueId | undefined)[]) =>
      codeOf(engine.call('settings.set', { passage, dimension, values: values.filter((one) => one !== undefined) }));
    expect(await set(id, ofSource.id, ofSource.values[0])).toBe('BAD_INPUT');
    expect(await set(id, single.id, multiple.values[0])).toBe('NOT_FOUND');
    expect(await set(id, NOBODY as never)).toBe('NOT_FOUND');
    expect(await set(passageId.parse(NOBODY), single.id)).toBe('NOT_FOUND');
    await engine.call('passages.remove', { ids: [id] });
    expect(await set(id, single.id, single.values[0])).toBe('NOT_ALLOWED');
  });
});

describe('memos', () => {
  it('do not overwrite what another window saved meanwhile', async () => {
    const { engine, source } = await withReport();
    const target = { kind: 'source' as const, id: recordId.parse(source.id) };
    const set = (text: string, base: string) => codeOf(engine.call('memos.set', { target, text, base }));
    const now = async () => (await engine.call('memos.list', { target })).memos.map(({ text }) => text);
    await engine.call('memos.set', { target, text: 'Of one window.', base: '' });
    expect(await set('Of the other.', '')).toBe('EXISTS');
    expect(await now()).toEqual(['Of one window.']);
    await engine.call('memos.set', { target, text: 'Of both.', base: 'Of one window.' });
    expect(await now()).toEqual(['Of both.']);
    // A script does not say what the memo was before.
    await engine.call('memos.set', { target, text: 'Of a script.' });
    expect(await now()).toEqual(['Of a script.']);
  });

  it('belong to a passage, a category, a source or the project; each person has one, and an empty text removes it', async () => {
    const { engine, source } = await withReport();
    const [palt] = await categoriesOf(engine, 'SYS.PALT');
    const { id } = await mark(engine, source.id, 'rights');
    const project = (await engine.call('project.info', {})).id;
    for (const [kind, target] of [
      ['passage', id],
      ['category', palt],
      ['source', source.id],
      ['project', project],
    ] as const) {
      const on = { kind, id: recordId.parse(target) };
      expect(await engine.call('memos.list', { target: on })).toEqual({ memos: [] });
      const first = (await engine.call('memos.set', { target: on, text: 'First.' })).memo;
      const second = (await engine.call('memos.set', { target: on, text: 'Second.' })).memo;
      expect(second).toMatchObject({ id: first?.id, text: 'Second.' });
      expect((await labels(engine))[0]).toBe(`Write memo on ${kind}`);
      await engine.call('history.undo', {});
      expect((await engine.call('memos.list', { target: on })).memos.map((memo) => memo.text)).toEqual(['First.']);
      expect(await engine.call('memos.set', { target: on, text: '  ' })).toEqual({ memo: null });
      expect(await engine.call('memos.list', { target: on })).toEqual({ memos: [] });
      const again = (await engine.call('memos.set', { target: on, text: 'Third.' })).memo;
      expect(again?.id).toBe(first?.id);
    }
  });

  it('are removed and restored by their own id', async () => {
    const { engine, source } = await withReport();
    const passage = await mark(engine, source.id, 'rights', { memo: 'Keep this.' });
    const [memo] = passage.memos;
    if (memo === undefined) throw new Error('no memo');
    await engine.call('memos.remove', { id: memo.id });
    expect((await engine.call('passages.get', { id: passage.id })).memos).toEqual([]);
    await engine.call('memos.restore', { id: memo.id });
    expect((await engine.call('passages.get', { id: passage.id })).memos).toEqual([memo]);
    expect((await labels(engine)).slice(0, 2)).toEqual(['Restore memo', 'Move memo to trash']);
    expect(await codeOf(engine.call('memos.remove', { id: NOBODY as never }))).toBe('NOT_FOUND');
  });

  it('cannot be added to what is missing or removed', async () => {
    const { engine, source } = await withReport();
    const { id } = await mark(engine, source.id, 'rights');
    const on = (kind: 'passage' | 'category', target: string) =>
      codeOf(engine.call('memos.set', { target: { kind, id: recordId.parse(target) }, text: 'x' }));
    expect(await on('category', id)).toBe('NOT_FOUND');
    await engine.call('passages.remove', { ids: [id] });
    expect(await on('passage', id)).toBe('NOT_FOUND');
    // Nothing that cannot be signed is said: half a character has no bytes.
    await engine.call('passages.restore', { ids: [id] });
    expect(
      await codeOf(engine.call('memos.set', { target: { kind: 'passage', id: recordId.parse(id) }, text: '\ud800' })),
    ).toBe('BAD_INPUT');
  });
});
