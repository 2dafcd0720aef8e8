import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { tagConflictNames } from '../../../../electron/features/merge/tag-conflicts.ts';
import { query, type Readable, type LogReader } from '../../../../electron/db/types.ts';
import type { PassageId } from '../../../../shared/model/index.ts';
import { edits, newId, project } from '../../db/support.ts';
import { addFile, categoriesOf, copyFor, mark, testProject } from '../../../support/project.ts';

/** A passage that both had tagged and that both retag, each in their own copy, then merged into Ann's. */
async function bothRetag() {
  const { engine: ann, folder } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const [land, pair, act] = await categoriesOf(ann, 'LND.RIGHTS', 'TRF.PAIR', 'FIG.ACT');
  if (land === undefined || pair === undefined || act === undefined) throw new Error('The codebook has them');
  const { id } = await mark(ann, source, '流转土地', { categories: [land] });
  const { engine: bob, folder: bobs } = await copyFor(ann, 'Bob');
  await ann.call('tags.change', { passages: [id], add: [pair], remove: [land] });
  await bob.call('tags.change', { passages: [id], add: [act] });
  const { conflicts } = await ann.call('merge.apply', { path: bobs });
  return { ann, bob, folder, bobAt: bobs, id, land, pair, act, conflict: conflicts[0] };
}
const tagsOf = async (engine: Engine, id: PassageId) =>
  (await engine.call('passages.get', { id })).tags.map(({ category }) => category).toSorted();

it('a tag conflict shows each person’s changes, and is resolved to one side or both in one labelled commit', async () => {
  const { ann, bob, folder, id, land, pair, act, conflict } = await bothRetag();
  expect(conflict).toMatchObject({
    kind: 'tags',
    passage: id,
    mine: { value: { added: [pair], removed: [land] } },
    incoming: { person: 'Bob', value: { added: [act], removed: [] } },
    canKeepBoth: true,
    canWrite: false,
  });
  const resolve = (keep: 'mine' | 'incoming' | 'both') =>
    ann.call('merge.resolve', { conflict: conflict?.id ?? '', keep });
  expect(await tagsOf(ann, id)).toEqual([pair, act].toSorted());

  await resolve('mine');
  expect(await tagsOf(ann, id)).toEqual([pair]);
  expect((await ann.call('history.list', {})).commits[0]?.label).toMatch(/^Resolve tags on “流转土地”.*keep Ann’s$/);
  expect(await ann.call('merge.conflicts', {})).toMatchObject({ conflicts: [], total: 0 });
  await ann.call('history.undo', {});
  expect(await tagsOf(ann, id)).toEqual([pair, act].toSorted());

  // And asks again.
  expect((await ann.call('merge.conflicts', {})).conflicts).toEqual([conflict]);
  await resolve('both');
  await bob.call('merge.apply', { path: folder });
  expect(await tagsOf(bob, id)).toEqual([pair, act].toSorted());
  expect(await bob.call('merge.conflicts', {})).toMatchObject({ conflicts: [], total: 0 });
});

it('keeping incoming removes the tags I added and restores those I removed', async () => {
  const { ann, id, land, act, conflict } = await bothRetag();
  await ann.call('merge.resolve', { conflict: conflict?.id ?? '', keep: 'incoming' });
  expect(await tagsOf(ann, id)).toEqual([land, act].toSorted());
  expect(await ann.call('merge.conflicts', {})).toMatchObject({ conflicts: [], total: 0 });
});

it('keeping both changes no tag and closes the conflict', async () => {
  const { ann, id, pair, act, conflict } = await bothRetag();
  await ann.call('merge.resolve', { conflict: conflict?.id ?? '', keep: 'both' });
  expect(await tagsOf(ann, id)).toEqual([pair, act].toSorted());
  expect(await ann.call('merge.conflicts', {})).toMatchObject({ conflicts: [], total: 0 });
});

it.each([
  ['two sides', 'mine', ['pair'], ['act', 'land']],
  ['one side and all tags', 'both', ['act', 'pair'], ['act', 'land']],
] as const)('is in conflict again if two resolve it in contrary ways: %s', async (_what, annKeeps, anns, bobs) => {
  const both = await bothRetag();
  const { ann, bob, folder, bobAt, id } = both;
  const idsOf = (names: readonly ('land' | 'pair' | 'act')[]) => names.map((name) => both[name]).toSorted();
  await bob.call('merge.apply', { path: folder });
  const resolve = async (engine: Engine, keep: 'mine' | 'both' | 'incoming') => {
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts).toMatchObject([{ kind: 'tags', passage: id }]);
    await engine.call('merge.resolve', { conflict: conflicts[0]?.id ?? '', keep });
    expect(await engine.call('merge.conflicts', {})).toMatchObject({ total: 0 });
  };
  await resolve(ann, annKeeps);
  await resolve(bob, 'mine');
  expect([await tagsOf(ann, id), await tagsOf(bob, id)]).toEqual([idsOf(anns), idsOf(bobs)]);
  expect(await ann.call('merge.apply', { path: bobAt })).toMatchObject({ conflictsTotal: 1 });
  const [open] = (await ann.call('merge.conflicts', {})).conflicts;
  expect(open).toMatchObject({ mine: { person: 'Ann' }, incoming: { person: 'Bob' }, canWrite: false });
  // The other side is what Bob decided, and choosing it makes it so.
  await resolve(ann, 'incoming');
  expect(await tagsOf(ann, id)).toEqual(idsOf(bobs));
  await ann.call('history.undo', {});
  await resolve(ann, 'mine');
  expect(await tagsOf(ann, id)).toEqual(idsOf(anns));
  await bob.call('merge.apply', { path: folder });
  expect(await bob.call('merge.conflicts', {})).toMatchObject({ total: 0 });
  expect(await tagsOf(bob, id)).toEqual(idsOf(anns));
});

it('there is no conflict if both people only add tags', async () => {
  const { ann, bob, folder, id, pair, act, land } = await bothRetag();
  const { source } = await ann.call('passages.get', { id });
  const other = await mark(ann, source, '完成年度任务', { categories: [land] });
  await bob.call('merge.apply', { path: folder });
  await ann.call('tags.change', { passages: [other.id], add: [pair] });
  await bob.call('tags.change', { passages: [other.id], add: [act] });
  expect(await bob.call('merge.apply', { path: folder })).toMatchObject({ conflicts: [] });
  expect(await tagsOf(bob, other.id)).toEqual([land, pair, act].toSorted());
  // The earlier conflict stays open.
  expect((await bob.call('merge.conflicts', {})).conflicts).toMatchObject([{ passage: id }]);
});

it('finding tag conflicts reads only passages with removed tags', () => {
  const db = project();
  const passages = Array.from({ length: 300 }, () => newId());
  const category = newId();
  const tags = passages.map((passage) => [newId(), passage] as const);
  db.write.commit(
    'Tag',
    tags.flatMap(([tag, passage]) => edits('tag', tag, { passage, category })),
  );
  for (const [tag] of tags.slice(0, 3)) db.write.commit('Untag', edits('tag', tag, { deleted: true }));
  const asked: string[] = [];
  const team: Pick<LogReader, 'changes' | 'saw' | 'sawAt' | 'concurrentTagging'> = {
    sawAt: () => true,
    concurrentTagging: (some) => db.log.concurrentTagging(some),
    changes: (_entity, ids) => {
      asked.push(...ids);
      return [];
    },
    saw: () => true,
  };
  const plans: string[] = [];
  const read: Readable = {
    all: (q, params) => {
      plans.push(db.read.plan(q));
      return db.read.all(q, params);
    },
    get: (q, params) => db.read.get(q, params),
    plan: (q) => db.read.plan(q),
  };
  expect(tagConflictNames(read, team)).toEqual([]);
  // The commits are one line: each had seen all before it.
  expect(asked).toEqual([]);
  expect(plans[0]).toContain('COVERING INDEX p_tag_by_category');
  expect(db.read.get(query<Record<string, never>, { n: number }>('n', 'SELECT count(*) AS n FROM p_tag'), {})?.n).toBe(
    300,
  );
  db.close();
});
