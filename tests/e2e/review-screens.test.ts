import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { USUAL, type Scene } from '../support/shell/fake-bridge.ts';
import { LOOKING, PaperShell, type Shot } from './support/paper-shell.ts';

const paper = new PaperShell();

type ReviewShot = Shot & Partial<Scene>;

const keys =
  (...pressed: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
const passage = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Passage', exact: true }).click();
  await page.getByRole('button', { name: /^Mark as checked/ }).waitFor();
};

const SHOTS: readonly ReviewShot[] = [
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
      await page.getByRole('textbox', { name: 'Reason for returning' }).fill('“tight” is a literal reading');
    },
  },
  {
    name: 'review-editing',
    act: async (page) => {
      await page.keyboard.press('e');
      await page.getByRole('textbox', { name: /^Translation into/ }).pressSequentially(' 387 of them.');
      await page.getByText('387 not in the original').waitFor();
    },
  },
  {
    name: 'review-mention',
    act: async (page) => {
      await page.keyboard.press('c');
      await page.keyboard.type('Please look @');
      await page.getByRole('listbox', { name: 'Mention' }).waitFor();
    },
  },
  {
    name: 'review-filter',
    act: async (page) => {
      await page.keyboard.press('f');
      await page.getByRole('button', { name: 'Clear filter' }).waitFor();
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

test(
  'the review passes the screen checks, in both themes, narrow, enlarged and in forced colours',
  async () => {
    const wrong = await paper.look(SHOTS, {
      set: (host, shot) => host.set({ ...USUAL, ...shot }),
      arrive: async (page) => {
        await page.locator('.grid-body .grid-row').first().waitFor();
        await page.keyboard.press('Alt+Digit6');
        await page.locator('.review-row').first().waitFor();
      },
    });
    expect(wrong).toEqual([]);
  },
  LOOKING,
);
