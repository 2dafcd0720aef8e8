import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashBytes, openOriginals } from '../../electron/project/files/originals.ts';
import { importProjectFile } from '../../electron/engine/import-project-file.ts';
import { png } from '../support/pictures.ts';
import { tempFolder } from '../support/temp.ts';
import { desk, folderOf, type Desk } from '../unit/features/sources/support.ts';

/** Files on the person's disk beside those they chose: an image, a style sheet and a text. */
const SECRETS = { 'secret.png': png(5, 7), 'secret.css': 'p{color:#123456}', 'secret.html': '<p>secret words' };
const LOGO = png(4, 3);

/** Ways in which a page can name a file outside its folder. `OUT` is the folder of the secrets, `UP` the way to it. */
const NAMES = [
  'report_files/link.png',
  'report_files/away/secret.png',
  'report_files/loop/loop/../../UP/secret.png',
  'report_files/../UP/secret.png',
  '../secret.png',
  'UP/secret.png',
  'report_files/..%2f..%2fUP%2fsecret.png',
  'report_files/%2e%2e/%2e%2e/UP/secret.png',
  'report_files/..\\..\\UP\\secret.png',
  'report_files/....//....//UP/secret.png',
  'report_files/..%5c..%5csecret.png',
  'report_files/link.png%00.png',
  'OUT/secret.png',
  '//OUT/secret.png',
  'file://OUT/secret.png',
  'file:OUT/secret.png',
  'report_files//OUT/secret.png',
];
/** Names that a Linux disk allows and that lead somewhere on another, or once they are decoded. */
const ODD = [
  '..\\..\\secret.png',
  '%2e%2e%2fsecret.png',
  'C:\\secret.png',
  'a\\..\\..\\secret.png',
  '... ',
  'a\nb.png',
  '"><script>.png',
  'con.png',
];

const pageOf = (out: string): string => {
  const written = NAMES.map((name) => name.replaceAll('OUT', out).replaceAll('UP', '../outside'));
  const shown = written.map((name) => `<img src='${name}'><iframe src='${name.replace('.png', '.html')}'></iframe>`);
  const styles = written.map((name) => `<link rel=stylesheet href='${name.replace('.png', '.css')}'>`);
  return `<!doctype html><title>Report</title>${styles.join('')}<p>words<img src=report_files/logo.png>${shown.join('')}`;
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name.replace('.zst', ''));
const isHeld = ({ folder }: Pick<Desk, 'folder'>, bytes: Uint8Array | string): boolean =>
  ['originals', 'layers'].some((kind) => filesIn(join(folder, kind)).includes(hashBytes(Buffer.from(bytes))));

it.runIf(process.platform !== 'win32')('a saved page’s folder brings in nothing that lies outside it', async () => {
  const outside = folderOf(SECRETS);
  const folder = folderOf({
    'in/report.html': pageOf(outside),
    'in/report_files/logo.png': LOGO,
    'in/whole.html': '<!doctype html><p>whole<img src=whole_files/secret.png>',
    'outside/secret.png': SECRETS['secret.png'],
    ...Object.fromEntries(ODD.map((name, index) => [`in/report_files/${name}`, `odd ${String(index)}`])),
  });
  const files = join(folder, 'in/report_files');
  symlinkSync(join(outside, 'secret.png'), join(files, 'link.png'));
  symlinkSync(join(outside, 'secret.html'), join(files, 'link.html'));
  symlinkSync(outside, join(files, 'away'));
  symlinkSync('.', join(files, 'loop'));
  symlinkSync('/dev/zero', join(files, 'endless.png'));
  symlinkSync('nowhere', join(files, 'dangling.png'));
  execFileSync('mkfifo', [join(files, 'waiting.png')]);
  symlinkSync(outside, join(folder, 'in/whole_files'));
  symlinkSync(join(outside, 'secret.html'), join(folder, 'in/linked.html'));

  const one = await desk();
  const paths = [join(folder, 'in'), join(folder, 'in/linked.html')];
  const { items } = await one.engine.call('import.run', { job: 'job', paths, shortPaths: true });
  expect(items.map(({ path, status }) => [path, status])).toEqual([
    ['in/report.html', 'added'],
    ['in/whole.html', 'added'],
    ['linked.html', 'failed'],
  ]);
  const { sources } = await one.engine.call('sources.list', {});
  const report = sources.find(({ fileName }) => fileName === 'report.html');
  // Whatever begins with a dot is hidden, and left out.
  const names = [...ODD.filter((name) => !name.startsWith('.')), 'logo.png']
    .map((name) => `report_files/${name}`)
    .toSorted();
  expect(report?.parts.map(({ path }) => path).toSorted()).toEqual(names);
  expect(sources.find(({ fileName }) => fileName === 'whole.html')?.parts).toEqual([]);

  expect(isHeld(one, LOGO)).toBe(true);
  for (const [name, bytes] of Object.entries(SECRETS)) expect(isHeld(one, bytes), name).toBe(false);
  const layers = openOriginals(one.folder);
  for (const { layer } of sources) {
    if (layer === null) throw new Error('a page has no text');
    const { frozen } = await one.engine.call('layers.get', { id: layer });
    const html = new TextDecoder().decode(frozen === null ? undefined : layers.readLayer(frozen));
    expect(html).toMatch(/words|whole/);
    expect(html).not.toMatch(/secret words|#123456|outside/);
    expect(html.match(/<img[^>]* src="[^"]*"/g) ?? []).toHaveLength(html.includes('words') ? 1 : 0);
  }

  // Carried to another disk, no name becomes a place there.
  const there = tempFolder();
  await one.engine.call('projectFile.export', { path: join(there, 'a.sbk'), replace: false });
  const copy = join(there, 'deep/er/Copy.sourcebook');
  mkdirSync(join(there, 'deep/er'), { recursive: true });
  await importProjectFile({ file: join(there, 'a.sbk'), folder: copy, person: one.person });
  expect([
    readdirSync(there).toSorted(),
    readdirSync(join(there, 'deep')),
    readdirSync(join(there, 'deep/er')),
  ]).toEqual([['a.sbk', 'deep'], ['er'], ['Copy.sourcebook']]);
  expect(filesIn(join(copy, 'originals')).every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
  expect((await one.engine.call('project.verify', {})).failures).toEqual([]);
});
