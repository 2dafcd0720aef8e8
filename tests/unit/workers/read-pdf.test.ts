import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Extracted, Extraction } from '../../../electron/workers/jobs.ts';
import { createPool, type JobProgress, type Pool } from '../../../electron/workers/pool.ts';
import { readPdf } from '../../../electron/workers/read-pdf.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { linesOf, makePdf } from '../../support/pdf.ts';
import { makeFolder, removeFolder } from '../../support/temp.ts';

/** Long enough to be read in parts, and not a multiple of them. */
const PAGES = 245;
const folder = makeFolder();
const path = join(folder, 'long.pdf');
let pool: Pool;

beforeAll(async () => {
  pool = createPool();
  const pages = Array.from({ length: PAGES }, (_, page) => [`Page ${page + 1}`, ...linesOf(page, 20)]);
  writeFileSync(path, await makePdf(pages, { title: 'A long report', language: 'en' }));
});
afterAll(async () => {
  await pool.close();
  removeFolder(folder);
});

function valueOf(extraction: Extraction): Extracted {
  if (!extraction.ok) throw new Error(extraction.error.message);
  return extraction.value;
}

describe('a long PDF', () => {
  it('read by several workers gives the same layer as read by one', async () => {
    const inParts = valueOf(await readPdf(pool, { path, passwords: [] }));
    const whole = valueOf(await pool.run('pdf', { path, passwords: [] }));
    expect(inParts).toEqual(whole);
    const layer = openLayerFile(inParts.layerFile);
    expect(layer.pages.map(({ page }) => layer.pageText(page).split('\n')[0])).toEqual(
      Array.from({ length: PAGES }, (_, page) => `Page ${page + 1}`),
    );
  });

  it('reports how many of its pages are done', async () => {
    const told: JobProgress[] = [];
    await readPdf(pool, { path, passwords: [] }, { onProgress: (at) => told.push(at) });
    const pages = told.map(({ done }) => done ?? 0);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages).toEqual(pages.toSorted((a, b) => a - b));
    expect(pages.at(-1)).toBeLessThanOrEqual(PAGES);
    expect(new Set(told.map((at) => at.total))).toEqual(new Set([PAGES]));
  });

  it('can be cancelled, and leaves the pool usable', async () => {
    const stop = new AbortController();
    const reading = readPdf(pool, { path, passwords: [] }, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(reading).rejects.toThrow(/stopped/);
    expect((await readPdf(pool, { path, passwords: [] })).ok).toBe(true);
  });
});

describe('a long PDF with a password', () => {
  it('is read in parts with it, and rejected without', async () => {
    const locked = join(folder, 'locked.pdf');
    const pages = Array.from({ length: PAGES }, (_, page) => linesOf(page, 20));
    writeFileSync(locked, await makePdf(pages, { password: 'quota' }));
    expect(await readPdf(pool, { path: locked, passwords: [] })).toMatchObject({ error: { code: 'PASSWORD_NEEDED' } });
    const read = valueOf(await readPdf(pool, { path: locked, passwords: ['quota'] }));
    expect(read.pages).toHaveLength(PAGES);
  });
});
