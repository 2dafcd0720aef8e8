import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../electron/engine/client.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { EXHIBITS_PATH, safeName } from '../../../electron/formats/dossier/folder.ts';
import {
  exhibitsOf,
  exportFolder,
  fixManifest,
  QUOTES,
  rewrite,
  threeKinds,
  TWICE,
  exportedDossier,
} from '../../support/dossier-folder.ts';
import { leaksIn } from '../../support/leaks.ts';
import { markPrivate, maskWords } from '../../support/masks.ts';
import { makePdf } from '../../support/pdf.ts';
import { has, run } from '../../support/programs.ts';
import { addFile, codeOf, faultOf, mark, newFolder, somebody, testProject } from '../../support/project.ts';
import { makeFolder, removeFolder, tempFolder } from '../../support/temp.ts';
import { wacz } from '../../support/wacz.ts';
import { gzippedWarc, response } from '../../support/warc.ts';

let place = '';
let whole = '';
let engine: Engine;

beforeAll(async () => {
  place = makeFolder();
  ({ engine, whole } = await exportedDossier(place));
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

/** A copy of the dossier to alter. */
function copy(): string {
  const to = join(tempFolder(), 'dossier');
  cpSync(whole, to, { recursive: true });
  return to;
}
const verify = (path: string, passwords: string[] = []) => engine.call('dossier.verify', { path, passwords });
const kindsOf = ({ failures }: Awaited<ReturnType<typeof verify>>): string[] =>
  failures.map(({ kind, id }) => `${kind} ${id}`).toSorted();
/** The number of the exhibit with this quotation, and the path of its document. */
function exhibitWith(folder: string, exact: string) {
  const { exhibits, documents } = exhibitsOf(folder);
  const exhibit = exhibits.find(({ quote }) => quote?.exact === exact);
  const document = documents.find(({ number }) => number === exhibit?.document);
  return { number: exhibit?.number ?? 0, original: document?.original?.path ?? '', text: exhibit?.text ?? '' };
}

describe('a dossier as a folder', () => {
  it('has the originals as they were received, their texts, and every quotation at its place', async () => {
    const { documents, exhibits } = exhibitsOf(whole);
    expect(exhibits.flatMap(({ quote }) => quote?.exact ?? []).toSorted()).toEqual(
      [...Object.values(QUOTES), TWICE].toSorted(),
    );
    for (const { text, position, quote, people } of exhibits) {
      const read = readFileSync(join(whole, text ?? ''), 'utf8');
      expect(read.slice(position?.start, position?.end)).toBe(quote?.exact);
      expect(people?.marked).toMatchObject({ name: 'Ann', fingerprint: expect.any(String) });
    }
    for (const { original, kind, parts } of documents) {
      expect(original?.path).toMatch(/^data\/originals\/[a-z0-9-]+\.[a-z]+$/i);
      expect(parts).toHaveLength(kind === 'page' ? 1 : 0);
    }
    expect(await verify(whole)).toEqual({
      ok: true,
      checked: 4,
      found: 4,
      moved: 0,
      changed: 0,
      missing: 0,
      files: 10,
      failures: [],
      exhibits: [],
      notChecked: [],
      locked: [],
      // Words, and who marked them, of four passages, and the title that the saved page has; nothing else was said of them.
      signed: 9,
      notSigned: [],
      asSent: expect.arrayContaining([
        'whether what was signed was withdrawn or changed since, and whose the keys are',
      ]),
      remarks: [],
    });
    // The manifest is one that other programs read.
    if (has('sha256sum'))
      for (const list of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
        expect(run('sh', '-c', 'cd "$1" && sha256sum -c --strict "$2"', 'sh', whole, list)).not.toContain('FAILED');
  });

  it('is refused where something of its name is, also to be replaced, and leaves nothing then', async () => {
    const before = readdirSync(place);
    expect(await codeOf(exportFolder(engine, whole))).toBe('EXISTS');
    const replacing = { path: whole, format: 'folder', from: { kind: 'filters' }, replace: true } as const;
    expect(await codeOf(engine.call('dossier.export', replacing))).toBe('EXISTS');
    expect(await codeOf(exportFolder(engine, join(place, 'nowhere', 'dossier')))).toBe('NOT_FOUND');
    expect(readdirSync(place)).toEqual(before);
  });

  it('stops when it is told to, and leaves nothing', async () => {
    const { engine: other } = await testProject();
    await threeKinds(other);
    const at = tempFolder();
    other.onEvent(({ event }) => void (event === 'export.progress' && other.interrupt()));
    expect(await codeOf(exportFolder(other, join(at, 'dossier')))).toBe('CANCELLED');
    expect(readdirSync(at)).toEqual([]);
  });

  it('is not checked on once the window has told the engine’s thread to stop; asked again, it is checked', async () => {
    const thread = await startEngine({ folder: newFolder(), person: somebody('Ben'), workers: 1 });
    try {
      const checking = codeOf(thread.call('dossier.verify', { path: whole }));
      thread.interrupt();
      expect(await checking).toBe('CANCELLED');
      expect(await thread.call('dossier.verify', { path: whole })).toMatchObject({ ok: true });
    } finally {
      await thread.close();
    }
  });

  it('names nobody under pseudonyms, and is checked like any other', async () => {
    const { engine: other, person } = await testProject({ person: somebody('Zoe Quill') });
    await threeKinds(other);
    const path = join(tempFolder(), 'dossier');
    const asked = { path, format: 'folder', from: { kind: 'filters' } } as const;
    await other.call('dossier.export', { ...asked, pseudonyms: true });
    for (const file of [EXHIBITS_PATH, 'data/dossier.html', 'bag-info.txt'])
      expect([file, leaksIn(readFileSync(join(path, file)), [person.name, person.id])]).toEqual([file, []]);
    expect(exhibitsOf(path)).toMatchObject({ head: null });
    expect(exhibitsOf(path).exhibits[0]?.people?.marked).toEqual({ name: 'Coder 1', fingerprint: null });
    expect(await verify(path)).toMatchObject({ ok: true, found: 4 });
  });

  it('names its files so that any system takes them', () => {
    const names = ['Work report (1).PDF', '新闻.html', 'con', 'a/../b.txt', 'x'.repeat(300), '.htaccess', 'a:b*c?.md'];
    expect(names.map((name, at) => safeName(at + 1, name))).toEqual([
      '001-Work-report-1.pdf',
      '002.html',
      '003-con',
      '004-a-b.txt',
      `005-${'x'.repeat(40)}`,
      '006.htaccess',
      '007-a-b-c.md',
    ]);
  });

  it('has a page of an archive with the archive, and finds its words there', async () => {
    const project = await testProject();
    const words = '柳泉县组织转移就业两千三百人';
    const body = `<!doctype html><meta charset="utf-8"><title>新闻</title><p>${words}。</p>`;
    const url = 'https://news.liuquan.example/2023/0516.html';
    const archive = await wacz({ warcs: { 'data.warc.gz': gzippedWarc([response({ url, body })]) }, pages: [{ url }] });
    const source = await addFile(project.engine, 'captures.wacz', archive);
    await mark(project.engine, source.id, words);
    const path = join(tempFolder(), 'dossier');
    await exportFolder(project.engine, path);
    expect(exhibitsOf(path).documents).toMatchObject([{ archive: { url }, original: { sha256: source.sha256 } }]);
    expect(await verify(path)).toMatchObject({ ok: true, found: 1, failures: [] });
  });
});

describe('checking a folder', () => {
  it('says what an exhibit quotes otherwise than its original, also where the manifest was written anew', async () => {
    const folder = copy();
    const { number } = exhibitWith(folder, QUOTES.pdf);
    rewrite(folder, EXHIBITS_PATH, (text) => text.replaceAll(QUOTES.pdf, 'Work teams robbed every household.'));
    const report = await verify(folder);
    // The page that people read still has the other words.
    expect(kindsOf(report)).toEqual([
      'page data/dossier.html',
      `quoteChanged exhibit ${number}`,
      'signed data/signed.json',
    ]);
    expect(report).toMatchObject({ ok: false, checked: 4, found: 3, changed: 1 });
    expect(report.exhibits).toMatchObject([{ number, is: 'changed', instead: QUOTES.pdf }]);
    expect(report.failures[0]?.message).toContain(QUOTES.pdf);
  });

  it('says that an original is another one, and what it says now', async () => {
    const folder = copy();
    const { number, original, text } = exhibitWith(folder, QUOTES.text);
    rewrite(folder, original, (words) => words.replace('of their own will', 'of their own debt'));
    const report = await verify(folder);
    expect(kindsOf(report)).toEqual(
      [`original ${original}`, `quoteChanged exhibit ${number}`, `text ${text}`].toSorted(),
    );
    expect(report.exhibits).toMatchObject([{ is: 'changed', instead: 'Everyone signed up of their own debt.' }]);
    // The same without a new manifest: the bytes are named as well.
    const plain = copy();
    writeFileSync(join(plain, original), readFileSync(join(folder, original)));
    expect(kindsOf(await verify(plain))).toEqual(
      [`altered ${original}`, `quoteChanged exhibit ${number}`, `text ${text}`].toSorted(),
    );
  });

  it('says where a quotation has moved to, and chooses among places by the words around', async () => {
    const folder = copy();
    const { number, original } = exhibitWith(folder, QUOTES.text);
    rewrite(folder, original, (words) => `${words.replace(` ${QUOTES.text}`, '')} At the end: ${QUOTES.text}`);
    const report = await verify(folder);
    const now = readFileSync(join(folder, original), 'utf8');
    expect(report).toMatchObject({ moved: 1, found: 3 });
    expect(report.exhibits).toEqual([
      {
        number,
        label: String(number),
        is: 'moved',
        at: { start: now.indexOf(QUOTES.text), end: now.length },
        instead: null,
      },
    ]);
    const other = copy();
    const twice = exhibitWith(other, TWICE);
    rewrite(other, EXHIBITS_PATH, (text) => {
      const said: unknown = JSON.parse(text, (_, value) =>
        typeof value === 'object' && value !== null && 'exact' in value && value.exact === TWICE
          ? { ...value, prefix: '😀 ', suffix: ' So it was.' }
          : value,
      );
      return JSON.stringify(said).replace(/"start":0,"end":24/, '"start":5,"end":29');
    });
    const text = readFileSync(join(other, twice.text), 'utf8');
    expect((await verify(other)).exhibits).toEqual([
      {
        number: twice.number,
        label: String(twice.number),
        is: 'moved',
        at: { start: text.lastIndexOf(TWICE), end: text.lastIndexOf(TWICE) + 24 },
        instead: null,
      },
    ]);
  });

  it('says that words are in no original, and that the words around a quotation are others', async () => {
    const folder = copy();
    const { number } = exhibitWith(folder, QUOTES.page);
    rewrite(folder, EXHIBITS_PATH, (text) =>
      text.replaceAll(QUOTES.page, '完全不同的一句话，从来没有写过，也没有人读过'),
    );
    expect(kindsOf(await verify(folder))).toEqual([
      'page data/dossier.html',
      `quoteMissing exhibit ${number}`,
      'signed data/signed.json',
    ]);
    const around = copy();
    rewrite(around, EXHIBITS_PATH, (text) => text.replace('The paper says: ', 'The paper lied: '));
    expect(kindsOf(await verify(around))).toEqual([`around exhibit ${exhibitWith(around, TWICE).number}`]);
  });

  it('says that the page quotes other words, has another translation or hash than what is checked, though its manifest fits', async () => {
    const alter = async (from: string | RegExp, to: string) => {
      const folder = copy();
      rewrite(folder, 'data/dossier.html', (html) => html.replace(from, to));
      return (await verify(folder)).failures.map(({ kind, message }) => `${kind}: ${message}`).join('\n');
    };
    expect(await alter(/(class="original">.*?)every household/s, '$1no household')).toMatch(
      /^page: The page quotes other words in exhibit/,
    );
    expect(
      await alter(/(<blockquote class="original">)/, '<blockquote class="original">More.</blockquote>$1'),
    ).toContain('page: ');
    // The true quotations hidden, others shown.
    for (const [open, close] of [
      ['<!--', '-->'],
      ['<template>', '</template>'],
      ['<div hidden>', '</div>'],
    ] as const)
      expect(
        await alter(/<blockquote class="original">.*?<\/blockquote>/s, `${open}$&${close}<p>Other words.</p>`),
      ).toMatch(/^page: /);
    expect(await alter('</style>', 'blockquote { display: none; }</style>')).toContain('page: ');
    const { documents } = exhibitsOf(whole);
    const hash = documents[0]?.sha256 ?? '';
    const folder = copy();
    rewrite(folder, 'data/dossier.html', (html) =>
      html.replaceAll(
        hash,
        hash.replace(/^./, (one) => (one === '0' ? '1' : '0')),
      ),
    );
    expect((await verify(folder)).failures).toMatchObject([
      { kind: 'page', message: expect.stringContaining('SHA-256') },
    ]);
  });

  it('names files that are missing, added, links, or outside, and follows none of them', async () => {
    const folder = copy();
    const { original, number } = exhibitWith(folder, QUOTES.pdf);
    rmSync(join(folder, original));
    writeFileSync(join(folder, 'data/extra.txt'), 'x');
    symlinkSync('/etc/hostname', join(folder, 'data/link'));
    const report = await verify(folder);
    const gone = [`missing ${original}`, `quoteMissing exhibit ${number}`];
    expect(kindsOf(report)).toEqual([...gone, 'link data/link', 'unlisted data/extra.txt'].toSorted());
    const [is, label] = ['missing', String(number)];
    expect(report).toMatchObject({ missing: 1, notChecked: [], exhibits: [{ number, label, is }] });
    expect(report.checked).toBe(report.found + report.missing);
    const linked = copy();
    rmSync(join(linked, original));
    symlinkSync(join(whole, original), join(linked, original));
    expect(kindsOf(await verify(linked))).toEqual([`link ${original}`, ...gone].toSorted());
    const escaping = copy();
    rewrite(escaping, 'manifest-sha256.txt', (text) => `${text}${'0'.repeat(64)}  data/../../secret\n`);
    rewrite(escaping, EXHIBITS_PATH, (text) => text.replaceAll(original, '../dossier/data/dossier.html'));
    expect(kindsOf(await verify(escaping))).toContain('manifest manifest-sha256.txt');
    expect((await verify(escaping)).exhibits).toMatchObject([{ number, is: 'missing' }]);
  });

  it('names a page that was altered and a manifest that was, and says that there is nothing to check without exhibits', async () => {
    const folder = copy();
    writeFileSync(join(folder, 'data/dossier.html'), 'x');
    expect(kindsOf(await verify(folder))).toEqual(['altered data/dossier.html']);
    writeFileSync(join(folder, 'manifest-sha256.txt'), '');
    expect(kindsOf(await verify(folder))).toContain('manifest manifest-sha256.txt');
    const none = copy();
    rewrite(none, EXHIBITS_PATH, () => '{"Sourcebook-Dossier": 1}');
    expect(kindsOf(await verify(none))).toEqual([`exhibits ${EXHIBITS_PATH}`]);
    rewrite(none, EXHIBITS_PATH, () => '{"Sourcebook-Dossier": 3}');
    expect(await codeOf(verify(none))).toBe('PROJECT_NEWER');
    expect(await codeOf(verify(join(place, 'nothing')))).toBe('NOT_FOUND');
    mkdirSync(join(none, 'data/a/b/c/d/e/f/g/h'), { recursive: true });
    fixManifest(none);
    expect(await codeOf(verify(none))).toBe('PROJECT_NEWER');
  });
});

describe('what is masked', () => {
  it('goes out as pictures of a PDF, or not at all, and is named as not checked', async () => {
    const project = await testProject();
    const { pdf, text, page } = await threeKinds(project.engine);
    await maskWords(project.engine, pdf.id, 'Land', 'A name');
    await maskWords(project.engine, text.id, 'The paper', 'A name');
    const path = join(tempFolder(), 'dossier');
    await exportFolder(project.engine, path);
    const { documents } = exhibitsOf(path);
    const of = (id: string) => documents.find((one) => one.id === id);
    expect(of(pdf.id)).toMatchObject({ original: null, redacted: { path: expect.stringMatching(/-redacted\.pdf$/) } });
    expect(of(text.id)).toMatchObject({ original: null, redacted: null, notHere: expect.stringContaining('masked') });
    expect(of(page.id)).toMatchObject({ notHere: null });
    expect(readFileSync(join(path, of(text.id)?.texts[0]?.path ?? ''), 'utf8')).toContain('█████████ says: ');
    const report = await verify(path);
    expect(report).toMatchObject({ ok: true, checked: 1, found: 1 });
    expect(report.notChecked).toHaveLength(3);
  });

  it('refuses a folder while its documents name a private person elsewhere, which the page alone would not', async () => {
    const project = await testProject();
    const { text } = await threeKinds(project.engine);
    const private_ = await mark(project.engine, text.id, 'That is all');
    await markPrivate(project.engine, private_.id);
    const path = join(tempFolder(), 'dossier');
    const only = (await project.engine.call('passages.list', {})).passages.filter(({ id }) => id !== private_.id);
    const from = {
      kind: 'passages',
      passages: only.filter(({ source }) => source !== text.id).map(({ id }) => id),
    } as const;
    await project.engine.call('dossier.export', { path, format: 'folder', from });
    expect(existsSync(path)).toBe(true);
    const twice = only.filter(({ anchor }) => anchor.kind === 'text' && anchor.exact === TWICE).map(({ id }) => id);
    const asked = { from: { kind: 'passages', passages: twice } } as const;
    await project.engine.call('dossier.export', { ...asked, path: `${path}.html`, format: 'html' });
    expect(
      await faultOf(project.engine.call('dossier.export', { ...asked, path: `${path}-2`, format: 'folder' })),
    ).toMatchObject({
      code: 'UNMASKED',
      context: { passages: [private_.id] },
    });
    expect(existsSync(`${path}-2`)).toBe(false);
  });
});

it('reads a protected PDF with its password, and says without it that its quotations were not checked', async () => {
  const { engine: own } = await testProject();
  const path = join(tempFolder(), 'locked.pdf');
  writeFileSync(path, await makePdf([['Work teams called on every household.']], { password: 'open sesame' }));
  await own.call('import.run', { job: randomUUID(), paths: [path], passwords: ['open sesame'] });
  const [source] = (await own.call('sources.list', {})).sources;
  if (source === undefined) throw new Error('The PDF did not come in');
  await mark(own, source.id, 'called on every household');
  const folder = join(tempFolder(), 'dossier');
  await exportFolder(own, folder);
  for (const passwords of [[], ['wrong']]) {
    const report = await verify(folder, passwords);
    expect(report).toMatchObject({ ok: true, checked: 0, failures: [], locked: ['locked.pdf'] });
    expect(report.notChecked).toEqual([{ number: 1, label: '1', why: expect.stringContaining('password') }]);
    const why = passwords.length === 0 ? ', so it wasn’t read.' : ', and no password that was given opens it.';
    expect(report.remarks).toEqual([`“locked.pdf” is protected by a password${why}`]);
  }
  expect(await verify(folder, ['wrong', 'open sesame'])).toMatchObject({ ok: true, checked: 1, found: 1, locked: [] });
  // A quotation that somebody changed is found out with it.
  rewrite(folder, EXHIBITS_PATH, (text) => text.replace('every household', 'some households'));
  expect((await verify(folder, ['open sesame'])).ok).toBe(false);
});
