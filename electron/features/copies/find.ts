import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type Sha256, sha256, type SourceId, sourceId } from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { decisionsOn } from '../../project/sources/copies.ts';
import { foundCopiesIn, textLayers } from '../../project/sources/found-copies.ts';
import type { CopySide } from '../../workers/jobs.ts';
import { listGroups } from './list.ts';

const layerOfSource = query<{ source: string }, { layer: string | null }>(
  'copies.layerOf',
  `SELECT l.sha256 AS layer FROM p_source s JOIN p_layer l ON l.id = s.layer WHERE s.id = $source AND s.deleted IS NOT 1`,
);

/** A run that stops making progress for so long, in milliseconds, is ended; the whole run may take twenty times as long. */
const TIMEOUT_MS = 180_000;
/** Progress is told five times a second. */
const REPORT_EVERY_MS = 200;
const MOST_LISTED = 500;

/** The run that is going on in a project. */
class Finding {
  readonly context: ReadContext;
  running: { readonly controller: AbortController; done: number; total: number } | null = null;

  constructor(context: ReadContext) {
    this.context = context;
  }
  async run(): Promise<void> {
    if (this.running !== null)
      throw new Fault('NOT_ALLOWED', 'Sourcebook is looking for copies already. Wait until that is done.');
    const running = (this.running = { controller: new AbortController(), done: 0, total: 0 });
    const { pool, db, project } = this.context;
    const kept = foundCopiesIn(this.context);
    let reported = 0;
    try {
      const layers = db.all(textLayers, {}).flatMap(({ layer }) => sha256.safeParse(layer).data ?? []);
      const found = await pool.run(
        'findCopies',
        { folder: project.folder, cache: kept.cache, layers },
        {
          signal: running.controller.signal,
          timeoutMs: TIMEOUT_MS,
          onProgress: ({ done, total }) => {
            [running.done, running.total] = [done ?? 0, total ?? 0];
            if (performance.now() - reported < REPORT_EVERY_MS) return;
            reported = performance.now();
            this.context.emit('copies.progress', { done: running.done, total: running.total });
          },
        },
      );
      kept.set(found);
    } catch (thrown) {
      if (!running.controller.signal.aborted) throw thrown;
      throw new Fault('CANCELLED', 'Stopped. What was found before is still listed.');
    } finally {
      this.running = null;
    }
  }
}

const findingIn = perProject((context: ReadContext) => new Finding(context));

/** What was found last, with the groups that decisions make. `at`: epoch ms. */
export async function list(context: ReadContext): Promise<CallOutput<'copies.list'>> {
  const kept = foundCopiesIn(context);
  const found = await kept.found();
  const offers = await kept.offers();
  const looked = new Set<string>(found?.layers);
  const unread = new Set<string>(found?.unread);
  const there = context.db.all(textLayers, {});
  const read = there.filter(({ layer }) => looked.has(layer)).length;
  const failed = there.filter(({ layer }) => unread.has(layer)).length;
  const { running } = findingIn(context);
  const groups = listGroups(context);
  const unlike = await kept.unlike(groups.map(({ sources }) => sources));
  return {
    groups,
    offers: offers.slice(0, MOST_LISTED).map(({ sources, pairs }) => ({
      sources: sources.map(({ source, ...rest }) => ({ source: sourceId.parse(source), ...rest })),
      closest: [sourceId.parse(pairs[0]?.one), sourceId.parse(pairs[0]?.other)],
    })),
    more: Math.max(0, offers.length - MOST_LISTED),
    looked: found === null ? null : { at: found.at, sources: read, since: there.length - read - failed },
    unread: failed,
    running: running === null ? null : { done: running.done, total: running.total },
    apart: decisionsOn(context.db).filter(({ verdict }) => verdict === 'different').length,
    unlike: unlike.map((source) => sourceId.parse(source)),
  };
}

/** Looks for copies among all texts. Throws NOT_ALLOWED while that goes on already, CANCELLED where it is stopped. */
export async function find(context: ReadContext): Promise<CallOutput<'copies.find'>> {
  await findingIn(context).run();
  return { offers: (await foundCopiesIn(context).offers()).length };
}

/** Ends the run that goes on, if one does. */
export const stop = (context: ReadContext): void => findingIn(context).running?.controller.abort();

function layerOf(db: Readable, source: SourceId): Sha256 {
  const layer = sha256.safeParse(db.get(layerOfSource, { source })?.layer).data;
  if (layer === undefined)
    throw new Fault('NOT_FOUND', 'This source has no text to compare, or is in the trash.', { id: source });
  return layer;
}

/** What two texts share, piece by piece; `share`: of 1. Throws NOT_FOUND where one has no text, or is in the trash. */
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
