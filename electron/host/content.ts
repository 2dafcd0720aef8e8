import { open as openFile } from 'node:fs/promises';
import { Fault } from '../../shared/errors.ts';
import type { Sha256, Source, SourceId } from '../../shared/model/index.ts';
import { pictureType } from '../formats/image/index.ts';
import type { OpenProject } from './engines.ts';
import type { ShownFiles } from './evidence.ts';
import { respondWith, type Asked, type Bytes } from './ranges.ts';
import { EVIDENCE_HEADERS } from './walls.ts';

/** Bodies kept at hand: a PDF is asked for in ranges, and each would unpack and hash the whole again. */
const KEPT = 2;
/** As much as tells a picture's format. */
const HEAD = 64;

/**
 * What a source shows (shared/contract/bytes.ts, `contentPath`): the body that was taken out of an archive, or the original.
 * Pictures are said to be what their own bytes say, never what the capture declared; only PDFs and pictures are named at all.
 */
export function createContent(filesOf: (folder: string) => ShownFiles) {
  const kept = new Map<string, Uint8Array>();
  const body = (folder: string, hash: Sha256): Uint8Array => {
    const key = `${folder}\0${hash}`;
    const bytes = kept.get(key) ?? filesOf(folder).readLayer(hash);
    kept.delete(key);
    kept.set(key, bytes);
    for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
    return bytes;
  };
  const bytesOf = (folder: string, source: Source): Bytes => {
    if (source.content !== null) return { kind: 'memory', bytes: body(folder, source.content) };
    const files = filesOf(folder);
    if (files.hasOriginal(source.sha256)) return { kind: 'file', path: files.originalPath(source.sha256) };
    throw new Fault(
      'DAMAGED',
      `The original of “${source.fileName}” is missing from the project’s folder. Restore it from a backup or a colleague’s project file.`,
    );
  };
  return async (open: OpenProject, id: SourceId, asked: Asked): Promise<Response> => {
    const source = await open.engine.call('sources.get', { id });
    const bytes = bytesOf(open.folder, source);
    return respondWith(bytes, asked, { ...EVIDENCE_HEADERS, 'content-type': await typeOf(source, bytes) });
  };
}

async function typeOf({ kind }: Source, bytes: Bytes): Promise<string> {
  if (kind === 'pdf') return 'application/pdf';
  const type = kind === 'image' ? pictureType(await headOf(bytes)) : null;
  return type ?? 'application/octet-stream';
}

async function headOf(bytes: Bytes): Promise<Uint8Array> {
  if (bytes.kind === 'memory') return bytes.bytes.subarray(0, HEAD);
  const file = await openFile(bytes.path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
