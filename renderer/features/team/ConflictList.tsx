import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../app/strings/use-translation.ts';
import type { Conflict, Keep } from '../../../shared/contract/merge.ts';
import { usePeek } from '../../api/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { goToConflict, useConflictAt, writeAnother } from './conflict-state.ts';
import { ConflictCard } from './ConflictCard.tsx';
import { showInPage } from './showing.ts';

interface Props {
  readonly conflicts: readonly Conflict[];
  /** What was decided already and is done later; nothing where a decision is done at once. */
  readonly decided?: ReadonlyMap<string, Keep>;
  readonly onKeep: (conflict: Conflict, keep: Keep) => void;
}

/** So many are drawn at first, and as many again whenever one comes to the last. */
const STEP = 40;
const NONE: ReadonlyMap<string, Keep> = new Map();

/** Conflicts one below the other, each with both values in their place. J and K go through them, 1 to 4 decide. */
export function ConflictList({ conflicts, decided = NONE, onKeep }: Props) {
  const { t } = useTranslation();
  const wanted = useConflictAt((state) => state.current);
  const [drawn, setDrawn] = useState(STEP);
  const place = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    conflicts.findIndex(({ id }) => id === wanted),
  );
  const current = conflicts[at];
  const least = Math.max(drawn, at + 1);
  useConflictCommands(conflicts, at, onKeep, place);
  useFocusKept(place, conflicts, at);
  return (
    <div ref={place} className="team-conflicts">
      {conflicts.slice(0, least).map((conflict, index) => (
        <ConflictCard
          key={conflict.id}
          conflict={conflict}
          index={index}
          count={conflicts.length}
          isCurrent={conflict === current}
          decided={decided.get(conflict.id) ?? null}
          onKeep={(keep) => onKeep(conflict, keep)}
        />
      ))}
      {least >= conflicts.length ? null : (
        <div className="team-block">
          <Button size="small" onPress={() => setDrawn(least + STEP)}>
            {t('team.conflicts.more', { count: conflicts.length - least })}
          </Button>
        </div>
      )}
    </div>
  );
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

function useConflictCommands(
  conflicts: readonly Conflict[],
  at: number,
  onKeep: (conflict: Conflict, keep: Keep) => void,
  place: React.RefObject<HTMLElement | null>,
): void {
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
        requestAnimationFrame(() => {
          const card = cardAt(place.current, next);
          card?.focus({ preventScroll: true });
          card?.scrollIntoView({ block: 'nearest' });
        });
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
        { ...more, id: 'team.keepTheirs', title: t('team.commands.theirs'), keys: ['Digit2'], run: settle('theirs') },
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
    }, [t, peek, conflicts, at, place]),
  );
}
