import { once } from 'node:events';
import { createDeflate, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../../shared/errors.ts';
import type { Extraction, Jobs } from '../../../../electron/workers/jobs.ts';
import type { Pool } from '../../../../electron/workers/pool.ts';
import { readPdf } from '../../../../electron/workers/read-pdf.ts';
import { fileOf, readLayer } from './read.ts';

/** A PDF with these streams as the contents of its pages. */
function pdf(contents: readonly Buffer[]): Buffer {
  const kids = contents.map((_, page) => `${4 + 2 * page} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${contents.length}/Kids[${kids}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...contents.flatMap((stream, page) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents ${5 + 2 * page} 0 R>>`,
      `<</Length ${stream.length}/Filter/FlateDecode>>\nstream\n${stream.toString('latin1')}\nendstream`,
    ]),
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.7\n${body}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\n%%EOF`, 'latin1');
}

const words = (text: string): Buffer => deflateSync(Buffer.from(`BT /F 24 Tf 50 700 Td (${text}) Tj ET`));

async function spaces(megabytes: number): Promise<Buffer> {
  const deflate = createDeflate();
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  const unit = Buffer.alloc(2 ** 20, ' ');
  for (let at = 0; at < megabytes; at++) if (!deflate.write(unit)) await once(deflate, 'drain');
  deflate.end();
  await once(deflate, 'end');
  return Buffer.concat(chunks);
}

describe('a PDF with a page that is too much', () => {
  it('is read but for a page whose stream unpacks to 2 GB, which is named', async () => {
    const path = fileOf(pdf([words('one'), await spaces(2048), words('three')]));
    const begun = process.cpuUsage();
    const layer = await readLayer(path);
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(20);
    expect(layer.pages.map(({ failed }) => failed)).toEqual([false, true, false]);
    expect(layer.text()).toContain('three');
    expect(layer.notes).toContain(
      'Page 2 was not read: more time or memory is needed than Sourcebook allows. The file may be damaged or malicious.',
    );
  });

  const late = new Fault('TIMED_OUT', 'Too long');
  const read = { ok: false, error: { code: 'DAMAGED', message: 'not read here' } } as const satisfies Extraction;
  /** A pool whose thread hangs at these pages, or in pdf.js (-2), unless told to leave them out. */
  function hanging(at: number): { pool: Pool; given: Jobs['pdf']['input'][] } {
    const given: Jobs['pdf']['input'][] = [];
    const run = async (_name: string, input: unknown): Promise<never> => {
      const job = input as Jobs['pdf']['input'];
      given.push(job);
      const isLeftOut = at === -2 ? job.watch?.onlyPdfium === true : job.watch?.skip.includes(at) === true;
      if (isLeftOut) return read as never;
      if (job.watch !== undefined) job.watch.current[0] = at;
      throw late;
    };
    return { pool: { run, giveWay: () => undefined, close: async () => undefined }, given };
  }

  it('is read but for a page that takes too long twice', async () => {
    const { pool, given } = hanging(7);
    expect(await readPdf(pool, { path: fileOf(pdf([words('x')])), passwords: [] })).toEqual(read);
    expect(given.map(({ watch }) => watch?.skip)).toEqual([[], [], [7]]);
  });

  it('is read by PDFium alone if pdf.js takes too long, and given up if it does not even open', async () => {
    const path = fileOf(pdf([words('x')]));
    expect(await readPdf(hanging(-2).pool, { path, passwords: [] })).toEqual(read);
    await expect(readPdf(hanging(-1).pool, { path, passwords: [] })).rejects.toBe(late);
  });
});
