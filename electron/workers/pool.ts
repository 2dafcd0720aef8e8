/** What a worker job answers while it runs. */
export interface JobProgress {
  readonly page: number | null;
  readonly pages: number | null;
}

/**
 * Jobs that may crash, hang or eat memory alone: each runs in a worker thread that can be ended. The jobs are listed
 * in electron/workers/jobs.ts, typed by name.
 */
export interface Pool {
  run<N extends keyof import('./jobs.ts').Jobs>(
    name: N,
    input: import('./jobs.ts').Jobs[N]['input'],
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (p: JobProgress) => void; readonly timeoutMs?: number },
  ): Promise<import('./jobs.ts').Jobs[N]['output']>;
  close(): Promise<void>;
}
