import type { PDFDocumentProxy } from 'pdfjs-dist';

/** The target of an outline entry: a page (from 1), and optionally a point on it, in PDF points of user space. */
export interface OutlinePlace {
  readonly page: number;
  readonly left: number | null;
  readonly top: number | null;
}
/** An entry of a PDF’s outline. */
export interface OutlineEntry {
  /** Number in the whole outline, in reading order. */
  readonly id: number;
  readonly title: string;
  /** Null if it names no page: a web address (never opened), a damaged or unknown destination. */
  readonly place: OutlinePlace | null;
  readonly children: readonly OutlineEntry[];
}
export interface Outline {
  readonly entries: readonly OutlineEntry[];
  /** Whether entries were left out: more than {@link MOST_ENTRIES}, or deeper than {@link DEEPEST} levels. */
  readonly cut: boolean;
}

/** A hostile outline can be endless; the longest of 1,081 real files had 1,400 entries, seven levels deep. */
const MOST_ENTRIES = 5000;
const DEEPEST = 12;
const LONGEST_TITLE = 300;
/** Destinations requested from the worker at a time. */
const AT_ONCE = 64;

type RawEntry = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number];

/** Reads a PDF’s outline with its destinations. Entries with a web address keep only their title. */
export async function readOutline(document: PDFDocumentProxy): Promise<Outline> {
  const raw = await document.getOutline();
  const listed: { readonly entry: RawEntry; readonly depth: number }[] = [];
  let cut = false;
  const count = (entries: readonly RawEntry[], depth: number): void => {
    for (const entry of entries) {
      if (listed.length >= MOST_ENTRIES || depth > DEEPEST) {
        cut = true;
        return;
      }
      listed.push({ entry, depth });
      count(entry.items, depth + 1);
    }
  };
  count(raw ?? [], 1);
  const places = await placesOf(
    document,
    listed.map(({ entry }) => entry.dest),
  );
  return { entries: nested(listed, places), cut };
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

/** The page and point of a destination; null if it cannot be resolved. */
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

/** The point of a destination (ISO 32000-2, table 149); coordinates left out or null are null. */
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

/** Control characters, line breaks and bidi marks are removed from titles. */
const UNWANTED = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

function titleOf(raw: string): string {
  const title = raw.replace(UNWANTED, ' ').trim();
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}…` : title;
}

/** Rebuilds the tree from the list in reading order. */
function nested(
  listed: readonly { readonly entry: RawEntry; readonly depth: number }[],
  places: readonly (OutlinePlace | null)[],
): OutlineEntry[] {
  const roots: OutlineEntry[] = [];
  const open: OutlineEntry[][] = [roots];
  for (const [id, { entry, depth }] of listed.entries()) {
    const children: OutlineEntry[] = [];
    open[depth - 1]?.push({ id, title: titleOf(entry.title), place: places[id] ?? null, children });
    open[depth] = children;
  }
  return roots;
}
