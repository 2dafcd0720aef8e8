import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listArchive, readPage, writeContent, type ArchiveList } from '../../electron/formats/archive/index.ts';
import type { Extracted } from '../../electron/formats/extracted.ts';
import type { ErrorData, Result } from '../../shared/errors.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { tempFolder } from './temp.ts';

/** An archive in a folder that is removed after the test. */
export interface Archived {
  readonly path: string;
  readonly index: string;
  list(): Promise<ArchiveList>;
  error(): Promise<ErrorData>;
  /** The page of this address, frozen or read. */
  page(url: string): Promise<Extracted>;
  /** The body of a PDF or picture. */
  content(url: string): Promise<Buffer>;
}

export function archived(bytes: Uint8Array, name = 'captures.warc'): Archived {
  const folder = tempFolder();
  const [path, index] = [join(folder, name), join(folder, 'index')];
  writeFileSync(path, bytes);
  const place = { path, index };
  const list = async (): Promise<ArchiveList> => valueOf(await listArchive(place));
  const keyOf = async (url: string): Promise<string> => {
    const page = (await list()).pages.find((one) => one.url === url);
    if (page === undefined) throw new Error(`No page ${url} is offered`);
    return page.key;
  };
  return {
    ...place,
    list,
    error: async () => {
      const result = await listArchive(place);
      if (result.ok) throw new Error('It was read');
      return result.error;
    },
    page: async (url) => valueOf(await readPage(place, { key: await keyOf(url), fileName: name, charset: null })),
    content: async (url) => {
      const to = join(folder, 'content');
      valueOf(await writeContent(place, await keyOf(url), to));
      return readFileSync(to);
    },
  };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** The text of a page's layer. */
export const textOf = (page: Extracted): string => openLayerFile(page.layerFile).pageText(1);

export const addresses = (list: ArchiveList): string[] => list.pages.map(({ url }) => url);

/** A page with a title, and a word to recognise it by. */
export const html = (title: string, body = `<p>The text of ${title}.</p>`): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;

/** Checks that one of an archive's notes contains a text. */
export function expectNote(list: ArchiveList, words: RegExp): void {
  expect(list.archive.notes.join('\n')).toMatch(words);
}
