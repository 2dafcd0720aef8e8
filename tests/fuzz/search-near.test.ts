import { describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { readQuery } from '../../shared/query/parse.ts';
import { naiveQuery } from '../support/naive-search.ts';
import { makePdf } from '../support/pdf.ts';
import { addFile, testProject } from '../support/project.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const WANTED = ['转移', '就业', 'transfer', 'quota', 're-train', 'ئەمگەك'];
const OTHERS = ['的', '，', '。', 'of', 'the ', 'ۋە', '\n', '2023', 'retrained ', '. . .'];
const QUERIES = [
  '转移 NEAR/3 就业',
  'transfer NEAR/1 quota',
  'quota NEAR/12 (就业 OR "re-train")',
  'ئەمگەك NEAR/100 transfer',
  '"转移" NEAR/2 就*',
  '转移 NEAR/8 转移',
];

const some = (random: Seeded, pieces: number): string =>
  Array.from(
    { length: pieces },
    () => random.pick(random.chance(0.3) ? WANTED : OTHERS) + random.pick(['', ' ', ' ']),
  ).join('');

/** Plain text is indexed in pieces of some 8,000 characters: what is asked for stands where they are cut. */
function longText(random: Seeded): string {
  let text = '';
  for (const cut of [8_000, 16_000]) {
    const filler = random.pick(['填，', 'filler ', 'long-winded-filler\n']);
    text += filler.repeat(Math.max(0, Math.floor((cut - text.length - random.int(40, 400)) / filler.length)));
    text += some(random, 40);
  }
  return text + '末'.repeat(random.int(0, 5_000));
}

async function expectNaive(engine: Engine, texts: readonly (readonly [source: string, text: string])[]): Promise<void> {
  for (const query of QUERIES) {
    const { query: read } = readQuery(query, []);
    if (read === null) throw new Error(`${query} is a query`);
    const { hits, complete } = await engine.call('search.query', {
      query,
      in: ['sources'],
      whole: true,
      limit: 10_000,
    });
    expect(complete).toBe(true);
    for (const [source, text] of texts)
      expect([
        query,
        hits.filter((hit) => hit.source === source).map(({ start, end, text: words }) => [start, end, words]),
      ]).toEqual([query, naiveQuery(text, read).map(({ start, end }) => [start, end, text.slice(start, end)])]);
  }
}

describe('what stands near each other', () => {
  it.each(seeds(share(10)))(
    'is found where a long text is cut into pieces, and nothing else (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const { engine } = await testProject();
      const texts = [longText(random)];
      const sources = await Promise.all(texts.map((text, at) => addFile(engine, `${String(at)}.txt`, text)));
      await expectNaive(
        engine,
        await Promise.all(
          sources.map(async ({ id, layer }) => {
            if (layer === null) throw new Error('A text has a layer');
            return [id, (await engine.call('layers.text', { id: layer })).text] as const;
          }),
        ),
      );
    },
  );

  it('is found from one page of a PDF into the next ones, however short they are', async () => {
    const { engine } = await testProject();
    const words = ['transfer', 'of', 'quota', 'the', 'retrain', 'of', 'transfer', 'x', 'y', 'z', 'quota'];
    const { id, layer } = await addFile(engine, 'pages.pdf', await makePdf(words.map((word) => [word])));
    if (layer === null) throw new Error('The PDF has text');
    await expectNaive(engine, [[id, (await engine.call('layers.text', { id: layer })).text]]);
    const { hits } = await engine.call('search.query', { query: 'transfer NEAR/3 quota', whole: true });
    expect(hits.map(({ page, start, end }) => [page, start, end])).toEqual([
      [1, 0, 17],
      [3, 12, 41],
      [7, 33, 53],
    ]);
  });
});
