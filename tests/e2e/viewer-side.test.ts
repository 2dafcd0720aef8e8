import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withOutline } from '../support/outline.ts';
import { linesOf, makePdf } from '../support/pdf.ts';
import { violationsOf } from '../support/shell/shell.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const PAGES = 120;
const OUTLINE = [
  { title: 'Work of the year', page: 1, children: [{ title: 'Transfer', page: 2, top: 400 }] },
  { title: '第二章 转移就业', page: 40, children: [{ title: 'In numbers', page: 60 }] },
  { title: 'No place at all' },
];

test('beside a PDF, thumbnails and outline work by key and pointer, and follow the current page', async () => {
  const reading = new Side();
  await reading.begin();
  await smallPages(reading);
  await turned(reading);
  await outline(reading);
});

async function smallPages(reading: Side): Promise<void> {
  const { page } = reading;
  await page.keyboard.press('KeyO');
  await reading.pages.waitFor();
  await reading.painted(1, 2, 3);
  await expect.poll(() => reading.focus()).toContain('pdf-view');
  // The small page's name has the number of its passages and their codes.
  await reading.mark('Page 1 of the yearbook');
  await reading.tag('quota');
  await page.getByRole('option', { name: /^Page 1, 1 passage, [A-Z]{3} 1$/ }).waitFor();

  await reading.small(3).click();
  await reading.isOn(3);
  await expect.poll(() => reading.focus()).toContain('small-pages');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
  await expect.poll(() => reading.chosen()).toBe(4);
  await reading.isOn(3);
  await page.keyboard.press('Enter');
  await reading.isOn(4);
  await page.keyboard.press('End');
  await expect.poll(() => reading.chosen()).toBe(PAGES);
  await reading.painted(PAGES, PAGES - 1);
  await page.keyboard.press('PageUp');
  await expect.poll(() => reading.chosen()).toBeLessThan(PAGES - 1);
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await reading.isOn(PAGES);
  await page.keyboard.press('Home');
  await expect.poll(() => reading.chosen()).toBe(1);
  await reading.small(1).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => reading.focus()).toContain('pdf-view');

  // The small page follows the large one, and what was chosen by key before is forgotten.
  await reading.goTo(70);
  await expect.poll(() => reading.chosen()).toBe(70);
  await reading.painted(70);
  await expect.poll(() => page.locator('.small-page').count()).toBeLessThan(25);
  await expect.poll(() => violationsOf(page)).toEqual([]);
}

/** Turned pages are turned small, too, and none lies over another: what is said beside a page may be taller than it. */
async function turned(reading: Side): Promise<void> {
  const { page } = reading;
  await reading.goTo(1);
  await reading.turn();
  await expect
    .poll(() =>
      reading
        .small(1)
        .locator('canvas')
        .evaluate((canvas: HTMLCanvasElement) => canvas.width - canvas.height),
    )
    .toBeGreaterThan(0);
  await expect.poll(() => reading.overlaps()).toEqual([]);
  const beside = await reading.widthOfPage(1);
  await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
  // One pane is shown, and the page has the whole window.
  await expect.poll(() => reading.widthOfPage(1)).toBeGreaterThan(beside);
  await expect.poll(() => reading.overlaps()).toEqual([]);
  await page.evaluate(() => void (document.documentElement.style.fontSize = ''));
  // All panes are there again, and the page has what they leave of the window. It is as wide before it is turned again.
  await expect.poll(async () => [await reading.widthOfPage(1), await reading.isWide(1)]).toEqual([beside, true]);
  for (let quarters = 0; quarters < 3; quarters += 1) await reading.turn();
  await reading.isOn(1);
}

async function outline(reading: Side): Promise<void> {
  const { page } = reading;
  await page.getByRole('tab', { name: 'Pages' }).focus();
  await page.keyboard.press('ArrowRight');
  const tree = page.getByRole('tree', { name: 'Outline' });
  await expect
    .poll(() => reading.lines())
    .toEqual(['Work of the year 1 *', '- Transfer 2', '第二章 转移就业 40', '- In numbers 60', 'No place at all']);
  // Reading on, one comes to the next entry; a folded one is stood for by what it lies in.
  await reading.goTo(75);
  await expect.poll(() => reading.lines()).toContain('- In numbers 60 *');
  await tree.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(() => reading.lines())
    .toEqual(['Work of the year 1', '- Transfer 2', '第二章 转移就业 40 *', 'No place at all']);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => reading.lines()).toContain('- Transfer 2 *');
  await expect.poll(() => reading.partOfPage(2)).toBeCloseTo((842 - 400) / 842, 1);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => reading.pageField()).toBe('2');
  await page.getByRole('treeitem', { name: /第二章/ }).click();
  await reading.isOn(40);
  await page.locator('.outline-fold').nth(2).click();
  await page.getByRole('treeitem', { name: /In numbers/ }).waitFor();
  await reading.isOn(40);
  await expect.poll(() => violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(() => reading.focus()).toContain('pdf-view');
  // A pane that goes while it has the keyboard gives it to the page.
  await tree.focus();
  await page.keyboard.press('KeyO');
  await tree.waitFor({ state: 'detached' });
  await expect.poll(() => reading.focus()).toContain('pdf-view');
}

class Side extends Journey {
  constructor() {
    super(browserHost);
  }

  async begin(): Promise<void> {
    const filler = linesOf(7, 20);
    const pages = Array.from({ length: PAGES }, (_, at) => [`Page ${at + 1} of the yearbook`, ...filler]);
    const path = join(this.folder, 'yearbook.pdf');
    writeFileSync(path, await withOutline(await makePdf(pages, { title: 'Yearbook' }), OUTLINE));
    await this.start();
    await this.newProject('Side');
    await this.choose([path], () => this.page.getByRole('button', { name: 'Choose files' }).click());
    await this.open(/Yearbook/);
    await this.page.locator('.page-box canvas').first().waitFor();
    await this.page.waitForFunction(() => document.activeElement?.className.includes('pdf-view'));
  }
  get pages() {
    return this.page.getByRole('listbox', { name: 'Pages' });
  }
  small(number: number) {
    return this.page.locator(`.small-page[aria-posinset="${number}"]`);
  }
  /** The page the keyboard is on in the list; it is in view. */
  async chosen(): Promise<number> {
    const current = this.page.locator('.small-page[data-current]');
    const [list, box] = [await this.pages.boundingBox(), await current.boundingBox()];
    if (list === null || box === null) throw new Error('No small page is chosen.');
    if (box.y < list.y - 1 || box.y > list.y + list.height) throw new Error('It is not in view.');
    return Number(await current.getAttribute('aria-posinset'));
  }
  async painted(...numbers: number[]): Promise<void> {
    for (const number of numbers) await this.small(number).locator('canvas').waitFor();
  }
  pageField(): Promise<string> {
    return this.page.locator('.page-field input').inputValue();
  }
  async isOn(number: number): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const field = document.querySelector<HTMLInputElement>('.page-field input');
      const small = document.querySelector('.small-page[aria-selected="true"]');
      const isThere = field?.value === wanted;
      return isThere && (document.querySelector('.small-pages') === null || small?.ariaPosInSet === wanted);
    }, String(number));
  }
  async goTo(number: number): Promise<void> {
    await this.page.locator('.page-field input').fill(String(number));
    await this.page.keyboard.press('Enter');
    await this.isOn(number);
    await this.page.waitForFunction(() => document.activeElement?.className.includes('pdf-view'));
  }
  /** Turns the pages by a quarter, and waits until they are: a page that is not drawn yet says nothing of how it lies. */
  async turn(): Promise<void> {
    const wasWide = await this.isWide(1);
    await this.page.keyboard.press('KeyR');
    await this.page.waitForFunction((before) => {
      const box = document.querySelector('.page-box[data-page="1"]');
      return box !== null && box.clientWidth > box.clientHeight !== before;
    }, wasWide);
  }
  isWide(number: number): Promise<boolean> {
    const box = this.page.locator(`.page-box[data-page="${number}"]`);
    return box.evaluate(({ clientWidth, clientHeight }) => clientWidth > clientHeight);
  }
  async widthOfPage(number: number): Promise<number> {
    const box = await this.page.locator(`.page-box[data-page="${number}"]`).boundingBox();
    return box?.width ?? 0;
  }
  /** Small pages whose texts beside them reach into the next page. */
  overlaps(): Promise<string[]> {
    return this.page.locator('.small-page').evaluateAll((all) => {
      const rows = all
        .map((row) => {
          const parts = [...row.querySelectorAll('.small-page-frame, .small-page-side')];
          return {
            of: row.getAttribute('aria-posinset') ?? '',
            top: row.getBoundingClientRect().top,
            bottom: Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)),
          };
        })
        .sort((a, b) => a.top - b.top);
      return rows.filter(({ bottom }, at) => bottom > (rows[at + 1]?.top ?? Infinity)).map(({ of }) => of);
    });
  }
  /** The outline as it is shown: its level in dashes, its page, and a star on the entry one reads in. */
  lines(): Promise<string[]> {
    return this.page.locator('.outline-line').evaluateAll((lines) =>
      lines.map((line) => {
        const level = '- '.repeat(Number(line.getAttribute('aria-level')) - 1);
        const page = line.querySelector('.outline-page')?.textContent;
        const here = line.getAttribute('aria-selected') === 'true' ? ' *' : '';
        return `${level}${line.querySelector('.outline-title')?.textContent}${page === undefined ? '' : ` ${page}`}${here}`;
      }),
    );
  }
  /** How far down a page the window's top is. */
  async partOfPage(number: number): Promise<number> {
    const [view, box] = [
      await this.page.locator('.pdf-view').boundingBox(),
      await this.page.locator(`.page-box[data-page="${number}"]`).boundingBox(),
    ];
    if (view === null || box === null) throw new Error(`Page ${number} is not in view.`);
    return (view.y - box.y) / box.height;
  }
  focus(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.className ?? '');
  }
}
