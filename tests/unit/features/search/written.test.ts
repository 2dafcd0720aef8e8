import { describe, expect, it } from 'vitest';
import type { CallInput, CallOutput } from '../../../../shared/contract/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

type Found = CallOutput<'search.query'>;
const search = (engine: Engine, query: string, more: Partial<CallInput<'search.query'>> = {}): Promise<Found> =>
  engine.call('search.query', {
    query,
    whole: true,
    in: ['sources', 'passages', 'translations', 'memos', 'codebook'],
    ...more,
  });
const told = (found: Found): string[] => found.hits.map(({ kind, text }) => `${kind} ${text}`);

async function withTranslation() {
  const { engine } = await testProject();
  const source = await addFile(engine, 'report.txt', '全年实现农村富余劳动力转移就业。');
  const [pair, act] = await categoriesOf(engine, 'TRF.PAIR', 'FIG.ACT');
  if (pair === undefined || act === undefined) throw new Error('no categories');
  const passage = await mark(engine, source.id, '富余劳动力', { categories: [pair] });
  const translation = await engine.call('translations.set', {
    passage: passage.id,
    language: 'en',
    text: 'Surplus labour zebra',
    method: 'human',
  });
  const comment = await engine.call('comments.add', {
    passage: passage.id,
    text: 'A zebra? No.',
    mentions: [],
  });
  return { engine, source, passage, translation, comment, pair, act };
}

describe('the search in what people wrote', () => {
  it('finds translations and comments, of passages that are there', async () => {
    const { engine, source, passage, comment } = await withTranslation();
    const found = await search(engine, 'zebra');
    expect(told(found)).toEqual(['translation zebra', 'comment zebra']);
    expect(found.hits).toMatchObject([
      { source: source.id, passage: passage.id, language: 'en', start: 15, end: 20 },
      { source: source.id, passage: passage.id, snippet: { before: 'A ', match: 'zebra' } },
    ]);
    expect(told(await search(engine, 'zebra', { in: ['translations'] }))).toEqual(['translation zebra']);
    expect(told(await search(engine, 'zebra', { in: ['memos'] }))).toEqual(['comment zebra']);
    // What was searched before there were these places is what is searched if nothing is said.
    expect(told(await engine.call('search.query', { query: 'zebra', whole: true }))).toEqual(['comment zebra']);

    await engine.call('comments.remove', { id: comment.id });
    expect(told(await search(engine, 'zebra'))).toEqual(['translation zebra']);
    await engine.call('history.undo', {});
    await engine.call('passages.remove', { ids: [passage.id] });
    expect(told(await search(engine, 'zebra'))).toEqual([]);
    await engine.call('history.undo', {});
    expect(told(await search(engine, 'zebra'))).toEqual(['translation zebra', 'comment zebra']);
  });

  it('finds the text that a translation has now', async () => {
    const { engine, passage } = await withTranslation();
    expect(told(await search(engine, 'surplus', { in: ['translations'] }))).toHaveLength(1);
    const set = { passage: passage.id, language: 'en', text: 'Excess labour', method: 'human' as const };
    await engine.call('translations.set', set);
    expect(told(await search(engine, 'surplus', { in: ['translations'] }))).toEqual([]);
    expect(told(await search(engine, 'excess', { in: ['translations'] }))).toEqual(['translation Excess']);
    await engine.call('history.undo', {});
    expect(told(await search(engine, 'surplus', { in: ['translations'] }))).toHaveLength(1);
  });

  it('finds what a category says, part by part, and no phrase from one part into the next', async () => {
    const { engine, pair } = await withTranslation();
    const patch = {
      name: 'Zebra crossing',
      definition: 'Stripes of a road',
      include: 'A zebra that walks',
      termsZh: [{ term: '斑马线', origin: 'a test' }],
    };
    await engine.call('categories.edit', { id: pair, patch });
    const found = await search(engine, 'zebra', { in: ['codebook'] });
    expect(found.hits).toMatchObject([
      { kind: 'category', category: pair, source: null, part: 'name', start: 0, end: 5 },
      { kind: 'category', category: pair, source: null, part: 'include', start: 2, end: 7 },
    ]);
    expect((await search(engine, '斑馬', { in: ['codebook'] })).hits).toMatchObject([{ part: 'term', text: '斑马' }]);
    expect((await search(engine, 'crossing stripes', { in: ['codebook'] })).total).toBe(0);
    expect((await search(engine, 'crossing AND stripes', { in: ['codebook'] })).total).toBe(2);
    await engine.call('history.undo', {});
    expect((await search(engine, 'zebra', { in: ['codebook'] })).total).toBe(0);
  });

  it('keeps to the filters', async () => {
    const { engine, pair, act } = await withTranslation();
    const both = ['translation zebra', 'comment zebra'];
    expect(told(await search(engine, 'zebra', { categories: [pair] }))).toEqual(both);
    expect(told(await search(engine, 'zebra', { categories: [act] }))).toEqual([]);
  });
});
