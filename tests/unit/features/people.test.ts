import { expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import type { Edit } from '../../../electron/db/types.ts';
import { fingerprintOf, newPrivateKey, personOf, rawPublicKey } from '../../../electron/project/people/people.ts';
import { readMinisignKey } from '../../../electron/formats/minisign/key.ts';
import { personId } from '../../../shared/model/index.ts';
import { codeOf, openFor, testProject } from '../../support/project.ts';

const keyOf = (privateKey: string): Uint8Array => rawPublicKey(privateKey);

it('lists who signed, with key, fingerprint and roles; an installation’s roles are written with the first commit', async () => {
  const { engine, folder, person } = await testProject();
  await engine.call('project.rename', { title: 'Liuquan' });
  await engine.close();
  const abliz = { ...personOf('T. Abliz', newPrivateKey()), roles: ['translator', 'checker'] };
  const theirs = await openFor(folder, abliz);
  await theirs.call('project.rename', { title: 'Liuquan 2023' });
  const { people } = await theirs.call('people.list', {});
  expect(people).toMatchObject([
    { id: person.id, name: person.name, roles: [], isMe: false, fingerprint: fingerprintOf(keyOf(person.privateKey)) },
    { id: abliz.id, name: 'T. Abliz', roles: ['translator', 'checker'], isMe: true, commits: 1 },
  ]);
  expect(readMinisignKey(people[1]?.minisign ?? '')).toEqual(Buffer.from(keyOf(abliz.privateKey)));
});

it('gives someone roles in an undoable edit; only people of the project have roles', async () => {
  const { engine, person } = await testProject();
  await engine.call('project.rename', { title: 'Liuquan' });
  const roles = async () => (await engine.call('people.list', {})).people[0]?.roles;
  await engine.call('people.setRoles', { id: person.id, roles: ['editor', 'editor', 'checker'] });
  expect(await roles()).toEqual(['editor', 'checker']);
  await engine.call('history.undo', {});
  expect(await roles()).toEqual([]);
  const nobody = personId.parse('01890000-0000-7000-8000-000000000000');
  expect(await codeOf(engine.call('people.setRoles', { id: nobody, roles: [] }))).toBe('NOT_FOUND');
});

it('accepts roles for someone who has written nothing yet, and adds the person with them', async () => {
  const { engine, folder } = await testProject();
  await engine.close();
  const abliz = personOf('T. Abliz', newPrivateKey());
  const theirs = await openFor(folder, abliz);
  await theirs.call('people.setRoles', { id: personId.parse(abliz.id), roles: ['translator'] });
  const me = (await theirs.call('people.list', {})).people.find(({ isMe }) => isMe);
  expect(me).toMatchObject({ name: 'T. Abliz', roles: ['translator'] });
  await theirs.call('history.undo', {});
  const after = (await theirs.call('people.list', {})).people.find(({ isMe }) => isMe);
  expect(after).toMatchObject({ name: 'T. Abliz', roles: [] });
});

it('ignores a key that the person’s id does not derive from, and unknown roles', async () => {
  const { engine, folder, person } = await testProject();
  await engine.close();
  const [victim, forger] = [personOf('J. Moreau', newPrivateKey()), personOf('Forger', newPrivateKey())];
  const db = openProject({ folder, person });
  const forged: Edit[] = [
    { entity: 'person', id: victim.id, field: 'name', value: 'J. Moreau' },
    {
      entity: 'person',
      id: victim.id,
      field: 'key',
      value: Buffer.from(keyOf(forger.privateKey)).toString('hex'),
    },
    { entity: 'person', id: victim.id, field: 'roles', value: ['editor', 'emperor', 7] },
  ];
  db.write.commit('Forge a person', forged);
  db.close();
  const again = await openFor(folder, person);
  const found = (await again.call('people.list', {})).people.find(({ id }) => id === victim.id);
  expect(found).toMatchObject({ name: 'J. Moreau', key: null, minisign: null, fingerprint: '', roles: ['editor'] });
});

it('uses the name people gave themselves: a name someone else wrote into their record does not count', async () => {
  const { engine, folder, person } = await testProject();
  await engine.call('project.rename', { title: 'Liuquan' });
  await engine.close();
  const cat = personOf('Cat', newPrivateKey());
  const db = openProject({ folder, person: cat });
  db.write.commit('Rename somebody', [{ entity: 'person', id: person.id, field: 'name', value: 'Somebody else' }]);
  db.close();
  const again = await openFor(folder, cat);
  const found = (await again.call('people.list', {})).people.find(({ id }) => id === person.id);
  expect(found?.name).toBe(person.name);
});
