import { expect, it } from 'vitest';
import { reviewProject, groundOf, moveEdits, SENTENCE, writeBehind } from '../../../support/review.ts';
import { newId } from '../../../../electron/db/index.ts';

it('changing a category’s definition reopens the passages approved under it, with the reason; changing its colour does not', async () => {
  const { as, folder, people, passage, moveAs, get } = await reviewProject();
  const [tag] = passage.tags;
  if (tag === undefined) throw new Error(SENTENCE);
  const edit = (field: 'definition' | 'colour' | 'archived', value: string | boolean) =>
    writeBehind(folder, people.cat, 'x', [{ entity: 'category', id: tag.category, field, value }]);
  edit('definition', 'Only where a county is paired with another.');
  await moveAs('ben', 'approved');
  edit('colour', 'teal');
  expect((await get()).state).toBe('approved');
  await as('dan', async (engine) => {
    const waits = async (): Promise<number> => (await engine.call('review.queue', { queue: 'to-release' })).total;
    expect(await waits()).toBe(1);
  });
  edit('definition', 'Also where enterprises are paired.');
  const { state, differences } = await get();
  expect(state).toBe('reopened');
  expect(differences).toMatchObject([
    { what: 'tags', before: '', after: expect.stringMatching(/: definition changed$/), at: expect.any(Number) },
  ]);
  edit('definition', 'Only where a county is paired with another.');
  expect((await get()).state).toBe('approved');
  edit('archived', true);
  expect(await get()).toMatchObject({ state: 'reopened', differences: [{ after: expect.stringMatching(/archived/) }] });
});

it('a review step from before definitions were recorded is not reopened by their absence', async () => {
  const { folder, people, passage, get } = await reviewProject();
  const basis = groundOf(folder, people.ben, passage.id);
  const tags = passage.tags.map(({ category, person }) => [category, person]);
  writeBehind(folder, people.ben, 'x', moveEdits(newId(), passage.id, 'approved', people.ben.id, { ...basis, tags }));
  expect((await get()).state).toBe('approved');
});

it('changing a definition updates the queues that are already loaded', async () => {
  const { as, passage, moveAs } = await reviewProject();
  await moveAs('ben', 'approved');
  await as('cat', async (engine) => {
    const waits = async (): Promise<number> => (await engine.call('review.queue', { queue: 'to-release' })).total;
    expect(await waits()).toBe(1);
    const id = passage.tags[0]?.category;
    const { categories } = await engine.call('codebook.get', {});
    const category = categories.find((one) => one.id === id);
    if (category === undefined) throw new Error('The codebook has changed');
    await engine.call('categories.edit', { id: category.id, patch: { definition: 'Another.' } });
    expect(await waits()).toBe(0);
  });
});
