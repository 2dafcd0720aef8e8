import { inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Where words were found in some bytes: the ways from the outside in, as `zip word/document.xml › UTF-8`. */
export function leaksIn(bytes: Uint8Array, words: readonly string[]): string[] {
  const found = new Set<string>();
  look(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), [], words, found);
  return [...found];
}

const DEEPEST = 4;

function look(bytes: Buffer, way: readonly string[], words: readonly string[], found: Set<string>): void {
  for (const word of words)
    for (const [name, form] of formsOf(word))
      if (bytes.includes(form)) found.add([...way, `${name} ${word}`].join(' › '));
  const text = bytes.toString('utf8');
  for (const word of words)
    for (const [name, plain] of [
      ['character references', unreferenced(text)],
      ['JSON escapes', unescaped(text)],
      ['percent-encoding', unpercented(text)],
    ] as const)
      if (plain !== text && plain.includes(word)) found.add([...way, `${name} ${word}`].join(' › '));
  if (way.length === DEEPEST) return;
  for (const [name, inner] of [...zipMembers(bytes), ...deflated(bytes), ...zstd(bytes), ...based(text)])
    look(inner, [...way, name], words, found);
}

/** A word as it can stand in bytes. Also in other case: a file’s name is often in small letters. */
function formsOf(word: string): [string, Buffer][] {
  const cased = [...new Set([word, word.toLowerCase(), word.toUpperCase()])];
  return cased.flatMap((one): [string, Buffer][] => [
    ['UTF-8', Buffer.from(one, 'utf8')],
    ['UTF-16 LE', Buffer.from(one, 'utf16le')],
    ['UTF-16 BE', Buffer.from(one, 'utf16le').swap16()],
    ['hex', Buffer.from(Buffer.from(one, 'utf8').toString('hex'))],
  ]);
}

const unreferenced = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, number: string) => String.fromCodePoint(Number(number)));
const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const unpercented = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));

/** By their local headers, so that members that no directory lists are looked at too; their names as well. */
function zipMembers(bytes: Buffer): [string, Buffer][] {
  const members: [string, Buffer][] = [];
  for (let at = bytes.indexOf('PK\x03\x04'); at !== -1; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const [method, nameLength, extra] = [
      bytes.readUInt16LE(at + 8),
      bytes.readUInt16LE(at + 26),
      bytes.readUInt16LE(at + 28),
    ];
    const name = bytes.toString('utf8', at + 30, at + 30 + nameLength);
    // A stored member is read where it stands.
    const content =
      method === 8 ? tried(() => inflateRawSync(bytes.subarray(at + 30 + nameLength + extra), LENIENT)) : null;
    if (content !== null) members.push([`zip ${name}`, content]);
  }
  return members;
}

/** Streams of zlib: of PDFs, and compressed texts of PNGs. */
function deflated(bytes: Buffer): [string, Buffer][] {
  const streams: [string, Buffer][] = [];
  for (let at = bytes.indexOf(0x78); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0x78, at + 1)) {
    if ((0x7800 + (bytes[at + 1] ?? 0)) % 31 !== 0) continue;
    const content = tried(() => inflateSync(bytes.subarray(at), LENIENT));
    if (content !== null && content.length > 1) streams.push([`deflated`, content]);
  }
  return streams;
}
/** Text layers and frozen pages of a project file. */
function zstd(bytes: Buffer): [string, Buffer][] {
  const frames: [string, Buffer][] = [];
  for (let at = bytes.indexOf(FRAME); at !== -1; at = bytes.indexOf(FRAME, at + 4)) {
    const content = tried(() => zstdDecompressSync(bytes.subarray(at)));
    if (content !== null) frames.push(['zstd', content]);
  }
  return frames;
}
const FRAME = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** What was inflated before an end that is missing or damaged counts, too. */
const LENIENT = { finishFlush: 2 } as const;

function based(text: string): [string, Buffer][] {
  const runs = text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? [];
  // Every shift: what stands before it in a longer run can move it.
  return runs.flatMap((run) =>
    [0, 1, 2, 3].map((shift): [string, Buffer] => ['base64', Buffer.from(run.slice(shift), 'base64')]),
  );
}

function tried(inflate: () => Buffer): Buffer | null {
  try {
    return inflate();
  } catch {
    return null;
  }
}
