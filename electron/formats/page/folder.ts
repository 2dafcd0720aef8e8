import type { CapturedPart } from '../capture.ts';
import type { Find } from './resources.ts';

/** The files of a saved page's folder, by their path as the page calls them: `report_files/logo.png`. */
export type SavedFiles = ReadonlyMap<string, Uint8Array>;

/** Where a page with a folder lies, for itself: a path that leads out of it (`../`) leads to nothing that is there. */
export const SAVED_FOLDER = 'https://saved-page.invalid/here/';

/**
 * Looks an address up among a saved page's files: by its path, percent-decoded, in the case in which it is written. A
 * browser would look nowhere else; a query (`style.css?v=3`) is no part of a file's name.
 */
export function findAmong(files: SavedFiles): Find {
  // File systems write accents in one form and pages in another.
  const composed = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) composed.set(path.normalize('NFC'), bytes);
  return (address): CapturedPart | null => {
    if (!address.startsWith(SAVED_FOLDER)) return null;
    const path = decodePath(address.slice(SAVED_FOLDER.length).split(/[?#]/, 1)[0] ?? '');
    const bytes = path === null ? undefined : (files.get(path) ?? composed.get(path.normalize('NFC')));
    return bytes === undefined ? null : { bytes, type: '' };
  };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch (thrown) {
    if (thrown instanceof URIError) return null; // percent signs that are no UTF-8: no file of ours is called that
    throw thrown;
  }
}
