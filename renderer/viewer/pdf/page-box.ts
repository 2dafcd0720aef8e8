import type { Quad } from '../../../shared/model/index.ts';
import { differingLines, gapClass, gapMark, matchClass, outline, showPaths, svgElement } from '../passages/shapes.ts';
import { showCodes, type CodeLabels } from '../passages/margin.ts';
import { PassageDescriptions } from '../passages/descriptions.ts';
import type { DrawnPassage, MatchLook } from '../types.ts';
import type { Caret, PlacedText } from './geometry.ts';
import type { PagePlace, PageUnit } from './layout.ts';
import {
  apply,
  compose,
  inverse,
  pageView,
  scaled,
  type Box,
  type Matrix,
  type PageView,
  type Point,
} from './matrix.ts';
import type { PageDrawing } from './page-passages.ts';
import { buildTextLayer, spanAt, type TextLayer } from './text-layer.ts';

/** The image of a page: a painted canvas, or an image that the browser paints at every size. */
export type Painted = HTMLCanvasElement | HTMLImageElement;

/** Matches on a page: the current one, the others, and places where only another version has words. */
export interface PageMatches {
  readonly rest: readonly Quad[];
  readonly current: readonly Quad[];
  readonly gaps: readonly Caret[];
  readonly look: MatchLook;
}

/** Translated words for a page. */
export interface PageLabels extends CodeLabels {
  page(page: number): string;
  unpainted: string;
}

/**
 * One page on the screen: the canvas, an SVG with passages and selection, the selectable text, and codes in the margin.
 * It draws what it is given and knows nothing of scrolling, the project or other pages.
 */
export class PageBox {
  readonly number: number;
  readonly element = document.createElement('div');
  /** PDF user space to the page's base space: points, y down, not rotated. */
  readonly toBase: Matrix;
  layer: TextLayer | null = null;
  text: PlacedText | null = null;

  readonly #unit: PageUnit;
  readonly #box: Box;
  readonly #labels: PageLabels;
  readonly #svg = svgElement('svg', { class: 'page-drawing', 'aria-hidden': 'true' });
  readonly #inner = svgElement('g');
  readonly #passages = svgElement('g');
  readonly #matches = svgElement('path', { class: 'text-matches' });
  readonly #currentMatch = svgElement('path', { class: 'text-matches is-current' });
  readonly #differing = svgElement('path');
  readonly #gaps = svgElement('path');
  readonly #selection = svgElement('path', { class: 'selection' });
  readonly #caret = svgElement('path', { class: 'caret' });
  readonly #grips = svgElement('g', { class: 'grips' });
  readonly #handles = svgElement('path', { class: 'area-handles' });
  readonly #ends = svgElement('path', { class: 'selection-ends' });
  readonly #margin = document.createElement('div');
  readonly #descriptions: PassageDescriptions;
  #canvas: Painted | null = null;
  #scale = 1;
  /** Rotation since the page was painted, degrees clockwise. */
  #canvasTurn = 0;
  #drawing: PageDrawing | null = null;
  #current: string | null = null;
  #place: PagePlace = { left: 0, top: 0, width: 0, height: 0, codes: 'right' };
  /** User space to CSS pixels of this box. */
  #toPixels: Matrix = [1, 0, 0, 1, 0, 0];

  constructor(number: number, box: Box, labels: PageLabels, unit: PageUnit) {
    this.number = number;
    this.#box = box;
    this.#unit = unit;
    this.#labels = labels;
    this.#descriptions = new PassageDescriptions(labels);
    this.toBase = pageView(box, 0).matrix;
    this.element.className = 'page-box paper';
    this.element.dataset['page'] = String(number);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', labels.page(number));
    this.#margin.className = 'margin-codes';
    this.#inner.append(
      this.#matches,
      this.#currentMatch,
      this.#passages,
      this.#differing,
      this.#gaps,
      this.#selection,
      this.#grips,
      this.#handles,
      this.#caret,
      this.#ends,
    );
    this.#svg.append(this.#inner);
    this.element.append(this.#svg, this.#margin);
  }

  /** Puts the page at its place with this zoom and rotation. `scale` is CSS pixels per unit of the view. */
  layOut(place: PagePlace, view: PageView, scale: number): void {
    this.#place = place;
    this.#scale = scale;
    this.#toPixels = scaled(view.matrix, scale);
    this.element.classList.toggle('has-codes-left', place.codes === 'left');
    this.element.style.cssText = `left:${place.left}px;top:${place.top}px;width:${place.width}px;height:${place.height}px`;
    const matrix = `matrix(${compose(this.#toPixels, inverse(this.toBase)).join(',')})`;
    this.#inner.setAttribute('transform', matrix);
    if (this.layer !== null) this.layer.element.style.transform = matrix;
    this.#placeCanvas();
    this.#placeCodes();
  }

  /** Shows a painted canvas; `turned` is the rotation since it was painted, in degrees. */
  showCanvas(canvas: Painted | null, turned = 0): void {
    if (canvas !== this.#canvas) this.#canvas?.remove();
    this.#canvas = canvas;
    this.#canvasTurn = turned;
    this.element.classList.remove('is-unpainted');
    if (canvas === null) return;
    canvas.setAttribute('aria-hidden', 'true');
    if (canvas.parentElement !== this.element) this.element.prepend(canvas);
    this.#placeCanvas();
  }

  /** A page painted at another rotation is shown rotated, not blank, until it is painted again. */
  #placeCanvas(): void {
    if (this.#canvas === null) return;
    const { width, height } = this.#place;
    const turn = this.#canvasTurn;
    const [across, down] = turn % 180 === 0 ? [width, height] : [height, width];
    const [x, y] = [turn === 270 ? 0 : width, turn === 90 ? 0 : height];
    this.#canvas.style.cssText =
      turn === 0
        ? ''
        : `width:${across}px;height:${down}px;transform-origin:0 0;transform:translate(${x}px,${y}px) rotate(${turn}deg)`;
  }

  /** The page cannot be painted: its text is shown instead, with a note. */
  showUnpainted(): void {
    this.showCanvas(null);
    this.element.classList.add('is-unpainted');
    this.element.dataset['unpainted'] = this.#labels.unpainted;
  }

  get isPainted(): boolean {
    return this.#canvas !== null;
  }

  /** Sets the selectable text; `language` is the source’s, where it is recorded. */
  showText(text: PlacedText | null, language: string | null): void {
    this.layer?.element.remove();
    this.text = text;
    this.layer = text === null ? null : buildTextLayer(text, this.#box, language);
    if (this.layer === null) return;
    this.layer.element.style.transform = this.#inner.getAttribute('transform') ?? '';
    this.#svg.after(this.layer.element);
  }

  showPassages(drawing: PageDrawing, current: string | null): void {
    this.#drawing = drawing;
    this.#current = current;
    showPaths(this.#passages, drawing.paths);
    this.#grips.replaceChildren(...drawing.grips.flatMap(grip));
    this.#placeCodes();
  }

  /** Describes passages in the selectable text of this page, which begins at the offset `start`. */
  describePassages(passages: readonly DrawnPassage[], start: number): void {
    const { layer, text } = this;
    if (layer === null || text === null) return;
    const elementAt = (offset: number, closing: boolean): Element | null => spanAt(layer, offset - start, closing);
    this.#descriptions.show(passages, { text: text.text, start, elementAt });
  }

  /** Shows the selection and the caret, in base space. */
  showSelection(quads: readonly Quad[], caret: Caret | null): void {
    this.#selection.setAttribute('d', quads.map(outline).join(''));
    const line = caret === null ? '' : `M${caret.foot[0]} ${caret.foot[1]}L${caret.head[0]} ${caret.head[1]}`;
    this.#caret.setAttribute('d', line);
  }

  /** The touch handles of the selection, in base space: dots below its ends, of one size at any zoom. */
  showTouchHandles(ends: readonly Caret[]): void {
    this.#ends.setAttribute('d', ends.map(({ foot }) => `M${foot[0]} ${foot[1]}h0`).join(''));
  }

  /** Shows the handles of the current area, whose quad is in base space; null hides them. */
  showHandles(quad: Quad | null): void {
    const dots = quad === null ? [] : handlesOf(quad);
    this.#handles.setAttribute('d', dots.map(([x, y]) => `M${x} ${y}h0`).join(''));
  }

  /** Shows matches, and marks where only another version has words, in base space. */
  showMatches({ rest, current, gaps, look }: PageMatches): void {
    this.#matches.setAttribute('class', matchClass(look));
    this.#matches.setAttribute('d', rest.map(outline).join(''));
    this.#currentMatch.setAttribute('d', current.map(outline).join(''));
    this.#differing.setAttribute('class', `differing is-${look}`);
    this.#differing.setAttribute('d', differingLines(rest, look));
    this.#gaps.setAttribute('class', gapClass(look));
    const marks = gaps.map(({ foot, head }) => gapMark(foot[0], head[1], foot[1], this.hairline));
    this.#gaps.setAttribute('d', marks.join(''));
  }

  /**
   * One CSS pixel in base space: at 100% where pages have a paper size, so that lines grow with them; on an image,
   * which may be shown at a tenth of its size, at the current zoom.
   */
  get hairline(): number {
    return 1 / (this.#unit.isWhole ? this.#scale : this.#unit.pixels);
  }
  /** Whether areas are whole units, as on an image. */
  get isWhole(): boolean {
    return this.#unit.isWhole;
  }

  /** Converts a point of the screen to the page’s user space. */
  fromScreen(x: number, y: number): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return apply(inverse(this.#toPixels), [x - left, y - top]);
  }

  /** Converts a point of user space to the screen. */
  toScreen(point: Point): Point {
    const { left, top } = this.element.getBoundingClientRect();
    const [x, y] = apply(this.#toPixels, point);
    return [x + left, y + top];
  }

  /** A quad of base space in pixels of this box: left, top, right, bottom. */
  boxOf(quad: Quad): { left: number; top: number; right: number; bottom: number } {
    const matrix = compose(this.#toPixels, inverse(this.toBase));
    const corners = [0, 2, 4, 6].map((at) => apply(matrix, [quad[at] ?? 0, quad[at + 1] ?? 0]));
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
  }

  #placeCodes(): void {
    if (this.#drawing === null) return;
    const [, b, , d, , f] = compose(this.#toPixels, inverse(this.toBase));
    const codes = this.#drawing.codes.map(({ passage, quad: [x1, y1, x2, y2, x3, y3, x4, y4] }) => ({
      passage,
      top: Math.min(b * x1 + d * y1, b * x2 + d * y2, b * x3 + d * y3, b * x4 + d * y4) + f,
    }));
    showCodes(this.#margin, codes, this.#place.height, this.#current, this.#labels);
  }

  /** The passages of a code. */
  passagesOfCode(button: Element): readonly DrawnPassage[] {
    const ids = (button instanceof HTMLElement ? (button.dataset['passages'] ?? '') : '').split(' ');
    return (this.#drawing?.codes ?? []).map(({ passage }) => passage).filter(({ id }) => ids.includes(id));
  }
}

/** The corners of a quad, and the middles of its sides. */
function handlesOf([x1, y1, x2, y2, x3, y3, x4, y4]: Quad): Point[] {
  const corners: Point[] = [
    [x1, y1],
    [x2, y2],
    [x3, y3],
    [x4, y4],
  ];
  return corners.flatMap((corner, at) => {
    const next = corners[(at + 1) % 4] ?? corner;
    return [corner, [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2] satisfies Point];
  });
}

/** The elements of a grip: a bar at the passage’s edge with a dot at its head. */
function grip({ foot, head }: Caret): SVGElement[] {
  const bar = svgElement('path', { d: `M${foot[0]} ${foot[1]}L${head[0]} ${head[1]}` });
  const dot = svgElement('circle', { cx: String(head[0]), cy: String(head[1]), r: '3' });
  return [bar, dot];
}
