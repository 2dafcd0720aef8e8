import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../electron/db/index.ts';
import type { LooseEdit } from '../../../electron/db/log/write.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { Json } from '../../../shared/changes/canonical.ts';
import { viewId } from '../../../shared/model/index.ts';
import { commitAsNewer, saidOf } from '../../support/newer-program.ts';
import { addFile, copyFor, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { receive } from './coding/support.ts';

const NEWER = ['view', 'suggestion', 'place', 'placename', 'omen'];
const TEXT = '全县流转土地4.8万亩，推进土地流轉。柳泉县劳务协作协议已签订。';

const set = (entity: string, id: string, fields: Readonly<Record<string, Json>>): LooseEdit[] =>
  Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }));

async function exported(engine: Engine, options: object = {}): Promise<string> {
  const path = join(tempFolder(), 'out.sbk');
  await engine.call('projectFile.export', { path, options });
  return path;
}

/** What people see of the records that a newer program wrote. */
async function shown(engine: Engine) {
  const { views } = await engine.call('views.list', {});
  const { sources } = await engine.call('sources.list', {});
  const lists = await Promise.all(sources.map(({ id }) => engine.call('suggestions.list', { source: id })));
  const { places } = await engine.call('places.own', {});
  return {
    views,
    suggestions: lists.map(({ suggestions, decided }) => ({ open: suggestions.length, decided })),
    places,
  };
}

/** Ann’s project, and the copy of Ben, whose program is newer and wrote what Ann’s does not know. */
async function annAndBen() {
  const { engine, folder, person } = await testProject();
  const source = await addFile(engine, 'a.txt', TEXT);
  const passage = await mark(engine, source.id, '劳务协作协议');
  const { id: land } = await engine.call('views.create', { name: 'Land', query: 'category:LND', columns: ['quote'] });
  const ben = await copyFor(engine, 'Ben');
  const { suggestions, layer } = await ben.engine.call('suggestions.list', { source: source.id });
  const [first] = suggestions;
  if (first === undefined || layer === null) throw new Error('Nothing is suggested.');
  await ben.engine.close();
  const ids = {
    orbit: viewId.parse(newId()),
    search: viewId.parse(newId()),
    postponed: newId(),
    place: newId(),
    name: newId(),
    omen: newId(),
  };
  commitAsNewer(ben.folder, ben.person, 'Save view “Orbit”', [
    ...set('view', ids.orbit, {
      name: 'Orbit',
      query: 'NEXT/3 (land, people)',
      shape: 'globe',
      columns: ['quote', 'orbit', 'act'],
      sort: [{ column: 'orbit' }, { column: 'act', descending: true }],
      group: 'constellation',
      palette: { hue: [1, 2, 3] },
      person: ben.person.id,
    }),
    ...set('view', ids.search, {
      name: 'Figures',
      query: '流转',
      shape: 'search',
      scopes: ['sources', 'figures'],
      since: '2026',
    }),
    ...set('view', land, { shape: 'globe', palette: { hue: [4] } }),
  ]);
  commitAsNewer(ben.folder, ben.person, 'Postpone suggestion', [
    ...set('suggestion', ids.postponed, {
      source: source.id,
      layer,
      place: [first.start, first.end],
      term: first.term,
      category: first.categories[0] ?? null,
      verdict: 'postponed',
      until: '2027-01-01',
      person: ben.person.id,
    }),
    ...set('place', ids.place, {
      name: '柳泉县',
      parent: 'xj-of-a-newer-gazetteer',
      at: [82.1, 36.8],
      level: 'county',
    }),
    ...set('placename', ids.name, {
      place: ids.place,
      text: 'Liuquan',
      language: 'en',
      spelling: { scheme: 'pinyin' },
    }),
    ...set('omen', ids.omen, { passage: passage.id, text: 'Land was taken', strength: 3, deleted: false }),
  ]);
  const bens = await openFor(ben.folder, ben.person);
  return { ann: { engine, folder, person }, ben: { ...ben, engine: bens }, source, passage, land, ids };
}

describe('what a colleague’s newer program wrote', () => {
  it('is merged, kept to the last field, exported, and shown as far as it is understood', async () => {
    const { ann, ben, ids, land } = await annAndBen();
    const path = await exported(ben.engine);
    const seen = await shown(ben.engine);
    await ben.engine.close();
    const said = saidOf(ben.folder, NEWER);
    expect(said).toHaveLength(43);

    await ann.engine.call('merge.preview', { path });
    const { items } = await ann.engine.call('merge.items', {});
    expect(JSON.stringify(items)).toContain('Orbit');
    await ann.engine.call('merge.apply', { path });
    expect(await shown(ann.engine)).toEqual(seen);
    expect(seen.views.find(({ id }) => id === ids.orbit)).toMatchObject({
      query: 'NEXT/3 (land, people)',
      shape: 'table',
      columns: ['quote', 'act'],
      unknown: ['shape', 'columns', 'sort', 'group'],
    });
    expect(seen.views.find(({ id }) => id === ids.search)).toMatchObject({
      shape: 'search',
      scopes: ['sources'],
      unknown: ['scopes'],
    });
    expect(seen.views.find(({ id }) => id === land)).toMatchObject({ columns: ['quote'], unknown: ['shape'] });
    expect(seen.places).toMatchObject([
      { name: '柳泉县', names: [{ text: 'Liuquan' }], parent: 'xj-of-a-newer-gazetteer' },
    ]);
    expect((await ann.engine.call('project.verify', {})).failures).toEqual([]);
    const found = await ann.engine.call('places.find', {});
    expect(found.places.map(({ text, place }) => [text, place])).toContainEqual(['柳泉县', ids.place]);

    const cai = await receive(await exported(ann.engine), somebody('Cai'));
    expect(await shown(cai.engine)).toEqual(seen);
    await Promise.all([ann.engine.close(), cai.engine.close()]);
    expect(saidOf(ann.folder, NEWER)).toEqual(said);
    expect(saidOf(cai.folder, NEWER)).toEqual(said);
  });

  it('stays through work on the same records, undo, and rebuilding', async () => {
    const { ann, ben, ids } = await annAndBen();
    const { engine } = ann;
    await engine.call('merge.apply', { path: await exported(ben.engine) });
    await engine.call('views.change', { id: ids.orbit, name: 'Orbit 2', query: 'category:LND' });
    await engine.call('history.undo', {});
    await engine.call('views.remove', { id: ids.search });
    await engine.call('history.undo', {});
    await Promise.all([ben.engine.close(), engine.close()]);
    const without = (lines: string[]): string[] => lines.filter((line) => !line.includes(' deleted = '));
    expect(without(saidOf(ann.folder, NEWER))).toEqual(without(saidOf(ben.folder, NEWER)));
    const again = await openFor(ann.folder, ann.person);
    expect(await again.call('project.rebuild', {})).toEqual({ differed: 0 });
    expect((await again.call('project.verify', {})).failures).toEqual([]);
  });

  it('is taken back with its merge and restored, but for records of an unknown kind, which stay', async () => {
    const { ann, ben, ids, land } = await annAndBen();
    const { engine } = ann;
    await engine.call('merge.apply', { path: await exported(ben.engine) });
    const merged = await shown(engine);
    const [merge] = (await engine.call('merge.list', {})).merges;
    if (merge === undefined) throw new Error('There is no merge.');
    await engine.call('merge.undo', { id: merge.id });
    expect((await engine.call('views.list', {})).views).toMatchObject([{ id: land, shape: 'table', unknown: [] }]);
    expect((await engine.call('places.own', {})).places).toEqual([]);
    await engine.close();
    expect(saidOf(ann.folder, NEWER)).toEqual(
      expect.arrayContaining([`view ${land} palette = null`, `omen ${ids.omen} text = "Land was taken"`]),
    );
    expect(saidOf(ann.folder, ['omen'])).toEqual(saidOf(ben.folder, ['omen']));
    const again = await openFor(ann.folder, ann.person);
    await again.call('merge.restore', { id: merge.id });
    expect(await shown(again)).toEqual(merged);
    expect((await again.call('project.verify', {})).failures).toEqual([]);
    await again.close();
    expect(saidOf(ann.folder, NEWER)).toContain(`view ${land} palette = {"hue":[4]}`);
  });

  it('can be in conflict with another newer program’s work: one of the values is kept, and that is undone', async () => {
    const { ann, ben, ids, land } = await annAndBen();
    await ann.engine.call('merge.apply', { path: await exported(ben.engine) });
    await Promise.all([ann.engine.close(), ben.engine.close()]);
    const writes = (hue: number, strength: number): LooseEdit[] => [
      ...set('view', land, { palette: { hue: [hue] } }),
      ...set('omen', ids.omen, { strength }),
    ];
    commitAsNewer(ann.folder, ann.person, 'Change view “Land”', writes(5, 4));
    commitAsNewer(ben.folder, ben.person, 'Change view “Land”', writes(6, 5));
    const engine = await openFor(ann.folder, ann.person);
    const path = await exported(await openFor(ben.folder, ben.person));
    await engine.call('merge.apply', { path });
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts.map(({ entity, field, mine, incoming }) => [entity, field, mine.value, incoming.value])).toEqual([
      ['omen', 'strength', 4, 5],
      ['view', 'palette', { hue: [5] }, { hue: [6] }],
    ]);
    for (const { id } of conflicts) await engine.call('merge.resolve', { conflict: id, keep: 'mine' });
    expect((await engine.call('merge.conflicts', {})).conflicts).toEqual([]);
    await engine.close();
    const kept = [`omen ${ids.omen} strength = 4`, `view ${land} palette = {"hue":[5]}`];
    expect(saidOf(ann.folder, NEWER)).toEqual(expect.arrayContaining(kept));
    const again = await openFor(ann.folder, ann.person);
    await again.call('history.undo', {});
    await again.call('history.undo', {});
    expect((await again.call('merge.conflicts', {})).conflicts).toEqual(conflicts);
    expect((await again.call('project.verify', {})).failures).toEqual([]);
  });
});
