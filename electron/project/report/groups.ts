import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { Anchor, TextAnchor } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { byPlace, passagesAt, type PlaceRow } from '../passages/places.ts';
import { type PassageRow, passagesOfReport } from './queries.ts';

/** A passage of a report, with its place. */
export interface Placed extends PlaceRow {
  readonly source: string;
  readonly person: string | null;
  /** Without its quads, which no report has: they are half of what a passage takes in memory. */
  readonly place: Anchor;
}
const NO_QUADS: TextAnchor['quads'] = [];

/** The passages of a report; null for all that are not in the trash. */
export type ChosenPassages = ReadonlySet<string> | null;

/**
 * What reads the chosen passages of one source in reading order, by place. Those at a place that were not chosen are there, too, since
 * an exhibit has everyone’s coding of its words.
 */
export function groupsOfSource(
  db: Readable,
  chosen: ChosenPassages,
): (source: string) => (readonly [Placed, ...Placed[]])[] {
  return (source) => {
    const rows = db.all(passagesOfReport, { source });
    const own = rows.filter((row) => chosen?.has(row.id) ?? isLive(row));
    const placedOf = (some: readonly PassageRow[]): Placed[] => some.flatMap(placed).sort(inOrder);
    const beside = chosen === null ? [] : besideOf(db, rows, own);
    return byPlace([...placedOf(own), ...placedOf(beside)]).flatMap(([first, ...more]) =>
      first === undefined ? [] : [[first, ...more] as const],
    );
  };
}

const isLive = ({ deleted }: PassageRow): boolean => deleted !== 1;

/** The rows at the places of some that are not among these. */
function besideOf(db: Readable, rows: readonly PassageRow[], own: readonly PassageRow[]): PassageRow[] {
  if (own.length === 0 || own.filter(isLive).length === rows.filter(isLive).length) return [];
  const ids = new Set(own.map(({ id }) => id));
  const around = new Set(passagesAt(db, [...ids]).flat());
  return rows.filter(({ id }) => around.has(id) && !ids.has(id));
}

function placed({ id, source, layer: madeOn, anchor, person }: PassageRow): Placed[] {
  const place = readAnchor(anchor);
  if (place === null) return [];
  const { page, layer = madeOn } = place;
  if (place.kind === 'area')
    return [{ id, source, person, layer, page, span: null, area: JSON.stringify(place.area), place }];
  const span = layer === null ? null : `${layer} ${String(place.start)} ${String(place.end)}`;
  return [{ id, source, person, layer, page, span, area: null, place: { ...place, quads: NO_QUADS } }];
}

/** Areas come first on their page. */
const startOf = ({ place }: Placed): number => (place.kind === 'text' ? place.start : -1);
const inOrder = (a: Placed, b: Placed): number =>
  (a.page ?? 0) - (b.page ?? 0) || startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1);
