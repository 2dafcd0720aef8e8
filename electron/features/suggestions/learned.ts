import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { LearnedSummary } from '../../../shared/contract/suggestions.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, layerId, passageId, sha256, type Sha256, sourceId } from '../../../shared/model/index.ts';
import type { LearnedFound } from '../../../shared/suggest/learned-finder.ts';
import type { TagsToLearn, TermsToCount } from '../../workers/jobs.ts';
import type { JobProgress } from '../../workers/pool.ts';
import { termsOfCategories } from '../../project/codebook/terms.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { isBlind } from '../../project/blind-copy.ts';
import { adopt, lastLearned, modelPath } from './learn-job.ts';
import { layersOfSources, taggedPlaces } from './queries.ts';

/** The folder for results that can be computed again; for a read-only project, a temporary folder that is removed at closing. */
const cacheOf = perProject((context: ReadContext) => {
  const { folder, readOnly } = context.project;
  if (!readOnly) return join(folder, 'cache');
  const temporary = mkdtempSync(join(tmpdir(), 'sourcebook-suggestions-'));
  context.atClose(() => rmSync(temporary, { recursive: true, force: true }));
  return temporary;
});

/** A worker that has not answered for this long is ended, ms. It is long because one text can be large. */
const TIMEOUT = 5 * 60_000;
const HOURS = 8 * 3_600_000;
const REPORT_EVERY = 100;
/** Results of at most this many texts are kept, since every decision asks for the list again. */
const KEPT = 8;

interface State {
  /** The running jobs, at most one of each kind, with the controller that ends it. */
  readonly running: Map<'learn' | 'count', { readonly stop: AbortController; readonly done: Promise<unknown> }>;
  readonly found: Map<string, Promise<readonly LearnedFound[]>>;
}
const stateOf = perProject((context: ReadContext): State => {
  const state: State = { running: new Map(), found: new Map() };
  context.atClose(() => stopAll(state));
  return state;
});
function stopAll({ running }: State): void {
  for (const { stop } of running.values()) stop.abort();
}

/** Ends learning and counting. */
export function stop(context: ReadContext): CallOutput<'suggestions.stop'> {
  stopAll(stateOf(context));
  return {};
}

/** Runs a long job and reports its progress. A second request waits for the first. Throws CANCELLED if the job is stopped. */
async function run<T>(
  context: ReadContext,
  what: 'learn' | 'count',
  job: (options: {
    signal: AbortSignal;
    timeoutMs: number;
    totalMs: number;
    onProgress: (at: JobProgress) => void;
  }) => Promise<T>,
): Promise<T> {
  const { running } = stateOf(context);
  const before = running.get(what);
  if (before !== undefined) await before.done.catch(() => undefined);
  const stopping = new AbortController();
  let told = 0;
  const done = job({
    signal: stopping.signal,
    timeoutMs: TIMEOUT,
    totalMs: HOURS,
    onProgress: ({ done, total }) => {
      if (performance.now() - told < REPORT_EVERY) return;
      told = performance.now();
      context.emit('suggestions.progress', { what, done: done ?? 0, total: total ?? 0 });
    },
  });
  running.set(what, { stop: stopping, done });
  try {
    return await done;
  } catch (thrown) {
    if (stopping.signal.aborted)
      throw new Fault('CANCELLED', what === 'learn' ? 'Stopped. Nothing was learned.' : 'Stopped counting.');
    throw thrown;
  } finally {
    running.delete(what);
    context.emit('suggestions.progress', { what, done: 0, total: 0 });
  }
}

/** See `suggestions.learn`. */
export async function learn(context: ReadContext): Promise<CallOutput<'suggestions.learn'>> {
  if (isBlind(context))
    throw new Fault('NOT_ALLOWED', 'Nothing is learned in a copy for blind coding. Tag the words yourself.', {});
  const input = {
    folder: context.files.folder,
    to: cacheOf(context),
    now: context.now(),
    sources: tagsToLearn(context),
  };
  const summary = await run(context, 'learn', (options) => context.pool.run('learn', input, options));
  adopt(input.to, summary);
  stateOf(context).found.clear();
  return { ...summary, categories: [...summary.categories] };
}

function tagsToLearn({ db }: ReadContext): TagsToLearn['sources'] {
  const bySource = new Map<string, { layer: Sha256; tags: TagsToLearn['sources'][number]['tags'][number][] }>();
  for (const row of db.all(taggedPlaces, {})) {
    const [category, passage, layer] = [
      categoryId.safeParse(row.category).data,
      passageId.safeParse(row.passage).data,
      sha256.safeParse(row.sha256).data,
    ];
    if (category === undefined || passage === undefined || layer === undefined) continue;
    const there = bySource.get(row.source) ?? { layer, tags: [] };
    bySource.set(row.source, there);
    there.tags.push({ start: row.start, end: row.end, category, passage });
  }
  return [...bySource].flatMap(([id, rest]) => {
    const source = sourceId.safeParse(id).data;
    return source === undefined ? [] : [{ source, ...rest }];
  });
}

/** The summary of the current model; null if there is none that this version can read, or the copy is for blind coding. */
export function learnedLast(context: ReadContext): LearnedSummary | null {
  return isBlind(context) ? null : lastLearned(cacheOf(context));
}

/** The current model's suggestions for a text; null if there is no model, empty if its file can’t be read. Runs in a worker, since a long text takes a second. */
export async function learnedIn(
  context: ReadContext,
  layer: Sha256,
): Promise<{ readonly digest: Sha256; readonly found: readonly LearnedFound[] } | null> {
  const last = learnedLast(context);
  if (last === null) return null;
  const { found } = stateOf(context);
  const key = `${last.digest} ${layer}`;
  const model = modelPath(cacheOf(context), last.digest);
  const there =
    found.get(key) ?? context.pool.run('learnedFind', { folder: context.files.folder, layer, model }).catch(() => []);
  found.delete(key);
  found.set(key, there);
  for (const oldest of found.keys()) {
    if (found.size <= KEPT) break;
    found.delete(oldest);
  }
  return { digest: last.digest, found: await there };
}

/** See `suggestions.count`. */
export async function count(context: ReadContext): Promise<CallOutput<'suggestions.count'>> {
  const layers = context.db.all(layersOfSources, {}).flatMap(({ layer, hash }) => {
    const read = layerId.safeParse(layer).success ? sha256.safeParse(hash).data : undefined;
    return read === undefined ? [] : [read];
  });
  const terms: TermsToCount['terms'] = termsOfCategories(context.db);
  const input = { folder: context.files.folder, kept: join(cacheOf(context), 'term-counts.jsonl'), terms, layers };
  const counted = await run(context, 'count', (options) => context.pool.run('countTerms', input, options));
  return { terms: [...counted.terms], sources: layers.length, failed: counted.failed };
}
