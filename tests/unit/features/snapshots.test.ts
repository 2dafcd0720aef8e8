import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { digestOf } from '../../../electron/features/snapshots/states.ts';
import type { StateRow } from '../../../electron/db/types.ts';
import { addFile, codeOf, faultOf, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { giveOut, receive } from './coding/support.ts';
import { withoutGuards } from '../../support/alter-log.ts';

const TEXT = 'The county moved 3,000 surplus workers to factories. Land was transferred to a cooperative.';

async function withPassage() {
  const project = await testProject();
  const { engine } = project;
  const source = await addFile(engine, 'report.txt', TEXT);
  const { categories } = await engine.call('codebook.get', {});
  const [first, second] = categories.map((one) => one.id);
  if (first === undefined || second === undefined) throw new Error('two categories');
  const passage = await mark(engine, source.id, 'surplus workers', { categories: [first] });
  return { ...project, source, passage, first, second };
}
const nameOf = async (engine: Engine, id: string): Promise<string> =>
  (await engine.call('codebook.get', {})).categories.find((one) => one.id === id)?.name ?? '';

describe('a snapshot', () => {
  it('has the hash of every record in order, which creating it does not change', async () => {
    const { engine, person } = await withPassage();
    const made = await engine.call('snapshots.make', { name: ' Submitted ' });
    const { commits } = await engine.call('history.list', {});
    expect(made).toMatchObject({ name: 'Submitted', person: person.id, commits: commits.length - 1 });
    expect(made.state).toMatch(/^[0-9a-f]{64}$/);
    const again = await engine.call('snapshots.make', { name: 'Again' });
    expect(again.state).toBe(made.state);
    expect(await engine.call('snapshots.verify', { id: made.id })).toEqual({ ok: true, state: made.state });
    expect((await engine.call('snapshots.list', {})).snapshots.map((one) => one.name)).toEqual(['Again', 'Submitted']);
    expect(await codeOf(engine.call('snapshots.make', { name: 'Submitted' }))).toBe('EXISTS');
    expect(commits[0]?.label).toBe('Snapshot: Submitted');
  });

  it('cannot be created in a blind copy: it would be of a part, and match nowhere else', async () => {
    const { engine } = await withPassage();
    const { path } = await giveOut(engine);
    const copy = await receive(path, somebody('Ben'));
    const fault = await faultOf(copy.engine.call('snapshots.make', { name: 'Mine' }));
    expect(fault).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(fault.message).toContain('Make it in the project this copy came from');
    expect(await copy.engine.call('snapshots.list', {})).toEqual({ snapshots: [] });
  });

  it('is computed as its description says', () => {
    const row: StateRow = {
      entity: 'memo',
      id: 'b',
      row: { id: 'b', text: '“就业”', target: null, deleted: 0, createdAt: 5 },
    };
    const line = '["memo","b",{"createdAt":5,"deleted":0,"text":"“就业”"}]\n';
    expect(digestOf([row])).toBe(createHash('sha256').update(line).digest('hex'));
    expect(digestOf([row, row])).toBe(
      createHash('sha256')
        .update(line + line)
        .digest('hex'),
    );
    expect(digestOf([])).toBe(createHash('sha256').digest('hex'));
  });

  it('is compared with another and with the present, in words', async () => {
    const { engine, source, passage, first, second } = await withPassage();
    const a = await engine.call('snapshots.make', { name: 'First' });
    expect(await engine.call('snapshots.compare', { a: a.id, b: null })).toEqual({
      differences: [],
      added: 0,
      changed: 0,
      removed: 0,
    });
    await engine.call('tags.change', { passages: [passage.id], add: [second], remove: [first] });
    await engine.call('sources.edit', { id: source.id, patch: { title: 'County report' } });
    const b = await engine.call('snapshots.make', { name: 'Second' });
    await engine.call('passages.remove', { ids: [passage.id] });

    const found = await engine.call('snapshots.compare', { a: a.id, b: b.id });
    expect([found.added, found.changed, found.removed]).toEqual([1, 1, 1]);
    const by = (how: string) => found.differences.find((one) => one.how === how);
    expect(by('added')).toMatchObject({
      entity: 'tag',
      label: `${await nameOf(engine, second)} · “surplus workers”`,
      by: 'Ann',
      fields: expect.arrayContaining([
        { field: 'category', before: '', after: await nameOf(engine, second) },
        { field: 'person', before: '', after: 'Ann' },
      ]),
    });
    expect(by('removed')?.label).toBe(`${await nameOf(engine, first)} · “surplus workers”`);
    expect(by('changed')).toMatchObject({
      entity: 'source',
      id: source.id,
      label: 'County report',
      fields: [{ field: 'title', after: 'County report' }],
    });
    const since = await engine.call('snapshots.compare', { a: b.id, b: null });
    expect(since.differences.map(({ entity, how, label }) => `${how} ${entity} ${label}`)).toContain(
      'removed passage “surplus workers”',
    );
    const back = await engine.call('snapshots.compare', { a: b.id, b: a.id });
    expect([back.added, back.changed, back.removed]).toEqual([1, 1, 1]);
  });

  it('describes a translation and a date as people read them, with their person', async () => {
    const { engine, source, passage } = await withPassage();
    const date = (edtf: string) => ({ dateOfAct: { edtf, implied: false } });
    await engine.call('translations.set', { passage: passage.id, text: 'Workers nobody needs', language: 'de' });
    await engine.call('sources.edit', { id: source.id, patch: date('2023') });
    const a = await engine.call('snapshots.make', { name: 'First' });
    await engine.call('translations.set', { passage: passage.id, text: 'Surplus workers', language: 'de' });
    await engine.call('sources.edit', { id: source.id, patch: date('2023-05') });
    await engine.call('comments.add', { passage: passage.id, text: 'Literally so' });
    const { differences } = await engine.call('snapshots.compare', { a: a.id, b: null });
    const of = (entity: string) => differences.find((one) => one.entity === entity);
    expect(of('translation')).toMatchObject({
      label: 'German · “surplus workers”',
      by: 'Ann',
      fields: [{ field: 'draft', before: 'Workers nobody needs', after: 'Surplus workers' }],
    });
    expect(of('source')?.fields).toContainEqual({ field: 'dateOfAct', before: '2023', after: '2023-05' });
    expect(of('comment')).toMatchObject({ label: 'Literally so · “surplus workers”', by: 'Ann' });
  });

  it('is removed, its name is free again, and the state stays what it was', async () => {
    const { engine } = await withPassage();
    const made = await engine.call('snapshots.make', { name: 'First' });
    await engine.call('snapshots.remove', { id: made.id });
    expect((await engine.call('snapshots.list', {})).snapshots).toEqual([]);
    expect(await codeOf(engine.call('snapshots.verify', { id: made.id }))).toBe('NOT_FOUND');
    expect((await engine.call('snapshots.make', { name: 'First' })).state).toBe(made.state);
  });

  it('no longer matches if its content was altered', async () => {
    const { engine, folder, person } = await withPassage();
    const made = await engine.call('snapshots.make', { name: 'First' });
    await engine.close();
    const sqlite = new Database(join(folder, 'project.sqlite'));
    withoutGuards(sqlite, () => {
      sqlite.exec(`UPDATE change_ SET value = replace(value, 'surplus', 'willing') WHERE value LIKE '%surplus%'`);
    });
    sqlite.close();
    const again = await openFor(folder, person);
    expect(await again.call('snapshots.verify', { id: made.id })).toMatchObject({ ok: false });
  });

  it('of commits that are missing here says so', async () => {
    const { engine, folder, person } = await testProject();
    const made = await engine.call('snapshots.make', { name: 'First' });
    await engine.close();
    const db = openProject({ folder, person: somebody('Bo') });
    db.write.commit('Bend', [{ entity: 'snapshot', id: made.id, field: 'heads', value: ['ab'.repeat(32)] }]);
    db.close();
    const again = await openFor(folder, person);
    expect(await codeOf(again.call('snapshots.verify', { id: made.id }))).toBe('NOT_FOUND');
    expect((await again.call('snapshots.list', {})).snapshots).toMatchObject([{ commits: 0 }]);
  });
});
