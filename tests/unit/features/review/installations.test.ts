import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { type Person, query } from '../../../../electron/db/types.ts';
import { personId } from '../../../../shared/model/index.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  faultOf,
  mark,
  newFolder,
  openFor,
  somebody,
} from '../../../support/project.ts';
import { groundOf, moveEdits, writeBehind } from '../../../support/review.ts';
import { newId, openProject } from '../../../../electron/db/index.ts';

/** Ann’s passage, and Ben whose key was used on the same installation, or on another. */
async function pair(anns: string, bens: string) {
  const [ann, ben, cat] = [somebody('Ann'), somebody('Ben'), somebody('Cat')];
  const folder = newFolder({ person: ann });
  const as = async <T>(person: Person, installation: string, act: (engine: Engine) => Promise<T>): Promise<T> => {
    const engine = await openFor(folder, person, { installation: installation.repeat(16) });
    try {
      return await act(engine);
    } finally {
      await engine.close();
    }
  };
  const id = await as(ann, anns, async (engine) => {
    const { id: source } = await addFile(engine, 'report.txt', 'Land was moved on paper.\n');
    return (await mark(engine, source, 'Land was moved', { categories: await categoriesOf(engine, 'TRF.PAIR') })).id;
  });
  // Both keys have signed there.
  await as(ben, bens, (engine) => engine.call('people.setRoles', { id: personId.parse(ben.id), roles: ['checker'] }));
  const confirmBoth = (who: Person, installation: string) =>
    as(who, installation, async (engine) => {
      for (const { id: one, fingerprint, isMe } of (await engine.call('people.list', {})).people)
        if (!isMe) await engine.call('people.confirm', { id: one, fingerprint });
    });
  return { folder, ann, ben, cat, as, id, confirmBoth };
}

it('does not let a key check what another of the same installation coded, until both were confirmed from another', async () => {
  const { as, ben, cat, id, confirmBoth } = await pair('aa', 'aa');
  const check = () => as(ben, 'aa', (engine) => engine.call('review.move', { passage: id, to: 'checked' }));
  const refused = await faultOf(check());
  expect(refused.code).toBe('FOUR_EYES');
  expect(refused.message).toContain('same installation');
  const queued = () =>
    as(ben, 'aa', async (engine) => (await engine.call('review.queue', { queue: 'to-check' })).total);
  expect(await queued()).toBe(0);

  // Their own word for one another counts nothing.
  await confirmBoth(ben, 'aa');
  expect(await codeOf(check())).toBe('FOUR_EYES');

  await confirmBoth(cat, 'bb');
  const detail = await check();
  expect(detail).toMatchObject({ state: 'checked' });
  expect(detail.moves.map((one) => [one.counts, one.sameInstallation, one.confirmedBy])).toEqual([
    [true, ['Ann'], ['Cat']],
  ]);
  const { people } = await as(cat, 'bb', (engine) => engine.call('people.list', {}));
  expect(people.find(({ name }) => name === 'Ben')).toMatchObject({
    sameInstallation: ['Ann'],
    isOne: false,
    confirmedBy: ['Cat'],
  });
});

it('lets keys of two installations check one another', async () => {
  const { as, ben, id } = await pair('aa', 'bb');
  const { state, moves } = await as(ben, 'bb', (engine) => engine.call('review.move', { passage: id, to: 'checked' }));
  expect([state, moves.map((one) => one.sameInstallation)]).toEqual(['checked', [[]]]);
});

it('does not count such a step that a changed program wrote, until both keys are confirmed', async () => {
  const { folder, as, ben, cat, id, confirmBoth } = await pair('aa', 'aa');
  const basis = groundOf(folder, ben, id);
  const db = openProject({ folder, person: ben, installation: 'aa'.repeat(16) });
  db.write.commit('Check', moveEdits(newId(), id, 'checked', ben.id, { ...basis }));
  db.close();
  const get = () => as(cat, 'bb', (engine) => engine.call('review.get', { passage: id }));
  const before = await get();
  expect(before.state).toBe('coded');
  expect(before.moves.map((one) => [one.counts, one.forged, one.sameInstallation])).toEqual([[false, false, ['Ann']]]);
  expect(before.moves[0]?.why).toContain('same installation');
  await confirmBoth(cat, 'bb');
  expect((await get()).state).toBe('checked');
});

it('does not count a confirmation that someone else wrote over', async () => {
  const { folder, as, ann, ben, cat, id, confirmBoth } = await pair('aa', 'aa');
  await confirmBoth(cat, 'bb');
  // Withdrawing what Cat said, and saying it of someone else, is Cat’s alone.
  const db = openProject({ folder, person: cat, installation: 'bb'.repeat(16) });
  const records = db.read.all(
    query<Record<string, never>, { id: string }>('test', 'SELECT id FROM p_confirmation'),
    {},
  );
  db.close();
  writeBehind(
    folder,
    ben,
    'Withdraw',
    records.map((one) => ({ entity: 'confirmation' as const, id: one.id, field: 'deleted', value: true })),
  );
  expect((await as(ben, 'aa', (engine) => engine.call('review.move', { passage: id, to: 'checked' }))).state).toBe(
    'checked',
  );
  expect(ann.name).toBe('Ann');
});
