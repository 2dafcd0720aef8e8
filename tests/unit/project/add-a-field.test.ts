import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { newId, openProject } from '../../../electron/db/index.ts';
import { type Edit, type Json, query } from '../../../electron/db/types.ts';
import { CITED_FIELDS } from '../../../shared/review/basis.ts';
import { addFile, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { receive } from '../features/coding/support.ts';

// Test files of a worker share modules, so these are loaded again, with the two fields.
vi.hoisted(() => vi.resetModules());
afterAll(() => vi.resetModules());

/**
 * Two fields that no version has: a source's translator, with its part of the source's record, and a remark on a passage.
 * Nothing but the registry and the model knows of them.
 */
vi.mock('../../../shared/changes/registry.ts', async (original) => {
  const real = await original<typeof import('../../../shared/changes/registry.ts')>();
  const { passage, source } = real.REGISTRY;
  const translator = {
    kind: 'text',
    name: 'Translator',
    withheld: ['coder'],
    writable: true,
    keepBoth: 'text',
    cited: true,
    schema: z.string().max(1000).nullable(),
  };
  const remark = { kind: 'text', name: 'Remark', withheld: ['coder', 'people', 'project'], writable: true };
  return {
    ...real,
    REGISTRY: { ...real.REGISTRY, source: { ...source, translator }, passage: { ...passage, remark } },
  };
});
vi.mock('../../../shared/model/records.ts', async (original) => {
  const real = await original<typeof import('../../../shared/model/records.ts')>();
  const sourceRecord = real.sourceRecord.extend({ translator: z.string().max(1000).nullable() });
  return { ...real, sourceRecord, RECORD_PARTS: sourceRecord.keyof().options };
});

/** No type has the two fields. */
const patchOf = (translator: string): Record<string, never> => ({ translator }) as unknown as Record<string, never>;
const translatorOf = (source: object): unknown => new Map(Object.entries(source)).get('translator');
const edit = (entity: 'source' | 'passage', id: string, field: string, value: Json): Edit =>
  ({ entity, id, field, value }) as Edit;
const remarks = query<Record<string, never>, { remark: string | null }>(
  'test.remarks',
  'SELECT remark FROM p_passage ORDER BY id',
);

const TEXT = '全年转移就业八百人。培训两周后进入工厂。';

async function project() {
  const ann = somebody('Ann');
  const { engine, folder } = await testProject({ person: ann });
  const source = await addFile(engine, 'report.txt', TEXT);
  const { categories } = await engine.call('codebook.get', {});
  const passage = await mark(engine, source.id, '八百人', { categories: categories.slice(0, 1).map(({ id }) => id) });
  return { ann, engine, folder, source, passage };
}

/** Writes to the log directly, as another person or at another time. */
function write(folder: string, person = somebody('Bob'), ...edits: readonly Edit[]): void {
  const db = openProject({ folder, person });
  db.write.commit('Edit', edits);
  db.close();
}

describe('a new field of a source', () => {
  it('is written, read, and undone through existing calls', async () => {
    const { engine, source } = await project();
    expect(translatorOf(source)).toBeNull();
    const edited = await engine.call('sources.edit', { id: source.id, patch: patchOf(' Li Na ') });
    expect(translatorOf(edited)).toBe('Li Na');
    await engine.call('history.undo', {});
    expect(translatorOf(await engine.call('sources.get', { id: source.id }))).toBeNull();
  });

  it('is merged, and shown in a conflict; a third value can be written, and both kept', async () => {
    const { ann, engine, folder, source } = await project();
    await engine.close();
    const bobAt = join(tempFolder(), 'Bobs.sourcebook');
    cpSync(folder, bobAt, { recursive: true });
    write(folder, ann, edit('source', source.id, 'translator', 'Li Na'));
    write(bobAt, somebody('Bob'), edit('source', source.id, 'translator', 'Liu Na'));
    const again = await openFor(folder, ann);
    await again.call('merge.apply', { path: bobAt });
    const [conflict] = (await again.call('merge.conflicts', {})).conflicts;
    expect(conflict).toMatchObject({
      field: 'translator',
      canWrite: true,
      canKeepBoth: true,
      mine: { text: 'Li Na' },
      incoming: { text: 'Liu Na' },
    });
    await again.call('merge.resolve', { conflict: conflict?.id ?? '', keep: 'both' });
    expect(translatorOf(await again.call('sources.get', { id: source.id }))).toBe('Li Na\n\nLiu Na');
  });

  it('is cited in the basis of a review, so that a change of it reopens the passage and is named', async () => {
    const { engine, folder, source, passage } = await project();
    expect(CITED_FIELDS).toContain('translator');
    await engine.call('sources.edit', { id: source.id, patch: patchOf('Li Na') });
    await engine.close();
    const ben = await openFor(folder, somebody('Ben'));
    await ben.call('review.move', { passage: passage.id, to: 'checked' });
    await ben.call('sources.edit', { id: source.id, patch: patchOf('Liu Na') });
    const { state, differences } = await ben.call('review.get', { passage: passage.id });
    expect(state).toBe('reopened');
    expect(differences).toMatchObject([{ before: 'Translator: Li Na', after: 'Translator: Liu Na' }]);
  });

  it('is withheld from a coder who works blind', async () => {
    const { engine, source } = await project();
    await engine.call('sources.edit', { id: source.id, patch: patchOf('Li Na') });
    const path = join(tempFolder(), 'for-ben.sbk');
    await engine.call('assignments.create', { coder: 'Ben', sample: 'sentences:1', path });
    const { engine: ben } = await receive(path, somebody('Ben'));
    const { sources } = await ben.call('sources.list', {});
    expect(sources.map(translatorOf)).toEqual([null]);
  });
});

describe('a new field of a passage', () => {
  it('is projected, exported with the whole project, and left out of an export of some people’s work', async () => {
    const { ann, engine, folder, passage } = await project();
    await engine.close();
    write(folder, ann, edit('passage', passage.id, 'remark', 'Compare page 3'));
    const db = openProject({ folder, person: ann });
    expect(db.read.all(remarks, {})).toEqual([{ remark: 'Compare page 3' }]);
    expect(db.verifyLog().failures).toEqual([]);
    db.close();

    const again = await openFor(folder, ann);
    const exported = async (options: object): Promise<unknown> => {
      const path = join(tempFolder(), `${newId()}.sbk`);
      await again.call('projectFile.export', { path, options });
      const copy = await receive(path, somebody('Cai'));
      await copy.engine.close();
      const read = openProject({ folder: copy.folder, person: copy.person });
      const found = read.read.all(remarks, {});
      read.close();
      return found;
    };
    expect(await exported({})).toEqual([{ remark: 'Compare page 3' }]);
    expect(await exported({ only: { people: [ann.id] } })).toEqual([{ remark: null }]);
  });
});
