import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import type { StateDifference } from '../../../shared/contract/snapshots.ts';
import type { SnapshotId } from '../../../shared/model/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showTeam } from '../../common/workbench/screens.ts';

/** Two states to compare. If `b` is null, the second is the current state. */
export interface Pair {
  readonly a: SnapshotId;
  readonly b: SnapshotId | null;
}

/** The snapshots selected for comparison, in the order of selection, and the comparison that is shown. */
export const useSnapshots = create<{ readonly ticked: readonly SnapshotId[]; readonly pair: Pair | null }>()(() => ({
  ticked: [],
  pair: null,
}));

/** At most two are selected: a third replaces the first. */
export function tick(id: SnapshotId): void {
  useSnapshots.setState(({ ticked }) => ({
    ticked: ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id].slice(-2),
  }));
}
export const compare = (pair: Pair | null): void => useSnapshots.setState({ pair });
export const resetSnapshots = (): void => useSnapshots.setState({ ticked: [], pair: null });

export type DifferenceRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly entity: string;
      readonly count: number;
      readonly isFolded: boolean;
    }
  | { readonly kind: 'difference'; readonly key: string; readonly difference: StateDifference };

/** The differences grouped by kind, in the order of their first appearance. A folded group has only its head. */
export function differenceRows(
  differences: readonly StateDifference[],
  folded: ReadonlySet<string>,
): readonly DifferenceRow[] {
  const groups = Map.groupBy(differences, ({ entity }) => entity);
  return [...groups].flatMap(([entity, own]): readonly DifferenceRow[] => {
    const isFolded = folded.has(entity);
    const head: DifferenceRow = { kind: 'group', key: entity, entity, count: own.length, isFolded };
    if (isFolded) return [head];
    return [
      head,
      ...own.map((difference): DifferenceRow => ({
        kind: 'difference',
        key: `${entity} ${difference.id}`,
        difference,
      })),
    ];
  });
}

/** The command that shows the snapshots. Closing the project resets the selection, which belongs to it. */
export function useSnapshotCommands(): void {
  const { t } = useTranslation();
  useEffect(() => resetSnapshots, []);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'team.snapshots',
          title: t('snapshots.command'),
          group: 'team',
          icon: 'backup',
          also: [t('snapshots.also')],
          run: () => showTeam('snapshots'),
        },
      ],
      [t],
    ),
  );
}
