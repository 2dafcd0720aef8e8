import type { Quad } from '../../../shared/model/index.ts';
import { passagePaths, showPaths, svgElement, type Stroke } from '../passages/drawing.ts';
import type { Frame } from './frame-style.ts';
import type { Paints } from './paints.ts';

/** What stands under the text: the strokes of the families, and the grips of the passage one is on. Frame pixels. */
export interface Strokes {
  readonly strokes: readonly Stroke[];
  readonly grips: readonly DOMRect[];
}

/** Where the element lies on which a page's styles have no say. */
const PLACE =
  'all: initial !important; position: absolute !important; inset: 0 auto auto 0 !important; width: 0 !important; ' +
  'height: 0 !important; overflow: visible !important; pointer-events: none !important; z-index: 2147483647 !important; ' +
  'display: block !important;';

/**
 * The strokes, as one SVG in the frame's document, which scrolls with the page and is not moved after it: one path a
 * family, the same as on a PDF. It lies in a closed shadow tree: the page's style sheets do not reach it, and it holds no
 * text. (An underline of the Highlight API knows five patterns, and there are twelve families.)
 */
export class StrokeLayer {
  readonly #host: HTMLElement;
  readonly #group: SVGGElement;
  readonly #sheet: CSSStyleSheet;
  readonly #paints: Paints;
  readonly #families = new Set<string>();
  #rules: string;

  constructor({ document, window }: Frame, paints: Paints) {
    this.#paints = paints;
    this.#host = document.createElement('div');
    this.#host.style.cssText = PLACE;
    const root = this.#host.attachShadow({ mode: 'closed' });
    this.#sheet = new window.CSSStyleSheet();
    this.#rules = `svg { position: absolute; overflow: visible; width: 1px; height: 1px; }
      .passage-stroke, .passage-grip { fill: none; }
      @media (forced-colors: active) { .passage-stroke, .passage-grip { stroke: CanvasText !important; } }`;
    this.#sheet.replaceSync(this.#rules);
    root.adoptedStyleSheets = [this.#sheet];
    const svg = svgElement('svg', { 'aria-hidden': 'true' });
    this.#group = svgElement('g');
    svg.append(this.#group);
    root.append(svg);
    document.documentElement.append(this.#host);
  }

  show({ strokes, grips }: Strokes): void {
    for (const { family } of strokes) this.#addRule(family);
    const origin = this.#host.getBoundingClientRect();
    const moved = strokes.map((stroke) => ({ ...stroke, quads: stroke.quads.map((quad) => shifted(quad, origin)) }));
    const gripPaths = grips.map((box) => ({
      className: 'passage-grip',
      d: `M${box.left - origin.left} ${box.top - origin.top}V${box.bottom - origin.top}`,
      width: 2,
      dash: [],
    }));
    showPaths(this.#group, [...passagePaths([], moved, 1), ...gripPaths]);
  }

  destroy(): void {
    this.#host.remove();
  }

  #addRule(family: string): void {
    if (this.#families.has(family)) return;
    this.#families.add(family);
    this.#rules += `.passage-stroke.f-${family} { stroke: ${this.#paints.stroke(family)}; }\n`;
    this.#sheet.replaceSync(this.#rules + `.passage-grip { stroke: ${this.#paints.grip}; }`);
  }
}

/** A box as a quad that starts at its lower left corner. */
export const quadOf = ({ left, top, right, bottom }: DOMRect): Quad => [
  left,
  bottom,
  right,
  bottom,
  right,
  top,
  left,
  top,
];

const shifted = ([x1, y1, x2, y2, x3, y3, x4, y4]: Quad, { left, top }: DOMRect): Quad => [
  x1 - left,
  y1 - top,
  x2 - left,
  y2 - top,
  x3 - left,
  y3 - top,
  x4 - left,
  y4 - top,
];
