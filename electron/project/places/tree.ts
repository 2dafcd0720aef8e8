import { type Gazetteer, type OwnPlaceKind, placeTitle } from '../../../shared/places/gazetteer.ts';
import { builtInGazetteer } from './gazetteer.ts';
import type { Own } from './own.ts';

type Level = Gazetteer['places'][number]['level'];

/** A place of the gazetteer or of the team, where it stands among the others. */
export interface KnownPlace {
  readonly id: string;
  /** As in lists: in English if there is an English name. */
  readonly name: string;
  readonly chinese: string | null;
  readonly uyghur: string | null;
  /** Of the team’s places by what they are said to be, else that of a unit one below their parent; null for one in a county, or in nothing. */
  readonly level: Level | null;
  readonly parent: string | null;
  /** Itself and all it is in. */
  readonly line: readonly string[];
  /** All of its names. */
  readonly names: readonly string[];
}

export interface PlaceTree {
  /** Each place followed by those in it; Xinjiang first, then the other provinces, then the rest. */
  readonly all: readonly KnownPlace[];
  readonly byId: ReadonlyMap<string, KnownPlace>;
}

const LEVELS: Readonly<Record<OwnPlaceKind, Level | null>> = {
  province: 'province',
  prefecture: 'prefecture',
  county: 'county',
  township: null,
  village: null,
  site: null,
  other: null,
};
const BELOW: Partial<Record<Level, Level>> = { country: 'province', province: 'prefecture', prefecture: 'county' };
type Draft = Omit<KnownPlace, 'line'>;

export function placeTreeOf({ places, names }: Own): PlaceTree {
  const { places: builtIn } = builtInGazetteer();
  const more = Map.groupBy(names, ({ place }) => place);
  const namesOf = (id: string): string[] => more.get(id)?.map(({ text }) => text) ?? [];
  const levels = new Map<string, Level>(builtIn.map(({ id, level }) => [id, level]));
  const drafts: Draft[] = builtIn.map((place) => ({
    id: place.id,
    name: placeTitle(place),
    chinese: place.names.find(({ lang }) => lang === 'zh-Hans')?.text ?? null,
    uyghur: place.names.find(({ lang }) => lang === 'ug-Arab')?.text ?? null,
    level: place.level,
    parent: place.parent,
    names: [
      placeTitle(place),
      ...place.names.filter(({ text }) => text.length > 1).map(({ text }) => text),
      ...namesOf(place.id),
    ],
  }));
  for (const { id, name, parent, kind } of places) {
    const above = parent === null ? undefined : levels.get(parent);
    drafts.push({
      id,
      name,
      chinese: [name, ...namesOf(id)].find((text) => /\p{sc=Han}/u.test(text)) ?? null,
      uyghur: [name, ...namesOf(id)].find((text) => /\p{sc=Arab}/u.test(text)) ?? null,
      level: kind === null ? ((above === undefined ? undefined : BELOW[above]) ?? null) : LEVELS[kind],
      parent,
      names: [name, ...namesOf(id)],
    });
  }
  const known = new Set(drafts.map(({ id }) => id));
  // Names that somebody gave to a place of a newer gazetteer.
  for (const [id, own] of more)
    if (!known.has(id)) {
      const texts = own.map(({ text }) => text);
      drafts.push({ id, name: id, chinese: null, uyghur: null, level: null, parent: null, names: texts });
    }
  const all = inTreeOrder(withLines(drafts));
  return { all, byId: new Map(all.map((one) => [one.id, one])) };
}

/** A merge of two people’s places can make a ring: each is then in all the others of it. */
function withLines(drafts: readonly Draft[]): KnownPlace[] {
  const parents = new Map(drafts.map(({ id, parent }) => [id, parent]));
  return drafts.map((draft) => {
    const line = new Set<string>();
    for (
      let at: string | null = draft.id;
      at !== null && !line.has(at) && parents.has(at);
      at = parents.get(at) ?? null
    )
      line.add(at);
    return { ...draft, line: [...line] };
  });
}

function inTreeOrder(all: readonly KnownPlace[]): KnownPlace[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const ordered = new Set<KnownPlace>();
  const visit = (one: KnownPlace): void => {
    if (ordered.has(one)) return;
    ordered.add(one);
    children.get(one.id)?.forEach(visit);
  };
  all.filter(({ id }) => id === 'cn-xinjiang').forEach(visit);
  children.get('cn')?.forEach(visit);
  children.get(null)?.forEach(visit);
  all.forEach(visit);
  return [...ordered];
}

/** The levels that a matrix or a group can be limited to. */
export type PlaceLevel = 'county' | 'prefecture' | 'province';
const RANKS: Readonly<Record<PlaceLevel, number>> = { province: 1, prefecture: 2, county: 3 };

function rankOf({ level, line }: KnownPlace): number | null {
  switch (level) {
    case 'country':
      return 0;
    case 'province':
    case 'prefecture':
    case 'county':
      return RANKS[level];
    case 'macro_region':
      return 2;
    case 'organisation':
      return line.includes('xpcc') && line[0] !== 'xpcc' ? 3 : 2;
    case null:
      return 4;
  }
}

/**
 * The place of a level that a place is or is in. A county without a prefecture (a city of the XPCC) stands for itself among prefectures.
 * Null for a place above the level.
 */
export function atLevel(tree: PlaceTree, id: string, level: PlaceLevel): string | null {
  const line = tree.byId.get(id)?.line ?? [];
  const fits = line.filter((one) => {
    const place = tree.byId.get(one);
    return place !== undefined && (rankOf(place) ?? 0) >= RANKS[level];
  });
  return fits.at(-1) ?? null;
}
