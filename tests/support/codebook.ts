import { expect } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import type { CategoryId } from '../../shared/model/index.ts';
import { testProject } from './project.ts';

/** The codebook as an outline: `A(B C) D`, archived categories in brackets. */
export async function drawn(engine: Engine): Promise<string> {
  const { categories } = await engine.call('codebook.get', {});
  const under = (parent: CategoryId | null): string =>
    categories
      .filter((one) => one.parent === parent)
      .map((one) => {
        const children = under(one.id);
        const name = one.archived ? `[${one.name}]` : one.name;
        return children === '' ? name : `${name}(${children})`;
      })
      .join(' ');
  return under(null);
}

export async function ownBook(tree: Readonly<Record<string, string | null>>) {
  const project = await testProject({ codebook: 'empty' });
  const ids: Record<string, CategoryId> = {};
  for (const [name, parent] of Object.entries(tree)) {
    const under = parent === null ? null : (ids[parent] ?? null);
    ids[name] = (await project.engine.call('categories.add', { category: { name }, parent: under })).id;
  }
  const id = (name: string): CategoryId => {
    const found = ids[name];
    if (found === undefined) throw new Error(`No ${name}`);
    return found;
  };
  return { ...project, id };
}

export const undoLabel = async (engine: Engine): Promise<string | null> =>
  (await engine.call('history.state', {})).undo;

/** Everything about the codebook and the passages that undo must restore. */
const everything = async (engine: Engine): Promise<unknown> => ({
  codebook: await engine.call('codebook.get', {}),
  passages: (await engine.call('passages.list', {})).passages.map(({ id, tags }) => ({ id, tags })),
});

/** Checks that undo restores the former state and redo the new one, and that the log agrees with the tables. */
export async function comesBack(engine: Engine, act: () => Promise<unknown>): Promise<void> {
  const before = await everything(engine);
  await act();
  const after = await everything(engine);
  expect((await engine.call('history.undo', {})).left).toEqual([]);
  expect(await everything(engine)).toEqual(before);
  expect((await engine.call('history.redo', {})).left).toEqual([]);
  expect(await everything(engine)).toEqual(after);
  expect((await engine.call('project.rebuild', {})).differed).toBe(0);
}
