import type { CaretMove } from '../selection/caret-keys.ts';
import { caretStep, wordStep } from '../selection/words.ts';
import type { TextRange } from '../types.ts';
import { isRtlAt, lineAround, lineStep, type PlacedText } from './geometry.ts';
import { localOffset, type PageMap } from './page-map.ts';

/**
 * Where the caret goes from `offset` (of the whole text). Null where the page it stands on is not loaded yet: the key is
 * pressed again sooner than a person notices.
 */
export function movedCaret(
  map: PageMap,
  textOf: (page: number) => PlacedText | null,
  offset: number,
  move: CaretMove,
): number | null {
  const page = map.at(offset);
  if (page === null) return null;
  if (move.by === 'text') return move.to === 'on' ? map.length : 0;
  const text = textOf(page.page);
  if (text === null) return null;
  const local = localOffset(page, offset);
  const line = (): TextRange => lineAround(text, local);
  switch (move.by) {
    case 'character':
    case 'word': {
      const forward = (move.to === 'right') !== isRtlAt(text, local);
      if (forward && local >= text.text.length) return map.get(page.page + 1)?.start ?? offset;
      if (!forward && local <= 0) return map.get(page.page - 1)?.end ?? offset;
      return page.start + (move.by === 'word' ? wordStep : caretStep)(text.text, local, forward);
    }
    case 'lineEnd':
      return page.start + (move.to === 'on' ? line().end : line().start);
    case 'line': {
      const next = lineStep(text, local, move.to === 'on');
      if (next !== null) return page.start + next;
      return besidePage(map, page.page, move.to);
    }
    case 'page':
      return besidePage(map, page.page, move.to);
  }
}

function besidePage(map: PageMap, page: number, to: 'back' | 'on'): number {
  const beside = map.get(to === 'on' ? page + 1 : page - 1);
  if (beside !== null) return to === 'on' ? beside.start : beside.end;
  return to === 'on' ? map.length : 0;
}
