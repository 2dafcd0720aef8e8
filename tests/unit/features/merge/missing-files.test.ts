import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { addFile, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

it('A file that neither side has is reported in the preview and after the merge, until another merge adds it', async () => {
  const { engine: ann } = await testProject({ person: somebody('Ann') });
  await addFile(ann, 'report.txt', '流转土地4.8万亩。');
  const at = tempFolder();
  await ann.call('projectFile.export', { path: join(at, 'study.sbk') });
  const folder = join(at, 'Bobs.sourcebook');
  const person = somebody('Bob');
  await importProjectFile({ file: join(at, 'study.sbk'), folder, person });
  const bob = await openFor(folder, person);
  const { sha256 } = await addFile(bob, 'plan.txt', '组织转移就业1200人。');
  const whole = join(at, 'whole.sbk');
  await bob.call('projectFile.export', { path: whole });
  rmSync(join(folder, 'originals', sha256.slice(0, 2), sha256));

  expect((await ann.call('merge.preview', { path: folder })).files.missing).toEqual([sha256]);
  const named = [{ id: sha256, reason: expect.stringMatching(/wasn’t included/) }];
  expect((await ann.call('merge.apply', { path: folder })).refused).toEqual(named);
  expect((await ann.call('merge.apply', { path: folder })).refused).toEqual(named);
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: false });

  expect((await ann.call('merge.apply', { path: whole })).refused).toEqual([]);
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: true });
});
