import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { addFile, faultOf, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const TEN_YEARS = 3652 * 86_400_000;

it('A preview lists commits of a clock ahead of this one, but not later ones that only continue from it', async () => {
  const { engine: ann } = await testProject();
  const { id } = await addFile(ann, 'report.txt', '流转土地4.8万亩。组织培训三期。');
  const at = tempFolder();
  await ann.call('projectFile.export', { path: join(at, 'study.sbk') });
  const folder = join(at, 'Bobs.sourcebook');
  const person = somebody('Bob');
  await importProjectFile({ file: join(at, 'study.sbk'), folder, person });
  const ahead = await openFor(folder, person, { now: () => Date.now() + TEN_YEARS });
  await mark(ahead, id, '流转土地');
  await ahead.close();

  const { ahead: named } = await ann.call('merge.preview', { path: folder });
  expect(named).toHaveLength(1);
  expect(named[0]?.at).toBeGreaterThan(Date.now() + TEN_YEARS / 2);
  await ann.call('merge.apply', { path: folder });

  const again = await openFor(folder, person);
  await mark(again, id, '组织培训');
  expect(await ann.call('merge.preview', { path: folder })).toMatchObject({ commits: { added: 1 }, ahead: [] });
});

it('A merge says who has the other project open', async () => {
  const { folder } = await testProject({ person: somebody('Ann') });
  const second = await openFor(folder, somebody('Bob'), { whenLocked: 'read' });
  const fault = await faultOf(second.call('merge.apply', { path: folder }));
  expect(fault).toMatchObject({ code: 'PROJECT_LOCKED', context: { by: 'Ann' } });
  expect(fault.message).toContain('Ann has this project open');
});
