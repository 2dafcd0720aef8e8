import { join } from 'node:path';
import { type CopyOffer, type FoundPair, offersOf } from '../../../shared/copies/offers.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type Sha256, sha256, type SourceId, sourceId } from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { decisionsOn, liveSourceIds } from '../../project/sources/copies.ts';
import type { CopiesFound, CopySide } from '../../workers/jobs.ts';
import { readFound } from './kept.ts';
import { listGroups } from './list.ts';

const textLayers = query<Record<string, never>, { source: string; layer: string }>(
  'copies.layers',
  `SELECT s.id AS source, l.sha256 AS layer FROM p_source s JOIN p_layer l ON l.id = s.layer
   WHERE s.deleted IS NOT 1 AND l.hasText = 1 AND l.sha256 IS NOT NULL ORDER BY s.createdAt, s.id`,
);
const layerOfSource = query<{ source: string }, { layer: string | null }>(
  'copies.layerOf',
  `SELECT l.sha256 AS layer FROM p_source s JOIN p_layer l ON l.id = s.layer WHERE s.id = $source AND s.deleted IS NOT 1`,
);

/** A run that stops making progress for so long, in milliseconds, is ended; the whole run may take twenty times as long. */
const TIMEOUT = 180_000;
/** Progress is told five times a second. */
const REPORT_EVERY = 200;
const MOST_LISTED = 500;

/** What was found in a project, and the run that is going on. */
class Finding {
  readonly context: ReadContext;
  running: { readonly controller: AbortController; done: number; total: number } | null = null;
  private found: Promise<CopiesFound | null> | null = null;
  private offered: { readonly key: string; readonly offers: readonly CopyOffer[] } | null = null;

  constructor(context: ReadContext) {
    this.context = context;
  }
  get cache(): string | null {
    const { folder, readOnly } = this.context.project;
    return readOnly ? null : join(folder, 'cache');
  }
  kept(): Promise<CopiesFound | null> {
    this.found ??= this.cache === null ? Promise.resolve(null) : readFound(this.cache);
    return this.found;
  }

  async run(): Promise<void> {
    if (this.running !== null)
      throw new Fault('NOT_ALLOWED', 'Sourcebook is looking for copies already. Wait until that is done.');
    const running = (this.running = { controller: new AbortController(), done: 0, total: 0 });
    const { pool, db, project } = this.context;
    let reported = 0;
    try {
      const layers = db.all(textLayers, {}).flatMap(({ layer }) => sha256.safeParse(layer).data ?? []);
      const found = await pool.run(
        'findCopies',
        { folder: project.folder, cache: this.cache, layers },
        {
          signal: running.controller.signal,
          timeoutMs: TIMEOUT,
          onProgress: ({ page, pages }) => {
            [running.done, running.total] = [page ?? 0, pages ?? 0];
            if (performance.now() - reported < REPORT_EVERY) return;
            reported = performance.now();
            this.context.emit('copies.progress', { done: running.done, total: running.total });
          },
        },
      );
      this.found = Promise.resolve(found);
    } catch (thrown) {
      if (!running.controller.signal.aborted) throw thrown;
      throw new Fault('CANCELLED', 'Stopped. What was found before is still listed.');
    } finally {
      this.running = null;
    }
  }

  /** Kept until something is decided, added, removed or found: ten thousand sources are read for it. */
  async offers(): Promise<readonly CopyOffer[]> {
    const found = await this.kept();
    if (found === null) return [];
    const { db, project } = this.context;
    const key = `${project.head() ?? ''} ${found.at}`;
    if (this.offered?.key === key) return this.offered.offers;
    const offers = offersOf(pairsOfSources(db, found), decisionsOn(db), liveSourceIds(db));
    this.offered = { key, offers };
    return offers;
  }
}

const findingIn = perProject((context: ReadContext) => new Finding(context));

/** The pairs of layers as pairs of sources. Sources with one text are pairs, too, of which the first stands for all in pairs with others. */
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

export async function list(context: ReadContext): Promise<CallOutput<'copies.list'>> {
  const finding = findingIn(context);
  const found = await finding.kept();
  const offers = await finding.offers();
  const looked = new Set<string>(found?.layers);
  const unread = new Set<string>(found?.unread);
  const there = context.db.all(textLayers, {});
  const read = there.filter(({ layer }) => looked.has(layer)).length;
  const failed = there.filter(({ layer }) => unread.has(layer)).length;
  const { running } = finding;
  return {
    groups: listGroups(context),
    offers: offers.slice(0, MOST_LISTED).map(({ sources, pairs }) => ({
      sources: sources.map(({ source, ...rest }) => ({ source: sourceId.parse(source), ...rest })),
      closest: [sourceId.parse(pairs[0]?.one), sourceId.parse(pairs[0]?.other)],
    })),
    more: Math.max(0, offers.length - MOST_LISTED),
    looked: found === null ? null : { at: found.at, sources: read, since: there.length - read - failed },
    unread: failed,
    running: running === null ? null : { done: running.done, total: running.total },
    apart: decisionsOn(context.db).filter(({ verdict }) => verdict === 'different').length,
  };
}

export async function find(context: ReadContext): Promise<CallOutput<'copies.find'>> {
  const finding = findingIn(context);
  await finding.run();
  return { offers: (await finding.offers()).length };
}

export const stop = (context: ReadContext): void => findingIn(context).running?.controller.abort();

function layerOf(db: Readable, source: SourceId): Sha256 {
  const layer = sha256.safeParse(db.get(layerOfSource, { source })?.layer).data;
  if (layer === undefined)
    throw new Fault('NOT_FOUND', 'This source has no text to compare, or is in the trash.', { id: source });
  return layer;
}

export async function compare(
  { db, pool, project }: ReadContext,
  { one, other }: CallArgs<'copies.compare'>,
): Promise<CallOutput<'copies.compare'>> {
  const input = { folder: project.folder, one: layerOf(db, one), other: layerOf(db, other) };
  const found = await pool.run('compareCopies', input);
  const { shared, ofOne, ofOther } = found.compared;
  const side = ({ pieces, isCut }: CopySide, of: number) => ({
    pieces: pieces.map((piece) => ({ ...piece })),
    isCut,
    share: of === 0 ? 0 : shared / of,
  });
  return { one: side(found.one, ofOne), other: side(found.other, ofOther) };
}
