import type { Quad } from '../../../shared/model/index.ts';
import { PassageIndex } from '../passages/index-of-passages.ts';
import type { DrawnPassage, MatchLook, TextRange } from '../types.ts';
import { caretAt, type Caret } from './geometry.ts';
import { apply, type Point } from './matrix.ts';
import type { PageBox } from './page-box.ts';
import type { PageMap } from './page-texts.ts';
import { areaQuad, drawPage, quadsOnPage, type DrawablePage } from './page-passages.ts';
import type { PageSheet } from './sheet.ts';
import { drawable } from './text-selection.ts';

/** How long a dropped passage is drawn at its new place while the commit, which takes 20 ms, is awaited, ms. */
const PREVIEW_MS = 500;

/** Passages and matches, drawn on the pages that are in the DOM. */
export class PageMarks {
  readonly #sheet: PageSheet;
  readonly #map: PageMap;
  #index = new PassageIndex([]);
  #areas = new Map<number, DrawnPassage[]>();
  #byId = new Map<string, DrawnPassage>();
  #current: string | null = null;
  #matches: readonly TextRange[] = [];
  #currentMatch: TextRange | null = null;
  #look: MatchLook = 'found';
  /** The passage being dragged, drawn instead of the stored one. */
  #preview: DrawnPassage | null = null;
  #previewTimer = 0;

  constructor(sheet: PageSheet, map: PageMap) {
    this.#sheet = sheet;
    this.#map = map;
  }

  get current(): string | null {
    return this.#current;
  }
  get(id: string): DrawnPassage | null {
    return this.#byId.get(id) ?? null;
  }

  /** The current passage as drawn, if its edges can be moved. */
  get movable(): DrawnPassage | null {
    const current = this.#preview ?? (this.#current === null ? null : this.get(this.#current));
    return current?.fixed === true ? null : current;
  }

  setPassages(passages: readonly DrawnPassage[]): void {
    // The passages now include the one that was dropped.
    if (this.#previewTimer !== 0) this.#clearPreview();
    this.#index = new PassageIndex(passages);
    this.#byId = new Map(passages.map((passage) => [passage.id, passage]));
    this.#areas = Map.groupBy(
      passages.filter((passage) => passage.kind === 'area'),
      (passage) => passage.page,
    );
    this.drawAll();
  }

  setCurrent(id: string | null): void {
    if (this.#current === id) return;
    this.#current = id;
    this.drawAll();
  }

  /** Draws a passage at the place it is dragged to; null draws it where it is. */
  preview(passage: DrawnPassage | null): void {
    this.#clearPreview();
    this.#preview = passage;
    this.drawAll();
  }

  /** Keeps the preview of a passage that was dropped until the changed passage arrives, {@link PREVIEW_MS} at most. */
  keepPreview(): void {
    if (this.#preview !== null) this.#previewTimer = window.setTimeout(() => this.preview(null), PREVIEW_MS);
  }

  #clearPreview(): void {
    window.clearTimeout(this.#previewTimer);
    this.#previewTimer = 0;
    this.#preview = null;
  }

  destroy(): void {
    this.#clearPreview();
  }

  /** Matches in the order of the text; `current` is the index of the current one. */
  setMatches(matches: readonly TextRange[], current: number | null, look: MatchLook): void {
    this.#look = look;
    this.#matches = matches;
    this.#currentMatch = current === null ? null : (matches[current] ?? null);
    for (const box of this.#sheet.boxes.values()) this.#drawMatches(box);
  }

  draw(box: PageBox): void {
    const page = drawable(box, this.#map);
    if (page === null) return;
    const passages = this.#touching(page);
    const area = this.#preview ?? passages.find(({ id }) => id === this.#current) ?? null;
    box.showPassages(drawPage(page, passages, this.#current), this.#current);
    box.describePassages(passages, page.start);
    box.showHandles(area?.kind === 'area' && area.page === page.number ? areaQuad(page, area) : null);
    this.#drawMatches(box);
  }

  #touching({ start, end, number }: DrawablePage): DrawnPassage[] {
    const known = [...this.#index.within(start, end), ...(this.#areas.get(number) ?? [])];
    const other = this.#preview;
    if (other === null) return known;
    const rest = known.filter(({ id }) => id !== other.id);
    const touches = other.kind === 'area' ? other.page === number : other.start < end && other.end > start;
    return touches ? [...rest, other] : rest;
  }

  /** Draws the matches of a page, found by binary search: a search can have tens of thousands. */
  #drawMatches(box: PageBox): void {
    const page = drawable(box, this.#map);
    if (page === null) return;
    const rest: Quad[] = [];
    const current: Quad[] = [];
    const gaps: Caret[] = [];
    for (let at = firstEndingAfter(this.#matches, page.start); at < this.#matches.length; at++) {
      const match = this.#matches[at];
      if (match === undefined) break;
      if (match.start >= page.end) {
        if (this.#look === 'found') break;
        // The current match may overlap others and begin before them.
        continue;
      }
      if (match.end <= match.start) gaps.push(...gapOn(page, match.start));
      else (match === this.#currentMatch ? current : rest).push(...quadsOnPage(page, match));
    }
    box.showMatches({ rest, current, gaps, look: this.#look });
  }

  drawAll(): void {
    for (const box of this.#sheet.boxes.values()) this.draw(box);
  }

  /** Passages at a point: text passages with that code unit, shortest first, then areas, smallest first. */
  under(page: number, unit: number | null, [x, y]: Point): DrawnPassage[] {
    const areas = (this.#areas.get(page) ?? [])
      .filter(({ area }) => area !== null && area[0] <= x && x <= area[2] && area[1] <= y && y <= area[3])
      .sort((a, b) => extent(a) - extent(b));
    return unit === null ? areas : [...this.#index.at(unit), ...areas];
  }
}

function gapOn({ text, start, toBase }: DrawablePage, offset: number): Caret[] {
  const caret = text === null ? null : caretAt(text, offset - start);
  return caret === null ? [] : [{ foot: apply(toBase, caret.foot), head: apply(toBase, caret.head) }];
}

const extent = ({ area }: DrawnPassage): number =>
  area === null ? 0 : Math.abs((area[2] - area[0]) * (area[3] - area[1]));

/** The index of the first range that ends after an offset; ranges are in the order of the text. */
function firstEndingAfter(ranges: readonly TextRange[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
