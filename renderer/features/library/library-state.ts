import { useMemo } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import { DATE_FIELDS, type DateField } from '../../../shared/model/index.ts';
import { discardDraft, isManyKey, keepDraft, MANY_KEY, useDrafts } from '../../common/drafts/drafts.ts';
import { resetListed } from '../../common/workbench/listed-sources.ts';
import { chooseLibraryShelf } from '../../common/workbench/screens.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { NOTHING_SELECTED, type Selection } from '../../ui/selection.ts';
import { MANY_FIELDS, type ManyDraft } from './many.ts';

/** What the library shows, kept while another screen is shown. */
interface LibraryState {
  /** The text that filters the sources. */
  readonly text: string;
  readonly chosen: Selection;
}
/** Unsaved changes in the form for several sources. */
interface Many {
  readonly draft: ManyDraft;
  /** The changed dates that are marked as inferred. */
  readonly implied: ReadonlySet<DateField>;
}

export const EMPTY_MANY: Many = { draft: {}, implied: new Set() };
const EMPTY: LibraryState = { text: '', chosen: NOTHING_SELECTED };

export const useLibraryState = create<LibraryState>()(() => EMPTY);
export const setFilterText = (text: string): void => useLibraryState.setState({ text });
export const setChosen = (chosen: Selection): void => useLibraryState.setState({ chosen });

const keptMany = z.object({
  draft: z.partialRecord(z.enum(MANY_FIELDS), z.string().nullable()),
  implied: z.array(z.enum(DATE_FIELDS)),
  /** The sources that were selected at the last change. */
  sources: z.array(z.string()),
});

function parseMany(text: string | undefined): z.infer<typeof keptMany> | null {
  if (text === undefined) return null;
  try {
    return keptMany.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
type Drafts = ReturnType<typeof useDrafts.getState>['drafts'];

/** The draft for exactly these sources: its key and its changes. A draft for other sources has another key and is not offered for these. */
function manyFor(drafts: Drafts, sources: ReadonlySet<string>): { readonly key: string; readonly many: Many } | null {
  for (const [key, { text }] of drafts) {
    if (!isManyKey(key)) continue;
    const kept = parseMany(text);
    if (kept === null || kept.sources.length !== sources.size || !kept.sources.every((id) => sources.has(id))) continue;
    return { key, many: { draft: kept.draft, implied: new Set(kept.implied) } };
  }
  return null;
}
const selectedNow = (): ReadonlySet<string> => useLibraryState.getState().chosen.selected;

/** The unsaved changes for these sources. A hook. */
export function useMany(sources: ReadonlySet<string>): Many {
  const drafts = useDrafts((state) => state.drafts);
  return useMemo(() => manyFor(drafts, sources)?.many ?? EMPTY_MANY, [drafts, sources]);
}
export const getMany = (sources = selectedNow()): Many =>
  manyFor(useDrafts.getState().drafts, sources)?.many ?? EMPTY_MANY;

/** Stores the changes as a draft for these sources, so that neither a reload nor another selection loses them. */
export function setMany({ draft, implied }: Many, sources = selectedNow()): void {
  const { drafts } = useDrafts.getState();
  const known = manyFor(drafts, sources)?.key;
  if (Object.keys(draft).length === 0) return known === undefined ? undefined : discardDraft(known);
  const key = known ?? (drafts.has(MANY_KEY) ? `${MANY_KEY} ${crypto.randomUUID()}` : MANY_KEY);
  keepDraft(key, JSON.stringify({ draft, implied: [...implied], sources: [...sources] }), '');
}

/** Opens the form for several sources with the draft of this key, and selects the draft’s sources. */
export function showMany(key: string): void {
  const sources = parseMany(useDrafts.getState().drafts.get(key)?.text)?.sources ?? [];
  const first = sources[0] ?? null;
  useLibraryState.setState({ text: '', chosen: { selected: new Set(sources), current: first, anchor: first } });
  chooseLibraryShelf('all');
  goTo('library');
}

let top = 0;
/** The scroll position of the table, in pixels. */
export const tablePlace = {
  top: () => top,
  keep: (now: number): void => {
    top = now;
  },
};

/** Called when another project opens. */
export function resetLibrary(): void {
  useLibraryState.setState(EMPTY);
  resetListed();
  tablePlace.keep(0);
}
