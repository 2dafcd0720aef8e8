import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { CDPSession, Page } from 'playwright-core';
import type { DrawnPassage } from '../../../renderer/viewer/types.ts';
import { sharedChromium } from '../browser.ts';
import { corpus } from '../corpus.ts';
import { makeFolder, removeFolder } from '../temp.ts';
import type { PlannedDrag, Viewer } from './page.ts';
import { startViewerServer, type ServedFile, type ViewerServer } from './server.ts';

declare global {
  interface Window {
    viewer: Viewer;
  }
}

const SAMPLE = resolve(import.meta.dirname, '../../../electron/sample/files');
/** Pages of the PDF that the tests create. */
export const LONG_PAGES = 300;

async function longPdf(path: string): Promise<void> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= LONG_PAGES; number++) {
    const sheet = pdf.addPage([595, 842]);
    for (let line = 0; line < 30; line++) {
      const text = `Page ${number}, line ${line}: surplus labour and its transfer.`;
      sheet.drawText(text, { x: 60, y: 770 - line * 24, size: 11, font });
    }
  }
  writeFileSync(path, await pdf.save());
}

function servedFiles(folder: string): Record<string, ServedFile> {
  const garbage = join(folder, 'garbage.pdf');
  writeFileSync(garbage, 'This is no PDF, whatever its name says.');
  const files: Record<string, ServedFile> = {
    long: join(folder, 'long.pdf'),
    chinese: join(SAMPLE, 'work-report.pdf'),
    uyghur: join(SAMPLE, 'notice.pdf'),
    broken: { original: garbage, layerFrom: join(SAMPLE, 'work-report.pdf') },
  };
  if (corpus === null) return files;
  for (const language of ['eng', 'cmn_hans', 'uig_arab']) {
    files[`udhr-${language}`] = join(corpus, `udhr-${language}`, 'page.pdf');
    files[`text-${language}`] = join(corpus, `udhr-${language}`, 'text.txt');
  }
  return { ...files, columns: join(corpus, 'pdf/tracemonkey.pdf'), turned: join(corpus, 'pdf/rotation.pdf') };
}

/** A browser on the viewer's page, with the actions of the tests. */
export class ViewerSession {
  readonly page: Page;
  readonly server: ViewerServer;
  readonly #folder: string;
  readonly #problems: string[] = [];
  #devtools: CDPSession | null = null;

  private constructor(page: Page, server: ViewerServer, folder: string) {
    this.page = page;
    this.server = server;
    this.#folder = folder;
    page.on('pageerror', (error) => this.#problems.push(String(error.stack)));
  }

  static async start(): Promise<ViewerSession> {
    const folder = makeFolder('sourcebook-viewer-');
    await longPdf(join(folder, 'long.pdf'));
    const server = await startViewerServer(servedFiles(folder));
    const context = await (await sharedChromium()).newContext({ viewport: { width: 1100, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const session = new ViewerSession(await context.newPage(), server, folder);
    await session.page.goto(server.url);
    await session.page.waitForFunction(() => window.viewer !== undefined);
    return session;
  }

  /** Closes it; throws uncaught errors of the page. */
  async end(): Promise<void> {
    await this.page.context().close();
    await this.server.close();
    removeFolder(this.#folder);
    if (this.#problems.length > 0) throw new Error(this.#problems.join('\n'));
  }

  /** Opens a PDF; returns its whole text. */
  async openPdf(name: string, zoom = 1): Promise<string> {
    await this.page.evaluate(([file, at]) => window.viewer.openPdf(file, { fit: null, zoom: at }), [
      name,
      zoom,
    ] as const);
    await this.page.waitForFunction(() => window.viewer.ready(1));
    return this.page.evaluate(() => window.viewer.text);
  }

  selected(): Promise<string> {
    return this.page.evaluate(() => {
      const range = window.viewer.view.selection();
      return range === null ? '' : window.viewer.text.slice(range.start, range.end);
    });
  }

  /** The content of the system's clipboard after Ctrl C. */
  async copied(): Promise<string> {
    await this.page.keyboard.press('Control+c');
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** A point inside a character, near its leading edge. */
  async pointOf(name: string, offset: number): Promise<{ x: number; y: number }> {
    const point = await this.page.evaluate(([file, at]) => window.viewer.pointOf(file, at), [name, offset] as const);
    if (point === null) throw new Error(`Character ${offset} of ${name} is not in view.`);
    return point;
  }

  async drag({ from, to }: Pick<PlannedDrag, 'from' | 'to'>): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 2 });
    await mouse.up();
  }

  /** A drag whose events are sent without waiting for each one, which would wait for a frame of the screen. */
  async #swipe({ from, to }: Pick<PlannedDrag, 'from' | 'to'>): Promise<void> {
    const devtools = (this.#devtools ??= await this.page.context().newCDPSession(this.page));
    const { x, y } = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const events = [
      { type: 'mousePressed', ...from, buttons: 1 },
      { type: 'mouseMoved', x, y, buttons: 1 },
      { type: 'mouseMoved', ...to, buttons: 1 },
      { type: 'mouseReleased', ...to, buttons: 0 },
    ] as const;
    await Promise.all(
      events.map((event) => devtools.send('Input.dispatchMouseEvent', { ...event, button: 'left', clickCount: 1 })),
    );
  }

  /** Random drags, forwards and backwards: returns those that did not select exactly what is between their ends. */
  async failedDrags(name: string, zoom: number, turns: number, count: number): Promise<string[]> {
    const text = await this.openPdf(name, zoom);
    for (let turn = 0; turn < turns; turn++) await this.page.evaluate(() => window.viewer.pdf.rotate());
    const planned = await this.page.evaluate(
      ([file, seed, wanted, turn]) => window.viewer.planDrags(file, seed, wanted, turn),
      [name, zoom * 100 + turns, count, turns * 90] as const,
    );
    const failed = planned.length === count ? [] : [`only ${planned.length} of ${count} drags could be planned`];
    for (const [at, one] of planned.entries()) {
      await this.#swipe(at % 3 === 2 ? { from: one.to, to: one.from } : one);
      // A drag that begins on selected words would drag them out of the window, so the selection is cleared.
      const taken = await this.page.evaluate(() => window.viewer.taken());
      const wanted = text.slice(one.start, one.end);
      if (taken !== wanted) failed.push(`${JSON.stringify(wanted)} became ${JSON.stringify(taken)}`);
    }
    return failed;
  }

  /** Random spans in the first page, set in the DOM and read back: returns those that came back different. */
  lostSpans(name: string, text: string, seed: number, count: number): Promise<string[]> {
    const most = this.server.layer(name)?.pages[0]?.end ?? text.length;
    return this.page.evaluate(([own, wanted, end]) => window.viewer.lostSpans(own, wanted, 0, end), [
      seed,
      count,
      most,
    ] as const);
  }
}

/** A passage to be drawn. */
export const passage = (id: string, start: number, end: number, more: Partial<DrawnPassage> = {}): DrawnPassage => ({
  id,
  kind: 'text',
  start,
  end,
  page: 1,
  area: null,
  families: ['trf'],
  codes: ['TRF.ORG'],
  ...more,
});
