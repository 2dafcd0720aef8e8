import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeSample } from '../../../electron/sample/make-sample.ts';
import { ROOT } from '../../support/served-program.ts';
import { removeFolder } from '../../support/temp.ts';

export const SAMPLE_TITLE = 'Sourcebook sample';

/** Not below tests/: the checks read all that is there, while tests run. */
const KEPT = join(ROOT, 'node_modules/.cache/sample');

/**
 * Copies the sample project to a folder that doesn’t exist yet. It is made once for each build, by the build’s own threads, and
 * kept; the program opens it as any project that came from another computer.
 */
export async function copySample(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(await madeSample(), folder, { recursive: true });
}

async function madeSample(): Promise<string> {
  const sample = join(KEPT, readFileSync(join(ROOT, 'out/.inputs'), 'utf8'));
  if (existsSync(sample)) return sample;
  for (const older of existsSync(KEPT) ? readdirSync(KEPT) : []) {
    if (!older.includes('.making')) removeFolder(join(KEPT, older));
  }
  mkdirSync(KEPT, { recursive: true });
  const making = `${sample}.making-${String(process.pid)}`;
  await makeSample(making);
  // Another worker may have been first.
  if (existsSync(sample)) removeFolder(making);
  else renameSync(making, sample);
  return sample;
}
