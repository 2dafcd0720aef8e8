import { statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import type { LayerEngine } from '../../shared/model/index.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { kindOfFile } from '../project/sources/kind.ts';
import type { Extraction } from '../formats/extracted.ts';
import type { Pool } from '../workers/pool.ts';
import { oneLine } from './terminal.ts';

/** A text as a project's source would have it, so that offsets are those of `text`. */
export interface FileText {
  readonly text: string;
  readonly engine: LayerEngine;
  /** What of it was not read, or not as it stands, in sentences. */
  readonly notes: readonly string[];
}

/**
 * The text of a PDF, saved page, Word document or plain text that is in no project. Read in a worker, which a hostile file can only crash or hang
 * alone. NOT_FOUND, UNSUPPORTED, and what the reader says.
 */
export async function textOfFile(pool: Pool, given: string): Promise<FileText> {
  const path = resolve(given);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Fault('NOT_FOUND', `Can’t read ${oneLine(given)}. Check the path and that you may read it.`, {
      file: given,
    });
  const read = await extract(pool, path);
  if (!read.ok) throw new Fault(read.error.code, read.error.message, read.error.context);
  return { text: openLayerFile(read.value.layerFile).text(), engine: read.value.engine, notes: read.value.notes };
}

async function extract(pool: Pool, path: string): Promise<Extraction> {
  const fileName = basename(path);
  if (extname(path).toLowerCase() === '.docx') return pool.run('docx', { path });
  const judged = await kindOfFile(path, fileName);
  if (judged.kind === null) return { ok: false, error: judged.error };
  switch (judged.kind) {
    case 'pdf':
      return pool.run('pdf', { path, passwords: [] });
    case 'page':
      return pool.run('page', { path, fileName, charset: null, parts: [] });
    case 'mhtml':
      return pool.run('mhtml', { path, fileName, charset: null });
    case 'text':
      return pool.run('text', { path });
    case 'image':
    case 'warc':
    case 'wacz':
      throw new Fault(
        'UNSUPPORTED',
        'Images and web archives have no text of their own. Add the file to a project first.',
        {
          file: fileName,
        },
      );
  }
}
