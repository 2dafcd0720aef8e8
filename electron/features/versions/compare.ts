import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { Compared } from '../../../shared/anchoring/reanchor.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { PassageFate } from '../../../shared/contract/versions.ts';
import { Fault } from '../../../shared/errors.ts';
import { type Anchor, type LayerId, layerId, type PassageId, passageId } from '../../../shared/model/index.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { openLayer, type StoredLayer } from '../../project/sources/layers.ts';
import { liveSource } from './list.ts';
import { carriedTo, passagesBeside, passagesOn, anchorHistory } from './queries.ts';

/** The two text layers to compare. Both can belong to one source, if it has a newer text. */
export interface Sides {
  readonly older: StoredLayer;
  readonly newer: StoredLayer;
}

/** Throws NOT_FOUND if a source is gone or has no text, BAD_INPUT if both are the same text or a layer belongs to another source. */
export function sidesOf(
  context: ReadContext | WriteContext,
  input: Pick<CallArgs<'versions.compare'>, 'older' | 'newer'>,
): Sides {
  const side = ({ source, layer }: CallArgs<'versions.compare'>['older']): StoredLayer => {
    const current = layerId.safeParse(liveSource(context.db, source).layer);
    if (layer === undefined && !current.success)
      throw new Fault('NOT_FOUND', 'This source has no text, so it can’t be compared.', { id: source });
    const stored = openLayer(context, layer ?? layerId.parse(current.data));
    if (stored.source !== source)
      throw new Fault('BAD_INPUT', 'This text layer belongs to another source.', { layer: stored.id, source });
    return stored;
  };
  const sides = { older: side(input.older), newer: side(input.newer) };
  if (sides.older.id === sides.newer.id)
    throw new Fault('BAD_INPUT', 'These are the same text. Choose another version to compare.');
  return sides;
}

interface OlderPassage {
  readonly id: PassageId;
  /** The text layer of its anchor. */
  readonly layer: LayerId;
  /** Its place on the older text, or the place it had there before it moved. */
  readonly anchor: Anchor;
  readonly carried: PassageId | null;
}

/**
 * The passages on the older text, including those that a person has moved on to the newer one, so that the total stays the
 * same. If the newer text belongs to another source, also the older source's passages on its earlier texts and screenshot.
 */
function olderPassages(context: ReadContext, { older, newer }: Sides): OlderPassage[] {
  const at = { source: older.source, layer: older.id };
  const beside = older.source === newer.source ? [] : context.db.all(passagesBeside, at);
  const rows = [...context.db.all(passagesOn, at), ...beside];
  const origins = JSON.stringify(rows.map(({ id }) => id));
  const carried = new Map<string, PassageId>();
  if (older.source !== newer.source)
    for (const { origin, id } of context.db.all(carriedTo, { origins, source: newer.source }))
      if (!carried.has(origin)) carried.set(origin, passageId.parse(id));
  const here = rows.flatMap(({ id, layer, anchor: json }): OlderPassage[] => {
    const anchor = readAnchor(json);
    const on = layerId.safeParse(layer);
    if (anchor === null || !on.success) return [];
    return [{ id: passageId.parse(id), layer: on.data, anchor, carried: carried.get(id) ?? null }];
  });
  return [...here, ...movedOn(context, { older, newer })].sort(inReadingOrder);
}

/** Passages of the same source that were on the older text and are on the newer one now. */
function movedOn(context: ReadContext, { older, newer }: Sides): OlderPassage[] {
  if (older.source !== newer.source) return [];
  const last = new Map<PassageId, Anchor>();
  for (const { id, madeOn, anchor: json } of context.db.all(anchorHistory, { source: newer.source, layer: newer.id })) {
    const anchor = readAnchor(json);
    if (anchor !== null && (anchor.layer ?? madeOn) === older.id) last.set(passageId.parse(id), anchor);
  }
  return [...last].map(([id, anchor]) => ({ id, layer: older.id, anchor, carried: id }));
}

const startOf = (anchor: Anchor): number => (anchor.kind === 'text' ? anchor.start : -1);
const inReadingOrder = (a: OlderPassage, b: OlderPassage): number =>
  a.anchor.page - b.anchor.page || startOf(a.anchor) - startOf(b.anchor) || (a.id < b.id ? -1 : 1);

/** What became of each passage of the older text, and where the texts differ. Computed in a worker. */
export async function compareSides(context: ReadContext, sides: Sides): Promise<CallOutput<'versions.compare'>> {
  const newer = sides.newer.file.text();
  const passages = olderPassages(context, sides);
  const compareText = ({ id: layer, file }: StoredLayer): Promise<Compared> => {
    const wanted = passages.flatMap(({ id, layer: on, anchor }) =>
      anchor.kind === 'text' && on === layer ? [{ id, start: anchor.start, end: anchor.end }] : [],
    );
    return context.pool.run('compare', { older: file.text(), newer, passages: wanted });
  };
  const compared = await compareText(sides.older);
  const fates = new Map(compared.passages.map((one) => [one.id, one]));
  for (const layer of new Set(passages.filter(({ anchor }) => anchor.kind === 'text').map((one) => one.layer)))
    if (layer !== sides.older.id)
      for (const one of (await compareText(openLayer(context, layer))).passages) fates.set(one.id, one);
  return {
    older: { source: sides.older.source, layer: sides.older.id },
    newer: { source: sides.newer.source, layer: sides.newer.id },
    passages: passages.map(({ id, layer, anchor, carried }): PassageFate => {
      if (anchor.kind === 'area') return { passage: id, layer, fate: 'area', from: null, to: null, words: [], carried };
      const { fate, to, words } = fates.get(id) ?? { fate: 'vanished', to: null, words: [] };
      const exact = to === null ? '' : newer.slice(to.start, to.end);
      return {
        passage: id,
        layer,
        fate,
        from: { start: anchor.start, end: anchor.end, exact: anchor.exact },
        to: to === null ? null : { start: to.start, end: to.end, exact },
        words: [...words],
        carried,
      };
    }),
    differences: [...compared.differences],
  };
}
