import type { DossierExhibit } from '../../../shared/contract/dossier.ts';
import type { PassageId } from '../../../shared/model/index.ts';

/** The order of passages once an exhibit has moved by one place; null if it stays where it is. */
export function movedOrder(exhibits: readonly DossierExhibit[], number: number, step: 1 | -1): PassageId[] | null {
  const from = exhibits.findIndex((one) => one.number === number);
  const moved = exhibits[from];
  const other = exhibits[from + step];
  if (moved === undefined || other === undefined) return null;
  const next = exhibits.with(from, other).with(from + step, moved);
  return next.flatMap(({ passages }) => passages);
}
