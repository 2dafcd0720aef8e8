import type { CallOutput } from '../../../shared/contract/index.ts';
import { FATES, type Difference, type Fate, type PassageFate } from '../../../shared/contract/versions.ts';
import type { LayerId, PassageId } from '../../../shared/model/index.ts';
import type { TextRange } from '../../viewer/types.ts';

export type Comparison = CallOutput<'versions.compare'>;

/** What the list of differences is made of, from above to below. */
export type Row = GroupRow | PassageRow | DifferenceRow;
export interface GroupRow {
  readonly kind: 'group';
  readonly id: string;
  readonly group: Fate | 'difference';
  readonly count: number;
}
export interface PassageRow {
  readonly kind: 'passage';
  readonly id: string;
  readonly fate: PassageFate;
  readonly passage: PassageId;
  readonly older: TextRange | null;
  readonly newer: TextRange | null;
}
export interface DifferenceRow {
  readonly kind: 'difference';
  readonly id: string;
  readonly passage: null;
  readonly older: TextRange;
  readonly newer: TextRange;
}
export type PlaceRow = PassageRow | DifferenceRow;

/** What is news comes first; what stands, last. */
const ORDER: readonly (Fate | 'difference')[] = ['vanished', 'changed', 'moved', 'area', 'difference', 'found'];

/** The rows of a comparison, without those of groups that are folded. */
export function rowsOf({ older, passages, differences }: Comparison, folded: ReadonlySet<Fate | 'difference'>): Row[] {
  return ORDER.flatMap((group): Row[] => {
    const members: PlaceRow[] =
      group === 'difference'
        ? differences.map(differenceRow)
        : passages.filter(({ fate }) => fate === group).map((one) => passageRow(one, older.layer));
    if (members.length === 0) return [];
    const head: GroupRow = { kind: 'group', id: `group-${group}`, group, count: members.length };
    return folded.has(group) ? [head] : [head, ...members];
  });
}

/** On an earlier text than the one that is shown, its place is not shown there. */
function passageRow(fate: PassageFate, shown: LayerId): PassageRow {
  const older = fate.layer === shown ? fate.from : null;
  return { kind: 'passage', id: fate.passage, passage: fate.passage, fate, older, newer: fate.to };
}

function differenceRow({ older, newer }: Difference): DifferenceRow {
  return { kind: 'difference', id: `${older.start}-${newer.start}`, passage: null, older, newer };
}

/** Rows one can be on. */
export const isPlace = (row: Row): row is PlaceRow => row.kind !== 'group';

export type Counts = Readonly<Record<Fate, number>>;
export function countsOf(passages: readonly PassageFate[]): Counts {
  const count = (fate: Fate): number => passages.filter((one) => one.fate === fate).length;
  return {
    found: count('found'),
    moved: count('moved'),
    changed: count('changed'),
    vanished: count('vanished'),
    area: count('area'),
  };
}

/** Passages that a person can carry over and has not: those with a place in the newer text. */
export const carriable = (passages: readonly PassageFate[]): PassageFate[] =>
  passages.filter(({ to, carried }) => to !== null && carried === null);

export const FATE_ICONS = {
  vanished: 'alert',
  changed: 'edit',
  moved: 'go',
  area: 'area',
  found: 'check',
} as const satisfies Record<Fate, string>;
export const isFate = (group: Fate | 'difference'): group is Fate => FATES.some((fate) => fate === group);
