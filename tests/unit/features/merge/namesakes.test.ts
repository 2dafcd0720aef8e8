import { expect, it } from 'vitest';
import { addFile, categoriesOf, copyFor, mark, testProject } from '../../../support/project.ts';

it('people whose names look alike are told apart in the preview of a merge, its items, conflicts, left tags and history', async () => {
  const { engine: ann } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const [act, freed, pair] = await categoriesOf(ann, 'FIG.ACT', 'LND.FREED', 'TRF.PAIR');
  if (act === undefined || freed === undefined || pair === undefined) throw new Error('The codebook has them');
  // With a Cyrillic А.
  const { engine: other, folder } = await copyFor(ann, '\u0410nn');
  await mark(other, source, '年度任务', { categories: [act] });
  await other.call('categories.edit', { id: freed, patch: { name: 'Theirs' } });
  await ann.call('categories.edit', { id: freed, patch: { name: 'Ours' } });
  await ann.call('categories.merge', { ids: [act], into: pair });

  const told = /^[A\u0410]nn \(key [\dA-F ]{39}\)$/;
  const { conflicts } = await ann.call('merge.preview', { path: folder });
  const { items } = await ann.call('merge.items', {});
  const sides = (all: typeof conflicts): string[] =>
    all.flatMap(({ mine, incoming }) => [mine.person, incoming.person]);
  expect(sides(conflicts)).toEqual([expect.stringMatching(told), expect.stringMatching(told)]);
  expect(new Set(items.map(({ person }) => told.test(person)))).toEqual(new Set([true]));

  await ann.call('merge.apply', { path: folder });
  const [left] = (await ann.call('merge.leftTags', {})).left;
  const [merge] = (await ann.call('merge.list', {})).merges;
  const named = [...sides((await ann.call('merge.conflicts', {})).conflicts), left?.by, ...(left?.people ?? [])];
  expect([...named, ...(merge?.people ?? [])].map((name) => told.test(name ?? ''))).toEqual(Array(5).fill(true));
});
