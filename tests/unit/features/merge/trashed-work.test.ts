import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { addFile, categoriesOf, copyFor, mark, testProject } from '../../../support/project.ts';

/** A study that Ann and Bob both have: a report with a passage on land, and a second report. */
async function shared() {
  const { engine: ann, folder } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const { id: other } = await addFile(ann, 'plan.txt', '组织转移就业1200人，培训800人次。\n');
  const [land, pair, act] = await categoriesOf(ann, 'LND.RIGHTS', 'TRF.PAIR', 'FIG.ACT');
  if (land === undefined || pair === undefined || act === undefined) throw new Error('The codebook has them');
  const { id } = await mark(ann, source, '流转土地', { categories: [land] });
  const { engine: bob, folder: bobs } = await copyFor(ann, 'Bob');
  const conflicts = async (engine: Engine = ann) => (await engine.call('merge.conflicts', {})).conflicts;
  const resolve = async (keep: 'mine' | 'incoming' | 'both', engine: Engine = ann) =>
    engine.call('merge.resolve', { conflict: (await conflicts(engine))[0]?.id ?? '', keep });
  return { ann, bob, folder, bobs, source, other, id, land, pair, act, conflicts, resolve };
}
describe('Work on what someone else moved to the trash meanwhile', () => {
  it('is a conflict after the merge, and in the preview: a new tag, memo and translation on a passage', async () => {
    const { ann, bob, bobs, id, act, conflicts, resolve } = await shared();
    await ann.call('passages.remove', { ids: [id] });
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await bob.call('memos.set', { target: { kind: 'passage', id }, text: 'Check the year' });
    await bob.call('translations.set', { passage: id, text: 'transferred land' });

    const { conflictsTotal } = await ann.call('merge.preview', { path: bobs });
    expect(conflictsTotal).toBe(1);
    await ann.call('merge.apply', { path: bobs });
    const [conflict] = await conflicts();
    expect(conflict).toMatchObject({
      kind: 'deleted',
      entity: 'passage',
      record: id,
      mine: { deleted: true, person: 'Ann' },
      incoming: {
        deleted: false,
        person: 'Bob',
        text: expect.stringMatching(/^Worked on it: .*memo “Check the year”/),
      },
    });
    expect(conflict?.incoming.text).toContain('translation “transferred land”');

    await resolve('incoming');
    expect(await conflicts()).toEqual([]);
    expect((await ann.call('passages.get', { id })).tags).toHaveLength(2);

    // Undoing that hides the work again, so it asks again; and redoing closes the question.
    await ann.call('history.undo', {});
    expect(await conflicts()).toEqual([conflict]);
    await ann.call('history.redo', {});
    expect(await conflicts()).toEqual([]);
    // Whoever removes it now has seen the work on it.
    await ann.call('passages.remove', { ids: [id] });
    await ann.call('history.undo', {});
    await ann.call('history.redo', {});
    expect(await conflicts()).toEqual([]);
  });

  it('is removed only if someone resolves it so, and an undo restores it', async () => {
    const { ann, bob, bobs, folder, id, act, conflicts, resolve } = await shared();
    await ann.call('passages.remove', { ids: [id] });
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await ann.call('merge.apply', { path: bobs });
    await resolve('mine');
    expect(await conflicts()).toEqual([]);
    expect((await ann.call('history.list', {})).commits[0]?.label).toBe('Resolve conflict (passage): keep Ann’s');

    await bob.call('merge.apply', { path: folder });
    expect(await conflicts(bob)).toEqual([]);
    await ann.call('history.undo', {});
    expect(await conflicts()).toMatchObject([{ mine: { person: 'Ann', deleted: true }, incoming: { person: 'Bob' } }]);
  });

  it.each([
    ['the work', 'incoming', 2],
    ['the removal', 'mine', 0],
  ] as const)('is in conflict again if two resolve it in contrary ways; then %s is kept', async (_what, keep, tags) => {
    const { ann, bob, folder, bobs, id, act, conflicts, resolve } = await shared();
    await ann.call('passages.remove', { ids: [id] });
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await ann.call('merge.apply', { path: bobs });
    await bob.call('merge.apply', { path: folder });
    // Each keeps their own: Ann the removal, Bob the passage with his tag.
    await resolve('mine');
    await resolve('mine', bob);
    expect([await conflicts(), await conflicts(bob)]).toEqual([[], []]);

    const { conflictsTotal } = await ann.call('merge.apply', { path: bobs });
    expect(conflictsTotal).toBe(1);
    await bob.call('merge.apply', { path: folder });
    expect(await conflicts()).toMatchObject([
      {
        kind: 'deleted',
        record: id,
        mine: { person: 'Ann', deleted: true },
        incoming: { person: 'Bob', deleted: false },
      },
    ]);
    expect(await conflicts(bob)).toMatchObject([{ mine: { person: 'Bob' }, incoming: { person: 'Ann' } }]);

    await resolve(keep);
    await bob.call('merge.apply', { path: folder });
    for (const engine of [ann, bob]) {
      expect(await conflicts(engine)).toEqual([]);
      const { passages } = await engine.call('passages.list', {});
      expect(passages.flatMap((one) => one.tags)).toHaveLength(tags);
    }
    // Undone, it is in conflict again.
    await ann.call('history.undo', {});
    expect(await conflicts()).toMatchObject([{ kind: 'deleted', record: id }]);
  });

  it('is found below: a tag on a passage, and a new passage, in a removed source', async () => {
    const { ann, bob, bobs, source, other, id, act, land, conflicts } = await shared();
    await ann.call('sources.remove', { ids: [source, other] });
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await mark(bob, other, '培训800人次', { categories: [land] });
    await ann.call('merge.apply', { path: bobs });
    const found = await conflicts();
    expect(found.map(({ record }) => record).toSorted()).toEqual([source, other].toSorted());
    expect(found.find((one) => String(one.record) === other)?.incoming.text).toContain('“培训800人次”');
  });

  it('includes a tag with a removed category, on any passage', async () => {
    const { ann, bob, bobs, id, act, conflicts, resolve } = await shared();
    await ann.call('categories.remove', { ids: [act] });
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await ann.call('merge.apply', { path: bobs });
    expect(await conflicts()).toMatchObject([{ entity: 'category', record: act, mine: { deleted: true } }]);
    await resolve('both');
    expect((await ann.call('passages.get', { id })).tags.map(({ category }) => category)).toContain(act);
  });

  it('is no conflict if the remover had seen it, or if no one worked after the removal', async () => {
    const { ann, bob, bobs, folder, source, id, act, conflicts } = await shared();
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await ann.call('merge.apply', { path: bobs });
    await ann.call('passages.remove', { ids: [id] });
    await mark(bob, source, '完成年度任务');
    await ann.call('merge.apply', { path: bobs });
    await bob.call('merge.apply', { path: folder });
    expect(await conflicts()).toEqual([]);
    expect(await conflicts(bob)).toEqual([]);
  });

  it('includes a tag that was removed and restored meanwhile, also in the list of conflicts', async () => {
    const { ann, bob, folder, id, act, conflicts } = await shared();
    await ann.call('passages.remove', { ids: [id] });
    await bob.call('tags.change', { passages: [id], add: [act], remove: [] });
    await bob.call('tags.change', { passages: [id], add: [], remove: [act] });
    await bob.call('merge.apply', { path: folder });
    await bob.call('history.undo', {});
    expect(await conflicts(bob)).toMatchObject([
      { mine: { person: 'Bob', deleted: false }, incoming: { person: 'Ann', deleted: true } },
    ]);
  });

  it('includes a passage linked to a removed claim, and a link of a removed passage: an answer is not lost in silence', async () => {
    const { ann, bob, bobs, folder, source, id, conflicts, resolve } = await shared();
    const { id: claim } = await ann.call('claims.create', { text: 'Land was taken.' });
    await ann.call('claims.link', { id: claim, passages: [id], as: 'contradicts' });
    await bob.call('merge.apply', { path: folder });
    await ann.call('claims.remove', { id: claim });
    await bob.call('claims.answer', { id: claim, passage: id, answer: 'The employer says so.' });
    await ann.call('merge.apply', { path: bobs });
    expect(await conflicts()).toMatchObject([
      { entity: 'claim', record: claim, mine: { person: 'Ann', deleted: true } },
    ]);
    expect((await conflicts())[0]?.incoming.text).toMatch(/^Worked on it: passage of a claim/);
    await resolve('incoming');
    expect(await conflicts()).toEqual([]);
    expect((await ann.call('claims.list', {})).claims).toMatchObject([{ id: claim, contradicts: { passages: 1 } }]);

    const other = await mark(ann, source, '完成年度任务');
    await bob.call('merge.apply', { path: folder });
    await ann.call('passages.remove', { ids: [other.id] });
    await bob.call('claims.link', { id: claim, passages: [other.id], as: 'contradicts' });
    await ann.call('merge.apply', { path: bobs });
    expect(await conflicts()).toMatchObject([{ entity: 'passage', record: other.id }]);
  });
});
