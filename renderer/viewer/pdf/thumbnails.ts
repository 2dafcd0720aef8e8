import { PIXELS_PER_POINT } from './layout.ts';
import type { PageView } from './matrix.ts';
import type { PaintWish } from './paint-queue.ts';

/** Width of a small page, CSS pixels. */
export const THUMBNAIL_WIDTH = 88;
/** A page as tall as a scroll is not drawn taller than this many widths. */
const TALLEST = 3;
/** Painted so many times finer than shown, then made small: letters of a pixel are grey then, not broken. */
const FINER = 2;
/** Small pages kept, by canvas pixels in all: 7 Mi take 28 MB, which is 160 pages twice as fine as CSS pixels. */
const KEPT_PIXELS = 7 * 2 ** 20;

/** What small pages need of the view. */
export interface ThumbnailSource {
  readonly turn: number;
  view(page: number): PageView;
}

/**
 * The pages, small: painted by pdf.js when nothing else is to be painted, or taken from a page that was. Whoever shows
 * them says which are in view; the least recently shown are forgotten.
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

  /** Who paints them, as soon as the PDF is open. */
  connect(ask: (wishes: readonly PaintWish[]) => void): void {
    this.#ask = ask;
    this.#tell();
  }

  /** Grows with each change of what is painted. */
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** These are in view, most wanted first; none while nobody looks. */
  want(pages: readonly number[]): void {
    this.#wanted = pages;
    for (const page of pages) this.#touch(page);
    this.#tell();
  }

  /** How the reader has turned the pages, in degrees. */
  get turn(): number {
    return this.#source.turn;
  }

  get(page: number): HTMLCanvasElement | null {
    return this.#painted.get(page) ?? null;
  }

  /** Height of a small page, CSS pixels. */
  height(page: number): number {
    const { width, height } = this.#source.view(page);
    return Math.round(THUMBNAIL_WIDTH * Math.min(TALLEST, height / Math.max(1, width)) || THUMBNAIL_WIDTH);
  }

  /** One was painted small. */
  take({ page, turn }: PaintWish, painted: HTMLCanvasElement): void {
    if (turn === this.#source.turn) this.#keep(page, shrunk(painted));
    free(painted);
  }

  /** A page was painted at its size: small it costs nothing more. */
  takeFrom({ page, turn }: PaintWish, painted: HTMLCanvasElement): void {
    if (turn !== this.#source.turn || !this.#wanted.includes(page) || this.#painted.has(page)) return;
    this.#keep(page, shrunk(painted));
  }

  failed(page: number): void {
    this.#failed.add(page);
    this.#tell();
  }

  /** The pages were turned. */
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

  #touch(page: number): void {
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

  /** Canvas pixels a point. */
  #scale(page: number): number {
    const { width, height } = this.#source.view(page);
    const points = Math.max(width, height / TALLEST);
    return points > 0 ? (FINER * THUMBNAIL_WIDTH * window.devicePixelRatio) / points : PIXELS_PER_POINT;
  }
}

/** The same page as large as it is shown. */
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

/** Gives a canvas's memory back at once, not when it is collected. */
export function free(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
