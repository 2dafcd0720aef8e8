import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from '@cantoo/pdf-lib';

/** The place of a line: points from the lower left corner, size in points, degrees counter-clockwise. */
export interface Line {
  readonly text: string;
  readonly x?: number;
  readonly y?: number;
  readonly size?: number;
}

export interface PdfOptions {
  readonly title?: string;
  readonly author?: string;
  readonly language?: string;
  readonly created?: Date;
  readonly password?: string;
  /** Called with each page before its lines are written. */
  readonly shape?: (page: PDFPage, index: number) => void;
}

/** A PDF of the given pages, each a list of lines from the top down. Latin letters only: its font is Helvetica. */
export async function makePdf(
  pages: readonly (readonly (string | Line)[])[],
  options: PdfOptions = {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const [index, lines] of pages.entries()) {
    const page = document.addPage([595, 842]);
    options.shape?.(page, index);
    writeLines(page, font, lines);
  }
  if (options.title !== undefined) document.setTitle(options.title);
  if (options.author !== undefined) document.setAuthor(options.author);
  if (options.language !== undefined) document.setLanguage(options.language);
  if (options.created !== undefined) document.setCreationDate(options.created);
  if (options.password !== undefined) document.encrypt({ userPassword: options.password, ownerPassword: 'owner' });
  return document.save({ useObjectStreams: options.password === undefined });
}

function writeLines(page: PDFPage, font: PDFFont, lines: readonly (string | Line)[]): void {
  for (const [index, line] of lines.entries()) {
    const { text, x = 60, y = 780 - index * 16, size = 11 } = typeof line === 'string' ? { text: line } : line;
    page.drawText(text, { x, y, size, font });
  }
}

/** Meaningless English, the same for the same number: `count` lines of some 75 characters. */
export function linesOf(seed: number, count: number): string[] {
  let state = seed + 1;
  const next = (): string => {
    state = (state * 48_271) % 2_147_483_647;
    return WORDS[state % WORDS.length] ?? '';
  };
  return Array.from({ length: count }, () => Array.from({ length: 12 }, next).join(' '));
}

const WORDS =
  'the county placed surplus workers in factories under a plan for transfer of labour and land with quota each village'.split(
    ' ',
  );
