import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { addFile, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

it('Where neither side is mine, mine is what was here before the merge: a lead who keeps mine keeps what they had', async () => {
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
  // Later, so that it is Ben’s that stands after the merge.
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
