import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { CODING_USUAL, codingAnswers, type CodingScene } from '../support/shell/coding.ts';
import { USUAL, type Scene } from '../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../support/shell/fixtures.ts';
import { LOOKING, PaperShell, type Shot } from './support/paper-shell.ts';

const paper = new PaperShell();

type CodingShot = Shot & Partial<CodingScene> & Pick<Partial<Scene>, 'textSize'>;

const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };
const main = (page: Page) => page.locator('.team-main');
const part =
  (name: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Alt+Digit7');
    await page.getByRole('navigation', { name: 'Team sections' }).getByRole('button', { name }).click();
  };
const coding =
  (tab: RegExp, there: string) =>
  async (page: Page): Promise<void> => {
    await part(/^Coding/)(page);
    await main(page).getByRole('tab', { name: tab }).click();
    await main(page).locator(there).first().waitFor();
  };
const people = async (page: Page): Promise<void> => {
  await part(/^People/)(page);
  await main(page).locator('.people-keys').waitFor();
};
const handOver = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /project menu/ }).click();
  await page.getByRole('menuitem', { name: /^Share/ }).click();
  await page.getByText('151 passages from 9 sources').waitFor();
};

const SHOTS: readonly CodingShot[] = [
  { name: 'coding-assignments', act: coding(/^Assign/, '.coding-row') },
  { name: 'coding-fresh', fresh: true, act: coding(/^Assign/, '.empty-state') },
  {
    name: 'coding-new-800',
    width: 800,
    act: async (page) => {
      await coding(/^Assign/, '.coding-row')(page);
      await main(page).getByRole('button', { name: 'New assignment' }).click();
      await main(page).getByText('7 units of 3 sources').waitFor();
      await main(page).getByLabel('How many').fill('many');
    },
  },
  { name: 'coding-agreement', act: coding(/^Agree/, '.coding-table') },
  { name: 'coding-agreement-1024', width: 1024, act: coding(/^Agree/, '.coding-table') },
  { name: 'coding-agreement-fresh', fresh: true, act: coding(/^Agree/, '.empty-state') },
  { name: 'coding-differences', act: coding(/^Diff/, '.coding-unit') },
  {
    name: 'coding-differences-uyghur',
    width: 1024,
    act: async (page) => {
      await coding(/^Diff/, '.coding-unit')(page);
      await page.keyboard.press('j');
    },
  },
  { name: 'coding-differences-800', width: 800, act: coding(/^Diff/, '.coding-unit') },
  { name: 'coding-differences-text200', textSize: 200, act: coding(/^Diff/, '.coding-unit') },
  { name: 'coding-differences-forced', forcedColours: true, act: coding(/^Diff/, '.coding-unit') },
  { name: 'coding-stale', act: coding(/^Changed/, '.coding-tag') },
  { name: 'coding-stale-800', width: 800, act: coding(/^Changed/, '.coding-tag') },
  { name: 'coding-blind', blind: true, act: coding(/^Assign/, '.coding-sampled') },
  { name: 'people', act: people },
  { name: 'people-alone', alone: true, act: people },
  {
    name: 'people-compare-800',
    width: 800,
    act: async (page) => {
      await people(page);
      await main(page).getByRole('button', { name: 'Compare key' }).first().click();
      await main(page)
        .getByLabel(/^Fingerprint, as read by/)
        .fill('0000 0000 0000 0000 0000 0000 0000 0001');
      await main(page).getByRole('button', { name: 'Confirm key' }).click();
      await main(page).getByText('That isn’t the fingerprint').waitFor();
    },
  },
  { name: 'people-text200', textSize: 200, act: people },
  { name: 'hand-over', act: handOver },
  {
    name: 'hand-over-sealed-800',
    width: 800,
    act: async (page) => {
      await handOver(page);
      await page.getByText('Passphrase').click();
      await page.getByLabel('Passphrase', { exact: true }).fill('short');
    },
  },
  { name: 'hand-over-blind-text200', blind: true, textSize: 200, act: handOver },
];

test(
  'coding, people and Share pass the screen checks, in both themes, narrow, enlarged and in forced colours',
  async () => {
    const wrong = await paper.look(SHOTS, {
      set: (host, { textSize = 100, ...shot }) => {
        host.set({ ...USUAL, textSize });
        host.add(codingAnswers(world, { ...CODING_USUAL, ...shot }));
      },
      arrive: (page) => page.locator('.grid-body .grid-row').first().waitFor(),
    });
    expect(wrong).toEqual([]);
  },
  LOOKING,
);
