import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { BrowserContext, Route } from 'playwright-core';
import type { Capture } from '../../electron/formats/capture.ts';
import type { Extracted } from '../../electron/formats/extracted.ts';
import { frozenPagePath, FROZEN_PAGE_HEADERS, frozenResourceHeaders } from '../../shared/model/frozen-csp.ts';
import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { sharedChromium } from './browser.ts';

const WINDOW = { width: 1280, height: 900 };
const APP = 'https://app.test';
/** Replaces `cid:`, which a browser only resolves inside its own MHTML. */
const CID = 'https://cid.test/';

interface Answered {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}
type Answer = (address: string) => Answered | null;

/** Chromium with scripts off and no network: every request is answered from the page's capture, or refused. */
export class Stage {
  readonly #context: BrowserContext;
  #answer: Answer = () => null;

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  static async start(): Promise<Stage> {
    const context = await (await sharedChromium()).newContext({ viewport: WINDOW, javaScriptEnabled: false });
    const stage = new Stage(context);
    await context.route('**/*', (route) => stage.#route(route));
    return stage;
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** A screenshot (PNG) of the page as captured. */
  original(capture: Capture): Promise<Buffer> {
    const address = capture.address ?? 'https://page.test/';
    return this.#picture(address, (asked) => {
      if (asked === address) return page(withoutCids(Buffer.from(capture.html)), typeOf('text/html', capture.charset));
      const part = capture.find(asked.startsWith(CID) ? `cid:${asked.slice(CID.length)}` : asked);
      if (part === null) return null;
      const isText = /^(?:text\/|application\/xhtml)/.test(part.type);
      return page(isText ? withoutCids(Buffer.from(part.bytes)) : Buffer.from(part.bytes), part.type);
    });
  }

  /** A screenshot (PNG) of the frozen page, served as both hosts serve it. */
  frozen({ frozen, resources }: Extracted): Promise<Buffer> {
    if (frozen === null) throw new Error('there is no frozen page');
    const address = `${APP}/${frozenPagePath('layer')}`;
    const served = new Map<string, Answered>([[address, { body: Buffer.from(frozen), headers: FROZEN_PAGE_HEADERS }]]);
    for (const bytes of resources) {
      const headers = frozenResourceHeaders(frozenResourceType(bytes) ?? '');
      served.set(`${address}r/${createHash('sha256').update(bytes).digest('hex')}`, {
        body: Buffer.from(bytes),
        headers,
      });
    }
    return this.#picture(address, (asked) => served.get(asked) ?? null);
  }

  async #picture(address: string, answer: Answer): Promise<Buffer> {
    this.#answer = answer;
    const page = await this.#context.newPage();
    try {
      await page.goto(address, { waitUntil: 'load' });
      return await page.screenshot({ animations: 'allow' });
    } finally {
      await page.close();
    }
  }

  #route(route: Route): Promise<void> {
    const answered = this.#answer(route.request().url().replace(/#.*/s, ''));
    return answered === null ? route.abort() : route.fulfill({ body: answered.body, headers: { ...answered.headers } });
  }
}

const page = (body: Buffer, type: string): Answered => ({
  body,
  headers: { 'access-control-allow-origin': '*', ...(type === '' ? {} : { 'content-type': type }) },
});
const typeOf = (type: string, charset: string | null): string =>
  charset === null ? type : `${type}; charset=${charset}`;
const withoutCids = (text: Buffer): Buffer =>
  Buffer.from(text.toString('latin1').replace(/(["'(=\s])cid:/g, `$1${CID}`), 'latin1');

/** Pixels are equal if no channel differs by more: anti-aliased edges of letters can differ slightly. */
const TOLERANCE = 24;

/**
 * How similar two images of one size are, in percent: of all pixels, and of the `painted` ones, which are those that in one
 * of the images differ from the first one's most frequent colour.
 */
export function likeness(one: Buffer, other: Buffer): { readonly painted: number; readonly all: number } {
  const [a, b] = [pixelsOf(one), pixelsOf(other)];
  if (a.length !== b.length) throw new Error('the pictures are of different sizes');
  const ground = groundOf(a);
  let painted = 0;
  let differing = 0;
  for (let at = 0; at < a.length; at += 3) {
    const isPainted = !isNear(a, at, ground, 0) || !isNear(b, at, ground, 0);
    if (isPainted) painted++;
    if (isPainted && !isNear(a, at, b, at)) differing++;
  }
  const total = a.length / 3;
  return {
    painted: painted === 0 ? 100 : (100 * (painted - differing)) / painted,
    all: (100 * (total - differing)) / total,
  };
}

function isNear(a: Uint8Array, at: number, b: Uint8Array, bAt: number): boolean {
  for (let channel = 0; channel < 3; channel++)
    if (Math.abs((a[at + channel] ?? 0) - (b[bAt + channel] ?? 0)) > TOLERANCE) return false;
  return true;
}

function groundOf(pixels: Uint8Array): Uint8Array {
  const counts = new Map<number, number>();
  let most = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
    if ((counts.get(colour) ?? 0) > (counts.get(most) ?? 0)) most = colour;
  }
  return Uint8Array.of(most >> 16, (most >> 8) & 255, most & 255);
}

/** RGB of a PNG as Chromium writes screenshots: eight bits a channel, not interlaced, with or without alpha. */
function pixelsOf(png: Buffer): Uint8Array {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  if (png[24] !== 8 || (png[25] !== 2 && png[25] !== 6) || png[28] !== 0) throw new Error('a PNG of another kind');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(data));
  const out = new Uint8Array(width * height * 3);
  const stride = width * channels;
  let before = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const row = unfiltered(rows[start] ?? 0, rows.subarray(start + 1, start + 1 + stride), before, channels);
    for (let x = 0; x < width; x++) out.set(row.subarray(x * channels, x * channels + 3), (y * width + x) * 3);
    before = row;
  }
  return out;
}

/** PNG 1.2, 6: reverses a row's filter. */
function unfiltered(filter: number, row: Uint8Array, above: Uint8Array, step: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(row.length);
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : (out[i - step] ?? 0);
    const up = above[i] ?? 0;
    const corner = i < step ? 0 : (above[i - step] ?? 0);
    out[i] = (row[i] ?? 0) + predicted(filter, left, up, corner);
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [dl, du, dc] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return dl <= du && dl <= dc ? left : du <= dc ? up : corner;
}
