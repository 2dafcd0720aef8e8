import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { writeSources } from '../fixtures/sources.ts';
import { launchChromium } from '../support/browser.ts';
import { startServe, stop } from '../support/served-program.ts';
import { Journey } from './support/journey.ts';
import { browserHost, electronHost, launchElectron } from './support/hosts.ts';

interface Started {
  readonly page: Page;
  /** Ends the program at once, as a person does whose window hangs. */
  kill(): Promise<void>;
}

const START: Readonly<Record<'electron' | 'browser', (journey: Journey) => Promise<Started>>> = {
  async electron(journey) {
    const app = await launchElectron(journey.home, [journey.project('One')]);
    const page = await app.firstWindow();
    const ended = new Promise((done) => app.process().once('exit', done));
    return {
      page,
      async kill() {
        app.process().kill('SIGKILL');
        await ended;
      },
    };
  },
  async browser(journey) {
    const { process: served, address } = await startServe(journey.home, [journey.project('One')]);
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(address);
    return {
      page,
      async kill() {
        await browser.close();
        await stop(served);
      },
    };
  },
};

/** Run in the page: it stops answering, for ever, once a frame in it has loaded. */
function hangWithFrame(): void {
  const hang = (): void => {
    console.log('hangs');
    for (;;);
  };
  document.addEventListener('load', (event) => event.target instanceof HTMLIFrameElement && hang(), true);
}

/** How many sources the project’s folder has noted as being shown and not at rest. */
function notAtRest(project: string): number {
  const database = new Database(join(project, 'project.sqlite'), { readonly: true });
  try {
    const row = database.prepare<[], { value: string }>("SELECT value FROM local_view WHERE key = 'showing'").get();
    return z.array(z.string()).parse(JSON.parse(row?.value ?? '[]')).length;
  } finally {
    database.close();
  }
}

test.each([electronHost, browserHost])(
  'a source that hung the window is not opened by itself the next time: $name',
  async (host) => {
    const journey = new Journey(host);
    const { notice, page: capture } = await writeSources(journey.folder);
    await journey.start();
    await journey.newProject('One');
    await journey.choose([notice, capture], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
    for (const name of [/notice\.txt/, /柳泉新闻/]) await journey.page.getByRole('row', { name }).waitFor();
    await journey.quit();

    const first = await START[host.name](journey);
    await first.page.getByRole('row', { name: /notice\.txt/ }).dblclick();
    await first.page.getByRole('tab', { name: /notice\.txt/ }).waitFor();
    await first.page.getByRole('button', { name: 'Library', exact: true }).click();
    await first.page.getByRole('row', { name: /柳泉新闻/ }).waitFor();
    await first.page.evaluate(hangWithFrame);
    await expect.poll(() => notAtRest(journey.project('One'))).toBe(0);
    const hung = first.page.waitForEvent('console', (message) => message.text() === 'hangs');
    await first.page.getByRole('row', { name: /柳泉新闻/ }).dblclick({ noWaitAfter: true });
    await hung;
    await expect.poll(() => notAtRest(journey.project('One'))).toBe(1);
    await first.kill();

    const second = await START[host.name](journey);
    onTestFinished(() => second.kill());
    await second.page.getByText('“柳泉新闻').waitFor();
    await second.page.getByRole('tab', { name: /notice\.txt/, selected: true }).waitFor();
    await expect.poll(() => second.page.getByRole('tab', { name: /柳泉新闻/ }).count()).toBe(0);
    await second.page.getByRole('button', { name: 'Open it anyway' }).click();
    await second.page.getByRole('tab', { name: /柳泉新闻/, selected: true }).waitFor();
    // It comes to rest this time, so it is opened again the next time.
    await expect.poll(async () => second.page.frames().some((frame) => frame.url().includes('/frozen/'))).toBe(true);
    await expect.poll(() => notAtRest(journey.project('One'))).toBe(0);
    await second.page.reload();
    await second.page.getByRole('tab', { name: /柳泉新闻/, selected: true }).waitFor();
  },
);
