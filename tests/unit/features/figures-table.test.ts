import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { FIGURE_GROUPS, type FigureGroup } from '../../../shared/contract/figure-conditions.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { addFile, categoriesOf, codeOf, copyFor, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const YEARBOOK =
  '2021年，于田县转移就业10980人次。2021年，于田县流转土地1000公顷。另有一处未标记：2021年，于田县转移就业5人次。';
const MEDIA = '2021年，于田县转移就业1.2万余人次。2021年，于田县转移就业1.1万人。2021年，于田县流转土地15000亩。';

const table = (engine: Engine, more: CallInput<'figures.table'> = {}) => engine.call('figures.table', more);
const printed = async (engine: Engine, more: CallInput<'figures.table'> = {}) =>
  (await table(engine, more)).rows.map(({ text }) => text);

async function county() {
  const project = await testProject();
  const { engine } = project;
  const [yearbook, media] = [
    await addFile(engine, 'yearbook.txt', YEARBOOK),
    await addFile(engine, 'media.txt', MEDIA),
  ];
  const categories = await categoriesOf(engine, 'TRF.ORG');
  const tagged = await mark(engine, yearbook.id, '2021年，于田县转移就业10980人次。2021年，于田县流转土地1000公顷。', {
    categories,
  });
  await mark(engine, media.id, MEDIA);
  return { ...project, yearbook, media, tagged };
}

describe('the table of figures', () => {
  it('finds the words of an English figure to the end of its clause, whole, and no further', async () => {
    const { engine } = await testProject();
    const text =
      'In 2023, 26,000 persons were transferred for work, of whom 5,200 were women. Land of 300 hectares was leased, and 40 teams were sent.';
    const { id } = await addFile(engine, 'report.txt', text);
    await mark(engine, id, text);
    const found = async (words: string) => printed(engine, { where: { words } });
    expect(await found('transferred')).toEqual(['26,000']);
    expect(await found('leased')).toEqual(['300']);
    const { rows } = await table(engine);
    expect(rows.map(({ text: figure, after }) => [figure, after])).toEqual([
      ['26,000', ' persons were transferred for work'],
      ['5,200', ' were women'],
      ['300', ' hectares was leased'],
      ['40', ' teams were sent'],
    ]);
  });

  it('has what the rules find in passages, as suggestions, and what people confirmed anywhere', async () => {
    const { engine, yearbook, tagged } = await county();
    const { rows, total, of, sources, found, blind } = await table(engine);
    expect(
      rows.map(({ text, before, unit, placeName, state }) => [before.slice(-4), text, unit, placeName, state]),
    ).toEqual([
      ['转移就业', '10980人次', 'person-time', 'Yutian County', 'found'],
      ['流转土地', '1000公顷', 'hectare', 'Yutian County', 'found'],
      ['转移就业', '1.2万余人次', 'person-time', 'Yutian County', 'found'],
      ['转移就业', '1.1万人', 'person', 'Yutian County', 'found'],
      ['流转土地', '15000亩', 'mu', 'Yutian County', 'found'],
    ]);
    expect({ total, of, sources, found, blind }).toEqual({ total: 5, of: 5, sources: 2, found: 5, blind: false });
    expect(rows[0]).toMatchObject({ passage: tagged.id, low: '10980', high: '10980', page: 1, isGuessed: true });

    const { figures } = await engine.call('figures.ofSource', { source: yearbook.id });
    const outside = figures.find(({ text }) => text === '5人次');
    const inside = figures.find(({ text }) => text === '10980人次');
    if (outside === undefined || inside === undefined) throw new Error('Not found');
    expect(rows[0]?.id).toBe(inside.id);
    const { layer, start, end } = outside;
    await engine.call('figures.confirm', { at: { source: yearbook.id, layer, start, end } });
    const after = await table(engine, { where: { state: 'confirmed' } });
    expect(after.rows).toMatchObject([{ id: outside.id, text: '5人次', passage: null, state: 'confirmed' }]);
    // With a filter, only what stands in the passages that it finds.
    expect(await printed(engine, { query: 'category:TRF' })).toEqual(['10980人次', '1000公顷']);
    await engine.call('figures.dismiss', {
      at: { source: yearbook.id, layer: inside.layer, start: inside.start, end: inside.end },
      reason: 'A list mark',
    });
    expect(await printed(engine, { query: 'category:TRF' })).toEqual(['1000公顷']);
    expect(await printed(engine, { where: { state: 'dismissed' } })).toEqual(['10980人次']);
    expect((await table(engine, { query: 'category:(' })).faults.length).toBeGreaterThan(0);
  });

  it('is filtered, sorted and read page by page', async () => {
    const { engine, media } = await county();
    expect(await printed(engine, { where: { words: '流转土地' } })).toEqual(['1000公顷', '15000亩']);
    expect(await printed(engine, { where: { unit: 'person' } })).toEqual(['1.1万人']);
    expect(await printed(engine, { where: { place: 'xj-hotan-pref' } })).toHaveLength(5);
    expect(await printed(engine, { where: { place: 'xj-kashgar-pref' } })).toEqual([]);
    expect(await printed(engine, { where: { from: 2022 } })).toEqual([]);
    expect(await printed(engine, { where: { from: 2020, to: 2021, source: media.id } })).toHaveLength(3);
    const byValue = { sort: { column: 'value', descending: true } } as const;
    expect(await printed(engine, byValue)).toEqual(['15000亩', '1.2万余人次', '1.1万人', '10980人次', '1000公顷']);
    const pages = [0, 2, 4].map((from) => printed(engine, { ...byValue, from, count: 2 }));
    expect((await Promise.all(pages)).flat()).toEqual(await printed(engine, byValue));
  });

  it('says how many people confirmed a figure: what one did waits for another', async () => {
    const { engine, yearbook } = await county();
    const { figures } = await engine.call('figures.ofSource', { source: yearbook.id });
    const [one] = figures;
    if (one === undefined) throw new Error('Not found');
    const at = { source: yearbook.id, layer: one.layer, start: one.start, end: one.end };
    await engine.call('figures.confirm', { at });
    const states = async (of: Engine) => (await table(of, { where: { state: 'confirmed' } })).total;
    expect(await states(engine)).toBe(1);
    const bob = await copyFor(engine, 'Bob');
    await bob.engine.call('figures.confirm', { at });
    await engine.call('merge.apply', { path: bob.folder });
    expect(await states(engine)).toBe(0);
    expect((await table(engine, { where: { state: 'reviewed' } })).rows).toMatchObject([{ id: one.id }]);
  });

  it('has its rows in groups, as a person would put them', async () => {
    const { engine, media, yearbook } = await county();
    const grouped = async (group: FigureGroup) => {
      const { rows, groups, total } = await table(engine, { group });
      const under = groups.map(({ value, from, count, sources }) => {
        const own = rows.slice(from, from + count);
        expect(sources).toBe(new Set(own.map(({ source }) => source)).size);
        return [value, ...own.map(({ text }) => text)];
      });
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      return under;
    };
    expect(await grouped('unit')).toEqual([
      ['hectare', '1000公顷'],
      ['mu', '15000亩'],
      ['person', '1.1万人'],
      ['person-time', '10980人次', '1.2万余人次'],
    ]);
    expect(await grouped('source')).toEqual([
      [media.id, '1.2万余人次', '1.1万人', '15000亩'],
      [yearbook.id, '10980人次', '1000公顷'],
    ]);
    for (const group of FIGURE_GROUPS) await grouped(group);
    const sort = { column: 'value', descending: true } as const;
    const { rows, groups } = await table(engine, { group: 'unit', sort, where: { words: '转移就业' } });
    expect(groups.map(({ value }) => value)).toEqual(['person', 'person-time']);
    expect(rows.map(({ text }) => text)).toEqual(['1.1万人', '1.2万余人次', '10980人次']);
  });

  it('compares what has the same words: conflicts of two sources, other units, conversions that people change', async () => {
    const { engine } = await county();
    const against = async (words: string) =>
      (await table(engine, { where: { words } })).rows.map(({ text, against: how }) => [text, how]);
    expect((await table(engine)).rows.every(({ against: how }) => how === null)).toBe(true);
    expect(await against('转移就业')).toEqual([
      ['10980人次', 'conflict'],
      ['1.2万余人次', 'conflict'],
      ['1.1万人', 'unit'],
    ]);
    const { conflicts, conflicting, otherUnits, sameQuantity } = await table(engine, { where: { words: '转移就业' } });
    expect({ conflicting, otherUnits, sameQuantity }).toEqual({ conflicting: 2, otherUnits: 1, sameQuantity: true });
    expect(conflicts).toMatchObject([
      {
        placeName: 'Yutian County',
        period: '2021',
        apart: '1020',
        lower: { text: '10980人次' },
        higher: { text: '1.2万余人次' },
      },
    ]);
    expect(await printed(engine, { where: { words: '转移就业', only: 'unit' } })).toEqual(['1.1万人']);
    const land = ['agrees', 'agrees'];
    expect((await against('流转土地')).map(([, how]) => how)).toEqual(land);
    await engine.call('conversions.set', { from: 'hectare', to: 'mu', factor: '14', by: 'Old survey' });
    expect((await against('流转土地')).map(([, how]) => how)).toEqual(['conflict', 'conflict']);
    await engine.call('conversions.set', { from: 'hectare', to: 'mu', factor: null, by: '' });
    expect((await against('流转土地')).map(([, how]) => how)).toEqual(['unit', 'unit']);
    await engine.call('history.undo', {});
    await engine.call('history.undo', {});
    expect((await against('流转土地')).map(([, how]) => how)).toEqual(land);
  });

  it('flags what is larger than a reference value of its place', async () => {
    const { engine, media } = await county();
    const { id } = await engine.call('references.add', {
      quantity: 'Resident population',
      place: 'xj-yutian-co',
      period: '2020',
      value: '10400',
      unit: 'person',
      isWhole: true,
      source: null,
      citation: 'Census',
    });
    const { rows } = await table(engine, { where: { only: 'larger' } });
    expect(rows.map(({ text, larger }) => [text, larger])).toEqual([['1.1万人', [id]]]);
    const onCards = async () => (await engine.call('figures.ofSource', { source: media.id })).larger;
    expect(await onCards()).toEqual([{ figure: rows[0]?.id, reference: id }]);
    await engine.call('references.remove', { id });
    expect(await printed(engine, { where: { only: 'larger' } })).toEqual([]);
    expect(await onCards()).toEqual([]);
    await engine.call('history.undo', {});
    expect(await onCards()).toHaveLength(1);
  });

  it('goes out without what a mask covers, and not while a passage waits for its mask', async () => {
    const { engine, yearbook } = await county();
    const { layer } = await engine.call('passages.find', { source: yearbook.id, quote: { exact: '1000公顷' } });
    const start = YEARBOOK.indexOf('1000公顷');
    const marked = { kind: 'text', start, end: start + '1000公顷'.length } as const;
    await engine.call('masks.add', { source: yearbook.id, layer, marked, reason: 'Names a household' });
    expect(await printed(engine)).toContain('1000公顷');
    const out = await table(engine, { outgoing: true });
    expect(out.rows.map(({ text }) => text)).not.toContain('1000公顷');
    expect(JSON.stringify(out.rows)).not.toContain('1000公顷');
    expect(out.total).toBe(5);
  });

  it('reads a text again only where something changed, and is empty for somebody who codes blind', async () => {
    const { engine } = await county();
    await table(engine);
    const path = join(tempFolder(), 'blind.sbk');
    await engine.call('assignments.create', { coder: 'Eve', sample: 'sentences:100%', path });
    const folder = join(tempFolder(), 'Eves.sourcebook');
    const eve = somebody('Eve');
    await importProjectFile({ file: path, folder, person: eve });
    const theirs = await openFor(folder, eve);
    expect(await table(theirs)).toMatchObject({ blind: true, rows: [], total: 0, of: 0 });
    expect(await codeOf(table(engine, { count: 5000 }))).toBe('BAD_INPUT');
  });
});
