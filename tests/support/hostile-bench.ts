import { readFileSync, rmSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import type {} from './in-page/attack.ts';
import type { Payload } from '../hostile/payloads/index.ts';
import { FrozenReader, type Served } from './frozen-reader.ts';

/** How payloads are shown: which protections are on. */
export interface Walls {
  /** The page with a payload, with its headers. */
  serve(payload: Payload): readonly { readonly path: string; readonly served: Served }[];
  readonly sandbox: string | null;
  /**
   * Chromium opens what a middle click hits, whatever the sandbox: it counts as the person's own act, and the reader must
   * stop it.
   */
  readonly middleClick: boolean;
}

/** What payloads managed to do, one line each. */
export interface Acts {
  readonly dialogs: string[];
  readonly requests: string[];
  readonly navigations: string[];
  readonly windows: string[];
  readonly downloads: string[];
  /** Changes to the app itself: navigated, covered, written to its storage, or observed. */
  readonly app: string[];
  /** Hosts in Chromium's own network log, which shows what interception misses. */
  readonly network: string[];
  /** Addresses at the app's own host that were requested or navigated to. */
  readonly own: string[];
  /** Frames that tried to navigate, and show Chromium's error page instead. */
  readonly refused: string[];
}
export const allActs = (acts: Acts): string[] => Object.values(acts).flat();

/** Frames at a time: one screenful, so that each can be clicked. */
const SCREENFUL = 24;
const APP_FILE = /^https:\/\/app\.test\/(?:$|renderer\/|shared\/|tests\/)/;

/** Shows every payload in a frame of the app in a real Chromium, clicks and types into it, and records what happens. */
export async function attack(
  payloads: readonly Payload[],
  walls: Walls,
  netLog: string,
  atOnce = SCREENFUL,
): Promise<Acts> {
  const acts: Acts = {
    dialogs: [],
    requests: [],
    navigations: [],
    windows: [],
    downloads: [],
    app: [],
    network: [],
    own: [],
    refused: [],
  };
  const reader = await FrozenReader.start([`--log-net-log=${netLog}`, '--host-resolver-rules=MAP * ~NOTFOUND']);
  try {
    watch(reader, acts);
    serveUnprotected(reader);
    const devtools = await reader.context.newCDPSession(reader.page);
    for (let from = 0; from < payloads.length; from += atOnce) {
      await attackWith(reader, devtools, payloads.slice(from, from + atOnce), walls, acts);
    }
    for (const address of new Set(reader.outside)) acts.requests.push(address);
    for (const { name, value } of await reader.context.cookies()) acts.app.push(`a cookie ${name}=${value}`);
  } finally {
    await reader.close();
  }
  acts.network.push(...hostsReached(netLog));
  rmSync(netLog, { force: true });
  return acts;
}

/** The page that `unprotected` in in-page/attack.ts opens: it navigates to another address, which reports it. */
function serveUnprotected(reader: FrozenReader): void {
  const headers = { 'content-type': 'text/html' };
  const script = `addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => {
    location = '/tests/unprotected/gone';
  })));`;
  reader.serve('/tests/unprotected', { headers, body: `<!doctype html><script>${script}</script>` });
  const said = "parent.postMessage('gone', '*')";
  reader.serve('/tests/unprotected/gone', { headers, body: `<!doctype html><script>${said}</script>` });
}

function watch({ page, context }: FrozenReader, acts: Acts): void {
  page.on('dialog', (dialog) => {
    acts.dialogs.push(`${dialog.type()} ${dialog.message()}`);
    dialog.dismiss().catch(() => acts.dialogs.push('a dialog that does not close'));
  });
  page.on('download', (download) => acts.downloads.push(download.url()));
  context.on('page', (opened) => acts.windows.push(opened.url()));
  page.on('request', (request) => {
    const address = request.url();
    const isOwn = APP_FILE.test(address) || /^https:\/\/app\.test\/p\/\d+\/(?:r\/[0-9a-f]{64})?$/.test(address);
    if (isOwn && !(request.isNavigationRequest() && address.endsWith('/start'))) return;
    // Images in data: addresses are part of the page. A frame that navigates to one is not.
    if (/^(?:data|blob):/.test(address) && !request.isNavigationRequest()) return;
    if (address.startsWith('https://app.test/')) acts.own.push(address);
    else if (request.isNavigationRequest()) acts.navigations.push(address.slice(0, 120));
  });
}

async function attackWith(
  reader: FrozenReader,
  devtools: CDPSession,
  batch: readonly Payload[],
  walls: Walls,
  acts: Acts,
): Promise<void> {
  const { page } = reader;
  const paths = batch.map((payload) => {
    const files = walls.serve(payload);
    for (const { path, served } of files) reader.serve(path, served);
    return files[0]?.path ?? '';
  });
  try {
    await page.evaluate(([all, sandbox]) => window.attack.show(all, sandbox), [paths, walls.sandbox] as const);
    await page.evaluate(() => window.attack.poke());
    await press(page, devtools, walls.middleClick ? ['left', 'middle'] : ['left']);
    acts.app.push(...(await page.evaluate(() => window.attack.changes())));
  } catch (thrown) {
    acts.app.push(`the app’s page was lost: ${thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : ''}`);
    await reader.home();
  }
  for (const frame of page.frames()) {
    const address = frame.url();
    if (frame === page.mainFrame() || /^https:\/\/app\.test\/p\/\d+\/$/.test(address)) continue;
    if (address === '' || address.startsWith('about:')) continue; // frames in frames, from `srcdoc`
    if (address.startsWith('chrome-error:')) acts.refused.push(address);
    else if (address.startsWith('https://app.test/')) acts.own.push(`a frame is at ${address}`);
    else acts.navigations.push(`a frame is at ${address.slice(0, 120)}`);
  }
  if (!page.url().startsWith('https://app.test/')) await reader.home();
}

/**
 * A real pointer and real keys, sent directly to Chromium: playwright's own mouse waits for a script in the frame, and there
 * are none.
 */
async function press(page: Page, devtools: CDPSession, buttons: readonly ('left' | 'middle')[]): Promise<void> {
  const places = await page.evaluate(() => window.attack.places());
  for (const { x, y } of places) {
    for (const button of buttons) {
      for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased'] as const) {
        await devtools.send('Input.dispatchMouseEvent', {
          type,
          x,
          y,
          button,
          clickCount: 1,
          buttons: type === 'mousePressed' ? 1 : 0,
        });
      }
    }
  }
  for (const key of ['Tab', 'Enter', 'Tab', 'Enter', 'Escape']) {
    for (const type of ['rawKeyDown', 'keyUp'] as const)
      await devtools.send('Input.dispatchKeyEvent', { type, key, code: key });
  }
  await page.evaluate(() => window.attack.unprotected());
}

/**
 * Hosts of payloads in Chromium's own network log, for what interception never sees: web sockets, peer connections, and in a
 * full Chromium (`SOURCEBOOK_CHROMIUM`) names resolved ahead of time. The headless one does not do that.
 */
function hostsReached(path: string): string[] {
  const log = readFileSync(path, 'utf8');
  if (!log.startsWith('{"constants":')) throw new Error('Chromium wrote no network log');
  return [
    ...new Set(Array.from(log.matchAll(/(?:\/\/|"host":")([a-z0-9.]+\.evil\.test)/g), ([, host = '']) => host)),
  ].sort();
}
