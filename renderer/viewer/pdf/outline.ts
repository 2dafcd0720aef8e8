import type { PDFDocumentProxy } from 'pdfjs-dist';

/** A place an outline names: a page (from 1), and where it says so a point of it, in PDF points of user space. */
export interface OutlinePlace {
  readonly page: number;
  readonly left: number | null;
  readonly top: number | null;
}
/** One line of a PDF's outline. */
export interface OutlineEntry {
  /** Counts through the whole outline, in the order of reading. */
  readonly id: number;
  readonly title: string;
  /** Null where it names no page: an address (which is never opened), a damaged or foreign destination. */
  readonly place: OutlinePlace | null;
  readonly children: readonly OutlineEntry[];
}
export interface Outline {
  readonly entries: readonly OutlineEntry[];
  /** More than {@link MOST_ENTRIES}, or deeper than {@link DEEPEST}: what is beyond is left out. */
  readonly cut: boolean;
}

/** A hostile outline can be endless; the longest of 1,081 real files had 1,400 entries, seven deep. */
const MOST_ENTRIES = 5000;
const DEEPEST = 12;
const LONGEST_TITLE = 300;
/** Destinations asked of the worker at a time. */
const AT_ONCE = 64;

type RawEntry = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

/** Reads a PDF's outline with its destinations. Entries that name an address keep their title alone. */
export async function readOutline(document: PDFDocumentProxy): Promise<Outline> {
  const raw = await document.getOutline();
  const wanted: { readonly entry: RawEntry; readonly depth: number }[] = [];
  let cut = false;
  const count = (entries: readonly RawEntry[], depth: number): void => {
    for (const entry of entries) {
      if (wanted.length >= MOST_ENTRIES || depth > DEEPEST) {
        cut = true;
        return;
      }
      wanted.push({ entry, depth });
      count(entry.items, depth + 1);
    }
  };
  count(raw ?? [], 1);
  const places = await placesOf(
    document,
    wanted.map(({ entry }) => entry.dest),
  );
  return { entries: nested(wanted, places), cut };
}

async function placesOf(
  document: PDFDocumentProxy,
  all: readonly RawEntry['dest'][],
): Promise<(OutlinePlace | null)[]> {
  const places: (OutlinePlace | null)[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    places.push(
      ...(await Promise.all(all.slice(at, at + AT_ONCE).map((destination) => placeOf(document, destination)))),
    );
  }
  return places;
}

/** Where a destination is; null for one that cannot be resolved, whatever is wrong with it. */
async function placeOf(document: PDFDocumentProxy, destination: RawEntry['dest']): Promise<OutlinePlace | null> {
  try {
    const explicit: unknown =
      typeof destination === 'string' ? await document.getDestination(destination) : destination;
    if (!Array.isArray(explicit)) return null;
    const [target, kind, ...numbers] = explicit as readonly unknown[];
    const index = isReference(target) ? await document.getPageIndex(target) : target;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= document.numPages) return null;
    return { page: index + 1, ...pointOf(nameOf(kind), numbers) };
  } catch {
    return null;
  }
}

/** The point a destination names (ISO 32000-2, table 149); coordinates left out or null stay as they are. */
function pointOf(kind: string, numbers: readonly unknown[]): Pick<OutlinePlace, 'left' | 'top'> {
  const at = (index: number): number | null => {
    const value = numbers[index];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  switch (kind) {
    case 'XYZ':
      return { left: at(0), top: at(1) };
    case 'FitH':
    case 'FitBH':
      return { left: null, top: at(0) };
    case 'FitR':
      return { left: at(0), top: at(3) };
    default:
      return { left: null, top: null };
  }
}

const isReference = (value: unknown): value is { num: number; gen: number } =>
  typeof value === 'object' && value !== null && 'num' in value && 'gen' in value;

const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : '';

/** Controls, line breaks and marks that turn what stands beside them have no place in a title. */
const UNWANTED = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

function titleOf(raw: string): string {
  const title = raw.replace(UNWANTED, ' ').trim();
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}…` : title;
}

/** The list, which is in the order of reading, as a tree again. */
function nested(
  wanted: readonly { readonly entry: RawEntry; readonly depth: number }[],
  places: readonly (OutlinePlace | null)[],
): OutlineEntry[] {
  const roots: OutlineEntry[] = [];
  const open: OutlineEntry[][] = [roots];
  for (const [id, { entry, depth }] of wanted.entries()) {
    const children: OutlineEntry[] = [];
    open[depth - 1]?.push({ id, title: titleOf(entry.title), place: places[id] ?? null, children });
    open[depth] = children;
  }
  return roots;
}
