import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createProject, openProject } from '../../electron/db/index.ts';
import { importProjectFile, verifyProjectFile } from '../../electron/engine/import-project-file.ts';
import { unzipped } from '../support/bag.ts';
import { openFor, somebody } from '../support/project.ts';
import { tempFolder } from '../support/temp.ts';

/**
 * A project and its project file from every schema that a released commit wrote, with the newest commit of its log. Each was
 * made by the command line of that commit: a codebook of three categories, a text, three passages with tags and memos, an
 * undo, the work of two people; from the sixth on a merge, a resolved and an open conflict, a comment and a review step; the
 * eighth also has a collection. From the ninth on they are made by the calls of their commit: the ninth (1ffcb067) has names of
 * places, a translation and a confirmed key; the tenth (fca14a9d) also views and decided suggestions; the eleventh (5da931ac) also
 * copies of a text and a decision on a learned suggestion; the twelfth (835bb8d4) also a saved search and a passage that a search found;
 * the thirteenth (8a61ccf0) also claims, a mask, a dossier, a snapshot and a request for its time stamp; the fourteenth (58ba6218)
 * also figure cards, a relation, a conversion, a reference value, and two drafts, of which one is released.
 * None of these files ever changes. Where the schema or the registry changes, add one made by the commit before.
 */
const VERSIONS = [
  ['1-first-project-files', '02622074b9e912a7f3a7356423c391823aef2425607e208a3a6dbd6d3c02ff2e'],
  ['2-trash-index', 'cb98cdf6d7eae976219ba90677a6fd12a0ea0736fe4274856b1042f8ca524c7a'],
  ['3-shortcuts', 'a10bb03b4cb29f5d0a16800bb0ad82877498f74f75c42e16d3bcca83d42d53af'],
  ['4-web-captures', '2dcf91dcbce69753fc574f978e589a5693cc634832ca95a4a5365eb0f4692aec'],
  ['5-carried-passages', 'c2ae7f95c5201f79970842f398380fb8cc6e07983595ac9e71ceccd3a7128bb9'],
  ['6-merge-and-review', 'edc2ebe177b2c16d1f29526d6f9065c0359253cd15c78d039fbc3b1f5803e597'],
  ['7-confirmed-tags', '3c3766348622010ea8a8a31e060cb8fecc53df325bbd5fb8c9b611b5d83cd3d0'],
  ['8-collections', 'f1ce9c379c4d9280888c79975c4e6cfd1cea8a2dafd50407d7f6f6a41976f388'],
  ['9-place-names', 'd23528129c6b18d34590e8521a8e206e416ea2439cdbbfd4abb7572a102a2ff0'],
  ['10-views-and-suggestions', '761c32f4b1e535043f3e182fbecafdec508b8933d3bbf43ab770ce931915d040'],
  ['11-copies-and-learned', '01a5a9ae3d21432d3521fb6798aaf00d10e69f4128d6c86e3f930860c8db1a8a'],
  ['12-saved-searches', 'a22b33c0fc1ad4106a88332d6c52802893acff7fd1b7f7959241a982baa48ea4'],
  ['13-claims-masks-dossiers', 'd5254b985c6c38b65e9b7052fd42b586fe4c89387a0cd0da22c31fb4ef05b241'],
  ['14-figures-relations-drafts', '268c9707b419d12813d638a039feba8950549e1b9e0535642a346411057cdbe8'],
] as const;

const fixtureOf = (version: string): string => join(import.meta.dirname, '../fixtures/versions', version);

function folderOf(version: string): string {
  const folder = join(tempFolder(), 'Old.sourcebook');
  cpSync(fixtureOf(version), folder, { recursive: true });
  rmSync(join(folder, 'project.sbk'));
  const packed = join(folder, 'project.sqlite.gz');
  writeFileSync(join(folder, 'project.sqlite'), gunzipSync(readFileSync(packed)));
  rmSync(packed);
  return folder;
}

interface Column {
  readonly table: string;
  readonly column: string;
}

/** Every table of the log and every projection, as SQLite has them; of the columns given, where some are. */
function contents(folder: string, of?: readonly Column[]): { columns: Column[]; rows: Record<string, unknown[]> } {
  const sqlite = new Database(join(folder, 'project.sqlite'), { readonly: true });
  try {
    const columns =
      of === undefined
        ? sqlite
            .prepare<[], Column>(
              `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c
               WHERE t.type = 'table' AND t.name NOT GLOB 'local_*' ORDER BY t.name, c.cid`,
            )
            .all()
        : [...of];
    const tables = Map.groupBy(columns, (one) => one.table);
    const rows: Record<string, unknown[]> = {};
    for (const [table, list] of tables) {
      const names = list.map(({ column }) => `"${column}"`).join(', ');
      rows[table] = sqlite.prepare(`SELECT ${names} FROM ${table} ORDER BY ${names}`).all();
    }
    return { columns, rows };
  } finally {
    sqlite.close();
  }
}

function schemaOf(folder: string): unknown[] {
  const sqlite = new Database(join(folder, 'project.sqlite'), { readonly: true });
  try {
    return sqlite.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
  } finally {
    sqlite.close();
  }
}

async function headIn(file: string): Promise<string> {
  const files = await unzipped(file);
  const info = [...files].find(([path]) => path.endsWith('bag-info.txt'))?.[1].toString() ?? '';
  return /^Sourcebook-Head: (\w+)$/m.exec(info)?.[1] ?? '';
}

describe.each(VERSIONS)('a project of %s', (version, head) => {
  it('opens with every commit, record and conflict it had; verifies; and is exported with the same heads', async () => {
    const folder = folderOf(version);
    const before = contents(folder);
    expect(before.rows['p_passage']).toHaveLength(3);
    const person = somebody('Cai');
    const engine = await openFor(folder, person);
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
    const file = join(tempFolder(), 'Again.sbk');
    await engine.call('projectFile.export', { path: file, replace: false });
    await engine.close();
    expect(contents(folder, before.columns).rows).toEqual(before.rows);
    expect(await headIn(file)).toBe(head);
    expect((await verifyProjectFile(file, person)).failures).toEqual([]);
  });

  it('and its project file become the same project', async () => {
    const old = contents(folderOf(version));
    const folder = join(tempFolder(), 'Imported.sourcebook');
    const person = somebody('Cai');
    const file = join(fixtureOf(version), 'project.sbk');
    expect(await headIn(file)).toBe(head);
    await importProjectFile({ file, folder, person });
    const projections = old.columns.filter(({ table }) => table.startsWith('p_'));
    const rowsOf = (all: Record<string, unknown[]>): unknown[] => projections.map(({ table }) => all[table]);
    expect(rowsOf(contents(folder, projections).rows)).toEqual(rowsOf(old.rows));
    const engine = await openFor(folder, person);
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
    const again = join(tempFolder(), 'Again.sbk');
    await engine.call('projectFile.export', { path: again, replace: false });
    expect(await headIn(again)).toBe(head);
  });

  it('has the schema of a new project once opened', () => {
    const folder = folderOf(version);
    openProject({ folder, person: somebody('Cai') }).close();
    const fresh = join(tempFolder(), 'New.sourcebook');
    createProject({ folder: fresh, person: somebody('Cai') }).close();
    expect(schemaOf(folder)).toEqual(schemaOf(fresh));
  });

  it('merges with its own project file, which adds nothing', async () => {
    const engine = await openFor(folderOf(version), somebody('Cai'));
    const file = join(fixtureOf(version), 'project.sbk');
    const preview = await engine.call('merge.preview', { path: file });
    expect(preview.commits).toMatchObject({ added: 0, supplied: 0 });
  });
});

/** What a fixture has of the younger kinds of record, as this version shows it. */
async function shownOf(version: string) {
  const engine = await openFor(folderOf(version), somebody('Cai'));
  const { views } = await engine.call('views.list', {});
  const { sources } = await engine.call('sources.list', {});
  const { groups } = await engine.call('copies.list', {});
  const lists = await Promise.all(sources.map(({ id }) => engine.call('suggestions.list', { source: id })));
  const { places } = await engine.call('places.own', {});
  const { rows } = await engine.call('evidence.rows', {});
  await engine.close();
  return {
    views: views.map(({ name, shape, columns, scopes, unknown }) => ({ name, shape, columns, scopes, unknown })),
    copies: groups.map((group) => group.sources.length),
    decided: lists.flatMap(({ decided }) => decided.map(({ term, verdict, sure }) => ({ term, verdict, sure }))),
    places: places.map(({ name, names }) => [name, ...names.map(({ text }) => text)]),
    rows: rows.length,
  };
}

/** What a fixture has of the kinds that came with claims, and later with figures. */
async function writtenOf(version: string) {
  const engine = await openFor(folderOf(version), somebody('Cai'));
  const { claims } = await engine.call('claims.list', {});
  const { masks } = await engine.call('masks.list', {});
  const { dossiers } = await engine.call('dossiers.list', {});
  const { timestamps } = await engine.call('timestamps.list', {});
  const { figures } = await engine.call('figures.cards', {});
  const { relations } = await engine.call('relations.recorded', {});
  const { references } = await engine.call('references.list', {});
  const { drafts } = await engine.call('drafts.list', {});
  await engine.close();
  return {
    claims: claims.map(({ text, links }) => [text, ...links.map((link) => link.as)]),
    masks: masks.map(({ reason }) => reason),
    dossiers: dossiers.map(({ title }) => title),
    timestamps: timestamps.map(({ name, standing }) => [name, standing]),
    figures: figures.map(({ text, state }) => [text, state]),
    relations: relations.map(({ operation, state }) => [operation, state]),
    references: references.map(({ quantity, value }) => [quantity, value]),
    drafts: drafts.map(({ title, released }) => [title, released !== null]),
  };
}

describe('what the younger kinds of record say', () => {
  const places = [
    [expect.stringContaining('Hotan'), 'Hetian Shi'],
    ['Liuquan County', '柳泉县'],
  ];
  const land = { name: 'Land', shape: 'matrix', columns: ['quote', 'act'], scopes: [], unknown: [] };
  const years = { name: 'Years', shape: 'timeline', columns: [], scopes: [], unknown: [] };
  const terms = [
    { term: '转移就业', verdict: 'never', sure: null },
    { term: '转移就业', verdict: 'rejected', sure: null },
    { term: '对口支援', verdict: 'accepted', sure: null },
  ];
  const learned = { term: '', verdict: 'rejected', sure: 87 };
  const search = { name: 'Transfers', shape: 'search', columns: [], scopes: ['sources', 'translations'], unknown: [] };

  it.each([
    ['9-place-names', { views: [], copies: [], decided: [], places }],
    ['10-views-and-suggestions', { views: [land, years], copies: [], decided: terms, places }],
    ['11-copies-and-learned', { views: [land, years], copies: [3], decided: [learned, ...terms], places }],
    ['12-saved-searches', { views: [land, search, years], copies: [3], decided: [learned, ...terms], places }],
  ])('is shown of %s', async (version, shown) => {
    expect(await shownOf(version)).toEqual({ ...shown, rows: 3 });
  });

  const thirteenth = {
    claims: [['The county counts person-times.', 'supports', 'limits', 'contradicts'], ['Nobody could refuse.']],
    masks: ['Names the writer'],
    dossiers: ['For the paper'],
    timestamps: [['Submitted', 'waiting']],
    figures: [],
    relations: [],
    references: [],
    drafts: [],
  };
  const fourteenth = {
    ...thirteenth,
    figures: [
      ['4.8万亩', 'returned'],
      ['3.2万人次', 'reviewed'],
    ],
    relations: [['ratio', 'confirmed']],
    references: [['Resident population', '10400']],
    drafts: [
      ['draft', false],
      ['short', true],
    ],
  };

  it.each([
    ['13-claims-masks-dossiers', thirteenth],
    ['14-figures-relations-drafts', fourteenth],
  ])('is what was written in %s', async (version, written) => {
    expect(await writtenOf(version)).toEqual(written);
  });
});
