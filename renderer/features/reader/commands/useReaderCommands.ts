import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import type { Passage, Source } from '../../../../shared/model/index.ts';
import { usePeek } from '../../../api/index.ts';
import { registerCommands } from '../../../common/commands/registry.ts';
import { usePassageActs, type PassageActs } from '../../../common/passages/passage-acts.ts';
import { useReading } from '../../../common/reader/reading-state.ts';
import { movedTo, useMovedEdges } from '../../../common/passages/moved-edges.ts';
import { byPlace } from '../../../common/passages/source-passages.ts';
import { setTagger, useWorkbench } from '../../../common/workbench/workbench.ts';
import type { Find } from '../find/useFind.ts';
import { isOnSheet } from '../shown.ts';
import { useIsActive } from '../sides.ts';
import type { OpenViews } from '../useOpenViews.ts';
import { edgeCommands } from './edges.ts';
import { findCommands } from './find.ts';
import { markingCommands } from './passages.ts';
import { movingCommands } from './next-passage.ts';
import { tagTarget } from './target.ts';
import { viewCommands } from './view.ts';

/** What the commands act on: the source in front of the active side, as it is shown now. */
export interface InFront {
  readonly source: Source;
  readonly views: OpenViews;
  readonly find: Find;
  readonly sidePane: { readonly isOpen: boolean; readonly set: (open: boolean) => void };
  readonly passages: readonly Passage[];
  readonly desk: RefObject<HTMLElement | null>;
}
/** Commands outlive many renders. */
export type Now = () => InFront;
export type Translate = ReturnType<typeof useTranslation>['t'];

/** Everything the reader can do with the source in front of the active side, by key and from a list of commands. */
export function useReaderCommands(inFront: InFront): void {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const isActive = useIsActive();
  const latest = useRef(inFront);
  useEffect(() => {
    latest.current = inFront;
  });
  const peek = usePeek();
  const now = useCallback(() => {
    const { passage } = useWorkbench.getState();
    return withMade(latest.current, passage === null ? undefined : peek('passages.get', { id: passage }));
  }, [peek]);
  const { kind, layer } = inFront.views.shown;
  const takesAreas = isOnSheet(kind) && layer !== null;
  useTagger(acts, isActive);
  useLayoutEffect(
    () =>
      isActive
        ? registerCommands([
            ...markingCommands(t, acts, now),
            ...edgeCommands(t, acts, now),
            ...movingCommands(t, now),
            ...findCommands(t, now),
            ...viewCommands(t, now, kind, takesAreas),
          ])
        : undefined,
    [t, acts, now, isActive, kind, takesAreas],
  );
}

/** The passage one has just made comes into the list a frame later than it is there: keys find it before. */
function withMade(inFront: InFront, current: Passage | undefined): InFront {
  const { source, passages } = inFront;
  if (current?.source !== source.id || passages.some(({ id }) => id === current.id)) return inFront;
  const there = movedTo(current, useMovedEdges.getState().moved.get(current.id));
  return { ...inFront, passages: [...passages, there].sort(byPlace) };
}

/** Lets the codebook and the number keys tag what is selected or current, while there is something to tag. */
function useTagger(acts: PassageActs, isActive: boolean): void {
  const hasSelection = useReading((state) => state.selected !== null);
  const hasHit = useReading((state) => Object.values(state.hits).some((hit) => hit !== null));
  const hasPassage = useWorkbench((state) => state.passage !== null);
  const can = isActive && (hasSelection || hasPassage || hasHit);
  useEffect(() => {
    if (!can) return undefined;
    setTagger((category) => {
      const target = tagTarget();
      if (target !== null) void acts.tag(target, [category]);
    });
    return () => setTagger(null);
  }, [can, acts]);
}
