import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sourceIdOf } from '../../../../electron/project/ids.ts';
import { hashBytes } from '../../../../electron/project/files/originals.ts';
import { makePdf } from '../../../support/pdf.ts';
import { faultOf } from '../../../support/project.ts';
import type { CallOutput } from '../../../../shared/contract/index.ts';
import type { RecordPatch } from '../../../../shared/contract/sources.ts';
import { desk, folderOf, inShort, PAGE, type Desk } from './support.ts';

const run = ({ engine }: Desk, paths: string[], more: { passwords?: string[]; askPassword?: boolean } = {}) =>
  engine.call('import.run', { job: 'job', paths, shortPaths: true, ...more });
const storedOriginals = ({ folder }: Desk): string[] =>
  readdirSync(join(folder, 'originals'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe('an import', () => {
  it('lists files of folders in order, each with its outcome', async () => {
    const one = await desk();
    const folder = folderOf({
      'b/report.pdf': await makePdf([['Work report of the county']], { title: 'Work report' }),
      'b/broken.pdf': '%PDF-1.7 and then nothing',
      'b/not-a.pdf': 'an invoice, really',
      'a/page.html': PAGE,
      'a/notes.txt': '笔记',
      'a/same-notes.txt': '笔记',
      'a/photo.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      'a/table.csv': 'a,b\n1,2\n',
      '.hidden/secret.txt': 'secret',
      'a/.DS_Store': 'x',
      'Other.sourcebook/originals/aa/aa': 'somebody else’s project',
    });
    symlinkSync(join(folder, 'b/report.pdf'), join(folder, 'a/link.pdf'));
    symlinkSync(folder, join(folder, 'a/loop'));

    const { items, cancelled } = await run(one, [join(folder, 'a'), join(folder, 'b')]);
    expect(inShort(items)).toEqual({
      'a/notes.txt': 'added',
      'a/page.html': 'added',
      'a/photo.jpg': 'failed: DAMAGED',
      'a/same-notes.txt': 'duplicate',
      'a/table.csv': 'skipped: UNSUPPORTED',
      'b/broken.pdf': 'failed: DAMAGED',
      'b/not-a.pdf': 'failed: DAMAGED',
      'b/report.pdf': 'added',
    });
    expect(items.map((item) => item.path)).toEqual(items.map((item) => item.path).sort());
    expect(cancelled).toBe(false);
    expect(items.find(({ path }) => path === 'a/same-notes.txt')?.source).toBe(items[0]?.source);
    // What failed left no original behind.
    expect(storedOriginals(one)).toHaveLength(3);
  });

  it.each([
    ['a web page', PAGE, 'added', 'page'],
    ['nothing we read', Buffer.from([0, 1, 2, 3]), 'skipped: UNSUPPORTED', null],
  ])('judges the bytes it stored if the file became %s after it was first read', async (_, bytes, status, kind) => {
    const one = await desk();
    const path = join(folderOf({ 'a.txt': 'plain words' }), 'a.txt');
    // Progress is reported at every step, because the clock moves on a second each time it is read.
    let clock = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
    onTestFinished(() => now.mockRestore());
    let changed = 0;
    one.engine.onEvent(({ event, payload }) => {
      if (event !== 'import.progress' || payload.current[0]?.step !== 'hashing' || changed > 0) return;
      changed += 1;
      writeFileSync(path, bytes);
    });
    const { items } = await run(one, [path]);
    expect(changed).toBe(1);
    expect(inShort(items)).toEqual({ 'a.txt': status });
    const { sources } = await one.engine.call('sources.list', {});
    expect(sources.map((source) => source.kind)).toEqual(kind === null ? [] : [kind]);
    expect(storedOriginals(one)).toHaveLength(sources.length);
  });

  it('keeps the exact bytes, and identifies a source by them', async () => {
    const one = await desk();
    const bytes = await makePdf([['Evidence']]);
    const { items } = await run(one, [join(folderOf({ 'a.pdf': bytes }), 'a.pdf')]);
    const hash = hashBytes(bytes);
    expect(items[0]?.source).toBe(sourceIdOf(hash));
    const source = await one.engine.call('sources.get', { id: sourceIdOf(hash) });
    expect(source).toMatchObject({
      sha256: hash,
      bytes: bytes.length,
      fileName: 'a.pdf',
      kind: 'pdf',
      pages: 1,
      hasText: true,
    });
    const stored = readFileSync(join(one.folder, 'originals', hash.slice(0, 2), hash));
    expect(stored.equals(bytes)).toBe(true);
  });

  it('fills in details from the file, never from its name, and shows the rest as gaps', async () => {
    const one = await desk();
    const folder = folderOf({
      'said.pdf': await makePdf([['x']], { title: 'Notice', language: 'ug', author: 'County office' }),
      'silent.pdf': await makePdf([['y']]),
    });
    await run(one, [folder]);
    const { sources } = await one.engine.call('sources.list', {});
    const [said, silent] = sources.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    expect(said).toMatchObject({ title: 'Notice', author: 'County office', language: 'ug' });
    expect(said?.prefilled).toMatchObject({ title: 'PDF Info dictionary', language: 'PDF catalogue, /Lang' });
    expect(said?.gaps).not.toContain('title');
    expect(silent).toMatchObject({ title: null, prefilled: {}, dateOfDocument: null });
    expect(silent?.gaps).toEqual(expect.arrayContaining(['title', 'author', 'language', 'grade', 'dateOfAct']));
  });

  it('gives the person’s details for all files precedence over the files’ own', async () => {
    const one = await desk();
    const folder = folderOf({ 'a.pdf': await makePdf([['x']], { title: 'Notice', language: 'en' }) });
    const record = { title: 'Our name for it', publisher: 'Archive', capture: { collector: 'Ann' } };
    await one.engine.call('import.run', { job: 'j', paths: [folder], record });
    const { sources } = await one.engine.call('sources.list', {});
    expect(sources[0]).toMatchObject({
      title: 'Our name for it',
      publisher: 'Archive',
      language: 'en',
      capture: { collector: 'Ann', url: null },
      prefilled: { language: 'PDF catalogue, /Lang' },
    });
    expect(sources[0]?.prefilled).not.toHaveProperty('title');
  });

  it('rejects invalid details before it imports anything', async () => {
    const one = await desk();
    const paths = [folderOf({ 'a.txt': 'a' })];
    const refused = (record: RecordPatch, why: RegExp) =>
      expect(one.engine.call('import.run', { job: 'j', paths, record })).rejects.toThrow(why);
    await refused({ dateOfAct: { edtf: '2018-13', implied: false } }, /Month 13 doesn’t exist/);
    await refused({ grade: 'B' }, /Give a reason for the reliability rating/);
    await refused({ language: 'not a tag' }, /isn’t a valid language code/);
    expect((await one.engine.call('sources.list', {})).sources).toEqual([]);
  });

  it('creates a source in one commit, which one undo removes', async () => {
    const one = await desk();
    await run(one, [folderOf({ 'a.txt': 'first' })]);
    await run(one, [folderOf({ 'b.txt': 'second' })]);
    const { commits } = await one.engine.call('history.list', {});
    expect(commits.map((commit) => commit.label)).toEqual(expect.arrayContaining(['Import a.txt', 'Import b.txt']));
    await one.engine.call('history.undo', {});
    const { sources } = await one.engine.call('sources.list', {});
    expect(sources.map((source) => source.fileName)).toEqual(['a.txt']);
  });

  it('of many files is undone as one, and redone', async () => {
    const one = await desk();
    const files = Object.fromEntries(
      Array.from({ length: 39 }, (_, at) => [`${String(at)}.txt`, `text ${String(at)}`]),
    );
    await run(one, [folderOf(files)]);
    const names = async (): Promise<number> => (await one.engine.call('sources.list', {})).sources.length;
    expect(await names()).toBe(39);
    const label = (await one.engine.call('history.state', {})).undo;
    expect(label).toMatch(/^Import \d+\.txt and 38 more$/);
    expect(await one.engine.call('history.undo', {})).toMatchObject({ label, left: [] });
    expect(await names()).toBe(0);
    await one.engine.call('history.redo', {});
    expect(await names()).toBe(39);
    expect(await one.engine.call('project.verify', {})).toMatchObject({ ok: true });
  });

  it('reports an existing file as a duplicate, and restores a removed one unchanged', async () => {
    const one = await desk();
    const folder = folderOf({ 'a.pdf': await makePdf([['text']]) });
    const first = await run(one, [folder]);
    const id = first.items[0]?.source;
    if (id === null || id === undefined) throw new Error('nothing was added');
    await one.engine.call('sources.edit', { id, patch: { title: 'Edited' } });
    expect(inShort((await run(one, [folder])).items)).toMatchObject({ [first.items[0]?.path ?? '']: 'duplicate' });

    await one.engine.call('sources.remove', { ids: [id] });
    expect((await one.engine.call('sources.list', {})).sources).toEqual([]);
    const again = await run(one, [folder]);
    expect(again.items[0]).toMatchObject({ status: 'added', source: id });
    expect(again.items[0]?.notes[0]).toMatch(/was in the trash; it has been restored/);
    expect(await one.engine.call('sources.get', { id })).toMatchObject({ title: 'Edited', deleted: false });
  });

  it('gives two people who add one file the same source and the same layer', async () => {
    const folder = folderOf({ 'a.pdf': await makePdf([['text']]), 'b.txt': '笔记', 'c.html': PAGE });
    const seen = await Promise.all(
      [await desk(), await desk()].map(async (one) => {
        await run(one, [folder]);
        const { sources } = await one.engine.call('sources.list', {});
        return new Map(sources.map(({ id, layer }) => [id, layer]));
      }),
    );
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.size).toBe(3);
  });

  it('keeps a PDF without text, whose pages can have areas', async () => {
    const one = await desk();
    const { items } = await run(one, [folderOf({ 'scan.pdf': await makePdf([[], []]) })]);
    expect(items[0]?.notes[0]).toMatch(/No text layer/);
    const [source] = (await one.engine.call('sources.list', {})).sources;
    expect(source).toMatchObject({ hasText: false, pages: 2 });
    if (source === undefined || source.layer === null) throw new Error('there is no layer');
    const layer = await one.engine.call('layers.get', { id: source.layer });
    expect(layer.pages.map((page) => page.box)).toEqual([
      [0, 0, 595, 842],
      [0, 0, 595, 842],
    ]);
  });

  it('reports a missing path, and a link, as such', async () => {
    const one = await desk();
    const folder = folderOf({ 'a.txt': 'a' });
    symlinkSync(join(folder, 'a.txt'), join(folder, 'link.txt'));
    mkdirSync(join(folder, 'empty'));
    const { items } = await run(one, [join(folder, 'gone.txt'), join(folder, 'link.txt'), join(folder, 'empty')]);
    expect(inShort(items)).toEqual({ 'gone.txt': 'failed: NOT_FOUND', 'link.txt': 'failed: BAD_INPUT' });
  });

  it('names files by the paths given, or by short paths', async () => {
    const one = await desk();
    const [first, second] = [folderOf({ 'a.txt': '1' }), folderOf({ 'a.txt': '2', 'deep/b.txt': '3' })];
    const paths = [join(first, 'a.txt'), join(second, 'a.txt'), join(second, 'deep')];
    const given = await one.engine.call('import.run', { job: 'j', paths });
    expect(given.items.map((item) => item.path)).toEqual([paths[0], paths[1], join(second, 'deep', 'b.txt')]);
    const short = await run(one, paths);
    expect(short.items.map((item) => item.path)).toEqual(['a.txt', 'a.txt (2)', 'deep/b.txt']);
  });
});

describe('a protected PDF', () => {
  const locked = async () =>
    folderOf({ 'a.txt': 'open', 'locked.pdf': await makePdf([['behind a lock']], { password: 'sesame-7413' }) });

  it('fails if no one can be asked for its password, and says why', async () => {
    const one = await desk();
    const folder = await locked();
    expect(inShort((await run(one, [join(folder, 'locked.pdf')])).items)).toEqual({
      'locked.pdf': 'failed: PASSWORD_NEEDED',
    });
    const wrong = await run(one, [join(folder, 'locked.pdf')], { passwords: ['wrong'] });
    expect(inShort(wrong.items)).toEqual({ 'locked.pdf': 'failed: PASSWORD_WRONG' });
    expect(storedOriginals(one)).toEqual([]);
  });

  it('opens with a password given with the import, which is stored nowhere', async () => {
    const one = await desk();
    await run(one, [await locked()], { passwords: ['sesame-7413'] });
    const { sources } = await one.engine.call('sources.list', {});
    expect(sources).toHaveLength(2);
    const database = readFileSync(join(one.folder, 'project.sqlite')).toString('latin1');
    expect(database).not.toContain('sesame-7413');
  });

  it('is asked about when all others are done, again after a wrong password, and then read', async () => {
    const one = await desk();
    const asked: { path: string; wrong: boolean; others: number }[] = [];
    one.engine.onEvent(({ event, payload }) => {
      if (event !== 'import.password') return;
      const others = one.events.filter((told) => told.event === 'project.changed').length;
      asked.push({ path: payload.path, wrong: payload.wrong, others });
      void one.engine.call('import.answer', { ...payload, password: payload.wrong ? 'sesame-7413' : 'guess' });
    });
    const { items } = await run(one, [await locked()], { askPassword: true });
    expect(asked.map(({ wrong, others }) => [wrong, others])).toEqual([
      [false, 1],
      [true, 1],
    ]);
    expect(items.map((item) => item.status)).toEqual(['added', 'added']);
  });

  it('is skipped if its person has no password, and leaves nothing', async () => {
    const one = await desk();
    one.engine.onEvent(({ event, payload }) => {
      if (event === 'import.password') void one.engine.call('import.answer', { ...payload, password: null });
    });
    const { items } = await run(one, [await locked()], { askPassword: true });
    expect(items.map((item) => [item.status, item.error?.code])).toEqual([
      ['added', undefined],
      ['skipped', 'PASSWORD_NEEDED'],
    ]);
    expect(storedOriginals(one)).toHaveLength(1);
  });
});

describe('a running import', () => {
  it('can be adopted by a page loaded in the middle: what is finished, and the password it waits for', async () => {
    const one = await desk();
    expect(await one.engine.call('import.running', {})).toEqual({ jobs: [] });
    const folder = folderOf({
      'a.txt': 'open',
      'locked.pdf': await makePdf([['behind']], { password: 'sesame-7413' }),
    });
    const seen: CallOutput<'import.running'>[] = [];
    const repeated: Promise<string>[] = [];
    one.engine.onEvent(({ event }) => {
      if (event !== 'import.password') return;
      void one.engine.call('import.running', {}).then((running) => {
        seen.push(running);
        const [waiting] = running.jobs[0]?.waiting ?? [];
        const password = waiting?.wrong === true ? 'sesame-7413' : 'guess';
        const answer = { job: 'job', path: waiting?.path ?? '', password };
        const first = one.engine.call('import.answer', answer);
        // A second window may answer, too.
        repeated.push(faultOf(one.engine.call('import.answer', answer)).then(({ message }) => message));
        return first;
      });
    });
    const before = Date.now();
    const { items } = await run(one, [folder], { askPassword: true });
    expect(inShort(items)).toMatchObject({ [basename(folder) + '/a.txt']: 'added' });
    const moved = 'This password is no longer needed. Nothing to do; the import has moved on.';
    expect(await Promise.all(repeated)).toEqual([moved, moved]);
    const locked = `${basename(folder)}/locked.pdf`;
    expect(seen.map(({ jobs }) => jobs.map(({ waiting }) => waiting))).toEqual([
      [[{ path: locked, wrong: false }]],
      [[{ path: locked, wrong: true }]],
    ]);
    const job = seen[0]?.jobs[0];
    // All of it is finished, although an event had reported it before.
    expect(job?.progress).toEqual({
      job: 'job',
      total: 2,
      walking: false,
      done: 1,
      failed: 0,
      current: [],
      finished: items.slice(0, 1),
    });
    expect(job?.startedAt).toBeGreaterThanOrEqual(before);
    expect(await one.engine.call('import.running', {})).toEqual({ jobs: [] });
  });

  it('leaves its report for a page that missed its end, until a person closes that report', async () => {
    const one = await desk();
    const report = async () => (await one.engine.call('import.lastReport', {})).report;
    expect(await report()).toBeNull();
    const { items } = await run(one, [folderOf({ 'a.txt': 'open', 'b.pdf': 'no PDF' })]);
    expect(await report()).toEqual({ job: 'job', items, cancelled: false });
    await one.engine.call('import.closeReport', { job: 'another' });
    expect(await report()).not.toBeNull();
    await one.engine.call('import.closeReport', { job: 'job' });
    expect(await report()).toBeNull();
  });

  it('reports its progress, each finished file once, and its report at the end', async () => {
    const one = await desk();
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, number) => [`${number}.txt`, `text ${number}`]));
    const { items } = await run(one, [folderOf(files)]);
    const progress = one.events.flatMap((told) => (told.event === 'import.progress' ? [told.payload] : []));
    expect(progress.flatMap((event) => event.finished)).toHaveLength(30);
    expect(progress.at(-1)).toMatchObject({ total: 30, done: 30, failed: 0, walking: false, current: [] });
    expect(one.events.at(-1)).toEqual({ event: 'import.done', payload: { job: 'job', items, cancelled: false } });
  });

  it('can be cancelled: what was added stays, and nothing is left of the rest', async () => {
    const one = await desk();
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`${number}.txt`, `text ${number}`]));
    one.engine.onEvent(({ event }) => {
      if (event === 'project.changed') void one.engine.call('import.cancel', { job: 'job' });
    });
    const { items, cancelled } = await run(one, [folderOf(files)]);
    expect(cancelled).toBe(true);
    expect(items.length).toBeLessThan(60);
    const { sources } = await one.engine.call('sources.list', {});
    expect(sources.length).toBe(items.filter((item) => item.status === 'added').length);
    expect(storedOriginals(one)).toHaveLength(sources.length);
  });

  it('of the same files as another leaves what either needs, and nothing else', async () => {
    const one = await desk();
    const folder = folderOf({ 'good.txt': 'good', 'bad.pdf': '%PDF-1.7 and then nothing' });
    const both = ['first', 'second'].map((job) =>
      one.engine.call('import.run', { job, paths: [folder], shortPaths: true }),
    );
    const reports = await Promise.all(both);
    for (const { items } of reports) expect(items.map((item) => item.status)).not.toContain('skipped');
    expect((await one.engine.call('sources.list', {})).sources).toHaveLength(1);
    expect(storedOriginals(one)).toEqual([hashBytes(Buffer.from('good'))]);
  });

  it('can be cancelled and answered only while it runs, and runs once', async () => {
    const one = await desk();
    await expect(one.engine.call('import.cancel', { job: 'job' })).rejects.toThrow(/isn’t running any more/);
    await expect(one.engine.call('import.answer', { job: 'job', path: 'a', password: null })).rejects.toThrow(
      /isn’t running any more/,
    );
    const paths = [folderOf({ 'a.txt': 'a' })];
    const first = run(one, paths);
    await expect(run(one, paths)).rejects.toThrow(/already running/);
    await first;
  });
});
