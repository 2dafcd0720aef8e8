import { create } from 'zustand';
import type { CodedAs } from '../../../shared/contract/coding.ts';
import type { Assignment, AssignmentId, CategoryId, PersonId, Unit, Passage } from '../../../shared/model/index.ts';
import { useMemo } from 'react';
import { useCall } from '../../api/index.ts';
import { openPassage, openSpot } from '../../common/workbench/workbench.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { formatBytes } from '../../common/format.ts';
import { saveDownload } from '../../common/files/save-download.ts';
import { notify } from '../../common/notices/notices.ts';

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

export type SampleUnit = Assignment['units'][number];

/** Names a unit of a sample. */
export const unitKey = ({ source, start }: SampleUnit): string => `${source} ${String(start)}`;

/** The assignment that this project folder is a blind copy for; undefined where it is none, or not known yet. */
export function useBlind(): Assignment | undefined {
  const list = useCall('assignments.list', {}).data;
  return list?.assignments?.find(({ id }) => id === list.blind);
}

/** Opens the place of a unit in the reader. */
export function openUnit(unit: SampleUnit): void {
  const { source, start, end, passage } = unit;
  goToUnit(unitKey(unit));
  if (passage === null) openSpot(source, { start, end });
  else openPassage({ source, passage });
}

/** Opens the unit so many after the one that was opened last; the first where none was. False at either end. */
export function openUnitBeside(units: readonly SampleUnit[], by: 1 | -1): boolean {
  const { unit } = useCoding.getState();
  const at = units.findIndex((one) => unitKey(one) === unit);
  const next = at < 0 ? units[0] : units[at + by];
  if (next !== undefined) openUnit(next);
  return next !== undefined;
}

type Marked = Pick<Passage, 'source' | 'anchor' | 'tags'>;

/** The units in which something is tagged: a passage with a tag has a character in common with them. */
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

/** Those of the sample that have a tag so far; undefined until that is known. */
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
 * Saves a file that is being written and tells of it, also where one has gone on to another screen meanwhile: a mutation's own
 * callbacks end with the component. What fails is told by who asked for it.
 */
export function useTold(): (writing: Promise<Saved>, onDone?: () => void) => void {
  const { t } = useTranslation();
  return (writing, onDone) => {
    writing.then(
      ({ done, name, bytes, download }) => {
        if (!done) return;
        if (download !== null) saveDownload(download, name ?? '');
        notify('plain', t('project.exported', { name, size: formatBytes(bytes) }));
        onDone?.();
      },
      () => undefined,
    );
  };
}
