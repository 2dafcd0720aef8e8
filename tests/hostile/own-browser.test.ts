import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findBrowser, startOf } from '../../electron/host/browser/browsers.ts';
import { openOwnBrowser } from '../../electron/host/browser/own-browser.ts';
import { serve } from '../../electron/host/browser/serve.ts';
import { openHome } from '../../electron/host/home.ts';
import { filesOf, projects } from '../../electron/host/project-folders.ts';
import { chromiumPath, launchChromium } from '../support/browser.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

/** Everything that makes a browser request something by itself. Each has its own name, so that the log shows which did. */
const HOSTILE = `<!doctype html><title>Hostile</title>
<link rel="dns-prefetch" href="//dns.evil.test"><link rel="preconnect" href="https://preconnect.evil.test">
<link rel="prefetch" href="https://prefetch.evil.test/"><link rel="prerender" href="https://prerender.evil.test/">
<link rel="stylesheet" href="https://sheet.evil.test/"><link rel="icon" href="https://icon.evil.test/">
<style>@font-face{font-family:F;src:url(https://font.evil.test/)}body{font-family:F;background:url(https://css.evil.test/)}</style>
<form action="https://form.evil.test/"><input name="name" autocomplete="name"><input type="email" name="email" autocomplete="email">
<input type="password" name="password"><input name="cc" autocomplete="cc-number"><select name="country"><option>x</select><button>Send</button></form>
<iframe src="https://frame.evil.test/"></iframe><iframe srcdoc="<meta http-equiv=refresh content='0;url=https://refresh.evil.test/'>"></iframe>
<iframe srcdoc="<img src=https://srcdoc.evil.test/>"></iframe><object data="https://object.evil.test/"></object><embed src="https://embed.evil.test/">
<img src="https://image.evil.test/"><img src="https://198.51.100.7/x.png"><video src="https://video.evil.test/" poster="https://poster.evil.test/"></video>
<script>navigator.sendBeacon('https://beacon.evil.test/'); fetch('https://fetch.evil.test/').catch(() => 0); new WebSocket('wss://socket.evil.test/')</script>
<p>Words`;

const netLog = z.object({
  constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }),
  events: z.array(
    z.object({
      type: z.number(),
      source: z.object({ id: z.number() }),
      params: z.object({ host: z.string(), address: z.string() }).partial().optional(),
    }),
  ),
});

/**
 * The names that Chromium asked the system for, and the addresses it connected to or sent to. To learn whether there is a way to
 * IPv6 addresses it also names one to the system, by a socket that sends nothing.
 */
function reached(path: string): { names: string[]; addresses: string[] } {
  const { constants, events } = netLog.parse(JSON.parse(readFileSync(path, 'utf8')));
  const of = (...names: readonly string[]) => {
    const types = new Set(names.map((name) => constants.logEventTypes[name]));
    return events.filter(({ type }) => types.has(type));
  };
  const valuesOf = (found: typeof events, key: 'host' | 'address'): string[] =>
    [...new Set(found.flatMap(({ params }) => params?.[key] ?? []))].toSorted();
  const senders = new Set(of('UDP_BYTES_SENT').map(({ source }) => source.id));
  const sentTo = of('UDP_CONNECT').filter(({ source }) => senders.has(source.id));
  const asked = of('HOST_RESOLVER_MANAGER_JOB', 'HOST_RESOLVER_SYSTEM_TASK', 'HOST_RESOLVER_DNS_TASK');
  return { names: valuesOf(asked, 'host'), addresses: valuesOf([...of('TCP_CONNECT_ATTEMPT'), ...sentTo], 'address') };
}

let folder: string;
beforeAll(() => {
  folder = makeFolder('own-browser-');
});
afterAll(() => removeFolder(folder));

/** The Chromium of the tests as a person's browser: it has no window here, and may not have a sandbox. */
async function browserHere(name: string): Promise<{ path: string; log: string }> {
  const [path, log] = [join(folder, name), join(folder, `${name}.json`)];
  const script = `#!/bin/sh
for one in "$@"; do case "$one" in --app=*) page="\${one#--app=}";; --user-data-dir=*) echo "\${one#--user-data-dir=}" > "$0.profile";; esac; done
exec '${await chromiumPath()}' --headless --no-sandbox --disable-gpu --remote-debugging-port=0 '--log-net-log=${log}' "$@" "$page"
`;
  writeFileSync(path, script, { mode: 0o755 });
  return { path, log };
}

async function connected(path: string): Promise<Browser> {
  let port = '';
  await expect
    .poll(
      () => {
        try {
          const profile = readFileSync(`${path}.profile`, 'utf8').trim();
          [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
        } catch {
          port = ''; // it is still starting
        }
        return port;
      },
      { timeout: 60_000, interval: 100 },
    )
    .not.toBe('');
  return chromium.connectOverCDP(`http://127.0.0.1:${port}`);
}

/** The page without any policy, at an address of this machine. */
async function unprotected(): Promise<{ address: string; close(): void }> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(HOSTILE));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function showAll(browser: Browser, address: string): Promise<void> {
  const [context = await browser.newContext()] = browser.contexts();
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('input').first().fill('Ann', { timeout: 30_000 });
  await page.reload();
  await page.locator('input').nth(1).fill('ann@example.org', { timeout: 30_000 });
  await page.close();
}

async function end(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.close').catch(() => undefined);
}

describe('the browser that the browser host opens', () => {
  it('is let in, and reaches nothing but the host: Chromium’s network log', { timeout: 240_000 }, async () => {
    const renderer = join(folder, 'renderer');
    mkdirSync(renderer);
    writeFileSync(join(renderer, 'index.html'), HOSTILE);
    const home = openHome({ SOURCEBOOK_HOME: join(folder, 'home') });
    const served = await serve({ home, projects, filesOf, renderer });
    const { path, log } = await browserHere('chromium');
    const found = findBrowser({ SOURCEBOOK_BROWSER: path }, 'linux');
    if (found === null) throw new Error('The browser was not found');
    const other = await unprotected();
    const own = openOwnBrowser(found, served.address);
    try {
      const browser = await connected(path);
      const [first] = browser.contexts()[0]?.pages() ?? [];
      await expect.poll(() => first?.title(), { timeout: 60_000 }).toBe('Hostile');
      expect(served.isEntered()).toBe(true);
      await first?.reload();
      await showAll(browser, other.address);
      await end(browser);
      await own.ended;
    } finally {
      await own.close();
      await served.close();
      other.close();
    }
    const { names, addresses } = reached(log);
    expect(names).toEqual([]);
    expect(addresses.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
    expect(addresses).not.toEqual([]);
  });

  it(
    'would reach other hosts without its options, so that this suite shows something',
    { timeout: 240_000 },
    async () => {
      const log = join(folder, 'plain.json');
      const other = await unprotected();
      const browser = await launchChromium({ args: [`--log-net-log=${log}`] });
      try {
        await showAll(browser, other.address);
      } finally {
        await browser.close();
        other.close();
      }
      const { names } = reached(log);
      for (const what of ['frame', 'image', 'font', 'beacon']) expect(names.join(' ')).toContain(`${what}.evil.test`);
    },
  );

  it('has options for each kind of browser', () => {
    for (const family of ['chromium', 'firefox'] as const) {
      const { args, files } = startOf(family, '/profile', 'file:///profile/start.html');
      expect(args.at(-1)).toContain('file:///profile/start.html');
      expect(Object.keys(files)).toHaveLength(1);
    }
    expect(findBrowser({ PATH: folder }, 'linux')?.path).toBe(join(folder, 'chromium'));
    expect(findBrowser({ PATH: '/nowhere' }, 'linux')).toBe(null);
  });
});
