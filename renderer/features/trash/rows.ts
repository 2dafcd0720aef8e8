import { REMOVED_KINDS, type Removed, type RemovedHome, type RemovedKind } from '../../../shared/contract/trash.ts';
import { foldText } from '../../../shared/text/fold.ts';

export const KINDS = ['all', ...REMOVED_KINDS] as const;
export type KindShown = (typeof KINDS)[number];

/** Where something removed can be seen: a passage, or the one a memo is on. */
export interface SeenAt {
  readonly source: RemovedHome;
  readonly page: number;
  readonly lastPage: number;
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly words: string | null;
}

export function placeOf({ what }: Removed): SeenAt | null {
  return what.kind === 'passage' ? what : what.kind === 'memo' ? what.place : null;
}

/** Its own words or name; null for an area, which has none. */
export function wordsOf({ what }: Removed): string | null {
  switch (what.kind) {
    case 'source':
    case 'category':
      return what.name;
    case 'passage':
      return what.words;
    case 'memo':
      return what.text;
  }
}

/** What is shown: of a kind, and with all of these words somewhere in it. */
export function rowsFor(removed: readonly Removed[], kind: KindShown, query: string): Removed[] {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  return removed.filter((one) => {
    if (kind !== 'all' && one.what.kind !== kind) return false;
    if (words.length === 0) return true;
    const { what } = one;
    const place = placeOf(one);
    const text = foldText(
      [
        wordsOf(one),
        one.by?.name,
        place?.source.name,
        place?.words,
        what.kind === 'category' ? what.code : '',
        what.kind === 'memo' ? what.name : '',
      ].join('\n'),
    );
    return words.every((word) => text.includes(word));
  });
}

export const keyOf = ({ what }: Removed): string => `${what.kind} ${what.id}`;
export type Thing = { readonly kind: RemovedKind; readonly id: string };
export const thingOf = ({ what }: Removed): Thing => ({ kind: what.kind, id: what.id });
