/**
 * One tag in a project with 100,000 passages: from the key press to the frame that shows it, first as not saved yet and then
 * committed, in the browser host and a real Chromium. Also for a person who tags without a pause, while what the last tag made stale is still being read
 * again. Needs a build (`npm run build`). Goal: 20 ms.
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { openHome } from '../../electron/host/home.ts';
import { launchChromium } from '../support/browser.ts';
import { startServe, stop } from '../support/served-program.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, figure, median, runAlone } from './harness.ts';
import { makeLargeProject } from './large-project.ts';

/** A tag a second is the pace of a fast person, ten a second that of a script. */
const TAGS = amount(25, 2);
const CALM = { tags: TAGS, pause: amount(1200, 100) };
const HASTY = { tags: TAGS, pause: 100 };

const [home] = process.argv.slice(2);
if (home === undefined) await main();
else await makeLargeProject(join(home, 'Large.sourcebook'), openHome({ SOURCEBOOK_HOME: home }).person('Nour'));

async function main(): Promise<void> {
  const folder = makeFolder('sourcebook-bench-');
  try {
    const ready = process.env['SOURCEBOOK_LARGE'];
    if (ready !== undefined && existsSync(ready)) cpSync(ready, folder, { recursive: true });
    else runAlone(import.meta.filename, folder);
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
    const answered = watchCalls(page);
    await page.goto(address);
    // Half of the sources have passages, 200 each.
    const most = page.getByRole('columnheader', { name: 'Passages' }).getByRole('button');
    await most.click();
    await page.getByRole('row', { name: /\.txt/ }).first().dblclick();
    await page
      .getByText(/Click a passage/)
      .first()
      .waitFor();
    await pinSome(page);
    await answered();
    figure('a frame of this browser', await frame(page), 'ms');
    report('one tag, key to frame', await tagOn(page, CALM));
    report('ten tags a second, key to frame', await tagOn(page, HASTY));
  } finally {
    await browser.close();
    await stop(served);
  }
}

/** Resolves when no call of the page is waiting for its answer, and none is made in the next frame. */
function watchCalls(page: Page): () => Promise<void> {
  const calls = new Set<Request>();
  let ended = Promise.withResolvers<void>();
  page.on('request', (call) => call.url().includes('/api/') && calls.add(call));
  const end = (call: Request): void => {
    calls.delete(call);
    ended.resolve();
    ended = Promise.withResolvers();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return async () => {
    do {
      while (calls.size > 0) await ended.promise;
      await frame(page);
    } while (calls.size > 0);
  };
}

/** Puts two categories on the keys 1 and 2, through the palette: Alt and the digit. */
async function pinSome(page: Page): Promise<void> {
  // If the source has just been opened, its keys may not work yet.
  while ((await page.locator('.inspector .quote').count()) === 0) {
    await page.keyboard.press('j');
    await page
      .locator('.inspector .quote')
      .waitFor({ timeout: 500 })
      .catch(() => undefined);
  }
  await page.keyboard.press('t');
  await page.locator('.palette').waitFor();
  await page.keyboard.type('local');
  await page.keyboard.press('Alt+Digit1');
  await page.keyboard.press('Escape');
  await page.locator('.pin').first().waitFor();
}

/** One tag, in milliseconds from the key event. */
interface Tagged {
  /** The tag is in the document, as not saved yet. */
  readonly drawn: number;
  /** The frame with it was presented. */
  readonly painted: number;
  /** The call was sent. */
  readonly sent: number;
  /** Its answer has arrived: the tag is committed. */
  readonly answered: number;
  /** The frame that shows it as saved was presented. */
  readonly saved: number;
}

function report(name: string, tags: readonly Tagged[]): void {
  const painted = tags.map((tag) => tag.painted).toSorted((a, b) => a - b);
  figure(`${name} with the tag, not saved yet`, median(painted), 'ms', { atMost: 20 });
  figure('  nineteen of twenty within', painted[Math.ceil(painted.length * 0.95) - 1] ?? NaN, 'ms');
  figure('  until it is drawn', median(tags.map(({ drawn }) => drawn)), 'ms');
  figure('  from there until its frame is painted', median(tags.map((tag) => tag.painted - tag.drawn)), 'ms');
  figure(`${name} with the tag, saved`, median(tags.map(({ saved }) => saved)), 'ms');
  figure('  until the call is sent', median(tags.map(({ sent }) => sent)), 'ms');
  figure('  from there until it is committed and answered', median(tags.map((tag) => tag.answered - tag.sent)), 'ms');
  figure('  from there until its frame is painted', median(tags.map((tag) => tag.saved - tag.answered)), 'ms');
}

/** Goes from passage to passage and tags each with key 1. */
async function tagOn(page: Page, { tags, pause }: typeof CALM): Promise<Tagged[]> {
  const times: Tagged[] = [];
  while (times.length < tags) {
    await page.keyboard.press('j');
    await page.waitForTimeout(pause);
    const isThere = await page.evaluate(listen);
    if (isThere) continue;
    await page.keyboard.press('1');
    times.push(await page.evaluate(() => (window as unknown as { tagged: Promise<Tagged> }).tagged));
  }
  return times;
}

/**
 * In the page: waits for the key, then for the tag in the inspector and for the tag as saved, each with the frame after it. True
 * if the tag is there already.
 */
function listen(): boolean {
  const chip = (): Element | undefined =>
    [...document.querySelectorAll('.inspector .chip')].find(
      (one) => one.querySelector('.code')?.textContent === 'LOCAL',
    );
  if (chip() !== undefined) return true;
  const own = window as unknown as {
    tagged: Promise<Tagged>;
    scheduler: { postTask: (task: () => void, options: { priority: 'user-blocking' }) => Promise<void> };
  };
  /** Resolves in the first task after the coming frame was presented, before any of the program's own timers. */
  const presented = (): Promise<number> =>
    new Promise((done) =>
      requestAnimationFrame(
        () => void own.scheduler.postTask(() => done(performance.now()), { priority: 'user-blocking' }),
      ),
    );
  const becomes = (is: () => boolean): Promise<number> =>
    new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (!is()) return;
        observer.disconnect();
        done(performance.now());
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
    });
  performance.clearResourceTimings();
  // Observed before the key comes: the program draws the chip before a listener that is added here hears of the key.
  const isThere = becomes(() => chip() !== undefined).then(async (drawn) => ({ drawn, painted: await presented() }));
  const isSaved = becomes(() => chip()?.matches(':not(.is-unsaved)') === true).then(presented);
  const pressed = new Promise<number>((done) =>
    window.addEventListener('keydown', ({ timeStamp }) => done(timeStamp), { once: true, capture: true }),
  );
  own.tagged = Promise.all([pressed, isThere, isSaved]).then(([key, { drawn, painted }, saved]) => {
    const calls = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const call = calls.find(({ name }) => name.endsWith('/tags.change'));
    const since = (at: number): number => at - key;
    const { startTime, responseEnd } = call ?? { startTime: NaN, responseEnd: NaN };
    return {
      drawn: since(drawn),
      painted: since(painted),
      sent: since(startTime),
      answered: since(responseEnd),
      saved: since(saved),
    };
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
