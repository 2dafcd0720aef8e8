import { deflateSync } from 'node:zlib';

/** An image of a PDF as the file stores it. */
export interface StoredImage {
  /** What the file says of its size. */
  readonly width: number;
  readonly height: number;
  readonly filter: 'FlateDecode' | 'JPXDecode' | 'JBIG2Decode';
  /** Other entries of its dictionary. */
  readonly more?: string;
  readonly data: Buffer;
}

/** A PDF of one page for each list, which shows these images and a line of text. */
export function pdfOfImages(pages: readonly (readonly StoredImage[])[]): Buffer {
  const objects: string[] = ['<</Type/Catalog/Pages 2 0 R>>', '', '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'];
  const kids: string[] = [];
  const add = (object: string): string => `${objects.push(object)} 0 R`;
  for (const [page, images] of pages.entries()) {
    const named = images.map(({ width, height, filter, more = '/ColorSpace/DeviceGray/BitsPerComponent 8', data }) =>
      add(
        `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}${more}/Filter/${filter}/Length ${data.length}>>\nstream\n${data.toString('latin1')}\nendstream`,
      ),
    );
    const drawn = named.map((_, at) => `q 200 0 0 200 ${50 + at * 7} ${300 + at * 3} cm /I${at} Do Q`).join('\n');
    const content = `BT /F 24 Tf 50 700 Td (Page ${page + 1} of the report) Tj ET\n${drawn}`;
    const stream = add(`<</Length ${content.length}>>\nstream\n${content}\nendstream`);
    const images_ = named.map((ref, at) => `/I${at} ${ref}`).join('');
    kids.push(
      add(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>/XObject<<${images_}>>>>/Contents ${stream}>>`,
      ),
    );
  }
  objects[1] = `<</Type/Pages/Count ${kids.length}/Kids[${kids.join(' ')}]>>`;
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.7\n${body}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\n%%EOF`, 'latin1');
}

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => bytes.writeUInt32BE(value >>> 0, at * 4));
  return bytes;
};
const shorts = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => bytes.writeUInt16BE(value, at * 2));
  return bytes;
};

/** A JPEG 2000 code stream (ISO/IEC 15444-1, annex A) of this size: one tile, whose data are empty packets. */
export function jpx(width: number, height: number, components = 1): Buffer {
  const size = Buffer.concat([
    shorts(0),
    words(width, height, 0, 0, width, height, 0, 0),
    shorts(components),
    Buffer.from(Array.from({ length: components }, () => [7, 1, 1]).flat()),
  ]);
  const segment = (marker: number, body: Buffer): Buffer => Buffer.concat([shorts(marker, body.length + 2), body]);
  const coding = Buffer.from([0, 0, 0, 1, 0, 0, 4, 4, 0, 1]);
  const quantization = Buffer.from([0x40, 0x40]);
  const data = Buffer.alloc(2000);
  const tile = Buffer.concat([shorts(0), words(12 + 2 + data.length), Buffer.from([0, 1])]);
  return Buffer.concat([
    shorts(0xff4f),
    segment(0xff51, size),
    segment(0xff52, coding),
    segment(0xff5c, quantization),
    segment(0xff90, tile),
    shorts(0xff93),
    data,
    shorts(0xffd9),
  ]);
}

/** Segments of JBIG2 (ISO/IEC 14492, 7.2) as a PDF embeds them: a page of this size, and a generic region as large. */
export function jbig2(width: number, height: number, regions = 1): Buffer {
  const segment = (number: number, type: number, data: Buffer): Buffer =>
    Buffer.concat([words(number), Buffer.from([type, 0, 1]), words(data.length), data]);
  const page = Buffer.concat([words(width, height, 0, 0), Buffer.from([0, 0, 0])]);
  const region = Buffer.concat([
    words(width, height, 0, 0),
    Buffer.from([0, 0]),
    Buffer.from([3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe]),
    Buffer.alloc(40, 0x55),
  ]);
  return Buffer.concat([
    segment(0, 48, page),
    ...Array.from({ length: regions }, (_, at) => segment(at + 1, 38, region)),
  ]);
}

export const flat = (width: number, height: number): StoredImage => ({
  width,
  height,
  filter: 'FlateDecode',
  data: deflateSync(Buffer.alloc(width * height, 0x80)),
});
