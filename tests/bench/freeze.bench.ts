import type { Capture } from '../../electron/formats/capture.ts';
import { freezeCapture, freezePage } from '../../electron/formats/page/index.ts';
import { LIMITS } from '../../electron/formats/page/limits.ts';
import { makePngLike, makePage } from '../support/news-page.ts';
import { amount, bench, figure, peakMemory, runAlone } from './harness.ts';

/**
 * Freezing: megabytes of HTML a second on one core, the time for a common news page, and the memory for the largest page that is
 * accepted.
 */
const FILE = { fileName: 'page.html', charset: null };
const LONG = amount(8_000_000, 100_000);
const NEWS = 100_000;
const PICTURES = 14;

const [what] = process.argv.slice(2);
if (what === undefined) await measure();
else await largest(what);

async function measure(): Promise<void> {
  const long = makePage(LONG, PICTURES);
  const ms = await bench(`a page of ${(long.length / 1e6).toFixed(0)} MB`, () => taken(freezePage(long, FILE)), {
    runs: 3,
  });
  figure('megabytes of HTML a second a core', long.length / 1e6 / (ms / 1000), 'MB/s', { atLeast: 10 });

  const news = newsPage();
  await bench('a news page of 100 KB with 15 resources', () => taken(freezeCapture(news, FILE)), {
    warmUp: 20,
    runs: 20,
    goal: { atMost: 20 },
  });

  // Each in a separate process, so that the peak is its own.
  for (const kind of ['text', 'elements', 'pictures']) {
    runAlone(import.meta.filename, kind);
  }
}

function newsPage(): Capture {
  const parts = new Map<string, Uint8Array>();
  for (let index = 0; index < PICTURES; index++)
    parts.set(`https://news.example/p${index}.png`, makePngLike(index, 20_000));
  parts.set(
    'https://news.example/site.css',
    Buffer.from('.item h3{margin:0 4px;color:#333}.item p{font:14px serif}'.repeat(300)),
  );
  return {
    html: makePage(NEWS, PICTURES),
    charset: null,
    address: 'https://news.example/2023/a.html',
    find: (address) => {
      const bytes = parts.get(address);
      return bytes === undefined ? null : { bytes, type: '' };
    },
    record: {},
    prefilled: {},
    status: 200,
    redirects: [],
    notes: [],
  };
}

async function largest(kind: string): Promise<void> {
  await bench(`the largest page, of ${kind}`, () => taken(freezePage(largestPage(kind), FILE)), { warmUp: 0, runs: 1 });
  figure(`  peak memory of the process`, peakMemory(), 'MB', { atMost: 600 });
}

function largestPage(kind: string): Uint8Array {
  if (kind === 'text')
    return Buffer.from(`<!doctype html><p>${'word '.repeat((amount(LIMITS.markup, 100_000) - 100) / 5)}`);
  if (kind === 'elements')
    return Buffer.from(`<!doctype html>${'<p class=a>word'.repeat(amount(LIMITS.nodes, 2000) / 2 - 100)}`);
  const picture = makePngLike(1, 1 << 20).toString('base64');
  return Buffer.from(
    `<!doctype html>${`<img src="data:image/png;base64,${picture}">`.repeat(Math.floor((amount(LIMITS.html, 3_000_000) - 100) / (picture.length + 50)))}`,
  );
}

/** A rejected page gives no figure. */
function taken(extraction: ReturnType<typeof freezePage>): void {
  if (!extraction.ok) throw new Error(extraction.error.message);
}
