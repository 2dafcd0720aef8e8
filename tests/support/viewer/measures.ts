/** Figures of the reader, measured in the page: printed by `npm run bench reader`. */
import { getDocument, GlobalWorkerOptions, TextLayer } from 'pdfjs-dist';
import type { Layer } from '../../../shared/model/index.ts';
import type { PagePayload } from '../../../shared/text/page-payload.ts';
import { buildTextLayer } from '../../../renderer/viewer/pdf/text-layer.ts';
import type { DrawnPassage } from '../../../renderer/viewer/types.ts';

const FAMILIES = ['sys', 'trf', 'trn', 'mon', 'lnd', 'man', 'plc', 'gra', 'grp', 'aim', 'rsk', 'fig'];

const asset = (path: string): string => new URL(`pdfjs/${path}`, document.baseURI).href;
export const openBare = (name: string) => {
  GlobalWorkerOptions.workerSrc = asset('pdf.worker.min.mjs');
  return getDocument({
    url: new URL(`original/${name}`, document.baseURI).href,
    cMapUrl: asset('cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: asset('standard_fonts/'),
    wasmUrl: asset('wasm/'),
    disableStream: true,
    disableAutoFetch: true,
    verbosity: 0,
  });
};

function stage(): HTMLElement {
  const element = document.createElement('div');
  element.style.cssText = 'position:absolute;inset:0;visibility:hidden';
  document.body.append(element);
  return element;
}

/** Milliseconds to build the selectable text of each page and lay it out: ours from stored geometry, and pdf.js's own. */
export async function layerTimes(
  name: string,
  layer: Pick<Layer, 'pages'>,
  loadPage: (name: string, page: number) => Promise<PagePayload>,
): Promise<{ ours: number[]; theirs: number[] }> {
  const task = openBare(name);
  const bare = await task.promise;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const { page, box } of layer.pages.slice(0, 12)) {
    const { text, geometry } = await loadPage(name, page);
    if (geometry === null) continue;
    const own = stage();
    const began = performance.now();
    own.append(buildTextLayer({ text, geometry }, box).element);
    own.getBoundingClientRect();
    ours.push(performance.now() - began);
    own.remove();

    const proxy = await bare.getPage(page);
    const viewport = proxy.getViewport({ scale: 1 });
    const container = stage();
    container.className = 'textLayer';
    container.style.setProperty('--total-scale-factor', '1');
    const start = performance.now();
    const textContentSource = proxy.streamTextContent({ includeMarkedContent: true, disableNormalization: true });
    await new TextLayer({ textContentSource, container, viewport }).render();
    container.getBoundingClientRect();
    theirs.push(performance.now() - start);
    container.remove();
  }
  await task.destroy();
  return { ours, theirs };
}

/** Milliseconds from opening a file to its first page painted by bare pdf.js at a scale. */
export async function barePaint(name: string, scale: number): Promise<number> {
  const start = performance.now();
  const task = openBare(name);
  const page = await (await task.promise).getPage(1);
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  document.body.append(canvas);
  await page.render({ canvas, viewport }).promise;
  const took = performance.now() - start;
  canvas.remove();
  await task.destroy();
  return took;
}

/** Passages spread over the first pages, many of them overlapping. */
export function manyPassages(layer: Pick<Layer, 'pages'>, pages: number, count: number): DrawnPassage[] {
  const each = Math.ceil(count / pages);
  return layer.pages.slice(0, pages).flatMap(({ page, start, end }) =>
    Array.from({ length: each }, (_, at): DrawnPassage => {
      const from = start + Math.floor(((end - start - 2) * at) / each);
      const family = FAMILIES[(at * 7) % FAMILIES.length] ?? 'trf';
      return {
        id: `${page}-${at}`,
        kind: 'text',
        start: from,
        end: Math.min(end, from + 4 + ((at * 37) % 120)),
        page,
        area: null,
        families: [family],
        codes: [`${family.toUpperCase()}.X`],
      };
    }),
  );
}

/** Milliseconds until the next frame is drawn. */
export const nextFrame = (): Promise<number> => {
  const start = performance.now();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
};
