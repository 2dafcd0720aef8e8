import { create } from 'zustand';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { IncomingFilter, Keep, MergePreview, MergeReport } from '../../../shared/contract/merge.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { CategoryId, SourceId } from '../../../shared/model/index.ts';

/** Where a merge comes from, as the host takes it, and what a person calls it. */
export interface Origin {
  readonly from: CallInput<'app.previewMerge'>['from'];
  readonly name: string;
}

export type MergeProgress = EventPayload<'merge.progress'>;

export const PREVIEW_TABS = ['summary', 'changes', 'items', 'conflicts', 'refused', 'sources', 'categories'] as const;
export type PreviewTab = (typeof PREVIEW_TABS)[number];

/** How far one is with a merge. Nothing is written before `merging`. */
export type Stage =
  | { readonly at: 'idle' }
  | { readonly at: 'looking' }
  | { readonly at: 'sealed'; readonly wrong: boolean }
  | { readonly at: 'preview'; readonly preview: MergePreview; readonly error: ErrorData | null }
  | { readonly at: 'merging'; readonly preview: MergePreview };

/** What a merge that is over brought. */
export interface Merged {
  readonly name: string;
  readonly report: MergeReport;
  /** Conflicts that were decided in the preview and are closed now. */
  readonly closed: number;
}

/** What is to come from another project. */
export interface Addition {
  readonly sources: ReadonlySet<SourceId>;
  readonly passages: boolean;
  readonly memos: boolean;
  /** Theirs → mine, of those that were proposed: null, it comes in as a category of its own. Not named: not decided yet. */
  readonly categories: ReadonlyMap<CategoryId, CategoryId | null>;
}

/** Some of what comes in, chosen among its counts. */
export interface Shown {
  readonly filter: IncomingFilter;
  /** What they are, in words. */
  readonly title: string;
}

export interface Merge {
  readonly origin: Origin | null;
  /** Opens a sealed file, once it was found to be right; forgotten with the preview. */
  readonly passphrase: string | null;
  readonly stage: Stage;
  readonly progress: MergeProgress | null;
  /** Why the last attempt came to nothing. */
  readonly failed: { readonly name: string; readonly error: ErrorData } | null;
  readonly merged: Merged | null;
  readonly tab: PreviewTab;
  /** What was decided of the conflicts in the preview: done once the merge is. */
  readonly decided: ReadonlyMap<string, Keep>;
  readonly addition: Addition;
  /** Which items are shown one by one; null: all. */
  readonly shown: Shown | null;
  /** Counts the looks at files: what was read of one is not shown for the next. */
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
  tab: 'changes',
  decided: new Map(),
  addition: NOTHING_ADDED,
  shown: null,
  look: 0,
};

export const useMerging = create<Merge>()(() => IDLE);
const { setState: set } = useMerging;

export const resetMerging = (): void => set(({ look }) => ({ ...IDLE, look }));
export const choosePreviewTab = (tab: PreviewTab): void => set({ tab });
/** Goes to the items of one count; null: to all. */
export const showItems = (shown: Shown | null): void => set({ shown, tab: 'items' });
export const dismissMerged = (): void => set({ merged: null, failed: null });

/** A preview has come: what one sees first is what needs a person. */
export const previewed = (preview: MergePreview): Partial<Merge> => ({
  stage: { at: 'preview', preview, error: null },
  progress: null,
  decided: new Map(),
  tab: preview.kind === 'other' ? 'sources' : preview.conflicts.length > 0 ? 'conflicts' : 'changes',
  addition: bringingAtFirst(preview),
  shown: null,
  look: useMerging.getState().look + 1,
});

/** Everything that is not here yet, and nothing of what is; what was proposed waits for a yes or a no. */
function bringingAtFirst({ other }: MergePreview): Addition {
  const fresh = (other?.sources ?? []).filter(({ isHere }) => !isHere);
  return { ...NOTHING_ADDED, sources: new Set(fresh.map(({ id }) => id)) };
}

/** Decides a conflict of the preview, or takes the same decision back. */
export function decide(conflict: string, keep: Keep): void {
  const decided = new Map(useMerging.getState().decided);
  if (JSON.stringify(decided.get(conflict)) === JSON.stringify(keep)) decided.delete(conflict);
  else decided.set(conflict, keep);
  set({ decided });
}

export const changeAddition = (change: Partial<Addition>): void =>
  set(({ addition }) => ({ addition: { ...addition, ...change } }));

/** Says of a category that was proposed which of ours it is; null: one of its own. */
export function matchCategory(incoming: CategoryId, mine: CategoryId | null): void {
  changeAddition({ categories: new Map(useMerging.getState().addition.categories).set(incoming, mine) });
}

/** Proposals nobody has answered: they would come in as categories of their own. */
export const unanswered = (preview: MergePreview, { categories }: Addition): number =>
  (preview.other?.categories ?? []).filter(({ how, incoming }) => how === 'proposed' && !categories.has(incoming.id))
    .length;

/** What the host is asked to bring. */
export function sourcesToAdd(preview: MergePreview, { sources, passages, memos, categories }: Addition) {
  const same = (preview.other?.categories ?? []).flatMap(({ how, incoming, mine }) => {
    const [first] = mine;
    return how === 'same' && first !== undefined ? [[incoming.id, first.id] as const] : [];
  });
  const answered = [...categories].flatMap(([incoming, mine]) => (mine === null ? [] : [[incoming, mine] as const]));
  return { sources: [...sources], passages, memos, categories: Object.fromEntries([...same, ...answered]) };
}

/** Commits that would come, and withheld ones whose words would. */
export const coming = ({ commits }: MergePreview): number => commits.added + commits.supplied;

/** There is nothing of this that is not here already. */
export const isNothingNew = (preview: MergePreview): boolean => preview.kind === 'same' && coming(preview) === 0;
