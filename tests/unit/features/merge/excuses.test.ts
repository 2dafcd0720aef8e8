import { join } from 'node:path';
import { expect, it } from 'vitest';
import { idBytes } from '../../../../electron/db/ids.ts';
import { importProject, newId, openIncomingLog } from '../../../../electron/db/index.ts';
import { PSEUDONYMOUS_LABEL } from '../../../../electron/db/export/pseudonymous.ts';
import { openSigner } from '../../../../electron/db/log/signatures.ts';
import type { Edit, Json } from '../../../../electron/db/types.ts';
import { verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { passageId } from '../../../../shared/model/index.ts';
import { edit, Replica } from '../../../support/logs.ts';
import { addFile, categoriesOf, copyFor, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { moveEdits, writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

/** What a forger can write into a log so that what they forged looks as if the history, or a part of it, explained it. */

async function copied() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。组织培训。\n');
  const other = await addFile(ann, 'other.txt', '培训三期。\n');
  const [category] = await categoriesOf(ann, 'LND.RIGHTS');
  if (category === undefined) throw new Error('The codebook has it');
  const passage = await mark(ann, source.id, '流转土地', { categories: [category] });
  return { ann, folder, person, passage, source, other, category, mallory: await copyFor(ann, 'Mallory') };
}

const fields = (entity: Edit['entity'], id: string, values: Readonly<Record<string, Json>>): Edit[] =>
  Object.entries(values).map(([field, value]) => ({ entity, id, field, value }) as Edit);

it('a review step in somebody’s name is forged, also where its commit comes in part', async () => {
  const { ann, person, passage, source, other, mallory } = await copied();
  await mallory.engine.close();
  writeBehind(mallory.folder, mallory.person, 'Approve', [
    ...moveEdits(newId(), passage.id, 'approved', person.id, null),
    // What is not in the part, so that the commit comes without its label.
    ...fields('memo', newId(), { target: other.id, text: 'Noted', person: mallory.person.id }),
  ]);
  const file = join(tempFolder(), 'part.sbk');
  const again = await openFor(mallory.folder, mallory.person);
  await again.call('projectFile.export', { path: file, options: { only: { sources: [source.id] } } });
  // The part has no name of Mallory’s.
  const messages = [`A review step in Ann’s name is signed by ${mallory.person.id.slice(0, 8)}.`];
  const failures = (report: { failures: readonly { message: string }[] }) => report.failures.map((one) => one.message);
  expect(failures(await verifyProjectFile(file, somebody('Eve')))).toEqual(messages);
  const { byOthers } = await ann.call('merge.preview', { path: file });
  expect(byOthers.map(({ message, forged }) => [message, forged])).toEqual([[messages[0], true]]);
  await ann.call('merge.apply', { path: file });
  expect(failures(await ann.call('project.verify', {}))).toEqual(messages);
});

it('work in somebody’s name is forged, also on a passage that says it was carried over from one that never was', async () => {
  const { ann, person, passage, source, category, mallory } = await copied();
  await mallory.engine.close();
  const [row] = (await ann.call('passages.list', {})).passages;
  const [id, { anchor, layer }] = [newId(), row ?? passage];
  writeBehind(mallory.folder, mallory.person, 'Carry', [
    ...fields('passage', id, { source: source.id, layer, anchor: JSON.parse(JSON.stringify(anchor)) as Json }),
    ...fields('passage', id, { origin: newId(), person: person.id }),
    ...fields('tag', newId(), { passage: id, category, person: person.id }),
    ...fields('memo', newId(), { target: id, text: 'Certain', person: person.id }),
  ]);
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message, forged }) => `${String(forged)} ${message}`).toSorted()).toEqual([
    'true A memo in Ann’s name is signed by Mallory, in “Carry”.',
    'true A passage in Ann’s name is signed by Mallory, in “Carry”.',
    'true A tag in Ann’s name is signed by Mallory, in “Carry”.',
  ]);
});

it('a log whose first edit says that it was rewritten under pseudonyms explains nothing of people who sign in it', async () => {
  const { folder, person, passage, mallory, ann } = await copied();
  await ann.close();
  const incoming = openIncomingLog(join(folder, 'project.sqlite'));
  const [project, genuine] = [incoming.project, [...incoming.packets()]];
  incoming.close();
  const forger = new Replica(idBytes(project) ?? Buffer.alloc(16), openSigner(mallory.person.privateKey));
  const { id, name } = mallory.person;
  forger.commit(PSEUDONYMOUS_LABEL, [edit('person', id, 'name', name)]);
  expect(forger.take(genuine)).toMatchObject({ rejected: [] });
  forger.commit(PSEUDONYMOUS_LABEL, moveEdits(newId(), passage.id, 'approved', person.id, null));
  const [at, eve] = [join(tempFolder(), 'Eves.sourcebook'), somebody('Eve')];
  importProject({ folder: at, person: eve, project, packets: () => forger.packets(), judge: () => undefined }).close();
  forger.close();
  const { failures } = await (await openFor(at, eve)).call('project.verify', {});
  expect(failures.filter(({ kind }) => kind === 'author').map(({ message }) => message)).toEqual([
    `A review step in Ann’s name is signed by Mallory, in “${PSEUDONYMOUS_LABEL}”.`,
  ]);
});

it('a log that was written as under pseudonyms, at midnight alone, explains nothing in the name of somebody who has a name in it', async () => {
  const { person } = await copied();
  const coder = somebody('Coder 1');
  const verified = async (name: string) => {
    const project = newId();
    const day = Date.UTC(2026, 4, 4);
    const forger = new Replica(idBytes(project) ?? Buffer.alloc(16), openSigner(coder.privateKey), () => day);
    const passage = passageId.parse(newId());
    forger.commit(PSEUDONYMOUS_LABEL, [
      edit('person', coder.id, 'name', coder.name),
      edit('person', person.id, 'name', name),
      edit('passage', passage, 'person', coder.id),
    ]);
    forger.commit(PSEUDONYMOUS_LABEL, moveEdits(newId(), passage, 'approved', person.id, null));
    const [at, eve] = [join(tempFolder(), 'Eves.sourcebook'), somebody('Eve')];
    importProject({
      folder: at,
      person: eve,
      project,
      packets: () => forger.packets(),
      judge: () => undefined,
    }).close();
    forger.close();
    const { failures, remarks } = await (await openFor(at, eve)).call('project.verify', {});
    const authors = failures.filter(({ kind }) => kind === 'author').map(({ message }) => message);
    return { authors, remarks: remarks.map(({ message }) => message) };
  };
  const words = 'A review step in Ann’s name is signed by Coder 1, in “Rewrite under pseudonyms”';
  expect(await verified('Ann')).toMatchObject({ authors: [`${words}.`] });
  expect(await verified('Coder 2')).toMatchObject({
    authors: [],
    remarks: [expect.stringMatching(/what could explain it/u)],
  });
});

it('says who put a passage or a claim of somebody else’s in their own name, until it is put back', async () => {
  const { ann, folder, person, passage, mallory } = await copied();
  const claim = await ann.call('claims.create', { text: 'Land was taken.' });
  await mallory.engine.call('merge.apply', { path: folder });
  await mallory.engine.close();
  const take = (to: string): Edit[] => [
    ...fields('passage', passage.id, { person: to }),
    ...fields('claim', claim.id, { person: to }),
  ];
  writeBehind(mallory.folder, mallory.person, 'Take', take(mallory.person.id));
  const messages = [
    'A claim that is Ann’s by their signature was put in Mallory’s name by Mallory, in “Take”.',
    'A passage that is Ann’s by their signature was put in Mallory’s name by Mallory, in “Take”.',
  ];
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message, forged }) => (forged ? message : '')).toSorted()).toEqual(messages);
  await ann.call('merge.apply', { path: mallory.folder });
  const { failures } = await ann.call('project.verify', {});
  expect(failures.map(({ message }) => message).toSorted()).toEqual(messages);
  const { unsigned } = await ann.call('review.get', { passage: passage.id });
  expect(unsigned.map(({ words }) => words)).toEqual([
    'The passage is Ann’s by their signature, and was put in Mallory’s name by Mallory.',
  ]);
  await ann.close();
  writeBehind(folder, person, 'Put back', take(person.id));
  expect(await (await openFor(folder, person)).call('project.verify', {})).toMatchObject({ ok: true, remarks: [] });
});

it('a removal that was withheld from a file is not passed over by verifying', async () => {
  const { ann, folder, category, passage } = await copied();
  await ann.call('tags.change', { passages: [passage.id], remove: [category] });
  await ann.close();
  const incoming = openIncomingLog(join(folder, 'project.sqlite'));
  const { project } = incoming;
  const packets = [...incoming.packets()];
  incoming.close();
  const without = packets.map((one, k) => (k === packets.length - 1 ? { ...one, body: null } : one));
  const [at, eve] = [join(tempFolder(), 'Eves.sourcebook'), somebody('Eve')];
  importProject({ folder: at, person: eve, project, packets: () => without, judge: () => undefined }).close();
  const engine = await openFor(at, eve);
  const { failures, remarks } = await engine.call('project.verify', {});
  expect(failures.filter(({ kind }) => kind === 'commit' || kind === 'projection')).toEqual([]);
  expect(remarks.map(({ message }) => message)).toEqual([
    '1 edit is here without all of its content, as in a part of a project. What it changed or removed isn’t seen in this copy.',
  ]);
});
