import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Frame, Locator, Page } from 'playwright-core';
import type { Bridge } from '../../../shared/contract/bridge.ts';
import { TOKEN_HEADER } from '../../../shared/contract/http.ts';
import type { CallInput, CallOutput, RendererCallName } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/errors.ts';
import { ROOT } from '../../support/served-program.ts';
import { violationsOf } from '../../support/shell/shell.ts';
import { nameHome } from '../../support/named.ts';
import { PATIENCE_MS } from '../../support/patience.ts';
import { makeFolder, removeFolder } from '../../support/temp.ts';
import type { Host, Running } from './hosts.ts';
import { copySample, SAMPLE_TITLE } from './sample.ts';

const SHOTS = join(ROOT, 'tests/.tmp/screens');
/** The heading of windows that are locked. */
export const LOCKED = 'Sourcebook is locked';
/** The screens that axe has found nothing on, by test file. */
const INSPECTED = new Set<string>();

/**
 * Somebody at work: one data folder, one folder for projects and exports, and a program that is started, ended and
 * started again. Every request any page makes is noted; when the journey ends, none may have gone anywhere else.
 */
export class Journey {
  readonly host: Host;
  readonly folder: string;
  readonly home: string;
  private readonly first: boolean;
  private running: Running | null = null;
  private requests: string[] = [];
  /** Errors and warnings in the console of its windows. */
  readonly inConsole: string[] = [];

  /** `first`: nobody has entered a name there. */
  constructor(host: Host, first = false) {
    this.host = host;
    this.first = first;
    this.folder = makeFolder('journey-');
    this.home = join(this.folder, 'home');
    mkdirSync(join(this.folder, 'desktop'));
    if (!first) nameHome(this.home);
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await this.photograph(`failed-${task.id}`);
      await this.running?.quit();
      removeFolder(this.folder);
      const strangers = this.requests.filter((url) => !isOwn(url));
      if (strangers.length > 0) throw new Error(`Something left the page: ${strangers.join(', ')}`);
    });
  }

  /** Takes back what was requested so far: for tests that try to get out, and look themselves at what came of it. */
  takeRequests(): string[] {
    return this.requests.splice(0);
  }
  get page(): Page {
    return this.now.page;
  }
  get desktop(): string {
    return join(this.folder, 'desktop');
  }

  async start(project?: string): Promise<void> {
    this.running = await this.host.start(this.home, this.desktop, project, this.first);
    const { page } = this.running;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('pageerror', (error) => {
      throw error;
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.inConsole.push(message.text());
    });
    // The lock has no banner, and a dialog that asks for a passphrase at once hides the one behind it.
    await page
      .getByRole('banner')
      .or(page.getByRole('heading', { name: LOCKED }))
      .or(page.getByRole('dialog'))
      .first()
      .waitFor();
  }
  /** Starts with the project that was open when the program ended: Electron opens it by itself, a browser from the list. */
  async startAgain(title: string): Promise<void> {
    await this.start();
    if (this.host.name === 'browser')
      await this.page
        .getByRole('button', { name: `${title}` })
        .first()
        .click();
    await this.page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  }
  async quit(): Promise<void> {
    await this.running?.quit();
    this.running = null;
  }

  choose(paths: readonly string[], trigger: () => Promise<void>): Promise<void> {
    return this.now.choose(paths, trigger);
  }
  save(name: string, trigger: () => Promise<void>): Promise<string> {
    return this.now.save(name, trigger);
  }

  async openProjectFile(path: string): Promise<void> {
    await this.now.openProjectFile(path);
    await this.page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  }

  /** The folder of a project made in this journey. */
  project(title: string): string {
    const place = this.host.name === 'electron' ? this.desktop : join(this.home, 'projects');
    return join(place, `${title}.sourcebook`);
  }

  /** Presses Tab until what has the focus has this role and is called so, and keeps it: a screen may just be drawn anew. */
  async tabTo(role: 'button' | 'grid' | 'document', name: RegExp): Promise<void> {
    const isThere = async (): Promise<boolean> => {
      const focused = await this.page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return null;
        const called = activeElement.getAttribute('aria-label') ?? activeElement.textContent;
        return { role: activeElement.getAttribute('role') ?? activeElement.localName, called: called.trim() };
      });
      return focused !== null && focused.role === role && name.test(focused.called);
    };
    for (let presses = 0; presses < 60; presses += 1) {
      await this.page.keyboard.press('Tab');
      if (!(await isThere())) continue;
      await this.page.evaluate(twoFrames);
      if (await isThere()) return;
    }
    throw new Error(`Tab never comes to ${String(name)}`);
  }

  /** Drops files from the desktop onto the page, as the system does. */
  async drop(paths: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
    }
    await session.detach();
  }

  async newProject(title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^New project/ }).click();
    await this.page.getByRole('textbox', { name: 'Title' }).fill(title);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('heading', { name: 'Import your first sources' }).waitFor();
  }

  /** Opens the sample from the start screen. It is made first: on a busy machine that takes longer than any answer of a page. */
  async openSample(): Promise<void> {
    await this.page.getByRole('button', { name: /^Open sample/ }).click();
    await this.inSample();
  }
  /** Starts in a copy of the sample, for tests that are not about opening it: making one takes 4 s of processor time. */
  async startInSample(): Promise<void> {
    const folder = this.project(SAMPLE_TITLE);
    await copySample(folder);
    await this.start(folder);
    await this.inSample();
  }
  private async inSample(): Promise<void> {
    await this.page.getByRole('row', { name: /work-report\.pdf/ }).waitFor({ timeout: 60_000 });
  }

  /**
   * Marks a quotation with the mouse, in the page or in a frame of it. Over DevTools: Playwright's own mouse waits, while
   * it drags, for a script in every frame, and frozen pages run none.
   */
  async mark(quote: string): Promise<void> {
    const [from, to] = await this.restingEndsOf(quote);
    const session = await this.page.context().newCDPSession(this.page);
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: Point, buttons: number) =>
      session.send('Input.dispatchMouseEvent', { type, ...at, buttons, button: 'left', clickCount: 1 });
    await send('mousePressed', from, 1);
    await send('mouseMoved', middle, 1);
    await send('mouseMoved', to, 1);
    await send('mouseReleased', to, 0);
    await session.detach();
    // A key pressed before the reader has heard of the selection is meant for the passage one was on.
    await this.page.getByText('Selected text').waitFor();
  }

  /** Opens a source out of the library, and waits until it can be marked. */
  async open(name: RegExp): Promise<void> {
    await this.page.getByRole('row', { name }).dblclick();
    await this.front.waitFor();
    // Its tab is there before the source is read; the reader's keys come with its toolbar.
    await this.page.getByRole('toolbar', { name: 'Source tools' }).first().waitFor();
  }
  /** The tab of the source in front, where the reader is not split. */
  get front(): Locator {
    return this.page.getByRole('tablist', { name: 'Open sources' }).getByRole('tab', { selected: true });
  }
  async library(): Promise<void> {
    await this.page.getByRole('button', { name: 'Library', exact: true }).click();
  }

  /** Tags what is marked, as one does: T, a few letters, Enter. */
  async tag(letters: string): Promise<void> {
    await this.page.keyboard.press('t');
    const palette = this.page.getByRole('dialog', { name: 'Tag this passage' });
    await palette.waitFor();
    await this.page.keyboard.type(letters);
    await this.page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
  }

  /** A call as the page itself makes it. */
  async call<N extends RendererCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const answer = await this.page.evaluate(callFromPage, { name, input, header: TOKEN_HEADER });
    if (answer.ok) return answer.value as CallOutput<N>;
    throw new Error(answer.error.message);
  }

  /** What is marked in the whole project, with the number of tags, in the order it was marked. */
  async passages(): Promise<{ exact: string; tags: number }[]> {
    const { passages } = await this.call('passages.list', {});
    return passages
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map(({ anchor, tags }) => ({ exact: anchor.kind === 'text' ? anchor.exact : 'an area', tags: tags.length }));
  }

  /**
   * axe finds nothing, in either theme. A screen that is the same page on any host is looked at on the first one of a file
   * only: axe takes a second a screen. With `SCREENS` set, both themes are photographed into tests/.tmp/screens; two pictures take
   * as much of the processor as axe, and no test looks at them.
   */
  async inspect(screen: string, isOf: 'any host' | 'this host' = 'any host'): Promise<void> {
    const { testPath = '' } = expect.getState();
    const name = `${testPath} ${isOf === 'any host' ? screen : `${screen} of ${this.host.name}`}`;
    if (INSPECTED.has(name)) return;
    for (const theme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await this.page.evaluate(twoFrames);
      if (process.env['SCREENS'] !== undefined) await this.photograph(`${screen}-${theme}`);
      // What can differ in the dark theme is contrast.
      const found = await violationsOf(this.page, theme === 'light' ? 'all' : 'colours');
      if (found.length > 0) throw new Error(`axe finds, on ${screen} (${theme}):\n${found.join('\n')}`);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    INSPECTED.add(name);
  }

  private async photograph(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.running?.page.screenshot({ path: join(SHOTS, `${name}-${this.host.name}.png`) });
  }

  private get now(): Running {
    if (this.running === null) throw new Error('The program is not running');
    return this.running;
  }

  /** The same once it no longer moves: words that are still being laid out are elsewhere when the drag arrives. */
  private async restingEndsOf(quote: string): Promise<readonly [Point, Point]> {
    for (let last = ''; ;) {
      const ends = await this.endsOf(quote);
      if (JSON.stringify(ends) === last) return ends;
      last = JSON.stringify(ends);
      await this.page.evaluate(twoFrames);
    }
  }

  /** Where a quotation begins and ends, in CSS pixels of the window. */
  private async endsOf(quote: string): Promise<readonly [Point, Point]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      for (const frame of this.page.frames()) {
        if (frame.name() === 'unseen') continue;
        const found = await frame.evaluate(findQuote, quote).catch(() => null);
        if (found !== null) {
          const { x, y } = await offsetOf(frame);
          return [
            { x: found.from.x + x, y: found.from.y + y },
            { x: found.to.x + x, y: found.to.y + y },
          ];
        }
      }
      if (Date.now() > deadline) throw new Error(`“${quote}” is nowhere to be seen`);
      await this.page.waitForTimeout(100);
    }
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Run in the page: the contract, over whichever transport the page has. */
async function callFromPage({
  name,
  input,
  header,
}: {
  name: string;
  input: unknown;
  header: string;
}): Promise<Result<unknown>> {
  const { sourcebook } = window as { sourcebook?: Bridge };
  if (sourcebook !== undefined) return sourcebook.call(name, input);
  const { token } = (await (await fetch('session')).json()) as { token: string };
  const headers = { 'content-type': 'application/json', [header]: token };
  const response = await fetch(`api/${name}`, { method: 'POST', headers, body: JSON.stringify(input) });
  return (await response.json()) as Result<unknown>;
}

/** Run in the page: what React had to draw is drawn. */
function twoFrames(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}

/** Run in the page: the middle of the quotation's first and last character, found across text nodes. */
function findQuote(quote: string): { from: Point; to: Point } | null {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pieces: { node: Text; start: number }[] = [];
  let text = '';
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const { width } = node.parentElement?.getBoundingClientRect() ?? { width: 0 };
    if (width === 0) continue;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  const at = text.indexOf(quote);
  if (at === -1) return null;
  const edge = (offset: number, which: 'first' | 'last'): { x: number; y: number } => {
    const piece = pieces.findLast(({ start }) => start <= offset);
    const range = document.createRange();
    if (piece === undefined) return { x: 0, y: 0 };
    range.setStart(piece.node, offset - piece.start);
    range.setEnd(piece.node, offset - piece.start + 1);
    const box = range.getBoundingClientRect();
    const rtl = getComputedStyle(piece.node.parentElement ?? document.body).direction === 'rtl';
    const toLeft = (which === 'first') !== rtl;
    return { x: toLeft ? box.left + 1 : box.right - 1, y: (box.top + box.bottom) / 2 };
  };
  return { from: edge(at, 'first'), to: edge(at + quote.length - 1, 'last') };
}

async function offsetOf(frame: Frame): Promise<Point> {
  if (frame.parentFrame() === null) return { x: 0, y: 0 };
  const box = await (await frame.frameElement()).boundingBox();
  if (box === null) throw new Error('The frame is not shown');
  return box;
}

/** Our own host, and what never leaves the page. */
const isOwn = (url: string): boolean =>
  /^(app:\/\/main-\d+\/|https:\/\/main-\d+\.app-scheme\.invalid\/|http:\/\/127\.0\.0\.1:\d+\/|data:|blob:|about:)/.test(
    url,
  );
