import { layerId, sha256, sourceId, type LayerId, type Sha256, type SourceId } from '../../shared/model/index.ts';
import { toErrorData, type ErrorCode, type ErrorData } from '../../shared/errors.ts';
import { createContent } from './content.ts';
import type { Desk } from './desk.ts';
import { createEvidence, nothingHere, type ShownFiles } from './evidence.ts';
import type { Asked } from './ranges.ts';
import { createStatic } from './static.ts';
import type { WindowId } from './shell.ts';
import { EVIDENCE_HEADERS } from './walls.ts';

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

/**
 * Answers everything a page loads by address, the same on both hosts: the workbench's own files, originals, pages of text
 * layers, frozen pages (shared/contract/bytes.ts, shared/model/frozen-csp.ts). Evidence comes only out of the project
 * that the window has open. Never throws: a refusal is a JSON `Result` with its status.
 */
export function createBytes({ desk, filesOf, renderer }: BytesOptions): Bytes {
  const ownFile = createStatic(renderer);
  const shown = createEvidence(filesOf);
  const content = createContent(filesOf);

  const evidence = async (window: WindowId, route: Route, asked: Asked): Promise<Response> => {
    const open = await desk.project(window);
    if (open === null) throw nothingHere();
    switch (route.kind) {
      case 'original':
        return shown.original(open, route.id, asked);
      case 'content':
        return content(open, route.id, asked);
      case 'layer-page':
        return shown.layerPage(open, route.id, route.page, asked);
      case 'picture':
        return shown.picture(open, route.id, asked);
      case 'frozen-page':
        return shown.frozenPage(open, route.id, { ...asked, toPrint: route.toPrint });
      case 'frozen-resource':
        return shown.frozenResource(open, route.id, route.hash, asked);
      case 'pending-page':
        return shown.pendingPage(open, route.token, asked);
      case 'pending-resource':
        return shown.pendingResource(open, route.token, route.hash, asked);
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
  | { readonly kind: 'original' | 'content'; readonly id: SourceId }
  | { readonly kind: 'layer-page'; readonly id: LayerId; readonly page: number }
  | { readonly kind: 'picture'; readonly id: LayerId }
  | { readonly kind: 'frozen-page'; readonly id: LayerId; readonly toPrint: boolean }
  | { readonly kind: 'frozen-resource'; readonly id: LayerId; readonly hash: Sha256 }
  | { readonly kind: 'pending-page'; readonly token: string }
  | { readonly kind: 'pending-resource'; readonly token: string; readonly hash: Sha256 };

/** What an address means; null where it means nothing. Ids and hashes are letters and digits, or they are none. */
function routeOf(path: string): Route | null {
  const parts = path.split('/');
  const [head = '', id = '', word = '', last = ''] = parts;
  if ((head === 'original' || head === 'content') && parts.length === 2) {
    const source = sourceId.safeParse(id);
    return source.success ? { kind: head, id: source.data } : null;
  }
  const hash = sha256.safeParse(last);
  if (head === 'pending' && /^[0-9a-f]{32}$/.test(id)) {
    if (word === '' && parts.length === 3) return { kind: 'pending-page', token: id };
    const isResource = word === 'r' && parts.length === 4 && hash.success;
    return isResource ? { kind: 'pending-resource', token: id, hash: hash.data } : null;
  }
  const layer = layerId.safeParse(id);
  if (!layer.success) return null;
  if (head === 'layer' && word === 'page' && parts.length === 4 && /^[1-9]\d{0,6}$/.test(last)) {
    return { kind: 'layer-page', id: layer.data, page: Number(last) };
  }
  if (head === 'picture' && parts.length === 2) return { kind: 'picture', id: layer.data };
  if (head === 'frozen' && (word === '' || word === 'print') && parts.length === 3) {
    return { kind: 'frozen-page', id: layer.data, toPrint: word === 'print' };
  }
  if (head === 'frozen' && word === 'r' && parts.length === 4 && hash.success) {
    return { kind: 'frozen-resource', id: layer.data, hash: hash.data };
  }
  return null;
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
