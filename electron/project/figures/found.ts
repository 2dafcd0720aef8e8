import type { FiguresOfText } from '../../../shared/contract/figure-readings.ts';
import { Fault } from '../../../shared/errors.ts';
import { type LayerId, layerEngine, layerId, sha256, type SourceId } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { FiguresToRead } from '../../workers/jobs.ts';
import { perProject, type ReadContext, type WriteContext } from '../context.ts';
import { keptReferences, ownConversions } from '../measures/rules.ts';
import { choicesOf, decidedBySource } from '../places/choices.ts';
import { contextOf } from '../places/context.ts';
import { addedOf, finderFor, ownOf } from '../places/own.ts';

const textOfSource = query<{ id: string }, { layer: string | null; sha256: string | null; engine: string | null }>(
  'figures.textOfSource',
  `SELECT s.layer, l.sha256, l.engine FROM p_source s LEFT JOIN p_layer l ON l.id = s.layer
   WHERE s.id = $id AND s.deleted IS NOT 1`,
);

/** A worker that has not answered for this long is ended, ms. It is long because one text can be large. */
const TIMEOUT = 5 * 60_000;

const NOTHING: FiguresOfText = { figures: [], relations: [], unpaired: [], leftOut: [], more: 0 };
type Context = ReadContext | WriteContext;

interface Found {
  /** The source’s current text layer; null if it has none. */
  readonly layer: LayerId | null;
  readonly found: FiguresOfText;
}

/** The figures that the rules find in a source’s current text. A worker reads it, since the longest texts take seconds. Throws NOT_FOUND, DAMAGED, TOO_LARGE. */
export async function findFigures(
  context: Context,
  source: SourceId,
  language: FiguresToRead['language'],
): Promise<FiguresOfText> {
  const asked = askFor(context, source, language);
  return asked === null ? NOTHING : context.pool.run('figures', asked.input, { timeoutMs: TIMEOUT });
}

/** Like `findFigures`, in all languages, with the results of the last texts kept: every decision asks for the lists again, and for relations those of twenty sources. */
export async function foundFigures(context: Context, source: SourceId): Promise<Found> {
  const asked = askFor(context, source, null);
  if (asked === null) return { layer: null, found: NOTHING };
  const kept = keptOf(context);
  const { decided, ...around } = asked.input.context;
  const of = JSON.stringify([asked.input, around, [...(decided ?? [])]]);
  const one = kept.get(of) ?? { found: context.pool.run('figures', asked.input, { timeoutMs: TIMEOUT }), figures: 0 };
  kept.delete(of);
  kept.set(of, one);
  try {
    const found = await one.found;
    one.figures = found.figures.length + found.relations.length;
    dropOldest(kept);
    return { layer: asked.layer, found };
  } catch (thrown) {
    kept.delete(of);
    throw thrown;
  }
}

interface Kept {
  readonly found: Promise<FiguresOfText>;
  /** How many figures and relations `found` has; 0 until they are read. */
  figures: number;
}
const keptOf = perProject(() => new Map<string, Kept>());

/** The last `ALWAYS` texts stay, however many figures they have; up to `MOST_TEXTS` stay while all have at most `MOST_FIGURES`, about 20 MB. */
const ALWAYS = 4;
const MOST_TEXTS = 64;
const MOST_FIGURES = 20_000;
function dropOldest(kept: Map<string, Kept>): void {
  let figures = [...kept.values()].reduce((sum, one) => sum + one.figures, 0);
  for (const [oldest, one] of kept) {
    if (kept.size <= ALWAYS || (kept.size <= MOST_TEXTS && figures <= MOST_FIGURES)) return;
    kept.delete(oldest);
    figures -= one.figures;
  }
}

function askFor(
  { db, project }: Context,
  source: SourceId,
  language: FiguresToRead['language'],
): { readonly layer: LayerId; readonly input: FiguresToRead } | null {
  const row = db.get(textOfSource, { id: source });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id: source });
  if (row.layer === null) return null;
  const hash = sha256.safeParse(row.sha256).data;
  const engine = layerEngine.safeParse(row.engine).data;
  if (hash === undefined || engine === undefined)
    throw new Fault('DAMAGED', 'Can’t read this source’s text. Verify the project.', { id: source });
  const added = addedOf(ownOf(db));
  const decided = decidedBySource(choicesOf(db)).get(source);
  const context = contextOf(db, finderFor(added), source, decided);
  const conversions = ownConversions(db);
  const references = keptReferences(db);
  const from = { folder: project.folder, layer: hash };
  const input = { from, engine, language, added, context, conversions, references };
  return { layer: layerId.parse(row.layer), input };
}
