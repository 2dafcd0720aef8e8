import { useMemo } from 'react';
import { create } from 'zustand';
import type { CodedAs } from '../../../shared/contract/coding.ts';
import type { Compared } from '../../../shared/agreement/compared.ts';
import type { Assignment, CategoryId, Passage } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { openPassage, openRange } from '../../common/workbench/workbench.ts';
import { createFormDrafts } from '../../common/drafts/drafts.ts';

export const CODING_TABS = ['assignments', 'agreement', 'differences', 'stale'] as const;
export type CodingTab = (typeof CODING_TABS)[number];

/** A decision that is not saved yet. */
interface DecisionDraft {
  readonly chosen: readonly CategoryId[];
  readonly reason: string;
}

interface Coding {
  readonly tab: CodingTab;
  /** Null until it is chosen. */
  readonly compared: Compared | null;
  /** Null until it is chosen: then tags count as submitted, if the work was submitted. */
  readonly as: CodedAs | null;
  /** The current unit in the list of differences. */
  readonly difference: string | null;
  /** The draft of a new assignment, if one is open. */
  readonly newAssignment: NewAssignmentDraft | null;
  /** The unit of a blind copy's sample that was opened last. */
  readonly unit: string | null;
}

export const SAMPLES = ['sentences', 'paragraphs', 'passages', 'sources'] as const;

/** The text as typed. */
export interface NewAssignmentDraft {
  readonly coder: string;
  readonly what: (typeof SAMPLES)[number];
  readonly amount: string;
  readonly seed: string;
  readonly sources: readonly Assignment['units'][number]['source'][];
  readonly leadToo: boolean;
}
export const EMPTY_DRAFT: NewAssignmentDraft = {
  coder: '',
  what: 'sentences',
  amount: '10%',
  seed: '1',
  sources: [],
  leadToo: false,
};

const INITIAL: Coding = {
  tab: 'assignments',
  compared: null,
  as: null,
  difference: null,
  newAssignment: null,
  unit: null,
};

/** The state of the coding section. */
export const useCoding = create<Coding>()(() => INITIAL);
const { setState: set } = useCoding;

/** Called when another project opens. */
export function resetCoding(): void {
  set(INITIAL);
  // Units are named by source and offset, which another project can have too.
  decisionDrafts.clear();
}

export const showTab = (tab: CodingTab): void => set({ tab });
export const compare = (compared: Compared): void => set({ compared, as: null, difference: null });
export const countAs = (as: CodedAs): void => set({ as });
export const goToDifference = (difference: string | null): void => set({ difference });
export const goToUnit = (unit: string): void => set({ unit });
export const editNewAssignment = (newAssignment: NewAssignmentDraft | null): void => set({ newAssignment });

/** Decisions that are not saved yet, by unit. */
export const decisionDrafts = createFormDrafts<DecisionDraft>();

export type SampleUnit = Assignment['units'][number];

/** The key of a unit of a sample. */
export const unitKey = ({ source, start }: SampleUnit): string => `${source} ${String(start)}`;

/** The assignment if this project is a copy for blind coding; otherwise, or until that is known, undefined. */
export function useBlind(): Assignment | undefined {
  const list = useCall('assignments.list', {}).data;
  return list?.assignments?.find(({ id }) => id === list.blind);
}

/** Opens a unit in the reader. */
export function openUnit(unit: SampleUnit): void {
  const { source, start, end, passage } = unit;
  goToUnit(unitKey(unit));
  if (passage === null) openRange(source, { start, end });
  else openPassage({ source, passage });
}

/** Opens the unit `by` places after the last opened one, or the first. Returns false at either end. */
export function openAdjacentUnit(units: readonly SampleUnit[], by: 1 | -1): boolean {
  const { unit } = useCoding.getState();
  const at = units.findIndex((one) => unitKey(one) === unit);
  const next = at < 0 ? units[0] : units[at + by];
  if (next !== undefined) openUnit(next);
  return next !== undefined;
}

type Marked = Pick<Passage, 'source' | 'anchor' | 'tags'>;

/** The units that overlap a tagged passage by at least one character. */
export function taggedUnits(units: readonly SampleUnit[], passages: readonly Marked[]): ReadonlySet<string> {
  const tagged = Map.groupBy(
    passages.filter(({ tags }) => tags.length > 0),
    ({ source }) => source,
  );
  return new Set(
    units
      .filter(({ source, start, end }) =>
        (tagged.get(source) ?? []).some(
          ({ anchor }) => anchor.kind === 'text' && anchor.start < end && anchor.end > start,
        ),
      )
      .map(unitKey),
  );
}

/** The units of the sample that have a tag; undefined until they are known. */
export function useTagged(units: readonly SampleUnit[]): ReadonlySet<string> | undefined {
  const passages = useCall('passages.list', units.length === 0 ? null : {}).data?.passages;
  return useMemo(() => (passages === undefined ? undefined : taggedUnits(units, passages)), [units, passages]);
}

interface Saved {
  readonly done: boolean;
  readonly name: string | null;
  readonly bytes: number;
  readonly download: string | null;
}

/**
 * Shows a notice when a file was saved, even if its screen was closed in the meantime: a mutation’s own callbacks are
 * dropped when its component unmounts. The caller reports errors.
 */
export function useSaveAndNotify(): (writing: Promise<Saved>, onDone?: () => void) => void {
  const tellExported = useTellExported();
  return (writing, onDone) => {
    writing.then(
      ({ done, name, bytes, download }) => {
        if (!done) return;
        tellExported({ name, bytes, download });
        onDone?.();
      },
      () => undefined,
    );
  };
}
