import { useCallback, useMemo, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import {
  FATES,
  type Difference,
  type Fate,
  type PassageFate,
  type WordPiece,
} from '../../../shared/contract/versions.ts';
import type { LayerId, PassageId, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useComparison, type ComparedPair } from '../../common/reader/comparison.ts';
import type { TextRange } from '../../viewer/types.ts';

type Comparison = CallOutput<'versions.compare'>;

/** A row of the list of differences. */
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
interface DifferenceRow {
  readonly kind: 'difference';
  readonly id: string;
  readonly passage: null;
  readonly older: TextRange;
  readonly newer: TextRange;
}
export type PlaceRow = PassageRow | DifferenceRow;

/** The order of the groups: passages that need attention first, unchanged ones last. */
const ORDER: readonly (Fate | 'difference')[] = ['vanished', 'changed', 'moved', 'area', 'difference', 'found'];

/** The rows of a comparison, without those of folded groups. */
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

/** A passage on an earlier text layer than the one shown has no place in it. */
function passageRow(fate: PassageFate, shown: LayerId): PassageRow {
  const older = fate.layer === shown ? fate.from : null;
  return { kind: 'passage', id: fate.passage, passage: fate.passage, fate, older, newer: fate.to };
}

function differenceRow({ older, newer }: Difference): DifferenceRow {
  return { kind: 'difference', id: `${older.start}-${newer.start}`, passage: null, older, newer };
}

/** Rows that can be current. */
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

/** Passages that can be carried over and have not been. They have to have a place in the newer text. */
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

export interface OpenComparison {
  readonly pair: ComparedPair;
  readonly found: Comparison | undefined;
  readonly error: string | null;
  readonly older: Source | undefined;
  readonly newer: Source | undefined;
  readonly counts: Counts;
  readonly rows: readonly Row[];
  readonly folded: ReadonlySet<Fate | 'difference'>;
  readonly fold: (group: Fate | 'difference') => void;
  /** The words of a row; empty until the texts are loaded. */
  readonly wordsOf: (row: PlaceRow) => readonly WordPiece[];
  /** Both texts are identical. */
  readonly isSame: boolean;
}

/** Unchanged passages need no attention, so their group is folded at first. */
const FOLDED: ReadonlySet<Fate | 'difference'> = new Set(['found']);

/** The open comparison with the rows of its list; null if there is none. */
export function useFoundRows(): OpenComparison | null {
  const { pair, found, error } = useComparison();
  const older = useCall('sources.get', pair === null ? null : { id: pair.older.source }).data;
  const newer = useCall('sources.get', pair === null ? null : { id: pair.newer.source }).data;
  const olderText = useCall('layers.text', found === undefined ? null : { id: found.older.layer }).data?.text;
  const newerText = useCall('layers.text', found === undefined ? null : { id: found.newer.layer }).data?.text;
  const [folded, setFolded] = useState(FOLDED);
  const fold = useCallback(
    (group: Fate | 'difference') =>
      setFolded((before) => {
        const after = new Set(before);
        if (!after.delete(group)) after.add(group);
        return after;
      }),
    [],
  );
  const rows = useMemo(() => (found === undefined ? [] : rowsOf(found, folded)), [found, folded]);
  const counts = useMemo(() => countsOf(found?.passages ?? []), [found]);
  const wordsOf = useCallback(
    (row: PlaceRow): readonly WordPiece[] => {
      if (row.kind === 'passage') {
        const { words, from, fate } = row.fate;
        if (words.length > 0) return words;
        return from === null ? [] : [{ kind: fate === 'vanished' ? 'gone' : 'same', text: from.exact }];
      }
      const gone = olderText?.slice(row.older.start, row.older.end) ?? '';
      const fresh = newerText?.slice(row.newer.start, row.newer.end) ?? '';
      const pieces: WordPiece[] = [
        { kind: 'gone', text: gone },
        { kind: 'new', text: fresh },
      ];
      return pieces.filter(({ text }) => text !== '');
    },
    [olderText, newerText],
  );
  const isSame = found !== undefined && found.differences.length === 0;
  return useMemo(
    () => (pair === null ? null : { pair, found, error, older, newer, counts, rows, folded, fold, wordsOf, isSame }),
    [pair, found, error, older, newer, counts, rows, folded, fold, wordsOf, isSame],
  );
}
