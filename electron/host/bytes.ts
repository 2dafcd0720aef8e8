import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { FROZEN_PAGE_HEADERS, FROZEN_PRINT_HEADERS, frozenResourceHeaders } from '../../shared/model/frozen-csp.ts';
import {
  layerId,
  sha256,
  sourceId,
  type Layer,
  type LayerId,
  type Sha256,
  type SourceId,
} from '../../shared/model/index.ts';
import { Fault, toErrorData, type ErrorCode, type ErrorData } from '../../shared/errors.ts';
import { openLayerFile, type LayerFile } from '../../shared/text/layer-file.ts';
import { encodePagePayload } from '../../shared/text/page-payload.ts';
import type { Desk } from './desk.ts';
import type { OpenProject } from './engines.ts';
import { respondWith, type Asked } from './ranges.ts';
import { createStatic } from './static.ts';
import type { WindowId } from './shell.ts';
import { COMMON_HEADERS, EVIDENCE_HEADERS } from './walls.ts';

/** A project folder's files by hash, as far as they are shown (electron/engine/originals.ts). */
export interface ShownFiles {
  originalPath(hash: Sha256): string;
  hasOriginal(hash: Sha256): boolean;
  readLayer(hash: Sha256): Uint8Array;
}

export interface BytesOptions {
  readonly desk: Pick<Desk, 'project'>;
  readonly filesOf: (folder: string) => ShownFiles;
  /** The built renderer. */
  readonly renderer: string;
}

/** What a page asks for by address. `path` is relative to the page, still percent-encoded, without query. */
export interface BytesRequest extends Asked {
  readonly path: string;
}
export type Bytes = (window: WindowId, request: BytesRequest) => Promise<Response>;

/** Opened layer files kept at hand: a reader asks for page after page of one or two layers. */
const LAYERS_KEPT = 4;

/**
 * Answers everything a page loads by address, the same on both hosts: the workbench's own files, originals, pages of text
 * layers, frozen pages (shared/contract/bytes.ts, shared/model/frozen-csp.ts). Evidence comes only out of the project
 * that the window has open. Never throws: a refusal is a JSON `Result` with its status.
 */
export function createBytes({ desk, filesOf, renderer }: BytesOptions): Bytes {
  const ownFile = createStatic(renderer);
  const layers = new Map<string, LayerFile>();

  const layerFile = (open: OpenProject, layer: Layer): LayerFile => {
    const key = `${open.folder}\0${layer.sha256}`;
    const file = layers.get(key) ?? openLayerFile(filesOf(open.folder).readLayer(layer.sha256));
    layers.delete(key);
    layers.set(key, file);
    for (const oldest of [...layers.keys()].slice(0, -LAYERS_KEPT)) layers.delete(oldest);
    return file;
  };

  const original = async (open: OpenProject, id: SourceId, asked: Asked): Promise<Response> => {
    const source = await open.engine.call('sources.get', { id });
    const files = filesOf(open.folder);
    if (!files.hasOriginal(source.sha256)) {
      throw new Fault('DAMAGED', `The original of "${source.fileName}" is missing from the project's folder.`);
    }
    return respondWith({ kind: 'file', path: files.originalPath(source.sha256) }, asked, {
      ...EVIDENCE_HEADERS,
      'content-type': source.kind === 'pdf' ? 'application/pdf' : 'application/octet-stream',
      'content-disposition': attachment(source.fileName),
    });
  };

  const layerPage = async (open: OpenProject, id: LayerId, page: number, asked: Asked): Promise<Response> => {
    const file = layerFile(open, await open.engine.call('layers.get', { id }));
    const bytes = encodePagePayload({ text: file.pageText(page), geometry: file.geometry(page) });
    return respondWith({ kind: 'memory', bytes }, asked, {
      ...EVIDENCE_HEADERS,
      'content-type': 'application/octet-stream',
    });
  };

  const frozenPage = async (
    open: OpenProject,
    { id, toPrint }: Extract<Route, { kind: 'frozen-page' }>,
    asked: Asked,
  ): Promise<Response> => {
    const layer = await open.engine.call('layers.get', { id });
    if (layer.frozen === null) throw nothingHere();
    const bytes = filesOf(open.folder).readLayer(layer.frozen);
    return respondWith({ kind: 'memory', bytes }, asked, {
      ...COMMON_HEADERS,
      ...(toPrint ? FROZEN_PRINT_HEADERS : FROZEN_PAGE_HEADERS),
    });
  };

  const frozenResource = async (open: OpenProject, id: LayerId, hash: Sha256, asked: Asked): Promise<Response> => {
    const layer = await open.engine.call('layers.get', { id });
    // Its own resources and no other file of the project.
    if (!layerFile(open, layer).resources.includes(hash)) throw nothingHere();
    const bytes = filesOf(open.folder).readLayer(hash);
    const type = frozenResourceType(bytes);
    if (type === null) throw nothingHere();
    return respondWith({ kind: 'memory', bytes }, asked, { ...COMMON_HEADERS, ...frozenResourceHeaders(type) });
  };

  const evidence = async (window: WindowId, route: Route, asked: Asked): Promise<Response> => {
    const open = await desk.project(window);
    if (open === null) throw nothingHere();
    switch (route.kind) {
      case 'original':
        return original(open, route.id, asked);
      case 'layer-page':
        return layerPage(open, route.id, route.page, asked);
      case 'frozen-page':
        return frozenPage(open, route, asked);
      case 'frozen-resource':
        return frozenResource(open, route.id, route.hash, asked);
    }
  };

  return async (window, request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refusal({ code: 'NOT_ALLOWED', message: 'Bytes can only be read.' }, 405);
    }
    try {
      const path = decodeURIComponent(request.path);
      const own = ownFile(path, request);
      if (own !== null) return await own;
      const route = routeOf(path);
      if (route === null) throw nothingHere();
      return await evidence(window, route, request);
    } catch (thrown) {
      const error = thrown instanceof URIError ? nothingHere().data : toErrorData(thrown);
      return refusal(error, STATUS[error.code] ?? 500);
    }
  };
}

type Route =
  | { readonly kind: 'original'; readonly id: SourceId }
  | { readonly kind: 'layer-page'; readonly id: LayerId; readonly page: number }
  | { readonly kind: 'frozen-page'; readonly id: LayerId; readonly toPrint: boolean }
  | { readonly kind: 'frozen-resource'; readonly id: LayerId; readonly hash: Sha256 };

/** What an address means; null where it means nothing. Ids and hashes are letters and digits, or they are none. */
function routeOf(path: string): Route | null {
  const parts = path.split('/');
  const [head = '', id = '', word = '', last = ''] = parts;
  if (head === 'original' && parts.length === 2) {
    const source = sourceId.safeParse(id);
    return source.success ? { kind: 'original', id: source.data } : null;
  }
  const layer = layerId.safeParse(id);
  if (!layer.success) return null;
  if (head === 'layer' && word === 'page' && parts.length === 4 && /^[1-9]\d{0,6}$/.test(last)) {
    return { kind: 'layer-page', id: layer.data, page: Number(last) };
  }
  if (head === 'frozen' && (word === '' || word === 'print') && parts.length === 3) {
    return { kind: 'frozen-page', id: layer.data, toPrint: word === 'print' };
  }
  const hash = sha256.safeParse(last);
  if (head === 'frozen' && word === 'r' && parts.length === 4 && hash.success) {
    return { kind: 'frozen-resource', id: layer.data, hash: hash.data };
  }
  return null;
}

/** `Content-Disposition: attachment` with any name (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const coded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`;
}

/** A refusal as a `Result`, for whoever fetched it. */
export function refusal(error: ErrorData, status: number): Response {
  const headers = { ...EVIDENCE_HEADERS, 'content-type': 'application/json' };
  return new Response(JSON.stringify({ ok: false, error }), { status, headers });
}

const STATUS: { readonly [C in ErrorCode]?: number } = {
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  NOT_ALLOWED: 403,
  TOO_LARGE: 413,
  DAMAGED: 410,
};

const nothingHere = (): Fault => new Fault('NOT_FOUND', 'There is nothing at this address.');
