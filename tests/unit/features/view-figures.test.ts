import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { commitAsNewer, saidOf } from '../../support/newer-program.ts';
import { copyFor, openFor, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const only = async (engine: Engine) => {
  const [view] = (await engine.call('views.list', {})).views;
  if (view === undefined) throw new Error('There is no view.');
  return view;
};

it('a view keeps how its figures are shown; a setting is changed by itself, and undone', async () => {
  const { engine } = await testProject();
  const { id } = await engine.call('views.create', {
    name: 'Land',
    query: 'category:LND',
    shape: 'matrix',
    matrix: { columns: 'publisher', look: 'dots', open: [] },
    timeline: { date: 'published', lanes: 'type', span: { from: -62135596800000, to: 0 }, documents: 'usual' },
    places: { order: 'most', level: 'prefecture' },
    coverage: { by: 'language' },
  });
  await engine.call('views.change', { id, matrix: { look: 'heat' }, timeline: { span: null } });
  const changed = await only(engine);
  expect(changed).toMatchObject({
    matrix: { columns: 'publisher', look: 'heat', open: [] },
    timeline: { date: 'published', lanes: 'type', span: null, documents: 'usual' },
    places: { order: 'most', level: 'prefecture' },
    coverage: { by: 'language' },
    unknown: [],
  });
  await engine.call('history.undo', {});
  expect((await only(engine)).matrix.look).toBe('dots');
  await engine.call('history.redo', {});
  expect(await only(engine)).toEqual(changed);
});

it('a table of figures is a view: its conditions are settings, each changed by itself, and two people’s are merged', async () => {
  const { engine } = await testProject();
  const figures = { words: '转移就业', place: 'xj-yutian-co', from: 2019, group: 'year', over: 'sources' } as const;
  const { id } = await engine.call('views.create', { name: 'Transfers', query: '', shape: 'figures', figures });
  expect(await only(engine)).toMatchObject({ shape: 'figures', figures, unknown: [] });
  const { engine: ben, folder } = await copyFor(engine, 'Ben');
  await ben.call('views.change', { id, name: 'Transfers by year' });
  await engine.call('views.change', { id, figures: { place: null } });
  await engine.call('merge.apply', { path: folder });
  expect(await only(engine)).toMatchObject({ name: 'Transfers by year', figures: { ...figures, place: null } });
  expect((await engine.call('merge.conflicts', {})).conflicts).toEqual([]);
});

it('a view that was saved before there were settings has none, and opens as usual', async () => {
  const { engine } = await testProject();
  await engine.call('views.create', { name: 'Land', query: 'category:LND' });
  expect(await only(engine)).toMatchObject({
    table: {},
    search: {},
    figures: {},
    matrix: {},
    timeline: {},
    places: {},
    coverage: {},
    unknown: [],
  });
});

it('what two people set of two figures is merged; of one figure it is a conflict', async () => {
  const { engine } = await testProject();
  const { id } = await engine.call('views.create', { name: 'Land', query: '' });
  const { engine: ben } = await copyFor(engine, 'Ben');
  await engine.call('views.change', { id, matrix: { look: 'dots' } });
  await ben.call('views.change', { id, timeline: { lanes: 'type' } });
  const merge = async () => {
    const path = join(tempFolder(), 'back.sbk');
    await ben.call('projectFile.export', { path });
    await engine.call('merge.apply', { path });
    return (await engine.call('merge.conflicts', {})).conflicts;
  };
  expect(await merge()).toEqual([]);
  expect(await only(engine)).toMatchObject({ matrix: { look: 'dots' }, timeline: { lanes: 'type' } });
  await engine.call('views.change', { id, coverage: { by: 'type' } });
  await ben.call('views.change', { id, coverage: { by: 'language' } });
  expect((await merge()).map(({ field }) => field)).toEqual(['coverage']);
});

it('settings of a newer program are shown as far as they are understood, and a change of another keeps them', async () => {
  const { engine, folder, person } = await testProject();
  const { id } = await engine.call('views.create', { name: 'Land', query: '', matrix: { look: 'dots' } });
  await engine.close();
  commitAsNewer(folder, person, 'Change view “Land”', [
    { entity: 'view', id, field: 'matrix', value: { columns: 'orbit', look: 'dots', glow: [1, 2] } },
    { entity: 'view', id, field: 'timeline', value: 'spiral' },
  ]);
  const again = await openFor(folder, person);
  expect(await only(again)).toMatchObject({ matrix: { look: 'dots' }, timeline: {}, unknown: ['matrix', 'timeline'] });
  expect((await only(again)).matrix.columns).toBeUndefined();
  await again.call('views.change', { id, matrix: { look: 'heat' } });
  await again.close();
  const said = saidOf(folder, ['view']);
  expect(said).toContain(`view ${id} matrix = {"columns":"orbit","glow":[1,2],"look":"heat"}`);
  expect(said).toContain(`view ${id} timeline = "spiral"`);
});
