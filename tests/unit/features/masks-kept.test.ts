import { expect, test } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import { type Edit, query } from '../../../electron/db/types.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { markPrivate } from '../../support/masks.ts';
import { addFile, copyFor, mark, type TestProject, testProject } from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';

const refused = async (by: Engine) =>
  (await by.call('masks.list', {})).open.flatMap(({ refuses, passage }) =>
    refuses && passage !== null ? [passage] : [],
  );

interface Row {
  readonly id: string;
  readonly passage: string;
  readonly value: string;
  readonly person: string;
}
function markings({
  folder,
  person,
}: Pick<TestProject, 'folder' | 'person'>): readonly [settings: Row[], none: string] {
  const db = openProject({ folder, person });
  const settings = db.read.all(query<{}, Row>('test', 'SELECT id, passage, value, person FROM p_setting'), {});
  const none = db.read.get(
    query<{}, { id: string }>(
      'test',
      "SELECT v.id FROM p_value v JOIN p_dimension d ON d.id = v.dimension WHERE d.code = 'privacy' AND v.code = 'none'",
    ),
    {},
  );
  db.close();
  return [settings, none?.id ?? ''];
}

async function marked() {
  const ann = await testProject();
  const source = await addFile(ann.engine, 'news.txt', '村民古丽（化名）说。古丽是第二期学员。');
  const [one, other] = [await mark(ann.engine, source.id, '村民古丽'), await mark(ann.engine, source.id, '第二期学员')];
  await markPrivate(ann.engine, one.id);
  const mallory = await copyFor(ann.engine, 'Mallory');
  await mallory.engine.close();
  return { ann, one, other, mallory };
}

const setting = (id: string, field: string, value: string | boolean) =>
  ({ entity: 'setting', id, field, value }) as Edit;

test.each([
  ['removes it', ({ id }: Row) => [setting(id, 'deleted', true)]],
  ['gives it another value', ({ id }: Row, none: string) => [setting(id, 'value', none)]],
  ['puts it on another passage', ({ id }: Row, _none: string, other: string) => [setting(id, 'passage', other)]],
  [
    'puts it in their own name first',
    ({ id }: Row, _none: string, _other: string, me: string) => [
      setting(id, 'person', me),
      setting(id, 'deleted', true),
    ],
  ],
  [
    'removes its passage with it',
    ({ id, passage }: Row) => [
      setting(id, 'deleted', true),
      { entity: 'passage', id: passage, field: 'deleted', value: true } as Edit,
    ],
  ],
] as const)('the mark that a private person is named stands, if a colleague’s program %s', async (_how, edits) => {
  const { ann, one, other, mallory } = await marked();
  const [[own], none] = markings(mallory);
  if (own === undefined) throw new Error('No marking');
  writeBehind(mallory.folder, mallory.person, 'Edit', edits(own, none, other.id, mallory.person.id));
  await ann.engine.call('merge.apply', { path: mallory.folder });
  expect(await refused(ann.engine)).toContain(one.id);
});

test('a mark that somebody else removed is taken back by its person, or answered by two people', async () => {
  const { ann, one, mallory } = await marked();
  const [[own]] = markings(mallory);
  writeBehind(mallory.folder, mallory.person, 'Edit', [setting(own?.id ?? '', 'deleted', true)]);
  await ann.engine.call('merge.apply', { path: mallory.folder });
  const say = (by: Engine) => by.call('masks.notPrivate', { passage: one.id, reason: 'A stage name' });
  expect(await say(ann.engine)).toEqual({ counts: false });
  const ben = await copyFor(ann.engine, 'Ben');
  expect(await refused(ben.engine)).toEqual([one.id]);
  expect(await say(ben.engine)).toEqual({ counts: true });
  expect(await refused(ben.engine)).toEqual([]);

  const { ann: again, mallory: eve, one: two } = await marked();
  const [[hers]] = markings(eve);
  writeBehind(eve.folder, eve.person, 'Edit', [setting(hers?.id ?? '', 'deleted', true)]);
  await again.engine.call('merge.apply', { path: eve.folder });
  expect(await refused(again.engine)).toEqual([two.id]);
  await markPrivate(again.engine, two.id);
  await markPrivate(again.engine, two.id, null);
  expect(await refused(again.engine)).toEqual([]);
});

test('a mark by somebody whose merge was undone is gone with the passage it came with', async () => {
  const ann = await testProject();
  const source = await addFile(ann.engine, 'news.txt', '村民古丽（化名）说。');
  const ben = await copyFor(ann.engine, 'Ben');
  const { id } = await mark(ben.engine, source.id, '村民古丽');
  await markPrivate(ben.engine, id);
  await ann.engine.call('merge.apply', { path: ben.folder });
  expect(await refused(ann.engine)).toEqual([id]);
  const [merge] = (await ann.engine.call('merge.list', {})).merges;
  await ann.engine.call('merge.undo', { id: merge?.id ?? newId() });
  expect(await refused(ann.engine)).toEqual([]);
});
