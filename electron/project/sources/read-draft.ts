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
  const isWord = extname(fileName).toLowerCase() === '.docx';
  const reading = isWord
    ? pool.run('docx', { path })
    : readWholeFile(pool, { path, fileName, parts: [] }, { charset: null, passwords: [] });
  return reading.then(
    (read) => (read.ok || read.error.code !== 'UNSUPPORTED' || isWord ? read : noDraft(fileName)),
    (thrown: unknown): Extraction => ({ ok: false, error: toErrorData(thrown) }),
  );
}

/** The error for a file that can’t be a draft; it may still be a source. */
const noDraft = (file: string): Extraction => ({
  ok: false,
  error: {
    code: 'UNSUPPORTED',
    message: `“${file}” can’t be read. A draft is a Word document (DOCX), Markdown or plain text: save it as one of these.`,
    context: { file },
  },
});
