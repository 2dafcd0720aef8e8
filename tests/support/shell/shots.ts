import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import axe from 'axe-core';
import { launchChromium } from '../browser.ts';
import { FakeHost } from './fake-bridge.ts';
import { IMPORTED } from './fixtures.ts';

/**
 * Pictures of every screen of the shell in both themes, each checked with axe:
 * `node tests/support/shell/shots.ts <built renderer> <codebook.json> <folder for pictures> [name]`.
 */
const [built = 'out/renderer', codebook = '', folder = 'shots', only = ''] = process.argv.slice(2);
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const JOB = 'j';

interface Shot {
  readonly name: string;
  readonly project?: boolean;
  readonly sources?: number;
  readonly width?: number;
  readonly height?: number;
  readonly zoom?: number;
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
  { name: 'library-text200', sources: 40, zoom: 2 },
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
];

async function openRead(page: Page): Promise<void> {
  await page.getByRole('row', { name: /政府工作报告/ }).dblclick();
  await page.waitForTimeout(200);
}

const server = createServer((request, response) => {
  const path = join(resolve(built), new URL(request.url ?? '/', 'http://x').pathname.replace(/\/$/, '/index.html'));
  readFile(path).then(
    (bytes) =>
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes),
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
let violations = 0;

for (const shot of SHOTS.filter(({ name }) => name.startsWith(only))) {
  for (const theme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: { width: shot.width ?? 1440, height: shot.height ?? 900 },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.on('console', (message) =>
      message.type() === 'error' ? console.error(shot.name, message.text()) : undefined,
    );
    page.on('pageerror', (error) => console.error(shot.name, error.message));
    await new FakeHost({ project: shot.project ?? true, sources: shot.sources ?? 9, codebook }).install(page);
    await page.goto(`http://127.0.0.1:${String(port)}/`);
    if (shot.zoom !== undefined)
      await page.addStyleTag({ content: `html{font-size:${String(shot.zoom * 100)}%!important}` });
    await page.waitForTimeout(300);
    await shot.act?.(page).catch((error: unknown) => console.error(shot.name, String(error)));
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `${shot.name}-${theme}.png`) });
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        window as unknown as {
          axe: {
            run: () => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
          };
        }
      ).axe.run();
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html, failureSummary }) => `${html.slice(0, 160)} | ${(failureSummary ?? '').slice(0, 200)}`)
            .join('\n      ')}`,
      );
    });
    violations += found.length;
    for (const line of found) console.error(`${shot.name} ${theme}: ${line}`);
    await context.close();
  }
}
await browser.close();
server.close();
console.log(`${String(violations)} violations`);
