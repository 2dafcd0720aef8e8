import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool } from '../../electron/workers/pool.ts';
import { readPdf } from '../../electron/workers/read-pdf.ts';
import { linesOf, makePdf } from '../support/pdf.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, bench, figure, peakMemory, ratio, runAlone } from './harness.ts';

/** Extracting the text of a long PDF with a box for every character. A page has some 3,000 characters. */
const PAGES = amount(1000, 20);

const [target] = process.argv.slice(2);
if (target === undefined) await measure();
else writeFileSync(target, await makePdf(Array.from({ length: PAGES }, (_, page) => linesOf(page, 44))));

async function measure(): Promise<void> {
  const folder = makeFolder();
  const path = join(folder, 'long.pdf');
  // In a separate process: creating the PDF takes more memory than reading it.
  runAlone(import.meta.filename, path);
  const input = { path, passwords: [] };

  const pool = createPool({ size: 2 });
  const two = await bench(`${PAGES} pages on two workers`, () => readPdf(pool, input));
  figure('peak memory of the process, workers included', peakMemory(), 'MB', { atMost: 500 });
  await pool.close();

  const single = createPool({ size: 1 });
  const one = await bench(`${PAGES} pages on one worker`, () => single.run('pdf', input));
  figure('pages a second a core', PAGES / (one / 1000), 'pages/s', { atLeast: 250 });
  await single.close();

  if (spawnSync('pdftotext', ['-v']).error === undefined) {
    const toText = () => spawnSync('pdftotext', [path, join(folder, 'out.txt')]);
    const theirs = await bench('pdftotext, which makes no boxes', toText);
    ratio('two workers, in times of pdftotext', two, theirs, { atMost: 1 });
  } else console.log('  pdftotext is not installed: no ratio');
  removeFolder(folder);
}
