import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';

/**
 * The corpus of difficult documents is beside the checkout, at ../shared/corpus, and never in it (its licences do not let us
 * ship it). Null if it is missing, as on a machine with only the repository.
 */
export const corpus: string | null = find();

/** The path of one file of the corpus. Call it inside `describeCorpus`; it throws if there is no corpus. */
export function corpusPath(...parts: readonly string[]): string {
  if (corpus === null) throw new Error('There is no corpus beside this checkout: put the test inside describeCorpus()');
  return resolve(corpus, ...parts);
}

/** `describe` for tests that read the corpus: without it they are skipped, and the report says why. */
export function describeCorpus(title: string, body: (folder: string) => void): void {
  const name = corpus === null ? `${title} (skipped: no ../shared/corpus beside this checkout)` : title;
  describe.skipIf(corpus === null)(name, () => {
    body(corpus ?? '');
  });
}

function find(): string | null {
  const folder = resolve(import.meta.dirname, '../../../shared/corpus');
  return existsSync(folder) ? folder : null;
}
