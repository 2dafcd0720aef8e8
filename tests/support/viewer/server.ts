import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, resolve } from 'node:path';
import { build } from 'vite';
import { createPdfReader } from '../../../electron/formats/pdf/index.ts';
import { readPlainText } from '../../../electron/formats/text/index.ts';
import { limitedThread } from '../../../renderer/viewer/pdf/thread.ts';
import { openLayerFile, type LayerFile } from '../../../shared/text/layer-file.ts';
import { encodePagePayload } from '../../../shared/text/page-payload.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PDFJS = resolve(ROOT, 'node_modules/pdfjs-dist');
const THREAD_LIMITS = resolve(ROOT, 'renderer/viewer/pdf/thread-limits.mjs');

/** The host's bytes as the viewer requests them, for files given by name; text layers are really extracted. */
export interface ViewerServer {
  readonly url: string;
  /** The layer of a file, or null if it has no text. */
  layer(name: string): LayerFile | null;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

/** The app's own policy: a view that needs more does not work in the product. */
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
  "font-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'";

/** A file with the layer made from it, or from another: the view must cope with an original it cannot paint. */
export type ServedFile = string | { readonly original: string; readonly layerFrom: string };

export async function startViewerServer(files: Readonly<Record<string, ServedFile>>): Promise<ViewerServer> {
  const assets = await bundle();
  const layers = new Map<string, LayerFile | null>();
  for (const [name, file] of Object.entries(files)) {
    layers.set(name, await layerOf(typeof file === 'string' ? file : file.layerFrom));
  }

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
    const send = (status: number, type: string, body: Uint8Array | string, more = {}): void => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': CSP, ...more }).end(body);
    };
    const asset = assets.get(path === '' ? 'index.html' : path);
    if (asset !== undefined) return send(200, TYPES[extname(path === '' ? '.html' : path)] ?? 'text/html', asset);
    const [kind, name = '', , page] = path.split('/');
    if (kind === 'pdfjs') {
      const rest = path.slice('pdfjs/'.length);
      const isWorker = rest.startsWith('pdf.worker');
      const bytes = readFileSync(resolve(PDFJS, isWorker ? `build/${rest}` : rest));
      const whole = isWorker ? limitedThread(readFileSync(THREAD_LIMITS, 'utf8'), bytes.toString('utf8')) : bytes;
      return send(200, TYPES[extname(rest)] ?? 'application/octet-stream', whole);
    }
    const file = files[name];
    const source = typeof file === 'string' ? file : file?.original;
    if (source === undefined) return send(404, 'text/plain', 'not here');
    const layer = layers.get(name) ?? null;
    if (kind === 'original') return sendRange(request, send, readFileSync(source));
    if (kind === 'text') return send(200, 'text/plain; charset=utf-8', layer?.text() ?? '');
    if (kind !== 'layer') return send(404, 'text/plain', 'not here');
    if (page === undefined) {
      const pages = layer?.pages ?? [];
      return send(200, 'application/json', JSON.stringify({ pages, hasText: layer !== null && layer.length > 0 }));
    }
    if (layer === null) return send(404, 'text/plain', 'no text');
    const number = Number(page);
    const payload = { text: layer.pageText(number), geometry: layer.geometry(number) };
    return send(200, 'application/octet-stream', encodePagePayload(payload));
  };
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    layer: (name) => layers.get(name) ?? null,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

type Send = (status: number, type: string, body: Uint8Array | string, more?: Record<string, string>) => void;

function sendRange(request: IncomingMessage, send: Send, bytes: Uint8Array): void {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const headers = { 'accept-ranges': 'bytes' };
  if (range === null)
    return send(200, 'application/pdf', bytes, { ...headers, 'content-length': String(bytes.length) });
  const start = Number(range[1]);
  const end = range[2] === '' ? bytes.length - 1 : Math.min(Number(range[2]), bytes.length - 1);
  const part = bytes.subarray(start, end + 1);
  return send(206, 'application/pdf', part, {
    ...headers,
    'content-length': String(part.length),
    'content-range': `bytes ${start}-${end}/${bytes.length}`,
  });
}

async function layerOf(path: string): Promise<LayerFile | null> {
  const read = path.endsWith('.txt') ? readPlainText(path) : await createPdfReader().read(path, []);
  return read.ok ? openLayerFile(read.value.layerFile) : null;
}

/** The test's page with everything it imports, built as the product is. */
async function bundle(): Promise<Map<string, Uint8Array | string>> {
  const built = await build({
    root: resolve(ROOT, 'tests/support/viewer'),
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2024',
      cssTarget: 'chrome140',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: resolve(ROOT, 'tests/support/viewer/index.html') },
    },
  });
  const files = new Map<string, Uint8Array | string>();
  for (const { output } of [built].flat().filter((one) => 'output' in one)) {
    for (const file of output) files.set(file.fileName, file.type === 'chunk' ? file.code : file.source);
  }
  return files;
}
