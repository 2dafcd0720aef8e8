import type { Quad } from '../../../shared/model/index.ts';
import { OWN_FAMILY, PLAIN_FAMILY, type Stroke, gapMark, passagePaths, svgElement } from '../passages/shapes.ts';
import type { Grips } from '../flow/edge-drag.ts';
import type { Frame } from './frame-style.ts';
import type { Paints } from './paints.ts';

/** The strokes of the families, and the grips of the current passage. Frame pixels. */
export interface Strokes {
  readonly strokes: readonly Stroke[];
  readonly grips: Grips | null;
  /** Positions where only the other version has words; `colour` shows whether these were removed or added. */
  readonly gaps: { readonly boxes: readonly DOMRect[]; readonly colour: string };
}
/** Radius of a grip's dot, CSS pixels. */
const DOT = 4;

/** The style of our host element, which the page’s styles cannot override. */
const HOST_STYLE =
  'all: initial !important; position: absolute !important; inset: 0 auto auto 0 !important; width: 0 !important; ' +
  'height: 0 !important; overflow: visible !important; pointer-events: none !important; z-index: 2147483647 !important; ' +
  'display: block !important;';

/** With forced colours the strokes keep their patterns. */
const FORCED_COLOURS =
  '@media (forced-colors: active) { path { stroke: CanvasText } .caret, .grip { stroke: Highlight } circle { fill: Highlight } }';

/**
 * The strokes, as one SVG in the frame’s document, so that it scrolls with the page: one path per family, the same as
 * on a PDF. It lies in a closed shadow tree: the page’s style sheets do not reach it, and it adds no text to the page.
 * (An underline of the Highlight API has five patterns, and there are twelve families.)
 */
export class StrokeLayer {
  readonly #host: HTMLElement;
  readonly #group = svgElement('g');
  readonly #caret = svgElement('path', { class: 'caret', 'stroke-width': '2' });
  readonly #paints: Paints;

  constructor({ document, window }: Frame, paints: Paints) {
    this.#paints = paints;
    this.#host = document.createElement('div');
    this.#host.style.cssText = HOST_STYLE;
    const svg = svgElement('svg', { 'aria-hidden': 'true', width: '1', height: '1', fill: 'none' });
    svg.style.cssText = 'position: absolute; overflow: visible';
    svg.append(this.#group, this.#caret);
    const shadow = this.#host.attachShadow({ mode: 'closed' });
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(FORCED_COLOURS);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(svg);
    document.documentElement.append(this.#host);
  }

  show({ strokes, grips, gaps }: Strokes): void {
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
    const gap = svgElement('path', {
      d: gaps.boxes
        .map((box) => gapMark(box.left - origin.left, box.top - origin.top, box.bottom - origin.top))
        .join(''),
      stroke: gaps.colour,
      'stroke-width': '2',
    });
    this.#group.replaceChildren(...lines, gap, ...this.#gripsAt(grips, origin));
  }

  /** The text caret, shown with F7. */
  showCaret(box: DOMRect | null): void {
    const { left, top } = this.#host.getBoundingClientRect();
    this.#caret.setAttribute('stroke', this.#paints.grip);
    this.#caret.setAttribute('d', box === null ? '' : `M${box.left - left} ${box.top - top}V${box.bottom - top}`);
  }

  /** A line at either edge, with a dot at the top of the first and at the bottom of the second. */
  #gripsAt(grips: Grips | null, origin: DOMRect): SVGElement[] {
    return (['start', 'end'] as const).flatMap((edge) => {
      const box = grips?.[edge] ?? null;
      if (box === null) return [];
      const [x, top, bottom] = [box.left - origin.left, box.top - origin.top, box.bottom - origin.top];
      const paint = this.#paints.grip;
      return [
        svgElement('path', { class: 'grip', d: `M${x} ${top}V${bottom}`, stroke: paint, 'stroke-width': '2' }),
        svgElement('circle', {
          class: 'grip',
          cx: String(x),
          cy: String(edge === 'start' ? top : bottom),
          r: String(DOT),
          fill: paint,
        }),
      ];
    });
  }

  destroy(): void {
    this.#host.remove();
  }
}

/** The family in a path’s classes, which are like `passage-stroke f-trf`. */
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
