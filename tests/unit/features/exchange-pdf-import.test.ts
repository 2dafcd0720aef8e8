import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, PDFHexString, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { addFile, codeOf, contentsOf, mark, somebody, testProject } from '../../support/project.ts';
import { makePdf } from '../../support/pdf.ts';
import { tempFolder } from '../../support/temp.ts';

type Entry = Record<string, unknown>;
const AUTHOR = { T: PDFHexString.fromText('Li Wei 李伟'), CreationDate: PDFString.of("D:20240301093000+08'00'") };

/** A PDF with the lines “The county placed surplus workers.” and “Land was transferred.” and annotations. */
async function withAnnotations(annotations: readonly Entry[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.drawText('The county placed surplus workers.', { x: 60, y: 700, size: 12, font });
  page.drawText('Land was transferred.', { x: 60, y: 660, size: 12, font });
  for (const one of annotations)
    page.node.addAnnot(document.context.register(document.context.obj({ Type: 'Annot', ...one } as never)));
  return document.save();
}

const SURPLUS = [163, 698, 206, 712] as const;
/** Corners as programs write them: the upper two, then the lower two. */
const zigzag = ([left, bottom, right, top]: readonly [number, number, number, number]) => [
  left,
  top,
  right,
  top,
  left,
  bottom,
  right,
  bottom,
];
const highlight = (box: readonly [number, number, number, number], more: Entry = {}): Entry => ({
  Subtype: 'Highlight',
  Rect: [...box],
  QuadPoints: zigzag(box),
  C: [1, 0.8, 0],
  ...AUTHOR,
  ...more,
});

const passagesOf = async (engine: Engine, source: SourceId) =>
  (await engine.call('passages.list', { source })).passages
    .map(({ anchor, memos }) => [
      anchor.kind === 'text' ? anchor.exact : anchor.area.map(Math.round),
      ...memos.map(({ text }) => text),
    ])
    // Areas of one page have no order.
    .toSorted((a, b) => (Array.isArray(a[0]) && Array.isArray(b[0]) ? Number(a[0][0]) - Number(b[0][0]) : 0));

async function project(annotations: readonly Entry[]) {
  const { engine } = await testProject({ title: 'County' });
  const bytes = await withAnnotations(annotations);
  return { engine, bytes, pdf: await addFile(engine, 'plan.pdf', bytes) };
}

describe('Highlights and notes in a PDF', () => {
  it('are offered, and become passages with author, date, words and colour, once and as one edit', async () => {
    const { engine, pdf } = await project([
      highlight(SURPLUS, { Contents: PDFHexString.fromText('Check 查') }),
      { ...highlight([60, 658, 112, 672]), Subtype: 'Underline' },
      { Subtype: 'Text', Rect: [300, 600, 320, 620], Contents: PDFString.of('A note'), ...AUTHOR },
      { Subtype: 'Text', Rect: [400, 600, 420, 620] },
      { Subtype: 'Square', Rect: [100, 100, 200, 180], Contents: PDFString.of('A map') },
      { Subtype: 'Ink', Rect: [10, 10, 20, 20], InkList: [[10, 10, 20, 20]] },
      { Subtype: 'Link', Rect: [10, 10, 20, 20] },
    ]);
    const before = await contentsOf(engine);
    const offered = await engine.call('exchange.annotations', { source: pdf.id });
    expect(offered.lines).toContainEqual(expect.objectContaining({ becomes: 'passages', found: 4, added: 4, here: 0 }));
    expect(offered.notCarried.map(({ count, why }) => [count, why])).toEqual([
      [1, 'A Ink marks no words, and has no place here.'],
      [1, 'It is on no words and says nothing.'],
    ]);
    expect(await contentsOf(engine)).toEqual(before);
    expect(await engine.call('exchange.takeAnnotations', { source: pdf.id })).toEqual(offered);
    expect((await engine.call('history.state', {})).undo).toContain('highlights in plan.pdf');
    expect(await passagesOf(engine, pdf.id)).toEqual([
      [[100, 100, 200, 180], 'A map\n\nAnnotation: frame'],
      [[300, 600, 320, 620], 'A note\n\nAnnotation: Li Wei 李伟, 2024-03-01, note'],
      ['surplus', 'Check 查\n\nAnnotation: Li Wei 李伟, 2024-03-01, highlight #ffcc00'],
      ['Land was', 'Annotation: Li Wei 李伟, 2024-03-01, underline #ffcc00'],
    ]);
    const again = await engine.call('exchange.takeAnnotations', { source: pdf.id });
    expect(again.lines.every(({ added }) => added === 0)).toBe(true);
    expect((await engine.call('exchange.annotations', { source: pdf.id })).lines[0]).toMatchObject({ here: 4 });
    await engine.call('history.undo', {});
    expect((await contentsOf(engine)).passages).toEqual([]);
  });

  it('are found under quads in any order, and on the words alone that are covered', async () => {
    const [left, bottom, right, top] = SURPLUS;
    const { engine, pdf } = await project([
      highlight(SURPLUS, { QuadPoints: [left, bottom, right, bottom, right, top, left, top] }),
      // Two lines of one highlight, with words between that are not marked.
      highlight([60, 650, 200, 712], { QuadPoints: [...zigzag([60, 698, 80, 712]), ...zigzag([60, 658, 87, 672])] }),
    ]);
    await engine.call('exchange.takeAnnotations', { source: pdf.id });
    expect((await passagesOf(engine, pdf.id)).map(([words]) => words)).toEqual(['The', 'surplus', 'Land']);
  });

  it('of our own annotated copy are not doubled, and a copy with more added by others is known by its beginning', async () => {
    const { engine, pdf, bytes } = await project([]);
    await mark(engine, pdf.id, 'surplus workers', { memo: 'Mine' });
    await mark(engine, pdf.id, 'Land');
    const path = join(tempFolder(), 'copy.pdf');
    await engine.call('exchange.export', { path, format: 'pdf' });
    const before = await contentsOf(engine);
    expect(await engine.call('exchange.preview', { path })).toMatchObject({
      format: 'pdf',
      lines: [
        { becomes: 'passages', found: 2, added: 0, here: 2 },
        { becomes: 'memos', found: 1, added: 0, here: 1 },
      ],
    });
    await engine.call('exchange.import', { path });
    expect(await contentsOf(engine)).toEqual(before);
    // In another project of the same PDF they come in.
    const other = await testProject({ title: 'Other', person: somebody('Ben') });
    const there = await addFile(other.engine, 'plan.pdf', bytes);
    await other.engine.call('exchange.import', { path });
    expect(await passagesOf(other.engine, there.id)).toEqual([
      ['surplus workers', expect.stringMatching(/^Mine\n\nAnnotation: Ann, \d{4}-\d\d-\d\d, highlight #ffd400$/)],
      ['Land', expect.stringContaining('Annotation: Ann')],
    ]);
  });

  it('of a file that the project doesn’t have, or of another kind of source, are refused with the reason', async () => {
    const { engine } = await project([]);
    const path = join(tempFolder(), 'other.pdf');
    writeFileSync(path, await makePdf([['Another.']]));
    expect(await codeOf(engine.call('exchange.import', { path }))).toBe('NOT_FOUND');
    const text = await addFile(engine, 'notice.txt', 'A text.\n');
    expect(await codeOf(engine.call('exchange.annotations', { source: text.id }))).toBe('UNSUPPORTED');
    const locked = await addFile(engine, 'locked.pdf', await makePdf([['Locked.']], { password: '' }));
    expect((await engine.call('exchange.annotations', { source: locked.id })).lines).toEqual([]);
  });
});
