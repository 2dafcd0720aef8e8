import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { stepOf } from './matrix-cells.ts';

type Counted = CallOutput<'evidence.places'>['places'][number];
type Known = Pick<CallOutput<'places.list'>['places'][number], 'id' | 'name' | 'chinese' | 'level' | 'parent'>;

/** A county of Xinjiang. `none`: it has sources but no passage. `noSource`: it has no source either. */
export interface Tile {
  readonly place: string;
  readonly name: string;
  readonly chinese: string | null;
  readonly count: number;
  readonly is: 'some' | 'none' | 'noSource';
  /** The step of the shade, from 0 to 5. */
  readonly step: number;
}
export interface TileGroup {
  readonly place: string;
  readonly name: string;
  readonly count: number;
  readonly tiles: readonly Tile[];
}

const XINJIANG = 'cn-xinjiang';

/** A place’s number of passages, sources or origins. */
export const countOf = ({ total, sources, origins }: Counted, unit: CountedUnit): number =>
  ({ passages: total, sources, origins })[unit];

/** All counties of each prefecture that has a passage or a source, in the order of the tree. */
export function tilesOf(counted: readonly Counted[], all: readonly Known[], unit: CountedUnit): readonly TileGroup[] {
  const counts = new Map(counted.map((one) => [one.place, one]));
  const byId = new Map<string, Known>(all.map((one) => [one.id, one]));
  const lineOf = (id: string): Known[] => {
    const line: Known[] = [];
    // A merge can make a ring of places, each inside the next.
    for (
      let at = byId.get(id);
      at !== undefined && !line.includes(at);
      at = at.parent === null ? undefined : byId.get(at.parent)
    )
      line.push(at);
    return line;
  };
  const counties = all.flatMap((county) => {
    if (county.level !== 'county') return [];
    const line = lineOf(county.id);
    if (!line.some(({ id }) => id === XINJIANG)) return [];
    const above = line.find(({ level }) => level === 'prefecture') ?? byId.get(XINJIANG) ?? county;
    return [{ county, above }];
  });
  const countIn = (id: string): number => {
    const there = counts.get(id);
    return there === undefined ? 0 : countOf(there, unit);
  };
  const most = Math.max(1, ...counties.map(({ county }) => countIn(county.id)));
  return [...Map.groupBy(counties, ({ above }) => above)].flatMap(([{ id, name }, own]) => {
    const tiles = own.map(({ county }): Tile => {
      const count = countIn(county.id);
      return {
        place: county.id,
        name: county.name,
        chinese: county.chinese,
        count,
        is: count > 0 ? 'some' : (counts.get(county.id)?.ofPlace ?? 0) > 0 ? 'none' : 'noSource',
        step: stepOf(count, most),
      };
    });
    const isShown = id === XINJIANG ? tiles.some(({ is }) => is !== 'noSource') : counts.has(id);
    return isShown ? [{ place: id, name, count: countIn(id), tiles }] : [];
  });
}
