import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EvidenceFiles } from '../../electron/host/evidence.ts';
import { filesOf } from '../../electron/host/project-folders.ts';
import { offer } from '../../shared/contract/app.ts';
import { contentPath, originalPath, picturePath, pendingPagePath } from '../../shared/contract/bytes.ts';
import { frozenPagePath, frozenPrintPath } from '../../shared/model/frozen-csp.ts';
import { sharedChromium } from '../support/browser.ts';
import { png } from '../support/pictures.ts';
import { ServedHost } from '../support/served.ts';
import { isLong } from '../support/share.ts';
import { response } from '../support/warc.ts';

const EVIL = 'https://evil.test';
const ACTING = `<script>alert(1);fetch("${EVIL}/fetch")</script><img src="${EVIL}/img" onerror="alert(2)"/><iframe src="${EVIL}/frame"></iframe><link rel="stylesheet" href="${EVIL}/css"/><object data="${EVIL}/object"></object>`;

interface Body {
  readonly type: string;
  readonly body: string;
  /** The last thing it does where nothing stops it. */
  readonly last: string;
}
/** What replaces the frozen page in the project's folder, as if freezing had let everything through. */
const ALL: Readonly<Record<string, Body>> = {
  page: {
    type: 'text/html',
    body: `<!doctype html><meta http-equiv=refresh content="0;url=${EVIL}/refresh"><body onload="alert(3)">${ACTING}<form action="${EVIL}/form"></form><script>document.forms[0].submit()</script><iframe srcdoc="<script>alert(4)</script>"></iframe>`,
    last: 'asked for /form',
  },
  drawing: {
    type: 'image/svg+xml',
    body: `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2);location="${EVIL}/svg"</script><image href="${EVIL}/image"/><style>@import "${EVIL}/import";</style><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">${ACTING}</body></foreignObject></svg>`,
    last: 'asked for /svg',
  },
  'page with the mark of a PNG': {
    type: 'text/html',
    body: `\u0089PNG\r\n\u001a\n${ACTING}`,
    last: 'asked for /object',
  },
  'page with the mark of a GIF': { type: 'text/html', body: `GIF89a${ACTING}`, last: 'asked for /object' },
  'page with the mark of a PDF': { type: 'text/html', body: `%PDF-1.4\n${ACTING}`, last: 'asked for /object' },
};
/** The last two differ from the third only in what a browser may take them for: the short run leaves them out. */
const BODIES = Object.fromEntries(Object.entries(ALL).slice(0, isLong ? undefined : 3));
const bytesOf = (name: string): Uint8Array => Buffer.from(BODIES[name]?.body ?? '', 'latin1');

/** The content of the project's file; null for what the import stored. */
let lie: { readonly bytes: Uint8Array; readonly file: string } | null = null;
const layerFiles = new Set<string>();
const lyingFiles = (folder: string): EvidenceFiles => {
  const real = filesOf(folder);
  return {
    ...real,
    originalPath: (hash) => lie?.file ?? real.originalPath(hash),
    readLayer: (hash) => (lie === null || layerFiles.has(hash) ? real.readLayer(hash) : lie.bytes),
    readPendingPage: (token, hash) => lie?.bytes ?? real.readPendingPage(token, hash),
  };
};

let host: ServedHost;
let context: BrowserContext;

/** What came of opening an address, as a person does who types it. */
interface Opened {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Dialogs, windows, requests that would have left this machine, and where the page went. */
  readonly acts: readonly string[];
  /** Whether the browser showed it as a document, and did not save or refuse it. */
  readonly shown: boolean;
}
const opened: Record<string, Opened> = {};

/** Opens an address and returns what happens until the page is closed. */
async function visit(
  address: string,
  onAct: (act: string) => void,
): Promise<{ readonly page: Page; readonly shown: boolean }> {
  const page = await context.newPage();
  await page.route(`${EVIL}/**`, async (route) => {
    onAct(`asked for ${new URL(route.request().url()).pathname}`);
    await route.abort();
  });
  page.on('dialog', (dialog) => {
    onAct(`said ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (window) => onAct(`opened ${window.url()}`));
  // What is saved instead of shown makes `goto` fail.
  const answer = await page.goto(address, { waitUntil: 'commit' }).catch(() => null);
  return { page, shown: answer?.status() === 200 };
}

/** Opens a body where nothing stops it, until it has done all it can: what it does, in order. */
async function unprotected(name: string): Promise<string[]> {
  const acts: string[] = [];
  const ended = Promise.withResolvers<void>();
  const { page } = await visit(`http://control.test/${encodeURIComponent(name)}`, (act) => {
    acts.push(act);
    if (act === BODIES[name]?.last) ended.resolve();
  });
  await ended.promise;
  await page.close();
  return acts;
}

/** Opens each of these addresses with this body in its place, for as long as the body needs to act where nothing stops it. */
async function openAll(name: string, paths: Readonly<Record<string, string>>): Promise<void> {
  const file = join(host.folder, 'lie');
  writeFileSync(file, bytesOf(name));
  lie = { bytes: bytesOf(name), file };
  const visits = await Promise.all(
    Object.entries(paths).map(async ([kind, path]) => {
      const address = `http://127.0.0.1:${String(host.port)}/${host.prefix}/${path}`;
      const acts: string[] = [];
      const { page, shown } = await visit(address, (act) => acts.push(act));
      await page.waitForLoadState('load');
      return { kind, path, address, page, shown, acts };
    }),
  );
  await unprotected(name);
  for (const { kind, path, address, page, shown, acts } of visits) {
    if (!['about:blank', address].includes(page.url())) acts.push(`went to ${page.url()}`);
    await page.close();
    const { status, headers } = await host.get(path);
    opened[`${kind}, a ${name}`] = { status, headers, acts, shown };
  }
  lie = null;
}

const hashIn = (html: string): string => {
  const hash = /r\/([0-9a-f]{64})/.exec(html)?.[1];
  if (hash === undefined) throw new Error('the page keeps no picture');
  return hash;
};

const DOT = png(4, 3);
const PAGE = `<!doctype html><title>Page</title><p>words<img src="data:image/png;base64,${DOT.toString('base64')}">`;
const wanted = z.object({ token: z.string() });

beforeAll(async () => {
  host = await ServedHost.start({ filesOf: lyingFiles });
  await host.enter();
  context = await (await sharedChromium()).newContext();
  context.setDefaultTimeout(0);
  const [name = '', value = ''] = host.cookie.split('=');
  await context.addCookies([{ name, value, url: `http://127.0.0.1:${String(host.port)}/${host.prefix}/` }]);
  await context.route('http://control.test/**', (route) => {
    const { type, body } = BODIES[decodeURIComponent(new URL(route.request().url()).pathname.slice(1))] ?? {};
    return route.fulfill({ body: Buffer.from(body ?? '', 'latin1'), contentType: type ?? '' });
  });

  await host.call('app.newProject', { title: 'Alone', codebook: 'empty' });
  const events = await host.listen();
  const tokens: string[] = [];
  // An image of its own for each body, because a host caches what it has read.
  const photos = Object.keys(BODIES).map((_, index) => ({
    name: `photo-${String(index)}.warc`,
    bytes: response({ url: 'https://county.example/a.png', type: 'image/png', body: png(4, 4 + index) }),
  }));
  // And a page: one that waits for its styles longer than 25 seconds goes on without them, which is soon over on a busy machine.
  const pages = Object.keys(BODIES).map((_, index) => ({
    name: `page-${String(index)}.html`,
    bytes: Buffer.from(`${PAGE}${String(index)}`),
  }));
  for (const { name: file, bytes } of [...pages, ...photos]) {
    const { body } = await host.upload(file, bytes);
    tokens.push(offer.parse(JSON.parse(body).value).token);
  }
  await host.call('app.importSources', { offers: tokens });

  for (const body of Object.keys(BODIES)) {
    const { token } = wanted.parse(await events.next('pageStyles.wanted'));
    await host.call('pageStyles.take', { token });
    const pending = pendingPagePath(token);
    const { body: html } = await host.get(pending);
    await openAll(body, { pending, 'pending resource': `${pending}r/${hashIn(html)}` });
    const styles = (html.match(/<[a-z]/g) ?? []).map(() => '');
    const picture = { png: DOT.toString('base64'), width: 4, height: 3, pageHeight: 3 };
    await host.call('pageStyles.done', { token, browser: 'Test 1', styles, picture });
  }
  await events.next('import.done');
  const { sources } = await host.call('sources.list', {});
  const page = sources.find(({ kind }) => kind === 'page');
  const images = photos.map((photo) => sources.find(({ fileName }) => fileName === photo.name)?.id ?? '');
  if (page === undefined || page.layer === null || page.picture === null || images.includes(''))
    throw new Error('something did not come in');
  for (const id of [page.layer, page.picture]) layerFiles.add((await host.call('layers.get', { id })).sha256);
  const frozen = frozenPagePath(page.layer);
  const resource = `${frozen}r/${hashIn((await host.get(frozen)).body)}`;
  for (const [index, body] of Object.keys(BODIES).entries())
    await openAll(body, {
      frozen,
      'frozen, to print': frozenPrintPath(page.layer),
      'frozen resource': resource,
      picture: picturePath(page.picture),
      content: contentPath(images[index] ?? ''),
      original: originalPath(page.id),
    });
});
afterAll(async () => {
  await context.close();
  await host.end();
});

const KINDS = [
  'pending',
  'pending resource',
  'frozen',
  'frozen, to print',
  'frozen resource',
  'picture',
  'content',
  'original',
];
const of = (kind: string): [string, Opened][] =>
  Object.entries(opened).filter(([name]) => name.startsWith(`${kind}, a `));

describe('a hostile file of a project, opened by its address in a window of its own, even if it is not frozen', () => {
  it('runs and loads what it likes if served without security headers', async () => {
    const acts: string[] = [];
    for (const name of Object.keys(BODIES)) {
      const seen = await unprotected(name);
      expect(seen.join(), name).toMatch(/said \d/);
      acts.push(...seen);
    }
    expect(acts).toEqual(expect.arrayContaining(['asked for /img', 'asked for /form', 'asked for /svg']));
  });

  it.each(KINDS)('runs and loads nothing: %s', (kind) => {
    expect(of(kind)).toHaveLength(Object.keys(BODIES).length);
    for (const [name, { acts }] of of(kind)) expect(acts, name).toEqual([]);
  });

  it.each(KINDS)('is sent with security headers: %s', (kind) => {
    for (const [name, { headers }] of of(kind)) {
      const policy = String(headers['content-security-policy']);
      expect(policy, name).toMatch(/^default-src 'none'.*(?:^|; ?)sandbox/);
      expect(policy, name).not.toMatch(
        /allow-(?:scripts|popups|top|forms|downloads)|unsafe-eval|script-src (?!'none')/,
      );
      expect(headers, name).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  it('is served: pages as pages, images by their bytes or not at all, all else as a download', () => {
    const typeOf = (name: string) => {
      const { status, headers, shown } = opened[name] ?? {};
      return [status, headers?.['content-type'], shown];
    };
    const seen = (body: string) => KINDS.map((kind) => typeOf(`${kind}, a ${body}`));
    const [html, saved, none] = [
      [200, 'text/html; charset=utf-8', true],
      [200, 'application/octet-stream', false],
      [404, 'application/json', false],
    ];
    const as = (type: string) => [200, type, true];
    expect(seen('page')).toEqual([html, none, html, html, none, saved, saved, saved]);
    const svg = as('image/svg+xml');
    expect(seen('drawing')).toEqual([html, svg, html, html, svg, saved, saved, saved]);
    const picture = as('image/png');
    expect(seen('page with the mark of a PNG')).toEqual([html, picture, html, html, picture, saved, picture, saved]);
    for (const [, { headers }] of of('original')) expect(headers['content-disposition']).toMatch(/^attachment; /);
  });
});
