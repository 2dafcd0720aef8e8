import { PIXELS_PER_POINT } from './layout.ts';
import type { PageView } from './matrix.ts';
import type { PaintWish } from './paint-queue.ts';

/** Width of a thumbnail, CSS pixels. */
export const THUMBNAIL_WIDTH = 88;
/** A very tall page is cut off at this many widths. */
const TALLEST = 3;
/** Painted this many times finer and scaled down, so that letters a pixel high are grey, not broken. */
const FINER = 2;
/**
 * Limit for kept thumbnails, canvas pixels in all: 7 Mi take 28 MB, which is 160 pages at twice the resolution of CSS
 * pixels.
 */
const KEPT_PIXELS = 7 * 2 ** 20;

/** The part of the view that thumbnails need. */
export interface ThumbnailSource {
  readonly turn: number;
  view(page: number): PageView;
}

/**
 * Thumbnails of pages: painted by pdf.js when it has nothing else to paint, or scaled from a painted page. The list that
 * shows them reports which are in view; the least recently shown are dropped.
 */
export class Thumbnails {
  readonly #source: ThumbnailSource;
  readonly #painted = new Map<number, HTMLCanvasElement>();
  readonly #failed = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly number[] = [];
  #ask: (wishes: readonly PaintWish[]) => void = () => undefined;
  #version = 0;

  constructor(source: ThumbnailSource) {
    this.#source = source;
  }

  /** Sets the painter, once the PDF is open. */
  connect(ask: (wishes: readonly PaintWish[]) => void): void {
    this.#ask = ask;
    this.#tell();
  }

  /** Increases with each change of the painted thumbnails. */
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The thumbnails in view, most wanted first; none while the list is hidden. */
  want(pages: readonly number[]): void {
    this.#wanted = pages;
    for (const page of pages) this.#markUsed(page);
    this.#tell();
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

  /** A thumbnail was painted. */
  take({ page, turn }: PaintWish, painted: HTMLCanvasElement): void {
    if (turn === this.#source.turn) this.#keep(page, shrunk(painted));
    free(painted);
  }

  /** A page was painted in full: its thumbnail is scaled from it. */
  takeFrom({ page, turn }: PaintWish, painted: HTMLCanvasElement): void {
    if (turn !== this.#source.turn || !this.#wanted.includes(page) || this.#painted.has(page)) return;
    this.#keep(page, shrunk(painted));
  }

  failed(page: number): void {
    this.#failed.add(page);
    this.#tell();
  }

  /** The pages were rotated. */
  clear(): void {
    for (const canvas of this.#painted.values()) free(canvas);
    this.#painted.clear();
    this.#changed();
    this.#tell();
  }

  #keep(page: number, canvas: HTMLCanvasElement): void {
    this.#painted.set(page, canvas);
    let pixels = 0;
    for (const { width, height } of this.#painted.values()) pixels += width * height;
    for (const [old, gone] of this.#painted) {
      if (pixels <= KEPT_PIXELS) break;
      if (this.#wanted.includes(old)) continue;
      pixels -= gone.width * gone.height;
      this.#painted.delete(old);
      free(gone);
    }
    this.#changed();
    this.#tell();
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

  #tell(): void {
    const { turn } = this.#source;
    this.#ask(
      this.#wanted
        .filter((page) => !this.#painted.has(page) && !this.#failed.has(page))
        .map((page) => ({ page, turn, scale: this.#scale(page) })),
    );
  }

  /** Canvas pixels per point. */
  #scale(page: number): number {
    const { width, height } = this.#source.view(page);
    const points = Math.max(width, height / TALLEST);
    return points > 0 ? (FINER * THUMBNAIL_WIDTH * window.devicePixelRatio) / points : PIXELS_PER_POINT;
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
