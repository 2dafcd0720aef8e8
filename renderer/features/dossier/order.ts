import type { DossierExhibit } from '../../../shared/contract/dossier.ts';
import type { PassageId } from '../../../shared/model/index.ts';

/**
 * Returns the order of passages after an exhibit is moved by one place, or null if it cannot move. If exhibits are numbered by document,
 * an exhibit that would leave its document takes the document’s other exhibits with it.
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
 * Returns the order of exhibits after one is dropped before or after another, or null if the order stays the same. If exhibits are numbered
 * by document, an exhibit that is dropped at another document takes its own document’s other exhibits with it.
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
