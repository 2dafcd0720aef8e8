import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { TEXT_SIZES } from '../../shared/contract/settings.ts';
import { type FakeHost, USUAL, type Scene } from '../support/shell/fake-bridge.ts';
import { fakeArchive } from '../support/shell/captures.ts';
import { IMPORTED } from '../support/shell/fixtures.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { startServe, stop } from '../support/served-program.ts';
import { LOOKING, PaperShell, type Shot } from './support/paper-shell.ts';
import { Screens } from './support/screens.ts';

const paper = new PaperShell();

type ShellShot = Shot & Partial<Scene>;

const JOB = 'j';
const LARGE = { textSize: 200 };
const dialog = (page: Page): Promise<void> => page.locator('[role="dialog"], [role="alertdialog"]').waitFor();
const press =
  (keys: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press(keys);
    await dialog(page);
  };
const choose =
  (row: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('row', { name: row }).click();
    await page.getByRole('heading', { name: 'Capture record' }).waitFor();
  };
const shelf = (page: Page, name: RegExp): Promise<void> => page.getByRole('button', { name }).click();
const fromMenu =
  (item: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /project menu/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await dialog(page);
  };
const command =
  (query: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(query);
    await page.locator('.command-palette [role="status"]').waitFor({ state: 'attached' });
  };

const SHOTS: readonly ShellShot[] = [
  { name: 'start', project: false },
  { name: 'start-first', project: false, firstRun: true },
  { name: 'start-new', project: false, act: (page) => page.getByRole('button', { name: /^New project/ }).click() },
  { name: 'start-text200', project: false, ...LARGE },
  { name: 'start-forced', project: false, forcedColours: true },

  { name: 'library-empty', sources: 0 },
  {
    name: 'library-importing',
    sources: 1200,
    act: (page, host) =>
      host.tell(page, 'import.progress', {
        job: JOB,
        total: 48,
        walking: false,
        done: 31,
        failed: 1,
        current: [{ path: 'yearbook-2022.pdf', step: 'reading', page: 374, pages: 912 }],
        finished: [],
      }),
  },
  { name: 'library-record', act: choose(/政府工作报告/) },
  { name: 'library-gaps', act: choose(/diary/) },
  {
    name: 'library-filtered',
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('liuquan');
      await page.getByText('No source matches this title').waitFor();
    },
  },
  {
    name: 'library-remove',
    act: async (page) => {
      await choose(/政府工作报告/)(page);
      await page.keyboard.press('Delete');
      await dialog(page);
    },
  },
  { name: 'library-900', sources: 40, width: 900 },
  { name: 'library-record-900', width: 900, act: (page) => page.getByRole('row', { name: /政府工作报告/ }).click() },
  { name: 'library-text200', sources: 40, ...LARGE },
  { name: 'library-forced', forcedColours: true, act: choose(/政府工作报告/) },
  {
    name: 'trash',
    act: async (page) => {
      await shelf(page, /^Trash/);
      await page.getByRole('row', { name: /386/ }).first().click();
    },
  },
  { name: 'trash-empty', emptyTrash: true, act: (page) => shelf(page, /^Trash/) },

  {
    name: 'import-report',
    act: async (page, host) => {
      await host.tell(page, 'import.done', { job: JOB, items: IMPORTED, cancelled: false });
      await dialog(page);
    },
  },
  {
    name: 'import-password',
    act: async (page, host) => {
      await host.tell(page, 'import.password', { job: JOB, path: 'reports/locked.pdf', wrong: true });
      await dialog(page);
    },
  },
  ...(['import-pages', 'import-pages-text200'] as const).map((name) => ({
    name,
    ...(name === 'import-pages' ? {} : LARGE),
    act: async (page: Page, host: FakeHost) => {
      await host.tell(page, 'import.pages', fakeArchive(480));
      await page.locator('.pages-table .grid-body .grid-row').first().click();
    },
  })),
  { name: 'library-capture', act: choose(/سۆگەت/) },
  {
    name: 'menu',
    act: async (page) => {
      await page.getByRole('button', { name: /project menu/ }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'undo',
    act: async (page) => {
      await page.keyboard.press('Control+z');
      await page.getByText(/^Undid “/).waitFor();
    },
  },
  { name: 'settings', act: press('Control+Comma') },
  { name: 'settings-text200', ...LARGE, act: press('Control+Comma') },
  { name: 'project', act: fromMenu(/Show project details/) },
  { name: 'project-text200', ...LARGE, act: fromMenu(/Show project details/) },
  { name: 'backups', act: fromMenu(/backups/) },
  {
    name: 'verify',
    act: async (page) => {
      await fromMenu(/Verify project/)(page);
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
      await page.getByText(/item is damaged/).waitFor();
    },
  },
  { name: 'shortcuts', act: press('Shift+?') },
  { name: 'shortcuts-text200', ...LARGE, act: press('Shift+?') },
  {
    name: 'shortcuts-changed',
    act: async (page) => {
      await press('Shift+?')(page);
      await page.getByRole('button', { name: /^Change key: Dark paper/ }).click();
      await page.keyboard.press('z');
      await page.getByRole('button', { name: /^Reset key to D/ }).waitFor();
      await page.getByRole('button', { name: /^Change key: Write memo/ }).click();
      await page.keyboard.press('z');
      await page
        .getByText(/Z is the key for/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'shortcuts-off',
    act: async (page) => {
      await press('Shift+?')(page);
      await page.getByText('Letter keys', { exact: true }).click();
      await page.getByText(/No key of one character/).waitFor();
    },
  },
  { name: 'command', act: command('') },
  { name: 'command-land', act: command('land') },
  { name: 'command-none', act: command('qqq') },
  { name: 'command-text200', ...LARGE, act: command('land') },
  { name: 'command-forced', forcedColours: true, act: command('land') },
];

/** What is there once a screen has all it asked for. */
function complete(page: Page, { project, sources }: Partial<Scene>): Locator {
  if (project === false) return page.locator('.start-act').first();
  return sources === 0 ? page.locator('.library-main h2').last() : page.locator('.grid-body .grid-row').first();
}

test(
  'every screen of the shell passes the checks, in both themes, narrow, enlarged and in forced colours',
  async () => {
    const wrong = await paper.look(SHOTS, {
      set: (host, shot) => host.set({ ...USUAL, ...shot }),
      arrive: (page, shot) => complete(page, shot).waitFor(),
    });
    expect(wrong).toEqual([]);
  },
  LOOKING,
);

/** One after the other, in the sample as the browser host serves it: what one comes to by reading. */
const STEPS: readonly { readonly name: string; readonly act: (page: Page) => Promise<void> }[] = [
  { name: 'read', act: (page) => page.keyboard.press('j') },
  { name: 'read-find', act: find },
  {
    name: 'read-tag',
    act: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('t');
      await dialog(page);
      await page.keyboard.type('land');
    },
  },
  {
    name: 'read-category',
    act: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('row', { name: /^LND/ }).first().click();
      await page.locator('.category-head').first().waitFor();
    },
  },
  { name: 'read-merge', act: (page) => run(page, 'merge') },
  {
    name: 'read-sources',
    act: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+4');
      await page.locator('.source-row').first().waitFor();
    },
  },
  {
    name: 'read-search',
    act: async (page) => {
      await page.keyboard.press('Control+Shift+f');
      await page.keyboard.type('就业');
      await page.locator('#sidebar-panel mark').first().waitFor();
    },
  },
  {
    name: 'read-split',
    act: async (page) => {
      await page.keyboard.press('Alt+3');
      await page.locator('.pdf-view').focus();
      await page.keyboard.press('Control+Backslash');
      await page.locator('[data-side="b"] .page-box:not(.is-unpainted)').first().waitFor();
    },
  },
  { name: 'read-900', act: (page) => page.setViewportSize({ width: 900, height: 900 }) },
  {
    name: 'read-filter',
    act: async (page) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.keyboard.press('Alt+5');
      await page.locator('.search-filter').first().click();
      await page.keyboard.type('land');
      await page.locator('.search-choices').waitFor();
    },
  },
  {
    name: 'read-split-category',
    act: async (page) => {
      // The first Escape empties the field.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.locator('.search-choices').waitFor({ state: 'detached' });
      await page.keyboard.press('Alt+3');
      await page.locator('.category-head').waitFor();
      await run(page, 'split category');
    },
  },
  {
    name: 'read-pair',
    act: async (page) => {
      await page.keyboard.press('Escape');
      await run(page, 'pair with another source');
      await page.locator('.versions-picker [role="option"]').first().click();
      await page.getByRole('radio', { name: /^This one is newer/ }).waitFor();
    },
  },
  {
    name: 'read-compare',
    act: async (page) => {
      await page.getByText(/^This one is newer/).click();
      await page.getByRole('button', { name: 'Pair and compare' }).click();
      await page.locator('.versions-list [role="option"]').nth(2).click();
    },
  },
  {
    name: 'read-compare-forced',
    act: (page) => page.emulateMedia({ forcedColors: 'active' }),
  },
  {
    name: 'read-compare-900',
    act: async (page) => {
      await page.emulateMedia({ forcedColors: 'none' });
      await page.setViewportSize({ width: 900, height: 900 });
      // Where there is room for a rail only, the differences lie over the source once they are asked for.
      await page.getByRole('button', { name: 'Show codebook' }).click();
      await page.locator('.versions-list').waitFor();
    },
  },
  {
    name: 'read-text200',
    act: async (page) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.locator('.versions-list').press('Escape');
      for (const size of TEXT_SIZES.slice(1)) {
        await page.keyboard.press('Control+Alt+Equal');
        await page.waitForFunction((now) => document.documentElement.style.fontSize === now, `${String(size)}%`);
      }
      await page.locator('.one-pane .margin-code').first().waitFor();
    },
  },
  {
    name: 'read-compare-text200',
    act: async (page) => {
      await command('compare with another version')(page);
      await page.keyboard.press('Enter');
      await page.locator('.versions-list [role="option"]').first().waitFor();
    },
  },
];

async function find(page: Page): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type('就业');
  await page.locator('.find-bar').waitFor();
}
async function run(page: Page, query: string): Promise<void> {
  await command(query)(page);
  await page.keyboard.press('Enter');
  await dialog(page);
}

test('every screen of reading passes the checks', async () => {
  const home = makeFolder('screens-');
  const { process: served, address } = await startServe(home, []);
  const page = await paper.newPage();
  onTestFinished(async () => {
    await page.close();
    await stop(served);
    removeFolder(home);
  });
  const screens = new Screens(page);
  await page.goto(address);
  await page.getByRole('button', { name: /^Open sample/ }).click();
  // A process of its own writes the sample first.
  const report = page.getByRole('row', { name: /政府工作报告/ }).first();
  await report.waitFor({ timeout: 60_000 });
  await report.dblclick();
  await page.locator('.page-box:not(.is-unpainted)').first().waitFor();
  for (const { name, act } of STEPS) {
    screens.begin(name);
    await act(page).catch((thrown: unknown) => screens.wrong.push(`${name}: ${String(thrown)}`));
    await screens.look(name);
  }
  expect(screens.wrong).toEqual([]);
});
