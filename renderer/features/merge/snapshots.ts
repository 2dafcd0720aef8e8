import { create } from 'zustand';
import type { StateDifference } from '../../../shared/contract/snapshots.ts';
import type { SnapshotId } from '../../../shared/model/index.ts';

/** Two states to compare; `b` null is the project as it is now. */
export interface Pair {
  readonly a: SnapshotId;
  readonly b: SnapshotId | null;
}

/** What of the snapshots one is at: those ticked to be compared, in the order they were, and the comparison that is open. */
export const useSnapshots = create<{ readonly ticked: readonly SnapshotId[]; readonly pair: Pair | null }>()(() => ({
  ticked: [],
  pair: null,
}));

/** At most two are ticked: a third takes the place of the first. */
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

/** The differences under their kinds, in the order the kinds first come; of a folded kind only its head. */
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
