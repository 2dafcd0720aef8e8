import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { codeOf, copyFor, openFor, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const listed = async (engine: Engine) => (await engine.call('views.list', {})).views;

async function mergeFrom(engine: Engine, other: Engine): Promise<void> {
  const path = join(tempFolder(), 'back.sbk');
  await other.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}

describe('a saved view', () => {
  it('keeps filter, shape, columns, order and grouping, and is changed, removed and undone like anything else', async () => {
    const { engine, person } = await testProject();
    const { id } = await engine.call('views.create', {
      name: ' Land ',
      query: 'category:LND',
      columns: ['quote', 'act'],
      sort: [{ column: 'act', descending: true }],
      group: 'publisher',
    });
    const land = {
      id,
      name: 'Land',
      query: 'category:LND',
      shape: 'table',
      columns: ['quote', 'act'],
      sort: [{ column: 'act', descending: true }],
      group: 'publisher',
      person: person.id,
      unknown: [],
    };
    expect(await listed(engine)).toMatchObject([land]);
    expect(await engine.call('views.change', { id, shape: 'matrix', group: null })).toMatchObject({
      ...land,
      shape: 'matrix',
      group: null,
    });
    await engine.call('views.change', { id, name: 'Land, all years' });
    await engine.call('views.remove', { id });
    expect(await listed(engine)).toEqual([]);
    for (let step = 0; step < 3; step++) await engine.call('history.undo', {});
    expect(await listed(engine)).toMatchObject([land]);
    const { commits } = await engine.call('history.list', {});
    expect(commits.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        'Save view “Land”',
        'Change view “Land”',
        'Rename view “Land”',
        'Remove view “Land, all years”',
      ]),
    );
  });

  it('has a name of its own, and a query that cannot be read yet', async () => {
    const { engine } = await testProject();
    await engine.call('views.create', { name: 'Land', query: 'category:(' });
    expect(await codeOf(engine.call('views.create', { name: 'land', query: '' }))).toBe('EXISTS');
    expect((await listed(engine))[0]?.query).toBe('category:(');
  });

  it('merges: two people’s different filters are a conflict, with the view’s name', async () => {
    const { engine } = await testProject();
    const { id } = await engine.call('views.create', { name: 'Land', query: 'category:LND' });
    const { engine: ben } = await copyFor(engine, 'Ben');
    await engine.call('views.change', { id, query: 'category:LND AND state:checked' });
    await ben.call('views.change', { id, query: 'category:LND AND lang:zh' });
    await mergeFrom(engine, ben);
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts).toHaveLength(1);
    expect(JSON.stringify(conflicts)).toContain('Land');
    expect(JSON.stringify(conflicts)).toContain('lang:zh');
  });

  it('of a newer program is shown as far as it is understood, and keeps what is not', async () => {
    const { engine, folder, person } = await testProject();
    const { id } = await engine.call('views.create', { name: 'Land', query: 'NEXT/3 (land, people)' });
    await engine.close();
    const db = openProject({ folder, person, installation: person.id });
    db.write.commit('From the future', [
      { entity: 'view', id, field: 'shape', value: 'globe' },
      { entity: 'view', id, field: 'columns', value: ['quote', 'origin', 'act'] },
      {
        entity: 'view',
        id,
        field: 'sort',
        value: [
          { column: 'origin', descending: false },
          { column: 'act', descending: true },
        ],
      },
      { entity: 'view', id, field: 'group', value: 'constellation' },
    ]);
    db.close();
    const again = await openFor(folder, person);
    expect(await listed(again)).toMatchObject([
      {
        shape: 'table',
        columns: ['quote', 'act'],
        sort: [{ column: 'act', descending: true }],
        group: null,
        unknown: ['shape', 'columns', 'sort', 'group'],
      },
    ]);
    await again.call('views.change', { id, name: 'Land and people', query: 'category:LND' });
    expect((await listed(again))[0]?.unknown).toEqual(['shape', 'columns', 'sort', 'group']);
    await again.call('history.undo', {});
    await again.call('views.change', { id, shape: 'matrix' });
    expect((await listed(again))[0]).toMatchObject({ shape: 'matrix', unknown: ['columns', 'sort', 'group'] });
  });
});
