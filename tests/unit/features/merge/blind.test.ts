import { join } from 'node:path';
import { expect, it } from 'vitest';
import { handBack } from '../../../../electron/engine/handing-back.ts';
import { addFile, contentsOf, faultOf, mark, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';
import { giveOut, receive } from '../coding/support.ts';

it('merges what was coded blind only when both are done, and shows nothing of it before', async () => {
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
  expect(early.message).toContain('Ben says that it is done');
  await handBack(copy.engine);
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
