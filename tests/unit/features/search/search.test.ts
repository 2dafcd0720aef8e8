import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { CallInput, CallOutput } from '../../../../shared/contract/index.ts';
import { recordId } from '../../../../shared/model/index.ts';
import { openOriginals } from '../../../../electron/project/files/originals.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { makePdf } from '../../../support/pdf.ts';
import { addFile, categoriesOf, mark, openFor, somebody, testProject } from '../../../support/project.ts';

const REPORT =
  '要做好对口支援工作。全年实现农村富余劳动力转\n移就业1.26万人次。\nThe surplus labour was trans-\nferred by state-\nowned firms.\n';

type Found = CallOutput<'search.query'>;
const search = (engine: Engine, query: string, more: Partial<CallInput<'search.query'>> = {}): Promise<Found> =>
  engine.call('search.query', { query, whole: true, ...more });
const texts = (found: Found): string[] => found.hits.map((hit) => `${hit.kind} ${hit.text}`);

async function withReport() {
  const project = await testProject();
  const source = await addFile(project.engine, 'report.txt', REPORT);
  return { ...project, source };
}

describe('one search over texts, quotations and memos', () => {
  it('answers a query of thousands of letters with hyphens between them', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'a.txt', 'A step-by-step plan, from a-b-a-b to banana.');
    expect((await search(engine, 'a-'.repeat(5000))).total).toBe(0);
    expect(texts(await search(engine, 'a-b-a-b'))).toEqual(['text a-b-a-b']);
    expect(texts(await search(engine, 'step-by-step'))).toEqual(['text step-by-step']);
  });

  it('matches simplified Chinese with a traditional query, with the place in the layer', async () => {
    const { engine, source } = await withReport();
    const passage = await mark(engine, source.id, '要做好对口支援工作', { memo: 'First mention of 對口支援.' });
    const found = await search(engine, '對口支援');
    expect(texts(found)).toEqual(['text 对口支援', 'passage 对口支援', 'memo 對口支援']);
    expect(found).toMatchObject({ total: 3, complete: true, next: null });
    const [text, quote, memo] = found.hits;
    expect(REPORT.slice(text?.start, text?.end)).toBe('对口支援');
    expect(text).toMatchObject({ source: source.id, layer: source.layer, passage: null, page: 1 });
    expect(quote).toMatchObject({ source: source.id, passage: passage.id, start: text?.start, end: text?.end });
    expect(memo).toMatchObject({
      passage: passage.id,
      target: { kind: 'passage', id: passage.id },
      start: 17,
      end: 21,
    });
    expect(text?.snippet).toEqual({
      before: '要做好',
      match: '对口支援',
      after:
        '工作。全年实现农村富余劳动力转移就业1.26万人次。 The surplus labour was trans- ferred by state- owned firms.',
    });
    expect((await search(engine, '對口支援', { in: ['passages'] })).hits).toEqual([quote]);
  });

  it('counts by source, and leaves out lines of tables of contents unless asked for', async () => {
    const { engine } = await testProject();
    const contents =
      '目录\n一、劳动力转移………………………… 12\n二、劳动力培训 . . . . . . . . (13)\n3 劳动力________iv\n四、劳动力········\n14\n';
    const one = await addFile(engine, 'one.txt', `${contents}劳动力转移就业，劳动力……12\n`);
    const two = await addFile(engine, 'two.txt', '劳动力。');
    const passage = await mark(engine, two.id, '劳动力', { memo: '劳动力?' });
    const found = await search(engine, '劳动力');
    expect(found).toMatchObject({ total: 5, complete: true, contents: 4 });
    // The second source is indexed first, since it has notes.
    expect(found.sources).toEqual([
      { source: two.id, total: 3 },
      { source: one.id, total: 2 },
    ]);
    expect(found.hits.map(({ source }) => source)).toEqual([two.id, two.id, two.id, one.id, one.id]);
    expect(found.hits.map(({ passage: on }) => on)).toEqual([null, passage.id, passage.id, null, null]);

    const all = await search(engine, '劳动力', { contents: true });
    expect(all).toMatchObject({ total: 9, contents: 4 });
    expect(all.sources).toContainEqual({ source: one.id, total: 6 });

    // A later page counts what comes after its start.
    const first = await search(engine, '劳动力', { limit: 1 });
    const next = await search(engine, '劳动力', { limit: 1, after: first.next ?? '' });
    expect(next).toMatchObject({ total: 4, sources: [{ total: 2 }, { total: 2 }] });
  });

  it('lists only the first matches of each source, and counts and pages over all of them', async () => {
    const { engine } = await testProject();
    const counts = [12, 2, 7, 1];
    for (const [at, count] of counts.entries()) await addFile(engine, `${at}.txt`, `就业${at} `.repeat(count));
    const pages: Found[] = [];
    for (let after: string | null = ''; after !== null;) {
      const found = await search(engine, '就业', { perSource: 3, limit: 4, ...(after === '' ? {} : { after }) });
      pages.push(found);
      after = found.next;
    }
    const [first] = pages;
    expect(first).toMatchObject({ total: 22, complete: true });
    expect(first?.sources.map(({ total }) => total).toSorted((a, b) => a - b)).toEqual([1, 2, 7, 12]);
    const listed = Map.groupBy(
      pages.flatMap(({ hits }) => hits),
      ({ source }) => source,
    );
    expect([...listed.values()].map((hits) => hits.length).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 3]);
    // What comes before the next page is either listed or said to be unlisted.
    const passed = pages.map(({ hits, unlisted }) => hits.length + unlisted.reduce((sum, { total }) => sum + total, 0));
    expect(pages.map(({ total }) => total)).toEqual(
      passed.map((_, at) => 22 - passed.slice(0, at).reduce((a, b) => a + b, 0)),
    );
  });

  it('finds a part at the end of a word that begins with it, too (seed 34 of the fuzz)', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'note.txt', 'rumour转移，还是radar');
    expect((await search(engine, 'r转')).total).toBe(1);
    expect((await search(engine, '*r')).total).toBe(2);
  });

  it('matches words across line ends, with and without the hyphen, and single Han characters', async () => {
    const { engine } = await withReport();
    expect(texts(await search(engine, '转移就业'))).toEqual(['text 转\n移就业']);
    expect(texts(await search(engine, 'TRANSFERRED'))).toEqual(['text trans-\nferred']);
    expect(texts(await search(engine, 'state-owned'))).toEqual(['text state-\nowned']);
    expect(texts(await search(engine, 'stateowned'))).toEqual(['text state-\nowned']);
    expect((await search(engine, '全年，实现')).total).toBe(0);
    expect((await search(engine, '力')).total).toBe(1);
    expect((await search(engine, 'labor')).total).toBe(0);
  });

  it('matches as typed, also parts of words; quotes and stars mark word ends, and a plus requires both on a page', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'two.pdf', await makePdf([['Labour transfer here.'], ['Labour only. A transition.']]));
    expect(texts(await search(engine, 'labour transfer'))).toEqual(['text Labour transfer']);
    expect((await search(engine, 'transfer labour')).total).toBe(0);
    expect(texts(await search(engine, 'bour trans'))).toEqual(['text bour trans']);
    expect((await search(engine, 'trans')).total).toBe(2);
    expect((await search(engine, 'trans*')).total).toBe(2);
    expect((await search(engine, '*trans')).total).toBe(0);
    expect((await search(engine, '"sition"')).total).toBe(0);
    expect((await search(engine, 'labour + sition')).hits.map(({ page, text }) => [page, text])).toEqual([
      [2, 'Labour'],
      [2, 'sition'],
    ]);
    expect((await search(engine, 'sfer + only')).total).toBe(0);
    // From one page to the next a phrase may run on.
    expect((await search(engine, 'here. labour')).hits).toMatchObject([{ page: 1 }]);
    expect((await search(engine, 'a')).total).toBe(5);
    expect(texts(await search(engine, '"a"'))).toEqual(['text A']);
  });

  it('matches a single letter anywhere, in any alphabet, also if nearly every word has it', async () => {
    const { engine } = await testProject();
    const words = Array.from({ length: 300 }, (_, n) => `ba${n.toString(7)}na`);
    const long = await addFile(engine, 'long.txt', `${words.join(' ')} ئەمگەكچى ئەمگەك zebra`);
    await addFile(engine, 'other.txt', 'banana');
    await mark(engine, long.id, 'zebra', { memo: 'A stray animal' });
    const found = await search(engine, 'a', { whole: true, limit: 10_000 });
    expect([found.total, found.hits.length, found.complete]).toEqual([609, 609, true]);
    expect(new Set(found.hits.map(({ kind }) => kind))).toEqual(new Set(['text', 'passage', 'memo']));
    expect((await search(engine, 'گ', { whole: true })).total).toBe(2);
    const both = await search(engine, 'a + zebra', { whole: true, limit: 10_000 });
    expect(both.hits.filter(({ kind, text }) => kind === 'text' && text === 'zebra')).toHaveLength(1);
    expect(both.hits.every(({ source }) => source === long.id)).toBe(true);
    expect((await search(engine, 'a', { whole: true, sources: [long.id], in: ['memos'] })).total).toBe(4);
  });

  it('matches stems of Uyghur words with suffixes, in any spelling of the letters', async () => {
    const { engine } = await testProject();
    const text = 'ئەمگەكچىلەرنىڭ ئەمگەك كۈچى، ھەر بىر ئەمگەكچى.';
    await addFile(engine, 'uighur.txt', text);
    const found = await search(engine, 'ئهمگهك');
    expect(found.hits.map(({ start, end }) => text.slice(start, end))).toEqual(['ئەمگەك', 'ئەمگەك', 'ئەمگەك']);
    expect((await search(engine, '"ئەمگەك"')).total).toBe(1);
    expect((await search(engine, 'چى')).total).toBe(3);
  });

  it('returns further matches page by page, each once', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'a.txt', '就业 '.repeat(25));
    await addFile(engine, 'b.txt', '就业,'.repeat(7));
    const all: number[] = [];
    let after: string | undefined;
    do {
      const found = await search(engine, '就业', { limit: 10, ...(after === undefined ? {} : { after }) });
      expect(found.total).toBe(32 - all.length);
      all.push(...found.hits.map((hit) => hit.start));
      after = found.next ?? undefined;
    } while (after !== undefined);
    expect(all).toHaveLength(32);
  });

  it('matches nothing that was removed, and again what undoing restored', async () => {
    const { engine, source } = await withReport();
    const passage = await mark(engine, source.id, '富余劳动力', { memo: '劳动力' });
    const kinds = async (): Promise<string[]> => (await search(engine, '劳动力')).hits.map(({ kind }) => kind);
    expect(await kinds()).toEqual(['text', 'passage', 'memo']);
    await engine.call('passages.remove', { ids: [passage.id] });
    expect(await kinds()).toEqual(['text']);
    await engine.call('history.undo', {});
    expect(await kinds()).toEqual(['text', 'passage', 'memo']);
    await engine.call('memos.set', { target: { kind: 'passage', id: recordId.parse(passage.id) }, text: 'Other.' });
    expect(await kinds()).toEqual(['text', 'passage']);
    await engine.call('history.undo', {});
    expect(await kinds()).toEqual(['text', 'passage', 'memo']);
    await engine.call('sources.remove', { ids: [source.id] });
    expect(await kinds()).toEqual([]);
    await engine.call('sources.restore', { ids: [source.id] });
    expect(await kinds()).toEqual(['text', 'passage', 'memo']);
    const { start, end } = await engine.call('passages.find', { source: source.id, quote: { exact: '对口支援' } });
    await engine.call('passages.reshape', { id: passage.id, marked: { kind: 'text', start, end } });
    expect(await kinds()).toEqual(['text', 'memo']);
  });

  it('filters by category (with subcategories), person and source', async () => {
    const { engine, source, folder, person } = await withReport();
    const other = await addFile(engine, 'other.txt', '对口支援');
    const [pair, family, act] = await categoriesOf(engine, 'TRF.PAIR', 'TRF', 'FIG.ACT');
    if (pair === undefined || family === undefined || act === undefined) throw new Error('no categories');
    const passage = await mark(engine, source.id, '对口支援工作', { categories: [pair], memo: '对口支援' });
    await mark(engine, other.id, '对口支援');
    for (const [kind, id] of [
      ['category', pair],
      ['source', other.id],
      ['project', (await engine.call('project.info', {})).id],
    ] as const)
      await engine.call('memos.set', { target: { kind, id: recordId.parse(id) }, text: '对口支援' });
    const told = async (more: Partial<CallInput<'search.query'>>): Promise<string[]> =>
      (await search(engine, '对口支援', more)).hits.map(({ kind, source: of, target }) =>
        [kind, of === source.id ? 'report' : of === other.id ? 'other' : '', target?.kind ?? ''].join(' ').trim(),
      );
    expect(await told({})).toEqual([
      'text report',
      'passage report',
      'memo report passage',
      'text other',
      'passage other',
      'memo other source',
      'memo  category',
      'memo  project',
    ]);
    const tagged = ['text report', 'passage report', 'memo report passage', 'memo  category'];
    expect(await told({ categories: [pair] })).toEqual(tagged);
    expect(await told({ categories: [family] })).toEqual(tagged);
    expect(await told({ categories: [act] })).toEqual([]);
    expect(await told({ sources: [other.id] })).toEqual(['text other', 'passage other', 'memo other source']);
    expect(await told({ sources: [other.id], categories: [pair] })).toEqual([]);
    await engine.close();

    const ben = somebody('Ben');
    const theirs = await openFor(folder, ben);
    await theirs.call('tags.change', { passages: [passage.id], add: [act] });
    const by = async (more: Partial<CallInput<'search.query'>>): Promise<string[]> =>
      (await search(theirs, '对口支援', { in: ['passages', 'memos'], ...more })).hits.map(({ kind }) => kind);
    expect(await by({ people: [ben.id] })).toEqual(['passage']);
    expect(await by({ people: [ben.id], categories: [pair] })).toEqual([]);
    expect(await by({ people: [person.id] })).toHaveLength(6);
    expect((await search(theirs, '对口支援', { in: ['passages'], people: [ben.id] })).hits[0]?.categories).toEqual([
      pair,
      act,
    ]);
  });

  it('treats an empty query as empty', async () => {
    const { engine } = await withReport();
    for (const query of ['', '  ', '…', '" "', '*']) expect(await search(engine, query)).toMatchObject({ total: 0 });
  });
});

describe('the index', () => {
  it('is a cache: if deleted, damaged or of another project, it is made again', async () => {
    const { engine, folder, person } = await withReport();
    const cache = join(folder, 'cache', 'search.sqlite');
    expect((await search(engine, '就业')).total).toBe(1);
    const remove = (): void => ['', '-wal', '-shm'].forEach((suffix) => rmSync(cache + suffix, { force: true }));
    remove();
    expect((await search(engine, '就业')).total).toBe(1);
    await engine.close();
    for (const spoil of [
      () => writeFileSync(cache, 'no database at all'),
      () => writeFileSync(cache, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8000, 7)])),
      remove,
    ]) {
      spoil();
      rmSync(`${cache}-wal`, { force: true });
      const again = await openFor(folder, person);
      expect((await search(again, '就业')).total).toBe(1);
      await again.close();
    }
    const stranger = await testProject();
    await stranger.engine.close();
    mkdirSync(join(stranger.folder, 'cache'), { recursive: true });
    writeFileSync(join(stranger.folder, 'cache', 'search.sqlite'), readFileSync(cache));
    expect((await search(await openFor(stranger.folder, person), '就业')).total).toBe(0);
  });

  it.each([
    'CREATE TRIGGER quiet BEFORE INSERT ON note BEGIN SELECT RAISE(IGNORE); END',
    'CREATE TABLE more(x)',
    "CREATE VIEW more AS SELECT 'x'",
  ])('that has something of its own is made again: %s', async (sql) => {
    const { engine, folder, person, source } = await withReport();
    const cache = join(folder, 'cache', 'search.sqlite');
    await search(engine, '就业');
    await engine.close();
    const altered = new Database(cache);
    altered.exec(sql);
    altered.close();
    const again = await openFor(folder, person);
    await mark(again, source.id, '富余劳动力');
    expect((await search(again, '富余', { in: ['passages'] })).total).toBe(1);
    await again.close();
    const now = new Database(cache, { readonly: true });
    expect(now.prepare("SELECT name FROM sqlite_schema WHERE name IN ('quiet', 'more')").all()).toEqual([]);
    now.close();
  });

  it('is kept between sessions, and includes what was written while no one searched', async () => {
    const { engine, folder, person, source } = await withReport();
    await search(engine, 'x');
    await engine.close();
    const again = await openFor(folder, person);
    await mark(again, source.id, '富余劳动力');
    expect((await search(again, '富余', { in: ['passages'] })).total).toBe(1);
    expect(await again.call('search.prepare', {})).toEqual({ done: 2, total: 2, failed: 0 });
  });

  it('of a read-only project is elsewhere, and removed on closing', async () => {
    const { engine, folder, person } = await withReport();
    await engine.close();
    rmSync(join(folder, 'cache'), { recursive: true, force: true });
    const reader = await openFor(folder, person, { readOnly: true });
    expect((await search(reader, '对口支援')).total).toBe(1);
    expect(existsSync(join(folder, 'cache', 'search.sqlite'))).toBe(false);
  });

  it('reports which sources it could not read, and finds matches in the others', async () => {
    const { engine, source, folder } = await withReport();
    await addFile(engine, 'other.txt', '就业');
    if (source.layer === null) throw new Error('no layer');
    const layer = await engine.call('layers.get', { id: source.layer });
    const path = openOriginals(folder).layerPath(layer.sha256);
    chmodSync(path, 0o600);
    writeFileSync(path, 'damaged');
    expect(await search(engine, '就业')).toMatchObject({ total: 1, indexed: { done: 1, total: 2, failed: 1 } });
  });
});
