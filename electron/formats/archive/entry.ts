import { z } from 'zod';
import { digestState, type ArchivePage, type ArchiveSignature } from '../../../shared/model/index.ts';
import { BODY_KINDS } from './sniff.ts';

export const CONTENT_TYPES = ['response', 'revisit', 'resource', 'conversion'] as const;

/** What the index keeps of a record that has content: where it lies, and what can be asked without reading it again. */
export const entry = z.object({
  /** Which of the archive's WARCs it is in. */
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
  /** Where a redirect leads, absolute. */
  location: z.string().nullable(),
  title: z.string().nullable(),
  /** The answer to a request that sent something (POST …): no page. */
  posted: z.boolean(),
  /** The record ends before its length, or its tool says that it cut it (WARC-Truncated). */
  cut: z.boolean(),
});
export type Entry = z.infer<typeof entry>;

/** A line of `pages.jsonl` or `extraPages.jsonl`. */
export const listedPage = z.object({ url: z.string(), ts: z.string().nullable(), title: z.string().nullable() });
export type ListedPage = z.infer<typeof listedPage>;

/** One WARC of the archive: a part of the archive's file, or of a file beside the index that it was unpacked to. */
export const warcFile = z.object({
  name: z.string(),
  /** Its number beside the index; null where it lies in the archive itself. */
  unpacked: z.number().int().nonnegative().nullable(),
  start: z.number().int().nonnegative(),
  size: z.number().int().nonnegative(),
});
export type WarcFile = z.infer<typeof warcFile>;

/** Everything that is found out about an archive in one reading. */
export interface ArchiveIndex {
  readonly format: ArchivePage['format'];
  readonly software: string | null;
  /** What says so. */
  readonly softwareFrom: string | null;
  readonly records: number;
  readonly digests: ArchivePage['digests'];
  readonly signature: ArchiveSignature | null;
  readonly notes: readonly string[];
  readonly files: readonly WarcFile[];
  readonly listed: readonly ListedPage[];
  readonly entries: readonly Entry[];
}
