import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { degrees, PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import { createPool } from '../../../../electron/workers/pool.ts';
import type { PageMask } from '../../../../electron/formats/pdf/redact.ts';
import type { Area } from '../../../../shared/model/index.ts';
import { linesOf, makePdf } from '../../../support/pdf.ts';
import { has, run } from '../../../support/programs.ts';
import { tempFolder } from '../../../support/temp.ts';
import { boxAround, fileOf, readLayer } from './read.ts';

const NAME = 'Aynur Memet';
const reader = createPdfReader();

/** A PDF that says the name on its page, and wherever else a PDF can say something. */
async function told(shape: { rotate?: number; crop?: boolean } = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([595, 842]);
  page.drawText('Workers were sent in groups of fifty.', { x: 60, y: 700, size: 12, font });
  page.drawText(`The worker ${NAME} did not agree.`, { x: 60, y: 600, size: 12, font });
  page.setRotation(degrees(shape.rotate ?? 0));
  if (shape.crop === true) page.setCropBox(40, 300, 500, 500);
  document.addPage([595, 842]).drawText('Second page.', { x: 60, y: 700, size: 12, font });
  document.setTitle(`Interview with ${NAME}`);
  document.setAuthor(NAME);
  await document.attach(Buffer.from(`Notes on ${NAME}`), 'notes.txt', { description: NAME });
  document.getForm().createTextField('witness').addToPage(page, { x: 60, y: 500, width: 200, height: 20 });
  const note = document.context.obj({
    Type: 'Annot',
    Subtype: 'Text',
    Rect: [300, 700, 320, 720],
    Contents: PDFString.of(NAME),
  });
  page.node.addAnnot(document.context.register(note));
  const xmp = document.context.stream(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>${NAME}</creator></x:xmpmeta>`);
  document.catalog.set(PDFName.of('Metadata'), document.context.register(xmp));
  return document.save({ useObjectStreams: false });
}

async function redacted(bytes: Uint8Array, masks: readonly PageMask[]): Promise<{ path: string; bytes: Buffer }> {
  const to = join(tempFolder(), 'redacted.pdf');
  const made = await reader.redact(fileOf(bytes), { to, masks, passwords: [] }, () => undefined);
  if (!made.ok) throw new Error(made.error.message);
  const written = readFileSync(to);
  expect(made.value.bytes).toBe(written.length);
  return { path: to, bytes: written };
}

/** The box of the name on the first page. */
async function nameIn(bytes: Uint8Array): Promise<Area> {
  const [left = 0, bottom = 0, right = 0, top = 0] = boxAround(await readLayer(fileOf(bytes)), 1, NAME);
  return [left, bottom, right, top];
}

/** All bytes of a file, with each of its streams unpacked. */
function everyByte(bytes: Buffer): Buffer {
  const all = [bytes];
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 7)) {
    if (bytes.subarray(at - 3, at).toString() === 'end') continue;
    const packed = bytes.subarray(at + 7, bytes.indexOf('\nendstream', at));
    all.push(packed[0] === 0x78 ? inflateSync(packed) : packed);
  }
  return Buffer.concat(all);
}

function expectNowhere(words: string, bytes: Buffer): void {
  const all = everyByte(bytes);
  for (const word of [words, ...words.split(' ')]) {
    const utf16 = Buffer.from(word, 'utf16le');
    expect(all.includes(word)).toBe(false);
    expect(all.includes(utf16)).toBe(false);
    expect(all.includes(Buffer.from(utf16).swap16())).toBe(false);
    expect(all.includes(Buffer.from(word).toString('hex'))).toBe(false);
  }
}

/** The pixels of a page by poppler, as grey: width, height and rows. */
function drawnByPoppler(path: string): { width: number; height: number; grey: Buffer } {
  const to = join(tempFolder(), 'page');
  run('pdftoppm', '-gray', '-cropbox', '-r', '72', '-f', '1', '-l', '1', '-singlefile', path, to);
  const file = readFileSync(`${to}.pgm`);
  const [, width = '', height = ''] = /^P5\s(\d+) (\d+)\s255\s/.exec(file.subarray(0, 40).toString('latin1')) ?? [];
  const size = Number(width) * Number(height);
  return { width: Number(width), height: Number(height), grey: file.subarray(file.length - size) };
}

describe('A redacted PDF', () => {
  it('has the masked words in no byte, whatever part of the file said them', async () => {
    const original = await told();
    expect(everyByte(Buffer.from(original)).includes(NAME)).toBe(true);
    const { path, bytes } = await redacted(original, [{ page: 1, areas: [await nameIn(original)] }]);
    expectNowhere(NAME, bytes);
    const layer = await readLayer(path);
    expect(layer.pages.map(({ box }) => box)).toEqual([
      [0, 0, 595, 842],
      [0, 0, 595, 842],
    ]);
    expect(layer.text().trim()).toBe('');
  });

  it.runIf(has('qpdf') && has('pdftotext'))('is sound and without text for qpdf and poppler', async () => {
    const original = await told();
    const { path } = await redacted(original, [{ page: 1, areas: [await nameIn(original)] }]);
    expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors found');
    expect(run('pdftotext', path, '-').trim()).toBe('');
    expect(run('pdfinfo', path)).not.toMatch(/Title|Author|CreationDate/);
    expect(run('pdfimages', '-list', path).trim().split('\n')).toHaveLength(4);
  });

  it.runIf(has('pdftoppm'))(
    'is black under the mask and as before beside it, on turned and cropped pages too',
    async () => {
      for (const shape of [{}, { rotate: 90 }, { rotate: 180 }, { rotate: 270, crop: true }, { crop: true }]) {
        const original = await told(shape);
        const [left, bottom, right, top] = await nameIn(original);
        const { path } = await redacted(original, [{ page: 1, areas: [[left, bottom, right, top]] }]);
        const [before, after] = [drawnByPoppler(fileOf(original)), drawnByPoppler(path)];
        expect([after.width, after.height]).toEqual([before.width, before.height]);
        const black = [...after.grey.keys()].filter((at) => after.grey[at] === 0);
        expect(black.length).toBeGreaterThan(0.9 * (right - left) * (top - bottom));
        expect(black.length).toBeLessThan((right - left + 4) * (top - bottom + 4));
        // The letters of the name were dark somewhere in what is black now.
        expect(black.some((at) => (before.grey[at] ?? 255) < 128)).toBe(true);
        // The other line is still there.
        const dark = (page: Buffer): number => page.filter((grey) => grey > 0 && grey < 160).length;
        expect(dark(after.grey)).toBeGreaterThan(100);
      }
    },
  );

  it('is refused, and no file is left, for a mask on a page that isn’t there or without an area', async () => {
    const path = fileOf(await makePdf([['One page.']]));
    const to = join(tempFolder(), 'none.pdf');
    for (const mask of [
      { page: 2, areas: [] },
      { page: 0, areas: [] },
      { page: 1, areas: [[0, 0, Number.NaN, 10] as const] },
    ] satisfies PageMask[] as PageMask[]) {
      const made = await reader.redact(path, { to, masks: [mask], passwords: [] }, () => undefined);
      expect(made).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
      expect(existsSync(to)).toBe(false);
    }
  });

  it('is made by a worker that tells its pages and can be stopped', async () => {
    const pool = createPool({ size: 1 });
    try {
      const path = fileOf(await makePdf(Array.from({ length: 12 }, (_, page) => linesOf(page, 40))));
      const pages: number[] = [];
      const to = join(tempFolder(), 'by-worker.pdf');
      const input = { path, to, masks: [], passwords: [] };
      const made = await pool.run('redactPdf', input, { onProgress: ({ done }) => pages.push(done ?? 0) });
      expect(made).toMatchObject({ ok: true, value: { pages: 12, empty: [] } });
      expect(pages.at(-1)).toBe(12);
      const stop = new AbortController();
      const stopped = pool.run(
        'redactPdf',
        { ...input, to: `${to}.2` },
        { signal: stop.signal, onProgress: () => stop.abort() },
      );
      await expect(stopped).rejects.toMatchObject({ data: { code: 'CANCELLED' } });
    } finally {
      await pool.close();
    }
  });
});
