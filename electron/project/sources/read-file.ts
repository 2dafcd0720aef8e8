import { Fault } from '../../../shared/errors.ts';
import type { Extraction } from '../../formats/extracted.ts';
import type { Pool, RunOptions } from '../../workers/pool.ts';
import { readPdf } from '../../workers/read-pdf.ts';
import { kindOfFile } from './kind.ts';

export interface ReadingOptions extends RunOptions {
  /** The encoding a person set, as a label of the Encoding standard; null to detect it. */
  readonly charset: string | null;
  /** For protected PDFs. */
  readonly passwords: readonly string[];
}

/** An original that is no archive. */
export interface WholeFile {
  readonly path: string;
  /** As it was received: `path` may be named otherwise. */
  readonly fileName: string;
  /** Files of a saved page’s folder: the path relative to the page, and the file on disk. */
  readonly parts: readonly { readonly path: string; readonly file: string }[];
}

/** Extracts a text layer from a file of any kind but an archive, by the reader of its kind. Rejects with a Fault as Pool.run does. */
export async function readWholeFile(
  pool: Pool,
  { path, fileName, parts }: WholeFile,
  options: ReadingOptions,
): Promise<Extraction> {
  const { charset, passwords } = options;
  const judged = await kindOfFile(path, fileName);
  switch (judged.kind) {
    case 'pdf':
      return readPdf(pool, { path, passwords: [...passwords] }, options);
    case 'page':
      return pool.run('page', { path, fileName, charset, parts }, options);
    case 'mhtml':
      return pool.run('mhtml', { path, fileName, charset }, options);
    case 'text':
      return pool.run('text', { path, charset }, options);
    case 'image':
      return pool.run('image', { path }, options);
    case 'warc':
    case 'wacz':
      throw new Fault('INTERNAL', 'Archives are read page by page.');
    case null:
      return { ok: false, error: judged.error };
  }
}
