import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import type { Category, Passage } from '../../shared/model/index.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';
import { lowerFirst, quoted } from '../../renderer/common/format.ts';

/** As `expect.poll`, for what a machine that is busy with other tests takes longer for. */
const soon = <T>(what: () => T) => expect.poll(what);

/** A person who edits a codebook: the actions and checks of each step. */
class Desk {
  readonly journey = new Journey(browserHost);
  get page() {
    return this.journey.page;
  }
  get tree(): Locator {
    return this.page.getByRole('treegrid', { name: 'Codebook' });
  }
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  row(name: RegExp): Locator {
    // While something is dragged, the places between rows are rows, too.
    return this.tree.getByRole('row', { name }).and(this.page.locator('.ledger-item'));
  }
  key(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }
  async category(name: string): Promise<Category> {
    const { categories } = await this.journey.call('codebook.get', {});
    const found = categories.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no category “${name}”.`);
    return found;
  }
  async codesOf(exact: string): Promise<string[] | null> {
    const { passages } = await this.journey.call('passages.list', {});
    const { categories } = await this.journey.call('codebook.get', {});
    const passage = passages.find(({ anchor }: Passage) => anchor.kind === 'text' && anchor.exact === exact);
    return passage?.tags.map((tag) => categories.find(({ id }) => id === tag.category)?.code ?? '?') ?? null;
  }
  /** What the next undo would take back, as it is written at the foot of the window. */
  undoSays(label: string): Promise<void> {
    return this.page.getByRole('button', { name: `Undo ${lowerFirst(label)}` }).waitFor();
  }
  /** Undoes the last edit and checks its label. */
  async undo(label: string): Promise<void> {
    await this.undoSays(label);
    await this.key('Control+KeyZ');
    await this.page
      .getByText(`Undid ${quoted(label)}.`)
      .first()
      .waitFor();
  }
  /** Selects words, and waits until they can be tagged. */
  async select(quote: string): Promise<void> {
    await this.journey.mark(quote);
    await this.page.getByRole('complementary', { name: 'Passage' }).getByText(quote, { exact: true }).waitFor();
    await this.page.getByRole('button', { name: 'Tag: Water rights' }).waitFor();
  }
  /** The position of an element, which may just be rendered again. */
  boxOf(what: Locator): Promise<NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>> {
    return vi.waitUntil(() => what.boundingBox(), { timeout: PATIENCE_MS });
  }
  /** Drags with the mouse onto a row, and returns whether the row was shown as the drop target. */
  async dragOnto(from: { readonly x: number; readonly y: number }, row: Locator): Promise<boolean> {
    const box = await this.boxOf(row);
    const to = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x - 12, from.y + 4, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 5 });
    await mouse.move(to.x + 2, to.y);
    await mouse.move(to.x + 3, to.y);
    const isShown = (await row.getAttribute('data-drop-target')) !== null;
    await mouse.up();
    return isShown;
  }
}

test('a codebook is read, edited, undone and tagged with, by key and by mouse', async () => {
  const desk = new Desk();
  const { journey } = desk;
  await journey.startInSample();
  const { page } = desk;
  await journey.open(/柳泉县2023年/);
  await page.locator('.margin-code').first().waitFor();

  // Found by typing, chosen by key: what it means, and where it was used, over all sources.
  await desk.key('/');
  await page.keyboard.type('land-use');
  await desk.row(/Land-use-rights/).waitFor();
  await soon(() => desk.tree.locator('.match').allInnerTexts()).toEqual(['Land-use']);
  await desk.key('ArrowDown');
  await desk.key('ArrowDown');
  await desk.key('Enter');
  const uses = page.getByRole('grid', { name: 'Passages of Land-use-rights transfer' });
  await uses.waitFor();
  await desk.key('/');
  await desk.key('Escape');
  await desk.row(/Cooperatives/).waitFor();
  await journey.inspect('codebook-detail');
  await uses.focus();
  await desk.key('End');
  await desk.key('Enter');
  await soon(() => journey.front.innerText()).toContain('ئىشقا');
  await page.getByRole('tab', { name: /柳泉县2023年/ }).click();

  // Renamed in its row; Escape lets a name be.
  await desk.row(/Cooperatives/).focus();
  await desk.key('F2');
  await page.keyboard.type('Land cooperatives');
  await desk.key('Enter');
  await desk.row(/Land cooperatives/).waitFor();
  await desk.undo('Rename “Cooperatives” to “Land cooperatives”');
  await desk.row(/COOP Cooperatives/).focus();
  await desk.key('F2');
  await page.keyboard.type('x');
  await desk.key('Escape');
  expect((await desk.category('Cooperatives')).code).toBe('LND.COOP');

  // Moved by key, the keyboard goes with it, also into what was folded.
  const home = (await desk.category('Cooperatives')).parent;
  const levelInHand = () =>
    desk
      .row(/Cooperatives/)
      .and(page.locator(':focus'))
      .getAttribute('aria-level');
  await desk.key('Alt+Shift+ArrowRight');
  await soon(levelInHand).toBe('3');
  expect((await desk.category('Cooperatives')).parent).not.toBe(home);
  await desk.key('Alt+Shift+ArrowLeft');
  await soon(levelInHand).toBe('2');
  expect((await desk.category('Cooperatives')).parent).toBe(home);

  // Added with a name, its meaning written where it is read.
  await desk.key('Alt+Shift+KeyN');
  await page.keyboard.type('Water rights');
  await desk.key('Enter');
  const definition = page.getByRole('textbox', { name: 'Definition' });
  await definition.waitFor();
  await page.keyboard.type('Who may use water.');
  await page.getByRole('textbox', { name: 'Chinese terms' }).fill('水权');
  await desk.key('Enter');
  await desk.undoSays('Edit Chinese terms of “Water rights”');
  await page.getByRole('button', { name: /Shortcut/ }).click();
  await page.getByRole('option', { name: 'Shift W' }).click();
  await journey.inspect('codebook-editor');
  await definition.focus();
  await desk.key('Escape');
  await definition.waitFor({ state: 'detached' });
  await expect
    .poll(() => desk.category('Water rights'))
    .toMatchObject({
      code: 'LND.WATER',
      definition: 'Who may use water.',
      termsZh: [{ term: '水权' }],
      shortcut: 'W',
    });

  // Words are dragged onto a category, a passage by its code; letters and number keys tag.
  await desk.select('农村居民');
  const words = await desk.boxOf(page.locator('.page-drawing .selection').first());
  const middle = { x: words.x + words.width / 2, y: words.y + words.height / 2 };
  expect(await desk.dragOnto(middle, desk.row(/Water rights/))).toBe(true);
  await soon(() => desk.codesOf('农村居民')).toEqual(['LND.WATER']);
  await desk.undo('Tag passage: Water rights');
  await soon(() => desk.codesOf('农村居民')).toBeNull();
  const code = await desk.boxOf(page.locator('.margin-code', { hasText: 'PALT' }));
  await desk.dragOnto({ x: code.x + 12, y: code.y + 8 }, desk.row(/Employment mandate/));
  await desk.undoSays('Tag passage: Employment mandate');
  // Its code has its menu; what is chosen there has the keyboard.
  const tagging = page.getByRole('dialog', { name: 'Tag this passage' });
  await page.locator('.margin-code', { hasText: 'PALT' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Move passage to trash/ }).waitFor();
  await page.getByRole('menuitem', { name: /^Tag/ }).click();
  await tagging.getByRole('combobox').and(page.locator(':focus')).waitFor();
  await desk.key('Escape');
  await tagging.waitFor({ state: 'detached' });
  await desk.select('监测户劳务');
  // Any number of clicks only selects a category. Tagging has a button and a key of its own.
  await desk.row(/Water rights/).click();
  await desk.row(/Water rights/).dblclick();
  await expect.poll(() => desk.codesOf('监测户劳务')).toBeNull();
  await desk.key('Shift+KeyW');
  await soon(() => desk.codesOf('监测户劳务')).toEqual(['LND.WATER']);
  await desk.select('情况明');
  // Lately used: on a key at once.
  await desk.key('1');
  await soon(() => desk.codesOf('情况明')).toEqual(['LND.WATER']);

  // Merged: how many passages, whose, and back again whole.
  await desk.row(/Land-use-rights/).focus();
  await desk.key('Alt+Shift+KeyM');
  await desk.dialog.waitFor();
  await page.keyboard.type('water');
  await desk.key('Enter');
  await desk.dialog.getByText('4 passages will be tagged “Water rights”.').waitFor();
  await journey.inspect('codebook-merge');
  await desk.dialog.getByRole('button', { name: 'Merge into “Water rights”' }).click();
  await page.getByText('Merged: 2 tags moved').first().waitFor();
  await expect.poll(() => desk.category('Land-use-rights transfer')).toMatchObject({ archived: true, passages: 0 });
  await desk.undo('Merge “Land-use-rights transfer” into “Water rights”');
  await expect.poll(() => desk.category('Land-use-rights transfer')).toMatchObject({ archived: false, passages: 2 });
  // A notice is above the page and moves nothing.
  const [foot, bar] = [await desk.boxOf(page.locator('.frame-foot')), await desk.boxOf(page.locator('.status-bar'))];
  expect(foot.height).toBe(bar.height);
  // And one is on what was merged, for the next act.
  await desk
    .row(/Land-use-rights/)
    .filter({ has: page.locator('[data-chosen]') })
    .waitFor();

  // Split: passages are given to the new ones by number.
  await desk.row(/Land-use-rights/).focus();
  await desk.key('Alt+Shift+KeyS');
  await desk.dialog.waitFor();
  await page.keyboard.type('Leases');
  await page.getByRole('textbox', { name: 'Name of category 2' }).fill('Sales');
  await desk.dialog.getByRole('grid', { name: /^Passages of/ }).focus();
  await desk.key('1');
  await desk.key('2');
  await desk.dialog.getByText('2 assigned, 0 unchanged').waitFor();
  await journey.inspect('codebook-split');
  // A press beside it closes nothing, and what Escape closes is there again, until it is given up.
  await page.mouse.click(4, 400);
  // A press beside takes the keyboard out of the dialog for a frame.
  await desk.dialog.locator(':focus').waitFor();
  await desk.dialog.getByText('2 assigned, 0 unchanged').waitFor();
  await desk.key('Escape');
  await page.getByText(/^Your choices are kept/).waitFor();
  await desk.key('Alt+Shift+KeyS');
  await desk.dialog.getByText('2 assigned, 0 unchanged').waitFor();
  await desk.dialog.getByRole('button', { name: 'Split into 2 categories' }).click();
  await desk.row(/Sales/).waitFor();
  await expect.poll(() => desk.category('Leases')).toMatchObject({ code: 'LND.RIGHTS.LEASES', passages: 1 });
  await desk.undo('Split “Land-use-rights transfer” into “Leases” and “Sales”');
  await expect.poll(() => desk.category('Land-use-rights transfer')).toMatchObject({ passages: 2 });

  // Archived, seen where archived ones are shown, and brought back.
  await desk.row(/Water rights/).focus();
  await desk.key('Alt+Shift+KeyA');
  await desk.undoSays('Archive “Water rights”');
  await page.getByRole('button', { name: 'Codebook menu' }).click();
  await page.getByRole('menuitem', { name: 'Show archived categories' }).click();
  await page
    .getByRole('treegrid', { name: 'Archived' })
    .getByRole('row', { name: /Water rights/ })
    .click();
  await page.getByText('Archived: existing tags stay').waitFor();
  await journey.inspect('codebook-archived');
  await page.getByRole('button', { name: 'Unarchive' }).click();
  await desk.row(/Water rights/).waitFor();

  // A county that is missing is added to the values one sets on passages.
  await page.getByRole('button', { name: 'Codebook menu' }).click();
  await page.getByRole('menuitem', { name: /^Dimensions and values/ }).click();
  await desk.dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Liuquan County');
  await desk.dialog.getByRole('textbox', { name: 'Other names' }).fill('柳泉县');
  await page.mouse.click(4, 400);
  // A press beside takes the keyboard out of the dialog for a frame.
  await desk.dialog.locator(':focus').waitFor();
  await desk.key('Escape');
  await page.getByRole('button', { name: 'Codebook menu' }).click();
  await page.getByRole('menuitem', { name: /^Dimensions and values/ }).click();
  await desk.dialog.getByRole('textbox', { name: 'Name', exact: true }).focus();
  await desk.key('Enter');
  await desk.dialog.getByRole('listitem').filter({ hasText: 'Liuquan County' }).waitFor();
  await journey.inspect('codebook-values');
  await desk.key('Escape');
  await desk.undoSays('Add “Liuquan County” to Geography');
});

test('a family’s code of four letters is read whole in the codebook', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  await journey.call('categories.add', { parent: null, category: { code: 'ZZQW', name: 'Own family' } });
  await page.keyboard.press('Alt+3');
  const tree = page.getByRole('treegrid', { name: 'Codebook' });
  await page.keyboard.type('ZZQW');
  const sign = tree.getByRole('row', { name: /Own family/ }).locator('.family-sign');
  await sign.waitFor();
  const widths = await sign.evaluate((one) => {
    const text = document.createRange();
    text.selectNodeContents(one);
    const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(one);
    const padding = Number.parseFloat(paddingInlineStart) + Number.parseFloat(paddingInlineEnd);
    return { text: text.getBoundingClientRect().width, place: one.getBoundingClientRect().width - padding };
  });
  // A browser cuts a text that is wider by a fraction of a pixel.
  expect(widths.text).toBeLessThanOrEqual(widths.place);
});
