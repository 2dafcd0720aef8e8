import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintOf, rawPublicKey } from '../../../../electron/project/people/people.ts';
import { openFor, somebody } from '../../../support/project.ts';
import { reviewProject, writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

/** Cat, the same name with a Cyrillic letter, and with a character that can’t be seen. */
it.each(['Cat', 'Сat', 'Cat\u200b'])(
  'an approval by a namesake names its key, in the review and in reports: %s',
  async (name) => {
    const { as, folder, passage, moveAs, people } = await reviewProject();
    await moveAs('cat', 'checked');
    const other = somebody(name);
    const engine = await openFor(folder, other);
    await engine.call('review.move', { passage: passage.id, to: 'approved', comment: '' });
    await engine.close();
    const [cats, others] = [people.cat, other].map((one) => fingerprintOf(rawPublicKey(one.privateKey)));
    const { moves } = await as('dan', (by) => by.call('review.get', { passage: passage.id }));
    const shown = JSON.stringify(moves);
    expect(shown).toContain(`(key ${others ?? ''})`);
    expect(shown).toContain(`Cat (key ${cats ?? ''})`);
    expect(shown).not.toContain('\u200b');
    for (const format of ['csv', 'html'] as const) {
      const path = join(tempFolder(), `report.${format}`);
      await as('dan', (by) => by.call('report.write', { path, format }));
      const written = readFileSync(path, 'utf8');
      expect(written).toContain(`(key ${others ?? ''})`);
      expect(written).not.toContain('\u200b');
    }
  },
);

it('a report marks everyone whose key nobody confirmed, with its fingerprint, however unique the name', async () => {
  const { as, moveAs, people } = await reviewProject();
  await moveAs('ben', 'checked');
  await moveAs('cat', 'approved');
  const [ann, ben, cat] = [people.ann, people.ben, people.cat].map((one) =>
    fingerprintOf(rawPublicKey(one.privateKey)),
  );
  const keys = [
    { id: people.ann.id, trust: 'new' as const },
    { id: people.ben.id, trust: 'confirmed' as const },
    { id: people.cat.id, trust: 'changed' as const },
  ];
  for (const format of ['csv', 'html'] as const) {
    const path = join(tempFolder(), `report.${format}`);
    await as('dan', (by) => by.call('report.write', { path, format, keys }));
    const written = readFileSync(path, 'utf8');
    expect(written).toContain(`Ann (key ${ann ?? ''}, not confirmed)`);
    expect(written).toContain(`Cat (key ${cat ?? ''}, not the one that was confirmed)`);
    expect(written).not.toContain(ben ?? '');
  }
});

it('a name that someone else wrote into a person’s record is not theirs, and namesakes are told apart in lists', async () => {
  const { as, folder, people } = await reviewProject();
  const other = somebody('Ann');
  const engine = await openFor(folder, other);
  await engine.call('project.rename', { title: 'x' });
  await engine.close();
  writeBehind(folder, other, 'x', [{ entity: 'person', id: people.ann.id, field: 'name', value: 'Zoe' }]);
  const { people: shown } = await as('dan', (by) => by.call('project.info', {}));
  const named = [people.ann, other].map(({ id }) => shown.find((one) => one.id === id)?.name);
  expect(named).toEqual([people.ann, other].map((one) => `Ann (key ${fingerprintOf(rawPublicKey(one.privateKey))})`));
});

it('who writes another’s key behind their name is followed by their own', async () => {
  const { as, folder, people } = await reviewProject();
  const key = fingerprintOf(rawPublicKey(people.ann.privateKey));
  const claimed = somebody(`Ann (key ${key})`);
  const engine = await openFor(folder, claimed);
  await engine.call('project.rename', { title: 'x' });
  await engine.close();
  const { people: shown } = await as('dan', (by) => by.call('project.info', {}));
  expect(shown.find(({ id }) => id === claimed.id)?.name).toBe(
    `Ann (key ${key}) (key ${fingerprintOf(rawPublicKey(claimed.privateKey))})`,
  );
});
