import type { figures as contract } from '../../../shared/contract/figure-readings.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { layerEngine, sha256 } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { Handlers, ReadContext } from '../../project/context.ts';
import { choicesOf, decidedBySource } from '../../project/places/choices.ts';
import { contextOf } from '../../project/places/context.ts';
import { addedOf, finderFor, ownOf } from '../../project/places/own.ts';

const textOfSource = query<{ id: string }, { layer: string | null; sha256: string | null; engine: string | null }>(
  'figures.textOfSource',
  `SELECT s.layer, l.sha256, l.engine FROM p_source s LEFT JOIN p_layer l ON l.id = s.layer
   WHERE s.id = $id AND s.deleted IS NOT 1`,
);

/** Without an answer of the worker for so long it is ended, ms: one text can be large. */
const TIMEOUT = 5 * 60_000;

/** Read in a worker: the longest texts take seconds. */
async function find(
  { db, pool, project }: ReadContext,
  { source, language }: CallArgs<'figures.find'>,
): Promise<CallOutput<'figures.find'>> {
  const row = db.get(textOfSource, { id: source });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id: source });
  if (row.layer === null) return { figures: [], relations: [], unpaired: [], leftOut: [], more: 0 };
  const layer = sha256.safeParse(row.sha256).data;
  const engine = layerEngine.safeParse(row.engine).data;
  if (layer === undefined || engine === undefined)
    throw new Fault('DAMAGED', 'Can’t read this source’s text. Verify the project.', { id: source });
  const added = addedOf(ownOf(db));
  const decided = decidedBySource(choicesOf(db)).get(source);
  const context = contextOf(db, finderFor(added), source, decided);
  return pool.run(
    'figures',
    { from: { folder: project.folder, layer }, engine, language, added, context },
    { timeoutMs: TIMEOUT },
  );
}

/** See shared/contract/figure-readings.ts. */
export const figuresHandlers: Handlers<typeof contract> = { 'figures.find': find };
