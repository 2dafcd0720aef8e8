import { create } from 'zustand';
import type { Passage, PassageId } from '../../../shared/model/index.ts';
import type { Reshaped } from '../../viewer/types.ts';

/** Passages whose edges were moved and are not in the project yet: they are drawn where they will be. */
export const useMovedEdges = create<{ moved: ReadonlyMap<PassageId, Reshaped> }>()(() => ({ moved: new Map() }));

export const drawMoved = (id: PassageId, to: Reshaped): void =>
  useMovedEdges.setState(({ moved }) => ({ moved: new Map(moved).set(id, to) }));

/** It is in the project, or could not be: what the project says is drawn. A newer move of the same passage stays. */
export const dropMoved = (id: PassageId, to: Reshaped): void =>
  useMovedEdges.setState(({ moved }) => {
    if (moved.get(id) !== to) return {};
    const next = new Map(moved);
    next.delete(id);
    return { moved: next };
  });

/** A passage where it will be. */
export function movedTo(passage: Passage, to: Reshaped | undefined): Passage {
  const { anchor } = passage;
  if (to?.kind === 'text' && anchor.kind === 'text')
    return { ...passage, anchor: { ...anchor, start: to.start, end: to.end } };
  if (to?.kind === 'area' && anchor.kind === 'area')
    return { ...passage, anchor: { ...anchor, page: to.page, area: to.area } };
  return passage;
}
