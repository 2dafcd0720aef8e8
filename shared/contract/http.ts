import { z } from 'zod';
import type { RendererCallName } from './index.ts';

/**
 * How the page and the browser host (`sourcebook serve`) communicate. Every address is relative to the page, at
 * `http://127.0.0.1:PORT/<prefix>/`. The prefix is random, since cookies of 127.0.0.1 are sent to every port but only to the
 * path they were set for.
 *
 * 1. The printed address holds a one-time key; the host takes it, sets its cookie and redirects the browser to the page.
 * 2. The page asks `GET session` for the token. Every request that changes something carries it in {@link TOKEN_HEADER}.
 * 3. `POST api/<call>` with the input as JSON returns a `Result` as JSON, whatever the outcome (an error of the
 *    transport itself, such as 403 or 413, is a `Result` too).
 * 4. `GET events` is an EventSource; each message is a {@link hostEvent} as JSON.
 * 5. `PUT upload?name=<file name>` with the file as body returns a `Result` of an `offer`; `GET download/…` (the
 *    `download` of `app.exportProject`) saves a file.
 */
export const TOKEN_HEADER = 'x-sourcebook-token';

export const SESSION_PATH = 'session';
export const EVENTS_PATH = 'events';
export const callPath = (name: RendererCallName): string => `api/${name}`;
export const uploadPath = (fileName: string): string => `upload?name=${encodeURIComponent(fileName)}`;
export const downloadPath = (ticket: string): string => `download/${ticket}`;

/** The response of `GET session` (plain JSON, not a `Result`). */
export const httpSession = z.object({ token: z.string().min(20) });

/** One event for a page, over SSE or Electron's IPC. */
export const hostEvent = z.object({ event: z.string(), payload: z.unknown() });
export type HostEvent = z.infer<typeof hostEvent>;

/** Limits of the browser host; above them it responds 413 with TOO_LARGE. */
export const HTTP_LIMITS = {
  /** Bytes of the JSON of one call. */
  json: 8 * 2 ** 20,
  /** The same for what a window read in a page’s styles, which includes a screenshot. */
  pageStyles: 64 * 2 ** 20,
  /** Bytes of one uploaded file. */
  upload: 4 * 2 ** 30,
} as const;
