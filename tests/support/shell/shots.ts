import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../browser.ts';
import { IMPORTED } from './fixtures.ts';
import { openShell, overflowOf, serveShell, violationsOf } from './shell.ts';

/**
 * Pictures of every screen of the shell in both themes, each checked with axe and for what lies out of reach:
 * `node tests/support/shell/shots.ts <built renderer> <codebook.json> <folder for pictures> [name]`.
 */
const [built = 'out/renderer', codebook = '', folder = 'shots', only = ''] = process.argv.slice(2);
const JOB = 'j';

interface Shot {
  readonly name: string;
  readonly project?: boolean;
  readonly sources?: number;
  readonly width?: number;
  readonly height?: number;
  readonly textSize?: number;
  readonly forcedColours?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

const tell = (page: Page, event: string, payload: unknown): Promise<void> =>
  page.evaluate((message) => (window as unknown as { fakeTell: (message: unknown) => void }).fakeTell(message), {
    event,
    payload,
  });

const progress = {
  job: JOB,
  total: 48,
  walking: false,
  done: 31,
  failed: 1,
  current: [{ path: 'yearbook-2022.pdf', step: 'reading', page: 374, pages: 912 }],
  finished: [],
};

const SHOTS: readonly Shot[] = [
  { name: 'start', project: false },
  {
    name: 'start-new',
    project: false,
    act: async (page) => page.getByRole('button', { name: /^New project/ }).click(),
  },
  { name: 'start-900', project: false, width: 860, height: 800 },
  { name: 'library-empty', sources: 0 },
  { name: 'library', sources: 1200, act: async (page) => tell(page, 'import.progress', progress) },
  { name: 'library-record', sources: 9, act: async (page) => page.getByRole('row', { name: /政府工作报告/ }).click() },
  { name: 'library-gaps', sources: 9, act: async (page) => page.getByRole('row', { name: /diary/ }).click() },
  {
    name: 'library-removed',
    sources: 9,
    act: async (page) => {
      await page.getByRole('button', { name: /^Removed/ }).click();
      await page.getByRole('row', { name: /Removed page/ }).click();
    },
  },
  {
    name: 'library-remove',
    sources: 9,
    act: async (page) => {
      await page.getByRole('row', { name: /政府工作报告/ }).click();
      await page.getByRole('button', { name: /^Remove source/ }).click();
    },
  },
  { name: 'library-1100', sources: 40, width: 1100 },
  { name: 'library-800', sources: 40, width: 800 },
  { name: 'library-text200', sources: 40, textSize: 200 },
  {
    name: 'import-report',
    sources: 9,
    act: async (page) => tell(page, 'import.done', { job: JOB, items: IMPORTED, cancelled: false }),
  },
  {
    name: 'import-password',
    sources: 9,
    act: async (page) => tell(page, 'import.password', { job: JOB, path: 'reports/locked.pdf', wrong: true }),
  },
  { name: 'settings', sources: 9, act: async (page) => page.keyboard.press('Control+Comma') },
  {
    name: 'backups',
    sources: 9,
    act: async (page) => {
      await page.getByRole('button', { name: /project menu/ }).click();
      await page.getByRole('menuitem', { name: /backups/ }).click();
    },
  },
  { name: 'menu', sources: 9, act: async (page) => page.getByRole('button', { name: /project menu/ }).click() },
  {
    name: 'verify',
    sources: 9,
    act: async (page) => {
      await page.getByRole('button', { name: /originals verified/ }).click();
      await page.getByRole('button', { name: 'Verify', exact: true }).click();
    },
  },
  { name: 'shortcuts', sources: 9, act: async (page) => page.keyboard.press('Shift+?') },
  { name: 'undo', sources: 9, act: async (page) => page.keyboard.press('Control+z') },
  { name: 'read', sources: 9, act: openRead },
  {
    name: 'read-category',
    sources: 9,
    act: async (page) => {
      await openRead(page);
      await page.getByRole('row', { name: /^TRF / }).click();
    },
  },
  {
    name: 'read-filter',
    sources: 9,
    act: async (page) => {
      await openRead(page);
      await page.getByRole('searchbox', { name: /Filter by name/ }).fill('转移');
    },
  },
  { name: 'read-1100', sources: 9, width: 1100, act: openRead },
  { name: 'read-800', sources: 9, width: 800, act: openRead },
  { name: 'read-text200', sources: 9, textSize: 200, act: openRead },
  { name: 'command', act: typeCommand('') },
  { name: 'command-found', act: typeCommand('land') },
  { name: 'command-chinese', act: typeCommand('轉移就業') },
  { name: 'command-none', act: typeCommand('qqq') },
  { name: 'command-start', project: false, act: typeCommand('') },
  { name: 'command-800', width: 800, act: typeCommand('tran') },
  { name: 'command-text200', textSize: 200, act: typeCommand('land') },
  { name: 'command-forced', forcedColours: true, act: typeCommand('land') },
  { name: 'shortcuts-filtered', act: typeShortcut('undo') },
  { name: 'shortcuts-800', width: 800, act: typeShortcut('') },
  { name: 'shortcuts-text200', textSize: 200, act: typeShortcut('') },
  { name: 'settings-800', width: 800, act: async (page) => page.keyboard.press('Control+Comma') },
  { name: 'settings-text200', textSize: 200, act: async (page) => page.keyboard.press('Control+Comma') },
  { name: 'project', act: openProjectSheet },
  { name: 'project-text200', textSize: 200, act: openProjectSheet },
  { name: 'start-text200', project: false, textSize: 200 },
  { name: 'start-forced', project: false, forcedColours: true },
  { name: 'library-forced', sources: 9, forcedColours: true },
  { name: 'library-empty-text200', sources: 0, textSize: 200 },
];

function typeCommand(query: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(query);
  };
}
function typeShortcut(query: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press('Shift+?');
    await page.getByRole('searchbox', { name: /Filter shortcuts/ }).fill(query);
  };
}
async function openProjectSheet(page: Page): Promise<void> {
  await page.getByRole('button', { name: /project menu/ }).click();
  await page.getByRole('menuitem', { name: /Show the project/ }).click();
}

async function openRead(page: Page): Promise<void> {
  await page.getByRole('row', { name: /政府工作报告/ }).dblclick();
  await page.waitForTimeout(200);
}

mkdirSync(folder, { recursive: true });
const shell = await serveShell(built);
const browser = await launchChromium();
let wrong = 0;

for (const shot of SHOTS.filter(({ name }) => name.startsWith(only))) {
  for (const theme of ['light', 'dark'] as const) {
    const complain = (message: string): void => {
      wrong += 1;
      console.error(`${shot.name} ${theme}: ${message}`);
    };
    const page = await openShell(
      browser,
      shell,
      { project: shot.project ?? true, sources: shot.sources ?? 9, codebook },
      { ...shot, theme },
      complain,
    );
    await page.waitForTimeout(300);
    await shot.act?.(page).catch((error: unknown) => complain(String(error)));
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `${shot.name}-${theme}.png`) });
    for (const line of [...(await violationsOf(page)), ...(await overflowOf(page))]) complain(line);
    await page.context().close();
  }
}
await browser.close();
shell.close();
console.log(`${String(wrong)} complaints`);
