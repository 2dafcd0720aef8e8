import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { degrees, PDFDocument, PDFName, StandardFonts } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import type { PdfMark } from '../../../../electron/formats/pdf/annotate.ts';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import type { Quad } from '../../../../shared/model/index.ts';
import { quadsOf } from '../../../../shared/text/quads.ts';
import { makePdf } from '../../../support/pdf.ts';
import { has, run } from '../../../support/programs.ts';
import { tempFolder } from '../../../support/temp.ts';
import { fileOf, readLayer } from './read.ts';

const reader = createPdfReader();
const WORDS = 'surplus workers';

/** A mark on some words of a page. */
async function markOn(path: string, words = WORDS, more: Partial<PdfMark> = {}): Promise<PdfMark> {
  const layer = await readLayer(path);
  const page = more.page ?? 1;
  const start = layer.pageText(page).indexOf(words);
  const geometry = layer.geometry(page);
  if (start < 0 || geometry === null) throw new Error(`no “${words}”`);
  return {
    page,
    kind: 'highlight',
    quads: quadsOf(geometry, start, start + words.length),
    author: 'Zhāng Wěi 张伟',
    created: Date.UTC(2024, 2, 1, 9, 30),
    changed: Date.UTC(2024, 2, 2, 10, 0),
    subject: 'LAB Labour',
    contents: 'LAB Labour (transfer)\n\nA memo: (see \\ page 2) 证据',
    colour: '#336699',
    name: 'urn:uuid:11111111-2222-4333-8444-555555555555',
    ...more,
  };
}

async function annotated(path: string, marks: readonly PdfMark[]): Promise<string> {
  const to = join(tempFolder(), 'annotated.pdf');
  const made = await reader.annotate(path, to, marks);
  if (!made.ok) throw new Error(`${made.error.message} ${JSON.stringify(made.error.context)}`);
  const [before, after] = [readFileSync(path), readFileSync(to)];
  expect(made.value.bytes).toBe(after.length);
  // The original is the beginning of the new file, byte for byte.
  expect(after.subarray(0, before.length).equals(before)).toBe(true);
  if (has('qpdf')) expect(run('qpdf', '--check', to)).toContain('No syntax or stream encoding errors found');
  return to;
}

/** What pdf.js reads of the annotations of a page. */
async function readByPdfjs(path: string, page = 1): Promise<Record<string, unknown>[]> {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 });
  const opened = await (await task.promise).getPage(page);
  const found: Record<string, unknown>[] = await opened.getAnnotations();
  await task.destroy();
  return found;
}

const plain = (): Promise<Uint8Array> =>
  makePdf([[`The county placed ${WORDS} in factories.`], [`Again ${WORDS} were moved.`]]);
/** A file with a table in which the page is free, and a stream of cross-references that says where it is. */
function hybrid(): Buffer {
  const drawn = 'BT /F 12 Tf 72 700 Td (Hybrid words here) Tj ET';
  const bodies = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let file = '%PDF-1.5\n';
  const places: number[] = [];
  const add = (number: number, body: string): void => {
    places[number] = file.length;
    file += `${number} 0 obj\n${body}\nendobj\n`;
  };
  for (const [n, body] of bodies.entries()) if (n !== 2) add(n + 1, body);
  const hidden = `3 0 ${bodies[2]}`;
  add(6, `<</Type/ObjStm/N 1/First 4/Length ${hidden.length}>>\nstream\n${hidden}\nendstream`);
  const row = '\u0002\u0000\u0006\u0000';
  add(7, `<</Type/XRef/W[1 2 1]/Index[3 1]/Size 8/Root 1 0 R/Length 4>>\nstream\n${row}\nendstream`);
  const table = file.length;
  const lines = Array.from({ length: 7 }, (_, n) => {
    const at = places[n + 1];
    return at === undefined ? '0000000000 00000 f ' : `${String(at).padStart(10, '0')} 00000 n `;
  });
  file += `xref\n0 8\n0000000003 65535 f \n${lines.join('\n')}\n`;
  file += `trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  const newest = file.length;
  file += `xref\n0 0\ntrailer\n<</Size 8/Root 1 0 R/Prev ${table}/XRefStm ${places[7] ?? 0}>>\n`;
  file += `startxref\n${newest}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** The same file as a program other than ours writes it. */
function rewritten(bytes: Uint8Array, ...options: readonly string[]): string {
  const to = join(tempFolder(), 'rewritten.pdf');
  run('qpdf', ...options, fileOf(bytes), to);
  return to;
}

describe('An annotated PDF', () => {
  it('keeps the bytes of the original and has highlights with author, dates, categories and memo', async () => {
    const path = fileOf(await plain());
    const mark = await markOn(path);
    const to = await annotated(path, [mark, await markOn(path, WORDS, { page: 2, name: 'second' })]);
    const [found] = await readByPdfjs(to);
    expect(found).toMatchObject({
      subtype: 'Highlight',
      titleObj: { str: mark.author },
      contentsObj: { str: mark.contents },
      creationDate: 'D:20240301093000Z',
      modificationDate: 'D:20240302100000Z',
      hasAppearance: true,
    });
    expect(Array.from(found?.['color'] as Uint8ClampedArray)).toEqual([0x33, 0x66, 0x99]);
    const [x0 = 0, y0 = 0, x1 = 0, , , , x3 = 0, y3 = 0] = mark.quads[0] ?? [];
    const quads = Array.from(found?.['quadPoints'] as Float32Array, (one) => Math.round(one));
    // Upper left, upper right, lower left, lower right.
    expect(quads).toEqual([x3, y3, x1, y3, x0, y0, x1, y0].map(Math.round));
    expect(await readByPdfjs(to, 2)).toHaveLength(1);
    // What is drawn lies over the words, and the text is as it was.
    expect((await readLayer(to)).text()).toBe((await readLayer(path)).text());
  });

  it.runIf(has('pdftotext'))('is read by poppler, with the same words on as many pages', async () => {
    const path = fileOf(await plain());
    const to = await annotated(path, [await markOn(path)]);
    expect(run('pdftotext', to, '-')).toBe(run('pdftotext', path, '-'));
    expect(run('pdfinfo', to)).toMatch(/Pages:\s+2/);
  });

  it.runIf(has('qpdf'))('is made of tables, streams, linearised files and files in an earlier update', async () => {
    const bytes = await plain();
    const files = [
      rewritten(bytes, '--object-streams=disable'),
      rewritten(bytes, '--object-streams=generate'),
      rewritten(bytes, '--linearize', '--object-streams=generate'),
      rewritten(bytes, '--linearize', '--object-streams=disable'),
    ];
    for (const path of files) {
      const once = await annotated(path, [await markOn(path)]);
      const twice = await annotated(once, [await markOn(once, 'factories', { name: 'another' })]);
      expect((await readByPdfjs(twice)).map(({ subtype }) => subtype)).toEqual(['Highlight', 'Highlight']);
    }
  });

  it('is made of a hybrid file, whose page is only in the stream that its table names', async () => {
    const path = fileOf(hybrid());
    const to = await annotated(path, [await markOn(path, 'Hybrid words')]);
    expect(await readByPdfjs(to)).toMatchObject([{ subtype: 'Highlight' }]);
  });

  it('keeps the annotations that a page has, whether it lists them itself or in an object', async () => {
    for (const isIndirect of [false, true]) {
      const document = await PDFDocument.create();
      const page = document.addPage([595, 842]);
      page.drawText(`The ${WORDS}.`, {
        x: 60,
        y: 700,
        size: 12,
        font: await document.embedFont(StandardFonts.Helvetica),
      });
      const note = document.context.register(
        document.context.obj({ Type: 'Annot', Subtype: 'Square', Rect: [10, 10, 40, 40] }),
      );
      const list = document.context.obj([note]);
      page.node.set(PDFName.of('Annots'), isIndirect ? document.context.register(list) : list);
      const path = fileOf(await document.save({ useObjectStreams: isIndirect }));
      const to = await annotated(path, [await markOn(path)]);
      expect((await readByPdfjs(to)).map(({ subtype }) => subtype)).toEqual(['Square', 'Highlight']);
    }
  });

  it('marks areas with a frame, and words of turned pages where they are', async () => {
    const area: Quad = [100, 100, 200, 100, 200, 180, 100, 180];
    for (const turned of [90, 180, 270]) {
      const path = fileOf(await makePdf([[`The ${WORDS}.`]], { shape: (page) => page.setRotation(degrees(turned)) }));
      const mark = await markOn(path);
      const to = await annotated(path, [mark, { ...mark, kind: 'area', quads: [area], name: 'area' }]);
      const [words, frame] = await readByPdfjs(to);
      expect(frame).toMatchObject({ subtype: 'Square', rect: [100, 100, 200, 180] });
      const [left = 0, bottom = 0] = mark.quads[0] ?? [];
      expect(Array.from(words?.['rect'] as number[], (one) => Math.round(one)).slice(0, 2)).toEqual(
        [left, bottom].map(Math.round),
      );
    }
  });

  it('is refused for an encrypted file, and for one whose parts aren’t where it says; no file is left', async () => {
    const mark = await markOn(fileOf(await plain()));
    const to = join(tempFolder(), 'none.pdf');
    const locked = fileOf(await makePdf([['Locked.']], { password: '' }));
    const broken = Buffer.from(await plain());
    broken.write('startxref\n7\n', broken.lastIndexOf('startxref'), 'latin1');
    expect(await reader.annotate(locked, to, [mark])).toMatchObject({ ok: false, error: { code: 'UNSUPPORTED' } });
    expect(await reader.annotate(fileOf(broken), to, [mark])).toMatchObject({ ok: false, error: { code: 'DAMAGED' } });
    expect(existsSync(to)).toBe(false);
  });

  it('gets a thousand highlights in less than three seconds', async () => {
    const path = fileOf(await makePdf(Array.from({ length: 50 }, () => [`The ${WORDS}.`])));
    const one = await markOn(path);
    const marks = Array.from({ length: 1000 }, (_, n) => ({ ...one, page: (n % 50) + 1, name: `mark ${n}` }));
    const to = join(tempFolder(), 'many.pdf');
    const before = process.threadCpuUsage();
    const made = await reader.annotate(path, to, marks);
    const { user, system } = process.threadCpuUsage(before);
    expect(made.ok).toBe(true);
    expect((user + system) / 1000).toBeLessThan(3000);
    expect(await readByPdfjs(to, 50)).toHaveLength(20);
  });
});
