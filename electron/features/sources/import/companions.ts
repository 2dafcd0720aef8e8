import { lstat, open, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { OriginalPart } from '../../../../shared/model/index.ts';
import { toErrorData } from '../../../../shared/errors.ts';

/**
 * Suffixes that browsers add to a saved page's name for its folder: Microsoft's list of "connected files" in all languages of
 * Windows, and those of Firefox and Chromium.
 */
const SUFFIXES =
  /(?:_files|\.files|_file|-Dateien|_Dateien|_fichiers|_archivos|_bestanden|_arquivos|_ficheiros|_bylos|_datoteke|_dosyalar|_elemei|_failid|_fails|_fajlovi|-filer|_fitxategiak|_fitxers|_pliki|_soubory|_tiedostot)$/i;
const PAGE_ENDING = /\.(?:html?|xhtml|shtml)$/i;

/** A page refers to its folder near its beginning, for its styles. */
const LOOKED_AT = 256 * 1024;

const LIMITS = { files: 4000, bytes: 256 * 2 ** 20, depth: 20 } as const;

const same = (a: string, b: string): boolean => a.normalize('NFC') === b.normalize('NFC');
const isFolderOf = (folder: string, page: string): boolean =>
  SUFFIXES.test(folder) && same(folder.replace(SUFFIXES, ''), basename(page, extname(page)));

export const isPageName = (name: string): boolean => PAGE_ENDING.test(name);

/**
 * Which of the folders in `folder` belongs to which saved page: by name (`report.html`, `report_files`) or, if the page was
 * renamed, because the page refers to it.
 */
export async function companionsIn(
  folder: string,
  pages: readonly string[],
  folders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const free = new Set(folders.filter((name) => SUFFIXES.test(name)));
  for (const page of pages) {
    const own = [...free].find((name) => isFolderOf(name, page));
    if (own === undefined) continue;
    found.set(page, own);
    free.delete(own);
  }
  for (const page of pages) {
    if (free.size === 0) break;
    if (found.has(page)) continue;
    const named = await foldersNamedIn(join(folder, page));
    const own = [...free].find((name) => named.some((one) => same(one, name)));
    if (own === undefined) continue;
    found.set(page, own);
    free.delete(own);
  }
  return found;
}

/** The folder beside a single page; null if there is none. */
export async function companionOf(page: string): Promise<string | null> {
  const folder = dirname(page);
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const pages = entries.filter((entry) => entry.isFile() && isPageName(entry.name)).map((entry) => entry.name);
    const own = (await companionsIn(folder, pages, folders)).get(basename(page));
    return own === undefined ? null : join(folder, own);
  } catch {
    return null; // the folder cannot be listed: the page is imported alone, with a note
  }
}

/** The folders a saved page refers to that are named as browsers name them. Empty if the page cannot be read. */
export async function foldersNamedIn(page: string): Promise<string[]> {
  const file = await open(page).catch(() => null);
  if (file === null) return [];
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(LOOKED_AT), 0, LOOKED_AT, 0);
    const text = new TextDecoder().decode(buffer.subarray(0, bytesRead));
    const named = new Set<string>();
    for (const [, first = ''] of text.matchAll(
      /(?:src|href)\s*=\s*["']?(?:\.\/)?([^"'<>\s/?#:][^"'<>/?#:]{0,250})\//gi,
    )) {
      const name = decoded(first);
      if (SUFFIXES.test(name)) named.add(name);
    }
    return [...named];
  } finally {
    await file.close();
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('&amp;', '&'));
  } catch {
    return name; // not percent-encoded
  }
}

/** A file of a saved page's folder. */
interface PartFile {
  /** Its path in the page: `report_files/logo.png`. */
  readonly path: string;
  readonly file: string;
}

/** The regular files of a saved page's folder, by name, without links and hidden files. `cut`: there were more than the limits allow. */
async function partFiles(folder: string): Promise<{ files: PartFile[]; cut: boolean }> {
  const files: PartFile[] = [];
  const waiting = [{ folder, path: basename(folder), depth: 1 }];
  let bytes = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const entries = await readdir(next.folder, { withFileTypes: true });
    // Sorted by code units before counting, so that the same files are left out on every disk.
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const [file, path] = [join(next.folder, entry.name), `${next.path}/${entry.name}`];
      if (entry.isDirectory()) {
        if (next.depth >= LIMITS.depth || waiting.length >= LIMITS.files) return { files, cut: true };
        waiting.push({ folder: file, path, depth: next.depth + 1 });
      } else if (entry.isFile()) {
        bytes += (await lstat(file)).size;
        if (files.length >= LIMITS.files || bytes > LIMITS.bytes) return { files, cut: true };
        files.push({ path, file });
      }
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, cut: false };
}

/** Stores the files of a saved page's folder as originals, with `take`. Unreadable files are left out, with a note. */
export async function takeParts(
  folder: string,
  take: (file: string) => Promise<Omit<OriginalPart, 'path'>>,
): Promise<{ parts: OriginalPart[]; notes: string[] }> {
  const parts: OriginalPart[] = [];
  const notes: string[] = [];
  const { files, cut } = await partFiles(folder).catch(() => {
    notes.push('Couldn’t read its folder, so images and styles may be missing.');
    return { files: [], cut: false };
  });
  if (cut)
    notes.push(`Its folder has more than ${LIMITS.files} files or ${LIMITS.bytes >> 20} MB; the rest was left out.`);
  let unread = 0;
  for (const { path, file } of files) {
    try {
      parts.push({ path: path.toWellFormed(), ...(await take(file)) });
    } catch (thrown) {
      const { code } = toErrorData(thrown);
      if (code !== 'NOT_FOUND' && code !== 'NOT_ALLOWED' && code !== 'BAD_INPUT') throw thrown;
      unread++;
    }
  }
  const documents = parts.filter(({ path }) => path.toLowerCase().endsWith('.pdf')).length;
  if (documents > 0)
    notes.push(
      documents === 1
        ? 'Its folder also has 1 PDF, kept with the page but not added as a source. Add it separately if you want it as one.'
        : `Its folder also has ${documents} PDFs, kept with the page but not added as sources. Add any you want as separate sources.`,
    );
  if (unread > 0) notes.push(`${unread} files in its folder couldn’t be read and were left out.`);
  return { parts, notes };
}
