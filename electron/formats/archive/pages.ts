import type { PageOfArchive } from '../../../shared/contract/sources.ts';
import type { Redirect, SourceKind } from '../../../shared/model/index.ts';
import type { ArchiveIndex, Entry } from './entry.ts';
import { LIMITS } from './limits.ts';
import { idOf, timeOf, type Found, type Lookup } from './lookup.ts';
import { several, type Notes } from './notes.ts';
import type { BodyKind } from './sniff.ts';

/** A page with the records it is made of. */
export interface ArchivedPage extends PageOfArchive {
  readonly entry: Entry;
  readonly body: Entry;
  readonly redirects: readonly Redirect[];
}

/** The kind of source a body becomes; null for what is only part of a page. */
function sourceKindOf(kind: BodyKind): SourceKind | null {
  switch (kind) {
    case 'html':
      return 'page';
    case 'pdf':
      return 'pdf';
    case 'png':
    case 'jpeg':
    case 'webp':
      return 'image';
    case 'text':
      return 'text';
    case 'other':
      return null;
  }
}

/**
 * What can become a source, in the order it is offered: first the archive's own list of pages, then all others by time, with
 * error statuses last. Images and plain texts count as pages only if they are listed, or if the archive has neither a web
 * page nor a PDF: otherwise every logo would be one.
 */
export function pagesOf(index: ArchiveIndex, lookup: Lookup, notes: Notes): ArchivedPage[] {
  const listed = listedPages(index, lookup, notes);
  const taken = new Set(listed.map(({ entry }) => idOf(entry)));
  const found: ArchivedPage[] = [];
  let lost = 0;
  for (const entry of index.entries) {
    if (taken.has(idOf(entry)) || !mayBePage(entry)) continue;
    const body = lookup.original(entry);
    if (body === null) lost += 1;
    else {
      const page = pageOf({ entry, body, redirects: [] }, lookup, null);
      if (page !== null) found.push(page);
    }
  }
  if (lost > 0)
    notes.add(
      `${several(lost, 'capture says', 'captures say')} only that nothing had changed since an earlier one, which isn’t in this archive.`,
    );
  const hasDocuments = [...listed, ...found].some(({ kind }) => kind === 'page' || kind === 'pdf');
  const others = hasDocuments ? found.filter(({ kind }) => kind === 'page' || kind === 'pdf') : found;
  others.sort((a, b) => Number(isError(a)) - Number(isError(b)) || timeOf(a.time) - timeOf(b.time));
  const all = [...listed, ...others];
  if (all.length > LIMITS.pages) notes.add(`Only the first ${LIMITS.pages} of ${all.length} pages are listed.`);
  return withKeys(all.slice(0, LIMITS.pages));
}

function listedPages(index: ArchiveIndex, lookup: Lookup, notes: Notes): ArchivedPage[] {
  const pages: ArchivedPage[] = [];
  const seen = new Set<string>();
  let missing = 0;
  for (const { url, ts, title } of index.listed) {
    const found = PAGE_ADDRESS.test(url) ? lookup.follow(url, timeOf(ts)) : null;
    const page = found === null ? null : pageOf(found, lookup, { url, title });
    if (page === null) missing += 1;
    else if (!seen.has(`${url} ${idOf(page.entry)}`)) {
      seen.add(`${url} ${idOf(page.entry)}`);
      pages.push(page);
    }
  }
  if (missing > 0)
    notes.add(
      `${several(missing, 'page is listed but', 'pages are listed but')} not in the archive, or not in a readable form.`,
    );
  return pages;
}

const isError = ({ status }: PageOfArchive): boolean => (status ?? 0) >= 400;

/** Whether a page can have been captured from there; a list of pages may contain anything. */
const PAGE_ADDRESS = /^(?:https?|ftp|file):/i;

function mayBePage({ posted, url, status, location, bytes, type }: Entry): boolean {
  if (posted || location !== null || !PAGE_ADDRESS.test(url)) return false;
  if (bytes === 0 && type !== 'revisit') return false;
  // 204 to 206: no content, or only part of it.
  return status === null || (status >= 200 && status < 204) || status >= 400;
}

function pageOf(
  { entry, body, redirects }: Found,
  lookup: Lookup,
  listed: { readonly url: string; readonly title: string | null } | null,
): ArchivedPage | null {
  const kind = sourceKindOf(body.kind);
  if (kind === null || body.bytes === 0) return null;
  const wrong = entry.digest === 'wrong' || body.digest === 'wrong';
  return {
    key: '',
    url: listed?.url ?? entry.url,
    title: listed?.title ?? body.title,
    time: entry.date,
    status: entry.status ?? body.status,
    bytes: body.bytes,
    kind,
    listed: listed !== null,
    digest: wrong ? 'wrong' : body.digest,
    entry,
    body,
    redirects: redirects.length > 0 ? redirects : lookup.ledTo(entry),
  };
}

/** Keys made of address and time; duplicates get a number, in the order of the archive. */
function withKeys(pages: readonly ArchivedPage[]): ArchivedPage[] {
  const counts = new Map<string, number>();
  return pages.map((page) => {
    const key = `${page.url} ${page.time ?? '-'}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return { ...page, key: count === 1 ? key : `${key} #${count}` };
  });
}
