import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { constants } from 'node:fs';
import type { SourceKind } from '../../../../shared/model/index.ts';
import { byteOrderMark } from '../../../formats/charset.ts';
import { readFault } from '../../../engine/file-faults.ts';

export const MEDIA_TYPES: Readonly<Record<SourceKind, string>> = {
  pdf: 'application/pdf',
  page: 'text/html',
  text: 'text/plain',
  image: 'image/png',
};

/** Readers of PDF look for its mark within the first 1,024 bytes. */
const PDF_MARK_WITHIN = 1024;
const HEAD = 16 * 1024;

const PAGE_ENDINGS = new Set(['.html', '.htm', '.xhtml', '.shtml']);
/** Text whose ending promises no other format. */
const TEXT_ENDINGS = new Set(['', '.txt', '.text', '.md', '.markdown', '.asc']);

/** The first bytes of a file; follows no link. Throws Faults. */
export async function readHead(path: string): Promise<Uint8Array> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((thrown: unknown) => {
    throw readFault(thrown);
  });
  try {
    const head = new Uint8Array(HEAD);
    const { bytesRead } = await file.read(head, 0, HEAD, 0);
    return head.subarray(0, bytesRead);
  } catch (thrown) {
    throw readFault(thrown);
  } finally {
    await file.close();
  }
}

/**
 * What kind of source a file is, by its first bytes and then by its name; null for a kind we do not read. A `.pdf` that
 * does not begin like one is still taken for a damaged PDF, so that the report says so.
 */
export function kindOf(head: Uint8Array, fileName: string): SourceKind | null {
  const ending = extname(fileName).toLowerCase();
  const latin = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  if (latin.slice(0, PDF_MARK_WITHIN).includes('%PDF-') || ending === '.pdf') return 'pdf';
  if (PAGE_ENDINGS.has(ending)) return 'page';
  if (!TEXT_ENDINGS.has(ending) || isBinary(head)) return null;
  return looksLikeHtml(latin) ? 'page' : isMessage(latin) ? null : 'text';
}

/** A zero byte is in no text but UTF-16 and UTF-32; other controls are rare in one. */
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

/** A mail or MHTML file, whatever it is called: later issues read it. */
const isMessage = (latin: string): boolean =>
  /^(?:from|mime-version|content-type|date|subject):[^\n]*\n/i.test(latin) && /^mime-version:/im.test(latin);
