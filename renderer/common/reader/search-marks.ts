import { create } from 'zustand';
import type { SourceId } from '../../../shared/model/index.ts';
import type { TextRange } from '../../viewer/types.ts';

/** The hits of the search in open sources; the reader draws them. */
interface SearchMarks {
  readonly isOn: boolean;
  readonly ranges: ReadonlyMap<SourceId, readonly TextRange[]>;
}
const NONE: SearchMarks = { isOn: false, ranges: new Map() };
const useMarks = create<SearchMarks>()(() => NONE);

/** Turns on the marks of hits in open sources. */
export const markHits = (): void => useMarks.setState({ isOn: true });
/** Removes the marks. Opening a result of the search marks its source again. */
export const clearMarks = (): void => useMarks.setState(NONE);
export const setMarks = (ranges: SearchMarks['ranges']): void => useMarks.setState({ ranges });
export const useIsMarking = (): boolean => useMarks((state) => state.isOn);
export const areHitsMarked = (source: SourceId | null): boolean =>
  source !== null && (useMarks.getState().ranges.get(source)?.length ?? 0) > 0;

const NO_RANGES: readonly TextRange[] = [];
/** The hits in a source, in the order of its text. */
export const useMarksIn = (source: SourceId): readonly TextRange[] =>
  useMarks((state) => state.ranges.get(source) ?? NO_RANGES);
