import { PIXELS_PER_POINT } from './layout.ts';
import type { PageView } from './matrix.ts';
import type { PaintRequest } from './paint-queue.ts';

/** Width of a thumbnail, CSS pixels. */
export const THUMBNAIL_WIDTH = 88;
/** A very tall page is cut off at this many widths. */
const TALLEST = 3;
/** Thumbnails are painted this many times larger and scaled down, so that letters a pixel high are grey, not broken. */
const OVERSAMPLING = 2;
/**
 * Limit for all kept thumbnails, canvas pixels: 7 Mi take 28 MB, which is 160 pages with two device pixels per CSS
 * pixel.
 */
const KEPT_PIXELS = 7 * 2 ** 20;

/** The part of the view that thumbnails need. */
export interface ThumbnailSource {
  readonly turn: number;
  view(page: number): PageView;
}

/**
 * Thumbnails of pages: painted by pdf.js when it has nothing else to paint, or scaled from a painted page. The list
 * that shows them reports which are in view; the least recently shown are dropped.
 */
export class Thumbnails {
  readonly #source: ThumbnailSource;
  readonly #painted = new Map<number, HTMLCanvasElement>();
  readonly #failed = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #inView: readonly number[] = [];
  #request: (requests: readonly PaintRequest[]) => void = () => undefined;
  #version = 0;

  constructor(source: ThumbnailSource) {
    this.#source = source;
  }

  /** Sets how thumbnails are requested, once the PDF is open. */
  connect(request: (requests: readonly PaintRequest[]) => void): void {
    this.#request = request;
    this.#requestMissing();
  }

  /** Increases with each change of the painted thumbnails. */
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Sets which thumbnails are in view, the most urgent first; none while the list is hidden. */
  show(pages: readonly number[]): void {
    this.#inView = pages;
    for (const page of pages) this.#markUsed(page);
    this.#requestMissing();
  }

  /** Rotation of the pages by the reader, in degrees. */
  get turn(): number {
    return this.#source.turn;
  }

  get(page: number): HTMLCanvasElement | null {
    return this.#painted.get(page) ?? null;
  }

  /** Height of a thumbnail, CSS pixels. */
  height(page: number): number {
    const { width, height } = this.#source.view(page);
    return Math.round(THUMBNAIL_WIDTH * Math.min(TALLEST, height / Math.max(1, width)) || THUMBNAIL_WIDTH);
  }

  /** Adds a thumbnail that was painted. */
  add({ page, turn }: PaintRequest, painted: HTMLCanvasElement): void {
    if (turn === this.#source.turn) this.#keep(page, shrunk(painted));
    free(painted);
  }

  /** A page was painted in full: if its thumbnail is missing, it is scaled from the page. */
  addFrom({ page, turn }: PaintRequest, painted: HTMLCanvasElement): void {
    if (turn !== this.#source.turn || !this.#inView.includes(page) || this.#painted.has(page)) return;
    this.#keep(page, shrunk(painted));
  }

  /** A thumbnail could not be painted, and is not requested again. */
  failed(page: number): void {
    this.#failed.add(page);
    this.#requestMissing();
  }

  /** Drops all thumbnails: the pages were rotated, or the document is closed. */
  clear(): void {
    for (const canvas of this.#painted.values()) free(canvas);
    this.#painted.clear();
    this.#changed();
    this.#requestMissing();
  }

  #keep(page: number, canvas: HTMLCanvasElement): void {
    this.#painted.set(page, canvas);
    let pixels = 0;
    for (const { width, height } of this.#painted.values()) pixels += width * height;
    for (const [old, freed] of this.#painted) {
      if (pixels <= KEPT_PIXELS) break;
      if (this.#inView.includes(old)) continue;
      pixels -= freed.width * freed.height;
      this.#painted.delete(old);
      free(freed);
    }
    this.#changed();
    this.#requestMissing();
  }

  #markUsed(page: number): void {
    const known = this.#painted.get(page);
    if (known === undefined) return;
    this.#painted.delete(page);
    this.#painted.set(page, known);
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  #requestMissing(): void {
    const { turn } = this.#source;
    this.#request(
      this.#inView
        .filter((page) => !this.#painted.has(page) && !this.#failed.has(page))
        .map((page) => ({ page, turn, scale: this.#scale(page) })),
    );
  }

  /** Canvas pixels per point. */
  #scale(page: number): number {
    const { width, height } = this.#source.view(page);
    const points = Math.max(width, height / TALLEST);
    return points > 0 ? (OVERSAMPLING * THUMBNAIL_WIDTH * window.devicePixelRatio) / points : PIXELS_PER_POINT;
  }
}

/** Scales a painted page to thumbnail size. */
function shrunk(painted: HTMLCanvasElement): HTMLCanvasElement {
  const wide = THUMBNAIL_WIDTH * window.devicePixelRatio;
  const by = Math.min(wide / Math.max(1, painted.width), (TALLEST * wide) / Math.max(1, painted.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(painted.width * by));
  canvas.height = Math.max(1, Math.round(painted.height * by));
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.imageSmoothingQuality = 'high';
  context.drawImage(painted, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Frees a canvas’s memory at once instead of at garbage collection. */
export function free(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
