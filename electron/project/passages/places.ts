import { parsed } from '../../../shared/changes/canonical.ts';
import { query, type Readable } from '../../db/types.ts';

/** Where a passage is, as {@link PLACE} reads it. */
export interface PlaceRow {
  readonly id: string;
  readonly layer: string | null;
  readonly page: number | null;
  /** The words of a text passage, by their place; null for an area. */
  readonly span: string | null;
  /** The rectangle of an area as JSON: left, bottom, right, top. */
  readonly area: string | null;
}
/** SQL: the columns of PlaceRow except the id, of `p_passage p`. */
export const PLACE = `p.onLayer AS layer, p.page, p.onLayer || ' ' || p.start || ' ' || p."end" AS span,
  iif(json_valid(p.anchor), json_extract(p.anchor, '$.area'), NULL) AS area`;

/**
 * Two rectangles count as one place if they share at least this much of their area: two people never draw exactly the same rectangle around
 * the same thing.
 */
const SAME_AREA = 0.8;

/**
 * Groups passages by place, in the order of the first passage of each place. Passages are at one place if they are on the same words, or if
 * they are areas of one page of which each shares four fifths with another one there. What is coded, decided and quoted at a place is one
 * exhibit.
 */
export function byPlace<T extends PlaceRow>(rows: readonly T[]): T[][] {
  return [...Map.groupBy(rows, placeKeys(rows)).values()];
}

/** Returns the function from a passage to its place's key: equal for passages at one place, different for all others among `rows`. */
export function placeKeys(rows: readonly PlaceRow[]): (row: PlaceRow) => string {
  const areas = Map.groupBy(
    rows.filter(({ span, area }) => span === null && area !== null),
    ({ layer, page }) => `${layer ?? ''} ${String(page)}`,
  );
  const keys = new Map([...areas.values()].flatMap((some) => [...keysOfAreas(some)]));
  return ({ id, span }) => span ?? keys.get(id) ?? id;
}

/** The key of each area: the id of the first area, by id, at the same place. */
function keysOfAreas(rows: readonly PlaceRow[]): Map<string, string> {
  const boxes = rows.map(({ id, area }) => ({ id, box: boxOf(area) })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const keys = new Map<string, string>();
  for (const { id, box } of boxes) {
    const same = boxes.filter((other) => keys.has(other.id) && box !== null && isSame(box, other.box));
    const [key = id, ...more] = [...new Set(same.map((other) => keys.get(other.id) ?? other.id))].toSorted();
    // This area joins places that were separate before.
    for (const [known, its] of keys) if (more.includes(its)) keys.set(known, key);
    keys.set(id, key);
  }
  return keys;
}

type Box = readonly [left: number, bottom: number, right: number, top: number];
function boxOf(area: string | null): Box | null {
  const value = area === null ? null : parsed(area);
  const [left, bottom, right, top] = Array.isArray(value) ? value.map(Number) : [];
  return left === undefined || bottom === undefined || right === undefined || top === undefined
    ? null
    : [left, bottom, right, top];
}

function isSame(a: Box, b: Box | null): boolean {
  if (b === null) return false;
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return false;
  const common = width * height;
  const size = (box: Box): number => (box[2] - box[0]) * (box[3] - box[1]);
  return common / (size(a) + size(b) - common) >= SAME_AREA;
}

/**
 * The live passages on the same words as these passages, and the areas on their pages; a passage can come several times. Uses an index on
 * source, page and start.
 */
const nearby = query<{ ids: string }, PlaceRow>(
  'passages.nearby',
  `SELECT p.id, ${PLACE} FROM json_each($ids) i CROSS JOIN p_passage o ON o.id = i.value
     CROSS JOIN p_passage p ON p.source = o.source AND p.page IS o.page AND p.start IS o.start
   WHERE p."end" IS o."end" AND p.onLayer = o.onLayer AND p.deleted IS NOT 1 AND p.anchor IS NOT NULL`,
);

/** The live passages at the places of these passages, including themselves, grouped by place. */
export function passagesAt(db: Readable, ids: readonly string[]): string[][] {
  const wanted = new Set(ids);
  const rows = [...new Map(db.all(nearby, { ids: JSON.stringify(ids) }).map((row) => [row.id, row])).values()];
  return byPlace(rows)
    .map((group) => group.map(({ id }) => id))
    .filter((group) => group.some((id) => wanted.has(id)));
}
