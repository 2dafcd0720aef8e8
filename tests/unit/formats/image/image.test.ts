import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pictureType, readImage } from '../../../../electron/formats/image/index.ts';
import { isAnimated } from '../../../../shared/model/layer-notes.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { exif, jpeg, png, pngChunk, pngOf, pngPacked, pngText, pngUtf8, webp } from '../../../support/pictures.ts';
import { tempFolder } from '../../../support/temp.ts';

function extracted(bytes: Uint8Array) {
  const path = join(tempFolder(), 'picture');
  writeFileSync(path, bytes);
  return readImage(path);
}
function read(bytes: Uint8Array) {
  const extraction = extracted(bytes);
  if (!extraction.ok) throw new Error(extraction.error.message);
  return extraction.value;
}
const boxOf = (bytes: Uint8Array) => read(bytes).pages[0]?.box;
const codeOf = (bytes: Uint8Array) => {
  const extraction = extracted(bytes);
  return extraction.ok ? 'read' : extraction.error.code;
};

describe('an image', () => {
  it('is one page of its size without text, in any format', () => {
    for (const bytes of [
      png(40, 30),
      jpeg(40, 30),
      jpeg(40, 30, { frame: 0xc2 }),
      webp('lossy', 40, 30),
      webp('lossless', 40, 30),
      webp('extended', 40, 30),
    ]) {
      const { engine, hasText, length, layerFile, pages } = read(bytes);
      expect({ engine, hasText, length }).toEqual({ engine: 'image', hasText: false, length: 0 });
      expect(pages).toEqual([{ page: 1, start: 0, end: 0, box: [0, 0, 40, 30], rotation: 0, failed: false }]);
      expect(openLayerFile(layerFile).text()).toBe('');
    }
  });

  it('may have sides as long as its format allows', () => {
    expect(boxOf(webp('lossless', 16_384, 3))).toEqual([0, 0, 16_384, 3]);
    expect(boxOf(webp('lossless', 3, 16_384))).toEqual([0, 0, 3, 16_384]);
    expect(boxOf(webp('extended', 50_000, 1))).toEqual([0, 0, 50_000, 1]);
    expect(boxOf(jpeg(65_535, 1))).toEqual([0, 0, 65_535, 1]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stored turned as EXIF %i says has its upright size', (orientation) => {
    const upright = orientation >= 5 ? [0, 0, 30, 40] : [0, 0, 40, 30];
    for (const little of [true, false]) {
      const tiff = exif({ orientation }, little);
      expect(boxOf(jpeg(40, 30, { tiff }))).toEqual(upright);
      expect(boxOf(webp('extended', 40, 30, [{ type: 'EXIF', data: tiff }]))).toEqual(upright);
    }
    const isTold = read(jpeg(40, 30, { tiff: exif({ orientation }) })).notes.some((note) => note.includes('upright'));
    expect(isTold).toBe(orientation !== 1);
  });

  it('has the time, device and author, and where each was found', () => {
    const tiff = exif({ taken: '2021:05:14 09:30:00', offset: '+08:00', software: 'Camera 2.1', artist: 'Li Na' });
    const { record, prefilled } = read(jpeg(4, 3, { tiff }));
    expect(record).toEqual({
      author: 'Li Na',
      dateOfCapture: { edtf: '2021-05-14', implied: false },
      capture: { time: '2021-05-14T09:30:00+08:00', tool: 'Camera 2.1' },
    });
    expect(prefilled).toEqual({
      author: 'EXIF, Artist',
      captureTool: 'EXIF, Software',
      captureTime: 'EXIF, DateTimeOriginal',
      dateOfCapture: 'EXIF, DateTimeOriginal',
    });
  });

  it('without a time zone has only a date, with a note', () => {
    const { record, notes } = read(jpeg(4, 3, { tiff: exif({ taken: '2021:05:14 09:30:00' }) }));
    expect(record).toEqual({ dateOfCapture: { edtf: '2021-05-14', implied: false } });
    expect(notes).toEqual(['The image says it was taken on 2021-05-14 at 09:30:00, with no time zone.']);
  });

  it.each(['0000:00:00 00:00:00', '2021:02:30 09:30:00', '2021:13:01 00:00:00', 'yesterday', ''])(
    'whose clock said %j has no date',
    (taken) => expect(read(jpeg(4, 3, { tiff: exif({ taken, offset: '+08:00' }) })).record).toEqual({}),
  );

  it('never has the place where it was taken in its details', () => {
    const { record, prefilled, notes } = read(jpeg(4, 3, { tiff: exif({ gps: true }) }));
    expect({ record, prefilled }).toEqual({ record: {}, prefilled: {} });
    expect(notes.join()).toContain('GPS');
    expect(read(jpeg(4, 3, { tiff: exif({}) })).notes).toEqual([]);
  });

  it('that is a PNG has title and author from its text chunks, of every kind', () => {
    const before = [
      pngUtf8('Title', '柳泉县\u202e公告'),
      pngPacked('Author', 'Bureau'),
      pngText('Software', 'gnome-screenshot'),
      pngText('Creation Time', '3 May 2021'),
    ];
    const { record, prefilled, notes } = read(png(4, 3, { before }));
    expect(record).toEqual({ title: '柳泉县 公告', author: 'Bureau', capture: { tool: 'gnome-screenshot' } });
    expect(prefilled['title']).toBe('PNG text, Title');
    expect(notes).toEqual(['The file says of itself that it was made on 3 May 2021.']);
  });

  it('with a decompression bomb as text is read without that text', () => {
    const bomb = pngPacked('Title', ' '.repeat(10_000_000));
    expect(read(png(4, 3, { before: [bomb, pngText('Author', 'A')] })).record).toEqual({ author: 'A' });
  });

  it('that is animated has a note', () => {
    expect(isAnimated(read(png(4, 3, { before: [pngChunk('acTL', Buffer.alloc(8))] })).notes)).toBe(true);
    expect(isAnimated(read(webp('extended', 4, 3, [{ type: 'ANIM', data: Buffer.alloc(6) }])).notes)).toBe(true);
    expect(isAnimated(read(png(4, 3)).notes)).toBe(false);
  });
});

describe('a damaged image', () => {
  it('that is cut is imported with a note, as long as some of it can be shown', () => {
    const whole = {
      png: png(40, 30),
      jpeg: jpeg(40, 30),
      webp: webp('lossless', 40, 30, [{ type: 'XMP ', data: Buffer.alloc(9) }]),
    };
    for (const bytes of [whole.png.subarray(0, -12), whole.jpeg.subarray(0, -2), whole.webp.subarray(0, -1)]) {
      expect(read(bytes).notes.join()).toContain('is cut off: its lower part may be missing');
    }
  });

  it('that ends properly but holds too few rows has a note, and is rejected if it holds none', () => {
    const rows = deflateSync(Buffer.alloc(100));
    const [short, full, none] = [rows, deflateSync(Buffer.alloc(30 * 121)), Buffer.alloc(0)].map((data) =>
      pngOf(40, 30, [pngChunk('IDAT', data)]),
    ) as [Buffer, Buffer, Buffer];
    expect(read(short).notes.join()).toContain('is cut off: its lower part may be missing');
    expect(read(pngOf(9000, 9000, [pngChunk('IDAT', rows)])).notes.join()).toContain('is cut off');
    expect(read(full).notes).toEqual([]);
    expect(codeOf(none)).toBe('DAMAGED');
  });

  it('without image data is rejected with what to do', () => {
    const inHeader = png(40, 30);
    inHeader.writeUInt32BE(41, 16);
    for (const bytes of [
      inHeader,
      png(40, 30).subarray(0, 40),
      jpeg(40, 30).subarray(0, 80),
      webp('lossy', 4, 3).subarray(0, 22),
    ])
      expect(codeOf(bytes)).toBe('DAMAGED');
    expect(codeOf(png(4, 0))).toBe('DAMAGED');
  });

  it('of a kind that browsers do not show is rejected', () => {
    expect(codeOf(jpeg(4, 3, { frame: 0xc3 }))).toBe('UNSUPPORTED');
    expect(codeOf(Buffer.from('GIF89a'))).toBe('UNSUPPORTED');
    expect(pictureType(Buffer.from('GIF89a'))).toBeNull();
  });

  it('that claims to be enormous is rejected before anything is decoded', () => {
    const pixels = pngChunk('IDAT', Buffer.alloc(10));
    expect(codeOf(pngOf(10_000, 10_000, [pixels]))).toBe('read');
    expect(codeOf(pngOf(10_001, 10_000, [pixels]))).toBe('TOO_LARGE');
    expect(codeOf(pngOf(70_000, 10, [pixels]))).toBe('TOO_LARGE');
    expect(codeOf(pngOf(0xffff_ffff, 0xffff_ffff, [pixels]))).toBe('TOO_LARGE');
  });
});
