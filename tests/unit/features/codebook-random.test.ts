import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { CategoryId, PassageId } from '../../../shared/model/index.ts';
import { addFile, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { seeded, type Seeded } from '../../support/seeded.ts';
import { Fault } from '../../../shared/errors.ts';

const RUNS = 12;
const STEPS = 25;
const WORDS = Array.from({ length: 12 }, (_, n) => `Sentence number ${String(n)}.`);

const book = async (engine: Engine) => (await engine.call('codebook.get', {})).categories;

/** A project with a random tree of categories and random tags of two people. */
async function randomProject(random: Seeded) {
  const { engine, folder } = await testProject({ codebook: 'empty' });
  const ids: CategoryId[] = [];
  for (let n = 0; n < random.int(3, 10); n++) {
    const parent = ids.length === 0 || random.chance(0.3) ? null : random.pick(ids);
    ids.push((await engine.call('categories.add', { category: { name: `C${String(n)}` }, parent })).id);
  }
  const source = await addFile(engine, 'a.txt', WORDS.join(' '));
  const some = (): CategoryId[] => random.shuffle(ids).slice(0, random.int(1, 3));
  const passages: PassageId[] = [];
  for (const words of WORDS) passages.push((await mark(engine, source.id, words, { categories: some() })).id);
  await engine.close();
  const ben = await openFor(folder, somebody('Ben'));
  for (const passage of random.shuffle(passages).slice(0, 6))
    await ben.call('tags.change', { passages: [passage], add: some() });
  return ben;
}

/** One random edit; a rejected one changes nothing. */
async function act(engine: Engine, random: Seeded): Promise<void> {
  const all = await book(engine);
  const one = (): CategoryId => random.pick(all).id;
  const parent = (): CategoryId | null => (random.chance(0.3) ? null : one());
  switch (random.int(0, 4)) {
    case 0: {
      const target = parent();
      const siblings = all.filter((each) => each.parent === target);
      const before = siblings.length === 0 || random.chance() ? null : random.pick(siblings).id;
      await engine.call('categories.move', { ids: [one()], parent: target, before });
      return;
    }
    case 1:
      await engine.call('categories.merge', { ids: random.chance() ? [one()] : [one(), one()], into: one() });
      return;
    case 2: {
      const id = one();
      const { passages } = await engine.call('categories.passages', { id, deep: false });
      const parts = [{ name: 'Left' }, { name: 'Right' }];
      const given = passages
        .filter(() => random.chance(0.7))
        .map(({ id: passage }) => ({ passage, parts: random.pick([[0], [1], [0, 1]]) }));
      await engine.call('categories.split', { id, parent: random.chance() ? id : parent(), parts, given });
      return;
    }
    case 3:
      await engine.call('categories.archive', { ids: [one()], archived: random.chance(0.4) });
      return;
    default:
      await engine.call('categories.remove', { ids: [one()] });
  }
}

/** Who has tagged which passage at all: no merge and no split may lose one. */
async function coded(engine: Engine): Promise<string[]> {
  const { passages } = await engine.call('passages.list', {});
  return [...new Set(passages.flatMap(({ id, tags }) => tags.map(({ person }) => `${id} ${person}`)))].sort();
}

async function everything(engine: Engine): Promise<unknown> {
  const { passages } = await engine.call('passages.list', {});
  const tags = passages.map(({ id, tags: on }) => [id, on.map((tag) => `${tag.category} ${tag.person}`).sort()]);
  return { book: await engine.call('codebook.get', {}), tags };
}

describe('random moving, merging and splitting', () => {
  it.each(Array.from({ length: RUNS }, (_, seed) => seed))(
    'loses no category and no one’s work, and is undone completely (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const engine = await randomProject(random);
      const states = [await everything(engine)];
      const work = await coded(engine);
      const label = async () => (await engine.call('history.state', {})).undo;
      for (let step = 0; step < STEPS; step++) {
        const head = (await engine.call('project.info', {})).head;
        try {
          await act(engine, random);
        } catch (thrown) {
          if (!(thrown instanceof Fault) || thrown.data.code === 'INTERNAL') throw thrown;
        }
        if ((await engine.call('project.info', {})).head === head) continue;
        states.push(await everything(engine));
        const { categories, rings } = await engine.call('codebook.get', {});
        expect(rings, await label().then(String)).toEqual([]);
        expect(new Set(categories.map(({ code }) => code)).size).toBe(categories.length);
        expect(await coded(engine)).toEqual(work);
        // Nothing live belongs to what is archived or removed.
        const living = new Set(categories.filter(({ archived }) => !archived).map(({ id }) => id));
        for (const each of categories)
          if (!each.archived && each.parent !== null) expect(living, each.name).toContain(each.parent);
      }
      expect((await engine.call('project.rebuild', {})).differed).toBe(0);
      for (const state of states.slice(0, -1).reverse()) {
        expect((await engine.call('history.undo', {})).left).toEqual([]);
        expect(await everything(engine)).toEqual(state);
      }
      for (const state of states.slice(1)) {
        await engine.call('history.redo', {});
        expect(await everything(engine)).toEqual(state);
      }
      expect((await engine.call('project.rebuild', {})).differed).toBe(0);
    },
  );
});
