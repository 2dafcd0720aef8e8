import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Area } from '../../../../shared/model/index.ts';
import { byPlace } from '../../../../electron/project/passages/places.ts';
import { png } from '../../../support/pictures.ts';
import { addFile, categoriesOf, faultOf, mark, newFolder, openFor, somebody } from '../../../support/project.ts';
import { newId } from '../../../../electron/db/index.ts';
import { groundOf, moveEdits, reviewProject, SENTENCE, writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

it('two coders’ passages on the same words are one item with both codings, and a step holds for both', async () => {
  const { as, passage } = await reviewProject();
  const second = await as('ben', async (engine) =>
    mark(engine, passage.source, SENTENCE, { categories: await categoriesOf(engine, 'LND.RIGHTS') }),
  );
  const queue = (which: 'to-second-code' | 'to-approve') =>
    as('dan', (engine) => engine.call('review.queue', { queue: which }));
  const { items, total, counts } = await queue('to-second-code');
  expect(items).toMatchObject([{ passage: passage.id, also: [second.id], by: 'Ann, Ben' }]);
  expect([total, counts['to-second-code']]).toEqual([1, 1]);
  const detail = await as('cat', (engine) => engine.call('review.get', { passage: second.id }));
  expect(detail.beside.map(({ id, tags }) => [id, tags.length])).toEqual([[passage.id, 1]]);

  // What is at one place is one exhibit: who coded one of its passages checks none of them.
  const refused = await faultOf(
    as('ben', (engine) => engine.call('review.move', { passage: passage.id, to: 'checked' })),
  );
  expect([refused.code, refused.message]).toEqual([
    'FOUR_EYES',
    'You coded the same words. Someone else must check it.',
  ]);
  await as('dan', (engine) => engine.call('comments.add', { passage: second.id, text: 'Mu?', mentions: [] }));
  expect((await queue('to-second-code')).items).toMatchObject([{ passage: passage.id, comments: 1 }]);
  await as('cat', (engine) => engine.call('review.move', { passage: passage.id, to: 'checked' }));
  const stateOf = (id: typeof passage.id) => as('dan', (engine) => engine.call('review.get', { passage: id }));
  for (const id of [passage.id, second.id]) {
    const { state, moves } = await stateOf(id);
    expect([state, moves.map(({ name, counts: isCounted }) => [name, isCounted])]).toEqual([
      'checked',
      [['Cat', true]],
    ]);
  }
  expect((await queue('to-approve')).items).toMatchObject([{ state: 'checked', also: [second.id] }]);
  const back = await as('dan', async (engine) => {
    await engine.call('review.move', { passage: passage.id, to: 'approved' });
    const approved = (await engine.call('review.get', { passage: second.id })).state;
    await engine.call('history.undo', {});
    return [approved, (await engine.call('review.get', { passage: second.id })).state];
  });
  expect(back).toEqual(['approved', 'checked']);
});

it('a step on words that its person coded in another passage does not count, whoever wrote it', async () => {
  const { as, passage, folder, people } = await reviewProject();
  const second = await as('ben', async (engine) =>
    mark(engine, passage.source, SENTENCE, { categories: await categoriesOf(engine, 'LND.RIGHTS') }),
  );
  await as('cat', (engine) => engine.call('review.move', { passage: second.id, to: 'checked' }));
  await as('cat', (engine) => engine.call('review.move', { passage: second.id, to: 'returned', comment: 'No' }));
  const basis = groundOf(folder, people.ben, passage.id);
  writeBehind(folder, people.ben, 'Check', moveEdits(newId(), passage.id, 'checked', people.ben.id, { ...basis }));
  const { state, moves } = await as('dan', (engine) => engine.call('review.get', { passage: passage.id }));
  expect(moves.at(-1)).toMatchObject({ name: 'Ben', counts: false, forged: false });
  expect(state).not.toBe('checked');
});

it('a forged step on one passage is shown in the history of each at its place, and counts for none', async () => {
  const { as, passage, folder, people } = await reviewProject();
  const second = await as('ben', async (engine) =>
    mark(engine, passage.source, SENTENCE, { categories: await categoriesOf(engine, 'LND.RIGHTS') }),
  );
  const basis = groundOf(folder, people.ann, second.id);
  writeBehind(folder, people.ann, 'Approve', moveEdits(newId(), second.id, 'approved', people.cat.id, basis));
  const detailOf = (id: typeof passage.id) => as('dan', (engine) => engine.call('review.get', { passage: id }));
  const first = await detailOf(passage.id);
  expect(first.moves).toEqual([]);
  expect(first.forgedBeside).toMatchObject([
    { passage: second.id, of: 'Ben', move: { state: 'approved', person: people.cat.id, forged: true, counts: false } },
  ]);
  const own = await detailOf(second.id);
  expect([own.moves.length, own.forgedBeside]).toEqual([1, []]);
});

it('areas that share four fifths are one place: one exhibit, one item, one decision', async () => {
  const ann = somebody('Ann');
  const folder = newFolder({ person: ann });
  const first = await openFor(folder, ann);
  const { id: source, layer } = await addFile(first, 'board.png', png(200, 100));
  if (layer === null) throw new Error('It has a layer');
  const [pair, rights] = await categoriesOf(first, 'TRF.PAIR', 'LND.RIGHTS');
  if (pair === undefined || rights === undefined) throw new Error('The codebook has them');
  const areaBy = (engine: typeof first, area: Area, category: typeof pair) =>
    engine.call('passages.create', { source, layer, marked: { kind: 'area', page: 1, area }, categories: [category] });
  const one = await areaBy(first, [10, 10, 110, 60], pair);
  await areaBy(first, [10, 10, 60, 60], pair);
  await first.close();
  const ben = await openFor(folder, somebody('Ben'));
  const other = await areaBy(ben, [12, 11, 112, 61], rights);
  expect(await ben.call('report.count', { only: {} })).toMatchObject({ passages: 3, exhibits: 2 });
  await ben.call('adjudications.decide', { passage: other.id, categories: [rights], reason: 'Land' });
  expect((await ben.call('adjudications.list', { passage: one.id })).adjudications).toMatchObject([
    { passage: other.id },
  ]);
  const path = join(tempFolder(), 'report.csv');
  await ben.call('report.write', { path, format: 'csv' });
  const rows = readFileSync(path, 'utf8').split('\r\n').slice(1);
  expect(rows.filter((row) => /^\d+,LND\.RIGHTS,[^,]+,decided,Ben,/.test(row))).toHaveLength(1);
  expect(rows.filter((row) => /^\d+,/.test(row))).toHaveLength(2);
  await ben.close();
  const cat = await openFor(folder, somebody('Cat'));
  const { items, counts } = await cat.call('review.queue', { queue: 'to-second-code' });
  expect(items.map(({ also }) => also.length).toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(counts['to-second-code']).toBe(2);
});

it('areas are put together whatever their order, also by one that lies between two', () => {
  const at = (id: string, left: number) => ({
    id,
    layer: 'l',
    page: 1,
    span: null,
    area: JSON.stringify([left, 0, left + 100, 50]),
  });
  const rows = [at('a', 0), at('b', 16), at('c', 8), at('d', 60)];
  for (const order of [rows, rows.toReversed()])
    expect(
      byPlace(order)
        .map((group) =>
          group
            .map(({ id }) => id)
            .toSorted()
            .join(' '),
        )
        .toSorted(),
    ).toEqual(['a b c', 'd']);
});

it('passages at one place are in one queue, where the one furthest behind waits; of one decided on, where that one is', async () => {
  const { as, passage } = await reviewProject();
  await as('cat', (engine) => engine.call('review.move', { passage: passage.id, to: 'checked' }));
  const [second, land] = await as('ben', async (engine) => {
    const categories = await categoriesOf(engine, 'LND.RIGHTS');
    return [await mark(engine, passage.source, SENTENCE, { categories }), categories] as const;
  });
  const countsNow = async () => {
    const { counts } = await as('dan', (engine) => engine.call('review.queue', { queue: 'all' }));
    return Object.entries(counts).flatMap(([queue, count]) => (count === 0 ? [] : [queue]));
  };
  // Ann’s is checked, Ben’s only coded: nobody is offered the words for approval.
  expect(await countsNow()).toEqual(['to-second-code', 'to-translate', 'all']);
  const queue = (which: 'to-second-code' | 'to-check' | 'to-approve') =>
    as('dan', (engine) => engine.call('review.queue', { queue: which }));
  expect((await queue('to-second-code')).items).toMatchObject([
    { passage: second.id, also: [passage.id], state: 'coded', by: 'Ben, Cat' },
  ]);
  // A translation of the words is one of both passages.
  await as('ben', (engine) => engine.call('translations.set', { passage: passage.id, text: 'Pairing.' }));
  expect((await queue('to-check')).items).toMatchObject([{ also: [expect.any(String)] }]);
  expect(await countsNow()).not.toContain('to-translate');

  await as('dan', (engine) =>
    engine.call('adjudications.decide', { passage: passage.id, categories: [...land], reason: 'Land' }),
  );
  const { state } = await as('cat', (engine) => engine.call('review.get', { passage: passage.id }));
  const { items } = await as('cat', (engine) =>
    engine.call('review.queue', { queue: 'all', filter: { state, source: passage.source } }),
  );
  expect(items.map(({ also }) => also.length)).toEqual([1]);
});

it('a highlight without a tag does not hold up the coding of the same words', async () => {
  const { as, passage } = await reviewProject();
  await as('ben', (engine) => mark(engine, passage.source, SENTENCE));
  const { counts } = await as('dan', (engine) => engine.call('review.queue', { queue: 'all' }));
  expect([counts['to-code'], counts['to-second-code']]).toEqual([0, 1]);
});

it('the comments on passages at one place are one thread list, and a reply is on the passage of its thread', async () => {
  const { as, passage } = await reviewProject();
  const second = await as('ben', (engine) => mark(engine, passage.source, SENTENCE));
  const first = await as('ben', (engine) => engine.call('comments.add', { passage: second.id, text: 'Why?' }));
  const { comments } = await as('cat', async (engine) => {
    await engine.call('comments.add', { passage: passage.id, text: 'Because.', parent: first.id });
    return engine.call('review.get', { passage: passage.id });
  });
  expect(comments.map(({ text, passage: on, parent }) => [text, on, parent])).toEqual([
    ['Why?', second.id, null],
    ['Because.', second.id, first.id],
  ]);
});
