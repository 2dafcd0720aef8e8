import type { PageBox } from './page-box.ts';
import { PaintQueue, type PaintWish } from './paint-queue.ts';
import type { PaintedDocument } from './pdfjs.ts';
import type { PageSheet } from './sheet.ts';
import { free, type Thumbnails } from './thumbnails.ts';

/** While somebody turns the zoom, pages are stretched; they are painted again when it rests, ms. */
const REST = 120;

/** Paints the pages in view, and keeps what was painted as long as memory allows. */
export class PageCanvases {
  readonly #sheet: PageSheet;
  readonly #document: PaintedDocument;
  readonly #thumbnails: Thumbnails;
  readonly #queue: PaintQueue;
  readonly #canvases = new Map<number, HTMLCanvasElement>();
  readonly #unpaintable = new Set<number>();
  #visible = { first: 1, last: 1 };
  #scale = 0;
  #turn = 0;
  #timer = 0;

  constructor(
    sheet: PageSheet,
    document: PaintedDocument,
    thumbnails: Thumbnails,
    onFailed: (page: number, failure: unknown) => void,
  ) {
    this.#sheet = sheet;
    this.#thumbnails = thumbnails;
    this.#document = document;
    this.#queue = new PaintQueue(document, {
      onPainted: (wish, canvas) => this.#painted(wish, canvas),
      onFailed: (page, failure) => {
        this.#unpaintable.add(page);
        sheet.boxes.get(page)?.showUnpainted();
        thumbnails.failed(page);
        onFailed(page, failure);
      },
      onSmall: (wish, canvas) => {
        if (canvas === null) thumbnails.failed(wish.page);
        else thumbnails.take(wish, canvas);
      },
    });
    thumbnails.connect((wishes) => this.#queue.wantSmall(wishes));
    for (const box of sheet.boxes.values()) this.mounted(box);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#queue.close();
    for (const canvas of this.#canvases.values()) free(canvas);
    this.#thumbnails.clear();
  }

  mounted(box: PageBox): void {
    const { number } = box;
    if (this.#unpaintable.has(number)) box.showUnpainted();
    else box.showCanvas(this.#canvases.get(number) ?? null);
    const { turn } = this.#sheet;
    // A page that cannot be read is reported by its painting.
    this.#document.view(number, turn).then(
      (view) => this.#sheet.setView(number, turn, view),
      () => this.#unpaintable.add(number),
    );
  }

  /** These pages are in view now. */
  inView(first: number, last: number): void {
    this.#visible = { first, last };
    const { scale, turn } = this.#sheet;
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#thumbnails.clear();
      for (const page of this.#canvases.keys()) this.#drop(page);
      for (const box of this.#sheet.boxes.values()) this.mounted(box);
    }
    clearTimeout(this.#timer);
    if (scale !== this.#scale && this.#canvases.size > 0) {
      this.#timer = window.setTimeout(() => this.#want(), REST);
    } else this.#want();
    this.#scale = scale;
  }

  #want(): void {
    const { first, last } = this.#visible;
    const scale = Math.round(this.#sheet.scale * window.devicePixelRatio * 1000) / 1000;
    const pages = [...span(first, last), last + 1, first - 1];
    this.#queue.want(
      pages
        .filter((page) => page >= 1 && page <= this.#document.pageCount)
        .map((page) => ({ page, turn: this.#sheet.turn, scale })),
    );
  }

  #painted(wish: PaintWish, canvas: HTMLCanvasElement): void {
    if (wish.turn !== this.#sheet.turn) {
      free(canvas);
      return;
    }
    const before = this.#canvases.get(wish.page);
    this.#canvases.set(wish.page, canvas);
    this.#thumbnails.takeFrom(wish, canvas);
    // Until now the page was shown as it was last painted, stretched.
    this.#sheet.boxes.get(wish.page)?.showCanvas(canvas);
    if (before !== undefined) free(before);
    for (const page of this.#queue.surplus()) this.#remove(page);
  }

  #drop(page: number): void {
    this.#queue.forget(page);
    this.#remove(page);
  }

  #remove(page: number): void {
    const canvas = this.#canvases.get(page);
    this.#canvases.delete(page);
    this.#sheet.boxes.get(page)?.showCanvas(null);
    if (canvas !== undefined) free(canvas);
  }
}

const span = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
