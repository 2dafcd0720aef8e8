import { useCallback, useEffect, useMemo, useRef } from 'react';
import { defaultRangeExtractor } from '@tanstack/react-virtual';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { usePeek } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { tokenPixels } from '../../ui/token.ts';
import { useVirtualRows } from '../../ui/virtual-rows.ts';
import { goToConflict, useConflictAt, writeAnother, placeOf, showInPage } from './conflicts.ts';
import { ConflictCard } from './ConflictCard.tsx';
import { keysOf } from '../../common/commands/command-keys.ts';

interface Props {
  /** The conflicts loaded so far. */
  readonly conflicts: readonly Conflict[];
  /** How many there are in all. */
  readonly count: number;
  /** Loads more. */
  readonly more?: () => void;
  /** In a preview: the choices, which are carried out with the merge. Absent if a choice is carried out at once. */
  readonly chosen?: ReadonlyMap<string, Keep>;
  readonly onKeep: (conflict: Conflict, keep: Keep) => void;
}

const OVERSCAN = 4;
const NONE: ReadonlyMap<string, Keep> = new Map();
const NOTHING = (): void => undefined;

/**
 * A list of conflicts, of which only those in view are rendered. J and K move through it; 1 to 4 resolve the current one.
 */
export function ConflictList({ conflicts, count, more = NOTHING, chosen = NONE, onKeep }: Props) {
  const wanted = useConflictAt((state) => state.current);
  const place = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    conflicts.findIndex(({ id }) => id === wanted),
  );
  const current = conflicts[at];
  const { virtual, items, style, placeOf } = useVirtualRows({
    scroller: () => place.current?.closest<HTMLElement>('.scroll') ?? null,
    count: conflicts.length,
    current: at,
    // Scrolling is left to `show`, which also moves the focus.
    scrollTo: -1,
    keyOf: (index) => conflicts[index]?.id ?? index,
    height: () => tokenPixels('--conflict-least'),
    overscan: OVERSCAN,
    // The current conflict stays rendered when it is scrolled out of view, or it would lose the focus.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(at < conflicts.length ? [at] : [])])].sort((a, b) => a - b),
    onEnd: more,
  });
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
    <div ref={place} className="merge-conflicts virtual-rows" style={style}>
      {items.map((item) => {
        const { index, key } = item;
        const conflict = conflicts[index];
        return conflict === undefined ? null : (
          <div key={key} className="virtual-place" {...placeOf(item)}>
            <ConflictCard
              conflict={conflict}
              index={index}
              count={count}
              isCurrent={conflict === current}
              chosen={chosen.get(conflict.id) ?? null}
              onKeep={(keep) => onKeep(conflict, keep)}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Frames to wait for a card that is scrolled to: the list is measured and rendered once or twice before it appears. */
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

/** When the focused conflict is resolved and leaves the list, the focus moves to the one that takes its place. */
function useFocusKept(place: React.RefObject<HTMLElement | null>, conflicts: readonly Conflict[], at: number): void {
  const before = useRef(conflicts);
  const had = useRef(false);
  useEffect(() => {
    const note = (): void => {
      const { activeElement } = document;
      had.current = place.current?.contains(activeElement) === true;
      // The focused conflict becomes the current one, to which the keys apply.
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

const [more, resolves] = [{ group: 'team' }, { group: 'team', writes: true }] as const;

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
      const resolve = (how: Keep) => (): void => {
        if (current === undefined) return;
        goToConflict(current.id);
        keep.current(current, how);
      };
      return [
        {
          ...more,
          id: 'team.next',
          title: t('merge.commands.next'),
          keys: keysOf('team.next'),
          repeats: true,
          run: go(1),
        },
        {
          ...more,
          id: 'team.previous',
          title: t('merge.commands.previous'),
          keys: keysOf('team.previous'),
          repeats: true,
          run: go(-1),
        },
        {
          ...resolves,
          id: 'team.keepMine',
          title: t('merge.commands.mine'),
          keys: keysOf('team.keepMine'),
          run: resolve('mine'),
        },
        {
          ...resolves,
          id: 'team.keepIncoming',
          title: t('merge.commands.incoming'),
          keys: keysOf('team.keepIncoming'),
          run: resolve('incoming'),
        },
        {
          ...resolves,
          id: 'team.keepBoth',
          title: t('merge.commands.both'),
          keys: keysOf('team.keepBoth'),
          when: has(({ canKeepBoth }) => canKeepBoth),
          run: resolve('both'),
        },
        {
          ...resolves,
          id: 'team.write',
          title: t('merge.commands.write'),
          keys: keysOf('team.write'),
          when: has(({ canWrite }) => canWrite),
          run: () => writeAnother(current?.id ?? null),
        },
        {
          ...more,
          id: 'team.show',
          title: t('merge.commands.show'),
          keys: keysOf('team.show'),
          when: has((conflict) => placeOf(conflict) !== null),
          run: () => (current === undefined ? undefined : showInPage(current, peek)),
        },
      ];
    }, [t, peek, conflicts, at, show]),
  );
}
