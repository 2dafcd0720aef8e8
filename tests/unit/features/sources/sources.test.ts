import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { editSources } from '../../../../electron/features/sources/edits.ts';
import { listSources } from '../../../../electron/features/sources/queries.ts';
import { sourceId, type Source, type SourceId } from '../../../../shared/model/index.ts';
import { makePdf } from '../../../support/pdf.ts';
import { processorTime, timed } from '../../../support/processor-time.ts';
import { edits, newId, project } from '../../db/support.ts';
import { desk, folderOf, type Desk } from './support.ts';

/** A desk with one PDF of two pages in it. */
async function withOne(): Promise<Desk & { readonly source: Source; readonly id: SourceId }> {
  const one = await desk();
  const bytes = await makePdf([['Surplus labour'], ['was transferred']], { title: 'Notice' });
  await one.engine.call('import.run', { job: 'j', paths: [folderOf({ 'notice.pdf': bytes })] });
  const [source] = (await one.engine.call('sources.list', {})).sources;
  if (source === undefined) throw new Error('nothing was added');
  return { ...one, source, id: source.id };
}

describe('a source’s details', () => {
  it('can be edited, and an empty text makes one missing again', async () => {
    const { engine, id } = await withOne();
    const edited = await engine.call('sources.edit', {
      id,
      patch: {
        title: '  柳泉县通知 ',
        author: '',
        language: 'zh-Hans',
        grade: 'B',
        gradeReason: 'Official gazette, one copy',
        dateOfAct: { edtf: '2018-03', implied: true },
        capture: { url: 'https://example.org/a.pdf' },
      },
    });
    expect(edited).toMatchObject({
      title: '柳泉县通知',
      author: null,
      grade: 'B',
      dateOfAct: { edtf: '2018-03', implied: true },
      capture: { url: 'https://example.org/a.pdf', tool: null },
    });
    expect(edited.gaps).not.toEqual(expect.arrayContaining(['title', 'grade', 'dateOfAct', 'address']));
    expect(edited.gaps).toContain('author');
    const cleared = await engine.call('sources.edit', { id, patch: { title: ' ', dateOfAct: null } });
    expect(cleared).toMatchObject({ title: null, dateOfAct: null, grade: 'B' });
  });

  it('reject invalid values, and then nothing changes', async () => {
    const { engine, id, source } = await withOne();
    const refused = (patch: Parameters<typeof engine.call<'sources.edit'>>[1]['patch'], why: RegExp) =>
      expect(engine.call('sources.edit', { id, patch })).rejects.toThrow(why);
    await refused({ title: 'x', grade: 'A' }, /Give a reason for the reliability rating/);
    await refused({ title: 'x', dateOfAct: { edtf: '2018-02-30', implied: false } }, /Day 30 doesn’t exist/);
    await refused({ title: 'x', language: 'Chinese (simplified)' }, /isn’t a valid language code/);
    expect(await engine.call('sources.get', { id })).toEqual(source);
  });

  it('never lose the reason of a reliability rating', async () => {
    const { engine, id } = await withOne();
    await engine.call('sources.edit', { id, patch: { grade: 'C', gradeReason: 'hearsay' } });
    await expect(engine.call('sources.edit', { id, patch: { gradeReason: null } })).rejects.toThrow(
      /Give a reason for the reliability rating/,
    );
    await engine.call('sources.edit', { id, patch: { grade: null, gradeReason: null } });
    expect(await engine.call('sources.get', { id })).toMatchObject({ grade: null, gradeReason: null });
  });
});

describe('the details of several sources', () => {
  const some = async (count: number) => {
    const one = await desk();
    const files = Object.fromEntries(Array.from({ length: count }, (_, n) => [`notice-${n}.txt`, `Notice ${n}`]));
    await one.engine.call('import.run', { job: 'j', paths: [folderOf(files)] });
    const { sources } = await one.engine.call('sources.list', {});
    return { ...one, ids: sources.map(({ id }) => id) };
  };

  it('are edited as one edit, with one undo, and only what was set is written', async () => {
    const { engine, ids } = await some(3);
    const [first, ...others] = ids;
    if (first === undefined) throw new Error('nothing was added');
    await engine.call('sources.edit', { id: first, patch: { author: 'Li Si', language: 'en' } });
    const commits = async () => (await engine.call('history.list', { limit: 50 })).commits.map(({ label }) => label);
    const before = await commits();
    const patch = { publisher: 'County government', language: 'zh-Hans' };
    expect(await engine.call('sources.editMany', { edits: [{ ids, patch }] })).toEqual({ changed: 3, rejected: [] });
    expect((await engine.call('sources.list', {})).sources).toMatchObject([
      { ...patch, author: 'Li Si' },
      { ...patch, author: null },
      { ...patch, author: null },
    ]);
    expect((await commits()).slice(0, -before.length)).toEqual(['Edit details of 3 sources']);
    await engine.call('history.undo', {});
    expect((await engine.call('sources.list', {})).sources).toMatchObject([
      { publisher: null, author: 'Li Si', language: 'en' },
      ...others.map(() => ({ publisher: null, author: null, language: null })),
    ]);
  });

  it('stay where a source can’t take them, which is listed with the reason', async () => {
    const { engine, ids } = await some(2);
    const [first, second] = ids;
    if (first === undefined || second === undefined) throw new Error('nothing was added');
    await engine.call('sources.edit', { id: first, patch: { grade: 'C', gradeReason: 'One copy' } });
    const done = await engine.call('sources.editMany', { edits: [{ ids, patch: { grade: 'B', author: 'Li Si' } }] });
    expect(done).toMatchObject({ changed: 1, rejected: [{ source: second, error: { code: 'BAD_INPUT' } }] });
    expect((await engine.call('sources.list', {})).sources).toMatchObject([
      { grade: 'B', gradeReason: 'One copy', author: 'Li Si' },
      { grade: null, author: null },
    ]);
  });

  it('are edited and undone quickly for 2,000 sources', () => {
    const db = project();
    onTestFinished(() => db.close());
    const ids = Array.from({ length: 2000 }, () => sourceId.parse(newId()));
    const made = ids.flatMap((id, n) =>
      edits('source', id, { kind: 'text', fileName: `notice-${n}.txt`, sha256: n.toString(16).padStart(64, '0') }),
    );
    db.write.commit('Import', made);
    const date = { edtf: '2023-05', implied: false };
    const patch = { publisher: 'County', language: 'zh', grade: 'B', gradeReason: 'Gazette', dateOfAct: date } as const;
    const edited = timed(() => editSources(db.write, [{ ids, patch }]));
    expect(edited.outcome).toEqual({ changed: 2000, rejected: [] });
    // 10,000 fields; some 300 ms when it was written.
    expect(edited.ms).toBeLessThan(1500);
    expect(processorTime(() => db.undo())).toBeLessThan(1500);
    expect(db.read.all(listSources, { deleted: 0 })).toMatchObject(ids.map(() => ({ publisher: null, grade: null })));
  });

  it('can differ from source to source', async () => {
    const { engine, ids } = await some(2);
    const edits = ids.map((id, n) => ({ ids: [id], patch: { language: n === 0 ? 'ug' : 'zh' } }));
    expect((await engine.call('sources.editMany', { edits })).changed).toBe(2);
    expect((await engine.call('sources.list', {})).sources).toMatchObject([{ language: 'ug' }, { language: 'zh' }]);
  });
});

describe('sources', () => {
  it('that are removed are listed only on request, and restored with their details', async () => {
    const { engine, id } = await withOne();
    await engine.call('sources.remove', { ids: [id] });
    expect((await engine.call('sources.list', {})).sources).toEqual([]);
    expect((await engine.call('sources.list', { deleted: true })).sources).toMatchObject([{ id, deleted: true }]);
    await engine.call('sources.restore', { ids: [id] });
    expect((await engine.call('sources.list', {})).sources).toMatchObject([{ id, title: 'Notice', deleted: false }]);
  });

  it('that are missing are reported', async () => {
    const { engine } = await withOne();
    const id = '01890000-0000-8000-8000-000000000000';
    await expect(engine.call('sources.get', { id: id as SourceId })).rejects.toThrow(
      /No such source in this project\. Choose one from the list\./,
    );
    await expect(engine.call('sources.remove', { ids: [id as SourceId] })).rejects.toThrow(/No such source/);
  });

  it('count their passages', async () => {
    const { engine, id, source } = await withOne();
    if (source.layer === null) throw new Error('there is no layer');
    const marked = { kind: 'text', start: 0, end: 7 } as const;
    const passage = await engine.call('passages.create', { source: id, layer: source.layer, marked });
    await engine.call('passages.create', { source: id, layer: source.layer, marked: { ...marked, end: 14 } });
    expect(await engine.call('sources.get', { id })).toMatchObject({ passages: 2 });
    await engine.call('passages.remove', { ids: [passage.id] });
    expect((await engine.call('sources.list', {})).sources).toMatchObject([{ passages: 1 }]);
  });

  it('are verified against their bytes on disk', async () => {
    const { engine, id, source, folder } = await withOne();
    expect(await engine.call('sources.verify', { id })).toMatchObject({ ok: true, found: source.sha256 });
    const path = join(folder, 'originals', source.sha256.slice(0, 2), source.sha256);
    chmodSync(path, 0o600);
    writeFileSync(path, 'altered');
    const altered = await engine.call('sources.verify', { id });
    expect(altered.ok).toBe(false);
    expect(altered.found).not.toBe(source.sha256);
    rmSync(path);
    expect(await engine.call('sources.verify', { id })).toMatchObject({ ok: false, found: null });
  });
});

describe('a text layer', () => {
  it('returns its pages and their text, whole and page by page', async () => {
    const { engine, source } = await withOne();
    if (source.layer === null) throw new Error('there is no layer');
    const layer = await engine.call('layers.get', { id: source.layer });
    expect(layer).toMatchObject({ source: source.id, engine: 'pdfium', length: 30, hasText: true, frozen: null });
    const { text } = await engine.call('layers.text', { id: source.layer });
    expect(text).toBe('Surplus labour\nwas transferred');
    for (const { page, start, end } of layer.pages) {
      expect((await engine.call('layers.text', { id: source.layer, page })).text).toBe(text.slice(start, end));
    }
    const end = text.length;
    for (const [from, to] of [
      [0, 3],
      [end - 4, end],
      [2, end + 9],
      [end, end + 9],
    ] as const)
      expect((await engine.call('layers.text', { id: source.layer, part: { start: from, end: to } })).text).toBe(
        text.slice(from, to),
      );
    await expect(engine.call('layers.text', { id: source.layer, page: 3 })).rejects.toThrow(/No page 3/);
  });
});
