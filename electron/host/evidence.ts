import { open as openFile } from 'node:fs/promises';
import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { FROZEN_PAGE_HEADERS, FROZEN_PRINT_HEADERS, frozenResourceHeaders } from '../../shared/model/frozen-csp.ts';
import type { Layer, LayerId, Sha256, Source, SourceId } from '../../shared/model/index.ts';
import { Fault } from '../../shared/errors.ts';
import { openLayerFile, type LayerFile } from '../../shared/text/layer-file.ts';
import { encodePagePayload } from '../../shared/text/page-payload.ts';
import { pictureType } from '../formats/image/index.ts';
import type { Engine } from './projects.ts';
import { respondWith, type ByteRequest, type ByteSource } from './ranges.ts';
import { COMMON_HEADERS, EVIDENCE_HEADERS } from './security-headers.ts';

/** The files of a project folder by hash, for reading (electron/project/files/originals.ts). */
export interface EvidenceFiles {
  originalPath(hash: Sha256): string;
  hasOriginal(hash: Sha256): boolean;
  readLayer(hash: Sha256): Uint8Array;
  /** A frozen page whose styles are still being read, or a resource of it (electron/project/sources/pending-pages.ts). NOT_FOUND. */
  readPendingPage(token: string, hash: Sha256): Uint8Array;
}
/** The project whose bytes are served. */
interface ShownProject {
  readonly folder: string;
  readonly engine: Pick<Engine, 'call'>;
}
type FilesOf = (folder: string) => EvidenceFiles;

/** Opened layer files in the cache: a reader asks for page after page of one or two layers. */
const LAYERS_CACHED = 4;
/** Bodies from archives in the cache: a PDF is read in ranges, and each would unpack and hash all of it again. */
const BODIES_CACHED = 2;
/** Enough bytes to recognise an image's format. */
const IMAGE_HEAD = 64;

/** Serves the bytes of a project that pages show, each with the headers that keep it from running anything. Throws NOT_FOUND. */
export function createEvidence(filesOf: FilesOf) {
  const layerFiles = createCache<LayerFile>(LAYERS_CACHED);
  const layerFile = ({ folder }: ShownProject, { sha256 }: Layer): LayerFile =>
    layerFiles(`${folder}\0${sha256}`, () => openLayerFile(filesOf(folder).readLayer(sha256)));

  return {
    async original(open: ShownProject, id: SourceId, request: ByteRequest): Promise<Response> {
      const source = await open.engine.call('sources.get', { id });
      return respondWith(originalOf(filesOf(open.folder), source), request, {
        ...EVIDENCE_HEADERS,
        'content-type': source.kind === 'pdf' ? 'application/pdf' : 'application/octet-stream',
        'content-disposition': attachment(source.fileName),
      });
    },
    content: createContent(filesOf),
    async layerPage(open: ShownProject, id: LayerId, page: number, request: ByteRequest): Promise<Response> {
      const file = layerFile(open, await open.engine.call('layers.get', { id }));
      return octets(encodePagePayload({ text: file.pageText(page), geometry: file.geometry(page) }), request);
    },
    async picture(open: ShownProject, id: LayerId, request: ByteRequest): Promise<Response> {
      const layer = await open.engine.call('layers.get', { id });
      const [hash, ...others] = layerFile(open, layer).resources;
      if (layer.engine !== 'picture' || hash === undefined || others.length > 0) throw pageNotFound();
      return octets(filesOf(open.folder).readLayer(hash), request);
    },
    async frozenPage(
      open: ShownProject,
      id: LayerId,
      request: ByteRequest & { readonly toPrint: boolean },
    ): Promise<Response> {
      const { sha256, shown } = await open.engine.call('layers.frozen', { id });
      const headers = request.toPrint ? FROZEN_PRINT_HEADERS : FROZEN_PAGE_HEADERS;
      const page = shown === undefined ? filesOf(open.folder).readLayer(sha256) : new TextEncoder().encode(shown);
      return frozen(page, request, headers);
    },
    async frozenResource(open: ShownProject, id: LayerId, hash: Sha256, request: ByteRequest): Promise<Response> {
      const layer = await open.engine.call('layers.get', { id });
      // Only the page's own resources, no other file of the project.
      if (!layerFile(open, layer).resources.includes(hash)) throw pageNotFound();
      return resource(filesOf(open.folder).readLayer(hash), request);
    },
    async pendingPage(open: ShownProject, token: string, request: ByteRequest): Promise<Response> {
      const page = await open.engine.call('pageStyles.page', { token });
      return frozen(filesOf(open.folder).readPendingPage(token, page.frozen), request, FROZEN_PAGE_HEADERS);
    },
    async pendingResource(open: ShownProject, token: string, hash: Sha256, request: ByteRequest): Promise<Response> {
      const { resources } = await open.engine.call('pageStyles.page', { token });
      if (!resources.includes(hash)) throw pageNotFound();
      return resource(filesOf(open.folder).readPendingPage(token, hash), request);
    },
  };
}

type Headers = Readonly<Record<string, string>>;

const octets = (bytes: Uint8Array, request: ByteRequest): Promise<Response> =>
  respondWith({ kind: 'memory', bytes }, request, {
    ...EVIDENCE_HEADERS,
    'content-type': 'application/octet-stream',
  });

const frozen = (bytes: Uint8Array, request: ByteRequest, headers: Headers): Promise<Response> =>
  respondWith({ kind: 'memory', bytes }, request, { ...COMMON_HEADERS, ...headers });

async function resource(bytes: Uint8Array, request: ByteRequest): Promise<Response> {
  const type = frozenResourceType(bytes);
  if (type === null) throw pageNotFound();
  return frozen(bytes, request, frozenResourceHeaders(type));
}

function originalOf(files: EvidenceFiles, source: Source): ByteSource {
  if (files.hasOriginal(source.sha256)) return { kind: 'file', path: files.originalPath(source.sha256) };
  throw new Fault(
    'DAMAGED',
    `The original of “${source.fileName}” is missing from the project’s folder. Restore it from a backup or a colleague’s project file.`,
  );
}

/**
 * What a viewer shows of a source (`contentPath`, shared/contract/bytes.ts): the body taken out of an archive, or the
 * original. The type of an image is recognised from its bytes, never taken from the capture; all but PDFs and images are octets.
 */
function createContent(filesOf: FilesOf) {
  const bodies = createCache<Uint8Array>(BODIES_CACHED);
  return async (open: ShownProject, id: SourceId, request: ByteRequest): Promise<Response> => {
    const source = await open.engine.call('sources.get', { id });
    const { content } = source;
    const files = filesOf(open.folder);
    const bytes: ByteSource =
      content === null
        ? originalOf(files, source)
        : { kind: 'memory', bytes: bodies(`${open.folder}\0${content}`, () => files.readLayer(content)) };
    return respondWith(bytes, request, { ...EVIDENCE_HEADERS, 'content-type': await typeOf(source, bytes) });
  };
}

async function typeOf({ kind }: Source, bytes: ByteSource): Promise<string> {
  if (kind === 'pdf') return 'application/pdf';
  const type = kind === 'image' ? pictureType(await headOf(bytes)) : null;
  return type ?? 'application/octet-stream';
}

async function headOf(bytes: ByteSource): Promise<Uint8Array> {
  if (bytes.kind === 'memory') return bytes.bytes.subarray(0, IMAGE_HEAD);
  const file = await openFile(bytes.path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(IMAGE_HEAD), 0, IMAGE_HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Keeps the last `size` values that were used. */
function createCache<T>(size: number): (key: string, make: () => T) => T {
  const values = new Map<string, T>();
  return (key, make) => {
    const value = values.get(key) ?? make();
    values.delete(key);
    values.set(key, value);
    for (const oldest of [...values.keys()].slice(0, -size)) values.delete(oldest);
    return value;
  };
}

/** `Content-Disposition: attachment` with a file name in any script (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const coded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${coded}`;
}

export const pageNotFound = (): Fault => new Fault('NOT_FOUND', 'Page not found.');
