import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { addFile, contentsOf, copyFor, mark, testProject } from '../../../support/project.ts';

/** A passage of which Ann and Bob each choose the strength of evidence, a dimension that takes one value. */
async function bothChoose(anns = 0, bobs = 1, cats: number | null = null) {
  const { engine: ann, folder } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const { id } = await mark(ann, source, '流转土地');
  const { dimensions } = await ann.call('codebook.get', {});
  const strength = dimensions.find(({ code }) => code === 'strength');
  if (strength === undefined) throw new Error('The codebook has it');
  const values = strength.values.map((one) => one.id);
  const { engine: bob, folder: bobAt } = await copyFor(ann, 'Bob');
  const choose = (engine: Engine, at: number) => {
    const value = values[at];
    return engine.call('settings.set', {
      passage: id,
      dimension: strength.id,
      values: value === undefined ? [] : [value],
    });
  };
  const cat = cats === null ? null : await copyFor(ann, 'Cat');
  await choose(ann, anns);
  await choose(bob, bobs);
  if (cat !== null) await choose(cat.engine, cats ?? 0);
  const chosen = async (engine: Engine) =>
    (await engine.call('passages.get', { id })).settings
      .map(({ value }) => values.indexOf(value))
      .toSorted((a, b) => a - b);
  const open = async (engine: Engine = ann) => (await engine.call('merge.conflicts', {})).conflicts;
  const resolve = async (keep: 'mine' | 'incoming', engine: Engine = ann) =>
    engine.call('merge.resolve', { conflict: (await open(engine))[0]?.id ?? '', keep });
  return { ann, bob, folder, bobAt, catAt: cat?.folder ?? '', id, strength, values, choose, chosen, open, resolve };
}

it('is one conflict if two choose different values of a dimension that takes one', async () => {
  const { ann, bob, folder, bobAt, id, strength, values, chosen, open, resolve } = await bothChoose();
  expect(await ann.call('merge.apply', { path: bobAt })).toMatchObject({ conflictsTotal: 1 });
  const [conflict] = await open();
  expect(conflict).toMatchObject({
    kind: 'choice',
    passage: id,
    about: expect.stringContaining(strength.name),
    mine: { person: 'Ann', value: [values[0]], text: strength.values[0]?.label, inForce: true },
    incoming: { person: 'Bob', value: [values[1]], text: strength.values[1]?.label, inForce: true },
    canKeepBoth: false,
  });
  await resolve('incoming');
  expect(await open()).toEqual([]);
  expect(await chosen(ann)).toEqual([1]);
  // Undone, it is open again, and redone it is resolved.
  await ann.call('history.undo', {});
  expect(await open()).toEqual([conflict]);
  await ann.call('history.redo', {});
  expect([await open(), await chosen(ann)]).toEqual([[], [1]]);
  await bob.call('merge.apply', { path: folder });
  expect([await open(bob), await chosen(bob)]).toEqual([[], [1]]);
});

it('is in conflict again if two resolve it in contrary ways, and the same on both sides', async () => {
  const { ann, bob, folder, bobAt, chosen, open, resolve } = await bothChoose();
  await ann.call('merge.apply', { path: bobAt });
  await bob.call('merge.apply', { path: folder });
  await resolve('mine');
  await resolve('mine', bob);
  expect([await chosen(ann), await chosen(bob)]).toEqual([[0], [1]]);
  expect(await ann.call('merge.apply', { path: bobAt })).toMatchObject({ conflictsTotal: 1 });
  await bob.call('merge.apply', { path: folder });
  expect((await contentsOf(ann)).head).toBeDefined();
  const [anns = null, ...more] = await open();
  expect(more).toEqual([]);
  // Each removed the other’s value: the screen says that neither is in force.
  expect([anns?.mine.inForce, anns?.incoming.inForce]).toEqual([false, false]);
  expect(await open(bob)).toMatchObject([{ id: anns?.id, mine: { person: 'Bob' }, incoming: { person: 'Ann' } }]);
  await resolve('incoming');
  await bob.call('merge.apply', { path: folder });
  for (const engine of [ann, bob]) expect([await open(engine), await chosen(engine)]).toEqual([[], [1]]);
});

it('keeps one’s own value if a merge with a contrary resolution is undone and restored, which would leave none', async () => {
  const { ann, bob, folder, bobAt, chosen, open, resolve } = await bothChoose();
  await ann.call('merge.apply', { path: bobAt });
  await bob.call('merge.apply', { path: folder });
  await resolve('mine', bob);
  await resolve('mine');
  const { id } = await ann.call('merge.apply', { path: bobAt });
  expect([await chosen(ann), (await open()).length]).toEqual([[], 1]);
  await ann.call('merge.undo', { id: id ?? '' });
  expect(await chosen(ann)).toEqual([0]);
  await ann.call('merge.restore', { id: id ?? '' });
  expect([await chosen(ann), await open()]).toEqual([[0], []]);
  await bob.call('merge.apply', { path: folder });
  expect([await chosen(bob), await open(bob)]).toEqual([[0], []]);
});

it('is none if both chose the same, or the second knew the first', async () => {
  const same = await bothChoose(2, 2);
  expect(await same.ann.call('merge.apply', { path: same.bobAt })).toMatchObject({ conflictsTotal: 0 });
  const knowing = await bothChoose(0, -1);
  await knowing.bob.call('merge.apply', { path: knowing.folder });
  await knowing.choose(knowing.bob, 1);
  expect(await knowing.ann.call('merge.apply', { path: knowing.bobAt })).toMatchObject({ conflictsTotal: 0 });
});

it('of three who chose, each one’s value can be kept, and no other', async () => {
  const { ann, bobAt, catAt, values, chosen, open } = await bothChoose(0, 1, 2);
  await ann.call('merge.apply', { path: bobAt });
  await ann.call('merge.apply', { path: catAt });
  const [conflict] = await open();
  const [, third] = conflict?.others ?? [];
  if (conflict === undefined || third === undefined) throw new Error('There are three sides');
  const keep = (value: readonly string[]) =>
    ann.call('merge.resolve', { conflict: conflict.id, keep: { value: [...value] } });
  await expect(keep(values.slice(3, 4))).rejects.toThrow(/can’t enter another value/);
  await ann.call('merge.resolve', { conflict: conflict.id, keep: { value: third.value } });
  expect([await open(), (await chosen(ann)).map((at) => values[at])]).toEqual([[], third.value]);
  const { commits } = await ann.call('history.list', { limit: 1 });
  expect(commits[0]?.label).toContain(`keep ${third.person}’s`);
});
