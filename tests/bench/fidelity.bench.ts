/**
 * How much a frozen page looks like its original. Chromium draws both at 1280 × 900: the original with scripts off and without
 * network except for what was captured with it, the frozen page as a host serves it. The figure is the share of equal pixels
 * among those that either of the two paints, apart from their common background.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capture } from '../../electron/formats/capture.ts';
import { readMhtml } from '../../electron/formats/mhtml/index.ts';
import { freezeCapture } from '../../electron/formats/page/index.ts';
import { closeSharedChromium } from '../support/browser.ts';
import { corpus, corpusPath } from '../support/corpus.ts';
import { FIDELITY_ADDRESS, FIDELITY_PAGES, type FidelityPage } from '../support/fidelity-pages.ts';
import { likeness, Stage } from '../support/fidelity-stage.ts';
import { amount, figure } from './harness.ts';

/** At this share of equal pixels a person takes the two for the same page. */
const GOAL = { atLeast: 99 };
/** A folder to keep the screenshots in, to see what differs. */
const keepIn = process.env['SOURCEBOOK_FIDELITY_PICTURES'];
const only = process.argv[2];

const nothingSaid = { charset: null, record: {}, prefilled: {}, status: null, redirects: [], notes: [] };

function captureOf({ html, parts = {} }: FidelityPage): Capture {
  const held = new Map(
    Object.entries(parts).map(([address, body]) => [new URL(address, FIDELITY_ADDRESS).href, Buffer.from(body)]),
  );
  return {
    ...nothingSaid,
    html: Buffer.from(html),
    address: FIDELITY_ADDRESS,
    find: (address) => {
      const bytes = held.get(address);
      return bytes === undefined ? null : { bytes, type: typeByName(address) };
    },
  };
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  png: 'image/png',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const typeByName = (address: string): string => TYPES[address.slice(address.lastIndexOf('.') + 1)] ?? '';

function corpusCaptures(): [string, Capture][] {
  if (corpus === null) {
    console.log('  no ../shared/corpus beside this checkout: only pages made here');
    return [];
  }
  const captures: [string, Capture][] = [];
  for (const tongue of ['udhr-eng', 'udhr-cmn_hans', 'udhr-uig_arab']) {
    captures.push([`${tongue}, MHTML`, mhtml(tongue, 'page.mhtml')]);
    const html = readFileSync(corpusPath(tongue, 'singlefile.html'));
    captures.push([`${tongue}, SingleFile`, { ...nothingSaid, html, address: FIDELITY_ADDRESS, find: () => null }]);
  }
  for (const name of ['mdn.mhtml', 'example.com.mhtml']) captures.push([name, mhtml('captures', name)]);
  return captures;
}

function mhtml(...path: string[]): Capture {
  const read = readMhtml(readFileSync(corpusPath(...path)), { fileName: path.join('/') });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

const all: [string, Capture][] = [
  ...Object.entries(FIDELITY_PAGES).map(([name, page]): [string, Capture] => [name, captureOf(page)]),
  ...corpusCaptures(),
];
const pages = all.slice(0, amount(all.length, 2));
const stage = await Stage.start();
try {
  for (const [name, capture] of pages) {
    if (only !== undefined && !name.includes(only)) continue;
    const extraction = freezeCapture(capture, { fileName: `${name}.html`, charset: null });
    if (!extraction.ok) throw new Error(`${name}: ${extraction.error.message}`);
    const original = await stage.original(capture);
    const frozen = await stage.frozen(extraction.value);
    if (keepIn !== undefined) keep(keepIn, name, { original, frozen });
    const { painted, all } = likeness(original, frozen);
    figure(name, painted, '%', GOAL);
    if (all < 99) figure('  of the whole window', all, '%');
  }
} finally {
  await stage.close();
  await closeSharedChromium();
}

function keep(folder: string, name: string, pictures: Readonly<Record<string, Buffer>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [which, png] of Object.entries(pictures))
    writeFileSync(join(folder, `${name.replace(/\W+/g, '-')}.${which}.png`), png);
}
