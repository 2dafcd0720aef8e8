import { expect, it } from 'vitest';
import type { CategoryId } from '../../../../shared/model/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { addFile, categoriesOf, codeOf, copyFor, mark, testProject } from '../../../support/project.ts';

/** Ann changes the codebook while Bob, in his copy, tags another passage with the category. */
async function meanwhile(change: (ann: Engine, act: CategoryId, other: CategoryId) => Promise<unknown>) {
  const { engine: ann, folder } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。组织培训。\n');
  const [act, other] = await categoriesOf(ann, 'FIG.ACT', 'TRF.PAIR');
  if (act === undefined || other === undefined) throw new Error('The codebook has them');
  const { id: known } = await mark(ann, source, '流转土地', { categories: [act] });
  const { engine: bob, folder: bobAt } = await copyFor(ann, 'Bob');
  await change(ann, act, other);
  const { id: own } = await mark(bob, source, '年度任务', { categories: [act] });
  await ann.call('merge.apply', { path: bobAt });
  await bob.call('merge.apply', { path: folder });
  const left = async (engine: Engine = ann) => (await engine.call('merge.leftTags', {})).left;
  const tagsOf = async (id = own, engine: Engine = ann) =>
    (await engine.call('passages.get', { id })).tags.map(({ category }) => category);
  return { ann, bob, bobAt, folder, act, other, known, own, left, tagsOf };
}

it('announces tags of a category that was merged meanwhile, on both sides, and carries them over as one edit', async () => {
  const { ann, bob, folder, act, other, own, left, tagsOf } = await meanwhile((engine, into, from) =>
    engine.call('categories.merge', { ids: [into], into: from }),
  );
  expect(await left()).toMatchObject([
    {
      category: { id: act, code: 'FIG.ACT' },
      how: 'merged',
      into: [{ id: other }],
      by: 'Ann',
      people: ['Bob'],
      tags: 1,
    },
  ]);
  expect(await left(bob)).toEqual(await left());
  expect(await ann.call('merge.carryTags', { category: act, into: other })).toEqual({ moved: 1 });
  expect([await tagsOf(), await left()]).toEqual([[other], []]);
  await ann.call('history.undo', {});
  expect([await tagsOf(), (await left()).length]).toEqual([[act], 1]);
  await ann.call('history.redo', {});
  await bob.call('merge.apply', { path: folder });
  expect([await tagsOf(own, bob), await left(bob)]).toEqual([[other], []]);
  expect(await codeOf(bob.call('merge.carryTags', { category: act, into: other }))).toBe('NOT_FOUND');
});

it('names the tag that undoing the merge leaves as it is, since it was carried over', async () => {
  const { ann, act, other } = await meanwhile((engine, into, from) =>
    engine.call('categories.merge', { ids: [into], into: from }),
  );
  await ann.call('merge.carryTags', { category: act, into: other });
  const [merge] = (await ann.call('merge.list', {})).merges;
  const { left } = await ann.call('merge.undo', { id: merge?.id ?? '' });
  const { categories } = await ann.call('codebook.get', {});
  const name = categories.find(({ id }) => id === other)?.name ?? '';
  expect(left).toMatchObject([{ entity: 'tag', field: 'category', why: 'changed since', about: `“${name}”` }]);
});

it('announces those of a category that was split, with its parts', async () => {
  let parts: readonly CategoryId[] = [];
  const { ann, bob, folder, act, known, own, left, tagsOf } = await meanwhile(async (engine, id) => {
    const [passage] = (await engine.call('passages.list', {})).passages;
    if (passage === undefined) throw new Error('It was marked');
    const split = await engine.call('categories.split', {
      id,
      parent: null,
      parts: [
        { code: 'NEW.A', name: 'Part A' },
        { code: 'NEW.B', name: 'Part B' },
      ],
      given: [{ passage: passage.id, parts: [0] }],
    });
    parts = split.ids;
  });
  expect(await left()).toMatchObject([
    { category: { id: act }, how: 'split', by: 'Ann', people: ['Bob'], tags: 1, passages: 1 },
  ]);
  // Every part, also the one that no passage was given to yet: first those that were.
  expect((await left())[0]?.into.map(({ id }) => id)).toEqual(parts);
  const [first = act] = parts;
  await ann.call('merge.carryTags', { category: act, into: first });
  expect([await tagsOf(), await tagsOf(known), await left()]).toEqual([[first], expect.anything(), []]);
  // Or they stay, and are not asked about again.
  await ann.call('history.undo', {});
  await ann.call('merge.carryTags', { category: act, into: null });
  expect([await tagsOf(), await left()]).toEqual([[act], []]);
  await bob.call('merge.apply', { path: folder });
  expect([await tagsOf(own, bob), await left(bob)]).toEqual([[act], []]);
});

it('announces those of a category that was archived, but not the tags it was archived with', async () => {
  const { ann, act, other, known, left, tagsOf } = await meanwhile((engine, id) =>
    engine.call('categories.archive', { ids: [id], archived: true }),
  );
  expect(await left()).toMatchObject([{ category: { id: act }, how: 'archived', into: [], tags: 1 }]);
  expect(await codeOf(ann.call('merge.carryTags', { category: act, into: act }))).toBe('BAD_INPUT');
  // Unarchived they are where they belong; once that is undone, they are left behind as before.
  const before = await left();
  await ann.call('categories.archive', { ids: [act], archived: false });
  expect(await left()).toEqual([]);
  await ann.call('history.undo', {});
  expect(await left()).toEqual(before);
  await ann.call('merge.carryTags', { category: act, into: other });
  expect([await tagsOf(), await tagsOf(known), await left()]).toEqual([[other], [act], []]);
});

it('a category that is archived again, knowing of the tags, leaves none behind', async () => {
  const { ann, act, left } = await meanwhile((engine, id) =>
    engine.call('categories.archive', { ids: [id], archived: true }),
  );
  await ann.call('categories.archive', { ids: [act], archived: false });
  await ann.call('categories.archive', { ids: [act], archived: true });
  expect(await left()).toEqual([]);
});
