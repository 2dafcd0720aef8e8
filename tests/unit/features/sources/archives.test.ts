import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../../../electron/engine/engine.ts';
import { hashBytes } from '../../../../electron/project/files/originals.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import type { CallInput } from '../../../../shared/contract/index.ts';
import type { AskedPages } from '../../../../shared/contract/sources.ts';
import type { Source } from '../../../../shared/model/index.ts';
import { makePdf } from '../../../support/pdf.ts';
import { png as picture } from '../../../support/pictures.ts';
import { tempFolder } from '../../../support/temp.ts';
import { gzippedWarc, plainWarc, response, warcinfo } from '../../../support/warc.ts';
import { signingKey, wacz } from '../../../support/wacz.ts';
import { desk, folderOf, PAGE, type Desk } from './support.ts';

const run = ({ engine }: Desk, paths: string[], more: Partial<CallInput<'import.run'>> = {}) =>
  engine.call('import.run', { job: 'job', paths, shortPaths: true, ...more });
const sourcesOf = async ({ engine }: Pick<Desk, 'engine'>) => (await engine.call('sources.list', {})).sources;
const originals = ({ folder }: Desk): string[] =>
  readdirSync(join(folder, 'originals'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

/** What is kept of archives that were read. */
const indexes = ({ folder }: Desk): string[] =>
  readdirSync(join(folder, 'cache', 'archives'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const page = (name: string, date = '2024-05-06T07:08:09Z') =>
  response({
    url: `https://county.example/${name}`,
    date,
    body: `<!doctype html><html lang="zh"><head><title>${name}</title></head><body><p>转移就业 ${name} ${date}</p></body></html>`,
  });
/** Three captures of two addresses. */
const THREE = [page('one'), page('two'), page('one', '2024-06-01T00:00:00Z')];
const crawl = () =>
  join(folderOf({ 'crawl.warc.gz': gzippedWarc([warcinfo('Crawler 1.0'), ...THREE]) }), 'crawl.warc.gz');

it('an archive whose records stop being compressed soon after it begins is known as one, and what can’t be read is said', async () => {
  const one = await desk();
  const joined = Buffer.concat([gzippedWarc([page('one')]), plainWarc([page('two')])]);
  const { items } = await run(one, [join(folderOf({ 'joined.warc.gz': joined }), 'joined.warc.gz')]);
  expect(items).toMatchObject([{ status: 'added', error: null }]);
  expect(items[0]?.notes).toContain('The file is damaged: some bytes belong to no record (1 place).');
});

describe('an archive with several pages', () => {
  it('is not imported if no one can be asked: the report says how many pages it has and how to choose', async () => {
    const one = await desk();
    const { items } = await run(one, [crawl()]);
    expect(items).toMatchObject([
      { path: 'crawl.warc.gz', page: null, status: 'failed', error: { code: 'AMBIGUOUS' } },
    ]);
    expect(items[0]?.error?.message).toMatch(/3 pages.*--page URL.*--all-pages.*sourcebook pages FILE/s);
    expect(originals(one)).toEqual([]);
    expect(indexes(one)).toEqual([]);
  });

  it('can be imported whole, each page a source that names its address and file', async () => {
    const one = await desk();
    const path = crawl();
    const { items } = await run(one, [path], { allPages: true });
    expect(items.map(({ path: name, page: url, status }) => [name, url, status])).toEqual([
      ['crawl.warc.gz', 'https://county.example/one', 'added'],
      ['crawl.warc.gz', 'https://county.example/two', 'added'],
      ['crawl.warc.gz', 'https://county.example/one', 'added'],
    ]);
    const sources = await sourcesOf(one);
    expect(new Set(sources.map(({ id }) => id)).size).toBe(3);
    expect(new Set(sources.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(originals(one)).toHaveLength(1);
    const first = sources.find(({ id }) => id === items[0]?.source);
    expect(first).toMatchObject({
      kind: 'page',
      fileName: 'crawl.warc.gz',
      title: 'one',
      status: 200,
      hasText: true,
      capture: { url: 'https://county.example/one' },
      archive: { format: 'warc', url: 'https://county.example/one', digest: 'held', digests: 'held', signature: null },
    });
    expect(first?.prefilled).toHaveProperty('captureUrl');
    const info = await one.engine.call('project.info', {});
    expect(info.bytes).toBe(first?.bytes);
    // Once more, with the cache gone: the project has them all.
    rmSync(join(one.folder, 'cache', 'archives'), { recursive: true });
    const again = await run(one, [path], { allPages: true });
    expect(again.items.map(({ status, source }) => [status, source])).toEqual(
      items.map(({ source }) => ['duplicate', source]),
    );
    const report = await one.engine.call('project.verify', {});
    expect(report).toMatchObject({ ok: true, checked: { originals: 1, layers: 3 } });
  });

  it('can be imported by address, every capture of it; missing addresses are reported', async () => {
    const one = await desk();
    const pages = ['https://COUNTY.example/one#part', 'https://county.example/three'];
    const { items } = await run(one, [crawl()], { pages });
    expect(items.map(({ page: url, status, error }) => [url, status, error?.code])).toEqual([
      ['https://county.example/one', 'added', undefined],
      ['https://county.example/one', 'added', undefined],
      ['https://county.example/three', 'failed', 'NOT_FOUND'],
    ]);
    expect(items[2]?.path).toBe('crawl.warc.gz');
  });

  it('is asked about when all else is done, and the selected pages are imported', async () => {
    const one = await desk();
    const asked: AskedPages[] = [];
    one.engine.onEvent(({ event, payload }) => {
      if (event !== 'import.pages') return;
      asked.push(payload);
      void (async () => {
        const { jobs } = await one.engine.call('import.running', {});
        expect(jobs[0]?.asked).toEqual([payload]);
        expect(jobs[0]?.progress).toMatchObject({ done: 1, total: 2 });
        const { path } = payload;
        await expect(one.engine.call('import.choose', { job: 'job', path, pages: ['no key'] })).rejects.toThrow(
          /doesn’t contain/,
        );
        const chosen = payload.pages.filter(({ url }) => url.endsWith('two')).map(({ key }) => key);
        await one.engine.call('import.choose', { job: 'job', path, pages: chosen });
      })();
    });
    const { items } = await run(one, [crawl(), join(folderOf({ 'a.txt': 'open' }), 'a.txt')], { askPages: true });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      path: 'crawl.warc.gz',
      archive: { format: 'warc', software: 'Crawler 1.0', digests: 'held' },
    });
    expect(asked[0]?.pages.map(({ url, title, status }) => [url, title, status])).toContainEqual([
      'https://county.example/two',
      'two',
      200,
    ]);
    expect(items.map(({ page: url, status }) => [url, status])).toEqual([
      ['https://county.example/two', 'added'],
      [null, 'added'],
    ]);
  });

  it('leaves nothing if the person wants no page, or stops the import while asked', async () => {
    const one = await desk();
    let answer: 'nothing' | 'stop' = 'nothing';
    one.engine.onEvent(({ event, payload }) => {
      if (event !== 'import.pages') return;
      void (answer === 'stop'
        ? one.engine.call('import.cancel', { job: 'job' })
        : one.engine.call('import.choose', { job: 'job', path: payload.path, pages: null }));
    });
    const skipped = await run(one, [crawl()], { askPages: true });
    expect(skipped.items).toMatchObject([{ status: 'skipped', source: null }]);
    answer = 'stop';
    const stopped = await run(one, [crawl()], { askPages: true });
    expect(stopped).toMatchObject({ items: [], cancelled: true });
    expect(originals(one)).toEqual([]);
    expect(indexes(one)).toEqual([]);
    await expect(one.engine.call('import.choose', { job: 'job', path: 'crawl.warc.gz', pages: [] })).rejects.toThrow(
      /isn’t running any more/,
    );
  });

  it('that is stopped in the middle keeps the finished pages, and says which', async () => {
    const one = await desk();
    const many = Array.from({ length: 30 }, (_, number) => page(`page-${number}`));
    const path = join(folderOf({ 'many.warc': plainWarc(many) }), 'many.warc');
    one.engine.onEvent(({ event }) => {
      if (event === 'project.changed') void one.engine.call('import.cancel', { job: 'job' });
    });
    const { items, cancelled } = await run(one, [path], { allPages: true });
    expect(cancelled).toBe(true);
    expect(items.length).toBeLessThan(30);
    const sources = await sourcesOf(one);
    expect(new Set(sources.map(({ id }) => id))).toEqual(new Set(items.map(({ source }) => source)));
    expect(originals(one)).toHaveLength(1);
    expect((await one.engine.call('project.verify', {})).ok).toBe(true);
  });
});

it('An archive is read once to verify all its pages, and again when one is verified again', async () => {
  const one = await desk();
  await run(one, [crawl()], { allPages: true });
  const [first, second] = await sourcesOf(one);
  if (first === undefined || second === undefined) throw new Error('there are no pages');
  const verify = async (id: Source['id']) => (await one.engine.call('sources.verify', { id })).ok;
  const path = join(one.folder, 'originals', first.sha256.slice(0, 2), first.sha256);
  const { atime, mtime } = statSync(path);
  expect([await verify(first.id), await verify(second.id)]).toEqual([true, true]);
  // Changed under the same size and times, which no system hides from who reads it again.
  chmodSync(path, 0o600);
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
  expect([await verify(first.id), await verify(second.id)]).toEqual([false, false]);
});

it('An index that came with a copied folder is not trusted: the archive is read again', async () => {
  const one = await desk();
  const path = crawl();
  await run(one, [path], { allPages: true });
  const [name = ''] = indexes(one);
  expect(name).not.toBe('');
  await one.engine.close();
  const copy = `${one.folder}-copy`;
  cpSync(one.folder, copy, { recursive: true });
  const [replica = ''] = readdirSync(join(copy, 'cache', 'archives'));
  const engine = await openEngine({ folder: copy, person: one.person });
  await engine.call('import.run', { job: 'job', paths: [path], allPages: true });
  const after = readdirSync(join(copy, 'cache', 'archives'));
  expect(after).toHaveLength(1);
  expect(after).not.toContain(replica);
  expect(existsSync(join(copy, 'cache', 'archives', after[0] ?? '', name))).toBe(true);
  await engine.close();
});

it('An archive’s pages can be listed without importing any', async () => {
  const one = await desk();
  const { archive, pages } = await one.engine.call('archive.pages', { path: crawl() });
  expect(archive).toMatchObject({ format: 'warc', software: 'Crawler 1.0' });
  expect(pages).toHaveLength(3);
  expect(await sourcesOf(one)).toEqual([]);
  expect(indexes(one)).toEqual([]);
});

it('A signed WACZ with one page becomes that page, with its signer and whether the signature is valid', async () => {
  const one = await desk();
  const bytes = await wacz({
    warcs: { 'data.warc.gz': gzippedWarc([page('one')]) },
    pages: [{ url: 'https://county.example/one', ts: '2024-05-06T07:08:09Z', title: 'One' }],
    signedBy: signingKey(),
  });
  const { items } = await run(one, [join(folderOf({ 'capture.wacz': bytes }), 'capture.wacz')]);
  expect(items.map(({ page: url, status }) => [url, status])).toEqual([['https://county.example/one', 'added']]);
  const [source] = await sourcesOf(one);
  expect(source).toMatchObject({
    kind: 'page',
    archive: { format: 'wacz', digests: 'held', signature: { at: '2024-05-06T07:10:00Z', note: expect.any(String) } },
  });
});

it('A PDF and an image in an archive are shown, tagged, exported and imported like other sources', async () => {
  const one = await desk();
  const pdf = Buffer.from(await makePdf([['Transfer quota of the county']], { title: 'Notice' }));
  const png = picture(4, 3);
  const [notices, photos] = ['https://county.example/notice.pdf', 'https://county.example/photo.png'];
  const bytes = await wacz({
    warcs: {
      'data.warc.gz': gzippedWarc([
        response({ url: notices, type: 'application/pdf', body: pdf }),
        response({ url: photos, type: 'image/png', body: png }),
      ]),
    },
    pages: [notices, photos].map((url) => ({ url, ts: '2024-05-06T07:08:09Z' })),
  });
  const { items } = await run(one, [join(folderOf({ 'two.wacz': bytes }), 'two.wacz')], { allPages: true });
  expect(items.map(({ status, error }) => [status, error])).toEqual([
    ['added', null],
    ['added', null],
  ]);
  const find = async (engine: Desk['engine'], kind: string) => {
    const found = (await sourcesOf({ engine })).find((source) => source.kind === kind);
    if (found?.layer === null || found === undefined) throw new Error(`there is no ${kind}`);
    return { ...found, layer: found.layer };
  };
  const notice = await find(one.engine, 'pdf');
  expect(notice).toMatchObject({
    content: hashBytes(pdf),
    title: 'Notice',
    pages: 1,
    capture: { url: 'https://county.example/notice.pdf' },
    prefilled: { title: 'PDF Info dictionary' },
    status: 200,
  });
  expect(await find(one.engine, 'image')).toMatchObject({ content: hashBytes(png), hasText: false, pages: 1 });
  await one.engine.call('passages.create', {
    source: notice.id,
    layer: notice.layer,
    marked: { kind: 'text', start: 0, end: 8 },
  });

  const out = tempFolder();
  await one.engine.call('projectFile.export', { path: join(out, 'a.sbk'), replace: false });
  const folder = join(out, 'Copy.sourcebook');
  await importProjectFile({ file: join(out, 'a.sbk'), folder, person: one.person });
  const copy = await openEngine({ folder, person: one.person, workers: 1 });
  try {
    const same = await find(copy, 'pdf');
    expect(same).toMatchObject({ id: notice.id, content: notice.content, passages: 1 });
    expect(await copy.call('project.verify', {})).toMatchObject({ ok: true, checked: { originals: 1, layers: 2 } });
    // What is shown is evidence, too: verification names it where it is gone.
    const shown = join(folder, 'layers', hashBytes(pdf).slice(0, 2));
    for (const name of readdirSync(shown)) if (name.startsWith(hashBytes(pdf))) rmSync(join(shown, name));
    const { failures } = await copy.call('project.verify', {});
    expect(failures).toMatchObject([{ kind: 'content', id: hashBytes(pdf) }]);
  } finally {
    await copy.close();
  }
});

it('A protected PDF in an archive is named by its address when its password is asked for', async () => {
  const one = await desk();
  const body = Buffer.from(await makePdf([['behind']], { password: 'quota' }));
  const locked = response({ url: 'https://county.example/locked.pdf', type: 'application/pdf', body });
  const path = join(folderOf({ 'locked.warc': plainWarc([locked, page('one')]) }), 'locked.warc');
  const asked: string[] = [];
  one.engine.onEvent(({ event, payload }) => {
    if (event !== 'import.password') return;
    asked.push(payload.path);
    void one.engine.call('import.answer', { ...payload, password: 'quota' });
  });
  const { items } = await run(one, [path], { allPages: true, askPassword: true });
  expect(asked).toEqual(['locked.warc · https://county.example/locked.pdf']);
  expect(items.map(({ status }) => status)).toEqual(['added', 'added']);
});

it('Archives are recognised by their bytes, not by their names', async () => {
  const one = await desk();
  const folder = folderOf({
    'a.warc.gz': gzippedWarc([page('one')]),
    'b-really-a-warc': plainWarc([page('two')]),
    'c.gz': Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64'),
    'd.arc': 'filedesc://old.arc 0.0.0.0 20010101000000 text/plain 76\n',
    'e.warc': 'WARC/1.0\r\nnothing of the kind',
    'f.zip': Buffer.from('PK\u0003\u0004 a zip of something', 'latin1'),
    'g.html': PAGE,
    'h.wacz': Buffer.from('PK\u0003\u0004 cut', 'latin1'),
  });
  const { items } = await run(one, [folder]);
  const said = items.map(({ path, status, error }) => [path.split('/').at(-1), status, error?.code]);
  expect(said).toEqual([
    ['a.warc.gz', 'added', undefined],
    ['b-really-a-warc', 'added', undefined],
    ['c.gz', 'skipped', 'UNSUPPORTED'],
    ['d.arc', 'failed', 'UNSUPPORTED'],
    ['e.warc', 'failed', expect.any(String)],
    ['f.zip', 'skipped', 'UNSUPPORTED'],
    ['g.html', 'added', undefined],
    ['h.wacz', 'failed', expect.any(String)],
  ]);
  expect(originals(one)).toHaveLength(3);
  expect(existsSync(join(one.folder, 'cache', 'archives'))).toBe(true);
});
