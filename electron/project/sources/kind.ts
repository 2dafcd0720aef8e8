import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { constants } from 'node:fs';
import { readFault } from '../../../shared/file-faults.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { SourceKind } from '../../../shared/model/index.ts';
import { startOfMember } from '../../formats/archive/gzip.ts';
import { byteOrderMark } from '../../formats/charset.ts';
import { pictureType } from '../../formats/image/index.ts';

/** How a file is read: a kind of source, or a capture or archive that contains one or more. */
export type FileKind = SourceKind | 'mhtml' | 'warc' | 'wacz';

/** The kind of a file, or why it cannot be imported: skipped if the type is unsupported, else failed. */
export type Judged =
  | { readonly kind: FileKind; readonly mediaType: string }
  | { readonly kind: null; readonly status: 'skipped' | 'failed'; readonly error: ErrorData };

const MEDIA_TYPES: Readonly<Record<Exclude<FileKind, 'image'>, string>> = {
  pdf: 'application/pdf',
  page: 'text/html',
  mhtml: 'multipart/related',
  text: 'text/plain',
  warc: 'application/warc',
  wacz: 'application/wacz',
};

/** How many bytes are searched for a PDF's mark: readers of PDF look within the first 1,024 bytes. */
const PDF_MARK_WITHIN = 1024;
const HEAD = 16 * 1024;
/** How many bytes at the end of a zip are read for its list of files; a WACZ has few files. */
const TAIL = 64 * 1024;
/** How many bytes of a compressed file are unpacked to see how it begins: at most 4 MB of output, since deflate packs 1 : 1,032. */
const PACKED_HEAD = 4 * 1024;

const PAGE_ENDINGS = new Set(['.html', '.htm', '.xhtml', '.shtml']);
const MHTML_ENDINGS = new Set(['.mht', '.mhtml', '.mhtm']);
/** Endings of plain text. */
const TEXT_ENDINGS = new Set(['', '.txt', '.text', '.md', '.markdown', '.asc']);

interface Ends {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** The first and last bytes of a file; follows no link. Throws Faults. */
async function readEnds(path: string): Promise<Ends> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((thrown: unknown) => {
    throw readFault(thrown);
  });
  try {
    const { size } = await file.stat();
    const head = await readAt(file, 0, HEAD);
    const isZip = head[0] === 0x50 && head[1] === 0x4b;
    return { head, tail: isZip ? await readAt(file, Math.max(0, size - TAIL), TAIL) : head };
  } catch (thrown) {
    throw readFault(thrown);
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/**
 * The kind of the file at `path`, by its first bytes and then by its name. A `.pdf` that does not begin like one counts as a
 * damaged PDF, so that the report says so. Throws Faults if it cannot be read.
 */
export async function kindOfFile(path: string, fileName: string): Promise<Judged> {
  return judge(await readEnds(path), fileName);
}

function judge({ head, tail }: Ends, fileName: string): Judged {
  const ending = extname(fileName).toLowerCase();
  const latin = latinOf(head);
  if (head.length === 0) return empty;
  if (ending === '.pdf') return judged('pdf');
  const image = pictureType(head);
  if (image !== null) return { kind: 'image', mediaType: image };
  if (latin.startsWith('\u001f\u008b')) return judgePacked(head);
  if (latin.startsWith('WARC/')) return judged('warc');
  if (latin.startsWith('filedesc:')) return arc;
  if (latin.startsWith('PK\u0003\u0004')) return isWacz(ending, latinOf(tail)) ? judged('wacz') : notOurs;
  if (latin.slice(0, PDF_MARK_WITHIN).includes('%PDF-')) return judged('pdf');
  if (isMultipart(latin)) return judged('mhtml');
  if (PAGE_ENDINGS.has(ending)) return judged('page');
  if (MHTML_ENDINGS.has(ending)) return judged(looksLikeHtml(latin) ? 'page' : 'mhtml');
  if (!TEXT_ENDINGS.has(ending) || isBinary(head)) return notOurs;
  return looksLikeHtml(latin) ? judged('page') : isMessage(latin) ? notOurs : judged('text');
}

const latinOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
const judged = (kind: Exclude<FileKind, 'image'>): Judged => ({ kind, mediaType: MEDIA_TYPES[kind] });

const notOurs: Judged = {
  kind: null,
  status: 'skipped',
  error: {
    code: 'UNSUPPORTED',
    message:
      'Unsupported file type. Sourcebook reads PDF, saved web pages (HTML, MHTML), web archives (WARC, WACZ), images (PNG, JPEG, WebP) and plain text.',
  },
};
const empty: Judged = {
  kind: null,
  status: 'failed',
  error: { code: 'BAD_INPUT', message: 'This file is empty. Get a new copy.' },
};
const packed: Judged = {
  kind: null,
  status: 'skipped',
  error: {
    code: 'UNSUPPORTED',
    message: 'This gzip file isn’t a web archive. Unpack it, then add what’s inside.',
  },
};
const packedTwice: Judged = {
  kind: null,
  status: 'failed',
  error: {
    code: 'UNSUPPORTED',
    message:
      'This file was compressed twice: inside the gzip file is another one. Unpack it once (for example with “gunzip”), then import what comes out.',
  },
};
const arc: Judged = {
  kind: null,
  status: 'failed',
  error: {
    code: 'UNSUPPORTED',
    message:
      'This is an ARC file, an older format than WARC, which Sourcebook can’t read. Convert it to WARC, for example with “warcio recompress”.',
  },
};

/** A WARC is compressed record by record, so that its first bytes unpack to the head of its first record. */
function judgePacked(head: Uint8Array): Judged {
  const start = startOfPacked(head.subarray(0, PACKED_HEAD));
  if (start.startsWith('WARC/')) return judged('warc');
  if (start.startsWith('filedesc:')) return arc;
  return start.startsWith('\u001f\u008b') ? packedTwice : packed;
}

function startOfPacked(head: Uint8Array): string {
  // Only its first member: what follows may be damaged or not packed, which is for the reader of archives to say.
  return startOfMember(Buffer.from(head)).subarray(0, 16).toString('latin1');
}

const isWacz = (ending: string, tail: string): boolean => ending === '.wacz' || tail.includes('datapackage.json');

/** Only UTF-16 and UTF-32 texts have zero bytes; other control characters are rare in text. */
function isBinary(head: Uint8Array): boolean {
  if (byteOrderMark(head) !== null) return false;
  let controls = 0;
  let zeros = 0;
  for (const byte of head) {
    if (byte === 0) zeros++;
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b)
      controls++;
  }
  // UTF-16 without a mark has a zero in every line feed, space and digit, so half of its bytes at most.
  const isUtf16 = zeros > 0 && zeros <= head.length / 2 && controls < head.length / 20 && hasZeroOnOneSide(head);
  return (zeros > 0 && !isUtf16) || controls > head.length / 10;
}

function hasZeroOnOneSide(head: Uint8Array): boolean {
  let even = 0;
  let odd = 0;
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  return Math.min(even, odd) * 4 < Math.max(even, odd);
}

function looksLikeHtml(latin: string): boolean {
  const start = latin
    .replaceAll('\0', '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .replace(/^\s*<\?xml[^>]*>/i, '')
    .replace(/^(?:\s*<!--[\s\S]*?-->)*\s*/, '');
  return /^<(?:!doctype\s+html|html|head|body|meta|title)[\s>]/i.test(start);
}

/** The head of a mail or MHTML file: its lines up to the first empty one, each a field or the rest of one. */
function messageHead(latin: string): string | null {
  const [head = ''] = latin.replace(/^\s+/, '').split(/\r?\n\r?\n/, 1);
  const first = /^[\w-]{1,40}:/.exec(head);
  return first === null ? null : head;
}

/** MHTML, whatever it is called: `multipart/related` in the head of a message. */
const isMultipart = (latin: string): boolean =>
  /^content-type:\s*multipart\/related\b/im.test(messageHead(latin) ?? '');

/** An e-mail, which cannot be a source. */
const isMessage = (latin: string): boolean =>
  /^(?:from|mime-version|content-type|date|subject):/i.test(messageHead(latin) ?? '') &&
  /^mime-version:/im.test(messageHead(latin) ?? '');
