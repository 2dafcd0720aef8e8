import type { Extraction } from '../formats/extracted.ts';

export type { Extracted, Extraction } from '../formats/extracted.ts';

export interface Jobs {
  readonly pdf: { input: { path: string; passwords: readonly string[] }; output: Extraction };
  /** `fileName` only names the file in messages: `path` is the stored original, called by its hash. */
  readonly page: { input: { path: string; fileName: string }; output: Extraction };
  readonly text: { input: { path: string }; output: Extraction };
}
export type JobName = keyof Jobs;
