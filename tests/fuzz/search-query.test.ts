import { describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import type { NearPart, Query, Words } from '../../shared/query/ast.ts';
import { printQuery } from '../../shared/query/print.ts';
import { naiveQuery } from '../support/naive-search.ts';
import { makePdf } from '../support/pdf.ts';
import { addFile, testProject } from '../support/project.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const PIECES = [
  '就业',
  '转移',
  '轉移',
  '富余劳动力',
  '，',
  '。\n',
  'labour',
  'labourer',
  'transfer',
  'ئەمگەك',
  'ئەمگەكچى',
];
const MORE = ['กขค', 'état', '2023', '２０２３', '😀', ' ', ' ', 're-educate', 'trans-\nfer', '\n', '(a)'];
const ASKED = [
  '就业',
  '业',
  '转移',
  '劳动力',
  'labour',
  'bour',
  'transfer',
  'fer',
  'ئەمگەك',
  'ข',
  'etat',
  '2023',
  'a',
  'educate',
];
const NOWHERE = { start: 0, end: 0 };
const textOf = (random: Seeded, pieces: number): string =>
  Array.from(
    { length: pieces },
    () => random.pick(random.chance(0.6) ? PIECES : MORE) + random.pick(['', '', ' ']),
  ).join('');

const words = (random: Seeded): Words => ({
  kind: 'words',
  text: random.pick(ASKED),
  openStart: random.chance(0.75),
  openEnd: random.chance(0.75),
  span: NOWHERE,
});
const nearPart = (random: Seeded): NearPart =>
  random.chance(0.7) ? words(random) : { kind: 'or', parts: [words(random), words(random)], span: NOWHERE };

function asked(random: Seeded, depth: number): Query {
  const kind = depth === 0 ? 'words' : random.pick(['words', 'and', 'and', 'or', 'not', 'near'] as const);
  switch (kind) {
    case 'words':
      return words(random);
    case 'not':
      return {
        kind: 'and',
        parts: [asked(random, depth - 1), { kind, part: asked(random, depth - 1), span: NOWHERE }],
        span: NOWHERE,
      };
    case 'near':
      return { kind, distance: random.int(1, 6), parts: [nearPart(random), nearPart(random)], span: NOWHERE };
    case 'and':
    case 'or':
      return { kind, parts: Array.from({ length: random.int(2, 3) }, () => asked(random, depth - 1)), span: NOWHERE };
  }
}

/** What is searched, piece by piece: each page with the text that follows it, each passage and memo, with where it begins. */
async function pieces(engine: Engine) {
  const { sources } = await engine.call('sources.list', {});
  const { passages } = await engine.call('passages.list', {});
  const found: { name: string; from: number; text: string; own?: number }[] = [];
  for (const { id, layer } of sources) {
    if (layer === null) continue;
    const { text } = await engine.call('layers.text', { id: layer });
    const { pages } = await engine.call('layers.get', { id: layer });
    for (const { start, end } of pages)
      found.push({ name: `text ${id}`, from: start, text: text.slice(start), own: end - start });
  }
  for (const { id, anchor, memos } of passages) {
    if (anchor.kind === 'text') found.push({ name: `passage ${id}`, from: anchor.start, text: anchor.exact });
    for (const memo of memos) found.push({ name: `memo ${memo.id}`, from: 0, text: memo.text });
  }
  return found;
}

async function found(engine: Engine, query: string): Promise<string[]> {
  const { total, hits, faults } = await engine.call('search.query', { query, whole: true, limit: 10_000 });
  expect([query, faults, total]).toEqual([query, [], hits.length]);
  return hits
    .map(({ kind, memo, passage, source, start, end }) => [kind, memo ?? passage ?? source, start, end].join(' '))
    .sort();
}

describe('operators in a search', () => {
  it.each(seeds(share(30)))('find what looking at each page, passage and memo finds (seed %i)', async (seed) => {
    const random = seeded(seed);
    const { engine } = await testProject();
    const texts = Array.from({ length: 5 }, () => textOf(random, random.int(3, 60)));
    await addFile(
      engine,
      'pages.pdf',
      await makePdf([['Labour transfer 2023'], ['labourer a transfer'], ['état labour']]),
    );
    for (const [at, text] of texts.entries()) {
      const source = await addFile(engine, `${at}.txt`, `x${text}y`);
      const exact = text.slice(0, random.int(2, 60)).trim();
      // By its place: the words may stand in the text several times.
      const start = 1 + text.indexOf(exact);
      if (exact.length > 1 && exact.isWellFormed() && source.layer !== null)
        await engine.call('passages.create', {
          source: source.id,
          layer: source.layer,
          marked: { kind: 'text', start, end: start + exact.length },
          memo: textOf(random, 12),
        });
    }
    const all = await pieces(engine);
    for (let at = 0; at < 40; at++) {
      const query = asked(random, random.int(1, 3));
      const printed = printQuery(query);
      const expected = all.flatMap(({ name, from, text, own }) =>
        naiveQuery(text, query, own).map(({ start, end }) => [name, from + start, from + end].join(' ')),
      );
      expect([printed, await found(engine, printed)]).toEqual([printed, expected.sort()]);
    }
  });
});
