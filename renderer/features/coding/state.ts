import { create } from 'zustand';
import type { CodedAs } from '../../../shared/contract/coding.ts';
import type { Assignment, AssignmentId, CategoryId, PersonId, Unit } from '../../../shared/model/index.ts';

export const CODING_TABS = ['assignments', 'agreement', 'differences', 'stale'] as const;
export type CodingTab = (typeof CODING_TABS)[number];

/** What is compared: of which coders, by which unit, of one assignment or of all that was coded. */
export interface Compared {
  /** Of an assignment the unit is its own. */
  readonly unit: Unit;
  readonly coders: readonly PersonId[];
  readonly assignment: AssignmentId | null;
}

/** A decision that somebody began and has not made. */
interface DecisionDraft {
  readonly chosen: readonly CategoryId[];
  readonly reason: string;
}

interface Coding {
  readonly tab: CodingTab;
  /** Null while nobody chose it. */
  readonly compared: Compared | null;
  /** Null while nobody chose it: as handed in, where it was. */
  readonly as: CodedAs | null;
  /** The unit one is on among the differences. */
  readonly difference: string | null;
  /** By unit. They last as long as the project is open, also while one looks elsewhere. */
  readonly drafts: ReadonlyMap<string, DecisionDraft>;
  /** An assignment that is being thought of; null where none is. */
  readonly making: NewAssignmentDraft | null;
  /** The unit of a blind copy's sample that was opened last. */
  readonly unit: string | null;
}

export const SAMPLES = ['sentences', 'paragraphs', 'passages', 'sources'] as const;

/** As it was typed so far. */
export interface NewAssignmentDraft {
  readonly coder: string;
  readonly what: (typeof SAMPLES)[number];
  readonly amount: string;
  readonly seed: string;
  readonly sources: readonly Assignment['units'][number]['source'][];
  readonly leadToo: boolean;
}
export const NOTHING_DRAWN: NewAssignmentDraft = {
  coder: '',
  what: 'sentences',
  amount: '10%',
  seed: '1',
  sources: [],
  leadToo: false,
};

const BEGIN: Coding = {
  tab: 'assignments',
  compared: null,
  as: null,
  difference: null,
  drafts: new Map(),
  making: null,
  unit: null,
};

/** Where one is in the coding part. */
export const useCoding = create<Coding>()(() => BEGIN);
const { setState: set } = useCoding;

/** Another project: nothing of the one before stays. */
export const resetCoding = (): void => set(BEGIN);

export const showTab = (tab: CodingTab): void => set({ tab });
export const compare = (compared: Compared): void => set({ compared, as: null, difference: null });
export const countAs = (as: CodedAs): void => set({ as });
export const goToDifference = (difference: string | null): void => set({ difference });
export const goToUnit = (unit: string): void => set({ unit });
export const make = (making: NewAssignmentDraft | null): void => set({ making });

/** Keeps what was begun; null forgets it. */
export const keepDraft = (unit: string, draft: DecisionDraft | null): void =>
  set(({ drafts }) => {
    const kept = new Map(drafts);
    if (draft === null) kept.delete(unit);
    else kept.set(unit, draft);
    return { drafts: kept };
  });
