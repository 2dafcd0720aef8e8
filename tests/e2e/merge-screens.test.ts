import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { USUAL, type Scene } from '../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../support/shell/fixtures.ts';
import { TEAM_USUAL, teamAnswers, type TeamScene } from '../support/shell/merge.ts';
import { LOOKING, PaperShell, type Shot } from './support/paper-shell.ts';

const paper = new PaperShell();

type TeamShot = Shot & Partial<TeamScene> & Pick<Partial<Scene>, 'textSize'>;

const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };
const LARGE = { textSize: 200 };

const preview = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+Shift+m');
  await page.getByRole('heading', { name: 'Merge preview' }).waitFor();
  await page.getByRole('tablist', { name: 'Merge preview' }).waitFor();
};
const tab =
  (name: RegExp) =>
  async (page: Page): Promise<void> => {
    await preview(page);
    await page.getByRole('tab', { name }).click();
  };
const part =
  (name: RegExp) =>
  async (page: Page): Promise<void> =>
    page.getByRole('navigation', { name: 'Team sections' }).getByRole('button', { name }).click();
const conflicts = async (page: Page): Promise<void> => {
  await part(/^Conflicts/)(page);
  await page.locator('.merge-conflict').nth(2).waitFor();
};
const items = async (page: Page): Promise<void> => {
  await tab(/^All items/)(page);
  await page.getByRole('option').nth(5).waitFor();
  // The last is reached by the keyboard, and the first again.
  await page.getByRole('listbox', { name: 'All incoming items' }).focus();
  await page.keyboard.press('End');
  await page.locator('[aria-posinset="60"][aria-selected="true"]').waitFor();
  await page.keyboard.press('Home');
  await page.locator('[aria-posinset="1"][aria-selected="true"]').waitFor();
};
const compared = async (page: Page): Promise<void> => {
  await part(/^Snapshots/)(page);
  await page.getByText('First round of coding').click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.locator('.snapshot-difference').first().waitFor();
};

const SHOTS: readonly TeamShot[] = [
  { name: 'team' },
  { name: 'team-fresh', fresh: true },
  { name: 'team-1024', width: 1024 },
  { name: 'team-800', width: 800 },
  { name: 'team-text200', ...LARGE },
  {
    name: 'team-looking',
    act: async (page) => {
      await page.keyboard.press('Control+Shift+m');
      await page.getByRole('heading', { name: 'Merge preview' }).waitFor();
    },
  },
  { name: 'team-preview', act: preview },
  {
    name: 'team-preview-decided',
    act: async (page) => {
      await preview(page);
      await page.keyboard.press('1');
      await page.getByText('1 resolved, 2 open').waitFor();
    },
  },
  { name: 'team-preview-1024', width: 1024, act: preview },
  { name: 'team-preview-800', width: 800, act: preview },
  { name: 'team-preview-summary-800', width: 800, act: tab(/Summary/) },
  { name: 'team-preview-text200', ...LARGE, act: preview },
  { name: 'team-preview-forced', forcedColours: true, act: preview },
  { name: 'team-changes', act: tab(/^Edits/) },
  { name: 'team-changes-800', width: 800, act: tab(/^Edits/) },
  { name: 'team-items', act: items },
  { name: 'team-items-800', width: 800, act: items },
  { name: 'team-items-text200', ...LARGE, act: items },
  {
    name: 'team-items-kind',
    act: async (page) => {
      await tab(/^Edits/)(page);
      await page.getByRole('button', { name: 'Show: Tags removed' }).click();
      await page.getByRole('option').first().waitFor();
      await expect.poll(() => page.getByRole('option').count()).toBe(1);
    },
  },
  { name: 'team-refused', act: tab(/^Rejected/) },
  { name: 'team-nothing', merge: 'nothing', act: preview },
  {
    name: 'team-edited',
    merge: 'edited',
    act: async (page) => {
      await preview(page);
      await page
        .getByRole('alert')
        .getByText(/^The annotation of passage .* isn’t what the file’s signed history says\.$/)
        .waitFor();
    },
  },
  { name: 'team-edited-1024', merge: 'edited', width: 1024, act: preview },
  { name: 'team-taken-back', merge: 'takenBack', act: preview },
  {
    name: 'team-sealed',
    merge: 'sealed',
    act: async (page) => {
      await page.keyboard.press('Control+Shift+m');
      await page.getByRole('textbox', { name: 'Passphrase' }).fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('Incorrect passphrase').waitFor();
    },
  },
  {
    name: 'team-failed',
    merge: 'failing',
    act: async (page) => {
      await page.keyboard.press('Control+Shift+m');
      await page.getByText('Couldn’t merge').waitFor();
    },
  },
  { name: 'team-other', merge: 'other', act: preview },
  { name: 'team-other-categories', merge: 'other', act: tab(/^Categories/) },
  { name: 'team-other-categories-800', merge: 'other', width: 800, act: tab(/^Categories/) },
  {
    name: 'team-merged',
    act: async (page) => {
      await preview(page);
      await page.keyboard.press('1');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Merged 214 edits').waitFor();
    },
  },
  {
    name: 'team-take-back',
    act: async (page) => {
      await page.getByRole('button', { name: /^Undo merge from/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'team-left',
    act: async (page, host) => {
      await page.getByRole('button', { name: /^Undo merge from/ }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Undo merge' }).click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await host.tell(page, 'project.changed', { entities: ['memo'], label: 'Undo merge' });
      await page.getByText(/Land use rights.*someone has edited it since/).waitFor();
    },
  },
  { name: 'team-conflicts', act: conflicts },
  {
    name: 'team-conflicts-write',
    act: async (page) => {
      await conflicts(page);
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('4');
      await page.getByRole('textbox', { name: 'Another value' }).waitFor();
    },
  },
  { name: 'team-conflicts-text200', ...LARGE, act: conflicts },
  { name: 'team-conflicts-none', fresh: true, act: part(/^Conflicts/) },
  { name: 'team-snapshots', act: part(/^Snapshots/) },
  { name: 'team-snapshots-fresh', fresh: true, act: part(/^Snapshots/) },
  { name: 'team-snapshots-800', width: 800, act: part(/^Snapshots/) },
  {
    name: 'team-snapshots-exists',
    act: async (page) => {
      await part(/^Snapshots/)(page);
      await page.getByRole('textbox', { name: /Snapshot name/ }).fill('First round of coding');
      await page.keyboard.press('Enter');
      await page.getByText('Choose another name').waitFor();
      await page.getByRole('button', { name: /^Verify Submitted/ }).click();
      await page.getByRole('button', { name: /^Verify First/ }).click();
      await page.getByText('doesn’t match').waitFor();
    },
  },
  { name: 'team-compared', act: compared },
  { name: 'team-compared-many', differences: 6000, act: compared },
  { name: 'team-compared-800', width: 800, act: compared },
  { name: 'team-compared-forced', forcedColours: true, act: compared },
];

test(
  'the Team screen passes the screen checks, in both themes, narrow, enlarged and in forced colours',
  async () => {
    const wrong = await paper.look(SHOTS, {
      set: (host, { textSize = 100, ...shot }) => {
        host.set({ ...USUAL, textSize });
        host.add(teamAnswers(world, { ...TEAM_USUAL, ...shot }));
      },
      arrive: async (page) => {
        await page.getByRole('button', { name: /^Team/ }).click();
        await page.getByRole('button', { name: /^Merge from a file/ }).waitFor();
      },
    });
    expect(wrong).toEqual([]);
  },
  LOOKING,
);
