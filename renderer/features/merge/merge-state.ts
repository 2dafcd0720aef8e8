import { create } from 'zustand';
import type { CallInput, CallOutput, EventPayload } from '../../../shared/contract/index.ts';
import type { IncomingFilter, Keep, MergePreview, MergeReport } from '../../../shared/contract/merge.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { CategoryId, SourceId } from '../../../shared/model/index.ts';

/** What to merge, in the form that the host takes, and the name to show for it. */
export interface Origin {
  readonly from: CallInput<'app.previewMerge'>['from'];
  readonly name: string;
}

export type MergeProgress = EventPayload<'merge.progress'>;

export const PREVIEW_TABS = ['summary', 'changes', 'items', 'conflicts', 'refused', 'sources', 'categories'] as const;
export type PreviewTab = (typeof PREVIEW_TABS)[number];

/** The step of a merge. Nothing is written before `merging`. */
export type Stage =
  | { readonly at: 'idle' }
  | { readonly at: 'looking' }
  | { readonly at: 'encrypted'; readonly wrong: boolean }
  | { readonly at: 'preview'; readonly preview: MergePreview; readonly error: ErrorData | null }
  | { readonly at: 'merging'; readonly preview: MergePreview };

/** The result of a finished merge. */
export interface Merged {
  readonly name: string;
  readonly report: MergeReport;
  /** How many conflicts were resolved as chosen in the preview. */
  readonly closed: number;
}

/** What became of the merge that was undone or restored last. */
export type Redone = Pick<CallOutput<'merge.list'>['merges'][number], 'id' | 'from'> &
  (Pick<CallOutput<'merge.undo'>, 'left'> | CallOutput<'merge.restore'>);

/** What to add from a different project. */
export interface Addition {
  readonly sources: ReadonlySet<SourceId>;
  readonly passages: boolean;
  readonly memos: boolean;
  /** The answers to proposed matches: incoming category → category here, or null to add it as new. No entry: no answer yet. */
  readonly categories: ReadonlyMap<CategoryId, CategoryId | null>;
}

/** The incoming items behind one of the counts. */
export interface Shown {
  readonly filter: IncomingFilter;
  /** The title of the filter. */
  readonly title: string;
}

export interface Merge {
  readonly origin: Origin | null;
  /** The passphrase that opened the encrypted file; forgotten with the preview. */
  readonly passphrase: string | null;
  readonly stage: Stage;
  readonly progress: MergeProgress | null;
  /** Why the last attempt failed. */
  readonly failed: { readonly name: string; readonly error: ErrorData } | null;
  readonly merged: Merged | null;
  readonly redone: Redone | null;
  readonly tab: PreviewTab;
  /** Choices made in the preview, carried out after the merge. */
  readonly chosen: ReadonlyMap<string, Keep>;
  readonly addition: Addition;
  /** The filter of the list of items; null for all items. */
  readonly shown: Shown | null;
  /** The number of the preview, so that items of an earlier one are not shown. */
  readonly look: number;
}

const NOTHING_ADDED: Addition = { sources: new Set(), passages: true, memos: true, categories: new Map() };

export const IDLE: Merge = {
  origin: null,
  passphrase: null,
  stage: { at: 'idle' },
  progress: null,
  failed: null,
  merged: null,
  redone: null,
  tab: 'changes',
  chosen: new Map(),
  addition: NOTHING_ADDED,
  shown: null,
  look: 0,
};

export const useMerging = create<Merge>()(() => IDLE);
const { setState: set } = useMerging;

export const resetMerging = (): void => set(({ look }) => ({ ...IDLE, look }));
export const choosePreviewTab = (tab: PreviewTab): void => set({ tab });
/** Shows the items behind one count; null for all items. */
export const showItems = (shown: Shown | null): void => set({ shown, tab: 'items' });
export const dismissMerged = (): void => set({ merged: null, failed: null });

/** The state for a new preview. It opens on the tab that needs a person's attention. */
export const previewed = (preview: MergePreview): Partial<Merge> => ({
  stage: { at: 'preview', preview, error: null },
  progress: null,
  chosen: new Map(),
  tab: preview.kind === 'other' ? 'sources' : preview.conflicts.length > 0 ? 'conflicts' : 'changes',
  addition: firstAddition(preview),
  shown: null,
  look: useMerging.getState().look + 1,
});

/** Preselects the sources that are not here yet. */
function firstAddition({ other }: MergePreview): Addition {
  const fresh = (other?.sources ?? []).filter(({ isHere }) => !isHere);
  return { ...NOTHING_ADDED, sources: new Set(fresh.map(({ id }) => id)) };
}

/** Sets the choice for a conflict in the preview; the same choice again clears it. Returns whether it is chosen now. */
export function chooseValue(conflict: string, keep: Keep): boolean {
  const chosen = new Map(useMerging.getState().chosen);
  if (JSON.stringify(chosen.get(conflict)) === JSON.stringify(keep)) chosen.delete(conflict);
  else chosen.set(conflict, keep);
  set({ chosen });
  return chosen.has(conflict);
}

export const changeAddition = (change: Partial<Addition>): void =>
  set(({ addition }) => ({ addition: { ...addition, ...change } }));

/** Answers a proposed match: the category here, or null to add it as new. */
export function matchCategory(incoming: CategoryId, mine: CategoryId | null): void {
  changeAddition({ categories: new Map(useMerging.getState().addition.categories).set(incoming, mine) });
}

/** How many proposed matches have no answer. Those categories are added as new. */
export const unanswered = (preview: MergePreview, { categories }: Addition): number =>
  (preview.other?.categories ?? []).filter(({ how, incoming }) => how === 'proposed' && !categories.has(incoming.id))
    .length;

/** What to add, as the host takes it. */
export function sourcesToAdd(preview: MergePreview, { sources, passages, memos, categories }: Addition) {
  const same = (preview.other?.categories ?? []).flatMap(({ how, incoming, mine }) => {
    const [first] = mine;
    return how === 'same' && first !== undefined ? [[incoming.id, first.id] as const] : [];
  });
  const answered = [...categories].flatMap(([incoming, mine]) => (mine === null ? [] : [[incoming, mine] as const]));
  return { sources: [...sources], passages, memos, categories: Object.fromEntries([...same, ...answered]) };
}

/** How many incoming commits are new, or bring content that was withheld before. */
export const incomingCount = ({ commits }: MergePreview): number => commits.added + commits.supplied;

/** Whether all incoming edits are here already. */
export const isNothingNew = (preview: MergePreview): boolean => preview.kind === 'same' && incomingCount(preview) === 0;
