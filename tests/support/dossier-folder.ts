import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import type { ExhibitsFile } from '../../electron/formats/dossier/folder.ts';
import { makePdf } from './pdf.ts';
import { addFile, addPath, mark, newFolder, somebody } from './project.ts';
import { makeFolder, removeFolder } from './temp.ts';

export const QUOTES = {
  pdf: 'Work teams called on every household.',
  page: '组织农村富余劳动力转移就业2300人',
  text: 'Everyone signed up of their own will.',
} as const;
/** It is twice in the text. */
export const TWICE = 'The teams only informed.';

/** A PDF, a saved page with its folder and a text, each with passages. */
export async function threeKinds(engine: Engine) {
  const pdf = await addFile(
    engine,
    'Work report (1).pdf',
    await makePdf([['Work report.', QUOTES.pdf, 'Land was transferred.']]),
  );
  const folder = makeFolder();
  const path = join(folder, '新闻.html');
  mkdirSync(join(folder, '新闻_files'));
  writeFileSync(join(folder, '新闻_files', 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(
    path,
    `<!doctype html><meta charset="utf-8"><title>新闻</title><p>今年，柳泉县${QUOTES.page}。</p><img src="新闻_files/logo.svg" alt="">`,
  );
  const page = await addPath(engine, path);
  removeFolder(folder);
  const text = await addFile(
    engine,
    'news.txt',
    `${TWICE} The paper says: ${QUOTES.text} That is all. 😀 ${TWICE} So it was.`,
  );
  const passages = [
    await mark(engine, pdf.id, QUOTES.pdf),
    await mark(engine, page.id, QUOTES.page),
    await mark(engine, text.id, QUOTES.text),
  ];
  const { layer } = await engine.call('passages.find', { source: text.id, quote: { exact: QUOTES.text } });
  passages.push(
    await engine.call('passages.create', {
      source: text.id,
      layer,
      marked: { kind: 'text', start: 0, end: TWICE.length },
    }),
  );
  return { pdf, page, text, passages };
}

export const exportFolder = (engine: Engine, path: string) =>
  engine.call('dossier.export', {
    path,
    format: 'folder',
    from: { kind: 'filters' },
    template: 'editor',
    title: 'What happened',
  });

export const exhibitsOf = (folder: string): ExhibitsFile =>
  JSON.parse(readFileSync(join(folder, 'data/exhibits.json'), 'utf8')) as ExhibitsFile;

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Writes the hashes of some files anew, as somebody would who alters a dossier. */
export function fixManifest(folder: string, ...paths: readonly string[]): void {
  const fix = (list: string, of: readonly string[]): void => {
    const at = join(folder, list);
    const lines = readFileSync(at, 'utf8').split('\n');
    const fixed = lines.map((line) => {
      const path = line.slice(66);
      return of.includes(path) ? `${hashOf(join(folder, path))}  ${path}` : line;
    });
    writeFileSync(at, fixed.join('\n'));
  };
  fix('manifest-sha256.txt', paths);
  fix('tagmanifest-sha256.txt', ['manifest-sha256.txt']);
}

/** Changes a file of the folder, and the manifest with it. */
export function rewrite(folder: string, path: string, change: (text: string) => string): void {
  const at = join(folder, path);
  writeFileSync(at, change(readFileSync(at, 'utf8')));
  fixManifest(folder, path);
}

/** A project of Ann’s in the folder `at`, with sources of three kinds, and beside it the folder of its dossier, `whole`. */
export async function exportedDossier(at: string): Promise<{ readonly engine: Engine; readonly whole: string }> {
  const person = somebody('Ann');
  const engine = await openEngine({ folder: newFolder({ at, person }), person });
  await threeKinds(engine);
  const whole = join(at, 'dossier');
  await exportFolder(engine, whole);
  return { engine, whole };
}
