import { useMemo } from 'react';
import { create } from 'zustand';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Difference } from '../../../shared/contract/versions.ts';
import type { LayerId, PassageId, SourceId } from '../../../shared/model/index.ts';
import { useCall, type Api } from '../../api/index.ts';
import type { TextRange } from '../../viewer/types.ts';
import { showPane } from '../workbench/side-panes.tsx';
import type { ReaderPane, PaneId } from './panes.ts';
import { activate, closePane, openSource, setPassage, showInSidebar, useWorkbench } from '../workbench/workbench.ts';

/** A source, or one of its text layers: without a layer its current one. */
export interface ComparedText {
  readonly source: SourceId;
  readonly layer?: LayerId;
}
export interface ComparedPair {
  readonly older: ComparedText;
  readonly newer: ComparedText;
}
export type Role = 'older' | 'newer';

/** What a comparison needs of a view. */
export interface ComparedView {
  /** Brings a range into view. */
  reveal(range: TextRange): void;
  /** Scrolls an offset to the top; null for views that are not scrolled together (PDFs). */
  readonly follow: ((offset: number) => void) | null;
}

interface Comparing {
  readonly pair: ComparedPair | null;
  /** The current row: a passage’s id, or that of a difference. */
  readonly at: string | null;
  /** The range of the current row in each text. */
  readonly marked: Readonly<Record<Role, TextRange | null>>;
  readonly views: Readonly<Record<Role, ComparedView | null>>;
  readonly together: boolean;
  /** Whether the comparison opened the second pane: then closing the comparison closes the pane. */
  readonly addedPane: boolean;
}

const NOTHING: Comparing = {
  pair: null,
  at: null,
  marked: { older: null, newer: null },
  views: { older: null, newer: null },
  together: true,
  addedPane: false,
};

/** The open comparison. It is view state, not evidence. */
export const useComparing = create<Comparing>()(() => NOTHING);
const { setState: set, getState: get } = useComparing;

/** Opens two versions beside each other, the older first, with their differences in the sidebar. */
export function compareVersions(pair: ComparedPair): void {
  const { together, pair: before, addedPane } = get();
  const { panes } = useWorkbench.getState();
  set({ ...NOTHING, together, pair, addedPane: before === null ? panes.length === 1 : addedPane });
  const [first] = panes;
  if (first !== undefined) activate(first.id);
  openSource(pair.older.source);
  openSource(pair.newer.source, 'beside');
  showInSidebar('versions');
}

/** Whether two text layers of one source are compared. */
export const isOneSource = ({ older, newer }: ComparedPair): boolean => older.source === newer.source;

/** Closes the pane that the comparison opened. Other tabs stay open, with the last active one in front. */
export function leaveComparison(): void {
  const { together, addedPane } = get();
  set({ ...NOTHING, together });
  const { panes, source, passage } = useWorkbench.getState();
  const [, made] = panes;
  if (addedPane && made !== undefined) {
    closePane(made.id);
    if (source !== null) openSource(source);
    if (passage !== null) setPassage(passage);
  }
  showInSidebar('codebook');
}

/** Called when another project opens. */
export function forgetComparison(): void {
  set(NOTHING);
  heldUntil = 0;
}

/**
 * A source's role in a comparison; null if it has none. A source that is open in both panes (as two text layers, or opened there by hand)
 * is the older one in the first pane only.
 */
export function roleOf(
  pair: ComparedPair | null,
  source: SourceId,
  panes: readonly Pick<ReaderPane, 'id' | 'source'>[],
  pane: PaneId,
): Role | null {
  if (pair === null) return null;
  if (isOneSource(pair)) {
    if (source !== pair.newer.source) return null;
    return panes.length > 1 && panes[0]?.id === pane ? 'older' : 'newer';
  }
  const own = panes.filter((one) => one.source === source);
  if (own.length > 1 && own[0]?.id === pane && source === pair.newer.source) return null;
  if (own.length > 1 && own[0]?.id !== pane && source === pair.older.source) return null;
  return source === pair.newer.source ? 'newer' : source === pair.older.source ? 'older' : null;
}

/** Registers the view of the older or newer text; null when the view is destroyed. */
export const setComparedView = (role: Role, view: ComparedView | null): void =>
  set(({ views }) => ({ views: { ...views, [role]: view } }));

export const setTogether = (together: boolean): void => set({ together });

/** Goes to a row: both views show its range; if it is a passage, that becomes the current one of its pane. */
export function goToRow(
  row: {
    readonly id: string;
    readonly passage: PassageId | null;
    readonly older: TextRange | null;
    readonly newer: TextRange | null;
  },
  differences: readonly Difference[],
): void {
  const { pair, views } = get();
  if (pair === null) return;
  set({ at: row.id, marked: { older: row.older, newer: row.newer } });
  heldUntil = performance.now() + HOLD;
  led = null;
  for (const role of ROLES) {
    const other = row[role === 'older' ? 'newer' : 'older'];
    // A passage that is not found in the newer text: mark the place where it would be.
    const gone = other === null ? null : offsetInOther(role === 'older' ? 'newer' : 'older', other.start, differences);
    const range = row[role] ?? (gone === null ? null : { start: gone, end: gone });
    if (range !== null) views[role]?.reveal(range);
  }
  const [first] = useWorkbench.getState().panes;
  if (first?.source === pair.older.source && row.passage !== null) setPassage(row.passage, first.id);
  showPane('start');
}
const ROLES = ['older', 'newer'] as const;

/** Time in ms during which scroll events are ignored after a view was scrolled by code: they must not scroll the other view. */
const HOLD = 400;
let heldUntil = 0;
let led: Role | null = null;

/** Call when one of the two views was scrolled: scrolls the other to the same words. */
export function scrolledTo(role: Role, offset: number, differences: readonly Difference[]): void {
  const { together, views, pair } = get();
  if (!together || pair === null) return;
  const now = performance.now();
  if (now < heldUntil && led !== role) return;
  const other = role === 'older' ? 'newer' : 'older';
  const { follow } = views[other] ?? { follow: null };
  if (follow === null) return;
  led = role;
  heldUntil = now + HOLD;
  follow(offsetInOther(role, offset, differences));
}

/** The offset of the same words in the other text. Inside a difference, the difference's beginning there. */
export function offsetInOther(role: Role, offset: number, differences: readonly Difference[]): number {
  const other = role === 'older' ? 'newer' : 'older';
  const before = differences.findLast((one) => one[role].start <= offset);
  if (before === undefined) return offset;
  return offset < before[role].end ? before[other].start : offset - before[role].end + before[other].end;
}

/** What happened to the older version’s passages, and where the texts differ; undefined until it is known. */
export function useComparison(): {
  readonly pair: ComparedPair | null;
  readonly found: CallOutput<'versions.compare'> | undefined;
  readonly error: string | null;
} {
  const pair = useComparing((state) => state.pair);
  const { data, error } = useCall('versions.compare', pair);
  return useMemo(() => ({ pair, found: data, error: error?.message ?? null }), [pair, data, error]);
}

/**
 * Compares a source with its newest version. The newest itself is compared with the latest earlier version that has passages, else with the
 * one before it. Returns false if there is no other version.
 */
export async function compareNewest(api: Api, source: SourceId): Promise<boolean> {
  const { versions } = await api.read('versions.list', { source });
  const at = versions.findIndex((one) => one.source === source);
  const newest = versions.at(-1);
  const earlier = versions.slice(0, Math.max(0, at));
  const before = earlier.findLast(({ passages }) => passages > 0) ?? earlier.at(-1);
  if (newest !== undefined && newest.source !== source)
    compareVersions({ older: { source }, newer: { source: newest.source } });
  else if (before !== undefined) compareVersions({ older: { source: before.source }, newer: { source } });
  else return false;
  return true;
}
