import type { DrawnPassage } from '../../../viewer/types.ts';

/** A family whose passages lie on a page. */
export interface FamilyMark {
  /** As its categories' codes have it: `TRF`. */
  readonly family: string;
  readonly code: string;
  readonly colour: string;
  readonly count: number;
}
export interface MarksOfPage {
  readonly passages: number;
  /** Most passages first; one without a tag counts above alone. */
  readonly families: readonly FamilyMark[];
}

/** What lies on which page: each passage by the family it is drawn with, on every page it touches. */
export function marksByPage(
  passages: readonly DrawnPassage[],
  pagesOf: (passage: DrawnPassage) => { readonly first: number; readonly last: number },
): ReadonlyMap<number, MarksOfPage> {
  const pages = new Map<number, { passages: number; families: Map<string, FamilyMark> }>();
  for (const passage of passages) {
    const { first, last } = pagesOf(passage);
    for (let page = first; page <= last; page++) {
      const known = pages.get(page) ?? { passages: 0, families: new Map<string, FamilyMark>() };
      pages.set(page, known);
      known.passages += 1;
      const [code] = passage.codes;
      if (code === undefined) continue;
      const family = code.split('.')[0] ?? code;
      const count = (known.families.get(family)?.count ?? 0) + 1;
      known.families.set(family, { family, code, colour: passage.colour ?? '', count });
    }
  }
  return new Map(
    [...pages].map(([page, { passages: count, families }]) => [
      page,
      { passages: count, families: [...families.values()].sort((a, b) => b.count - a.count) },
    ]),
  );
}
