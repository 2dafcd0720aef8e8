import { MISSING_OF_PASSAGE, MISSING_OF_SOURCE } from '../../../shared/query/fields.ts';
import type { Evidence } from './read-set.ts';
import { EVIDENCE_DATES, type EvidenceSource } from './sources.ts';

/** The states of passages that nobody has checked yet. */
const UNCHECKED: ReadonlySet<string> = new Set(['draft', 'coded', 'second-coded', 'translated']);

/** Whether all these details are details of sources: then a source has or lacks them, with or without passages. */
export const isOfSources = (details: ReadonlySet<string>): boolean =>
  !MISSING_OF_PASSAGE.some((detail) => details.has(detail));

/** Whether a source lacks one of the details that sources have. */
export const sourceLacks = (source: EvidenceSource, details: ReadonlySet<string>): boolean =>
  MISSING_OF_SOURCE.some((detail) => details.has(detail) && lacks(source, detail));

function lacks(
  { dates, publisher, type, language, grade }: EvidenceSource,
  detail: (typeof MISSING_OF_SOURCE)[number],
): boolean {
  switch (detail) {
    case 'date':
      return EVIDENCE_DATES.every((date) => dates[date] === null);
    case 'act':
    case 'published':
      return dates[detail] === null;
    case 'publisher':
      return publisher === null;
    case 'type':
      return type === null;
    case 'lang':
      return language === null;
    case 'grade':
      return grade === null;
  }
}

/** Returns a test whether a row, or its source, lacks one of the details. */
export function missingOf({ set, sourceOf }: Evidence, details: ReadonlySet<string>): (row: number) => boolean {
  const ofSource = Uint8Array.from(sourceOf, (source) => Number(source !== undefined && sourceLacks(source, details)));
  return (row) =>
    ofSource[set.sourceAt(row)] === 1 ||
    (details.has('translation') && !set.isTranslated(row)) ||
    (details.has('category') && set.tags.count(row) === 0) ||
    (details.has('memo') && !set.hasMemo(row)) ||
    (details.has('review') && UNCHECKED.has(set.stateAt(row)));
}
