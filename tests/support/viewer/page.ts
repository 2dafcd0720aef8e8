/** The page the viewer is tested on: our views in a bare document, with a few handles for the tests. */
import type { Layer } from '../../../shared/model/index.ts';
import { decodePagePayload, type PagePayload } from '../../../shared/text/page-payload.ts';
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import '../../../renderer/styles/signs.css';
import '../../../renderer/styles/viewer.css';
import { PIXELS_PER_POINT, type Zoom } from '../../../renderer/viewer/pdf/layout.ts';
import { apply, pageView, scaled } from '../../../renderer/viewer/pdf/matrix.ts';
import { openPdfView } from '../../../renderer/viewer/pdf/open.ts';
import { buildTextLayer } from '../../../renderer/viewer/pdf/text-layer.ts';
import type { PdfView } from '../../../renderer/viewer/pdf/view.ts';
import { TextView } from '../../../renderer/viewer/text/view.ts';
import type { DrawnPassage, Selected, SourceView, TextRange } from '../../../renderer/viewer/types.ts';

export interface Heard {
  selected: Selected | null;
  clicked: string[];
  areas: { page: number; area: readonly number[] }[];
  keys: string[];
  page: number;
  zoom: number;
  unpaintable: boolean;
}

const root = document.createElement('div');
root.style.cssText = 'position:absolute;inset:0';
document.body.append(root);

const heard: Heard = { selected: null, clicked: [], areas: [], keys: [], page: 0, zoom: 0, unpaintable: false };
let pdf: PdfView | null = null;
let shown: SourceView | null = null;
let text = '';

const events = {
  onSelect: (selected: Selected | null) => void (heard.selected = selected),
  onPassageClick: (id: string) => void heard.clicked.push(id),
  onKey: (key: { readonly code: string }) => {
    heard.keys.push(key.code);
    return false;
  },
};

const loadPage = async (name: string, page: number): Promise<PagePayload> =>
  decodePagePayload(new Uint8Array(await (await fetch(`layer/${name}/page/${page}`)).arrayBuffer()));

function close(): void {
  shown?.destroy();
  pdf = null;
  shown = null;
  Object.assign(heard, { selected: null, clicked: [], areas: [], keys: [], page: 0, zoom: 0, unpaintable: false });
}

const viewer = {
  heard,
  loadPage,
  buildTextLayer,
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
        untagged: 'No tag',
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
      labels: { text: name, untagged: 'No tag', code: (codes) => codes.join(', ') },
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
  /** A point in a unit's box on the screen, a little after its leading edge; null while its page is not there. */
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
  /**
   * Selects a range, notes what the DOM selects, lets go, has the DOM select the same by itself, and answers what the view
   * makes of that: the identity, if DOM and offsets agree.
   */
  async throughDom(range: TextRange, backwards: boolean): Promise<TextRange | null> {
    if (pdf !== null && backwards) pdf.setSelection({ start: range.end, end: range.start });
    else shown?.setSelection(range);
    const selection = document.getSelection();
    if (selection === null) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    if (anchorNode === null || focusNode === null) return null;
    shown?.setSelection(null);
    await settled();
    selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    await settled();
    return shown?.selection() ?? null;
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

async function layerOf(name: string): Promise<Pick<Layer, 'pages' | 'hasText'>> {
  return (await (await fetch(`layer/${name}`)).json()) as Pick<Layer, 'pages' | 'hasText'>;
}

/** `selectionchange` comes in a task of its own. */
const settled = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

export type Viewer = typeof viewer;
declare global {
  interface Window {
    viewer: Viewer;
  }
}
window.viewer = viewer;
