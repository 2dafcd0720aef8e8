import type { Quad } from '../../../shared/model/index.ts';
import { isCostlyInOrder } from '../../../shared/text/directions.ts';
import { type DomPoint, caretBox } from '../flow/surface.ts';
import {
  differingLines,
  gapClass,
  gapMark,
  matchClass,
  lookOf,
  outline,
  passagePaths,
  showPaths,
  svgElement,
} from '../passages/shapes.ts';
import { fillSegments, strokeLanes } from '../passages/fills.ts';
import { type CodeLabels, showCodes } from '../passages/margin.ts';
import { PassageDescriptions } from '../passages/descriptions.ts';
import type { DrawnPassage, MatchLook, TextRange } from '../types.ts';

/** Lines that are put into the DOM and taken out of it together; `end` is after the last line feed. */
export type TextBlock = TextRange;

/** Approximate length of a block, UTF-16 code units: three screens. */
const BLOCK_UNITS = 6000;

/** Divides a text into blocks of whole lines, in order and without gaps. */
export function blocksOf(text: string, units = BLOCK_UNITS): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (let start = 0; start < text.length;) {
    const cut = text.indexOf('\n', Math.min(start + units, text.length) - 1);
    const end = cut === -1 ? text.length : cut + 1;
    blocks.push({ start, end });
    start = end;
  }
  return blocks;
}

/** The lines of a block, each with its line feed. */
export function linesOf(text: string, block: TextBlock): TextRange[] {
  const lines: TextRange[] = [];
  for (let start = block.start; start < block.end;) {
    const cut = text.indexOf('\n', start);
    const end = cut === -1 || cut >= block.end ? block.end : cut + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

/**
 * The index of the range that holds an offset (with `closing`, the unit before it). The ranges follow each other
 * without gaps.
 */
export function indexAt(ranges: readonly TextRange[], offset: number, closing = false): number {
  const key = closing ? offset - 1 : offset;
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ranges[middle]?.start ?? 0) <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The matches in a block: the current one, if it is in this block, and the others. */
interface BlockMatches {
  readonly others: readonly TextRange[];
  readonly current: TextRange | null;
  readonly look: MatchLook;
}

/**
 * What a block was last drawn with. If it is the same, nothing is drawn: most of the work is measuring the boxes of
 * lines, and a tag on a passage in another block changes none.
 */
interface DrawInput {
  readonly passages: readonly DrawnPassage[];
  readonly matches: BlockMatches;
  readonly current: string | null;
  readonly width: number;
  readonly height: number;
}

const isSameRange = (a: TextRange | null, b: TextRange | null): boolean => a?.start === b?.start && a?.end === b?.end;

function isSame(a: DrawInput, b: DrawInput): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.current === b.current &&
    a.passages.length === b.passages.length &&
    a.passages.every((passage, at) => passage === b.passages[at]) &&
    a.matches.look === b.matches.look &&
    isSameRange(a.matches.current, b.matches.current) &&
    a.matches.others.length === b.matches.others.length &&
    a.matches.others.every((match, at) => isSameRange(match, b.matches.others[at] ?? null))
  );
}

/**
 * The boxes of ranges in a block, measured once while the letters don’t move: measuring 10,000 figures takes seconds, and a step from one
 * to the next moves no letter. Keeps the boxes of the last drawing only.
 */
class MeasuredQuads {
  #before: ReadonlyMap<string, readonly Quad[]> = new Map();
  #now = new Map<string, readonly Quad[]>();

  beginDrawing(isMoved: boolean): void {
    this.#before = isMoved ? new Map() : this.#now;
    this.#now = new Map();
  }

  of({ start, end }: TextRange, measure: () => readonly Quad[]): readonly Quad[] {
    const key = `${start} ${end}`;
    const quads = this.#now.get(key) ?? this.#before.get(key) ?? measure();
    this.#now.set(key, quads);
    return quads;
  }
}

/**
 * A block of lines. Each line is a paragraph with its own direction and one text node, line feed included, so that DOM
 * offsets are text offsets. An emptied block keeps its height.
 */
export class BlockBox {
  readonly element = document.createElement('section');
  readonly block: TextBlock;
  readonly #text: string;
  readonly #labels: CodeLabels;
  #lines: readonly TextRange[] = [];
  #nodes: readonly Text[] = [];
  readonly #svg = svgElement('svg', { class: 'page-drawing', 'aria-hidden': 'true' });
  readonly #passages = svgElement('g');
  readonly #matches = svgElement('path', { class: 'text-matches' });
  readonly #match = svgElement('path', { class: 'text-matches is-current' });
  readonly #differing = svgElement('path');
  readonly #gaps = svgElement('path');
  readonly #margin = document.createElement('div');
  readonly #descriptions: PassageDescriptions;
  #codes: readonly DrawnPassage[] = [];
  #drawn: DrawInput | null = null;
  readonly #quads = new MeasuredQuads();

  constructor(text: string, block: TextBlock, guessedHeight: number, labels: CodeLabels) {
    this.#text = text;
    this.block = block;
    this.#labels = labels;
    this.#descriptions = new PassageDescriptions(labels);
    this.element.className = 'text-block';
    this.element.style.blockSize = `${guessedHeight}px`;
    this.#margin.className = 'margin-codes';
    this.#svg.append(this.#matches, this.#match, this.#passages, this.#differing, this.#gaps);
  }

  get isFilled(): boolean {
    return this.#nodes.length > 0;
  }

  fill(): void {
    if (this.isFilled) return;
    this.#drawn = null;
    this.#lines = linesOf(this.#text, this.block);
    const paragraphs = this.#lines.map(({ start, end }) => {
      const paragraph = document.createElement('p');
      paragraph.dir = 'auto';
      const line = this.#text.slice(start, end);
      if (isCostlyInOrder(line)) paragraph.classList.add('is-unordered');
      paragraph.append(line);
      return paragraph;
    });
    this.#nodes = paragraphs.flatMap(({ firstChild }) => (firstChild instanceof Text ? [firstChild] : []));
    this.element.style.blockSize = '';
    this.element.replaceChildren(this.#svg, ...paragraphs, this.#margin);
  }

  empty(): void {
    if (!this.isFilled) return;
    this.#descriptions.destroy();
    this.element.style.blockSize = `${this.element.offsetHeight}px`;
    this.#nodes = [];
    this.#lines = [];
    this.element.replaceChildren();
  }

  /** The DOM position of an offset; null while the block is empty. */
  toDom(offset: number, closing = false): DomPoint | null {
    const at = indexAt(this.#lines, offset, closing);
    const node = this.#nodes[at];
    const line = this.#lines[at];
    if (node === undefined || line === undefined) return null;
    return { node, offset: Math.min(Math.max(offset - line.start, 0), node.length) };
  }

  /** The offset of a DOM boundary point in this block; null for any other. */
  toOffset({ node, offset }: DomPoint): number | null {
    const text = node instanceof Text ? node : node.firstChild;
    const at = this.#nodes.findIndex((known) => known === text);
    const line = this.#lines[at];
    if (line === undefined) return null;
    if (node instanceof Text) return line.start + offset;
    return offset === 0 ? line.start : line.end;
  }

  /**
   * The box of the drawn line at an offset: the character’s own box, or for characters that are not drawn (line feeds,
   * white space at a line’s end) that of the text before.
   */
  lineRectOf(offset: number): DOMRect | null {
    const [own] = this.rectsOf({ start: offset, end: offset + 1 });
    const at = indexAt(this.#lines, offset);
    const [line, node] = [this.#lines[at], this.#nodes[at]];
    if (own !== undefined) return own;
    if (line === undefined || node === undefined) return null;
    const before = this.rectsOf({ start: line.start, end: offset }).at(-1);
    return before ?? node.parentElement?.getBoundingClientRect() ?? null;
  }

  /** Boxes of a range on the screen, one for each part of a drawn line. */
  rectsOf({ start, end }: TextRange): DOMRect[] {
    const from = Math.max(start, this.block.start);
    const to = Math.min(end, this.block.end);
    if (!this.isFilled || from >= to) return [];
    const rects: DOMRect[] = [];
    const last = indexAt(this.#lines, to, true);
    for (let at = indexAt(this.#lines, from); at <= last; at++) {
      const [line, node] = [this.#lines[at], this.#nodes[at]];
      if (line === undefined || node === undefined) continue;
      const range = document.createRange();
      range.setStart(node, Math.max(from, line.start) - line.start);
      range.setEnd(node, Math.min(to, line.end) - line.start);
      rects.push(...[...range.getClientRects()].filter((rect) => rect.width > 0));
    }
    return rects;
  }

  /** Call when letters have moved in their lines, for example because a font has loaded late: draws over them again. */
  lettersMoved(): void {
    this.#drawn = null;
  }

  draw(passages: readonly DrawnPassage[], matches: BlockMatches, current: string | null): void {
    if (!this.isFilled) return;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const drawn = {
      passages,
      matches,
      current: passages.some(({ id }) => id === current) ? current : null,
      width,
      height,
    };
    if (this.#drawn !== null && isSame(drawn, this.#drawn)) return;
    this.#quads.beginDrawing(this.#drawn?.width !== width || this.#drawn.height !== height);
    this.#drawn = drawn;
    const quads = new Map(passages.map((passage) => [passage.id, this.#quadsOf(passage)]));
    const byId = new Map(passages.map((passage) => [passage.id, passage]));
    const lanes = strokeLanes(passages);
    const fills = fillSegments(passages, current).map((segment) => ({
      ...lookOf(byId.get(segment.id)),
      current: segment.id === current,
      quads: this.#quadsOf(segment),
    }));
    const strokes = passages.map((passage) => ({
      ...lookOf(passage),
      lane: lanes.get(passage.id) ?? 0,
      quads: quads.get(passage.id) ?? [],
    }));
    showPaths(this.#passages, passagePaths(fills, strokes, 1));
    this.#drawMatches(matches);
    this.#codes = passages.filter((passage) => passage.start >= this.block.start);
    const codes = this.#codes.map((passage) => ({ passage, top: quads.get(passage.id)?.[0]?.[5] ?? 0 }));
    showCodes(this.#margin, codes, this.element.offsetHeight, current, this.#labels);
    this.#descriptions.show(passages, {
      text: this.#text.slice(this.block.start, this.block.end),
      start: this.block.start,
      elementAt: (offset, closing) => this.toDom(offset, closing)?.node.parentElement ?? null,
    });
  }

  passagesOfCode(button: Element): readonly DrawnPassage[] {
    const ids = (button instanceof HTMLElement ? (button.dataset['passages'] ?? '') : '').split(' ');
    return this.#codes.filter(({ id }) => ids.includes(id));
  }

  #drawMatches({ others, current, look }: BlockMatches): void {
    const on = current === null ? [] : this.#quadsOf(current);
    const rest = others.flatMap((range) => this.#quadsOf(range));
    this.#matches.setAttribute('class', matchClass(look));
    this.#matches.setAttribute('d', rest.map(outline).join(''));
    this.#match.setAttribute('d', on.map(outline).join(''));
    this.#differing.setAttribute('class', `differing is-${look}`);
    this.#differing.setAttribute('d', differingLines(rest, look));
    this.#gaps.setAttribute('class', gapClass(look));
    this.#gaps.setAttribute(
      'd',
      [...others, ...(current === null ? [] : [current])].map((match) => this.#gap(match)).join(''),
    );
  }

  /** The path of the mark for words that only the other version has; empty for a range with text. */
  #gap({ start, end }: TextRange): string {
    const surface = { document, toDom: (offset: number, closing: boolean) => this.toDom(offset, closing) };
    const box = end > start ? null : caretBox(surface, start, false);
    if (box === null) return '';
    const { left, top } = this.element.getBoundingClientRect();
    return gapMark(box.left - left, box.top - top, box.bottom - top);
  }

  #quadsOf(range: TextRange): readonly Quad[] {
    return this.#quads.of(range, () => {
      const { left, top } = this.element.getBoundingClientRect();
      return this.rectsOf(range).map((rect): Quad => {
        const [x1, y1, x2, y2] = [rect.left - left, rect.bottom - top, rect.right - left, rect.top - top];
        return [x1, y1, x2, y1, x2, y2, x1, y2];
      });
    });
  }
}
