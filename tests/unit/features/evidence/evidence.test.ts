import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import type { CallInput } from '../../../../shared/contract/index.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  faultOf,
  mark,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';

/** Two sources, four passages: a work report of May 2023 and a gazette of 2019 to 2021. */
async function county() {
  const project = await testProject();
  const { engine } = project;
  const report = (await addFile(engine, 'report.txt', '流转土地4.8万亩。转移就业1.2万人次。组织赴外县务工。')).id;
  const gazette = (await addFile(engine, 'gazette.txt', 'Training of 300 people. Ten cadres went from door to door.'))
    .id;
  await engine.call('sources.edit', {
    id: report,
    patch: {
      title: 'Work report',
      publisher: 'Liuquan County',
      language: 'zh',
      documentType: 'gwr',
      dateOfAct: { edtf: '2023-05', implied: false },
    },
  });
  await engine.call('sources.edit', {
    id: gazette,
    patch: {
      title: 'Gazette',
      publisher: 'Prefecture',
      language: 'en',
      dateOfAct: { edtf: '2019/2021', implied: false },
    },
  });
  const [land, figure, training] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT', 'TRN');
  if (land === undefined || figure === undefined || training === undefined) throw new Error('No such categories');
  const mu = await mark(engine, report, '流转土地4.8万亩', { categories: [land, figure] });
  const transfer = await mark(engine, report, '转移就业1.2万人次', { categories: [figure], memo: 'Compare with 2022' });
  const away = await mark(engine, report, '组织赴外县务工');
  const people = await mark(engine, gazette, 'Training of 300 people', { categories: [training] });
  await engine.call('translations.set', { passage: mu.id, text: '48,000 mu were transferred' });
  return { ...project, report, gazette, land, figure, training, mu, transfer, away, people };
}

const found = async (engine: Engine, input: CallInput<'evidence.rows'>) => {
  const { rows, total } = await engine.call('evidence.rows', input);
  expect(total).toBe(rows.length);
  return rows.map(({ quote }) => quote);
};

describe('the rows of the evidence', () => {
  it('has every live passage with what a table shows of it, in reading order', async () => {
    const { engine, person, land, figure, mu, report } = await county();
    const { rows, total, of, sources, publishers, faults } = await engine.call('evidence.rows', {});
    expect({ total, of, sources, publishers, faults }).toEqual({
      total: 4,
      of: 4,
      sources: 2,
      publishers: 2,
      faults: [],
    });
    expect(rows.map(({ quote }) => quote)).toEqual([
      '流转土地4.8万亩',
      '转移就业1.2万人次',
      '组织赴外县务工',
      'Training of 300 people',
    ]);
    expect(rows[0]).toMatchObject({
      passage: mu.id,
      source: report,
      sourceTitle: 'Work report',
      publisher: 'Liuquan County',
      type: 'gwr',
      language: 'zh',
      dates: { act: '2023-05', document: null },
      page: 1,
      start: 0,
      translation: { language: 'en', text: '48,000 mu were transferred' },
      state: 'coded',
      person: person.id,
      memo: false,
    });
    const categories = rows[0]?.categories.map(({ category }) => category);
    expect(categories?.toSorted()).toEqual([land, figure].toSorted());
    expect(rows.map(({ state, memo }) => [state, memo])).toEqual([
      ['coded', false],
      ['coded', true],
      ['draft', false],
      ['coded', false],
    ]);
  });

  it('is filtered by what is on a passage and on its source; a date that may lie in a span counts', async () => {
    const { engine } = await county();
    const mu = '流转土地4.8万亩';
    const training = 'Training of 300 people';
    expect(await found(engine, { query: 'category:LND' })).toEqual([mu]);
    expect(await found(engine, { query: 'category:FIG.ACT AND publisher:liuquan' })).toEqual([mu, '转移就业1.2万人次']);
    expect(await found(engine, { query: 'state:draft' })).toEqual(['组织赴外县务工']);
    expect(await found(engine, { query: 'NOT lang:zh' })).toEqual([training]);
    expect(await found(engine, { query: 'act:2020' })).toEqual([training]);
    expect(await found(engine, { query: 'act:2023-05-17' })).toHaveLength(3);
    expect(await found(engine, { query: 'act:2022' })).toEqual([]);
    // In the quotation or a translation, folded as search folds.
    expect(await found(engine, { query: '流轉' })).toEqual([mu]);
    expect(await found(engine, { query: '"48,000 MU"' })).toEqual([mu]);
    expect(await found(engine, { query: 'training OR state:draft' })).toEqual(['组织赴外县务工', training]);
  });

  it('says at its place what no name or several names fit, and finds nothing then', async () => {
    const { engine } = await county();
    const unknown = await engine.call('evidence.rows', { query: 'lang:zh AND category:NOSUCH' });
    expect(unknown).toMatchObject({ total: 0, rows: [], groups: [] });
    expect(unknown.faults).toMatchObject([{ code: 'valueUnknown', span: { start: 21, end: 27 } }]);
    const several = await engine.call('evidence.rows', { query: 'category:mechanism' });
    expect(several.faults[0]).toMatchObject({ code: 'valueAmbiguous' });
    expect(several.faults[0]?.mends.length).toBeGreaterThan(1);
    expect((await engine.call('evidence.rows', { query: '(state:draft' })).faults).not.toEqual([]);
  });

  it('is sorted with what is missing last, and grouped: a passage with two categories stands in both groups', async () => {
    const { engine } = await county();
    const newest = await engine.call('evidence.rows', { sort: [{ column: 'act', descending: true }] });
    expect(newest.rows.at(-1)?.quote).toBe('Training of 300 people');
    const memos = await engine.call('evidence.rows', { sort: [{ column: 'memo', descending: true }] });
    expect(memos.rows[0]?.quote).toBe('转移就业1.2万人次');
    const grouped = await engine.call('evidence.rows', { group: 'category' });
    expect(grouped).toMatchObject({ total: 4, positions: 5 });
    expect(grouped.groups.map(({ count, from }) => [count, from])).toEqual([
      [1, 0],
      [1, 1],
      [2, 2],
      [1, 4],
    ]);
    expect(grouped.groups.at(-1)).toMatchObject({ value: '', label: '' });
    const [, , last] = grouped.groups;
    const { rows } = await engine.call('evidence.rows', { within: [{ by: 'category', value: last?.value ?? '' }] });
    expect(rows).toHaveLength(2);
  });

  it('follows every edit: tags, the trash, a source’s details, undo', async () => {
    const { engine, away, land, gazette } = await county();
    const totals = async () =>
      Promise.all(
        ['', 'category:LND', 'state:draft', 'publisher:prefecture'].map(
          async (query) => (await engine.call('evidence.rows', { query })).total,
        ),
      );
    expect(await totals()).toEqual([4, 1, 1, 1]);
    await engine.call('tags.change', { passages: [away.id], add: [land] });
    expect(await totals()).toEqual([4, 2, 0, 1]);
    await engine.call('sources.edit', { id: gazette, patch: { publisher: 'Somebody' } });
    expect(await totals()).toEqual([4, 2, 0, 0]);
    await engine.call('sources.remove', { ids: [gazette] });
    expect(await totals()).toEqual([3, 2, 0, 0]);
    await engine.call('passages.remove', { ids: [away.id] });
    expect(await totals()).toEqual([2, 1, 0, 0]);
    await engine.call('history.undo', {});
    await engine.call('history.undo', {});
    await engine.call('history.undo', {});
    expect(await totals()).toEqual([4, 2, 0, 1]);
  });

  it('shows the state that the review shows, reopened too', async () => {
    const { engine, folder, mu, land } = await county();
    await engine.close();
    const ben = somebody('Ben');
    const other = await openFor(folder, ben);
    await other.call('review.move', { passage: mu.id, to: 'checked' });
    expect((await other.call('evidence.rows', { query: 'state:checked' })).rows.map(({ passage }) => passage)).toEqual([
      mu.id,
    ]);
    await other.call('tags.change', { passages: [mu.id], add: [land] });
    const { rows } = await other.call('evidence.rows', { query: 'state:reopened' });
    expect(rows.map(({ passage }) => passage)).toEqual([mu.id]);
    expect((await other.call('passages.get', { id: mu.id })).state).toBe('reopened');
  });
});

describe('changing many rows', () => {
  it('tags what a filter finds in one commit and one undo', async () => {
    const { engine, training } = await county();
    const change = { query: 'lang:zh', total: 3, add: [training] };
    expect(await engine.call('evidence.change', change)).toEqual({ faults: [], changed: 3, same: 0, refused: [] });
    expect((await engine.call('evidence.rows', { query: 'category:TRN' })).total).toBe(4);
    expect(await engine.call('evidence.change', change)).toMatchObject({ changed: 0, same: 3 });
    const { commits } = await engine.call('history.list', { limit: 1 });
    expect(commits[0]?.label).toMatch(/^Tag passage: .* \(3 passages\)$/);
    await engine.call('history.undo', {});
    expect((await engine.call('evidence.rows', { query: 'category:TRN' })).total).toBe(1);
  });

  it('leaves out of all that a filter finds what the person took out', async () => {
    const { engine, training, mu } = await county();
    const done = await engine.call('evidence.change', { query: 'lang:zh', total: 3, except: [mu.id], add: [training] });
    expect(done).toEqual({ faults: [], changed: 2, same: 0, refused: [] });
    const { rows } = await engine.call('evidence.rows', { query: 'lang:zh AND category:TRN' });
    expect(rows.map(({ passage }) => passage)).not.toContain(mu.id);
  });

  it('counts which of some passages a filter still finds, each once', async () => {
    const { engine, mu, transfer, land } = await county();
    const passages = [mu.id, transfer.id, mu.id];
    const { total } = await engine.call('evidence.rows', { query: 'category:LND' });
    expect(await engine.call('evidence.count', { passages, query: '' })).toEqual({
      faults: [],
      found: 2,
      sources: 1,
      groups: [],
    });
    const before = await engine.call('evidence.count', { passages, query: 'category:LND' });
    await engine.call('tags.change', { passages: [mu.id], remove: [land] });
    await engine.call('tags.change', { passages: [transfer.id], add: [land] });
    expect(before.found).toBeLessThanOrEqual(total);
    expect(await engine.call('evidence.count', { passages, query: 'category:LND NOT lang:en' })).toMatchObject({
      found: 1,
    });
    expect((await engine.call('evidence.count', { passages, query: 'categry:LND' })).faults).toHaveLength(1);
  });

  it('changes nothing if the filter finds other passages than the person saw', async () => {
    const { engine, training } = await county();
    expect(await codeOf(engine.call('evidence.change', { query: 'lang:zh', total: 2, add: [training] }))).toBe(
      'EXISTS',
    );
    expect(await codeOf(engine.call('evidence.change', { query: 'lang:zh', add: [training] }))).toBe('EXISTS');
    expect((await engine.call('evidence.rows', { query: 'category:TRN' })).total).toBe(1);
  });

  it('moves what may be moved, and says of each other passage why not', async () => {
    const { engine, folder, mu, transfer, away, people } = await county();
    const move = { to: 'checked' as const };
    const own = await engine.call('evidence.change', { passages: [mu.id, transfer.id], move });
    expect(own.changed).toBe(0);
    expect(own.refused).toMatchObject([
      { passage: mu.id, code: 'FOUR_EYES', why: 'You coded this passage. Someone else must check it.' },
      { passage: transfer.id, code: 'FOUR_EYES' },
    ]);
    await engine.close();
    const ben = await openFor(folder, somebody('Ben'));
    await ben.call('review.move', { passage: away.id, to: 'checked' });
    await ben.call('passages.remove', { ids: [people.id] });
    const all = [mu.id, transfer.id, away.id, people.id];
    const moved = await ben.call('evidence.change', { passages: all, move });
    expect(moved.changed).toBe(2);
    expect(moved.refused.toSorted((a, b) => all.indexOf(a.passage) - all.indexOf(b.passage))).toMatchObject([
      { passage: away.id, code: 'NOT_ALLOWED', why: 'This passage is already checked.' },
      { passage: people.id, code: 'NOT_FOUND' },
    ]);
    await ben.call('history.undo', {});
    expect((await ben.call('evidence.rows', { query: 'state:checked' })).total).toBe(1);
  });

  it('sets a dimension of many, and refuses two changes at a time', async () => {
    const { engine, mu, away } = await county();
    const { dimensions } = await engine.call('codebook.get', {});
    const dimension = dimensions.find(({ on, single, values }) => on === 'passage' && single && values.length > 1);
    const [value, other] = dimension?.values ?? [];
    if (dimension === undefined || value === undefined || other === undefined) throw new Error('No such dimension');
    const set = { dimension: dimension.id, values: [value.id] };
    expect(await engine.call('evidence.change', { passages: [mu.id, away.id], set })).toMatchObject({ changed: 2 });
    const { total } = await engine.call('evidence.rows', { query: `${dimension.code}:"${value.label}"` });
    expect(total).toBe(2);
    const { groups } = await engine.call('evidence.rows', { group: `dimension:${dimension.code}`, count: 0 });
    expect(groups.map(({ label, count }) => [label, count])).toEqual([
      [value.label, 2],
      ['', 2],
    ]);
    const two = { passages: [mu.id], set, move: { to: 'coded' as const } };
    expect((await faultOf(engine.call('evidence.change', two))).code).toBe('BAD_INPUT');
  });
});
