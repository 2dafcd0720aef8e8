import { createHash } from 'node:crypto';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createPool } from '../../electron/workers/pool.ts';
import { seeded } from '../support/seeded.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { request, response, warcinfo } from '../support/warc.ts';
import { amount, bench, figure, peakMemory, runAlone } from './harness.ts';

/**
 * Indexing a WARC of 50 MB, plain and compressed, and freezing pages of it. It has the proportions of a large one: 1 GB, 5,000
 * pages, 100,000 records. `SOURCEBOOK_BENCH_WARC_MB` sets another size.
 */
const MB = Number(process.env['SOURCEBOOK_BENCH_WARC_MB'] ?? amount(50, 1));
const PAGES = Math.max(1, Math.round(5 * MB));
/** Parts of a page. Each page and each part has a response and a request. */
const PARTS = 9;

/** The beginning of an image, which is all that the index reads. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108040000', 'hex');

const [target] = process.argv.slice(2);
if (target === undefined) await measure();
else write(target);

async function measure(): Promise<void> {
  const folder = makeFolder();
  for (const name of ['plain.warc', 'packed.warc.gz']) {
    const path = join(folder, name);
    // In a separate process, whose memory is not counted.
    runAlone(import.meta.filename, path);
    figure(`${name}: its size`, statSync(path).size / 1e6, 'MB');
    await one(path, name);
  }
  figure('peak memory of the process, workers included', peakMemory(), 'MB', { atMost: 400 });
  removeFolder(folder);
}

async function one(path: string, name: string): Promise<void> {
  let run = 0;
  const pool = createPool({ size: 1 });
  const index = (): string => `${path}.index-${run}`;
  const list = () => pool.run('archive', { path, index: index() });
  const goal = { atMost: 60_000 * (MB / 1000) };
  await bench(`${name}: index of ${PAGES} pages in ${PAGES * 2 * (PARTS + 1)} records`, () => (run++, list()), {
    warmUp: 0,
    runs: MB > 200 ? 1 : 3,
    goal,
  });
  const listed = await list();
  if (!listed.ok) throw new Error(listed.error.message);
  const { pages } = listed.value;
  if (pages.length !== PAGES) throw new Error(`${pages.length} pages instead of ${PAGES}`);
  const random = seeded(1);
  const read = async (): Promise<void> => {
    const { key } = random.pick(pages);
    const page = await pool.run('archivePage', { path, index: index(), key, fileName: name, charset: null });
    if (!page.ok) throw new Error(page.error.message);
    if (page.value.resources.length === 0) throw new Error('The page has none of its pictures');
  };
  await bench(`${name}: one page of it, frozen`, read, { warmUp: 3, runs: 15, goal: { atMost: 200 } });
  await pool.close();
  const fresh = createPool({ size: 1 });
  await bench(
    `${name}: the first one in a new worker, its index read again`,
    async () => {
      const { key } = random.pick(pages);
      await fresh.run('archivePage', { path, index: index(), key, fileName: name, charset: null });
    },
    { warmUp: 0, runs: 1 },
  );
  await fresh.close();
}

/** A page of 15 KB with its style sheet and images. */
function newsPage(page: number): string {
  const pictures = Array.from({ length: PARTS - 1 }, (_, at) => `<img src="${at + 1}.png" alt="">`).join('');
  const text = Array.from(
    { length: 120 },
    (_, at) => `<p>柳泉县农村富余劳动力转移就业 ${page}.${at}: transfers of surplus labour, as reported.</p>`,
  ).join('\n');
  return `<!doctype html><html><head><meta charset="utf-8"><title>News ${page}</title><link rel="stylesheet" href="style.css"></head><body>${pictures}${text}</body></html>`;
}

function write(path: string): void {
  const packs = path.endsWith('.gz');
  const random = seeded(7);
  const file = openSync(path, 'w');
  // Images do not compress, text does; what is wanted is a gigabyte on disk either way.
  const noise = Buffer.from(random.bytes(2_000_000));
  const put = (record: Buffer): void => void writeSync(file, packs ? gzipSync(record, { level: 1 }) : record);
  put(warcinfo('Sourcebook bench'));
  const partBytes = Math.round((MB * 1e6) / PAGES / PARTS) - 3000;
  for (let page = 0; page < PAGES; page++) {
    const url = `https://example.org/news/${page}/`;
    const date = new Date(Date.UTC(2024, 0, 1) + page * 10_000).toISOString();
    put(request(url, 'GET', date));
    put(response({ url, date, body: newsPage(page) }));
    for (let part = 0; part < PARTS; part++) {
      const at = random.int(0, noise.length - partBytes - 1);
      const css = part === 0;
      const body = css
        ? Buffer.from(`p{color:#${createHash('md5').update(String(page)).digest('hex').slice(0, 6)}}`)
        : Buffer.concat([PNG, noise.subarray(at, at + partBytes)]);
      const address = css ? `${url}style.css` : `${url}${part}.png`;
      put(request(address, 'GET', date));
      put(response({ url: address, date, type: css ? 'text/css' : 'image/png', body }));
    }
  }
  closeSync(file);
}
