import type { Extraction } from '../formats/extracted.ts';

export type { Extracted, Extraction } from '../formats/extracted.ts';

export interface Jobs {
  readonly pdf: { input: { path: string; passwords: readonly string[] }; output: Extraction };
  readonly page: { input: { path: string }; output: Extraction };
  readonly text: { input: { path: string }; output: Extraction };
}
export type JobName = keyof Jobs;
