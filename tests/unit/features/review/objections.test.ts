import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '../../../../electron/db/file/connect.ts';
import { idBytes, newIdBytes } from '../../../../electron/db/ids.ts';
import { Log } from '../../../../electron/db/log/log.ts';
import { openSigner } from '../../../../electron/db/log/signatures.ts';
import { appendCommit } from '../../../../electron/db/log/write.ts';
import { openProject } from '../../../../electron/db/index.ts';
import { query } from '../../../../electron/db/types.ts';
import { categoriesOf, addFile, copyFor, mark, type TestProject, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';

const QUOTE = '流转土地';

/** A passage of Ann’s that Ben approved, in Ann’s project. */
async function approved() {
  const { engine: ann } = await testProject();
  const source = await addFile(ann, 'report.txt', `${QUOTE}4.8万亩。\n`);
  const passage = await mark(ann, source.id, QUOTE, { categories: await categoriesOf(ann, 'LND.RIGHTS') });
  const ben = await copyFor(ann, 'Ben');
  await ben.engine.call('review.move', { passage: passage.id, to: 'approved', comment: '' });
  await ann.call('merge.apply', { path: ben.folder });
  return { ann, passage };
}

/** The ids of the live records of a kind. */
function live(
  { folder, person }: Pick<TestProject, 'folder' | 'person'>,
  entity: 'review' | 'adjudication',
  where: string,
) {
  const db = openProject({ folder, person });
  const rows = db.read.all(
    query<{}, { id: string }>('test', `SELECT id FROM p_${entity} WHERE deleted IS NOT 1 AND ${where}`),
    {},
  );
  db.close();
  return rows.map(({ id }) => id);
}

it('a return stands when somebody else removes it, and the merge says who removed it', async () => {
  const { ann, passage } = await approved();
  await ann.call('review.move', { passage: passage.id, to: 'returned', comment: 'The number is wrong.' });
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  writeBehind(mallory.folder, mallory.person, 'Tidy up', [
    ...live(mallory, 'review', "state = 'returned'").map((id) => ({
      entity: 'review' as const,
      id,
      field: 'deleted' as const,
      value: true,
    })),
    { entity: 'passage', id: passage.id, field: 'state', value: 'approved' },
  ]);
  const { conclusions } = await ann.call('merge.preview', { path: mallory.folder });
  expect(conclusions.map(({ kind, message }) => [kind, message])).toEqual([
    ['judgementRemoved', `Mallory removed Ann’s return of “${QUOTE}”, page 1.`],
  ]);
  await ann.call('merge.apply', { path: mallory.folder });
  const { state, moves } = await ann.call('review.get', { passage: passage.id });
  expect([state, ...moves.map(({ counts }) => counts)]).toEqual(['returned', true, true]);
  // It is answered as any other.
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.call('review.move', { passage: passage.id, to: 'approved', comment: '' });
  await ann.call('merge.apply', { path: eve.folder });
  expect((await ann.call('review.get', { passage: passage.id })).state).toBe('approved');
});

it('a merge says whose approval it removes, and nothing of what people take back themselves or what goes with its passage', async () => {
  const { ann, passage } = await approved();
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  const [id = ''] = live(mallory, 'review', "state = 'approved'");
  writeBehind(mallory.folder, mallory.person, 'Tidy up', [{ entity: 'review', id, field: 'deleted', value: true }]);
  const said = async ({ folder }: TestProject) =>
    (await ann.call('merge.preview', { path: folder })).conclusions.map(({ message }) => message);
  expect(await said(mallory)).toEqual([`Mallory removed Ben’s approval of “${QUOTE}”, page 1.`]);

  await ann.call('review.move', { passage: passage.id, to: 'returned', comment: 'Again.' });
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.call('passages.remove', { ids: [passage.id] });
  expect(await said(eve)).toEqual([]);
});

it('a merge says whose decision it removes, after which an older one holds again', async () => {
  const { ann, passage } = await approved();
  const [pair = null, rights = null] = await categoriesOf(ann, 'TRF.PAIR', 'LND.RIGHTS');
  if (pair === null || rights === null) throw new Error('The codebook has them');
  const ben = await copyFor(ann, 'Ben');
  await ben.engine.call('adjudications.decide', { passage: passage.id, categories: [pair], reason: 'Pairing' });
  await ann.call('merge.apply', { path: ben.folder });
  await ann.call('adjudications.decide', { passage: passage.id, categories: [rights], reason: 'Land' });
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  const [, id = ''] = live(mallory, 'adjudication', 'TRUE ORDER BY createdAt');
  writeBehind(mallory.folder, mallory.person, 'Tidy up', [
    { entity: 'adjudication', id, field: 'deleted', value: true },
  ]);
  const { conclusions } = await ann.call('merge.preview', { path: mallory.folder });
  expect(conclusions.map(({ message }) => message)).toEqual([`Mallory removed Ann’s decision on “${QUOTE}”, page 1.`]);
});

it('a merge says who signs on the installation of others, since what these checked of one another counts no more', async () => {
  const { ann, passage } = await approved();
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.call('claims.create', { text: 'Signed with a name.' });
  await mallory.engine.close();
  const db = openProject({ folder: mallory.folder, person: mallory.person });
  const replicas = db.read.all(
    query<{}, { id: string }>('test', 'SELECT DISTINCT lower(hex(id)) AS id FROM replica_'),
    {},
  );
  db.close();
  const author = { signer: openSigner(mallory.person.privateKey), trusted: new Set<string>(), now: () => Date.now() };
  const store = connect(join(mallory.folder, 'project.sqlite'));
  for (const { id } of replicas)
    store.transaction(() =>
      appendCommit(new Log(store), { ...author, replica: Buffer.from(id, 'hex') }, 'Note', [
        { entity: 'person', id: idBytes(mallory.person.id) ?? newIdBytes(), field: 'roles', value: `["${id}"]` },
      ]),
    );
  store.close();
  const { conclusions } = await ann.call('merge.preview', { path: mallory.folder });
  const messages = conclusions.flatMap(({ kind, message }) => (kind === 'installationsJoined' ? message : []));
  expect(messages).toEqual([expect.stringMatching(/^Mallory signed on the installation of (Ann, Ben|Ben, Ann): /)]);
  await ann.call('merge.apply', { path: mallory.folder });
  expect((await ann.call('review.get', { passage: passage.id })).state).toBe('coded');
  // What is here is said once.
  const eve = await copyFor(ann, 'Eve');
  expect((await ann.call('merge.preview', { path: eve.folder })).conclusions).toEqual([]);
});
