import { PDFDocument, setTextRenderingMode, StandardFonts, TextRenderingMode } from '@cantoo/pdf-lib';

/** A PDF of two pages, each with a line in which `not` is in invisible ink. */
export async function pdfWithHiddenWord(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const at of [1, 2]) {
    const page = document.addPage([595, 842]);
    page.drawText(`On page ${at} people were`, { x: 60, y: 700, size: 12, font });
    page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible));
    page.drawText('not', { x: 190, y: 700, size: 12, font });
    page.pushOperators(setTextRenderingMode(TextRenderingMode.Fill));
    page.drawText('forced to work.', { x: 215, y: 700, size: 12, font });
  }
  return document.save();
}
