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

/**
 * The exhibits in their order once one was dropped before or after another; null if it stays where it is. Where exhibits are numbered by
 * document, one that is dropped at another document’s moves with all of its own.
 */
export function droppedOrder(
  exhibits: readonly DossierExhibit[],
  number: number,
  to: { readonly number: number; readonly at: 'before' | 'after' },
  isByDocument: boolean,
): DossierExhibit[] | null {
  const one = exhibits.find((exhibit) => exhibit.number === number);
  const other = exhibits.find((exhibit) => exhibit.number === to.number);
  if (one === undefined || other === undefined || one === other) return null;
  const isWith = (exhibit: DossierExhibit): boolean =>
    exhibit === one || (isByDocument && one.source !== other.source && exhibit.source === one.source);
  const rest = exhibits.filter((exhibit) => !isWith(exhibit));
  const next = rest.toSpliced(rest.indexOf(other) + (to.at === 'after' ? 1 : 0), 0, ...exhibits.filter(isWith));
  return next.every((exhibit, at) => exhibit === exhibits[at]) ? null : next;
}
