/**
 * One tag with 100,000 passages in the project: from the key press to the frame that shows it, commit included, in the
 * browser host and a real Chromium. Also the same while one tags on and on, when what the last tag made stale is being
 * read again. Needs a build (`npm run build`). Goal of issue 3: 20 ms.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openHome } from '../../electron/host/home.ts';
import { startServe, stop } from '../e2e/support/hosts.ts';
import { launchChromium } from '../support/browser.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { figure, median } from './harness.ts';
import { makeLargeProject } from './large-project.ts';

/** A tag a second is a person who works fast; ten a second is the key held down by somebody else's script. */
const CALM = { tags: 25, pause: 1200 };
const HASTY = { tags: 25, pause: 100 };

const [home] = process.argv.slice(2);
if (home === undefined) await main();
else await makeLargeProject(join(home, 'Large.sourcebook'), openHome({ SOURCEBOOK_HOME: home }).person());

async function main(): Promise<void> {
  const folder = makeFolder('sourcebook-bench-');
  try {
    const ready = process.env['SOURCEBOOK_LARGE'];
    if (ready !== undefined && existsSync(ready)) cpSync(ready, folder, { recursive: true });
    else spawnSync(process.execPath, [import.meta.filename, folder], { stdio: 'inherit' });
    await measure(folder);
  } finally {
    removeFolder(folder);
  }
}

async function measure(folder: string): Promise<void> {
  const { process: served, address } = await startServe(folder, [join(folder, 'Large.sourcebook')]);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address);
    // Half of the sources have passages, 200 each.
    const most = page.getByRole('columnheader', { name: 'Passages' }).getByRole('button');
    await most.click();
    await most.click();
    await page.getByRole('row', { name: /\.txt/ }).first().dblclick();
    await page
      .getByText(/Click a passage/)
      .first()
      .waitFor();
    await pinSome(page);
    await page.waitForTimeout(1000);
    figure('a frame of this browser', await frame(page), 'ms');
    const calm = await tagOn(page, CALM);
    figure('one tag, key to frame', median(calm), 'ms', { atMost: 20 });
    figure('the slowest of them', Math.max(...calm), 'ms');
    const hasty = await tagOn(page, HASTY);
    figure('ten tags a second, key to frame', median(hasty), 'ms', { atMost: 20 });
    figure('the slowest of them', Math.max(...hasty), 'ms');
  } finally {
    await browser.close();
    await stop(served);
  }
}

/** Two categories on the keys 1 and 2, by the palette: Alt and the digit. */
async function pinSome(page: Page): Promise<void> {
  await page.keyboard.press('j');
  await page.locator('.inspector .quote').waitFor();
  await page.keyboard.press('t');
  await page.locator('.palette').waitFor();
  await page.keyboard.type('local');
  await page.keyboard.press('Alt+Digit1');
  await page.keyboard.press('Escape');
  await page.locator('.pin').first().waitFor();
}

/** Goes to the next passage and tags it with key 1, again and again; milliseconds from the key event to the painted frame. */
async function tagOn(page: Page, { tags, pause }: typeof CALM): Promise<number[]> {
  const times: number[] = [];
  while (times.length < tags) {
    await page.keyboard.press('j');
    await page.waitForTimeout(pause);
    const isThere = await page.evaluate(listen);
    if (isThere) continue;
    await page.keyboard.press('1');
    times.push(await page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted));
  }
  return times;
}

/** In the page: hears the key, then the chip in the inspector, then the frame after it. True where the chip is there already. */
function listen(): boolean {
  const chip = (): boolean =>
    [...document.querySelectorAll('.inspector .chip .code')].some((one) => one.textContent === 'LOCAL');
  if (chip()) return true;
  const own = window as unknown as { painted: Promise<number> };
  own.painted = new Promise((done) => {
    window.addEventListener(
      'keydown',
      (event) => {
        const observer = new MutationObserver(() => {
          if (!chip()) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            // A message is handled after the frame that was being made has been handed on.
            const { port1, port2 } = new MessageChannel();
            port1.addEventListener('message', () => done(performance.now() - event.timeStamp), { once: true });
            port1.start();
            port2.postMessage(null);
          });
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      },
      { once: true, capture: true },
    );
  });
  return false;
}

function frame(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let frames = 0;
        const started = performance.now();
        const next = (): void => {
          frames += 1;
          if (frames > 30) done((performance.now() - started) / 30);
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
  );
}
