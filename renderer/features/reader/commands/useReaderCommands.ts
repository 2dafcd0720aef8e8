import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Passage, SourceId } from '../../../../shared/model/index.ts';
import { usePeek } from '../../../api/index.ts';
import { registerCommands } from '../../../common/commands/registry.ts';
import { useFiguring } from '../../../common/figures/mode.ts';
import { useMasking } from '../../../common/masks/mode.ts';
import { usePassageActs, type PassageActs } from '../../../common/passages/passage-acts.ts';
import { movedTo, useMovedEdges, byPlace } from '../../../common/passages/source-passages.ts';
import { useReading } from '../../../common/reader/reading-state.ts';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { setTagger, useWorkbench } from '../../../common/workbench/workbench.ts';
import { isOnSheet } from '../shown.ts';
import { useIsActive } from '../panes.ts';
import { edgeCommands, passageCommands, nextPassageCommands, type WhenRead } from './passages.ts';
import { tagTarget, type InFront, type LastPassage } from './target.ts';
import { findCommands, viewCommands } from './view.ts';

/** Registers the reader's commands for the source in front of the active pane. `ready`: its passages are read. */
export function useReaderCommands(shown: Omit<InFront, 'last'>, ready: boolean): void {
  const inFront = { ...shown, last: useLastPassage(shown.passages) };
  const { t } = useTranslation();
  const acts = usePassageActs();
  const isActive = useIsActive();
  const latest = useRef(inFront);
  // In a layout effect, as the view draws: keys act on the passages that are drawn.
  useLayoutEffect(() => {
    latest.current = inFront;
  });
  const peek = usePeek();
  const now = useCallback(() => {
    const { passage } = useWorkbench.getState();
    return withCreated(latest.current, passage === null ? undefined : peek('passages.get', { id: passage }));
  }, [peek]);
  const categories = useCallback(() => peek('codebook.get', {})?.categories ?? [], [peek]);
  const { kind, layer } = inFront.views.shown;
  const takesAreas = isOnSheet(kind) && layer !== null;
  const whenRead = useWhenRead(inFront.source.id, ready);
  const isMasked = useMasking((state) => state.isOn);
  const isFiguring = useFiguring((state) => state.isOn);
  const isMasking = isMasked || isFiguring;
  useTagger(acts, isActive && !isMasking);
  useLayoutEffect(
    () =>
      isActive
        ? registerCommands([
            // While masks or figures are shown, keys act on them: passages are not to be seen.
            ...(isMasking
              ? []
              : [
                  ...passageCommands(t, acts, now),
                  ...edgeCommands(t, acts, now),
                  ...nextPassageCommands(t, now, categories, whenRead),
                ]),
            ...findCommands(t, now),
            ...viewCommands(t, now, kind, takesAreas),
          ])
        : undefined,
    [t, acts, now, categories, whenRead, isActive, isMasking, kind, takesAreas],
  );
}

function useLastPassage(passages: readonly Passage[]): InFront['last'] {
  const last = useRef<LastPassage | null>(null);
  const id = useWorkbench((state) => state.passage);
  const current = passages.find((one) => one.id === id);
  useLayoutEffect(() => {
    const before = last.current;
    if (current !== undefined) last.current = { passage: current, wasRemoved: false };
    else if (before !== null && !passages.some((one) => one.id === before.passage.id))
      last.current = { ...before, wasRemoved: true };
  }, [current, passages]);
  return last;
}

/** Runs a step at once if the source's passages are read, or as soon as they are: a key pressed right after opening is not lost. */
export function useWhenRead(source: SourceId, ready: boolean): WhenRead {
  const waiting = useRef<(() => void)[]>([]);
  const isReady = useRef(ready);
  useLayoutEffect(() => {
    isReady.current = ready;
    if (ready) for (const step of waiting.current.splice(0)) step();
  }, [ready]);
  // A key that waits for one source isn’t pressed in another. A layout effect, too: it ends before the passages of the next are ready.
  useLayoutEffect(
    () => () => {
      waiting.current = [];
    },
    [source],
  );
  return useCallback((step) => (isReady.current ? step() : void waiting.current.push(step)), []);
}

/** Adds a passage that was just created, which is in the list a frame later, so that keys apply to it at once. */
function withCreated(inFront: InFront, current: Passage | undefined): InFront {
  const { source, passages } = inFront;
  if (current?.source !== source.id || passages.some(({ id }) => id === current.id)) return inFront;
  const edited = movedTo(current, useMovedEdges.getState().moved.get(current.id));
  return { ...inFront, passages: [...passages, edited].sort(byPlace) };
}

/** Sets how the codebook and the number keys tag, while there is a selection, passage or match. */
function useTagger(acts: PassageActs, isActive: boolean): void {
  const hasSelection = useReading((state) => state.selected !== null);
  const hasMatch = useReading((state) => Object.values(state.matches).some((match) => match !== null));
  const hasPassage = useWorkbench((state) => state.passage !== null);
  const canTag = isActive && (hasSelection || hasPassage || hasMatch);
  useEffect(() => {
    if (!canTag) return undefined;
    setTagger((category) => {
      const target = tagTarget();
      if (target !== null) void acts.tag(target, [category]);
    });
    return () => setTagger(null);
  }, [canTag, acts]);
}
