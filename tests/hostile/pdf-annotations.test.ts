import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '../../electron/workers/pool.ts';
import { tempFolder } from '../support/temp.ts';

const WORDS = '60 792 200 792 60 778 200 778';

interface Hostile {
  readonly count: number;
  /** What is written in each annotation: object 6 is shared by all. */
  readonly entries: (number: number) => string;
  readonly shared?: string;
  /** The page lists the first annotation over and over. */
  readonly isOne?: boolean;
}

/** A PDF of one page with highlights that somebody made to do harm. */
function pdfWith({ count, entries, shared = '()', isOne = false }: Hostile): Buffer {
  const drawn = 'BT /F1 12 Tf 60 780 Td (The county placed surplus workers.) Tj ET';
  const first = 7;
  const listed = Array.from({ length: count }, (_, n) => `${isOne ? first : first + n} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [${listed.join(' ')}] >>`,
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    shared,
    ...Array.from(
      { length: isOne ? 1 : count },
      (_, n) => `<< /Type /Annot /Subtype /Highlight /Rect [60 778 200 792] /T (Eve) ${entries(first + n)} >>`,
    ),
  ];
  const pieces = ['%PDF-1.7\n'];
  let at = pieces[0]?.length ?? 0;
  const places = objects.map((body, n) => {
    const piece = `${n + 1} 0 obj\n${body}\nendobj\n`;
    pieces.push(piece);
    at += piece.length;
    return `${String(at - piece.length).padStart(10, '0')} 00000 n \n`;
  });
  pieces.push(
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
  );
  return Buffer.from(pieces.join(''), 'latin1');
}

let pool: Pool;
beforeAll(() => {
  pool = createPool();
});
afterAll(() => pool.close());

async function annotationsIn(hostile: Hostile) {
  const path = join(tempFolder(), 'hostile.pdf');
  writeFileSync(path, pdfWith(hostile));
  const read = await pool.run('pdfAnnotations', { path, passwords: [] });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('highlights in a PDF that somebody sent', () => {
  it.each([
    ['a long text', `(${'a'.repeat(100_000)})`, `/QuadPoints [${WORDS}] /Contents 6 0 R`],
    ['many quads', `[${Array.from({ length: 2000 }, () => WORDS).join(' ')}]`, '/QuadPoints 6 0 R /Contents (Note)'],
  ])(
    'that share %s are read as far as a worker’s memory goes, and the rest is said to be left',
    async (_what, shared, entries) => {
      const { annotations, isCut } = await annotationsIn({ count: 20_000, shared, entries: () => entries });
      expect(isCut).toBe(true);
      expect(annotations.length).toBeGreaterThan(50);
      expect(annotations.length).toBeLessThan(1000);
    },
  );

  it('are read once for each place that lists them, up to a limit', async () => {
    const { annotations, isCut } = await annotationsIn({
      count: 100_000,
      isOne: true,
      entries: () => `/QuadPoints [${WORDS}] /Contents (Note)`,
    });
    expect([annotations.length, isCut]).toEqual([20_000, true]);
  });

  it('that answer each other in a ring, or are their own appearance, end', async () => {
    const ring = await annotationsIn({
      count: 500,
      entries: (number) => `/QuadPoints [${WORDS}] /IRT ${number === 7 ? 506 : number - 1} 0 R /Parent ${number} 0 R`,
    });
    expect(ring).toMatchObject({ annotations: [], others: { Reply: 500 } });
    const own = await annotationsIn({
      count: 2,
      entries: (number) => `/QuadPoints [${WORDS}] /AP << /N ${number} 0 R >> /Contents (Note)`,
    });
    expect(own.annotations).toHaveLength(2);
  });

  it('have no characters that hide or turn what stands beside them', async () => {
    const text = Buffer.from('\ufeff\u202eelpup\u0007\u202c red', 'utf16le').swap16().toString('hex');
    const { annotations } = await annotationsIn({
      count: 1,
      entries: () => `/QuadPoints [${WORDS}] /Contents <${text}>`,
    });
    expect(annotations.map(({ contents }) => contents)).toEqual(['elpup red']);
  });
});
