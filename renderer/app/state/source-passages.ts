import { useMemo } from 'react';
import type { Anchor, Category, CategoryId, Passage, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { familyOf } from '../../ui/FamilySign.tsx';
import type { DrawnPassage } from '../../viewer/types.ts';

/** Where a passage stands in the order of reading; areas come by their page, after its text. */
function place(anchor: Anchor): readonly [number, number, number] {
  return anchor.kind === 'text'
    ? [anchor.page, 0, anchor.start]
    : [anchor.page, 1, -anchor.area[3] * 10_000 + anchor.area[0]];
}

/** In the order of reading; of two that begin together the longer first. */
export function byPlace(a: Passage, b: Passage): number {
  const [pageA, kindA, startA] = place(a.anchor);
  const [pageB, kindB, startB] = place(b.anchor);
  const end = ({ anchor }: Passage): number => (anchor.kind === 'text' ? anchor.end : 0);
  return pageA - pageB || kindA - kindB || startA - startB || end(b) - end(a) || (a.id < b.id ? -1 : 1);
}

const NONE: readonly Passage[] = [];

/** The passages of a source, in the order of reading. `ready` is false until they were read. */
export function useSourcePassages(source: SourceId | null): { passages: readonly Passage[]; ready: boolean } {
  const list = useCall('passages.list', source === null ? null : { source });
  const passages = list.data?.passages;
  return {
    passages: useMemo(() => (passages === undefined ? NONE : [...passages].sort(byPlace)), [passages]),
    ready: passages !== undefined,
  };
}

/** The codebook's categories by id. */
export function useCategories(): ReadonlyMap<CategoryId, Category> {
  const categories = useCall('codebook.get', {}).data?.categories;
  return useMemo(() => new Map((categories ?? []).map((category) => [category.id, category])), [categories]);
}

/** The passage as views draw it: its families in the order of the codebook, each once. */
export function drawn(passage: Passage, categories: ReadonlyMap<CategoryId, Category>): DrawnPassage {
  const tagged = [...new Set(passage.tags.map(({ category }) => category))]
    .flatMap((id) => categories.get(id) ?? [])
    .sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1));
  const [first] = tagged;
  const { anchor } = passage;
  return {
    id: passage.id,
    kind: anchor.kind,
    start: anchor.kind === 'text' ? anchor.start : 0,
    end: anchor.kind === 'text' ? anchor.end : 0,
    page: anchor.page,
    area: anchor.kind === 'area' ? anchor.area : null,
    families: [...new Set(tagged.map(({ code }) => familyOf(code).toLowerCase()))],
    codes: tagged.map(({ code }) => code),
    ...(first === undefined ? {} : { colour: first.colour }),
  };
}

export function useDrawn(passages: readonly Passage[]): readonly DrawnPassage[] {
  const categories = useCategories();
  return useMemo(() => passages.map((passage) => drawn(passage, categories)), [passages, categories]);
}
