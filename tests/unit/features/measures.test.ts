import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conversionFactor, conversionTable } from '../../../shared/figures/conversions.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { CONVERSIONS } from '../../../shared/figures/conversions.ts';
import { addFile, codeOf, copyFor, faultOf, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const conversions = async (engine: Engine) => (await engine.call('conversions.list', {})).conversions;
const between = async (engine: Engine, from: string, to: string) =>
  (await conversions(engine)).find((one) => one.from === from && one.to === to);
const references = async (engine: Engine) => (await engine.call('references.list', {})).references;
const BY = 'Provincial bureau, 1991';

async function mergeFrom(engine: Engine, other: Engine): Promise<void> {
  const path = join(tempFolder(), 'back.sbk');
  await other.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}
/** What somebody sees who opens this file. */
async function opened<T>(file: string, read: (engine: Engine) => Promise<T>): Promise<T> {
  const [folder, person] = [join(tempFolder(), 'Theirs.sourcebook'), somebody('Eve')];
  await importProjectFile({ file, folder, person });
  return read(await openFor(folder, person));
}

describe('the table of conversions', () => {
  it('has the program’s, which people replace, turn off and get back', async () => {
    const { engine } = await testProject();
    expect((await conversions(engine)).map(({ id }) => id)).toEqual(CONVERSIONS.map(() => null));
    const { id } = await engine.call('conversions.set', { from: 'kg', to: 'jin', factor: '1.6', by: 'The old jin' });
    expect(await between(engine, 'kg', 'jin')).toEqual({
      id,
      from: 'kg',
      to: 'jin',
      factor: '1.6',
      by: 'The old jin',
      known: '2',
      contradicted: null,
    });
    // The same two units, said the other way round, are the same record.
    const other = await engine.call('conversions.set', { from: 'jin', to: 'kg', factor: '5/8', by: 'The old jin' });
    expect(other.id).toBe(id);
    expect(await between(engine, 'kg', 'jin')).toBeUndefined();
    expect(await between(engine, 'jin', 'kg')).toMatchObject({ factor: '5/8', known: '0.5' });
    await engine.call('conversions.set', { from: 'jin', to: 'kg', factor: null, by: '' });
    expect(await between(engine, 'jin', 'kg')).toMatchObject({ factor: null });
    await engine.call('conversions.remove', { id });
    expect(await between(engine, 'kg', 'jin')).toMatchObject({ id: null, factor: '2' });
    await engine.call('history.undo', {});
    expect(await between(engine, 'jin', 'kg')).toMatchObject({ id, factor: null });
    const { commits } = await engine.call('history.list', {});
    expect(commits.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        'Set a conversion: 1 kg is 1.6 jin',
        'Turn a conversion off: jin and kg are not converted',
        'Remove a conversion: jin and kg are not converted',
      ]),
    );
  });

  it('takes nothing that makes one thing of another, contradicts the rest, or says no source', async () => {
    const { engine } = await testProject();
    const set = (from: string, to: string, factor: string | null, by = BY) =>
      faultOf(engine.call('conversions.set', { from, to, factor, by }));
    expect(await set('person', 'person-time', '1.4')).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('count different things'),
    });
    expect((await set('household', 'person', '3.4')).code).toBe('BAD_INPUT');
    expect((await set('mu', 'mu', '1')).code).toBe('BAD_INPUT');
    expect((await set('mu', 'sqm', '614', '')).message).toContain('where the factor is from');
    expect((await set('mu', 'sqm', '614')).message).toContain('1 mu is 2000/3 sqm');
    for (const factor of ['0', '-2', '1e3', '1/0', '1,000'])
      expect((await set('tael', 'jin', factor)).code, factor).toBe('BAD_INPUT');
    expect((await conversions(engine)).every(({ id }) => id === null)).toBe(true);
    await engine.call('conversions.set', { from: 'jin', to: 'tael', factor: '10', by: BY });
    expect(await between(engine, 'jin', 'tael')).toMatchObject({ factor: '10', known: null });
  });

  it('makes one thing of another neither over a third unit nor by a rule that another program wrote', () => {
    const rule = (from: string, to: string) => ({ from, to, factor: '1', by: BY });
    const factor = (...rules: ReturnType<typeof rule>[]) =>
      conversionFactor('person', 'person-time', conversionTable(rules));
    expect(factor(rule('person', 'person-time'))).toBeNull();
    expect(factor(rule('person', 'head'), rule('head', 'person-time'))).toBeNull();
  });

  it('is one conflict if two people differ on two units, and says so where a merge makes it contradict itself', async () => {
    const { engine: ann } = await testProject();
    const { engine: bob } = await copyFor(ann, 'Bob');
    await ann.call('conversions.set', { from: 'jin', to: 'tael', factor: '10', by: BY });
    await bob.call('conversions.set', { from: 'tael', to: 'jin', factor: '1/16', by: 'Before 1959' });
    await mergeFrom(ann, bob);
    const { conflicts } = await ann.call('merge.conflicts', {});
    expect(conflicts.map((one) => [one.mine.text, one.incoming.text])).toEqual([
      [`1 jin is 10 tael (${BY})`, '1 tael is 1/16 jin (Before 1959)'],
    ]);
    await ann.call('merge.resolve', { conflict: conflicts[0]?.id ?? '', keep: 'incoming' });
    expect(await between(ann, 'tael', 'jin')).toMatchObject({ factor: '1/16', by: 'Before 1959' });

    await mergeFrom(bob, ann);
    await ann.call('conversions.set', { from: 'kg', to: 'tael', factor: '32', by: BY });
    await bob.call('conversions.set', { from: 'tael', to: 'jin', factor: '1/10', by: 'Since 1959' });
    await mergeFrom(ann, bob);
    expect(await between(ann, 'kg', 'tael')).toMatchObject({ factor: '32', contradicted: '20' });
  });
});

describe('reference values', () => {
  const POPULATION: CallInput<'references.add'> = {
    quantity: 'Resident population',
    place: 'xj-yutian-co',
    period: '2020-11-01',
    value: '269000',
    unit: 'person',
    isWhole: true,
    source: null,
    citation: 'Seventh census, table 3',
  };

  it('are kept with their source and person, changed field by field, removed and undone', async () => {
    const { engine, person } = await testProject();
    const { id: source } = await addFile(engine, 'yearbook.txt', '2020年末常住人口26.9万人。');
    const { id } = await engine.call('references.add', POPULATION);
    expect(await references(engine)).toMatchObject([{ id, ...POPULATION, person: person.id }]);
    await engine.call('references.change', { ...POPULATION, id, source, citation: 'Census' });
    await engine.call('references.change', { ...POPULATION, id, source, citation: 'Census' });
    expect(await references(engine)).toMatchObject([{ id, source, citation: 'Census' }]);
    await engine.call('references.remove', { id });
    expect(await references(engine)).toEqual([]);
    await engine.call('history.undo', {});
    expect(await references(engine)).toMatchObject([{ id, value: '269000' }]);
    const { commits } = await engine.call('history.list', {});
    const words = 'Resident population, Yutian County, 2020-11-01: 269000 person';
    expect(commits.map(({ label }) => label).filter((label) => label.includes('reference value'))).toEqual([
      expect.stringContaining(`Remove a reference value: ${words}`),
      `Remove a reference value: ${words}`,
      `Change a reference value: ${words}`,
      `Keep a reference value: ${words}`,
    ]);
  });

  it('need a source, a place that is known and a date that exists', async () => {
    const { engine } = await testProject();
    const add = (more: Partial<CallInput<'references.add'>>) =>
      codeOf(engine.call('references.add', { ...POPULATION, ...more }));
    expect(await add({ citation: ' ' })).toBe('BAD_INPUT');
    expect(await add({ place: 'xj-nowhere' })).toBe('NOT_FOUND');
    expect(await add({ period: '2020-02-30' })).toBe('BAD_INPUT');
    expect(await add({ value: '26.9万' })).toBe('BAD_INPUT');
    const { engine: other } = await testProject();
    const { id } = await addFile(other, 'a.txt', 'Elsewhere');
    expect(await add({ source: id })).toBe('NOT_FOUND');
    expect(await references(engine)).toEqual([]);
  });

  it('of two people are merged, and a number is never joined to another’s year', async () => {
    const { engine: ann } = await testProject();
    const { id } = await ann.call('references.add', POPULATION);
    const { engine: bob } = await copyFor(ann, 'Bob');
    await ann.call('references.change', { ...POPULATION, id, value: '270000' });
    await bob.call('references.change', { ...POPULATION, id, period: '2021', citation: 'Communiqué' });
    await mergeFrom(ann, bob);
    const { conflicts } = await ann.call('merge.conflicts', {});
    expect(conflicts).toMatchObject([{ field: 'value' }]);
    const [kept] = await references(ann);
    expect([kept?.value, kept?.period]).toSatisfy(
      ([value, period]) => (value === '270000') === (period === '2020-11-01'),
    );
    expect(kept?.citation).toBe('Communiqué');
  });

  it('go out with a part, without a source that stays, and with pseudonyms; a blind coder gets none', async () => {
    const { engine } = await testProject();
    const shown = await addFile(engine, 'a.txt', 'The county sent 300 workers.');
    const kept = await addFile(engine, 'b.txt', 'Another text.');
    await engine.call('references.add', { ...POPULATION, source: kept.id, citation: 'Told by Ann' });
    await engine.call('conversions.set', { from: 'jin', to: 'tael', factor: '10', by: BY });
    const exported = async (options: CallInput<'projectFile.export'>['options']): Promise<string> => {
      const path = join(tempFolder(), 'out.sbk');
      await engine.call('projectFile.export', { path, ...(options === undefined ? {} : { options }) });
      return path;
    };
    const all = async (other: Engine) => ({
      reference: (await references(other)).map(({ value, source, citation }) => [value, source, citation]),
      tael: (await between(other, 'jin', 'tael'))?.factor,
    });
    expect(await opened(await exported({ only: { sources: [shown.id] } }), all)).toEqual({
      reference: [['269000', null, 'Told by Ann']],
      tael: '10',
    });
    const pseudonymous = await opened(await exported({ pseudonyms: true }), all);
    expect(pseudonymous).toMatchObject({ reference: [['269000', expect.any(String), 'Told by Coder 1']], tael: '10' });
    const path = join(tempFolder(), 'blind.sbk');
    await engine.call('assignments.create', { coder: 'Eve', sample: 'sentences:100%', path });
    expect((await opened(path, all)).reference).toEqual([]);
  });
});

describe('relations between figures', () => {
  it('are computed by the project’s conversions, and say what is larger than a reference value', async () => {
    const { engine } = await testProject();
    const { id: source } = await addFile(
      engine,
      'a.txt',
      '2023年于田县流转土地8000公顷（120000亩）。于田县有劳动力30万人，其中转移就业12万人，占40%。',
    );
    const relations = async () =>
      (await engine.call('figures.find', { source })).relations.map(({ kind, verdict, warnings }) => [
        kind,
        verdict,
        warnings.includes('larger-than-reference'),
      ]);
    expect(await relations()).toEqual(expect.arrayContaining([['repeat', 'exact', false]]));
    await engine.call('conversions.set', { from: 'hectare', to: 'mu', factor: '14', by: BY });
    expect(await relations()).toEqual(expect.arrayContaining([['repeat', 'fails', false]]));
    await engine.call('conversions.set', { from: 'hectare', to: 'mu', factor: null, by: '' });
    expect((await relations()).map(([kind]) => kind)).not.toContain('repeat');
    expect((await relations()).find(([kind]) => kind === 'share')).toEqual(['share', expect.any(String), false]);
    await engine.call('references.add', {
      quantity: 'Resident population',
      place: 'xj-hotan-pref',
      period: '2020',
      value: '150000',
      unit: 'person',
      isWhole: true,
      source,
      citation: null,
    });
    expect((await relations()).find(([kind]) => kind === 'share')).toEqual(['share', expect.any(String), true]);
  });
});
