import type { DossierExhibit } from '../../../shared/contract/dossier.ts';
import type { PassageId } from '../../../shared/model/index.ts';

/**
 * The order of passages once an exhibit has moved by one place; null if it stays where it is. Where exhibits are numbered by document, one
 * that would leave its document moves with all of it.
 */
export function movedOrder(
  exhibits: readonly DossierExhibit[],
  number: number,
  step: 1 | -1,
  isByDocument: boolean,
): PassageId[] | null {
  const from = exhibits.findIndex((one) => one.number === number);
  const moved = exhibits[from];
  const other = exhibits[from + step];
  if (moved === undefined || other === undefined) return null;
  if (isByDocument && moved.source !== other.source) {
    const ofMoved = exhibits.filter(({ source }) => source === moved.source);
    const rest = exhibits.filter(({ source }) => source !== moved.source);
    const edge =
      step === 1
        ? rest.findLastIndex(({ source }) => source === other.source) + 1
        : rest.findIndex(({ source }) => source === other.source);
    return rest.toSpliced(edge, 0, ...ofMoved).flatMap(({ passages }) => passages);
  }
  const next = exhibits.with(from, other).with(from + step, moved);
  return next.flatMap(({ passages }) => passages);
}
