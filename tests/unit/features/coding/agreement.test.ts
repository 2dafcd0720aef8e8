import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { categoryId, type CategoryId, type SourceId } from '../../../../shared/model/index.ts';
import { krippendorff, cohen, numberOf } from '../../shared/agreement/oracle.ts';
import { addFile, categoriesOf, codeOf, mark, openFor, somebody } from '../../../support/project.ts';
import { codedProject, giveOut } from './support.ts';

const [ann, ben, cleo] = [somebody('Ann'), somebody('Ben'), somebody('Cleo')];

/** Each person in turn opens the folder, gives tags, and closes it. Answers the project as Ann has it. */
async function codedBy(
  folder: string,
  work: readonly (readonly [typeof ann, (engine: Engine) => Promise<void>])[],
): Promise<Engine> {
  for (const [person, code] of work) {
    const engine = await openFor(folder, person);
    await code(engine);
    await engine.close();
  }
  return openFor(folder, ann);
}
const gives =
  (source: SourceId, quotes: Readonly<Record<string, readonly CategoryId[]>>) =>
  async (engine: Engine): Promise<void> => {
    for (const [quote, categories] of Object.entries(quotes))
      await mark(engine, source, quote, { categories: [...categories] });
  };

/** The report's eight sentences: Ann gives land to two, Ben to one of them and to another; training is Ann's alone. */
async function twoCoders() {
  const { folder, engine, report, notice } = await codedProject(ann);
  const [land = never(), training = never()] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  await engine.close();
  const open = await codedBy(folder, [
    [
      ann,
      gives(report.id, { '流转土地4.8万亩': [land], '合作社统一经营。居民': [land], 培训两周后进入工厂: [training] }),
    ],
    [ben, gives(report.id, { '流转土地4.8万亩。': [land], 每户派出一人: [land] })],
  ]);
  return { engine: open, folder, report, notice, land, training };
}
const never = (): never => {
  throw new Error('There is such a category');
};

describe('the agreement report', () => {
  it.each([
    ['text layer is not there', 'layer', '00000000-0000-8000-8000-000000000000'],
    ['text layer has no hash', 'sha256', '../../etc/passwd'],
  ] as const)('leaves out a source whose %s, and says so', async (_what, field, value) => {
    const { engine, folder, report } = await codedProject(ann);
    const [land = never()] = await categoriesOf(engine, 'LND.RIGHTS');
    const broken = await addFile(engine, 'broken.txt', 'Each household shall send one person.');
    await mark(engine, report.id, '流转土地4.8万亩', { categories: [land] });
    await mark(engine, broken.id, 'one person', { categories: [land] });
    const before = await engine.call('agreement.report', { sources: [report.id] });
    await engine.close();
    const changed = openProject({ folder, person: ben });
    changed.write.commit('Written by a changed program', [
      field === 'layer'
        ? { entity: 'source', id: broken.id, field, value }
        : { entity: 'layer', id: broken.layer ?? never(), field, value },
    ]);
    changed.close();
    const open = await openFor(folder, ann);
    const found = await open.call('agreement.report', {});
    expect(found).toMatchObject({ units: before.units, overall: before.overall });
    expect(found.note).toContain('Nothing in “broken');
    expect(await open.call('agreement.differences', {})).toMatchObject({ differences: [] });
  });

  it('counts each sentence of the sources both coded, and states what it counted', async () => {
    const { engine, land, training } = await twoCoders();
    const found = await engine.call('agreement.report', { samples: 200 });
    expect(found).toMatchObject({
      unit: 'sentence',
      units: 8,
      bootstrap: { samples: 200, seed: 1 },
      thresholds: { good: 0.8, tentative: 0.667 },
    });
    expect(found.coders).toEqual([
      { id: ann.id, name: 'Ann', units: 8 },
      { id: ben.id, name: 'Ben', units: 8 },
    ]);
    // Sentences: title, 转移, 培训, 每户, 流转, 合作社, 居民, 下一年. Ann's third passage reaches into the seventh.
    const matrix = [
      [0, 0, 0, 0, 1, 1, 1, 0],
      [0, 0, 0, 1, 1, 0, 0, 0],
    ];
    const about = found.categories.find(({ id }) => id === land);
    expect(about).toMatchObject({ n: 8, prevalence: 5 / 16, percent: 62.5 });
    expect(about?.alpha).toBeCloseTo(Number(numberOf(krippendorff(matrix))), 9);
    expect(about?.kappa).toBeCloseTo(Number(numberOf(cohen(matrix))), 9);
    const pooled = [
      [...(matrix[0] ?? []), 0, 0, 1, 0, 0, 0, 0, 0],
      [...(matrix[1] ?? []), 0, 0, 0, 0, 0, 0, 0, 0],
    ];
    expect(found.overall.alpha).toBeCloseTo(Number(numberOf(krippendorff(pooled))), 9);
    expect(found.categories.find(({ id }) => id === training)).toMatchObject({ prevalence: 1 / 16 });
    const silent = found.categories.filter(({ prevalence }) => prevalence === 0);
    expect(silent.length).toBeGreaterThan(50);
    for (const one of silent)
      expect(one).toMatchObject({
        alpha: 'undefined',
        kappa: 'undefined',
        fleiss: 'undefined',
        percent: 100,
        interval: null,
      });
    expect(found.codebook.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(found.codebook.version).not.toBe('');
    expect(found.note).toContain('coded every unit of each source they tagged');
    expect(await engine.call('agreement.report', { samples: 200 })).toEqual(found);
  });

  it('counts paragraphs, and passages: equal places are one unit', async () => {
    const { engine, land } = await twoCoders();
    const paragraphs = await engine.call('agreement.report', { unit: 'paragraph', categories: [land], samples: 0 });
    expect(paragraphs).toMatchObject({ units: 4, categories: [{ id: land, n: 4, percent: 75, interval: null }] });
    expect(paragraphs.categories).toHaveLength(1);
    const passages = await engine.call('agreement.report', { unit: 'passage', samples: 0 });
    expect(passages.units).toBe(5);
    expect(passages.categories.find(({ id }) => id === land)).toMatchObject({ n: 5, percent: 60 });
  });

  it('compares the requested people, sources and categories, and reports unknown ones', async () => {
    const { engine, notice } = await twoCoders();
    const one = await engine.call('agreement.report', { coders: [ann.id], samples: 5 });
    expect(one).toMatchObject({
      coders: [{ id: ann.id, units: 8 }],
      overall: { n: 0, alpha: 'undefined', percent: 'undefined' },
    });
    const none = await engine.call('agreement.report', { sources: [notice.id], samples: 5 });
    expect(none).toMatchObject({ units: 0, coders: [], overall: { n: 0 } });
    expect(await codeOf(engine.call('agreement.report', { coders: [cleo.id] }))).toBe('NOT_FOUND');
    expect(await codeOf(engine.call('agreement.report', { categories: [categoryId.parse(cleo.id)] }))).toBe(
      'NOT_FOUND',
    );
  });

  it('compares three coders, one of whom coded less', async () => {
    const { folder, engine, notice, report, land } = await twoCoders();
    await engine.close();
    const open = await codedBy(folder, [
      [ann, gives(notice.id, { 'Each household shall send one person': [land] })],
      [cleo, gives(notice.id, { 'Training lasts two weeks': [land] })],
    ]);
    const found = await open.call('agreement.report', { samples: 0 });
    expect(found.coders.map(({ name, units }) => [name, units])).toEqual([
      ['Ann', 11],
      ['Ben', 8],
      ['Cleo', 3],
    ]);
    const about = found.categories.find(({ id }) => id === land);
    const x = null;
    const matrix = [
      [0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0],
      [0, 0, 0, 1, 1, 0, 0, 0, x, x, x],
      [x, x, x, x, x, x, x, x, 0, 0, 1],
    ];
    expect(about).toMatchObject({ n: 11, kappa: 'undefined' });
    expect(about?.alpha).toBeCloseTo(Number(numberOf(krippendorff(matrix))), 9);
    await open.call('sources.remove', { ids: [report.id] });
    expect((await open.call('agreement.report', { samples: 0 })).units).toBe(3);
  });

  it('of an assignment counts its sample: its coder judged exactly that, everywhere', async () => {
    const { folder, engine, report, land } = await twoCoders();
    const { assignment } = await giveOut(engine, { sample: 'sentences:/2', sources: [report.id], seed: 2 });
    await engine.close();
    // As it is once Cleo's copy has been merged.
    const open = await codedBy(folder, [[cleo, gives(report.id, { 每户派出一人: [land], '流转土地4.8万亩': [land] })]]);
    const unassigned = await open.call('agreement.report', { coders: [ann.id, cleo.id], samples: 0 });
    expect(unassigned.coders.find(({ id }) => id === cleo.id)?.units).toBe(8);
    const sampled = await open.call('agreement.report', { assignment: assignment.id, unit: 'paragraph', samples: 0 });
    expect(sampled).toMatchObject({ unit: 'sentence', units: assignment.units.length });
    expect(sampled.note).toContain('sample');
  });

  it('of an assignment compares its two people: someone else’s tags in its sources do not count as a no to the rest', async () => {
    const { folder, engine, report, land } = await twoCoders();
    const { assignment } = await giveOut(engine, { sample: 'sources', sources: [report.id], coder: 'Ben' });
    await engine.close();
    const claimed = openProject({ folder, person: ben });
    claimed.write.commit('Submit', [{ entity: 'assignment', id: assignment.id, field: 'coder', value: ben.id }]);
    claimed.close();
    const open = await openFor(folder, ann);
    const asked = { assignment: assignment.id, samples: 0 };
    const alone = await open.call('agreement.report', asked);
    const differ = await open.call('agreement.differences', { assignment: assignment.id });
    await open.close();
    const bystander = await codedBy(folder, [[cleo, gives(report.id, { 每户派出一人: [land] })]]);
    const after = await bystander.call('agreement.report', asked);
    expect(after.coders.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
    expect(after.overall).toEqual(alone.overall);
    expect(await bystander.call('agreement.differences', { assignment: assignment.id })).toEqual(differ);
  });

  it('gives the same for hundreds of passages', async () => {
    const { folder, engine } = await codedProject(ann);
    const lines = Array.from({ length: 400 }, (_, at) => `第${at}号文件要求转移就业。`).join('\n');
    const big = await addFile(engine, 'big.txt', lines);
    const [land = never()] = await categoriesOf(engine, 'LND.RIGHTS');
    await engine.close();
    const every = (step: number) => async (open: Engine) => {
      const layer = big.layer ?? never();
      for (let at = 0; at < 400; at += step) {
        const start = lines.indexOf(`第${at}号`);
        await open.call('passages.create', {
          source: big.id,
          layer,
          marked: { kind: 'text', start, end: start + 4 },
          categories: [land],
        });
      }
    };
    const open = await codedBy(folder, [
      [ann, every(3)],
      [ben, every(5)],
    ]);
    const found = await open.call('agreement.report', {});
    const matrix = [3, 5].map((step) => Array.from({ length: 400 }, (_, at) => (at % step === 0 ? 1 : 0)));
    expect(found.categories.find(({ id }) => id === land)?.kappa).toBeCloseTo(Number(numberOf(cohen(matrix))), 9);
  });
});

describe('differences', () => {
  it('are units coded differently, with both codings side by side and their context', async () => {
    const { engine, land, training } = await twoCoders();
    const { differences, decided } = await engine.call('agreement.differences', {});
    expect(decided).toBe(0);
    expect(differences.map(({ text }) => text)).toEqual([
      '培训两周后进入工厂！',
      '每户派出一人。',
      '合作社统一经营。',
      '居民收入增长百分之五。',
    ]);
    expect(differences[0]).toMatchObject({
      page: 1,
      coders: [
        { name: 'Ann', categories: [training] },
        { name: 'Ben', categories: [], passages: [] },
      ],
      decided: null,
    });
    expect(differences[0]?.before.endsWith('全年转移就业八百人。')).toBe(true);
    expect(differences[0]?.after.startsWith('每户派出一人。')).toBe(true);
    expect(differences[1]?.coders[1]?.categories).toEqual([land]);
    expect(differences[0]?.passage).toBe(differences[0]?.coders[0]?.passages[0]);
  });

  it('are decided with a reason; both codings and earlier decisions stay', async () => {
    const { engine, land } = await twoCoders();
    const [, second] = (await engine.call('agreement.differences', {})).differences;
    const passage = second?.passage ?? never();
    const before = await engine.call('passages.get', { id: passage });
    const first = await engine.call('adjudications.decide', { passage, categories: [], reason: 'Nobody said land.' });
    expect(first.compared).toEqual(
      [
        { person: ann.id, categories: [] },
        { person: ben.id, categories: [land] },
      ].sort((a, b) => (a.person < b.person ? -1 : 1)),
    );
    const last = await engine.call('adjudications.decide', {
      passage,
      categories: [land],
      reason: 'It does, after all.',
    });
    expect((await engine.call('passages.get', { id: passage })).tags).toEqual(before.tags);
    expect((await engine.call('adjudications.list', { passage })).adjudications.map(({ reason }) => reason)).toEqual([
      'Nobody said land.',
      'It does, after all.',
    ]);
    const all = await engine.call('agreement.differences', {});
    expect(all.decided).toBe(1);
    expect(all.differences.find((one) => one.passage === passage)?.decided).toEqual(last);
    expect((await engine.call('agreement.differences', { open: true })).differences).toHaveLength(3);
    expect((await engine.call('history.list', { limit: 1 })).commits[0]?.label).toContain('Decide passage');
    await engine.call('history.undo', {});
    expect((await engine.call('agreement.differences', {})).differences[1]?.decided?.reason).toBe('Nobody said land.');
  });

  it('are not decided with anything that is missing', async () => {
    const { engine, land } = await twoCoders();
    const passage = (await engine.call('passages.list', {})).passages[0]?.id ?? never();
    expect(
      await codeOf(
        engine.call('adjudications.decide', { passage, categories: [categoryId.parse(cleo.id)], reason: 'x' }),
      ),
    ).toBe('NOT_FOUND');
    expect(await codeOf(engine.call('adjudications.decide', { passage, categories: [land], reason: ' ' }))).toBe(
      'BAD_INPUT',
    );
    await engine.call('passages.remove', { ids: [passage] });
    expect(await codeOf(engine.call('adjudications.decide', { passage, categories: [land], reason: 'x' }))).toBe(
      'NOT_FOUND',
    );
  });

  it('include a coder who highlighted other words of the sentence', async () => {
    const { folder, engine, report, land, training } = await twoCoders();
    await engine.close();
    const open = await codedBy(folder, [
      [ann, gives(report.id, { 全年转移: [land] })],
      [ben, gives(report.id, { 就业八百人: [training] })],
    ]);
    const hit =
      (await open.call('agreement.differences', {})).differences.find(({ text }) => text.startsWith('全年')) ?? never();
    const { compared } = await open.call('adjudications.decide', {
      passage: hit.passage,
      categories: [land],
      reason: 'Transfer.',
    });
    expect(new Map(compared.map(({ person, categories }) => [person, categories]))).toEqual(
      new Map([
        [ann.id, [land]],
        [ben.id, [training]],
      ]),
    );
  });
});

describe('tags added under another definition', () => {
  it('are listed with the difference in words, until their person confirms them', async () => {
    const { folder, engine, land } = await twoCoders();
    expect((await engine.call('tags.stale', {})).tags).toEqual([]);
    await engine.call('categories.edit', { id: land, patch: { definition: 'Only transfers of use rights.' } });
    const { tags } = await engine.call('tags.stale', {});
    expect(tags.map(({ name, category }) => [name, category])).toEqual([
      ['Ben', land],
      ['Ann', land],
      ['Ben', land],
      ['Ann', land],
    ]);
    expect(tags[0]?.differences).toMatchObject([{ field: 'definition', after: 'Only transfers of use rights.' }]);
    expect(tags[0]?.quote).toBe('每户派出一人');
    expect(tags[0]?.changed).toBeGreaterThanOrEqual(tags[0]?.given ?? Infinity);
    expect((await engine.call('agreement.report', { samples: 0 })).codebook.changed).toEqual([land]);

    const theirs = tags[0] ?? never();
    const mine = tags[1] ?? never();
    expect(await codeOf(engine.call('tags.confirm', { tags: [{ passage: theirs.passage, category: land }] }))).toBe(
      'NOT_ALLOWED',
    );
    expect(await engine.call('tags.confirm', { tags: [{ passage: mine.passage, category: land }] })).toEqual({
      passages: [mine.passage],
    });
    expect((await engine.call('tags.stale', { person: ann.id })).tags.map(({ passage }) => passage)).toEqual([
      tags[3]?.passage,
    ]);
    // Adding it again is adding it under the present definition.
    await engine.call('tags.change', { passages: [tags[3]?.passage ?? never()], add: [], remove: [land] });
    await engine.call('tags.change', { passages: [tags[3]?.passage ?? never()], add: [land], remove: [] });
    expect((await engine.call('tags.stale', { person: ann.id })).tags).toEqual([]);
    await engine.call('categories.edit', { id: land, patch: { name: 'Land use' } });
    expect((await engine.call('tags.stale', { person: ann.id, category: land })).tags[0]?.differences).toMatchObject([
      { field: 'name', after: 'Land use' },
    ]);
    await engine.close();
    const bens = await openFor(folder, ben);
    expect((await bens.call('tags.stale', { person: ben.id })).tags[0]?.differences.map(({ field }) => field)).toEqual([
      'name',
      'definition',
    ]);
  });

  it('are no longer listed once the old definition is back', async () => {
    const { engine, land } = await twoCoders();
    await engine.call('categories.edit', { id: land, patch: { include: 'Also leases.' } });
    expect((await engine.call('tags.stale', {})).tags).toHaveLength(4);
    await engine.call('history.undo', {});
    expect((await engine.call('tags.stale', {})).tags).toEqual([]);
  });

  it('include those moved by someone else’s split: their person chose another category', async () => {
    const { engine, land } = await twoCoders();
    const part = { code: 'LND.LEASE', name: 'Lease' };
    const all = await engine.call('passages.list', { category: land });
    const own = all.passages.find(({ tags }) => tags.some(({ person }) => person === ben.id)) ?? never();
    const { ids } = await engine.call('categories.split', {
      id: land,
      parent: land,
      parts: [part],
      given: [{ passage: own.id, parts: [0] }],
    });
    const { tags } = await engine.call('tags.stale', {});
    expect(tags).toMatchObject([{ name: 'Ben', category: ids[0], passage: own.id }]);
    expect(tags[0]?.differences.find(({ field }) => field === 'name')).toMatchObject({ after: 'Lease' });
  });
});
