import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { decodeHtml } from '../page/charset.ts';
import { own } from './fields.ts';
import { LIMITS } from './limits.ts';

export const BODY_KINDS = ['html', 'pdf', 'png', 'jpeg', 'webp', 'text', 'other'] as const;
/** The kind of a body. `text` is plain text only: style sheets and scripts are `other`. */
export type BodyKind = (typeof BODY_KINDS)[number];

const latin1 = (bytes: Uint8Array, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, length)).toString('latin1');

/**
 * The kind of a body by its first bytes. The declared type only decides between kinds of text, which have no signature: plain
 * text, a page that begins with words, and everything else.
 */
export function kindOf(head: Uint8Array, declared: string): BodyKind {
  const start = latin1(head, 4096);
  if (start.startsWith('\u0089PNG\r\n\u001a\n')) return 'png';
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp';
  if (/^\s{0,32}%PDF-/.test(start)) return 'pdf';
  if (startsLikeHtml(start)) return 'html';
  const type = declared.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (isBinary(head)) return 'other';
  if (type === 'text/html' || type === 'application/xhtml+xml')
    return /<[a-z!]/i.test(latin1(head, LIMITS.titleWithin)) && !/^\s*[[{]/.test(start) ? 'html' : 'other';
  return type === 'text/plain' && start.trim() !== '' ? 'text' : 'other';
}

const HTML_START =
  /^<(?:!doctype\s+html|html|head|body|title|meta|script|iframe|h1|div|font|table|a|style|br|p|base|link|center)[\s>/]/i;

function startsLikeHtml(start: string): boolean {
  let rest = start.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '').replaceAll('\0', '');
  for (let skipped = true; skipped;) {
    const before = rest.length;
    rest = rest
      .replace(/^\s+/, '')
      .replace(/^<\?xml[^>]*>/i, '')
      .replace(/^<!--[\s\S]*?(?:-->|$)/, '');
    skipped = rest.length !== before;
  }
  return HTML_START.test(rest);
}

/** Bytes that the MIME Sniffing standard calls binary; UTF-16 with a byte order mark is text. */
function isBinary(head: Uint8Array): boolean {
  const start = latin1(head, 1445);
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff|\u00ef\u00bb\u00bf)/.test(start)) return false;
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(start);
}

/** The title of a page from its first bytes, in the page's charset; null if there is none in them. */
export function titleOf(head: Buffer, charset: string | null): string | null {
  // Cut at the end of a tag, since half a character at the end could make valid UTF-8 look like something else.
  const whole = head.subarray(0, head.lastIndexOf('>') + 1);
  const { text } = decodeHtml(whole, charset);
  const open = /<title(?:\s[^>]{0,400})?>/i.exec(text);
  if (open === null) return null;
  const from = open.index + open[0].length;
  const close = text.slice(from, from + 4 * LIMITS.title + 4000).search(/<\/title/i);
  if (close < 0) return null;
  const written = text.slice(from, from + close);
  const plain = written.includes('&') ? withoutReferences(written) : written;
  const title = plain.replace(/\s+/g, ' ').trim().slice(0, LIMITS.title).toWellFormed();
  return title === '' ? null : own(title);
}

/** The text of a title, which can contain no elements but character references such as `&amp;`. */
function withoutReferences(written: string): string {
  const isText = (node: DefaultTreeAdapterTypes.ChildNode): node is DefaultTreeAdapterTypes.TextNode =>
    node.nodeName === '#text';
  return parseFragment(written.replaceAll('<', '&lt;'))
    .childNodes.filter(isText)
    .map(({ value }) => value)
    .join('');
}
