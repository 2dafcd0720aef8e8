import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { FROZEN_PAGE_HEADERS, frozenPagePath } from '../../../shared/model/frozen-csp.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const FROZEN_PAGES = `/${frozenPagePath('').replace(/\/+$/, '/')}`;

/** The built renderer, served to a test's browser, with a fake host. */
export interface Shell {
  readonly address: string;
  close(): void;
}

export async function serveShell(built: string): Promise<Shell> {
  const server: Server = createServer((request, response) => {
    // Saved pages are laid out, to see which words they show; those of the fake host are empty.
    if (request.url?.startsWith(FROZEN_PAGES) === true) {
      response.writeHead(200, FROZEN_PAGE_HEADERS).end('<!doctype html><title>Empty</title>');
      return;
    }
    const path = join(resolve(built), new URL(request.url ?? '/', 'http://x').pathname.replace(/\/$/, '/index.html'));
    // Files named by their content hash stay cached, so that Chromium keeps their compiled code from one page to the next.
    const kept = path.includes('/assets/') ? 'max-age=86400, immutable' : 'no-store';
    readFile(path).then(
      (bytes) =>
        response
          .writeHead(200, {
            'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
            'cache-control': kept,
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { address: `http://127.0.0.1:${String(port)}/`, close: () => void server.close() };
}

/**
 * axe's findings on the page as it is, a line for each rule. Run over DevTools, since the page's own policy allows no other
 * scripts and must not be weakened for a test. Frozen pages are excluded. With forced colours, colour rules are skipped,
 * since axe only knows the colours in the style sheets. `colours` runs only those rules.
 */
export async function violationsOf(page: Page, asked: 'all' | 'colours' = 'all'): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const has = await session.send('Runtime.evaluate', { expression: 'window.axe !== undefined', returnByValue: true });
  if (has.result.value !== true) await session.send('Runtime.evaluate', { expression: axeSource() });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `(${runAxe.toString()})('${asked}')`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return violations.parse(result.value);
}

const violations = z.array(z.string());

const require = createRequire(import.meta.url);
let source: string | null = null;
/** Sent once to each page, and the short one: a look at the library took 110 to 210 ms of processor time, 170 to 270 with 1.5 MB before it. */
const axeSource = (): string => {
  source ??= readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  return source;
};

/** Runs in the page. */
async function runAxe(asked: 'all' | 'colours'): Promise<string[]> {
  interface Found {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }
  const { axe: loaded } = window as unknown as {
    axe: { run: (where: object, options: object) => Promise<{ violations: readonly Found[] }> };
  };
  const forced = matchMedia('(forced-colors: active)').matches;
  const found = await loaded.run(
    { exclude: ['iframe'] },
    {
      iframes: false,
      resultTypes: ['violations'],
      // Style sheets are read for one rule alone, which axe leaves out unless it is asked for: css-orientation-lock.
      preload: { assets: ['media'] },
      ...(asked === 'colours' ? { runOnly: ['color-contrast'] } : {}),
      ...(forced ? { rules: { 'color-contrast': { enabled: false } } } : {}),
    },
  );
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} | ${(failureSummary ?? '').slice(0, 200)}`)
        .join('\n      ')}`,
  );
}

/**
 * Elements wider than the window, or cut off without a way to reach the rest. Must be empty at 200 % text size, where only
 * scrolling in one direction is allowed.
 */
export function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isReachable = (element: Element): boolean => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        const { overflowX } = getComputedStyle(parent);
        if (overflowX === 'auto' || overflowX === 'scroll') return true;
      }
      return false;
    };
    return [...document.querySelectorAll('button, input, h1, h2, h3, a, [role="tab"], dd, dt, p')]
      .filter((element) => element instanceof HTMLElement && element.checkVisibility())
      .filter((element) => element.closest('.unseen') === null && !element.classList.contains('unseen'))
      .filter((element) => {
        const { left, right, width: own } = element.getBoundingClientRect();
        return own > 0 && (left < -1 || right > width + 1) && !isReachable(element);
      })
      .map((element) => `${element.tagName} ${element.className} ${(element.textContent ?? '').slice(0, 40)}`);
  });
}
