import { z } from 'zod';
import { digestState, type ArchivePage, type ArchiveSignature } from '../../../shared/model/index.ts';
import { BODY_KINDS } from './sniff.ts';

export const CONTENT_TYPES = ['response', 'revisit', 'resource', 'conversion'] as const;

/** What the index stores of a record with content: its place, and what must be known without reading it again. */
export const entry = z.object({
  /** Index of the archive's WARC it is in. */
  file: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
  /** See `Place`. */
  skip: z.number().int().nonnegative().nullable(),
  type: z.enum(CONTENT_TYPES),
  url: z.string(),
  /** WARC-Date, as written. */
  date: z.string().nullable(),
  status: z.number().int().nullable(),
  kind: z.enum(BODY_KINDS),
  /** Of the body, as recorded. */
  bytes: z.number().int().nonnegative(),
  digest: digestState,
  /** What a revisit record and its original have in common. */
  payload: z.string().nullable(),
  refersUrl: z.string().nullable(),
  refersDate: z.string().nullable(),
  /** The absolute address a redirect leads to. */
  location: z.string().nullable(),
  title: z.string().nullable(),
  /** The response to a request that sent something (POST …), which is not a page. */
  posted: z.boolean(),
  /** The record is shorter than its length says, or its tool marked it as cut (WARC-Truncated). */
  cut: z.boolean(),
});
export type Entry = z.infer<typeof entry>;

/** A line of `pages.jsonl` or `extraPages.jsonl`. */
export const listedPage = z.object({ url: z.string(), ts: z.string().nullable(), title: z.string().nullable() });
export type ListedPage = z.infer<typeof listedPage>;

/** One WARC of the archive: a part of the archive's file, or a file beside the index that it was unpacked to. */
export const warcFile = z.object({
  name: z.string(),
  /** The number of its unpacked file beside the index; null if it is read from the archive itself. */
  unpacked: z.number().int().nonnegative().nullable(),
  start: z.number().int().nonnegative(),
  size: z.number().int().nonnegative(),
});
export type WarcFile = z.infer<typeof warcFile>;

/** Everything found out about an archive by reading it once. */
export interface ArchiveIndex {
  readonly format: ArchivePage['format'];
  readonly software: string | null;
  /** The software that wrote it. */
  readonly softwareFrom: string | null;
  readonly records: number;
  readonly digests: ArchivePage['digests'];
  readonly signature: ArchiveSignature | null;
  readonly notes: readonly string[];
  readonly files: readonly WarcFile[];
  readonly listed: readonly ListedPage[];
  readonly entries: readonly Entry[];
}
