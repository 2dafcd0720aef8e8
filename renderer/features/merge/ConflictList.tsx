import { useCallback, useEffect, useMemo, useRef } from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { usePeek } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { tokenPixels } from '../../ui/token.ts';
import { goToConflict, useConflictAt, writeAnother } from './conflict-state.ts';
import { ConflictCard } from './ConflictCard.tsx';
import { showInPage } from './show-conflict.ts';

interface Props {
  /** The first of them, as far as they are known. */
  readonly conflicts: readonly Conflict[];
  /** All there are. */
  readonly count: number;
  /** Asks for more than is known so far. */
  readonly more?: () => void;
  /** What was decided already and is done later; nothing where a decision is done at once. */
  readonly decided?: ReadonlyMap<string, Keep>;
  readonly onKeep: (conflict: Conflict, keep: Keep) => void;
}

/** More are asked for when one comes so near to the last that is known. */
const EARLY = 20;
const OVERSCAN = 4;
const NONE: ReadonlyMap<string, Keep> = new Map();
const NOTHING = (): void => undefined;

/**
 * Conflicts one below the other, each with both values in their place: of any number only those in view are drawn. J and K go
 * through them, 1 to 4 decide.
 */
export function ConflictList({ conflicts, count, more = NOTHING, decided = NONE, onKeep }: Props) {
  const wanted = useConflictAt((state) => state.current);
  const place = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    conflicts.findIndex(({ id }) => id === wanted),
  );
  const current = conflicts[at];
  const virtual = useVirtualizer({
    count: conflicts.length,
    getScrollElement: () => place.current?.closest<HTMLElement>('.scroll') ?? null,
    estimateSize: () => tokenPixels('--conflict-least'),
    getItemKey: (index) => conflicts[index]?.id ?? index,
    overscan: OVERSCAN,
    // Where the keyboard is stays drawn, however far one scrolls: it would lose its place.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(at < conflicts.length ? [at] : [])])].sort((a, b) => a - b),
  });
  const items = virtual.getVirtualItems();
  const last = Math.max(at, items.findLast(({ index }) => index !== at)?.index ?? 0);
  useEffect(() => {
    if (last + EARLY >= conflicts.length) more();
    // `more` is a new function each time and asks only once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [last, conflicts.length]);
  const show = useCallback(
    (index: number): void => {
      virtual.scrollToIndex(index, { align: 'auto' });
      focusWhenDrawn(place, index);
    },
    [virtual],
  );
  useConflictCommands({ conflicts, at, onKeep, show });
  useFocusKept(place, conflicts, at);
  return (
    <div ref={place} className="team-conflicts virtual-rows" style={{ blockSize: virtual.getTotalSize() }}>
      {items.map(({ index, start, key }) => {
        const conflict = conflicts[index];
        return conflict === undefined ? null : (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className="virtual-place"
            style={{ transform: `translateY(${String(start)}px)` }}
          >
            <ConflictCard
              conflict={conflict}
              index={index}
              count={count}
              isCurrent={conflict === current}
              decided={decided.get(conflict.id) ?? null}
              onKeep={(keep) => onKeep(conflict, keep)}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Frames to wait for a card that one jumps to: the list is measured and drawn once or twice before it is there. */
const FRAMES = 10;
function focusWhenDrawn(place: React.RefObject<HTMLElement | null>, index: number, frames = FRAMES): void {
  requestAnimationFrame(() => {
    const card = cardAt(place.current, index);
    if (card === null) {
      if (frames > 0) focusWhenDrawn(place, index, frames - 1);
      return;
    }
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest' });
  });
}

const cardAt = (place: HTMLElement | null, index: number): HTMLElement | null =>
  place?.querySelector<HTMLElement>(`[data-conflict="${String(index)}"]`) ?? null;

/** A conflict that was closed takes the keyboard with it: it goes on with the one that comes to stand there. */
function useFocusKept(place: React.RefObject<HTMLElement | null>, conflicts: readonly Conflict[], at: number): void {
  const before = useRef(conflicts);
  const had = useRef(false);
  useEffect(() => {
    const note = (): void => {
      const { activeElement } = document;
      had.current = place.current?.contains(activeElement) === true;
      // Whichever has the keyboard is the one that keys mean.
      const id = activeElement?.closest('[data-conflict]')?.getAttribute('data-key') ?? null;
      if (had.current && id !== null && useConflictAt.getState().current !== id) goToConflict(id);
    };
    document.addEventListener('focusin', note);
    note();
    return () => document.removeEventListener('focusin', note);
  }, [place]);
  useEffect(() => {
    const isFewer = before.current.length > conflicts.length;
    before.current = conflicts;
    if (isFewer && had.current && document.activeElement === document.body) cardAt(place.current, at)?.focus();
  }, [place, conflicts, at]);
}

interface Acts {
  readonly conflicts: readonly Conflict[];
  readonly at: number;
  readonly onKeep: (conflict: Conflict, keep: Keep) => void;
  readonly show: (index: number) => void;
}

function useConflictCommands({ conflicts, at, onKeep, show }: Acts): void {
  const { t } = useTranslation();
  const peek = usePeek();
  const keep = useRef(onKeep);
  useEffect(() => {
    keep.current = onKeep;
  });
  useCommands(
    useMemo<Command[]>(() => {
      const current = conflicts[at];
      const has = (can: (conflict: Conflict) => boolean) => () => current !== undefined && can(current);
      const go = (by: number) => (): void => {
        const next = Math.max(0, Math.min(conflicts.length - 1, at + by));
        goToConflict(conflicts[next]?.id ?? null);
        show(next);
      };
      const settle = (how: Keep) => (): void => {
        if (current === undefined) return;
        goToConflict(current.id);
        keep.current(current, how);
      };
      const more = { group: 'team' } as const;
      return [
        { ...more, id: 'team.next', title: t('team.commands.next'), keys: ['KeyJ'], repeats: true, run: go(1) },
        {
          ...more,
          id: 'team.previous',
          title: t('team.commands.previous'),
          keys: ['KeyK'],
          repeats: true,
          run: go(-1),
        },
        { ...more, id: 'team.keepMine', title: t('team.commands.mine'), keys: ['Digit1'], run: settle('mine') },
        {
          ...more,
          id: 'team.keepIncoming',
          title: t('team.commands.incoming'),
          keys: ['Digit2'],
          run: settle('incoming'),
        },
        {
          ...more,
          id: 'team.keepBoth',
          title: t('team.commands.both'),
          keys: ['Digit3'],
          when: has(({ canKeepBoth }) => canKeepBoth),
          run: settle('both'),
        },
        {
          ...more,
          id: 'team.write',
          title: t('team.commands.write'),
          keys: ['Digit4'],
          when: has(({ canWrite }) => canWrite),
          run: () => writeAnother(current?.id ?? null),
        },
        {
          ...more,
          id: 'team.show',
          title: t('team.commands.show'),
          keys: ['KeyO'],
          run: () => (current === undefined ? undefined : showInPage(current, peek)),
        },
      ];
    }, [t, peek, conflicts, at, show]),
  );
}
