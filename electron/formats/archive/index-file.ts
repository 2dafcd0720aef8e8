import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { archiveSignature, ARCHIVE_FORMATS, digestState } from '../../../shared/model/index.ts';
import type { OpenFile } from './bytes.ts';
import { entry, listedPage, warcFile, type ArchiveIndex, type Entry } from './entry.ts';

/** Increased when an older index would be read wrongly, or when a new one finds more. */
const VERSION = 1;
const MARK = `sourcebook-archive-index ${VERSION}`;
/** The largest index, unpacked; the limits on names and records keep ours below it. */
const MOST = 512 << 20;
const ENDS = 64 << 10;

/** A file beside the index that a WARC was unpacked to. */
export const unpackedPath = (index: string, number: number): string => `${index}.unpacked-${number}`;

/** Makes an empty file in place of whatever is there: through a link, what is unpacked would be written to a file of somebody’s choice. */
export function makeNew(path: string): void {
  rmSync(path, { recursive: true, force: true });
  writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
}

/** Identifies an archive and its version: its size, beginning and end. */
export function identityOf(file: OpenFile): string {
  const hash = createHash('sha256').update(file.read(0, ENDS));
  hash.update(file.read(Math.max(0, file.size - ENDS), ENDS));
  return `${file.size} ${hash.digest('hex')}`;
}

/** Records as arrays without keys: half the size, and quicker to parse. */
const KEYS = [
  'file',
  'offset',
  'length',
  'skip',
  'type',
  'url',
  'date',
  'status',
  'kind',
  'bytes',
  'digest',
  'payload',
  'refersUrl',
  'refersDate',
  'location',
  'title',
  'posted',
  'cut',
] as const satisfies readonly (keyof Entry)[];

const stored = z.object({
  identity: z.string(),
  format: z.enum(ARCHIVE_FORMATS),
  software: z.string().nullable(),
  softwareFrom: z.string().nullable(),
  records: z.number().int().nonnegative(),
  digests: digestState,
  signature: archiveSignature.nullable(),
  notes: z.array(z.string()),
  files: z.array(warcFile),
  listed: z.array(listedPage),
  /** Arrays; each is checked as the entry it encodes. */
  entries: z.array(z.unknown()),
});

/** Writes it to a temporary file and renames that: a kill leaves the old one or the new. */
export function writeIndex(path: string, identity: string, { entries, ...rest }: ArchiveIndex): void {
  const rows = entries.map((one) => KEYS.map((key) => one[key]));
  const content: z.infer<typeof stored> = {
    ...rest,
    identity,
    notes: [...rest.notes],
    files: [...rest.files],
    listed: [...rest.listed],
    entries: rows,
  };
  const packed = zstdCompressSync(Buffer.from(JSON.stringify(content)));
  const sum = createHash('sha256').update(packed).digest('hex');
  const beside = `${path}.new-${randomBytes(6).toString('hex')}`;
  writeFileSync(beside, Buffer.concat([Buffer.from(`${MARK} ${sum}\n`), packed]), { mode: 0o600 });
  renameSync(beside, path);
}

/**
 * The index at `path` if it is undamaged and belongs to the archive with this identity; otherwise null, and it must be built.
 * Its folder can be emptied at any time and may have come with the project, so everything in it is checked.
 */
export function readIndex(path: string, identity: string): ArchiveIndex | null {
  if (!existsSync(path)) return null;
  const file = readFileSync(path);
  const line = file.subarray(0, MARK.length + 66).toString('latin1');
  const packed = file.subarray(line.length);
  if (line !== `${MARK} ${createHash('sha256').update(packed).digest('hex')}\n`) return null;
  const parsed = stored.safeParse(parse(packed));
  if (!parsed.success || parsed.data.identity !== identity) return null;
  const { entries: rows, identity: _, ...rest } = parsed.data;
  const entries: Entry[] = [];
  for (const cells of rows) {
    if (!Array.isArray(cells) || cells.length !== KEYS.length) return null;
    const one = entry.safeParse(Object.fromEntries(KEYS.map((key, at) => [key, cells[at]])));
    if (!one.success || one.data.file >= rest.files.length) return null;
    entries.push(one.data);
  }
  return rest.files.every((one) => one.unpacked === null || sizeOf(unpackedPath(path, one.unpacked)) === one.size)
    ? { ...rest, entries }
    : null;
}

function parse(packed: Buffer): unknown {
  try {
    return JSON.parse(zstdDecompressSync(packed, { maxOutputLength: MOST }).toString('utf8'));
  } catch {
    return null; // damaged: it is built again
  }
}

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;
