/** The page on which the viewer is tested: our views in a bare document, with a few functions for the tests. */
import type { Layer } from '../../../shared/model/index.ts';
import { decodePagePayload, type PagePayload } from '../../../shared/text/page-payload.ts';
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import '../../../renderer/styles/signs.css';
import '../../../renderer/viewer/styles.css';
import '../../../renderer/viewer/forced-colors.css';
import { PIXELS_PER_POINT, type Zoom } from '../../../renderer/viewer/pdf/layout.ts';
import { apply, pageView, scaled } from '../../../renderer/viewer/pdf/matrix.ts';
import { keptDocuments } from '../../../renderer/viewer/pdf/kept-documents.ts';
import { openPdfView } from '../../../renderer/viewer/pdf/open.ts';
import { barePaint, layerTimes, manyPassages, nextFrame } from './measures.ts';
import type { PdfView } from '../../../renderer/viewer/pdf/view.ts';
import { TextView } from '../../../renderer/viewer/text/view.ts';
import { seeded } from '../seeded.ts';
import type { DrawnPassage, Reshaped, Selected, SourceView, TextRange } from '../../../renderer/viewer/types.ts';

export interface PlannedDrag extends TextRange {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}
/** Characters that cannot be clicked precisely. */
const UNCLEAR = /[\s\p{M}\u{fffd}]/u;
/** The point, if it can be clicked: well inside the window. */
function inView<T extends { readonly x: number; readonly y: number }>(point: T | null): T | null {
  if (point === null) return null;
  return point.x > 4 && point.x < innerWidth - 10 && point.y > 4 && point.y < innerHeight - 20 ? point : null;
}

export interface Heard {
  selected: Selected | null;
  clicked: string[];
  areas: { page: number; area: readonly number[] }[];
  reshaped: { id: string; to: Reshaped }[];
  draggedOut: (string | null)[];
  keys: string[];
  page: number;
  zoom: number;
  unpaintable: boolean;
}

const root = document.createElement('div');
root.style.cssText = 'position:absolute;inset:0';
document.body.append(root);

/** What a passage’s ends are called. */
const ENDS = {
  begins: (codes: readonly string[], words: string) => `begins at ${words}: ${codes.join(', ')}`,
  ends: (codes: readonly string[], words: string) => `ends at ${words}: ${codes.join(', ')}`,
  more: (count: number) => `${count} more`,
};

const silence = (): Heard => ({
  selected: null,
  clicked: [],
  areas: [],
  reshaped: [],
  draggedOut: [],
  keys: [],
  page: 0,
  zoom: 0,
  unpaintable: false,
});
const heard: Heard = silence();
let pdf: PdfView | null = null;
let shown: SourceView | null = null;
let text = '';

const events = {
  onSelect: (selected: Selected | null) => void (heard.selected = selected),
  onPassageClick: (id: string) => void heard.clicked.push(id),
  onReshape: (id: string, to: Reshaped) => void heard.reshaped.push({ id, to }),
  onDragOut: (passage: string | null, transfer: DataTransfer) => {
    heard.draggedOut.push(passage);
    transfer.setData('text/plain', 'dragged');
  },
  onKey: (key: { readonly code: string }) => {
    heard.keys.push(key.code);
    return false;
  },
};

/** The server's answers never change, and tests request them many times. */
const pages = new Map<string, Promise<PagePayload>>();
const layers = new Map<string, Promise<Pick<Layer, 'pages' | 'hasText'>>>();
const kept = <T>(known: Map<string, Promise<T>>, path: string, read: (answer: Response) => Promise<T>): Promise<T> => {
  const there = known.get(path) ?? fetch(path).then(read);
  known.set(path, there);
  return there;
};
const loadPage = (name: string, page: number): Promise<PagePayload> =>
  kept(pages, `layer/${name}/page/${page}`, async (answer) =>
    decodePagePayload(new Uint8Array(await answer.arrayBuffer())),
  );
const layerOf = (name: string): Promise<Pick<Layer, 'pages' | 'hasText'>> =>
  kept(layers, `layer/${name}`, async (answer) => (await answer.json()) as Pick<Layer, 'pages' | 'hasText'>);

function close(): void {
  shown?.destroy();
  pdf = null;
  shown = null;
  Object.assign(heard, silence());
}

const viewer = {
  heard,
  loadPage,
  barePaint,
  layerTimes: async (name: string) => layerTimes(name, await layerOf(name), loadPage),
  /** Milliseconds to open a file until its first page is painted and its text can be selected. */
  async openTime(name: string, zoom: number): Promise<number> {
    viewer.close(true);
    pages.clear();
    layers.clear();
    const start = performance.now();
    await viewer.openPdf(name, { fit: null, zoom });
    while (!viewer.ready(1)) await new Promise((done) => setTimeout(done, 1));
    return performance.now() - start;
  },
  /**
   * Milliseconds to reopen a file that was open just before and replaced by another: its data is cached, and its first page
   * is on the screen as soon as the next frame is.
   */
  async openAgainTime(name: string, other: string, zoom: number): Promise<number> {
    for (const before of [name, other]) {
      await viewer.openPdf(before, { fit: null, zoom });
      while (!viewer.ready(1)) await new Promise((done) => setTimeout(done, 1));
    }
    viewer.close();
    await nextFrame();
    const start = performance.now();
    await viewer.openPdf(name, { fit: null, zoom });
    while (!viewer.ready(1)) await new Promise((done) => setTimeout(done, 1));
    await nextFrame();
    return performance.now() - start;
  },
  /** Closes what is open. It stays cached for reopening; `forget` clears the cache. */
  close(forget = false): void {
    close();
    if (forget) keptDocuments.dropAll();
  },
  /** Milliseconds to draw this many passages over the first pages, all of them in view, and frames while scrolling them. */
  async drawTime(name: string, count: number): Promise<{ draw: number; frames: number[]; bare: number[] }> {
    const all = manyPassages(await layerOf(name), 10, count);
    const scroller = root.querySelector('.pdf-view');
    const scroll = async (): Promise<number[]> => {
      const frames: number[] = [];
      for (let turn = 0; turn < 30; turn++) {
        scroller?.scrollBy(0, turn < 15 ? 60 : -60);
        frames.push(await nextFrame());
      }
      return frames;
    };
    viewer.show([]);
    const bare = await scroll();
    const start = performance.now();
    viewer.show(all);
    root.getBoundingClientRect();
    const draw = performance.now() - start;
    return { draw, frames: await scroll(), bare };
  },
  /** Milliseconds from requesting a far page until it is painted and selectable. */
  async jumpTime(page: number): Promise<number> {
    const start = performance.now();
    viewer.pdf.goToPage(page);
    while (!viewer.ready(page)) await new Promise((done) => setTimeout(done, 1));
    return performance.now() - start;
  },
  async openPdf(name: string, zoom: Zoom = { fit: null, zoom: 1 }): Promise<void> {
    close();
    const layer = await layerOf(name);
    text = await (await fetch(`text/${name}`)).text();
    pdf = await openPdfView(root, {
      url: new URL(`original/${name}`, document.baseURI).href,
      assets: new URL('pdfjs/', document.baseURI).href,
      layer: layer.hasText ? layer : null,
      loadPage: (page) => loadPage(name, page),
      loadText: () => Promise.resolve(text),
      askPassword: () => Promise.resolve(null),
      zoom,
      labels: {
        pages: name,
        page: (page) => `Page ${page}`,
        unpainted: 'This page cannot be painted: its text is shown.',
        untagged: 'No tags',
        suggested: (codes) => `Suggested ${codes.join(', ')}`,
        list: 'Passages',
        ...ENDS,
        code: (codes, others) => `${codes.join(', ')}${others > 0 ? ` and ${others} more` : ''}`,
      },
      events: {
        ...events,
        onArea: (page, area) => void heard.areas.push({ page, area }),
        onPlace: (page, at) => Object.assign(heard, { page, zoom: at }),
        onAreaTool: () => undefined,
        onUnpaintable: () => void (heard.unpaintable = true),
      },
    });
    shown = pdf;
  },
  async openText(name: string): Promise<void> {
    close();
    text = await (await fetch(`text/${name}`)).text();
    shown = new TextView(root, {
      text,
      labels: {
        text: name,
        untagged: 'No tags',
        suggested: (codes) => codes.join(', '),
        list: 'Passages',
        ...ENDS,
        code: (codes) => codes.join(', '),
      },
      events,
    });
  },
  get view(): SourceView {
    if (shown === null) throw new Error('Nothing is open.');
    return shown;
  },
  get pdf(): PdfView {
    if (pdf === null) throw new Error('No PDF is open.');
    return pdf;
  },
  get text(): string {
    return text;
  },
  /** Whether the page is painted and its text can be selected. */
  ready(page: number): boolean {
    const box = root.querySelector(`.page-box[data-page="${page}"]`);
    return box !== null && box.querySelector('canvas') !== null && box.querySelector('.text-layer') !== null;
  },
  /** What the DOM selects, as the browser has it. */
  domSelection(): { anchor: string; focus: string; length: number } {
    const selection = document.getSelection();
    return {
      anchor: selection?.anchorNode?.textContent ?? '',
      focus: selection?.focusNode?.textContent ?? '',
      length: selection?.toString().length ?? 0,
    };
  },
  /** A point in a unit's box on the screen, a little after its leading edge; null while its page is not rendered. */
  async pointOf(name: string, offset: number, turn = 0): Promise<{ x: number; y: number } | null> {
    const place = (await layerOf(name)).pages.find((page) => page.start <= offset && offset < page.end);
    if (place === undefined) return null;
    const element = root.querySelector(`.page-box[data-page="${place.page}"]`);
    const { geometry } = await loadPage(name, place.page);
    const unit = offset - place.start;
    const run = geometry?.runs.find((one) => one.start <= unit && unit < one.end);
    if (element === null || geometry === null || run === undefined) return null;
    const low = geometry.alongMin[unit] ?? 0;
    const high = geometry.alongMax[unit] ?? 0;
    if (high - low < 2) return null;
    const along = run.rightToLeft ? high - 0.15 * (high - low) : low + 0.15 * (high - low);
    const across = (run.acrossMin + run.acrossMax) / 2;
    const scale = heard.zoom * PIXELS_PER_POINT;
    const { matrix } = pageView(place.box, place.rotation + turn);
    const point = [along * run.axisX - across * run.axisY, along * run.axisY + across * run.axisX] as const;
    const [x, y] = apply(scaled(matrix, scale), point);
    const { left, top } = element.getBoundingClientRect();
    return { x: left + x, y: top + y };
  },
  /** Of these units, those whose glyph's box is within what is drawn (a path of `.page-drawing`) on its page. */
  async covered(name: string, path: string, units: TextRange, turn = 0): Promise<number[]> {
    const inside: number[] = [];
    for (let unit = units.start; unit < units.end; unit++) {
      const point = await viewer.pointOf(name, unit, turn);
      if (point === null) continue;
      const drawn = [...root.querySelectorAll(`.page-drawing ${path}`)].some((shape) => {
        const matrix = shape instanceof SVGPathElement ? shape.getScreenCTM() : null;
        if (matrix === null || !(shape instanceof SVGPathElement)) return false;
        return shape.isPointInFill(new DOMPoint(point.x, point.y).matrixTransform(matrix.inverse()));
      });
      if (drawn) inside.push(unit);
    }
    return inside;
  },
  /** What is selected; clears the selection. */
  taken(): string {
    const range = shown?.selection() ?? null;
    shown?.setSelection(null);
    return range === null ? '' : text.slice(range.start, range.end);
  },
  /**
   * Selects a range, records what the DOM selects, clears the selection, has the DOM select the same by itself, and returns
   * what the view makes of that: the same range, if DOM and offsets agree.
   */
  async throughDom(range: TextRange, backwards: boolean): Promise<TextRange | null> {
    if (pdf !== null && backwards) pdf.setSelection({ start: range.end, end: range.start });
    else shown?.setSelection(range);
    const selection = document.getSelection();
    if (selection === null) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (anchorNode === null || focusNode === null) return null;
    shown?.setSelection(null);
    await afterFrame();
    selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    await afterFrame();
    return shown?.selection() ?? null;
  },
  /**
   * Drags within the view, each from just after the leading edge of one character to just after that of another. Planned in
   * the page, since asking for each place from outside takes longer than the dragging.
   */
  async planDrags(name: string, seed: number, count: number, turn: number): Promise<PlannedDrag[]> {
    const random = seeded(seed);
    const planned: PlannedDrag[] = [];
    for (let tries = 0; planned.length < count && tries < 3000; tries++) {
      const start = random.int(0, Math.min(text.length, 4000) - 2);
      const end = Math.min(text.length - 1, start + 2 + random.int(0, random.chance() ? 20 : 240));
      if (end <= start || UNCLEAR.test(text.charAt(start)) || UNCLEAR.test(text.charAt(end))) continue;
      const from = inView(await viewer.pointOf(name, start, turn));
      const to = from === null ? null : inView(await viewer.pointOf(name, end, turn));
      if (from !== null && to !== null) planned.push({ start, end, from, to });
    }
    return planned;
  },
  /** Random spans between `least` and `most` that did not come back from the DOM unchanged. */
  async lostSpans(seed: number, count: number, least: number, most: number): Promise<string[]> {
    const random = seeded(seed);
    const lost: string[] = [];
    for (let turn = 0; turn < count; turn++) {
      const start = random.int(least, most - 1);
      const end = random.int(start + 1, most);
      const back = await viewer.throughDom({ start, end }, random.chance());
      if (back?.start !== start || back.end !== end) lost.push(`${start}-${end} came back as ${JSON.stringify(back)}`);
    }
    return lost;
  },
  /** How many pages are in the DOM. */
  pagesInDom: () => root.querySelectorAll('.page-box').length,
  set(range: TextRange | null): TextRange | null {
    shown?.setSelection(range);
    return shown?.selection() ?? null;
  },
  show(passages: readonly DrawnPassage[], current: string | null = null): void {
    shown?.setPassages(passages);
    shown?.setCurrent(current);
  },
};

/** `selectionchange` comes in a task of its own. */
const afterFrame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

export type Viewer = typeof viewer;
declare global {
  interface Window {
    viewer: Viewer;
  }
}
window.viewer = viewer;
