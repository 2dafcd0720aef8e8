import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join, normalize } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { freezePage } from '../../electron/formats/page/index.ts';
import { frozenPagePath, frozenResourceHeaders, FROZEN_PAGE_HEADERS } from '../../shared/model/frozen-csp.ts';
import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { createHash } from 'node:crypto';
import { launchChromium, sharedChromium } from './browser.ts';

const ROOT = join(import.meta.dirname, '../..');
export const APP = 'https://app.test';

/** A frozen page for a test, as the reader gets it. */
export interface FrozenFixture {
  readonly id: string;
  readonly html: string;
  readonly text: string;
}

/** Freezes a page as an import does; throws if it is rejected. */
export function frozen(
  id: string,
  page: string | Uint8Array,
): FrozenFixture & { readonly resources: readonly Uint8Array[] } {
  const bytes = typeof page === 'string' ? new TextEncoder().encode(page) : page;
  const extraction = freezePage(bytes, { fileName: `${id}.html` });
  if (!extraction.ok) throw new Error(`${id}: ${extraction.error.message}`);
  const { frozen: html, layerFile, resources } = extraction.value;
  return { id, html: new TextDecoder().decode(html ?? undefined), text: openLayerFile(layerFile).text(), resources };
}

/** A page of any bytes, served as the test wants. */
export interface Served {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The reader's environment in a real Chromium: an app at its own address with its own policy, which loads the renderer's
 * modules unchanged, and frozen pages served as a host serves them. Requests to other hosts are recorded and refused.
 */
export class FrozenReader {
  /** A browser with flags of its own. */
  readonly #browser: Browser | null;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses outside the app that were requested. */
  readonly outside: string[] = [];
  /** Addresses of the app that are not served. */
  readonly missing: string[] = [];
  readonly #served = new Map<string, Served>();

  private constructor(browser: Browser | null, context: BrowserContext, page: Page) {
    this.#browser = browser;
    this.context = context;
    this.page = page;
  }

  static async start(args: readonly string[] = []): Promise<FrozenReader> {
    const own = args.length === 0 ? null : await launchChromium({ args: [...args] });
    const context = await (own ?? (await sharedChromium())).newContext({ viewport: { width: 1000, height: 800 } });
    const reader = new FrozenReader(own, context, await context.newPage());
    await context.route('**/*', (route) => reader.#answer(route));
    await reader.home();
    return reader;
  }

  /** The app's page, from the start; also while a page is still navigating it. */
  async home(attempts = 5): Promise<void> {
    try {
      await this.page.goto(`${APP}/`);
    } catch (thrown) {
      if (attempts === 1) throw thrown;
      await this.page.waitForTimeout(100);
      return this.home(attempts - 1);
    }
    await this.page.waitForFunction(() => 'attack' in window);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.#browser?.close();
  }

  /**
   * Serves a frozen page and its resources as both hosts do, at the page's address or at the one where its styles are read.
   */
  put(
    fixture: Pick<ReturnType<typeof frozen>, 'id' | 'html' | 'resources'>,
    path = `/${frozenPagePath(fixture.id)}`,
  ): void {
    this.serve(path, { body: fixture.html, headers: FROZEN_PAGE_HEADERS });
    for (const bytes of fixture.resources) {
      const type = frozenResourceType(bytes);
      if (type === null) throw new Error('a kept resource is of no known type');
      const hash = createHash('sha256').update(bytes).digest('hex');
      this.serve(`${path}r/${hash}`, { body: bytes, headers: frozenResourceHeaders(type) });
    }
  }

  serve(path: string, served: Served): void {
    this.#served.set(path, served);
  }

  async #answer(route: Route): Promise<void> {
    const url = new URL(route.request().url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return route.continue();
    if (url.origin !== APP) {
      this.outside.push(url.href);
      return route.abort();
    }
    const served = this.#served.get(url.pathname) ?? (await appFile(url.pathname));
    if (served === null) {
      this.missing.push(url.pathname);
      return route.fulfill({ status: 404, body: '' });
    }
    const body = typeof served.body === 'string' ? served.body : Buffer.from(served.body);
    return route.fulfill({ body, headers: { ...served.headers } });
  }
}

const APP_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self'; " +
  "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const APP_PAGE =
  '<!doctype html><html data-theme="light"><meta charset="utf-8"><title>reader</title>' +
  '<link rel="stylesheet" href="/renderer/styles/tokens.css"><link rel="stylesheet" href="/renderer/viewer/styles.css">' +
  '<link rel="stylesheet" href="/renderer/viewer/page/frozen-page.css">' +
  '<style>html{overflow:clip}body{margin:0} #app{width:1000px;height:800px} iframe{border:0}</style><div id="app"></div>' +
  '<script type="module" src="/tests/support/in-page/reader.ts"></script>' +
  '<script type="module" src="/tests/support/in-page/page-styles.ts"></script>' +
  '<script type="module" src="/tests/support/in-page/attack.ts"></script></html>';

/** The app's page, and the renderer's own modules and styles with their types stripped. */
async function appFile(path: string): Promise<Served | null> {
  if (path === '/')
    return { body: APP_PAGE, headers: { 'content-type': 'text/html', 'content-security-policy': APP_CSP } };
  if (!/^\/(?:renderer|shared|tests\/support\/in-page)\//.test(path) || normalize(path) !== path) return null;
  const source = await readFile(join(ROOT, path), 'utf8').catch(() => null);
  if (source === null) return null;
  if (path.endsWith('.css')) return { body: source, headers: { 'content-type': 'text/css' } };
  return { body: stripTypeScriptTypes(source), headers: { 'content-type': 'text/javascript' } };
}
