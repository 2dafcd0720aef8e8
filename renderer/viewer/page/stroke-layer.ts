import type { Quad } from '../../../shared/model/index.ts';
import { passagePaths, svgElement, type Stroke } from '../passages/drawing.ts';
import { OWN_FAMILY, PLAIN_FAMILY } from '../passages/strokes.ts';
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
  readonly #paints: Paints;

  constructor({ document }: Frame, paints: Paints) {
    this.#paints = paints;
    this.#host = document.createElement('div');
    this.#host.style.cssText = PLACE;
    const svg = svgElement('svg', { 'aria-hidden': 'true', width: '1', height: '1', fill: 'none' });
    svg.style.cssText = 'position: absolute; overflow: visible';
    this.#group = svgElement('g');
    svg.append(this.#group);
    this.#host.attachShadow({ mode: 'closed' }).append(svg);
    document.documentElement.append(this.#host);
  }

  show({ strokes, grips }: Strokes): void {
    const origin = this.#host.getBoundingClientRect();
    const moved = strokes.map((stroke) => ({ ...stroke, quads: stroke.quads.map((quad) => shifted(quad, origin)) }));
    const lines = passagePaths([], moved, 1).map(({ className, colour, d, width, dash }) =>
      svgElement('path', {
        class: className,
        d,
        stroke: this.#paints.stroke(
          colour === undefined ? { family: familyIn(className) } : { family: OWN_FAMILY, colour },
        ),
        'stroke-width': String(width ?? 1),
        'stroke-dasharray': dash.join(' '),
      }),
    );
    const carets = grips.map(({ left, top, bottom }) =>
      svgElement('path', {
        class: 'grip',
        d: `M${left - origin.left} ${top - origin.top}V${bottom - origin.top}`,
        stroke: this.#paints.grip,
        'stroke-width': '2',
      }),
    );
    this.#group.replaceChildren(...lines, ...carets);
  }

  destroy(): void {
    this.#host.remove();
  }
}

/** A path's classes are `passage-stroke f-trf`. */
const familyIn = (className: string): string => /f-(\w+)/.exec(className)?.[1] ?? PLAIN_FAMILY;

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
