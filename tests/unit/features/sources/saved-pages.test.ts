import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../../../electron/engine/engine.ts';
import { hashBytes } from '../../../../electron/project/files/originals.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { makePdf } from '../../../support/pdf.ts';
import { png } from '../../../support/pictures.ts';
import { tempFolder } from '../../../support/temp.ts';
import { makeMhtml } from '../../../support/mhtml.ts';
import { desk, folderOf, type Desk } from './support.ts';

const run = ({ engine }: Desk, paths: string[]) => engine.call('import.run', { job: 'job', paths, shortPaths: true });
const sourcesOf = async ({ engine }: Pick<Desk, 'engine'>) => (await engine.call('sources.list', {})).sources;
const originals = ({ folder }: Pick<Desk, 'folder'>): string[] =>
  readdirSync(join(folder, 'originals'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const LOGO = png(4, 3);
const CSS = 'p { color: #a00 }';
const saved = (folder: string, words = '转移就业'): string =>
  `<!doctype html><title>${words}</title><link rel="stylesheet" href="./${folder}/look.css"><p>${words}<img src="./${folder}/logo.png">`;
const folderFiles = (folder: string) => ({ [`${folder}/logo.png`]: LOGO, [`${folder}/look.css`]: CSS });

it('A saved page’s folder is stored, shown, verified, exported and imported with it, and is no source of its own', async () => {
  const one = await desk();
  const folder = folderOf({
    'report.html': saved('report_files'),
    ...folderFiles('report_files'),
    'report_files/inner.html': '<p>a frame',
    'other.txt': 'another source',
  });
  symlinkSync(join(folder, 'other.txt'), join(folder, 'report_files/link.txt'));
  const { items } = await run(one, [folder]);
  expect(items.map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
    ['other.txt', 'added'],
    ['report.html', 'added'],
  ]);
  const source = (await sourcesOf(one)).find(({ kind }) => kind === 'page');
  if (source === undefined || source.layer === null) throw new Error('there is no page');
  expect(source.parts).toEqual([
    { path: 'report_files/inner.html', sha256: expect.any(String), bytes: 10 },
    { path: 'report_files/logo.png', sha256: hashBytes(LOGO), bytes: LOGO.length },
    { path: 'report_files/look.css', sha256: hashBytes(Buffer.from(CSS)), bytes: CSS.length },
  ]);
  const { frozen } = await one.engine.call('layers.get', { id: source.layer });
  const layers = readdirSync(join(one.folder, 'layers'), { recursive: true, encoding: 'utf8' });
  expect(layers.some((name) => name.includes(hashBytes(LOGO)))).toBe(true);
  expect(frozen).not.toBeNull();

  // Removed sources keep what belongs to them.
  await one.engine.call('sources.remove', { ids: [source.id] });
  const out = tempFolder();
  await one.engine.call('projectFile.export', { path: join(out, 'a.sbk'), replace: false });
  const copyFolder = join(out, 'Copy.sourcebook');
  await importProjectFile({ file: join(out, 'a.sbk'), folder: copyFolder, person: one.person });
  expect(originals({ folder: copyFolder })).toHaveLength(5);
  const copy = await openEngine({ folder: copyFolder, person: one.person, workers: 1 });
  try {
    expect(await copy.call('project.verify', {})).toMatchObject({ ok: true, checked: { originals: 5 } });
    const logo = hashBytes(LOGO);
    rmSync(join(copyFolder, 'originals', logo.slice(0, 2), logo), { force: true });
    const { failures } = await copy.call('project.verify', {});
    expect(failures).toEqual([
      { kind: 'part', id: logo, message: 'The file “report_files/logo.png” of “转移就业” is missing.' },
    ]);
    // Files that a project lacks are named in the exported file, and when that is imported.
    expect(await copy.call('projectFile.export', { path: join(out, 'b.sbk') })).toMatchObject({
      missing: [
        {
          id: logo,
          message:
            'The file “report_files/logo.png” of a saved page is missing. Restore it from a backup or a colleague’s project file.',
        },
      ],
    });
  } finally {
    await copy.close();
  }
});

it('The folder is found in other languages, beside a single page, and after the page was renamed', async () => {
  const one = await desk();
  const folder = folderOf({
    'Bericht.htm': saved('Bericht-Dateien', 'eins'),
    ...folderFiles('Bericht-Dateien'),
    'renamed.html': saved('%E6%8A%A5%E5%91%8A_files', 'zwei'),
    ...folderFiles('报告_files'),
    'plain.html': '<!doctype html><title>drei</title><p>by itself',
    'images/own.txt': 'a folder that nobody saved with a page',
  });
  const alone = await run(one, [join(folder, 'Bericht.htm')]);
  expect(alone.items[0]?.notes.join(' ')).not.toMatch(/folder/);
  const { items } = await run(one, [folder]);
  expect(items.map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
    ['Bericht.htm', 'duplicate'],
    ['own.txt', 'added'],
    ['plain.html', 'added'],
    ['renamed.html', 'added'],
  ]);
  const parts = Object.fromEntries((await sourcesOf(one)).map(({ fileName, parts: own }) => [fileName, own.length]));
  expect(parts).toEqual({ 'Bericht.htm': 2, 'own.txt': 0, 'plain.html': 0, 'renamed.html': 2 });
});

it('A page without its folder has a note; the folder can be added later, and a PDF in one is reported', async () => {
  const one = await desk();
  const page = saved('report_files');
  const bare = folderOf({ 'report.html': page });
  const { items } = await run(one, [join(bare, 'report.html')]);
  expect(items[0]?.notes.join(' ')).toMatch(/saved with a folder “report_files”, which wasn’t included/);
  const whole = folderOf({
    'report.html': page,
    ...folderFiles('report_files'),
    'report_files/notice.pdf': await makePdf([['x']]),
  });
  const again = await run(one, [whole]);
  expect(again.items).toMatchObject([{ status: 'duplicate', notes: [expect.stringMatching(/now stored with it/)] }]);
  expect((await sourcesOf(one))[0]?.parts).toHaveLength(3);
  expect((await one.engine.call('project.verify', {})).ok).toBe(true);
  // Read again, the page shows what the folder holds: a layer of its own, though the words are the same.
  const [source] = await sourcesOf(one);
  if (source === undefined) throw new Error('there is no page');
  const { layer, same } = await one.engine.call('layers.remake', { source: source.id });
  expect([same, layer === source.layer]).toEqual([false, false]);
  const layers = readdirSync(join(one.folder, 'layers'), { recursive: true, encoding: 'utf8' });
  expect(layers.some((name) => name.includes(hashBytes(LOGO)))).toBe(true);
  const two = await desk();
  const first = await run(two, [whole]);
  expect(first.items[0]?.notes).toContainEqual(expect.stringMatching(/^Its folder also has 1 PDF, kept with the page/));
});

it('One page twice in an import, once without its folder, gets its folder; another folder is left out with a note', async () => {
  const one = await desk();
  const page = saved('report_files');
  const folder = folderOf({ 'a/report.html': page, 'b/report.html': page });
  for (const [name, bytes] of Object.entries(folderFiles('b/report_files'))) {
    mkdirSync(join(folder, 'b/report_files'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const { items } = await run(one, [folder]);
  expect(items).toMatchObject([
    { status: 'added' },
    { status: 'duplicate', notes: [expect.stringMatching(/now stored with it/)] },
  ]);
  expect((await sourcesOf(one))[0]?.parts).toHaveLength(2);

  writeFileSync(join(folder, 'b/report_files/look.css'), 'p { color: #0a0 }');
  const again = await run(one, [join(folder, 'b')]);
  expect(again.items).toMatchObject([{ status: 'duplicate', notes: [expect.stringMatching(/was left out/)] }]);
  expect(originals(one)).toHaveLength(3);
});

it('An unreadable page leaves nothing of its folder; a file that is in two folders is stored once', async () => {
  const one = await desk();
  const folder = folderOf({
    'a.html': 'GIF89a, and no page',
    ...folderFiles('a_files'),
    'b.html': `<p>${'x'.repeat(100)}`,
    ...folderFiles('b_files'),
  });
  writeFileSync(join(folder, 'b_files/twice.png'), LOGO);
  const { items } = await run(one, [folder]);
  expect(items.map(({ status }) => status)).toEqual(['failed', 'added']);
  expect(new Set(originals(one))).toEqual(
    new Set([hashBytes(readFileSync(join(folder, 'b.html'))), hashBytes(LOGO), hashBytes(Buffer.from(CSS))]),
  );
  const alone = await desk();
  await run(alone, [join(folder, 'a.html')]);
  expect(originals(alone)).toEqual([]);
});

it('An MHTML file is one page, whatever its name, with the details of its capture', async () => {
  const one = await desk();
  const message = makeMhtml({
    headers: { From: '<Saved by Blink>', 'Snapshot-Content-Location': 'https://county.example/report' },
    parts: [
      {
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Location': 'https://county.example/report' },
        body: '<title>报告</title><p>转移就业',
      },
    ],
  });
  const folder = folderOf({ 'report.mhtml': message });
  const { items } = await run(one, [folder]);
  expect(items.map(({ status, error }) => [status, error])).toEqual([['added', null]]);
  expect((await sourcesOf(one))[0]).toMatchObject({
    kind: 'page',
    title: '报告',
    capture: { url: 'https://county.example/report' },
    archive: null,
  });
});
