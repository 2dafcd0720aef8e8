import type { DraftRead } from '../../workers/draft-job.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { glossaryOf } from '../../../shared/drafts/terms.ts';
import { query } from '../../db/types.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { hasOnlyGrown, type ReadAt, readAt } from '../../project/read-at.ts';
import { termsOfCategories } from '../../project/codebook/terms.ts';
import { ownConversions } from '../../project/measures/rules.ts';
import { addedOf, ownOf } from '../../project/places/own.ts';
import { textsToLookIn, wordsOfPassages } from './queries.ts';
import type { Version } from './versions.ts';

/** A worker that has not answered for this long is ended, ms. It is long because a project can have thousands of texts. */
const TIMEOUT = 30 * 60_000;
/** At most this many UTF-16 code units of passages are searched for figures. */
const MOST_WORDS = 8 * 2 ** 20;
/** At most this many readings of drafts are kept. */
const KEPT = 4;

interface Kept {
  at: ReadAt;
  readonly read: Promise<DraftRead>;
}
const keptOf = perProject((): Map<string, Kept> => new Map());

/** The kinds of record that a reading depends on, besides the draft, which is in its key. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  'source',
  'layer',
  'passage',
  'category',
  'place',
  'placename',
  'conversion',
]);
const kindsSince = query<{ c: number }, { kind: string }>(
  'drafts.kindsSince',
  'SELECT DISTINCT e.kind FROM change_ h CROSS JOIN entity_ e ON e.ent = h.ent WHERE h.c > $c',
);

/** Reads a version and checks it against the project. The result is kept until a record that it depends on changes. Throws DAMAGED, TOO_LARGE. */
export async function readVersion(context: ReadContext, version: Version): Promise<DraftRead> {
  const kept = keptOf(context);
  const key = JSON.stringify([version.text, version.published, version.style]);
  const now = readAt(context);
  const known = kept.get(key);
  if (known !== undefined && isUntouched(context, known.at, now, LOOKED_AT)) {
    known.at = now;
    return known.read;
  }
  const reading: Kept = { at: now, read: readAnew(context, version) };
  kept.delete(key);
  kept.set(key, reading);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  try {
    return await reading.read;
  } catch (thrown) {
    if (kept.get(key) === reading) kept.delete(key);
    throw thrown;
  }
}

/** Whether no record of these kinds was written between two states. */
export function isUntouched(
  context: ReadContext | WriteContext,
  before: ReadAt,
  now: ReadAt,
  kinds: ReadonlySet<string>,
): boolean {
  if (!hasOnlyGrown(context, before, now)) return false;
  return before.c === now.c || !context.db.all(kindsSince, { c: before.c }).some(({ kind }) => kinds.has(kind));
}

function readAnew({ db, pool, project }: ReadContext, version: Version): Promise<DraftRead> {
  const sources = db.all(textsToLookIn, {}).flatMap(({ id, sha256: hash }) => {
    const layer = sha256.safeParse(hash).data;
    return layer === undefined ? [] : [{ id, layer }];
  });
  let left = MOST_WORDS;
  const passages = db.all(wordsOfPassages, {}).filter(({ words }) => (left -= words.length) >= 0);
  const glossary = glossaryOf(termsOfCategories(db).filter(({ deleted, archived }) => !deleted && !archived));
  const { text: layer, published, style } = version;
  const added = addedOf(ownOf(db));
  const conversions = ownConversions(db);
  return pool.run(
    'draft',
    { folder: project.folder, layer, published, style, glossary, sources, passages, added, conversions },
    { timeoutMs: TIMEOUT },
  );
}
