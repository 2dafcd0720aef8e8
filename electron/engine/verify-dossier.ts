import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DossierReport } from '../../shared/contract/dossier-check.ts';
import { checkFolder } from '../features/dossier/check.ts';
import { EXHIBITS_PATH } from '../formats/dossier/folder.ts';
import { createPool } from '../workers/pool.ts';

/** Whether a folder is a dossier rather than a project, even a damaged one. */
export const isDossierFolder = (folder: string): boolean =>
  ['bagit.txt', 'manifest-sha256.txt', EXHIBITS_PATH].some((path) => existsSync(join(folder, path)));

/** Checks a dossier’s folder without any project; `passwords`: of protected PDFs. Throws as {@link checkFolder}. */
export async function verifyDossier(folder: string, passwords: readonly string[]): Promise<DossierReport> {
  const pool = createPool();
  try {
    return await checkFolder(pool, folder, { signal: new AbortController().signal, passwords });
  } finally {
    await pool.close();
  }
}
