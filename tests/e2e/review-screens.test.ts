import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { FakeHost, USUAL, type Scene } from '../support/shell/fake-bridge.ts';
import { serveShell, type Shell } from '../support/shell/shell.ts';
import { Screens } from './support/screens.ts';

let browser: Browser;
let shell: Shell;
beforeAll(async () => {
  browser = await launchChromium();
  shell = await serveShell('out/renderer');
});
afterAll(async () => {
  await browser.close();
  shell.close();
});

interface Shot extends Partial<Scene> {
  readonly name: string;
  readonly width?: number;
  readonly forcedColours?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

const keys =
  (...pressed: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
const passage = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Passage', exact: true }).click();
  await page.getByRole('button', { name: /^Mark as checked/ }).waitFor();
};

const SHOTS: readonly Shot[] = [
  { name: 'review' },
  {
    name: 'review-reopened',
    act: async (page) => {
      await keys('j', 'j')(page);
      await page.locator('.review-reopened').waitFor();
    },
  },
  {
    name: 'review-returning',
    act: async (page) => {
      await page.keyboard.press('r');
      await page.getByRole('textbox', { name: 'Why it is returned' }).fill('“tight” is a literal reading');
    },
  },
  {
    name: 'review-editing',
    act: async (page) => {
      await page.keyboard.press('e');
      await page.getByRole('textbox', { name: /^Translation into/ }).pressSequentially(' 387 of them.');
      await page.getByText('387 is not in the original').waitFor();
    },
  },
  {
    name: 'review-mention',
    act: async (page) => {
      await page.keyboard.press('c');
      await page.keyboard.type('Please look @');
      await page.getByRole('listbox', { name: 'Whom to call' }).waitFor();
    },
  },
  {
    name: 'review-filter',
    act: async (page) => {
      await page.keyboard.press('f');
      await page.getByRole('button', { name: 'Clear the filter' }).waitFor();
    },
  },
  {
    name: 'review-refused',
    act: async (page) => {
      await page.keyboard.press('5');
      await page.getByRole('heading', { name: 'Approve' }).waitFor();
      await page.keyboard.press('a');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'review-none',
    act: async (page) => {
      await page.keyboard.press('1');
      await page.getByRole('heading', { name: 'Nothing to code' }).waitFor();
    },
  },
  {
    name: 'review-many',
    reviewed: 4000,
    act: async (page) => {
      await page.keyboard.press('8');
      await page.getByText('4,000 passages').waitFor();
      await page.keyboard.press('q');
      await page.keyboard.press('End');
      await page.locator('.virtual-row[data-current][aria-posinset="4000"]').waitFor();
    },
  },
  { name: 'review-1024', width: 1024 },
  { name: 'review-800', width: 800, act: passage },
  { name: 'review-queue-800', width: 800 },
  { name: 'review-text200', textSize: 200, act: passage },
  { name: 'review-queue-text200', textSize: 200 },
  {
    name: 'review-thread-text200',
    textSize: 200,
    act: async (page) => {
      await page.getByRole('button', { name: 'Thread', exact: true }).click();
      await page.getByRole('textbox', { name: 'Comment' }).waitFor();
    },
  },
  { name: 'review-forced', forcedColours: true },
];

test('the review is fit to be seen, in both themes, narrow, enlarged and in forced colours', async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(8000);
  const host = new FakeHost();
  await host.install(page);
  const screens = new Screens(page);
  for (const { name, width = 1440, forcedColours = false, act, ...scene } of SHOTS) {
    screens.begin(name);
    host.set({ ...USUAL, ...scene });
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ forcedColors: forcedColours ? 'active' : 'none' });
    await page.goto(shell.address);
    await page.locator('.grid-body .grid-row').first().waitFor();
    await page.keyboard.press('Alt+Digit6');
    await page
      .locator('.review-row')
      .first()
      .waitFor()
      .then(() => act?.(page))
      .catch((thrown: unknown) => screens.wrong.push(`${name}: ${String(thrown)}`));
    await screens.look(name);
  }
  expect([...screens.wrong, ...host.complaints]).toEqual([]);
}, 300_000);
