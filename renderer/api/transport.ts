import { z } from 'zod';
import type { RendererCallName } from '../../shared/contract/index.ts';
import type { HostEvent } from '../../shared/contract/http.ts';
import { errorData, fail, type Result } from '../../shared/errors.ts';

/**
 * How calls reach the host. There are two implementations, and nothing above this interface knows which is used: the
 * preload’s bridge under Electron, and the HTTP gate of the browser host.
 */
export interface Transport {
  call(name: RendererCallName, input: unknown): Promise<Result<unknown>>;
  /** Sends files to the host, which answers with references to them. Their paths never reach the page. */
  offer(files: readonly File[]): Promise<Result<unknown>>;
  /** All events of the host; returns a function that stops listening. */
  listen(listener: (event: HostEvent) => void): () => void;
}

const resultShape = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorData }),
]);

/** Parses an answer as a Result; anything else is a failure of the host. */
export function asResult(answer: unknown): Result<unknown> {
  const parsed = resultShape.safeParse(answer);
  return parsed.success
    ? parsed.data
    : fail('INTERNAL', 'Sourcebook sent a response that can’t be read. Restart Sourcebook.');
}
