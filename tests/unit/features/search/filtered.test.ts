import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { toErrorData } from '../../../../shared/errors.ts';
import type { CategoryId } from '../../../../shared/model/index.ts';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';
import { seeded, seeds, type Seeded } from '../../../support/seeded.ts';

const PIECES = ['就业', '就', '业', '转移', '轉移', '，', '。\n', 'labour ', '２０２３', '😀'];
const QUERIES = ['就业', '业', '转移', 'labour', '2023'];
const FOLDED: Readonly<Record<string, RegExp>> = { 转移: /转移|轉移/g, 2023: /２０２３/g };
const textOf = (random: Seeded, pieces: number): string =>
  Array.from({ length: pieces }, () => random.pick(PIECES)).join('');

const countIn = (text: string, query: string): number =>
  [...text.matchAll(FOLDED[query] ?? new RegExp(query, 'g'))].length;

/** How often a query occurs in the tagged passages, and in the texts inside such passages, by looking. */
async function expected(engine: Engine, query: string, category: CategoryId) {
  const { sources } = await engine.call('sources.list', {});
  const { passages } = await engine.call('passages.list', {});
  let [inTexts, inPassages] = [0, 0];
  for (const { id, layer } of sources) {
    if (layer === null) continue;
    const { text } = await engine.call('layers.text', { id: layer });
    const spans = passages.flatMap(({ source, anchor, tags }) =>
      source === id && anchor.kind === 'text' && tags.some((tag) => tag.category === category) ? [anchor] : [],
    );
    for (const { exact } of spans) inPassages += countIn(exact, query);
    for (const { index, 0: found } of text.matchAll(FOLDED[query] ?? new RegExp(query, 'g')))
      if (spans.some(({ start, end }) => index >= start && index + found.length <= end)) inTexts++;
  }
  return [inTexts, inPassages];
}

async function act(engine: Engine, random: Seeded, categories: readonly CategoryId[]): Promise<void> {
  const { passages } = await engine.call('passages.list', {});
  const { sources } = await engine.call('sources.list', { deleted: true });
  const source = random.pick(sources);
  const passage = passages.length === 0 ? null : random.pick(passages);
  const what = random.int(0, 8);
  if (what === 7) {
    await engine.call(source.deleted ? 'sources.restore' : 'sources.remove', { ids: [source.id] });
  } else if (what === 6) {
    await engine.call('history.undo', {}).catch((thrown: unknown) => {
      if (toErrorData(thrown).code !== 'NOTHING_TO_UNDO') throw thrown;
    });
  } else if (what === 5 && passage !== null) {
    await engine.call('passages.remove', { ids: [passage.id] });
  } else if (what === 4 && passage !== null) {
    const category = random.pick(categories);
    const change = passage.tags.some((tag) => tag.category === category) ? 'remove' : 'add';
    await engine.call('tags.change', { passages: [passage.id], [change]: [category] });
  } else if (source.layer !== null && !source.deleted) {
    const { text } = await engine.call('layers.text', { id: source.layer });
    const start = random.int(0, text.length - 20);
    const end = start + random.int(3, 18);
    if (!text.slice(start, end).isWellFormed()) return;
    const marked = { kind: 'text' as const, start, end };
    const tagged = random.chance(0.7) ? [random.pick(categories)] : [];
    await engine.call('passages.create', { source: source.id, layer: source.layer, marked, categories: tagged });
  }
}

it.each(seeds(6))('a search within a category counts as looking does, after any edit (seed %i)', async (seed) => {
  const random = seeded(seed);
  const { engine } = await testProject();
  const categories = await categoriesOf(engine, 'TRF.PAIR', 'FIG.ACT');
  for (const name of ['a', 'b', 'c']) await addFile(engine, `${name}.txt`, `${textOf(random, 60)}${name}`);
  let category = random.pick(categories);
  for (let step = 0; step < 30; step++) {
    await act(engine, random, categories);
    // Mostly the same one as before the edit: what was found out for it must not be used again.
    if (step % 5 === 4) category = random.pick(categories);
    const query = random.pick(QUERIES);
    const counted: number[] = [];
    for (const one of ['sources', 'passages'] as const) {
      // With one match listed, the others are counted without reading them.
      const ask = { query, categories: [category], in: [one], limit: random.pick([1, 100]), whole: true };
      counted.push((await engine.call('search.query', ask)).total);
    }
    expect([query, ...counted]).toEqual([query, ...(await expected(engine, query, category))]);
    if (step % 5 < 4) continue;
    const all = await engine.call('search.query', { query, in: ['passages'], limit: 1, whole: true });
    const { passages } = await engine.call('passages.list', {});
    const there = new Set((await engine.call('sources.list', {})).sources.map(({ id }) => id));
    const exact = passages.map(({ source, anchor }) =>
      there.has(source) && anchor.kind === 'text' ? anchor.exact : '',
    );
    expect(all.total).toBe(exact.reduce((sum, text) => sum + countIn(text, query), 0));
  }
});

it('a passage that moved to the same words elsewhere is found where it is', async () => {
  const { engine } = await testProject();
  const [category] = await categoriesOf(engine, 'FIG.ACT');
  if (category === undefined) throw new Error('no category');
  const source = await addFile(engine, 'a.txt', '百日就业行动，百日就业结束。');
  const passage = await mark(engine, source.id, '就业行动', { categories: [category] });
  const starts = async (): Promise<number[]> => {
    const ask = { query: '就业', categories: [category], in: ['sources' as const], whole: true };
    return (await engine.call('search.query', ask)).hits.map(({ start }) => start);
  };
  const moveTo = (start: number, end: number) =>
    engine.call('passages.reshape', { id: passage.id, marked: { kind: 'text', start, end } });
  await moveTo(2, 4);
  expect(await starts()).toEqual([2]);
  await moveTo(9, 11);
  expect(await starts()).toEqual([9]);
});

it('a passage that was listed is read again once it was changed', async () => {
  const { engine } = await testProject();
  const source = await addFile(engine, 'a.txt', '百日就业行动，百日就业结束。');
  const passage = await mark(engine, source.id, '就业行动', {});
  const listed = async (): Promise<(readonly [number, string])[]> => {
    const { hits } = await engine.call('search.query', { query: '就业', in: ['passages'], whole: true });
    return hits.map(({ start, snippet }) => [start, snippet.after]);
  };
  expect(await listed()).toEqual([[2, '行动']]);
  expect(await listed()).toEqual([[2, '行动']]);
  await engine.call('passages.reshape', { id: passage.id, marked: { kind: 'text', start: 9, end: 13 } });
  expect(await listed()).toEqual([[9, '结束']]);
  await engine.call('passages.remove', { ids: [passage.id] });
  expect(await listed()).toEqual([]);
  await engine.call('passages.restore', { ids: [passage.id] });
  expect(await listed()).toEqual([[9, '结束']]);
});

it('passages that are too long to be kept are listed all the same', async () => {
  const { engine } = await testProject();
  const text = `百日攻坚${'，土地流转'.repeat(20_000)}`;
  const source = await addFile(engine, 'a.txt', text);
  if (source.layer === null) throw new Error('no text');
  for (let at = 0; at < 12; at++) {
    const marked = { kind: 'text' as const, start: 0, end: text.length - at };
    await engine.call('passages.create', { source: source.id, layer: source.layer, marked });
  }
  const starts = async (query: string): Promise<number[]> => {
    const { hits } = await engine.call('search.query', { query, in: ['passages'], whole: true });
    return hits.map(({ start }) => start);
  };
  for (const query of ['百日', '百日攻', '攻坚'])
    expect(await starts(query)).toEqual(Array(12).fill(query === '攻坚' ? 2 : 0));
});
