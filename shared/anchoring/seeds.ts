import { LEAST_KNOWN } from './approximate.ts';

/** Possible places of a quotation, by short pieces of it that occur there. */
export interface Seeded {
  /** Possible start offsets, each with the number of pieces that support it, most first. */
  readonly places: readonly { readonly at: number; readonly votes: number }[];
  readonly pieces: number;
  /** A piece occurs too often to be useful: other places of the same words may have been missed. */
  readonly common: boolean;
}

/** Number of pieces searched per quotation, and how often one may occur before it is ignored. */
const PIECES = 48;
const COMMON = 60;
/** Bits of a filter that rejects most of a text’s windows. */
const FILTER = 20;

/** Occurrences of each piece, by hash; null if too common. */
type Places = Map<number, number[] | null>;

/**
 * Searches pieces of all quotations in one pass through `text`: the quotations are the index, since they are fewer than
 * the text’s windows. Returns a lookup by the quotation’s index; a quotation shorter than LEAST_KNOWN has no places.
 */
export function seededPlaces(text: string, quotations: readonly string[]): (quotation: number) => Seeded {
  const places = new Map<number, Places>(WIDTHS.map((width) => [width, new Map()]));
  for (const quotation of quotations) {
    const width = widthFor(quotation);
    for (const { hash } of piecesOf(quotation, width)) places.get(width)?.set(hash, []);
  }
  for (const [width, found] of places) walk(text, width, found);
  return (number) => {
    const quotation = quotations[number] ?? '';
    const width = widthFor(quotation);
    return votesFor(piecesOf(quotation, width), places.get(width) ?? new Map<number, number[] | null>());
  };
}

/** Four Chinese characters are as distinctive as eight Latin letters. */
const WIDTHS = [4, 8] as const;
const widthFor = (quotation: string): number => (/[\u2e80-\u9fff]/.test(quotation) ? 4 : 8);

interface Piece {
  readonly hash: number;
  readonly offset: number;
}
function piecesOf(quotation: string, width: number): Piece[] {
  if (quotation.length < LEAST_KNOWN) return [];
  const last = quotation.length - width;
  const step = Math.max(1, Math.ceil((last + 1) / PIECES));
  const count = Math.floor(last / step) + 1;
  return Array.from({ length: count }, (_, n) => ({ hash: hashAt(quotation, n * step, width), offset: n * step }));
}

function votesFor(pieces: readonly Piece[], places: Places): Seeded {
  const votes = new Map<number, number>();
  let common = false;
  for (const { hash, offset } of pieces) {
    const found = places.get(hash) ?? null;
    if (found === null) common = true;
    else for (const at of found) votes.set(at - offset, (votes.get(at - offset) ?? 0) + 1);
  }
  const sorted = [...votes]
    .map(([at, count]) => ({ at, votes: count }))
    .sort((a, b) => b.votes - a.votes || a.at - b.at);
  return { places: sorted, pieces: pieces.length, common };
}

function walk(text: string, width: number, places: Places): void {
  if (places.size === 0) return;
  const filter = new Uint8Array(1 << FILTER);
  for (const hash of places.keys()) filter[hash >>> (32 - FILTER)] = 1;
  for (let at = 0; at + width <= text.length; at++) {
    const hash = hashAt(text, at, width);
    if (filter[hash >>> (32 - FILTER)] !== 1) continue;
    const found = places.get(hash);
    if (found === undefined || found === null) continue;
    if (found.length < COMMON) found.push(at);
    else places.set(hash, null);
  }
}

function hashAt(text: string, at: number, width: number): number {
  let hash = 0;
  for (let unit = at; unit < at + width; unit++) hash = Math.imul(hash ^ text.charCodeAt(unit), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) >>> 0;
}
