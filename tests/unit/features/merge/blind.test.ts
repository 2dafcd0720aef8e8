import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import { submitBlindCopy } from '../../../../electron/engine/blind-copy.ts';
import { verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { assertBothDone } from '../../../../electron/features/merge/same-project.ts';
import { commitHash, personId } from '../../../../shared/model/index.ts';
import {
  addFile,
  codeOf,
  contentsOf,
  faultOf,
  mark,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';
import { giveOut, receive } from '../coding/support.ts';

it('blind coding is merged only when both coders have submitted, and none of it is shown before', async () => {
  const { engine } = await testProject({ person: somebody('Ann') });
  const { id } = await addFile(
    engine,
    'report.txt',
    '全县转移农村富余劳动力1234人次。流转土地4.8万亩。组织培训三期。完成任务。\n',
  );
  const { path, assignment } = await giveOut(engine, { leadToo: true });
  const copy = await receive(path, somebody('Ben'));
  await mark(copy.engine, id, '流转土地4.8万亩');
  const back = join(tempFolder(), 'back.sbk');
  const before = await contentsOf(engine);

  await copy.engine.call('projectFile.export', { path: back });
  const early = await faultOf(engine.call('merge.preview', { path: back }));
  expect(early).toMatchObject({ code: 'NOT_ALLOWED', context: { assignment: assignment.id } });
  expect(early.message).toContain('Ben finishes and sends the file again');
  await submitBlindCopy(copy.engine);
  await copy.engine.call('projectFile.export', { path: back, replace: true });
  const mine = await faultOf(engine.call('merge.apply', { path: back }));
  expect(mine.message).toContain('your own coding');
  expect(await contentsOf(engine)).toEqual(before);

  await engine.call('assignments.done', { id: assignment.id });
  const report = await engine.call('merge.apply', { path: back });
  expect(report).toMatchObject({ refused: [], conflicts: [] });
  expect((await contentsOf(engine)).passages).toHaveLength(1);
  expect(await engine.call('project.verify', {})).toMatchObject({ ok: true });
});

it('blind coding by a key of the lead’s installation is rejected until people elsewhere have confirmed both', async () => {
  const [ann, ben, cat] = [somebody('Ann'), somebody('Ben'), somebody('Cat')];
  const { engine, folder } = await testProject({ person: ann });
  const { id } = await addFile(engine, 'report.txt', '流转土地4.8万亩。组织培训三期。完成任务。\n');
  const { path, assignment } = await giveOut(engine, { leadToo: true });
  const copy = await receive(path, ben);
  await mark(copy.engine, id, '流转土地4.8万亩');
  await submitBlindCopy(copy.engine);
  const back = join(tempFolder(), 'back.sbk');
  await copy.engine.call('projectFile.export', { path: back });
  await engine.call('assignments.done', { id: assignment.id });
  await engine.close();
  const there = await openFor(folder, ben, { installation: ann.id });
  await there.call('people.setRoles', { id: personId.parse(ben.id), roles: ['coder'] });
  await there.close();
  const lead = await openFor(folder, ann);
  for (const call of ['merge.preview', 'merge.apply'] as const) {
    const one = await faultOf(lead.call(call, { path: back }));
    expect(one).toMatchObject({ code: 'NOT_ALLOWED', context: { assignment: assignment.id } });
    expect(one.message).toContain('they count as one reader');
  }
  await lead.close();
  const elsewhere = await openFor(folder, cat);
  for (const { id: person, fingerprint, isMe } of (await elsewhere.call('people.list', {})).people)
    if (!isMe) await elsewhere.call('people.confirm', { id: person, fingerprint });
  await elsewhere.close();
  const again = await openFor(folder, ann);
  await again.call('merge.apply', { path: back });
  expect((await contentsOf(again)).passages).toHaveLength(1);
});

it('blind coding is rejected while its assignment is withdrawn, even once the coder has submitted', async () => {
  const { engine } = await testProject({ person: somebody('Ann') });
  const { id } = await addFile(engine, 'report.txt', '流转土地4.8万亩。组织培训三期。完成任务。\n');
  const { path, assignment } = await giveOut(engine, { leadToo: true });
  const copy = await receive(path, somebody('Ben'));
  await mark(copy.engine, id, '流转土地4.8万亩');
  const back = join(tempFolder(), 'back.sbk');
  await copy.engine.call('projectFile.export', { path: back });
  await engine.call('history.undo', {});
  expect((await engine.call('assignments.list', {})).assignments).toEqual([]);
  for (const call of ['merge.preview', 'merge.apply'] as const) {
    const early = await faultOf(engine.call(call, { path: back }));
    expect(early).toMatchObject({ code: 'NOT_ALLOWED', context: { assignment: assignment.id } });
    expect(early.message).toContain('Ben finishes and sends the file again');
  }
  await submitBlindCopy(copy.engine);
  await copy.engine.call('projectFile.export', { path: back, replace: true });
  const mine = await faultOf(engine.call('merge.apply', { path: back }));
  expect(mine.message).toContain('you restore the assignment');
  // Work that was done since leaves nothing to redo: it is brought back out of the list.
  await engine.call('project.rename', { title: 'Other work' });
  expect(await codeOf(engine.call('history.redo', {}))).toBe('NOTHING_TO_REDO');
  const { removed } = await engine.call('assignments.list', {});
  expect(removed.map((one) => one.id)).toEqual([assignment.id]);
  expect(await codeOf(engine.call('assignments.done', { id: assignment.id }))).toBe('NOT_FOUND');
  await engine.call('assignments.restore', { id: assignment.id });
  expect(await engine.call('assignments.list', {})).toMatchObject({
    assignments: [{ id: assignment.id }],
    removed: [],
  });
  expect(await codeOf(engine.call('assignments.restore', { id: assignment.id }))).toBe('NOT_FOUND');
  await engine.call('assignments.done', { id: assignment.id });
  await engine.call('merge.apply', { path: back });
  expect((await contentsOf(engine)).passages).toHaveLength(1);
});

it('the other coder cannot import the coder’s file as a project, but can import the assigned file', async () => {
  const ann = somebody('Ann');
  const { engine } = await testProject({ person: ann });
  const { id } = await addFile(engine, 'report.txt', '流转土地4.8万亩。组织培训三期。完成任务。\n');
  const { path, assignment } = await giveOut(engine, { leadToo: true });
  const copy = await receive(path, somebody('Ben'));
  await mark(copy.engine, id, '流转土地4.8万亩');
  const back = join(tempFolder(), 'back.sbk');
  await copy.engine.call('projectFile.export', { path: back });

  const peeked = await faultOf(receive(back, ann));
  expect(peeked).toMatchObject({ code: 'NOT_ALLOWED', context: { assignment: assignment.id } });
  expect((await contentsOf((await receive(path, ann)).engine)).passages).toHaveLength(0);
  // Its coder has a copy of their own work; and whether a file is whole may be asked by anybody.
  expect((await contentsOf((await receive(back, somebody('Ben'))).engine)).passages).toHaveLength(1);
  expect(await verifyProjectFile(back, ann)).toMatchObject({ ok: true });
});

it('whether the lead has finished is not taken from the coder’s copy', async () => {
  const { engine } = await testProject({ person: somebody('Ann') });
  await addFile(engine, 'report.txt', '流转土地4.8万亩。组织培训三期。完成任务。\n');
  const { path, assignment } = await giveOut(engine, { leadToo: true });
  const ben = somebody('Ben');
  const copy = await receive(path, ben);
  await submitBlindCopy(copy.engine);
  await copy.engine.close();
  const changed = openProject({ folder: copy.folder, person: ben });
  changed.write.commit('Written by a changed program', [
    { entity: 'assignment', id: assignment.id, field: 'leadDone', value: true },
  ]);
  changed.close();
  for (const call of ['merge.preview', 'merge.apply'] as const)
    expect((await faultOf(engine.call(call, { path: copy.folder }))).message).toContain('your own coding');
  await engine.call('assignments.done', { id: assignment.id });
  expect(await engine.call('merge.apply', { path: copy.folder })).toMatchObject({ refused: [] });
});

it('blind coding is rejected if it is unknown for which assignment the copy was made', async () => {
  const ann = somebody('Ann');
  const { engine, folder } = await testProject({ person: ann });
  await addFile(engine, 'report.txt', '流转土地4.8万亩。组织培训三期。\n');
  await giveOut(engine);
  await engine.close();
  const project = openProject({ folder, person: ann });
  onTestFinished(() => project.close());
  const log = { horizon: commitHash.parse('ab'.repeat(32)) };
  for (const named of [new Set<string>(), new Set(['00000000-0000-4000-8000-000000000000'])])
    expect((await faultOf(() => assertBothDone(project.read, log, named))).message).toContain(
      'doesn’t know its assignment',
    );
});
