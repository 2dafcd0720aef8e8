import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { commitAsNewer } from '../../support/newer-program.ts';
import { addFile, codeOf, copyFor, openFor, somebody, testProject } from '../../support/project.ts';
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

  it('can be a search, which keeps what is searched', async () => {
    const { engine } = await testProject();
    const { id } = await engine.call('views.create', {
      name: 'Land',
      query: '流转 type:WR',
      shape: 'search',
      scopes: ['sources', 'translations'],
      search: { passages: 'outside', unread: true },
    });
    expect(await listed(engine)).toMatchObject([
      { id, shape: 'search', scopes: ['sources', 'translations'], search: { passages: 'outside', unread: true } },
    ]);
    await engine.call('views.change', { id, query: '流转', search: { unread: false } });
    await engine.call('views.remove', { id });
    await engine.call('history.undo', {});
    expect(await listed(engine)).toMatchObject([
      { query: '流转', scopes: ['sources', 'translations'], search: { passages: 'outside', unread: false } },
    ]);
    const { commits } = await engine.call('history.list', {});
    expect(commits.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Save search “Land”', 'Change search “Land”', 'Remove search “Land”']),
    );
  });

  it('of a search merges: which hits it lists and its words are two fields, and both are kept', async () => {
    const { engine } = await testProject();
    const { id } = await engine.call('views.create', { name: 'Land', query: '流转', shape: 'search' });
    const { engine: ben } = await copyFor(engine, 'Ben');
    await engine.call('views.change', { id, query: '流转 OR 土地' });
    await ben.call('views.change', { id, search: { unread: true } });
    await mergeFrom(engine, ben);
    expect((await engine.call('merge.conflicts', {})).conflicts).toEqual([]);
    expect(await listed(engine)).toMatchObject([{ query: '流转 OR 土地', search: { unread: true } }]);
    await ben.call('views.change', { id, search: { passages: 'within' } });
    await engine.call('views.change', { id, search: { passages: 'outside' } });
    await mergeFrom(engine, ben);
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts.map(({ field }) => field)).toEqual(['search']);
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

  it('is in a copy of the whole project, and in no part, blind copy or file with pseudonyms: its filter can name people', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'a.txt', 'Land was transferred. People were trained.');
    await engine.call('views.create', { name: 'Ann’s', query: 'person:ann' });
    const at = tempFolder();
    const viewsIn = async (name: string, write: (path: string) => Promise<unknown>) => {
      const [file, folder] = [join(at, `${name}.sbk`), join(at, `${name}.sourcebook`)];
      await write(file);
      const person = somebody('Dee');
      await importProjectFile({ file, folder, person });
      return (await listed(await openFor(folder, person))).length;
    };
    const exported = (options: object) => (path: string) => engine.call('projectFile.export', { path, options });
    expect(await viewsIn('whole', exported({}))).toBe(1);
    expect(await viewsIn('pseudonyms', exported({ pseudonyms: true }))).toBe(0);
    const blind = { coder: 'Ben', sample: 'sources' };
    expect(await viewsIn('blind', (path) => engine.call('assignments.create', { path, ...blind }))).toBe(0);
  });

  it('of a newer program is shown as far as it is understood, and keeps what is not', async () => {
    const { engine, folder, person } = await testProject();
    const { id } = await engine.call('views.create', { name: 'Land', query: 'NEXT/3 (land, people)' });
    await engine.close();
    const db = openProject({ folder, person, installation: person.id });
    db.write.commit('From the future', [
      { entity: 'view', id, field: 'shape', value: 'globe' },
      { entity: 'view', id, field: 'columns', value: ['quote', 'aura', 'act'] },
      {
        entity: 'view',
        id,
        field: 'sort',
        value: [
          { column: 'aura', descending: false },
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

  it('of a program that writes odd settings, or a filter longer than any written here, hides no other view', async () => {
    const { engine, folder, person } = await testProject();
    const { id } = await engine.call('views.create', { name: 'Land', query: 'category:LND' });
    const long = await engine.call('views.create', { name: 'Long', query: 'land' });
    await engine.close();
    commitAsNewer(folder, person, 'Odd', [
      { entity: 'view', id, field: 'table', value: { constructor: 1, toString: 2, rows: 'one' } },
      { entity: 'view', id: long.id, field: 'query', value: 'land OR '.repeat(20_000) },
    ]);
    const again = await openFor(folder, person);
    const [land, other] = await listed(again);
    expect(land).toMatchObject({ name: 'Land', table: { rows: 'one' }, unknown: ['table'] });
    expect(other?.query).toHaveLength(160_000);
    await expect(again.call('evidence.rows', { query: other?.query })).rejects.toThrow('more than 100,000 characters');
  });
});
