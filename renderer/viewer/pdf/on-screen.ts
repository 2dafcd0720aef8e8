import { graphemeBorder, wordAround } from '../caret-steps.ts';
import { movedBox, unionOf } from '../screen.ts';
import type { DrawnPassage, ScreenBox, TextRange } from '../types.ts';
import { hitTest, paragraphAround } from './geometry.ts';
import type { PageBox } from './page-box.ts';
import type { PageMap, PageTexts } from './page-texts.ts';
import { areaQuad, quadsOnPage } from './page-passages.ts';
import type { Granularity, ScreenHit } from './pointer.ts';
import type { PageSheet } from './sheet.ts';
import { drawable } from './text-selection.ts';

/** How far from the text a click may be to select a passage there, points. */
const CLICK_REACH = 1;

/** Where text and passages are on the screen, and which text is at a point. Offsets count in the whole text. */
export class OnScreen {
  readonly #sheet: PageSheet;
  readonly #map: PageMap;
  readonly #texts: PageTexts;

  constructor(sheet: PageSheet, map: PageMap, texts: PageTexts) {
    this.#sheet = sheet;
    this.#map = map;
    this.#texts = texts;
  }

  /** The visible box of a range; null while it is out of view. */
  boxOf(range: TextRange): ScreenBox | null {
    const boxes = this.#map.within(range.start, range.end).flatMap(({ page }) => {
      const box = this.#sheet.boxes.get(page);
      const here = box === undefined ? null : drawable(box, this.#map);
      if (box === undefined || here === null) return [];
      const { left, top } = box.element.getBoundingClientRect();
      return quadsOnPage(here, range).map((quad) => movedBox(box.boxOf(quad), left, top));
    });
    const view = this.#sheet.scroller.getBoundingClientRect();
    return unionOf(boxes.filter((box) => box.bottom > view.top && box.top < view.bottom));
  }

  /** The box of a passage of either kind. */
  boxOfPassage(passage: DrawnPassage): ScreenBox | null {
    if (passage.kind === 'text') return this.boxOf(passage);
    const box = this.#sheet.boxes.get(passage.page);
    const inPage = box === undefined ? null : this.boxOfArea(box, passage);
    if (box === undefined || inPage === null) return null;
    const { left, top } = box.element.getBoundingClientRect();
    return movedBox(inPage, left, top);
  }

  /** An area in pixels of its page's box. */
  boxOfArea(box: PageBox, passage: DrawnPassage): ScreenBox | null {
    const page = drawable(box, this.#map);
    const quad = page === null ? null : areaQuad(page, passage);
    return quad === null ? null : box.boxOf(quad);
  }

  /** The text nearest to a point; null on a page without text. */
  hit(x: number, y: number): ScreenHit | null {
    const box = this.#sheet.boxAt(x, y);
    const page = box === null ? null : this.#map.get(box.number);
    const hit = box === null || box.text === null ? null : hitTest(box.text, box.fromScreen(x, y));
    if (page === null || hit === null) return null;
    return { offset: page.start + hit.offset, unit: page.start + hit.unit, inside: hit.distance <= CLICK_REACH };
  }

  /** The word or paragraph around a unit. */
  around(unit: number, granularity: Granularity): TextRange {
    const page = this.#map.at(unit);
    const text = page === null ? null : this.#texts.get(page.page);
    if (page === null || text === null) return { start: unit, end: unit };
    const local = unit - page.start;
    const { start, end } = granularity === 'word' ? wordAround(text.text, local) : paragraphAround(text, local);
    return { start: page.start + start, end: page.start + end };
  }

  /** The nearest position for an edge: between characters, with `wordwise` at an end of the word. */
  edgeAt(x: number, y: number, wordwise: boolean): number | null {
    const hit = this.hit(x, y);
    const page = hit === null ? null : this.#map.at(hit.unit);
    const text = page === null ? null : this.#texts.get(page.page);
    if (hit === null || page === null || text === null) return null;
    if (!wordwise) return page.start + graphemeBorder(text.text, hit.offset - page.start);
    const { start, end } = this.around(hit.unit, 'word');
    return hit.offset - start < end - hit.offset ? start : end;
  }
}
