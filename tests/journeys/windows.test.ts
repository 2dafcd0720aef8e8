import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startEngine } from '../../electron/engine/client.ts';
import { openHome } from '../../electron/host/home.ts';
import { writeSources } from '../fixtures/sources.ts';
import { Journey } from '../e2e/support/journey.ts';
import { ROOT } from '../support/served-program.ts';
import { browserHost, electronBinary, electronHost, launchElectron } from '../e2e/support/hosts.ts';

/** A test run with a project of two sources that were never opened. */
async function withSources(host: typeof electronHost): Promise<Journey> {
  const journey = new Journey(host);
  const { notice, page } = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('One');
  await journey.choose([notice, page], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
  for (const name of [/notice\.txt/, /柳泉新闻/]) await journey.page.getByRole('row', { name }).waitFor();
  return journey;
}

const openIn = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByRole('row', { name }).dblclick();
  await tab(page, name).waitFor();
};
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name, selected: true });
/** Marks the whole text and tags it, by keyboard. */
const tagAll = async (page: Page, letters: string): Promise<void> => {
  await page.getByRole('document', { name: /notice\.txt/ }).focus();
  await page.keyboard.press('Control+KeyA');
  await page.keyboard.press('t');
  await page.getByRole('dialog', { name: 'Tag this passage' }).waitFor();
  await page.keyboard.type(letters);
  await page.keyboard.press('Enter');
};
const margin = (page: Page) => page.getByRole('button', { name: /^TRN\W*QUOTA/ });

test('in a browser: a second window of the project in a tab of its own, which is reloaded as itself', async () => {
  const journey = await withSources(browserHost);
  const { page } = journey;
  await openIn(page, /notice\.txt/);
  const [second] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Alt+Shift+KeyW')]);
  expect(new URL(second.url()).pathname).toBe(`${new URL(page.url()).pathname}w2/`);
  // It begins as the first one is, and goes its own way from there.
  await tab(second, /notice\.txt/).waitFor();
  await expect.poll(() => second.evaluate(() => window.opener)).toBeNull();
  await second.getByRole('button', { name: 'Library', exact: true }).click();
  await openIn(second, /柳泉新闻/);

  await tagAll(page, 'quota');
  await margin(page).first().waitFor();
  await second.getByRole('tab', { name: /notice\.txt/ }).click();
  await margin(second).first().waitFor();
  await second.getByRole('tab', { name: /柳泉新闻/ }).click();
  await second.reload();
  await tab(second, /柳泉新闻/).waitFor();
  await page.reload();
  await tab(page, /notice\.txt/).waitFor();
  await expect.poll(() => page.getByRole('tab', { name: /柳泉新闻/ }).count()).toBe(0);

  // A browser that blocks new tabs is distinguished from one that opens them.
  await page.evaluate(() => {
    window.open = () => null;
  });
  await page.keyboard.press('Alt+Shift+KeyW');
  const link = page.getByRole('link', { name: 'Open in new tab' });
  await journey.inspect('window-blocked');
  const [third] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await tab(third, /notice\.txt/).waitFor();
  await third.goto(new URL('../w9/', third.url()).href);
  await expect.poll(() => third.locator('body').innerText()).toContain('This window no longer exists.');
});

test('in Electron: windows reopen where they were, each with what it showed; closing the last frees the project', async () => {
  const journey = await withSources(electronHost);
  await journey.quit();
  const app = await launchElectron(journey.home, [journey.project('One')]);
  const first = await app.firstWindow();
  await first.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await openIn(first, /notice\.txt/);
  const [second] = await Promise.all([app.waitForEvent('window'), first.keyboard.press('Control+Shift+KeyN')]);
  await tab(second, /notice\.txt/).waitFor();
  // Beside the first, so that both are seen.
  const [one, two] = await boundsOf(app);
  expect(two).toEqual({ ...one, x: (one?.x ?? 0) + 32, y: (one?.y ?? 0) + 32 });
  await second.getByRole('button', { name: 'Library', exact: true }).click();
  await openIn(second, /柳泉新闻/);
  await tagAll(first, 'quota');
  await second.getByRole('tab', { name: /notice\.txt/ }).click();
  await margin(second).first().waitFor();
  await second.getByRole('tab', { name: /柳泉新闻/ }).click();
  await tab(second, /柳泉新闻/).waitFor();
  const moved = { x: 333, y: 144, width: 1111, height: 777 };
  await app.evaluate(({ BrowserWindow }, to) => {
    const [window] = BrowserWindow.getAllWindows().filter(({ webContents }) => webContents.getURL().includes('main-1'));
    window?.setBounds(to);
  }, moved);
  const third = await Promise.all([app.waitForEvent('window'), clickMenu(app, 'newWindow')]).then(([page]) => page);
  await third.getByRole('tab').first().waitFor();
  await third.close();
  // The program hears of it a moment after the page has gone.
  await expect.poll(async () => (await boundsOf(app)).length).toBe(2);
  await app.close();

  const again = await launchElectron(journey.home);
  onTestFinished(() => again.close());
  await expect.poll(() => again.windows().length).toBe(2);
  const windows = again.windows();
  const showing = async (name: RegExp): Promise<Page> => {
    const found = await Promise.any(
      windows.map((page) =>
        tab(page, name)
          .waitFor()
          .then(() => page),
      ),
    );
    return found;
  };
  const [notice, page] = [await showing(/notice\.txt/), await showing(/柳泉新闻/)];
  expect(notice).not.toBe(page);
  await expect.poll(() => boundsOf(again)).toContainEqual(moved);

  // The system asks for a project that a window shows: it comes forward, and no third opens.
  const other = spawn(electronBinary(), [ROOT, journey.project('One')], {
    env: { ...process.env, SOURCEBOOK_HOME: journey.home },
    stdio: 'inherit',
  });
  expect((await once(other, 'exit'))[0]).toBe(0);
  await notice.getByRole('button', { name: 'Library', exact: true }).waitFor();
  expect(again.windows()).toHaveLength(2);

  await notice.close();
  expect(await lockedBy(journey)).toBe('PROJECT_LOCKED');
  await Promise.all([again.waitForEvent('close'), page.close()]);
  expect(await lockedBy(journey)).toBe('nobody');
});

/** Whether another program could open the project now. */
async function lockedBy(journey: Journey): Promise<string> {
  const owner = openHome({ SOURCEBOOK_HOME: journey.home });
  const folder = journey.project('One');
  const engine = await startEngine({ folder, person: owner.person(), installation: owner.installation() }).catch(
    (thrown: unknown) => String(Reflect.get(Object(Reflect.get(Object(thrown), 'data')), 'code')),
  );
  if (typeof engine === 'string') return engine;
  await engine.close();
  return 'nobody';
}

/** Somebody writes in a source's record and what a category means, and leaves neither field. */
const writeOn = async (page: Page, author: string): Promise<void> => {
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.getByRole('textbox', { name: /^Author/ }).fill(author);
};

test.each([browserHost, electronHost])(
  'text typed in a field when its window reloads or closes is there afterwards: $name',
  async (host) => {
    const journey = await withSources(host);
    const authors = async (): Promise<(string | null)[]> => {
      const { sources } = await journey.call('sources.list', {});
      return sources.map(({ author }) => author).filter((author) => author !== null);
    };
    await writeOn(journey.page, 'Somebody of the county');
    await journey.page.reload();
    await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    await expect.poll(authors).toEqual(['Somebody of the county']);
    expect((await journey.call('history.list', { limit: 2 })).commits.map(({ label }) => label)).toEqual([
      'Edit author of notice.txt',
      expect.not.stringMatching(/^Edit/),
    ]);

    // Another window closes, and the first one is notified.
    const [second] = await Promise.all([
      host === browserHost ? journey.page.waitForEvent('popup') : journey.page.context().waitForEvent('page'),
      journey.page.keyboard.press(host === browserHost ? 'Alt+Shift+KeyW' : 'Control+Shift+KeyN'),
    ]);
    await writeOn(second, 'Somebody else');
    await second.close({ runBeforeUnload: true });
    await expect.poll(authors).toEqual(['Somebody else']);
    if (host === browserHost) return;
    // The last window, and the program with it.
    await writeOn(journey.page, 'Who was first');
    await journey.quit();
    await journey.startAgain('One');
    await expect.poll(() => authors()).toEqual(['Who was first']);
  },
);

const boundsOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .toSorted((a, b) => (a.webContents.getURL() < b.webContents.getURL() ? -1 : 1))
      .map((window) => window.getNormalBounds()),
  );

const clickMenu = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
