import type { Grips } from '../flow/edge-drag.ts';
import { svgElement } from '../passages/shapes.ts';

/** Radius of a grip's dot, CSS pixels, as on a page. */
const DOT = 4;

/** The grips of the current passage and the caret of the keyboard, over all blocks of a text. Boxes are on the screen. */
export class TextMarks {
  readonly element = svgElement('svg', { class: 'page-drawing text-marks', 'aria-hidden': 'true' });
  readonly #grips = svgElement('g', { class: 'grips' });
  readonly #caret = svgElement('path', { class: 'caret' });

  constructor() {
    this.element.append(this.#grips, this.#caret);
  }

  /** A line at either edge: the dot of the first stands on its head, of the second hangs at its foot. */
  showGrips(grips: Grips): void {
    const origin = this.element.getBoundingClientRect();
    const marks = (['start', 'end'] as const).flatMap((edge) => {
      const box = grips[edge];
      if (box === null) return [];
      const dot = { cx: box.left - origin.left, cy: (edge === 'start' ? box.top : box.bottom) - origin.top };
      return [
        svgElement('path', { d: lineOf(box, origin) }),
        svgElement('circle', { cx: String(dot.cx), cy: String(dot.cy), r: String(DOT) }),
      ];
    });
    this.#grips.replaceChildren(...marks);
  }

  showCaret(box: DOMRect | null): void {
    this.#caret.setAttribute('d', box === null ? '' : lineOf(box, this.element.getBoundingClientRect()));
  }
}

const lineOf = (box: DOMRect, { left, top }: DOMRect): string =>
  `M${box.left - left} ${box.top - top}V${box.bottom - top}`;
