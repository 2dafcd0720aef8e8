import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { RelationCard, RelationFigure, RelationParts } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { addFile, codeOf, copyFor, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT = '2023年，于田县转移就业12,640人次，完成年度任务12,000人次的105.3%。其中妇女5,120人次。受访率61%。';

async function withText(text = TEXT) {
  const project = await testProject();
  return { ...project, source: await addFile(project.engine, 'report.txt', text) };
}

const ofSource = (engine: Engine, source: SourceId) => engine.call('relations.ofSource', { source });
async function relationOf(engine: Engine, source: SourceId, kind: RelationCard['kind']): Promise<RelationCard> {
  const found = (await ofSource(engine, source)).relations.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`No ${kind}`);
  return found;
}
const place = ({ sourceId, layer, start, end }: RelationFigure) => ({ source: sourceId, layer, start, end });
const partsOf = ({ operation, inputs, printed }: RelationCard): RelationParts => ({
  operation,
  inputs: inputs.map(place),
  printed: printed === null ? null : place(printed),
});
async function confirmFigures(engine: Engine, { inputs, printed }: RelationCard): Promise<void> {
  for (const one of printed === null ? inputs : [...inputs, printed])
    await engine.call('figures.confirm', { at: place(one) });
}

describe('a relation', () => {
  it('is a suggestion until somebody confirms it, reviewed when another person does, and each is one edit', async () => {
    const { engine, folder, person, source } = await withText();
    const before = await relationOf(engine, source.id, 'completion');
    expect(before).toMatchObject({
      state: 'found',
      by: 'wording',
      reading: 'printed',
      check: { verdict: 'rounds', computed: '105.333333', green: false },
      warnings: [],
    });
    expect((await engine.call('relations.recorded', {})).relations).toEqual([]);
    const { id } = await engine.call('relations.confirm', { of: partsOf(before) });
    expect(id).toBe(before.id);
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject({
      state: 'confirmed',
      checks: [{ person: person.id, verdict: 'confirmed', current: true }],
    });
    // That confirms no figure: it gives them cards.
    expect((await engine.call('figures.cards', {})).figures.map(({ state }) => state)).toEqual([
      'found',
      'found',
      'found',
    ]);
    expect(await codeOf(engine.call('relations.confirm', { of: { id } }))).toBe('EXISTS');

    const bob = await copyFor(engine, 'Bob');
    await bob.engine.call('relations.confirm', { of: { id } });
    await engine.call('merge.apply', { path: bob.folder });
    expect((await relationOf(engine, source.id, 'completion')).state).toBe('reviewed');
    await bob.engine.call('merge.apply', { path: folder });
    expect(await bob.engine.call('merge.conflicts', {})).toMatchObject({ conflicts: [] });
    const labels = (await engine.call('history.list', {})).commits.map(({ label }) => label);
    expect(labels).toContain('Confirm relation: completion of quota of 12,640人次, 12,000人次, 105.3%');
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
  });

  it('warns of a figure that is larger than a reference value, suggested or recorded, and is not green then', async () => {
    const { engine, source } = await withText();
    const before = await relationOf(engine, source.id, 'completion');
    await confirmFigures(engine, before);
    const { id } = await engine.call('relations.confirm', { of: partsOf(before) });
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject({ check: { green: true }, warnings: [] });
    const recorded = async () => (await engine.call('relations.recorded', {})).relations;
    await engine.call('references.add', {
      quantity: 'Residents',
      place: null,
      period: null,
      value: '12500',
      unit: 'person-time',
      isWhole: true,
      source: null,
      citation: 'Yearbook 2023',
    });
    const warned = { id, warnings: ['larger-than-reference'], check: { verdict: 'rounds', green: false } };
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject(warned);
    expect(await recorded()).toMatchObject([warned]);
  });

  it('is suggested between cards of two sources, until it is recorded or a figure is dismissed', async () => {
    const { engine, source } = await withText();
    const other = await addFile(engine, 'news.txt', '2023年，于田县转移就业1.26万人次。');
    const card = async (of: SourceId, text: string) => {
      const all = (await engine.call('figures.ofSource', { source: of })).figures;
      const found = all.find((one) => one.text === text);
      if (found === undefined) throw new Error(`No ${text}`);
      await engine.call('figures.confirm', { at: place(found) });
      return found;
    };
    const across = async () => (await engine.call('relations.across', {})).relations;
    await card(source.id, '12,640人次');
    expect(await across()).toEqual([]);
    const coarse = await card(other.id, '1.26万人次');
    const [one] = await across();
    expect(one).toMatchObject({ kind: 'rounding', operation: 'same', by: 'numbers', state: 'found' });
    expect([one?.inputs.map(({ text }) => text), one?.printed?.text]).toEqual([['12,640人次'], '1.26万人次']);
    if (one === undefined) throw new Error('None');
    // Of a table that was read already, the same.
    await engine.call('figures.table', {});
    expect(await across()).toEqual([one]);
    const { id } = await engine.call('relations.confirm', { of: partsOf(one) });
    expect(id).toBe(one.id);
    expect(await across()).toEqual([]);
    await engine.call('history.undo', {});
    await engine.call('figures.dismiss', { at: { id: coarse.id }, reason: 'Of another county' });
    expect(await across()).toEqual([]);
  });

  it('is suggested between figures that nobody confirmed, where their own clauses say place, period and what they are of', async () => {
    const { engine } = await testProject();
    const texts = ['2021年于田县转移就业10980人次。', '2021年于田县转移就业1.2万余人次。', '转移就业11500人次。'];
    for (const [at, text] of texts.entries()) {
      const { id } = await addFile(engine, `${at}.txt`, text);
      await mark(engine, id, text);
    }
    const across = async (found: boolean) => (await engine.call('relations.across', { found })).relations;
    expect(await across(false)).toEqual([]);
    const [one, ...more] = await across(true);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ operation: 'difference', by: 'wording', state: 'found', printed: null });
    expect(one?.inputs.map(({ text, state }) => [text, state])).toEqual([
      ['1.2万余人次', 'found'],
      ['10980人次', 'found'],
    ]);
    if (one === undefined) throw new Error('None');
    const { id } = await engine.call('relations.confirm', { of: partsOf(one) });
    expect(id).toBe(one.id);
    expect(await across(true)).toEqual([]);
  });

  it('is undone in one step, with the cards that it made', async () => {
    const { engine, source } = await withText();
    await engine.call('relations.confirm', { of: partsOf(await relationOf(engine, source.id, 'completion')) });
    await engine.call('history.undo', {});
    expect((await engine.call('relations.recorded', {})).relations).toEqual([]);
    expect((await engine.call('figures.cards', {})).figures).toEqual([]);
    expect((await relationOf(engine, source.id, 'completion')).state).toBe('found');
  });

  it('is green only once every figure in it is confirmed by a person, under a reading that is not wide', async () => {
    const { engine, source } = await withText('全县转移就业12,643人次，完成年度任务11,997人次的105.4%。');
    const before = await relationOf(engine, source.id, 'completion');
    expect(before.check).toMatchObject({ verdict: 'rounds', green: false });
    await confirmFigures(engine, before);
    expect((await relationOf(engine, source.id, 'completion')).check.green).toBe(true);
    const [result] = before.inputs;
    if (result === undefined) throw new Error('There is a result.');
    await engine.call('figures.edit', { at: place(result), edit: { unit: 'person' } });
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject({
      check: { verdict: 'rounds', green: false },
      warnings: ['unit'],
    });
  });

  it('keeps the reading that was chosen, and asks again when a figure is read otherwise', async () => {
    const { engine, source } = await withText('转移就业1.26万人次，完成年度任务11,600人次的108%。');
    const before = await relationOf(engine, source.id, 'completion');
    expect([before.exact?.verdict, before.rounded?.verdict]).toEqual(['truncates', 'within-precision']);
    const { id } = await engine.call('relations.confirm', { of: partsOf(before), reading: 'rounded' });
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject({
      reading: 'rounded',
      state: 'confirmed',
      check: { verdict: 'within-precision' },
    });
    const [, quota] = before.inputs;
    if (quota === undefined) throw new Error('There is a quota.');
    await engine.call('figures.edit', {
      at: place(quota),
      edit: { value: { value: '11700', low: '11700', high: '11700' } },
    });
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject({ id, state: 'reopened' });
    await engine.call('relations.confirm', { of: { id }, reading: 'exact' });
    expect(await relationOf(engine, source.id, 'completion')).toMatchObject({ state: 'confirmed', reading: 'exact' });
    await engine.call('relations.return', { id, reason: 'Which quota?' });
    expect((await relationOf(engine, source.id, 'completion')).state).toBe('returned');
    await engine.call('relations.withdraw', { id });
    expect((await relationOf(engine, source.id, 'completion')).state).toBe('found');
    expect(await codeOf(engine.call('relations.withdraw', { id }))).toBe('NOT_FOUND');
  });

  it('is dismissed with a reason, or replaced by another pair', async () => {
    const { engine, source } = await withText();
    const before = await relationOf(engine, source.id, 'completion');
    await expect(engine.call('relations.dismiss', { of: partsOf(before), reason: ' ' })).rejects.toThrow(/reason/);
    const to = { ...partsOf(before), operation: 'share' as const };
    const { id } = await engine.call('relations.edit', { of: partsOf(before), to });
    const { relations } = await ofSource(engine, source.id);
    expect(relations.find((one) => one.id === before.id)).toMatchObject({ state: 'dismissed' });
    expect(relations.find((one) => one.id === id)).toMatchObject({
      kind: 'share',
      state: 'confirmed',
      by: null,
      warnings: ['plan-against-actual', 'part-larger-than-whole'],
    });
    expect(await codeOf(engine.call('relations.edit', { of: { id }, to }))).toBe('BAD_INPUT');
  });
});

describe('a relation made by hand', () => {
  it('takes figures of several sources, converts by the table, and takes a percentage off those without a pair', async () => {
    const { engine, source } = await withText('全县耕地36,000亩。');
    const other = await addFile(engine, 'notice.txt', '节水灌溉1,600公顷。该比例为66.7%。');
    expect((await ofSource(engine, other.id)).unpaired.map(({ text }) => text)).toEqual(['66.7%']);
    const figures = [
      ...(await engine.call('figures.ofSource', { source: source.id })).figures,
      ...(await engine.call('figures.ofSource', { source: other.id })).figures,
    ];
    const of = (text: string) => {
      const found = figures.find((one) => one.text === text);
      if (found === undefined) throw new Error(`No ${text}`);
      return place(found);
    };
    const parts = { operation: 'share' as const, inputs: [of('1,600公顷'), of('36,000亩')], printed: of('66.7%') };
    await engine.call('relations.confirm', { of: parts });
    expect((await engine.call('relations.recorded', {})).relations).toMatchObject([
      {
        kind: 'share',
        check: { verdict: 'rounds', green: false },
        warnings: ['unit'],
        conversions: [{ from: 'mu', to: 'hectare', factor: '1/15' }],
        missing: 0,
      },
    ]);
    expect((await ofSource(engine, other.id)).unpaired).toEqual([]);
    expect(await codeOf(engine.call('relations.confirm', { of: { ...parts, inputs: [of('36,000亩')] } }))).toBe(
      'BAD_INPUT',
    );
    expect(
      await codeOf(engine.call('relations.confirm', { of: { ...parts, inputs: [of('36,000亩'), of('36,000亩')] } })),
    ).toBe('BAD_INPUT');
    // Another factor of the project's own: what was confirmed has to be looked at with it.
    await engine.call('conversions.set', { from: 'hectare', to: 'mu', factor: '20', by: 'An old local measure' });
    expect((await engine.call('relations.recorded', {})).relations).toMatchObject([
      {
        state: 'reopened',
        check: { verdict: 'fails' },
        conversions: [{ from: 'mu', to: 'hectare', factor: '0.05' }],
      },
    ]);
    await engine.call('sources.remove', { ids: [other.id] });
    expect((await engine.call('relations.recorded', {})).relations).toMatchObject([
      { missing: 2, check: { verdict: 'not-checkable', green: false } },
    ]);
  });
});

describe('in other copies of the project', () => {
  it('two readings of one relation are a conflict in words', async () => {
    const { engine, source } = await withText('转移就业1.26万人次，完成年度任务11,600人次的108%。');
    const of = partsOf(await relationOf(engine, source.id, 'completion'));
    const { id } = await engine.call('relations.confirm', { of });
    const bob = await copyFor(engine, 'Bob');
    await bob.engine.call('relations.confirm', { of: { id }, reading: 'rounded' });
    await engine.call('relations.confirm', { of: { id }, reading: 'exact' });
    await engine.call('merge.apply', { path: bob.folder });
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(JSON.stringify(conflicts)).toContain('counts may be rounded');
    expect(JSON.stringify(conflicts)).toContain('counts are exact');
  });

  it('a part has relations whose figures are all in it, and a blind copy has none', async () => {
    const { engine, person, source } = await withText('转移就业12,640人次，完成年度任务12,000人次的105.3%。');
    const other = await addFile(engine, 'other.txt', '任务为11,900人次。');
    const first = await relationOf(engine, source.id, 'completion');
    await engine.call('relations.confirm', { of: partsOf(first) });
    const quota = (await engine.call('figures.ofSource', { source: other.id })).figures[0];
    if (quota === undefined) throw new Error('There is a quota.');
    const [result] = first.inputs;
    if (result === undefined || first.printed === null) throw new Error('There are figures.');
    const both = {
      operation: 'completion' as const,
      inputs: [place(result), place(quota)],
      printed: place(first.printed),
    };
    await engine.call('relations.confirm', { of: both });
    expect((await engine.call('relations.recorded', {})).relations).toHaveLength(2);
    const folder = tempFolder();
    const opened = async (name: string, file: string, who: ReturnType<typeof somebody>) => {
      const copy = join(folder, `${name}.sourcebook`);
      await importProjectFile({ file, folder: copy, person: who });
      const project = await openFor(copy, who);
      expect((await project.call('project.verify', {})).failures).toEqual([]);
      return project;
    };
    const exported = async (name: string, options: object) => {
      const file = join(folder, `${name}.sbk`);
      await engine.call('projectFile.export', { path: file, options });
      return (await opened(name, file, somebody('Dee'))).call('relations.recorded', {});
    };
    expect((await exported('whole', {})).relations).toHaveLength(2);
    expect((await exported('part', { only: { sources: [source.id] } })).relations).toMatchObject([
      { id: first.id, missing: 0 },
    ]);
    await mark(engine, source.id, '转移就业');
    expect((await exported('people', { only: { people: [person.id], sources: [source.id] } })).relations).toMatchObject(
      [{ id: first.id, missing: 0, state: 'confirmed' }],
    );

    const file = join(folder, 'blind.sbk');
    await engine.call('assignments.create', {
      name: 'Blind',
      coder: 'Cora',
      sample: 'sources',
      seed: 1,
      sources: [source.id],
      leadToo: false,
      path: file,
      replace: false,
    });
    const blind = await opened('blind', file, somebody('Cora'));
    expect(await blind.call('relations.recorded', {})).toEqual({ blind: true, relations: [] });
    expect(await ofSource(blind, source.id)).toEqual({ blind: true, relations: [], unpaired: [] });
    expect(await codeOf(blind.call('relations.confirm', { of: partsOf(first) }))).toBe('NOT_ALLOWED');
  });
});
