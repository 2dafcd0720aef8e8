import { join } from 'node:path';
import { type CopyOffer, type FoundPair, offersOf } from '../../../shared/copies/offers.ts';
import { query, type Readable } from '../../db/types.ts';
import { perProject, type ReadContext } from '../context.ts';
import { decisionsOn, liveSourceIds } from './copies.ts';
import type { CopiesFound } from '../../workers/jobs.ts';
import { readFound } from './kept-copies.ts';

/** The text layers of live sources, in the order in which those were added. */
export const textLayers = query<Record<string, never>, { source: string; layer: string }>(
  'copies.layers',
  `SELECT s.id AS source, l.sha256 AS layer FROM p_source s JOIN p_layer l ON l.id = s.layer
   WHERE s.deleted IS NOT 1 AND l.hasText = 1 AND l.sha256 IS NOT NULL ORDER BY s.createdAt, s.id`,
);

/** The result of the last search for copies in a project: those that nobody has decided about yet, and the sources they were found in. */
class FoundCopies {
  private readonly context: ReadContext;
  private kept: Promise<CopiesFound | null> | null = null;
  private offered: { readonly key: string; readonly offers: readonly CopyOffer[] } | null = null;

  constructor(context: ReadContext) {
    this.context = context;
  }

  /** The folder it is kept in; null for a project that can’t be written to. */
  get cache(): string | null {
    const { folder, readOnly } = this.context.project;
    return readOnly ? null : join(folder, 'cache');
  }

  /** Null if no run is known. */
  found(): Promise<CopiesFound | null> {
    this.kept ??= this.cache === null ? Promise.resolve(null) : readFound(this.cache);
    return this.kept;
  }

  set(found: CopiesFound): void {
    this.kept = Promise.resolve(found);
  }

  /** Cached until something is decided, added, removed or found: making it reads ten thousand sources. */
  async offers(): Promise<readonly CopyOffer[]> {
    const found = await this.found();
    if (found === null) return [];
    const { db, project } = this.context;
    const key = `${project.head() ?? ''} ${found.at}`;
    if (this.offered?.key === key) return this.offered.offers;
    const offers = offersOf(pairsOfSources(db, found), decisionsOn(db), liveSourceIds(db));
    this.offered = { key, offers };
    return offers;
  }

  /**
   * Of sources that people decided are copies, those whose text shares hardly anything with another source of the group, by the last search.
   * Groups with a source that it did not read are left out.
   */
  async unlike(groups: readonly (readonly string[])[]): Promise<string[]> {
    const found = await this.found();
    if (found === null || groups.length === 0) return [];
    const looked = new Set<string>(found.layers);
    const layers = new Map(this.context.db.all(textLayers, {}).map(({ source, layer }) => [source, layer]));
    const alike = new Map<string, Set<string>>();
    const note = (one: string, other: string): unknown => alike.set(one, (alike.get(one) ?? new Set()).add(other));
    for (const { one, other } of found.pairs) {
      note(one, other);
      note(other, one);
    }
    return groups.flatMap((group) => {
      const own = group.map((id) => layers.get(id) ?? '');
      if (!own.every((layer) => looked.has(layer))) return [];
      const all = Map.groupBy(own, (layer) => layer);
      return group.filter((_, at) => {
        const layer = own[at] ?? '';
        return all.get(layer)?.length === 1 && ![...(alike.get(layer) ?? [])].some((other) => all.has(other));
      });
    });
  }
}

export const foundCopiesIn = perProject((context: ReadContext) => new FoundCopies(context));

/**
 * Pairs of layers as pairs of sources. Sources with one text form pairs, too; in pairs with other sources the first of them stands for all.
 */
function pairsOfSources(db: Readable, { pairs, layers }: CopiesFound): FoundPair[] {
  const looked = new Set<string>(layers);
  const sources = Map.groupBy(
    db.all(textLayers, {}).filter(({ layer }) => looked.has(layer)),
    ({ layer }) => layer,
  );
  const firstOf = (layer: string): string | undefined => sources.get(layer)?.[0]?.source;
  const whole = Number.MAX_SAFE_INTEGER;
  const twins = [...sources.values()].flatMap((all) =>
    all
      .slice(1)
      .map(({ source }) => ({ one: all[0]?.source ?? '', other: source, shared: whole, ofOne: whole, ofOther: whole })),
  );
  const found = pairs.flatMap(({ one, other, ...compared }) => {
    const [a, b] = [firstOf(one), firstOf(other)];
    return a === undefined || b === undefined ? [] : [{ one: a, other: b, ...compared }];
  });
  return [...twins, ...found];
}
