import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { layerId, sha256, sourceId, type LayerId, type Sha256, type SourceId } from '../../shared/model/index.ts';
import { toErrorData, type ErrorCode, type ErrorData } from '../../shared/errors.ts';
import { createEvidence, pageNotFound, type EvidenceFiles } from './evidence.ts';
import { respondWith, type ByteRequest } from './ranges.ts';
import { APP_CSP, COMMON_HEADERS, EVIDENCE_HEADERS } from './security-headers.ts';
import type { WindowId } from './shell.ts';
import type { Workspace } from './workspace.ts';

export interface BytesOptions {
  readonly workspace: Pick<Workspace, 'project'>;
  readonly filesOf: (folder: string) => EvidenceFiles;
  /** The built renderer. */
  readonly renderer: string;
}

/** A GET or HEAD request of a page. `path` is relative to the page, still percent-encoded, without query. */
export interface BytesRequest extends ByteRequest {
  readonly path: string;
}
export type Bytes = (window: WindowId, request: BytesRequest) => Promise<Response>;

/**
 * Serves everything a page loads by address, the same on both hosts: the program's own files, originals, pages of text
 * layers, frozen pages (shared/contract/bytes.ts, shared/model/frozen-csp.ts). Evidence is served only from the project
 * open in the window. Never throws: an error is a JSON `Result` with an HTTP status.
 */
export function createBytes({ workspace, filesOf, renderer }: BytesOptions): Bytes {
  const ownFile = createStatic(renderer);
  const evidence = createEvidence(filesOf);

  const evidenceOf = async (window: WindowId, route: Route, request: ByteRequest): Promise<Response> => {
    const open = await workspace.project(window);
    if (open === null) throw pageNotFound();
    switch (route.kind) {
      case 'original':
        return evidence.original(open, route.id, request);
      case 'content':
        return evidence.content(open, route.id, request);
      case 'layer-page':
        return evidence.layerPage(open, route.id, route.page, request);
      case 'picture':
        return evidence.picture(open, route.id, request);
      case 'frozen-page':
        return evidence.frozenPage(open, route.id, { ...request, toPrint: route.toPrint });
      case 'frozen-resource':
        return evidence.frozenResource(open, route.id, route.hash, request);
      case 'pending-page':
        return evidence.pendingPage(open, route.token, request);
      case 'pending-resource':
        return evidence.pendingResource(open, route.token, route.hash, request);
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
      if (route === null) throw pageNotFound();
      return await evidenceOf(window, route, request);
    } catch (thrown) {
      const error = thrown instanceof URIError ? pageNotFound().data : toErrorData(thrown);
      return refusal(error, statusOf(error.code));
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

/** What an address refers to; null if nothing. Ids and hashes are checked against their schemas. */
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

/** An error as the `Result` that the page expects. */
export function refusal(error: ErrorData, status: number): Response {
  const headers = { ...EVIDENCE_HEADERS, 'content-type': 'application/json' };
  return new Response(JSON.stringify({ ok: false, error }), { status, headers });
}

const STATUS: Readonly<Record<ErrorCode, number>> = {
  USAGE: 400,
  BAD_INPUT: 400,
  AMBIGUOUS: 400,
  NOT_FOUND: 404,
  NOT_A_PROJECT: 404,
  EXISTS: 409,
  CANCELLED: 409,
  NOTHING_TO_UNDO: 409,
  NOTHING_TO_REDO: 409,
  PASSWORD_NEEDED: 403,
  PASSWORD_WRONG: 403,
  KEY_LOCKED: 403,
  NAME_NEEDED: 403,
  NOT_ALLOWED: 403,
  FOUR_EYES: 403,
  UNMASKED: 403,
  ANSWERS_NEEDED: 409,
  DRAFT_OPEN: 403,
  PROJECT_READ_ONLY: 403,
  PROJECT_NEWER: 403,
  PROJECT_LOCKED: 423,
  DAMAGED: 410,
  TOO_LARGE: 413,
  UNSUPPORTED: 415,
  INTERNAL: 500,
  TIMED_OUT: 503,
  DISK_FULL: 507,
};

/** The HTTP status for an error (RFC 9110, RFC 4918). 500 only where the program itself failed: a browser logs it as an error. */
export const statusOf = (code: ErrorCode): number => STATUS[code];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * Serves the built renderer's files. The files are listed once, and only names on that list are served: no file path is made
 * from the request, so none can lead out of the folder. Null for any other name. The empty path is `index.html`.
 */
function createStatic(folder: string): (path: string, request: ByteRequest) => Promise<Response> | null {
  const files = new Map(filesIn(folder, ''));
  return (path, request) => {
    const name = path === '' ? 'index.html' : path;
    const file = files.get(name);
    if (file === undefined) return null;
    const type = CONTENT_TYPES[extname(name)] ?? 'application/octet-stream';
    return respondWith({ kind: 'file', path: file }, request, {
      ...COMMON_HEADERS,
      'content-type': type,
      'content-security-policy': APP_CSP,
      // Names contain their content's hash, but the same port may serve another version of the program later.
      'cache-control': 'no-cache',
    });
  };
}

function filesIn(folder: string, below: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path, name);
    return entry.isFile() ? [[name, path]] : [];
  });
}
