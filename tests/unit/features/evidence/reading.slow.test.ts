import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { quoteSpan } from '../../../../shared/anchoring/anchor.ts';
import { passageId, type PassageId } from '../../../../shared/model/index.ts';
import { newId, openProject } from '../../../../electron/db/index.ts';
import type { Edit } from '../../../../electron/db/types.ts';
import { addFile, categoriesOf, codeOf, openFor, testProject } from '../../../support/project.ts';
import { randomEvidence } from '../../../support/random-evidence.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

const TEXT = '流转土地4.8万亩。转移就业1.2万人次。'.repeat(60);

/** A project of two sources with `count` passages each, more than are read at once. */
async function manyPassages(count: number) {
  const project = await testProject();
  const { engine, folder, person } = project;
  const sources = [await addFile(engine, 'a.txt', TEXT), await addFile(engine, 'b.txt', `${TEXT}。`)];
  const [land, act] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  if (land === undefined || act === undefined) throw new Error('No such categories');
  await engine.close();
  const ids: PassageId[] = [];
  const edits = sources.flatMap((source, at) =>
    Array.from({ length: count }, (_, start): Edit[] => {
      const [passage, tag] = [passageId.parse(newId()), newId()];
      ids.push(passage);
      const quoted = quoteSpan(at === 0 ? TEXT : `${TEXT}。`, { start, end: start + 5 });
      if (!quoted.ok) throw new Error(quoted.error.message);
      return [
        { entity: 'passage', id: passage, field: 'source', value: source.id },
        { entity: 'passage', id: passage, field: 'layer', value: source.layer },
        {
          entity: 'passage',
          id: passage,
          field: 'anchor',
          value: { kind: 'text', ...quoted.value, page: 1, quads: [] },
        },
        { entity: 'passage', id: passage, field: 'person', value: person.id },
        { entity: 'tag', id: tag, field: 'passage', value: passage },
        { entity: 'tag', id: tag, field: 'category', value: land },
        { entity: 'tag', id: tag, field: 'person', value: person.id },
      ];
    }).flat(),
  );
  const db = openProject({ folder, person });
  db.write.commit('Tag many passages', edits);
  db.close();
  return { ...project, engine: await openFor(folder, person), ids, act, sources };
}

/** Every check of the time finds that the reading had the thread long enough. */
function pauseWhereverPossible(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
}
afterEach(() => vi.restoreAllMocks());

const codeThrown = (thrown: unknown): Promise<string> =>
  codeOf(() => {
    throw thrown;
  });

/** First rows in reading order are answered before the evidence is read: these are in another. */
const READS_ALL = { count: 0, sort: [{ column: 'created' as const }] };

const table = async (engine: Engine) => {
  const [head, matrix] = [
    await engine.call('evidence.rows', { count: 1000 }),
    await engine.call('evidence.matrix', { columns: 'source' }),
  ];
  return { head, matrix };
};

it('lets other calls run between the pieces that it reads', async () => {
  const { engine } = await manyPassages(500);
  pauseWhereverPossible();
  let answered = 0;
  const rows = engine.call('evidence.rows', READS_ALL).then((answer) => {
    expect(answered).toBeGreaterThan(3);
    return answer;
  });
  for (let call = 0; call < 4; call++) {
    await engine.call('project.info', {});
    await turn();
    answered++;
  }
  expect((await rows).total).toBe(1000);
  await engine.close();
});

it('has what was committed while it was read, as if it had been read afterwards', async () => {
  const { engine: first, folder, person, ids, act, sources } = await manyPassages(450);
  const random = seeded(7);
  pauseWhereverPossible();
  const change = async (): Promise<unknown> => {
    const passages = random.shuffle(ids).slice(0, random.int(1, 300));
    const [target] = passages;
    if (target === undefined) throw new Error('No passage');
    switch (random.int(0, 4)) {
      case 0:
        return engine.call('tags.change', { passages, add: [act] });
      case 1:
        return engine.call('passages.remove', { ids: passages });
      case 2:
        return engine.call('passages.restore', { ids: passages });
      case 3:
        return engine.call('memos.set', { target: { kind: 'passage', id: target }, text: 'Compare' });
      default:
        return engine.call('sources.edit', {
          id: random.pick(sources).id,
          patch: { publisher: `P${random.int(0, 9)}` },
        });
    }
  };
  /** Passages in the trash refuse to be changed. */
  const edit = async (): Promise<void> => {
    const code = await change().then(() => null, codeThrown);
    if (code !== null && code !== 'NOT_ALLOWED') throw new Error(code);
  };
  let engine = first;
  const readAgain = async () => {
    await engine.close();
    engine = await openFor(folder, person);
    return table(engine);
  };
  for (let round = 0; round < 6; round++) {
    // In even rounds all is read, in odd ones what changed.
    if (round % 2 === 0) {
      await engine.close();
      engine = await openFor(folder, person);
    } else for (let commit = 0; commit < 3; commit++) await edit();
    const asked = engine.call('evidence.rows', READS_ALL);
    for (let commit = 0; commit < 3; commit++) {
      for (let turns = random.int(1, 3); turns > 0; turns--) await turn();
      await edit();
    }
    await asked;
    const now = await table(engine);
    expect(now).toEqual(await readAgain());
  }
  await engine.close();
});

describe('the first rows of the whole table', () => {
  const PAGES = [
    { count: 0 },
    { count: 100 },
    { from: 3, count: 20 },
    { from: 180, count: 20 },
    { count: 9, whole: true },
  ];
  /** The pages before the evidence is read, and afterwards. */
  const bothTimes = async (engine: Engine) => {
    pauseWhereverPossible();
    let isRead = false;
    const read = engine.call('evidence.rows', READS_ALL).then(() => (isRead = true));
    const pages = () => Promise.all(PAGES.map((page) => engine.call('evidence.rows', page)));
    const early = await pages();
    expect(isRead).toBe(false);
    await read;
    return { early, afterwards: await pages() };
  };

  it('are there before the evidence is read, and equal those that it gives', async () => {
    const { engine, ids } = await manyPassages(450);
    await engine.call('passages.remove', { ids: [...ids.slice(2, 9), ...ids.slice(500, 600)] });
    const [moved] = ids;
    if (moved === undefined) throw new Error('No passage');
    await engine.call('translations.set', { passage: moved, text: 'Land was transferred' });
    await engine.call('review.move', { passage: moved, to: 'translated' });
    const { early, afterwards } = await bothTimes(engine);
    expect(early).toEqual(afterwards);
    expect(early[1]?.rows[0]).toMatchObject({ passage: moved, state: 'translated' });
    expect(early[1]).toMatchObject({ total: 793, of: 793, positions: 793, sources: 2, origins: 2 });
    await engine.close();
  });

  it.each(seeds(6, 1))('equal those that the evidence gives: seed %i', async (seed) => {
    const { engine, open } = await randomEvidence(seeded(seed));
    await engine.close();
    const again = await open();
    const { early, afterwards } = await bothTimes(again);
    expect(early).toEqual(afterwards);
    await again.close();
  });

  it.each(seeds(6, 1))('count only passages that are whole: seed %i', async (seed) => {
    const random = seeded(seed);
    const { engine, folder, person, sources } = await manyPassages(12);
    await engine.close();
    const edits = Array.from({ length: 60 }, (_, at): Edit[] => {
      const id = passageId.parse(newId());
      const source = random.pick(sources);
      const quoted = quoteSpan(TEXT, { start: at, end: at + 3 });
      if (!quoted.ok) throw new Error(quoted.error.message);
      const layer = random.chance(0.3) ? { layer: source.layer } : {};
      const page = random.pick([1, 1, 1, 0]);
      const all: Edit[] = [
        { entity: 'passage', id, field: 'source', value: source.id },
        { entity: 'passage', id, field: 'layer', value: source.layer },
        { entity: 'passage', id, field: 'anchor', value: { kind: 'text', ...quoted.value, ...layer, page, quads: [] } },
        { entity: 'passage', id, field: 'person', value: person.id },
      ];
      const some = all.filter(() => !random.chance(0.2));
      return random.chance(0.2) ? [...some, { entity: 'passage', id, field: 'deleted', value: true }] : some;
    });
    const db = openProject({ folder, person });
    db.write.commit('Tag passages that lack something', edits.flat());
    db.close();
    const again = await openFor(folder, person);
    const { early, afterwards } = await bothTimes(again);
    expect(early).toEqual(afterwards);
    const { total } = early[0] ?? { total: 0 };
    expect(total).toBeGreaterThan(24);
    expect(total).toBeLessThan(24 + edits.length);
    await again.close();
  });

  it('have the evidence read behind them', async () => {
    const { engine } = await manyPassages(450);
    pauseWhereverPossible();
    await engine.call('evidence.rows', { count: 10 });
    // Nobody asks for more, and the pieces are read all the same.
    for (let turns = 0; turns < 200; turns++) await turn();
    let isAnswered = false;
    const asked = engine.call('evidence.rows', READS_ALL).then(() => (isAnswered = true));
    for (let turns = 0; turns < 3; turns++) await turn();
    expect(isAnswered).toBe(true);
    await asked;
    await engine.close();
  });
});

it('answers CANCELLED if the project is closed before it was read', async () => {
  const { engine } = await manyPassages(450);
  pauseWhereverPossible();
  const asked = codeOf(engine.call('evidence.rows', READS_ALL));
  await engine.close();
  expect(await asked).toBe('CANCELLED');
});

it('folds the words of all passages with other calls between, and has those that were changed meanwhile', async () => {
  const { engine, ids, sources } = await manyPassages(450);
  await engine.call('evidence.rows', READS_ALL);
  pauseWhereverPossible();
  const asked = engine.call('evidence.rows', { query: '"48,000 mu"' });
  await turn();
  const [passage] = ids;
  if (passage === undefined) throw new Error('No passage');
  await engine.call('translations.set', { passage, text: '48,000 mu were transferred' });
  expect((await asked).rows.map((row) => row.passage)).toEqual([passage]);
  const sorted = await engine.call('evidence.rows', { sort: [{ column: 'translation' }], count: 1 });
  expect(sorted.rows.map((row) => row.source)).toEqual([sources[0]?.id]);
  await engine.close();
});
