import type { Look } from '../passages/strokes.ts';
import { secretName, FrameSheet, type Frame } from './frame-style.ts';
import type { Paints } from './paints.ts';

/** Ranges of one look. */
export interface Fills {
  readonly look: Look;
  readonly isCurrent: boolean;
  readonly ranges: readonly Range[];
}

/** Passing search hits, and the one that one is on. */
export interface Hits {
  readonly others: readonly Range[];
  readonly current: readonly Range[];
}

/**
 * Fills of passages and search hits, by the CSS Custom Highlight API: they follow the text wherever the page puts it,
 * into scrollers and under its own layers. Only what is near the viewport is registered: 2,000 marks on a huge page cost
 * 62 ms a scroll step (prototypes/freeze).
 */
export class FillLayer {
  readonly #frame: Frame;
  readonly #paints: Paints;
  readonly #sheet: FrameSheet;
  readonly #names = new Map<string, string>();
  #rules = '';

  constructor(frame: Frame, paints: Paints) {
    this.#frame = frame;
    this.#paints = paints;
    this.#sheet = new FrameSheet(frame);
  }

  show(fills: readonly Fills[], hits: Hits): void {
    const { CSS, Highlight } = this.#frame.window;
    for (const name of this.#names.values()) CSS.highlights.delete(name);
    for (const { look, isCurrent, ranges } of fills) {
      const name = this.#name(`${look.family} ${look.colour} ${isCurrent}`, this.#paints.fill(look, isCurrent));
      CSS.highlights.set(name, new Highlight(...ranges));
    }
    this.#showHits('hit', hits.others, 1, this.#paints.hit);
    this.#showHits('current hit', hits.current, 2, this.#paints.currentHit);
  }

  destroy(): void {
    for (const name of this.#names.values()) this.#frame.window.CSS.highlights.delete(name);
    this.#sheet.remove();
  }

  #showHits(key: string, ranges: readonly Range[], priority: number, colour: string): void {
    const { CSS, Highlight } = this.#frame.window;
    const found = new Highlight(...ranges);
    found.priority = priority;
    const isOn = key === 'current hit';
    // Forced colours have two of their own for what is found; the one that one is on is selected as well.
    CSS.highlights.set(
      this.#name(key, colour, isOn ? 'Highlight' : 'Mark', isOn ? 'HighlightText' : 'MarkText'),
      found,
    );
  }

  /** Where colours are forced a passage has its stroke only. */
  #name(key: string, colour: string, forced = 'transparent', forcedInk = 'CanvasText'): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = secretName('fill');
    this.#names.set(key, name);
    this.#rules += `::highlight(${name}) { background-color: ${colour} !important; }
      @media (forced-colors: active) {
        ::highlight(${name}) { background-color: ${forced} !important; color: ${forcedInk} !important; forced-color-adjust: none; }
      }\n`;
    this.#sheet.set(this.#rules);
    return name;
  }
}
