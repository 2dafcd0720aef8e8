import { crc32, deflateSync } from 'node:zlib';

/** Images created byte by byte, so that a test knows everything in them. */

export type Rgb = readonly [number, number, number];

const u16 = (value: number, little = false): Buffer => {
  const bytes = Buffer.alloc(2);
  if (little) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
};
const u32 = (value: number, little = false): Buffer => {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
}

export const pngText = (keyword: string, text: string): Buffer =>
  pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
export const pngUtf8 = (keyword: string, text: string): Buffer =>
  pngChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8'));
export const pngPacked = (keyword: string, text: string): Buffer =>
  pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(Buffer.from(text, 'latin1'))]));

/** A PNG of that size, with pixels from `paint`; `before` are chunks between its header and its pixels. */
export function png(
  width: number,
  height: number,
  {
    before = [],
    paint = () => [230, 226, 214],
  }: { before?: readonly Buffer[]; paint?: (x: number, y: number) => Rgb } = {},
): Buffer {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  return pngOf(width, height, [...before, pngChunk('IDAT', deflateSync(rows))]);
}

/** A PNG that claims this size, whatever its chunks contain. */
export function pngOf(width: number, height: number, chunks: readonly Buffer[]): Buffer {
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...chunks,
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export interface ExifValues {
  readonly orientation?: number;
  readonly software?: string;
  readonly artist?: string;
  readonly taken?: string;
  readonly offset?: string;
  readonly gps?: boolean;
}

/** EXIF as cameras write it: a TIFF file with three directories. */
export function exif(values: ExifValues, little = true): Buffer {
  const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf8');
  const first: Field[] = [
    ...(values.orientation === undefined ? [] : [field(0x0112, 3, 1, pad(u16(values.orientation, little)))]),
    ...(values.software === undefined ? [] : [field(0x0131, 2, null, text(values.software))]),
    ...(values.artist === undefined ? [] : [field(0x013b, 2, null, text(values.artist))]),
  ];
  const inner: Field[] = [
    ...(values.taken === undefined ? [] : [field(0x9003, 2, null, text(values.taken))]),
    ...(values.offset === undefined ? [] : [field(0x9011, 2, null, text(values.offset))]),
  ];
  const gps: Field[] = [field(0x0000, 1, 4, Buffer.from([2, 3, 0, 0])), field(0x0001, 2, 2, pad(text('N')))];
  const size = (fields: readonly Field[]): number =>
    6 + 12 * fields.length + fields.reduce((sum, { data }) => sum + (data.length > 4 ? data.length : 0), 0);
  const links = 1 + (values.gps === true ? 1 : 0);
  const innerAt = 8 + size(first) + 12 * links;
  const gpsAt = innerAt + size(inner);
  const linked = [
    ...first,
    field(0x8769, 4, 1, u32(innerAt, little)),
    ...(values.gps === true ? [field(0x8825, 4, 1, u32(gpsAt, little))] : []),
  ];
  return Buffer.concat([
    Buffer.from(little ? 'II' : 'MM'),
    u16(42, little),
    u32(8, little),
    directory(linked, 8, little),
    directory(inner, innerAt, little),
    ...(values.gps === true ? [directory(gps, gpsAt, little)] : []),
  ]);
}

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly data: Buffer;
}
const field = (tag: number, type: number, count: number | null, data: Buffer): Field => ({
  tag,
  type,
  count: count ?? data.length,
  data,
});
const pad = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc(4)]).subarray(0, 4);

function directory(fields: readonly Field[], at: number, little: boolean): Buffer {
  let next = at + 6 + 12 * fields.length;
  const entries: Buffer[] = [];
  const values: Buffer[] = [];
  for (const { tag, type, count, data } of fields) {
    const isFar = data.length > 4;
    entries.push(u16(tag, little), u16(type, little), u32(count, little), isFar ? u32(next, little) : pad(data));
    if (!isFar) continue;
    values.push(data);
    next += data.length;
  }
  return Buffer.concat([u16(fields.length, little), ...entries, u32(0), ...values]);
}

const segment = (marker: number, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), u16(data.length + 2), data]);

/** The header of a JPEG with its EXIF. */
export const exifSegment = (tiff: Uint8Array): Buffer =>
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));

/** A JPEG without decodable image data: only its header is read at import. */
export function jpeg(
  width: number,
  height: number,
  { tiff, frame = 0xc0 }: { tiff?: Buffer; frame?: number } = {},
): Buffer {
  const size = Buffer.concat([Buffer.from([8]), u16(height), u16(width), Buffer.from([1, 1, 0x11, 0])]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...(tiff === undefined ? [] : [exifSegment(tiff)]),
    segment(0xdb, Buffer.alloc(65)),
    segment(frame, size),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0x34, 0xff, 0xd9]),
  ]);
}

/** A JPEG encoded by a browser, with EXIF added. */
export const withExif = (encoded: Uint8Array, tiff: Uint8Array): Buffer =>
  Buffer.concat([encoded.subarray(0, 2), exifSegment(tiff), encoded.subarray(2)]);

const chunk = (type: string, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(type, 'latin1'), u32(data.length, true), data, Buffer.alloc(data.length % 2)]);

/** A WebP's header, of each of the three kinds, with the given chunks. */
export function webp(
  kind: 'lossy' | 'lossless' | 'extended',
  width: number,
  height: number,
  more: readonly { readonly type: string; readonly data: Uint8Array }[] = [],
): Buffer {
  const u24 = (value: number): Buffer => u32(value, true).subarray(0, 3);
  const head = {
    lossy: chunk(
      'VP8 ',
      Buffer.concat([Buffer.from('\0\0\0\x9d\x01\x2a', 'latin1'), u16(width, true), u16(height, true)]),
    ),
    lossless: chunk(
      'VP8L',
      Buffer.concat([Buffer.from([0x2f]), u32(((width - 1) | ((height - 1) << 14)) >>> 0, true)]),
    ),
    extended: chunk('VP8X', Buffer.concat([Buffer.from([8, 0, 0, 0]), u24(width - 1), u24(height - 1)])),
  }[kind];
  const body = Buffer.concat([Buffer.from('WEBP'), head, ...more.map(({ type, data }) => chunk(type, data))]);
  return Buffer.concat([Buffer.from('RIFF'), u32(body.length, true), body]);
}
