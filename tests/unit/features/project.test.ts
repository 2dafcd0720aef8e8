import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { syncedBy } from '../../../electron/features/project/handlers.ts';
import { fingerprintOf, rawPublicKey } from '../../../electron/project/people/people.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import { makePdf } from '../../support/pdf.ts';
import { addFile, codeOf, mark, newFolder, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { withoutGuards } from '../../support/alter-log.ts';

/** `kind id` of each, in the alphabet's order. */
const failures = async (engine: Engine): Promise<string[]> => {
  const report = await engine.call('project.verify', {});
  expect(report.ok).toBe(report.failures.length === 0);
  return report.failures.map(({ kind, id }) => `${kind} ${id}`).toSorted();
};

const PAGE = '<!doctype html><title>News</title><p style="color:red">Villagers were organised.</p>';

async function withSources() {
  const project = await testProject();
  const { engine } = project;
  const note = await addFile(engine, 'note.pdf', await makePdf([['Labour transfer.']]));
  const page = await addFile(engine, 'news.html', PAGE);
  const passage = await mark(engine, note.id, 'Labour transfer');
  await mark(engine, page.id, 'Villagers');
  return { ...project, note, page, passage };
}

const storedOriginal = (folder: string, hash: Sha256): string => join(folder, 'originals', hash.slice(0, 2), hash);
function storedLayers(folder: string): string[] {
  const layers = join(folder, 'layers');
  return readdirSync(layers, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
function flip(path: string, at = 5): void {
  chmodSync(path, 0o600);
  const bytes = readFileSync(path);
  writeFileSync(
    path,
    bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)),
  );
}

describe('verification', () => {
  it('finds no damage, counts what it checked, and is remembered with the folder', async () => {
    const { engine, folder, person } = await withSources();
    const report = await engine.call('project.verify', {});
    expect(report).toMatchObject({ ok: true, failures: [], checked: { originals: 2, layers: 2, passages: 2 } });
    expect(report.checked.commits).toBeGreaterThan(4);
    expect(report.checked.changes).toBeGreaterThan(report.checked.commits);
    const { verified } = await engine.call('project.info', {});
    expect(verified).toMatchObject({ ok: true, failures: 0 });
    await engine.close();
    expect((await (await openFor(folder, person)).call('project.info', {})).verified).toEqual(verified);
  });

  it('is known until it closes where a project is read-only, as on a full disk, and nothing is written', async () => {
    const { engine, folder, person } = await withSources();
    await engine.close();
    const reader = await openFor(folder, person, { readOnly: true });
    expect((await reader.call('project.verify', {})).ok).toBe(true);
    expect((await reader.call('project.info', {})).verified).toMatchObject({ ok: true, failures: 0 });
    await reader.close();
    expect((await (await openFor(folder, person)).call('project.info', {})).verified).toBeNull();
  });

  it('reports an altered and a missing original, each once, though passages depend on them', async () => {
    const { engine, folder, note, page } = await withSources();
    flip(storedOriginal(folder, note.sha256));
    rmSync(storedOriginal(folder, page.sha256));
    const expected = [note.sha256, page.sha256].map((hash) => `original ${hash}`);
    expect(await failures(engine)).toEqual(expected.toSorted());
    const told = (await engine.call('project.verify', {})).failures.map((one) => one.message).join(' ');
    expect(told).toContain('note.pdf');
    expect(told).not.toContain(folder);
    expect((await engine.call('sources.verify', { id: page.id })).ok).toBe(false);
  });

  it('reports each altered or missing layer, frozen page and resource once', async () => {
    const { engine, folder } = await withSources();
    for (const path of storedLayers(folder)) {
      const bytes = readFileSync(path);
      const hash = /([0-9a-f]{64})(\.zst)?$/.exec(path)?.[1];
      const named = async (): Promise<string[]> => (await failures(engine)).map((one) => one.split(' ')[1] ?? '');
      flip(path, bytes.length >> 1);
      expect(await named()).toEqual([hash]);
      rmSync(path);
      expect(await named()).toEqual([hash]);
      writeFileSync(path, bytes);
    }
    expect(await failures(engine)).toEqual([]);
    expect(storedLayers(folder).length).toBeGreaterThanOrEqual(3);
  });

  it('reports a passage whose words differ from its layer, and one whose place cannot be read', async () => {
    const { engine, folder, person, passage } = await withSources();
    await engine.close();
    const db = openProject({ folder, person });
    const second = '0190a0a0-0000-7000-8000-000000000001';
    const forged = { ...passage.anchor, exact: 'Labour was free' };
    db.write.commit('Forge', [
      { entity: 'passage', id: passage.id, field: 'anchor', value: JSON.parse(JSON.stringify(forged)) },
      { entity: 'passage', id: second, field: 'layer', value: passage.layer },
      { entity: 'passage', id: second, field: 'anchor', value: { kind: 'nonsense' } },
      { entity: 'passage', id: second, field: 'source', value: passage.source },
      { entity: 'passage', id: second, field: 'person', value: person.id },
    ]);
    db.close();
    const again = await openFor(folder, person);
    expect(await failures(again)).toEqual([`anchor ${passage.id}`, `anchor ${second}`].toSorted());
    // A place that cannot be read is no reason to show nothing: the others are listed and exported.
    expect((await again.call('passages.list', {})).total).toBe(2);
    expect((await again.call('passages.list', {})).passages).toHaveLength(2);
    expect(await codeOf(again.call('passages.get', { id: second as never }))).toBe('NOT_FOUND');
    const target = join(tempFolder(), 'out.sbk');
    await again.call('projectFile.export', { path: target });
  });

  it('one altered file and one edited line of the log give exactly two failures', async () => {
    const { engine, folder, person, note } = await withSources();
    const { commits } = await engine.call('history.list', {});
    const edited = commits.find((one) => one.label.includes('Create project'));
    await engine.close();
    flip(storedOriginal(folder, note.sha256));
    const raw = new Database(join(folder, 'project.sqlite'));
    withoutGuards(raw, () => {
      const label = "UPDATE commit_ SET label = replace(label, 'Create', 'Created') WHERE label LIKE '%Create%'";
      expect(raw.prepare(label).run().changes).toBe(1);
    });
    raw.close();
    const again = await openFor(folder, person);
    expect(await failures(again)).toEqual([`commit ${edited?.id ?? ''}`, `original ${note.sha256}`]);
    expect((await again.call('project.info', {})).verified).toMatchObject({ ok: false });
  });
});

describe('facts about a project', () => {
  it('count its records, and list its people by the keys they read to each other', async () => {
    const { engine, note, page, person } = await withSources();
    const info = await engine.call('project.info', {});
    expect(info).toMatchObject({ sources: 2, passages: 2, bytes: note.bytes + page.bytes, syncedBy: null });
    expect(info.person).toEqual({
      id: person.id,
      name: 'Ann',
      fingerprint: fingerprintOf(rawPublicKey(person.privateKey)),
    });
    expect(info.people).toEqual([info.person]);
    await engine.call('sources.remove', { ids: [note.id] });
    expect(await engine.call('project.info', {})).toMatchObject({ sources: 1, passages: 1, bytes: page.bytes });
  });

  it('name the acting person before they have done anything', async () => {
    const folder = newFolder();
    const ben = somebody('Ben');
    const engine = await openFor(folder, ben);
    const { person, people } = await engine.call('project.info', {});
    expect(person).toEqual({ id: ben.id, name: 'Ben', fingerprint: fingerprintOf(rawPublicKey(ben.privateKey)) });
    expect(people.map((one) => one.name)).toEqual(['Ann']);
  });

  it('name the service that syncs its folder', () => {
    const at = tempFolder();
    for (const [name, service] of [
      ['Dropbox', 'Dropbox'],
      ['Dropbox (Team)', 'Dropbox'],
      ['OneDrive - University', 'OneDrive'],
      ['OneDrive-Personal', 'OneDrive'],
      ['GoogleDrive-ann@example.org', 'Google Drive'],
      ['Dropboxes', null],
    ] as const) {
      const folder = join(at, name, 'p.sourcebook');
      mkdirSync(folder, { recursive: true });
      expect(syncedBy(folder)).toBe(service);
    }
    const folder = join(at, 'shared', 'county', 'p.sourcebook');
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(at, 'shared', '.stfolder'));
    expect(syncedBy(folder)).toBe('Syncthing');
  });
});

describe('a failed daily backup', () => {
  it('keeps no one from working, and is reported with the project’s facts', async () => {
    const { engine, folder, person } = await testProject();
    expect((await engine.call('project.info', {})).backupProblem).toBeNull();
    await engine.close();
    rmSync(join(folder, 'backups'), { recursive: true });
    writeFileSync(join(folder, 'backups'), 'a file in the way');
    const again = await openFor(folder, person);
    await again.call('project.rename', { title: 'Saved all the same' });
    const { title, backupProblem } = await again.call('project.info', {});
    expect([title, typeof backupProblem?.message]).toEqual(['Saved all the same', 'string']);
    expect(JSON.stringify(backupProblem)).not.toContain(folder);
  });
});

describe('history', () => {
  it('undoes and redoes with labels, and says when there is nothing to undo', async () => {
    const { engine } = await testProject({ title: 'First' });
    await engine.call('project.rename', { title: 'Second' });
    expect(await engine.call('history.state', {})).toEqual({ undo: 'Rename project: Second', redo: null });
    expect(await engine.call('history.undo', {})).toEqual({ label: 'Rename project: Second', left: [] });
    expect((await engine.call('project.info', {})).title).toBe('First');
    expect((await engine.call('history.state', {})).redo).toBe('Rename project: Second');
    expect(await engine.call('history.redo', {})).toEqual({ label: 'Rename project: Second', left: [] });
    expect((await engine.call('project.info', {})).title).toBe('Second');
    expect(await codeOf(engine.call('history.redo', {}))).toBe('NOTHING_TO_REDO');
  });

  it('is listed newest first, in pages', async () => {
    const { engine } = await testProject({ codebook: 'empty' });
    for (const title of ['A', 'B', 'C']) await engine.call('project.rename', { title });
    const all = (await engine.call('history.list', {})).commits;
    expect(all.map((one) => one.label)).toEqual([
      'Rename project: C',
      'Rename project: B',
      'Rename project: A',
      'Create project: Liuquan 2023',
    ]);
    expect(all.every((one) => one.person === 'Ann')).toBe(true);
    const first = (await engine.call('history.list', { limit: 3 })).commits;
    const rest = (await engine.call('history.list', { limit: 3, before: first[2]?.id })).commits;
    expect([...first, ...rest]).toEqual(all);
  });
});

describe('data outside the log', () => {
  it('remembers views in this folder, as any JSON', async () => {
    const { engine, folder, person } = await testProject();
    expect(await engine.call('view.get', { key: 'panes' })).toEqual({ value: null });
    const value = { left: 0.3, tabs: ['a', null, true] };
    await engine.call('view.set', { key: 'panes', value });
    await engine.close();
    const again = await openFor(folder, person);
    expect(await again.call('view.get', { key: 'panes' })).toEqual({ value });
    expect((await again.call('history.list', {})).commits).toHaveLength(1);
  });

  it('lists the backups', async () => {
    const { engine } = await testProject();
    const { backups } = await engine.call('project.backups', {});
    expect(backups.map((one) => one.reason)).toEqual(['daily']);
    expect(backups[0]?.bytes).toBeGreaterThan(1000);
  });

  it('makes a backup on request, besides the daily one', async () => {
    const { engine } = await testProject();
    await engine.call('project.backUp', {});
    const { backups } = await engine.call('project.backups', {});
    expect(backups.map((one) => one.reason).sort()).toEqual(['asked', 'daily']);
  });
});

describe('rebuilding from the log', () => {
  it('repairs what was changed outside the log, and reports how much', async () => {
    const { engine, folder, person, passage } = await withSources();
    expect(await engine.call('project.rebuild', {})).toEqual({ differed: 0 });
    await engine.close();
    const raw = new Database(join(folder, 'project.sqlite'));
    raw.prepare('UPDATE p_source SET title = ?').run('Forged');
    raw.prepare('DELETE FROM p_passage WHERE id = ?').run(passage.id);
    raw.close();
    const again = await openFor(folder, person);
    expect((await failures(again)).length).toBeGreaterThan(0);
    expect((await again.call('project.rebuild', {})).differed).toBe(3);
    expect(await failures(again)).toEqual([]);
    expect(await again.call('passages.get', { id: passage.id })).toEqual(passage);
  });
});
