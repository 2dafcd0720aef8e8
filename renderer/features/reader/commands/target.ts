import type { RefObject } from 'react';
import type { Passage, PassageId, Source } from '../../../../shared/model/index.ts';
import { runCommand } from '../../../common/commands/registry.ts';
import { useFiguring } from '../../../common/figures/mode.ts';
import { useMasking } from '../../../common/masks/mode.ts';
import type { PassageActs } from '../../../common/passages/passage-acts.ts';
import { byPlace } from '../../../common/passages/source-passages.ts';
import { matchInFront, useReading, type MarkedSpan, type TagTarget } from '../../../common/reader/reading-state.ts';
import { areHitsMarked, clearMarks } from '../../../common/reader/search-marks.ts';
import type { useTranslation } from '../../../common/strings/use-translation.ts';
import { clearOpenedRange, setPassage, useWorkbench } from '../../../common/workbench/workbench.ts';
import type { ViewKey } from '../../../viewer/types.ts';
import type { Find } from '../find/useFind.ts';
import type { OpenViews } from '../useOpenViews.ts';

/** What the commands act on: the source in front of the active pane. */
export interface InFront {
  readonly source: Source;
  readonly views: OpenViews;
  readonly find: Find;
  readonly sidePane: { readonly isOpen: boolean; readonly set: (open: boolean) => void };
  readonly passages: readonly Passage[];
  readonly viewer: RefObject<HTMLElement | null>;
  readonly last: RefObject<LastPassage | null>;
}
/** The passage that was current last. */
export interface LastPassage {
  readonly passage: Passage;
  /** It was moved to the trash since; it may have come back. */
  readonly wasRemoved: boolean;
}
/** Returns what is in front now: commands stay registered from render to render. */
export type Now = () => InFront;
export type Translate = ReturnType<typeof useTranslation>['t'];

/** What commands tag: the selection, else the current passage, else the current match. Null if there is none. */
export function tagTarget(): TagTarget | null {
  const { selected } = useReading.getState();
  if (selected !== null) return { kind: 'marked', span: selected };
  const { passage } = useWorkbench.getState();
  if (passage !== null) return { kind: 'passage', passage };
  const match = matchInFront();
  return match === null ? null : { kind: 'marked', span: match };
}

/** The range or area that a new passage would have; null if the target is a passage, or there is none. */
export function markedNow(): MarkedSpan | null {
  const target = tagTarget();
  return target?.kind === 'marked' ? target.span : null;
}

/**
 * Handles keys that apply only while the source has the focus: Enter creates a passage of the selection, Escape
 * deselects a passage or drops the opened range. Returns whether it did.
 */
export function sourceKey({ key }: ViewKey, acts: PassageActs): boolean {
  const { selected } = useReading.getState();
  const { passage, openedRange, source } = useWorkbench.getState();
  if (key === 'Enter' && selected !== null) {
    if (useMasking.getState().isOn) return runCommand('maskWords');
    if (useFiguring.getState().isOn) return runCommand('makeFigure');
    void acts.create(selected);
    return true;
  }
  const isMarked = areHitsMarked(source);
  if (key !== 'Escape' || selected !== null || (passage === null && openedRange === null && !isMarked)) return false;
  if (openedRange !== null || (passage === null && isMarked)) {
    clearOpenedRange();
    clearMarks();
  } else setPassage(null);
  return true;
}

/** Where one goes on from without a current passage. */
interface GoingOn {
  /** The page in view. */
  readonly page: number;
  /** Where the selected words begin, in UTF-16 code units of the text layer. */
  readonly selected: number | null;
  /** The passage that was the last one, if it is in view. */
  readonly last: LastPassage | null;
}

/**
 * The passage after (or before) the current one. Without one, that after the selected words; else the next to the last one, or that
 * one itself if it has come back from the trash; else the first at or after the visible page.
 */
export function passageBeside(
  passages: readonly Passage[],
  current: PassageId | null,
  { page, selected, last }: GoingOn,
  forward: boolean,
): Passage | null {
  const at = passages.findIndex(({ id }) => id === current);
  if (at >= 0) return passages[forward ? at + 1 : at - 1] ?? null;
  if (selected !== null) {
    const isBefore = ({ anchor }: Passage): boolean =>
      anchor.kind === 'text' ? anchor.start < selected : anchor.page < page;
    return (forward ? passages.find((one) => !isBefore(one)) : passages.findLast(isBefore)) ?? null;
  }
  if (last !== null) {
    const there = passages.find(({ id }) => id === last.passage.id);
    if (there !== undefined && last.wasRemoved) return there;
    const others = passages.filter((one) => one !== there);
    const found = forward
      ? others.find((one) => byPlace(one, last.passage) > 0)
      : others.findLast((one) => byPlace(one, last.passage) < 0);
    return found ?? null;
  }
  const next = passages.findIndex(({ anchor }) => anchor.page >= page);
  if (forward) return passages[next] ?? null;
  return passages[next < 0 ? passages.length - 1 : next - 1] ?? null;
}
