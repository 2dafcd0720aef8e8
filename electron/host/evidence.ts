import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { FROZEN_PAGE_HEADERS, FROZEN_PRINT_HEADERS, frozenResourceHeaders } from '../../shared/model/frozen-csp.ts';
import type { Layer, LayerId, Sha256, SourceId } from '../../shared/model/index.ts';
import { Fault } from '../../shared/errors.ts';
import { openLayerFile, type LayerFile } from '../../shared/text/layer-file.ts';
import { encodePagePayload } from '../../shared/text/page-payload.ts';
import type { OpenProject } from './engines.ts';
import { respondWith, type Asked } from './ranges.ts';
import { COMMON_HEADERS, EVIDENCE_HEADERS } from './walls.ts';

/** A project folder's files by hash, as far as they are shown (electron/project/files/originals.ts). */
export interface ShownFiles {
  originalPath(hash: Sha256): string;
  hasOriginal(hash: Sha256): boolean;
  readLayer(hash: Sha256): Uint8Array;
  /** A frozen page that waits for its styles, or what it shows (electron/project/sources/pending-pages.ts). Throws NOT_FOUND. */
  readPendingPage(token: string, hash: Sha256): Uint8Array;
}

/** Opened layer files kept at hand: a reader asks for page after page of one or two layers. */
const LAYERS_KEPT = 4;

/** The bytes of a project that pages are shown, each with the walls it needs. Throws a Fault where there is no such thing. */
export function createEvidence(filesOf: (folder: string) => ShownFiles) {
  const layerFile = keptLayers(filesOf);

  const original = async (open: OpenProject, id: SourceId, asked: Asked): Promise<Response> => {
    const source = await open.engine.call('sources.get', { id });
    const files = filesOf(open.folder);
    if (!files.hasOriginal(source.sha256)) {
      throw new Fault(
        'DAMAGED',
        `The original of “${source.fileName}” is missing from the project’s folder. Restore it from a backup or a colleague’s project file.`,
      );
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
    id: LayerId,
    asked: Asked & { readonly toPrint: boolean },
  ): Promise<Response> => {
    const layer = await open.engine.call('layers.get', { id });
    if (layer.frozen === null) throw nothingHere();
    const bytes = filesOf(open.folder).readLayer(layer.frozen);
    return respondWith({ kind: 'memory', bytes }, asked, {
      ...COMMON_HEADERS,
      ...(asked.toPrint ? FROZEN_PRINT_HEADERS : FROZEN_PAGE_HEADERS),
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

  const pendingPage = async (open: OpenProject, token: string, asked: Asked): Promise<Response> => {
    const { frozen } = await open.engine.call('pageStyles.page', { token });
    const bytes = filesOf(open.folder).readPendingPage(token, frozen);
    return respondWith({ kind: 'memory', bytes }, asked, { ...COMMON_HEADERS, ...FROZEN_PAGE_HEADERS });
  };

  const pendingResource = async (open: OpenProject, token: string, hash: Sha256, asked: Asked): Promise<Response> => {
    const { resources } = await open.engine.call('pageStyles.page', { token });
    if (!resources.includes(hash)) throw nothingHere();
    const bytes = filesOf(open.folder).readPendingPage(token, hash);
    const type = frozenResourceType(bytes);
    if (type === null) throw nothingHere();
    return respondWith({ kind: 'memory', bytes }, asked, { ...COMMON_HEADERS, ...frozenResourceHeaders(type) });
  };

  const picture = async (open: OpenProject, id: LayerId, asked: Asked): Promise<Response> => {
    const layer = await open.engine.call('layers.get', { id });
    const [hash, ...others] = layerFile(open, layer).resources;
    if (layer.engine !== 'picture' || hash === undefined || others.length > 0) throw nothingHere();
    const bytes = filesOf(open.folder).readLayer(hash);
    return respondWith({ kind: 'memory', bytes }, asked, {
      ...EVIDENCE_HEADERS,
      'content-type': 'application/octet-stream',
    });
  };

  return { original, layerPage, frozenPage, frozenResource, pendingPage, pendingResource, picture };
}

function keptLayers(filesOf: (folder: string) => ShownFiles): (open: OpenProject, layer: Layer) => LayerFile {
  const layers = new Map<string, LayerFile>();
  return (open, layer) => {
    const key = `${open.folder}\0${layer.sha256}`;
    const file = layers.get(key) ?? openLayerFile(filesOf(open.folder).readLayer(layer.sha256));
    layers.delete(key);
    layers.set(key, file);
    for (const oldest of [...layers.keys()].slice(0, -LAYERS_KEPT)) layers.delete(oldest);
    return file;
  };
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

export const nothingHere = (): Fault => new Fault('NOT_FOUND', 'Page not found.');
