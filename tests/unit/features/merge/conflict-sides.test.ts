import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { recordId } from '../../../../shared/model/index.ts';
import { addFile, copyFor, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

it('If neither side is mine, mine is what was here before the merge: keeping mine changes nothing', async () => {
  const { engine: ann } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  await mark(ann, source, '流转土地');
  const at = tempFolder();
  await ann.call('projectFile.export', { path: join(at, 'first.sbk') });
  const copyFor = async (name: string) => {
    const person = somebody(name);
    const folder = join(at, `${name}.sourcebook`);
    await importProjectFile({ file: join(at, 'first.sbk'), folder, person });
    return { folder, engine: await openFor(folder, person) };
  };
  const ben = await copyFor('Ben');
  await ann.call('project.rename', { title: 'As Ann says' });
  await ann.call('projectFile.export', { path: join(at, 'anns.sbk') });
  // Later, so that Ben’s value is in force after the merge.
  await ben.engine.call('project.rename', { title: 'As Ben says' });

  const lead = somebody('Lead');
  const folder = join(at, 'Leads.sourcebook');
  await importProjectFile({ file: join(at, 'anns.sbk'), folder, person: lead });
  const engine = await openFor(folder, lead);
  const { conflicts } = await engine.call('merge.apply', { path: ben.folder });
  expect(conflicts).toMatchObject([{ mine: { text: 'As Ann says' }, incoming: { text: 'As Ben says' } }]);
  await engine.call('merge.resolve', { conflict: conflicts[0]?.id ?? '', keep: 'mine' });
  expect(await engine.call('project.info', {})).toMatchObject({ title: 'As Ann says' });
});

/** A source and a memo of Ann’s, and Bob’s copy of her project. */
async function apart() {
  const { engine: ann } = await testProject();
  const { id } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const target = { kind: 'source' as const, id: recordId.parse(id) };
  const { memo } = await ann.call('memos.set', { target, text: 'First.' });
  if (memo === null) throw new Error('The memo has words');
  const { engine: bob, folder } = await copyFor(ann, 'Bob');
  const merged = async () => {
    const { conflicts } = await ann.call('merge.apply', { path: folder });
    expect(conflicts).toHaveLength(1);
    return conflicts[0]?.id ?? '';
  };
  const memos = async () => (await ann.call('memos.list', { target })).memos.map(({ text }) => text);
  return { ann, bob, id, memo, target, merged, memos };
}

it('Keeping incoming keeps the incoming value, even if the own one is later', async () => {
  const { ann, bob, merged } = await apart();
  await bob.call('project.rename', { title: 'As Bob says' });
  await ann.call('project.rename', { title: 'As Ann says' });
  await ann.call('merge.resolve', { conflict: await merged(), keep: 'incoming' });
  expect(await ann.call('project.info', {})).toMatchObject({ title: 'As Bob says' });
});

it('Keeping both texts joins them in one field', async () => {
  const { ann, bob, id, merged } = await apart();
  await ann.call('sources.edit', { id, patch: { grade: 'C', gradeReason: 'Hearsay.' } });
  await bob.call('sources.edit', { id, patch: { grade: 'C', gradeReason: 'A copy.' } });
  await ann.call('merge.resolve', { conflict: await merged(), keep: 'both' });
  const { sources } = await ann.call('sources.list', {});
  expect(sources[0]?.gradeReason?.split('\n\n').toSorted()).toEqual(['A copy.', 'Hearsay.']);
});

it('In a conflict with a deletion, keeping the record keeps it, and keeping the deletion removes it', async () => {
  for (const [keep, texts] of [
    ['mine', ['Second.']],
    ['incoming', []],
  ] as const) {
    const { ann, bob, memo, target, merged, memos } = await apart();
    await ann.call('memos.set', { target, text: 'Second.' });
    await bob.call('memos.remove', { id: memo.id });
    await ann.call('merge.resolve', { conflict: await merged(), keep });
    expect(await memos()).toEqual(texts);
  }
});

it('says of what it is, which side is in force, and a place in the codebook by what stands before it', async () => {
  const { engine: ann } = await testProject();
  const { categories } = await ann.call('codebook.get', {});
  const top = categories.filter(({ parent }) => parent === null);
  const [first, second, third, moved] = top;
  if (first === undefined || second === undefined || third === undefined || moved === undefined)
    throw new Error('The codebook has more families');
  const { engine: bob, folder: bobAt } = await copyFor(ann, 'Bob');
  await ann.call('categories.move', { ids: [moved.id], parent: null, before: first.id });
  await bob.call('categories.move', { ids: [moved.id], parent: null, before: third.id });
  const { conflicts } = await ann.call('merge.apply', { path: bobAt });
  const order = conflicts.find(({ field }) => field === 'position');
  expect(order).toMatchObject({
    about: `“${moved.name}”`,
    mine: { person: 'Ann', text: 'First', inForce: false },
    incoming: { person: 'Bob', text: `After “${second.name}”`, inForce: true },
  });
});

it('says of a side that keeps a record what that side wrote, not what the record says now', async () => {
  const { engine: ann } = await testProject();
  const rule = { from: 'hectare', to: 'mu', by: 'Yearbook' } as const;
  const { id } = await ann.call('conversions.set', { ...rule, factor: '14' });
  const { engine: bob, folder } = await copyFor(ann, 'Bob');
  await bob.call('conversions.remove', { id });
  await bob.call('conversions.set', { ...rule, factor: '16' });
  await ann.call('conversions.set', { ...rule, factor: '15' });
  await ann.call('conversions.remove', { id });
  const { conflicts } = await ann.call('merge.apply', { path: folder });
  expect(conflicts.find(({ kind }) => kind === 'deleted')).toMatchObject({
    mine: { person: 'Ann', text: 'In trash. Last text: 1 hectare is 15 mu (Yearbook)' },
    incoming: { person: 'Bob', text: 'Kept: 1 hectare is 16 mu (Yearbook)' },
  });
});
