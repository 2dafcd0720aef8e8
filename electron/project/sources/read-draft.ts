import { extname } from 'node:path';
import { toErrorData } from '../../../shared/errors.ts';
import type { Extraction } from '../../formats/extracted.ts';
import type { Pool } from '../../workers/pool.ts';
import { readWholeFile } from './read-file.ts';

/**
 * The text of a draft: as of a source, and Word documents, which are no sources. `fileName`: as it was received, since `path` may be
 * named otherwise. What a reader throws is the error of the answer.
 */
export function readDraftFile(pool: Pool, path: string, fileName: string): Promise<Extraction> {
  const reading =
    extname(fileName).toLowerCase() === '.docx'
      ? pool.run('docx', { path })
      : readWholeFile(pool, { path, fileName, parts: [] }, { charset: null, passwords: [] });
  return reading.catch((thrown: unknown): Extraction => ({ ok: false, error: toErrorData(thrown) }));
}
