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
  const build = readFileSync(join(ROOT, 'out/.inputs'), 'utf8');
  const sample = join(KEPT, build);
  if (existsSync(sample)) return sample;
  mkdirSync(KEPT, { recursive: true });
  // Those of earlier builds. What begins with this one's hash is another worker's, made or just being made.
  for (const name of readdirSync(KEPT)) if (!name.startsWith(build)) removeFolder(join(KEPT, name));
  const making = `${sample}.making-${String(process.pid)}`;
  await makeSample(making);
  try {
    renameSync(making, sample);
  } catch (thrown) {
    // Another worker was first: a folder with something in it isn’t replaced.
    if (!existsSync(sample)) throw thrown;
    removeFolder(making);
  }
  return sample;
}
