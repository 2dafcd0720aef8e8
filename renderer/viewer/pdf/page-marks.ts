import { PassageIndex } from '../passages/index-of-passages.ts';
import type { DrawnPassage, TextRange } from '../types.ts';
import type { Point } from './matrix.ts';
import type { PageBox } from './page-box.ts';
import type { PageMap } from './page-map.ts';
import { drawPage, quadsOnPage } from './page-passages.ts';
import type { PageSheet } from './sheet.ts';
import { drawable } from './text-selection.ts';

/** Passages and passing search hits, drawn on the pages that are in the DOM. */
export class PageMarks {
  readonly #sheet: PageSheet;
  readonly #map: PageMap;
  #index = new PassageIndex([]);
  #areas = new Map<number, DrawnPassage[]>();
  #byId = new Map<string, DrawnPassage>();
  #current: string | null = null;
  #hits: readonly TextRange[] = [];

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

  setPassages(passages: readonly DrawnPassage[]): void {
    this.#index = new PassageIndex(passages);
    this.#byId = new Map(passages.map((passage) => [passage.id, passage]));
    this.#areas = Map.groupBy(
      passages.filter((passage) => passage.kind === 'area'),
      (passage) => passage.page,
    );
    this.#drawAll();
  }

  setCurrent(id: string | null): void {
    if (this.#current === id) return;
    this.#current = id;
    this.#drawAll();
  }

  setHits(hits: readonly TextRange[]): void {
    this.#hits = hits;
    for (const box of this.#sheet.boxes.values()) this.#drawHits(box);
  }

  draw(box: PageBox): void {
    const page = drawable(box, this.#map);
    if (page === null) return;
    const passages = [...this.#index.within(page.start, page.end), ...(this.#areas.get(page.number) ?? [])];
    box.showPassages(drawPage(page, passages, this.#current), this.#current);
    this.#drawHits(box);
  }

  #drawHits(box: PageBox): void {
    const page = drawable(box, this.#map);
    if (page === null) return;
    const here = this.#hits.filter((hit) => hit.start < page.end && hit.end > page.start);
    box.showHits(here.flatMap((hit) => quadsOnPage(page, hit)));
  }

  #drawAll(): void {
    for (const box of this.#sheet.boxes.values()) this.draw(box);
  }

  /** Passages under a point: text passages over that unit, shortest first, then areas, smallest first. */
  under(page: number, unit: number | null, [x, y]: Point): DrawnPassage[] {
    const areas = (this.#areas.get(page) ?? [])
      .filter(({ area }) => area !== null && area[0] <= x && x <= area[2] && area[1] <= y && y <= area[3])
      .sort((a, b) => extent(a) - extent(b));
    return unit === null ? areas : [...this.#index.at(unit), ...areas];
  }
}

const extent = ({ area }: DrawnPassage): number =>
  area === null ? 0 : Math.abs((area[2] - area[0]) * (area[3] - area[1]));
