import type { CallOutput } from '../../../shared/contract/index.ts';
import { stepOf } from './matrix-cells.ts';

type Counted = CallOutput<'evidence.places'>['places'][number];
type Known = Pick<CallOutput<'places.list'>['places'][number], 'id' | 'name' | 'chinese' | 'level' | 'parent'>;

/** A county of Xinjiang. `none`: there are sources of it, and no passage has it. `noSource`: there is no source of it either. */
export interface Tile {
  readonly place: string;
  readonly name: string;
  readonly chinese: string | null;
  readonly count: number;
  readonly is: 'some' | 'none' | 'noSource';
  /** Of the shade, 0 to 5. */
  readonly step: number;
}
interface TileGroup {
  readonly place: string;
  readonly name: string;
  readonly tiles: readonly Tile[];
}

const XINJIANG = 'cn-xinjiang';

/** The counties of each prefecture that has a passage or a source, in the order of the tree: those without anything, too. */
export function tilesOf(counted: readonly Counted[], all: readonly Known[]): readonly TileGroup[] {
  const counts = new Map(counted.map((one) => [one.place, one]));
  const byId = new Map<string, Known>(all.map((one) => [one.id, one]));
  const lineOf = (id: string): Known[] => {
    const line: Known[] = [];
    // A merge can make a ring.
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
  const most = Math.max(1, ...counties.map(({ county }) => counts.get(county.id)?.total ?? 0));
  return [...Map.groupBy(counties, ({ above }) => above)].flatMap(([{ id, name }, own]) => {
    const tiles = own.map(({ county }): Tile => {
      const { total = 0, ofPlace = 0 } = counts.get(county.id) ?? {};
      return {
        place: county.id,
        name: county.name,
        chinese: county.chinese,
        count: total,
        is: total > 0 ? 'some' : ofPlace > 0 ? 'none' : 'noSource',
        step: stepOf(total, most),
      };
    });
    const isShown = id === XINJIANG ? tiles.some(({ is }) => is !== 'noSource') : counts.has(id);
    return isShown ? [{ place: id, name, tiles }] : [];
  });
}
