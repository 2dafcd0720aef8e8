import type { DomPoint, FlowSurface } from '../flow/surface.ts';
import type { TextRange } from '../types.ts';
import type { Frame } from './frame-style.ts';
import type { FrameText } from './frame-text.ts';
import { showPlace } from './places.ts';

/** A frozen page's text as selecting and dragging see it. */
export class FrameSurface implements FlowSurface {
  readonly document: Document;
  readonly ground: Document;
  readonly #frame: Frame;
  readonly #text: FrameText;

  constructor(frame: Frame, text: FrameText) {
    this.#frame = frame;
    this.#text = text;
    this.document = frame.document;
    this.ground = frame.document;
  }

  get text(): string {
    return this.#text.text;
  }
  toDom(offset: number, closing: boolean): DomPoint | null {
    return this.#text.point(offset, closing ? 'end' : 'start');
  }
  toOffset({ node, offset }: DomPoint, closing: boolean): number {
    return this.#text.offset(node, offset, closing ? 'end' : 'start');
  }
  boxes(range: TextRange): DOMRect[] {
    return this.#text.boxes(range);
  }
  unitAt(x: number, y: number): number | null {
    return this.#text.at(x, y);
  }
  firstVisible(): number {
    return this.#text.firstVisible();
  }
  reveal(offset: number): void {
    showPlace(this.#frame, this.#text, { start: Math.max(0, offset - 1), end: offset }, 'nearest');
  }
  view(): ReturnType<FlowSurface['view']> {
    const { innerWidth, innerHeight } = this.#frame.window;
    return { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  }
  scrollBy(x: number, y: number): boolean {
    const { window } = this.#frame;
    const [left, top] = [window.scrollX, window.scrollY];
    window.scrollBy(x, y);
    return window.scrollX !== left || window.scrollY !== top;
  }
}
