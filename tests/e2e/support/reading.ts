import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { linesOf, makePdf } from '../../support/pdf.ts';
import { browserHost } from './hosts.ts';
import { Journey } from './journey.ts';

const REPORT = 'surplus workers of three villages were placed';
export const NOTICE = 'Each household shall send one person.';
const PAGE = `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>Frozen news (fictional)</title></head>
<body><h1>Frozen news</h1><p>今年转移就业目标１０８％提前完成，全县满意。</p>
${'<p>The county went on with its plan for the year, and nothing else is told of it here, however long one reads.</p>'.repeat(40)}
<p id="deep">A line in the middle of the page.</p>
${'<p>More of the same follows below it, so that there is something to scroll.</p>'.repeat(40)}
<details><summary>More</summary><p>What is folded away: 每户一人</p></details>
<p><a href="https://elsewhere.example/quota?year=2023">Elsewhere</a></p></body></html>`;

/** What one does in the reader, in the words of the story. */
export class Reading extends Journey {
  constructor() {
    super(browserHost);
  }
  /** Three sources of our own: a PDF of three pages, a page, a text. */
  async begin(): Promise<void> {
    const write = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(this.folder, name), content);
      return join(this.folder, name);
    };
    const filler = linesOf(7, 40);
    const pages = [
      ['Work report (fictional)', `By May ${REPORT}`, 'in the satellite factory of the county.', ...filler],
      filler,
      filler,
    ];
    const files = [
      write('report.pdf', await makePdf(pages, { title: 'Work report' })),
      write('page.html', PAGE),
      write('notice.txt', `Notice (fictional)\n\n${NOTICE}\n${'A line of the notice that says little.\n'.repeat(120)}`),
    ];
    await this.start();
    await this.newProject('Reading');
    await this.choose(files, () => this.page.getByRole('button', { name: 'Choose files' }).click());
    await this.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  }
  /** Opens a source out of the library; it has the keyboard then. */
  async openFrom(name: RegExp): Promise<void> {
    await this.library();
    await this.page.getByRole('row', { name }).dblclick();
    await this.page.waitForFunction(
      () => document.activeElement?.closest('.reader :is(.source-host, .frozen-page-host)') instanceof HTMLElement,
    );
  }
  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }
  /** Keys pressed so soon after each other that nothing happens between them. */
  atOnce(
    ...keys: readonly Pick<KeyboardEventInit, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'shiftKey'>[]
  ): Promise<void> {
    return this.page.evaluate((pressed) => {
      for (const key of pressed) {
        const event = new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true });
        (document.activeElement ?? document.body).dispatchEvent(event);
      }
    }, keys);
  }
  get active(): Locator {
    return this.page.locator('.reader[data-active], .reader-sides:not([data-split]) .reader');
  }
  /** What has the keyboard. */
  focus(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.className ?? '');
  }
  /** The frozen page in front. */
  get frozen(): Frame {
    const frame = this.page.frames().find((one) => one.url().includes('/frozen/') && one.name() !== 'unseen');
    if (frame === undefined) throw new Error('No frozen page is shown');
    return frame;
  }
  /** Every side: its tabs' names, the one in front in brackets; the active side with a star. */
  sides(): Promise<string[]> {
    return this.page.locator('.reader').evaluateAll((sides) =>
      sides.map((side) => {
        const names = [...side.querySelectorAll('[role="tab"]')].map((tab) => {
          const [name = ''] = (tab.getAttribute('aria-label') ?? '').split(' ');
          return tab.getAttribute('aria-selected') === 'true' ? `[${name}]` : name;
        });
        return `${side.hasAttribute('data-active') ? '*' : ''}${names.join(' ')}`;
      }),
    );
  }
  /** The wheel over the source, with Ctrl. */
  async wheel(by: number): Promise<void> {
    const box = await this.active.locator('.desk').boundingBox();
    if (box === null) throw new Error('No source is shown');
    await this.page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    await this.page.keyboard.down('Control');
    await this.page.mouse.wheel(0, by);
    await this.page.keyboard.up('Control');
  }
}

/** Types into the find bar, and returns the number of matches and the current one. */
export async function finds(reading: Reading, query: string, answer: string): Promise<void> {
  await reading.press('Control+KeyF');
  await reading.press('Control+KeyA');
  await reading.page.keyboard.type(query);
  await is(reading.page.locator('.find-count'), answer);
}

export async function is(what: Locator, text: string): Promise<void> {
  await expect.poll(() => what.innerText(), { message: text }).toBe(text);
}

export async function zoomIs(reading: Reading, percent: string): Promise<void> {
  await expect.poll(() => reading.active.locator('.zoom-field input').inputValue()).toBe(percent);
}

export async function sidesAre(reading: Reading, ...sides: string[]): Promise<void> {
  await expect.poll(() => reading.sides()).toEqual(sides);
}

export async function marked(reading: Reading, ...exact: string[]): Promise<void> {
  await expect.poll(async () => (await reading.passages()).map((one) => one.exact)).toEqual(exact);
}

/** How many passages are marked in the text that is shown. */
export const passagesShown = (page: Page): Promise<number> =>
  page
    .locator('[data-passages]')
    .evaluateAll((all) => new Set(all.flatMap((one) => (one.getAttribute('data-passages') ?? '').split(' '))).size);
