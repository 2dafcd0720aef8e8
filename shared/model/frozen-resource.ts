/**
 * The media type of an image or font, by its first bytes; what a page or a server declares is ignored. Null for everything a
 * frozen page does not keep. The freezer checks before it keeps a resource, a host before it serves one.
 */
export function frozenResourceType(bytes: Uint8Array): string | null {
  for (const [type, pattern, at] of MAGIC) {
    if (pattern.every((byte, index) => byte === ANY || bytes[at + index] === byte)) return type;
  }
  return isSvg(bytes) ? 'image/svg+xml' : null;
}

export const isPicture = (type: string): boolean => type.startsWith('image/');

const ANY = -1;
const ascii = (text: string): number[] => Array.from(text, (c) => (c === '?' ? ANY : c.charCodeAt(0)));

const MAGIC: readonly (readonly [type: string, bytes: readonly number[], at: number])[] = [
  ['image/png', [0x89, ...ascii('PNG')], 0],
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/gif', ascii('GIF87a'), 0],
  ['image/gif', ascii('GIF89a'), 0],
  ['image/webp', ascii('RIFF????WEBP'), 0],
  ['image/avif', ascii('ftypavif'), 4],
  ['image/avif', ascii('ftypavis'), 4],
  ['image/avif', ascii('ftypmif1'), 4],
  ['image/bmp', ascii('BM'), 0],
  ['image/x-icon', [0, 0, 1, 0], 0],
  ['font/woff2', ascii('wOF2'), 0],
  ['font/woff', ascii('wOFF'), 0],
  ['font/ttf', [0, 1, 0, 0], 0],
  ['font/ttf', ascii('true'), 0],
  ['font/otf', ascii('OTTO'), 0],
];

/** How far an `svg` element may be from the beginning, after the XML declaration, comments and a document type. */
const SVG_PROLOGUE = 2048;

function isSvg(bytes: Uint8Array): boolean {
  let rest = String.fromCharCode(...bytes.subarray(0, SVG_PROLOGUE)).replace(/^\xef\xbb\xbf/, '');
  for (;;) {
    rest = rest.trimStart();
    if (/^<svg[\s>/]/i.test(rest)) return true;
    const end = rest.startsWith('<!--') ? '-->' : /^<(?:\?xml|!doctype svg)/i.test(rest) ? '>' : null;
    const at = end === null ? -1 : rest.indexOf(end);
    if (end === null || at < 0) return false;
    rest = rest.slice(at + end.length);
  }
}
