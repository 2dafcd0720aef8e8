import { useMemo } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import { DATE_FIELDS, type DateField } from '../../../shared/model/index.ts';
import { discardDraft, keepDraft, MANY_KEY, useDrafts } from '../../common/drafts/drafts.ts';
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
/** What was changed in the form for several sources, until it is saved or discarded. */
interface Many {
  readonly draft: ManyDraft;
  /** The dates in it that are inferred. */
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
  /** The sources that were selected when something was changed last. */
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
function manyIn(text: string | undefined): Many {
  const kept = parseMany(text);
  return kept === null ? EMPTY_MANY : { draft: kept.draft, implied: new Set(kept.implied) };
}
const keptText = (): string | undefined => useDrafts.getState().drafts.get(MANY_KEY)?.text;

export function useMany(): Many {
  const text = useDrafts(({ drafts }) => drafts.get(MANY_KEY)?.text);
  return useMemo(() => manyIn(text), [text]);
}
export const getMany = (): Many => manyIn(keptText());

/** Keeps it as a draft, so that a reload does not lose it. */
export function setMany({ draft, implied }: Many): void {
  if (Object.keys(draft).length === 0) return discardDraft(MANY_KEY);
  const sources = [...useLibraryState.getState().chosen.selected];
  keepDraft(MANY_KEY, JSON.stringify({ draft, implied: [...implied], sources }), '');
}

/** Shows the form for several sources with what is not saved yet, and the sources it was typed for. */
export function showMany(): void {
  const sources = parseMany(keptText())?.sources ?? [];
  const first = sources[0] ?? null;
  useLibraryState.setState({ text: '', chosen: { selected: new Set(sources), current: first, anchor: first } });
  chooseLibraryShelf('all');
  goTo('library');
}

let top = 0;
/** How far the table is scrolled, in pixels. */
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
