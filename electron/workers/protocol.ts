import { z } from 'zod';
import { errorData } from '../../shared/errors.ts';

/** What the pool sends to a worker: one job; the next comes only after its answer. */
export const jobMessage = z.object({ id: z.number(), name: z.string(), input: z.unknown() });
export type JobMessage = z.infer<typeof jobMessage>;

/** What a worker sends back: progress as it goes, then one answer. */
export const workerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id: z.number(), page: z.number().nullable(), pages: z.number().nullable() }),
  z.object({ kind: z.literal('done'), id: z.number(), output: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.number(), error: errorData }),
]);
export type WorkerMessage = z.infer<typeof workerMessage>;
