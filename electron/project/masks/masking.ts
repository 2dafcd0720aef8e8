import type { Span } from '../../../shared/anchoring/quote.ts';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { blackened, joined, withoutWords, wordsFinder } from '../../../shared/masks/words.ts';
import {
  type Anchor,
  type Area,
  layerId,
  type LayerId,
  maskId,
  type MaskId,
  type PersonId,
  personId,
  type SourceId,
  sourceId,
  type TextAnchor,
} from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { ReadContext } from '../context.ts';
import { openLayer } from '../sources/layers.ts';
import { areaOfQuad, spansInArea } from './geometry.ts';
import { liveMasks, type MaskRow, trashedSourceMasks } from './queries.ts';

/** A mask that was read from the project. */
export interface ReadMask {
  readonly id: MaskId;
  readonly source: SourceId;
  readonly layer: LayerId;
  /** The current layer of its source. */
  readonly current: string | null;
  /** From 1, in reading order within its source. */
  readonly number: number;
  readonly anchor: Anchor;
  readonly reason: string;
  readonly person: PersonId | null;
  readonly createdAt: number;
}

/** A masked span with the number of the first mask that covers it. */
export interface MaskedSpan extends Span {
  readonly mask: number;
}
export interface MaskedArea {
  readonly page: number;
  readonly area: Area;
  readonly mask: number;
}

type Files = Pick<ReadContext, 'db' | 'files'>;

/**
 * All masks at one state of the project, and functions that apply them. Every exporter uses this class.
 *
 * - The words of a source are masked where a mask is: elsewhere the same words stay.
 * - On another text layer of the source, where no offset holds, its words are masked wherever they stand.
 * - An area on a page of a PDF masks the words in it too.
 * - What people wrote (titles, memos, translations, definitions …) loses masked words of any source, wherever they stand.
 */
export class Masking {
  readonly all: readonly ReadMask[];
  /** Sources with a mask that this version can’t read: what it masks is unknown, so they are not exported. */
  readonly unreadable: ReadonlySet<string>;
  /** Removes masked words from a text that people wrote. */
  readonly free: (text: string) => string;
  /** Whether `free` changes nothing, because no words are masked. */
  readonly isFree: boolean;
  private readonly context: Files;
  private readonly bySource: ReadonlyMap<string, readonly ReadMask[]>;
  private readonly spans = new Map<string, readonly MaskedSpan[]>();

  /** `trash`: also read the masks of sources in the trash, for a file that has those sources too. */
  constructor(context: Files, trash = false) {
    this.context = context;
    const rows = context.db.all(liveMasks, { trash: trash ? 1 : 0 });
    this.unreadable = new Set(rows.filter((row) => readMask(row) === null).map(({ source }) => source));
    this.bySource = numbered(rows.flatMap((row) => readMask(row) ?? []));
    this.all = [...this.bySource.values()].flat();
    const trashed = context.db.all(trashedSourceMasks, {}).flatMap(({ anchor }) => readAnchor(anchor) ?? []);
    const words = [...this.all, ...trashed.map((anchor) => ({ anchor }))].flatMap(wordsOf);
    this.isFree = words.length === 0;
    this.free = this.isFree ? (text) => text : remembered(withoutWords(wordsFinder([...new Set(words)])));
  }

  /**
   * Whether a guess at the masked words could be checked against the source’s hash or against its id, which derives from the hash. In a
   * text file everything else is known, so every name can be tried.
   */
  isGuessable({ id, kind }: { readonly id: string; readonly kind: string | null }): boolean {
    return kind === 'text' && this.of(id).length > 0;
  }

  /** The masks of a source, in reading order. */
  of(source: string): readonly ReadMask[] {
    return this.bySource.get(source) ?? [];
  }

  /** A row with {@link free} applied to its texts, except ids, hashes and the `kept` fields, such as the source’s own words and codes. */
  row<R extends object>(row: R, kept: readonly (keyof R & string)[] = []): R {
    if (this.isFree) return row;
    const texts: Record<string, string> = {};
    for (const [name, value] of Object.entries(row))
      if (typeof value === 'string' && !ID.test(value) && !kept.some((one) => one === name))
        texts[name] = this.free(value);
    return { ...row, ...texts };
  }

  /** The masked spans of a source's text layer, in order, without overlap. Throws the faults of a missing layer. */
  spansIn(source: string, layer: string): readonly MaskedSpan[] {
    const own = this.of(source);
    if (own.length === 0) return [];
    const known = this.spans.get(layer);
    if (known !== undefined) return known;
    const { file } = openLayer(this.context, layerId.parse(layer));
    const found = apart(
      own.flatMap((mask) => spansOf(mask, layer, file).map((span) => ({ ...span, mask: mask.number }))),
    );
    this.spans.set(layer, found);
    return found;
  }

  /** A text layer’s whole text with masked words blacked out; its length stays the same. */
  layerText(source: string, layer: string, text: string): string {
    return this.of(source).length === 0 ? text : blackened(text, this.spansIn(source, layer));
  }

  /** An anchor with masked words blacked out in its quotation, prefix and suffix. */
  anchor<A extends Anchor>(source: string, layer: string, anchor: A): A {
    if (anchor.kind === 'area' || this.of(source).length === 0) return anchor;
    return { ...anchor, ...this.quote(source, layer, anchor) };
  }

  /** The exported words of a passage, with its prefix and suffix. */
  quote(
    source: string,
    layer: string,
    { start, end, exact, prefix, suffix }: Pick<TextAnchor, 'start' | 'end' | 'exact' | 'prefix' | 'suffix'>,
  ): Pick<TextAnchor, 'exact' | 'prefix' | 'suffix'> {
    const own = this.of(source);
    if (own.length === 0) return { exact, prefix, suffix };
    const text = this.textOf(layer);
    const spans = text === null ? [] : this.spansIn(source, layer);
    const anywhere = wordsFinder(own.flatMap(wordsOf));
    const out = (words: string, from: number): string =>
      text !== null && text.startsWith(words, from)
        ? blackened(
            words,
            spans.map((span) => ({ start: span.start - from, end: span.end - from })).filter((span) => span.end > 0),
          )
        : // Its layer is missing or has other words at this place, so masks are found by their words.
          blackened(words, anywhere(words));
    return { exact: out(exact, start), prefix: out(prefix, start - prefix.length), suffix: out(suffix, end) };
  }

  private textOf(layer: string): string | null {
    try {
      return openLayer(this.context, layerId.parse(layer)).file.text();
    } catch {
      return null;
    }
  }

  /**
   * The masked areas of a source’s pages. `isComplete` is false if masked words have no known place on a page: then no original page may
   * be exported.
   */
  areasOf(source: string): { readonly areas: readonly MaskedArea[]; readonly isComplete: boolean } {
    const own = this.of(source);
    const areas = own.flatMap(areasOfMask);
    const isComplete =
      !this.unreadable.has(source) &&
      own.every(({ anchor }) => anchor.kind === 'area' || anchor.quads.some(({ quads }) => quads.length > 0));
    return { areas, isComplete };
  }

  /** Masks of words that were made on another text than the current one and are not found in it. */
  lost(): readonly ReadMask[] {
    return this.all.filter((mask) => {
      const { current, layer, anchor } = mask;
      if (current === null || current === layer || anchor.kind === 'area') return false;
      const text = this.textOf(current);
      if (text === null) return false;
      return spansOf(mask, current, openLayer(this.context, layerId.parse(current)).file).length === 0;
    });
  }
}

const ID = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64})$/;

/** At most this many masked texts are remembered, since the same titles and names come with every passage. */
const REMEMBERED = 20_000;
function remembered(change: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const made = known.get(text) ?? change(text);
    if (known.size < REMEMBERED) known.set(text, made);
    return made;
  };
}

/** The words of a mask; empty for an area. */
export const wordsOf = ({ anchor }: Pick<ReadMask, 'anchor'>): string[] =>
  anchor.kind === 'text' ? [anchor.exact] : [];

/** The areas of pages that a mask covers: its own area, or the areas of its words. */
export const areasOfMask = ({ anchor, number }: Pick<ReadMask, 'anchor' | 'number'>): MaskedArea[] =>
  anchor.kind === 'area'
    ? [{ page: anchor.page, area: anchor.area, mask: number }]
    : anchor.quads.flatMap(({ page, quads }) => quads.map((quad) => ({ page, area: areaOfQuad(quad), mask: number })));

/** The spans of a mask in a text layer of its source. */
function spansOf({ anchor, layer: own }: ReadMask, layer: string, file: LayerFile): Span[] {
  if (anchor.kind === 'area') return spansInArea(file, anchor.page, anchor.area);
  const text = file.text();
  const { start, end, exact } = anchor;
  if (own === layer && text.slice(start, end) === exact) return [{ start, end }];
  return joined([
    ...wordsFinder([exact])(text),
    ...anchor.quads.flatMap(({ page, quads }) => quads.flatMap((quad) => spansInArea(file, page, areaOfQuad(quad)))),
  ]);
}

function readMask(row: MaskRow): Omit<ReadMask, 'number'> | null {
  const { id, source, layer, current, anchor: json, reason, person, createdAt } = row;
  const anchor = json === null ? null : readAnchor(json);
  const on = layerId.safeParse(anchor?.layer ?? layer).data;
  const ids = { id: maskId.safeParse(id).data, source: sourceId.safeParse(source).data };
  if (anchor === null || on === undefined || ids.id === undefined || ids.source === undefined) return null;
  return {
    id: ids.id,
    source: ids.source,
    layer: on,
    current,
    anchor,
    reason: reason ?? '',
    person: personId.safeParse(person).data ?? null,
    createdAt,
  };
}

function numbered(all: readonly Omit<ReadMask, 'number'>[]): Map<string, ReadMask[]> {
  const startOf = ({ anchor }: Pick<ReadMask, 'anchor'>): number => (anchor.kind === 'text' ? anchor.start : -1);
  const bySource = Map.groupBy(all, ({ source }) => source);
  return new Map(
    [...bySource].map(([source, own]) => [
      source,
      own
        .toSorted((a, b) => a.anchor.page - b.anchor.page || startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1))
        .map((mask, at) => ({ ...mask, number: at + 1 })),
    ]),
  );
}

/** Sorts spans and removes overlaps: the part that two masks cover belongs to the first mask. */
function apart(spans: readonly MaskedSpan[]): MaskedSpan[] {
  const all: MaskedSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || a.mask - b.mask)) {
    const start = Math.max(span.start, all.at(-1)?.end ?? 0);
    if (start < span.end) all.push({ ...span, start });
  }
  return all;
}
