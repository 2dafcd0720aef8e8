import { describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { toErrorData } from '../../shared/errors.ts';
import { memoTarget, recordId, type Passage, type SourceId } from '../../shared/model/index.ts';
import { foldForSearch } from '../../shared/text/search-fold.ts';
import { naive, type Place } from '../support/naive-search.ts';
import { makePdf } from '../support/pdf.ts';
import { addFile, openFor, testProject } from '../support/project.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const PIECES = [
  '就业',
  '就',
  '业',
  '轉移',
  '转移',
  '富余劳动力',
  '，',
  '。',
  '4.8万亩',
  '２０２３',
  '2023',
  'Labour',
  'labourer',
];
const MORE = [
  're-',
  'trans',
  'fer',
  'transfer',
  'état',
  'e\u0301tat',
  'ئەمگەك',
  'ئهمگهكچى',
  'a',
  'coer\u00adcive',
  '😀',
  '“x”',
];
const GAPS = ['', '', '', ' ', '\n', '-\n', '\u3000', '\u200b'];
const textOf = (random: Seeded, pieces: number): string =>
  Array.from({ length: pieces }, () => random.pick(random.chance(0.6) ? PIECES : MORE) + random.pick(GAPS)).join('');

/** A piece of a text, as a person would type it: it begins and ends with letters. */
function queryFrom(random: Seeded, texts: readonly string[]): string {
  for (;;) {
    const text = random.pick(texts);
    const start = random.int(0, Math.max(0, text.length - 1));
    const query = text.slice(start, start + random.int(1, 9)).replace(/\u00ad|\u200b/g, '');
    const folded = foldForSearch(query, 'kept').text;
    if (/^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su.test(folded) && !/["+,.，。]|\p{M}/u.test(folded) && query.isWellFormed())
      return random.chance(0.3) ? folded : query;
  }
}

/** What the project holds, by its other calls: every source's text, every passage and memo that is there. */
async function contents(engine: Engine) {
  const { sources } = await engine.call('sources.list', {});
  const texts: { source: SourceId; text: string }[] = [];
  for (const { id, layer } of sources)
    if (layer !== null) texts.push({ source: id, text: (await engine.call('layers.text', { id: layer })).text });
  const there = new Set<string>(sources.map(({ id }) => id));
  const { passages } = await engine.call('passages.list', {});
  const live = passages.filter(({ source }) => there.has(source));
  return { texts, passages: live, memos: live.flatMap((one) => one.memos) };
}
type Contents = Awaited<ReturnType<typeof contents>>;

const exactOf = ({ anchor }: Passage): string => (anchor.kind === 'text' ? anchor.exact : '');
const startOf = ({ anchor }: Passage): number => (anchor.kind === 'text' ? anchor.start : 0);

function expected({ texts, passages, memos }: Contents, query: string): string[] {
  const told = (kind: string, id: string, from: number, places: Place[]): string[] =>
    places.map(({ start, end }) => [kind, id, from + start, from + end].join(' '));
  return [
    ...texts.flatMap(({ source, text }) => told('text', source, 0, naive(text, query))),
    ...passages.flatMap((one) => told('passage', one.id, startOf(one), naive(exactOf(one), query))),
    ...memos.flatMap((one) => told('memo', one.id, 0, naive(one.text, query))),
  ].sort();
}

async function found(engine: Engine, query: string): Promise<string[]> {
  const { total, hits, complete } = await engine.call('search.query', { query, whole: true, limit: 10_000 });
  expect([total, complete]).toEqual([hits.length, true]);
  return hits
    .map(({ kind, memo, passage, source, start, end }) => [kind, memo ?? passage ?? source, start, end].join(' '))
    .sort();
}

/** One thing a person does. */
async function act(engine: Engine, random: Seeded): Promise<void> {
  const { passages } = await contents(engine);
  const { sources } = await engine.call('sources.list', { deleted: true });
  const passage = passages.length === 0 ? null : random.pick(passages);
  const source = random.pick(sources);
  switch (random.int(0, 7)) {
    case 0:
      await addFile(engine, `${String(random.int(0, 1e9))}.txt`, textOf(random, random.chance(0.2) ? 6000 : 40));
      return;
    case 1:
    case 2: {
      if (source.layer === null || source.deleted) return;
      const { text } = await engine.call('layers.text', { id: source.layer });
      const start = random.int(0, text.length - 2);
      const end = Math.min(text.length, start + random.int(1, 60));
      if (text.slice(start, end).trim() === '' || !text.slice(start, end).isWellFormed()) return;
      const marked = { kind: 'text' as const, start, end };
      await engine.call('passages.create', { source: source.id, layer: source.layer, marked, memo: textOf(random, 5) });
      return;
    }
    case 3:
      if (passage !== null) await engine.call('passages.remove', { ids: [passage.id] });
      return;
    case 4: {
      if (passage === null) return;
      const target = memoTarget.parse({ kind: 'passage', id: recordId.parse(passage.id) });
      await engine.call('memos.set', { target, text: random.chance(0.2) ? '' : textOf(random, 6) });
      return;
    }
    case 5:
      await engine.call(source.deleted ? 'sources.restore' : 'sources.remove', { ids: [source.id] });
      return;
    default:
      await engine.call('history.undo', {}).catch((thrown: unknown) => {
        if (toErrorData(thrown).code !== 'NOTHING_TO_UNDO') throw thrown;
      });
  }
}

describe('the search, after random edits', () => {
  it.each(seeds(share(40)))('finds every match, and nothing else (seed %i)', async (seed) => {
    const random = seeded(seed);
    const project = await testProject();
    let { engine } = project;
    await addFile(engine, 'long.txt', textOf(random, 4000));
    await addFile(
      engine,
      'pages.pdf',
      await makePdf([['Labour trans-', 'fer 2023 labour'], ['labourers re-transfer'], ['état a labour']]),
    );
    for (let step = 0; step < 25; step++) {
      await act(engine, random);
      if (step === 12) {
        await engine.close();
        engine = await openFor(project.folder, project.person);
      }
      const there = await contents(engine);
      const written = [...there.texts.map(({ text }) => text), ...there.memos.map(({ text }) => text)];
      for (let asked = 0; asked < 4; asked++) {
        const query = queryFrom(
          random,
          [...written, ...PIECES].filter((text) => /\p{L}/u.test(text)),
        );
        expect([query, await found(engine, query)]).toEqual([query, expected(there, query)]);
      }
    }
  });
});
