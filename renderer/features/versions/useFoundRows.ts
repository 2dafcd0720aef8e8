import { useCallback, useMemo, useState } from 'react';
import type { Fate, WordPiece } from '../../../shared/contract/versions.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useComparison, type ComparedPair } from '../../common/reader/comparison.ts';
import { countsOf, rowsOf, type Comparison, type Counts, type PlaceRow, type Row } from './rows.ts';

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
  /** The words of a row; empty while the texts are not here. */
  readonly wordsOf: (row: PlaceRow) => readonly WordPiece[];
  /** Both texts are the same, to the letter. */
  readonly isSame: boolean;
}

/** What stands is folded at first: nobody has to do anything about it but say yes. */
const FOLDED: ReadonlySet<Fate | 'difference'> = new Set(['found']);

/** The comparison that is open, as its list shows it; null while none is. */
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
