import { useMemo } from 'react';
import type {
  Anchor,
  Category,
  CategoryId,
  Passage,
  PassageId,
  PersonId,
  SourceId,
  Tag,
} from '../../../shared/model/index.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCall, usePart } from '../../api/index.ts';
import { familyOf, signOf } from '../../ui/FamilySign.tsx';
import { useReadOnly } from '../read-only.ts';
import type { DrawnPassage, Reshaped } from '../../viewer/types.ts';
import { create } from 'zustand';

/** A passage's position in reading order; areas follow the text of their page. */
function place(anchor: Anchor): readonly [number, number, number] {
  return anchor.kind === 'text'
    ? [anchor.page, 0, anchor.start]
    : [anchor.page, 1, -anchor.area[3] * 10_000 + anchor.area[0]];
}

/** Compares by reading order; of two passages that begin together, the longer comes first. */
export function byPlace(a: Passage, b: Passage): number {
  const [pageA, kindA, startA] = place(a.anchor);
  const [pageB, kindB, startB] = place(b.anchor);
  const end = ({ anchor }: Passage): number => (anchor.kind === 'text' ? anchor.end : 0);
  return pageA - pageB || kindA - kindB || startA - startB || end(b) - end(a) || (a.id < b.id ? -1 : 1);
}

const NONE: readonly Passage[] = [];

/** The passages of a source, in reading order. `ready` is false until they are loaded. */
export function useSourcePassages(source: SourceId | null): { passages: readonly Passage[]; ready: boolean } {
  const list = useCall('passages.list', source === null ? null : { source });
  const passages = list.data?.passages;
  const moved = useMovedEdges((state) => state.moved);
  return {
    passages: useMemo(() => {
      if (passages === undefined) return NONE;
      const there = moved.size === 0 ? passages : passages.map((one) => movedTo(one, moved.get(one.id)));
      return [...there].sort(byPlace);
    }, [passages, moved]),
    ready: passages !== undefined,
  };
}

/** The codebook's categories by id. */
export function useCategories(): ReadonlyMap<CategoryId, Category> {
  const categories = useCall('codebook.get', {}).data?.categories;
  return useMemo(() => new Map((categories ?? []).map((category) => [category.id, category])), [categories]);
}

/** What drawing a passage needs of a category. */
type Look = Pick<Category, 'id' | 'code' | 'colour' | 'position'>;
const NO_LOOKS: readonly Look[] = [];
const looksOf = ({ categories }: CallOutput<'codebook.get'>): Look[] =>
  categories.map(({ id, code, colour, position }) => ({ id, code, colour, position }));

/** The passage as views draw it: its families in the order of the codebook, each once. */
export function drawn(passage: Passage, categories: ReadonlyMap<CategoryId, Look>, isFixed = false): DrawnPassage {
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
    families: [...new Set(tagged.map(({ code, colour }) => signOf(code, colour) ?? familyOf(code).toLowerCase()))],
    codes: tagged.map(({ code }) => code),
    ...(first === undefined ? {} : { colour: first.colour }),
    ...(isFixed ? { fixed: true } : {}),
  };
}

/** Returns a function that converts passages; the same object is converted only once. */
function drawer(looks: readonly Look[], isFixed: boolean): (passage: Passage) => DrawnPassage {
  const byId = new Map(looks.map((look) => [look.id, look]));
  const known = new WeakMap<Passage, DrawnPassage>();
  return (passage) => {
    const one = known.get(passage) ?? drawn(passage, byId, isFixed);
    known.set(passage, one);
    return one;
  };
}

/** An unchanged passage keeps its object, so that a tag on one of 5,000 passages redraws only that one. */
export function useDrawn(passages: readonly Passage[]): readonly DrawnPassage[] {
  const looks = usePart('codebook.get', {}, looksOf) ?? NO_LOOKS;
  const isFixed = useReadOnly();
  const draw = useMemo(() => drawer(looks, isFixed), [looks, isFixed]);
  return useMemo(() => passages.map(draw), [passages, draw]);
}

/** Passages whose moved edges are not stored yet: they are drawn at the new place. */
export const useMovedEdges = create<{ moved: ReadonlyMap<PassageId, Reshaped> }>()(() => ({ moved: new Map() }));

export const drawMoved = (id: PassageId, to: Reshaped): void =>
  useMovedEdges.setState(({ moved }) => ({ moved: new Map(moved).set(id, to) }));

/** Called when the move was stored or failed: the stored edges are drawn again. A newer move of the same passage stays. */
export const dropMoved = (id: PassageId, to: Reshaped): void =>
  useMovedEdges.setState(({ moved }) => {
    if (moved.get(id) !== to) return {};
    const next = new Map(moved);
    next.delete(id);
    return { moved: next };
  });

/** Tags that are being committed. */
interface UnsavedTags {
  readonly passage: PassageId;
  readonly categories: readonly CategoryId[];
}

/** Own tags that are shown before they are saved, in the order in which they were added. */
export const useUnsavedTags = create<{ all: readonly UnsavedTags[] }>()(() => ({ all: [] }));

/** Shows tags as unsaved until `commit` ends. Then the stored tags are shown: without these if it failed. */
export async function showUnsaved<T>(tags: UnsavedTags, commit: () => Promise<T>): Promise<T> {
  useUnsavedTags.setState(({ all }) => ({ all: [...all, tags] }));
  try {
    return await commit();
  } finally {
    useUnsavedTags.setState(({ all }) => ({ all: all.filter((one) => one !== tags) }));
  }
}

/** A tag of a passage, or one that is being added to it. */
export type ShownTag = Pick<Tag, 'category' | 'person'> & { readonly isSaved: boolean };

/** A passage’s tags, including one’s own that are being committed. */
export function useShownTags(passage: Passage, own: PersonId | null): readonly ShownTag[] {
  const unsaved = useUnsavedTags((state) => state.all);
  const saved = passage.tags.map((tag): ShownTag => ({ ...tag, isSaved: true }));
  if (own === null || unsaved.length === 0) return saved;
  const added = unsaved
    .filter((one) => one.passage === passage.id)
    .flatMap(({ categories }) => categories)
    .filter((category) => !passage.tags.some((tag) => tag.person === own && tag.category === category));
  return [...saved, ...[...new Set(added)].map((category) => ({ category, person: own, isSaved: false }))];
}

/** A passage with moved edges. */
export function movedTo(passage: Passage, to: Reshaped | undefined): Passage {
  const { anchor } = passage;
  if (to?.kind === 'text' && anchor.kind === 'text')
    return { ...passage, anchor: { ...anchor, start: to.start, end: to.end } };
  if (to?.kind === 'area' && anchor.kind === 'area')
    return { ...passage, anchor: { ...anchor, page: to.page, area: to.area } };
  return passage;
}
