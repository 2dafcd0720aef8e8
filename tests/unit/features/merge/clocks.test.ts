import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TICKS } from '../../../../shared/changes/clock.ts';
import { idBytes } from '../../../../electron/db/ids.ts';
import { importProject, openIncomingLog } from '../../../../electron/db/index.ts';
import { headerBytes } from '../../../../electron/db/log/packet.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { edit, newId, newSigner, Replica } from '../../../support/logs.ts';
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

it('A preview names the date of a clock that is ahead, where the commit itself is dated today', async () => {
  const { engine: ann, folder } = await testProject({ person: somebody('Ann') });
  const incoming = openIncomingLog(join(folder, 'project.sqlite'));
  const [project, genuine] = [incoming.project, [...incoming.packets()]];
  incoming.close();
  const mallory = newSigner();
  const forger = new Replica(idBytes(project) ?? Buffer.alloc(16), mallory);
  forger.take(genuine);
  forger.commit('Memo', [edit('memo', newId(), 'text', 'Noted')]);
  const packets = forger.packets();
  forger.close();
  const last = packets.at(-1);
  if (last === undefined) throw new Error('It wrote a commit');
  const clock = (Date.now() + TEN_YEARS) * TICKS;
  const header = { ...last.header, clock };
  const forged = { ...last, header, sig: mallory.sign(headerBytes(header)) };
  const [at, person] = [join(tempFolder(), 'Eves.sourcebook'), somebody('Eve')];
  const all = [...packets.slice(0, -1), forged];
  importProject({ folder: at, person, project, packets: () => all, judge: () => undefined }).close();
  const { ahead } = await ann.call('merge.preview', { path: at });
  expect(ahead.map((one) => one.at)).toEqual([clock / TICKS]);
});

it('A merge says who has the other project open', async () => {
  const { folder } = await testProject({ person: somebody('Ann') });
  const second = await openFor(folder, somebody('Bob'), { whenLocked: 'read' });
  const fault = await faultOf(second.call('merge.apply', { path: folder }));
  expect(fault).toMatchObject({ code: 'PROJECT_LOCKED', context: { by: 'Ann' } });
  expect(fault.message).toContain('Ann has this project open');
});
