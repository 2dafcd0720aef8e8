import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Passage } from '../../shared/model/index.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';
import { Screens } from '../e2e/support/screens.ts';
import { lowerFirst, quoted } from '../../renderer/common/format.ts';

const SURPLUS = '全年实现农村富余劳动力转移就业1.26万人次';
const MEMO = 'Person-times again: compare with 2022.';

/** A person who tags: the actions and checks of each step. */
class Tagging extends Journey {
  constructor() {
    super(browserHost);
  }
  get palette(): Locator {
    return this.page.getByRole('dialog', { name: 'Tag this passage' });
  }
  get dimensions(): Locator {
    return this.page.getByRole('dialog', { name: 'Set dimensions' });
  }
  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Passage' });
  }
  key(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }
  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }
  /** The option the keyboard is on. */
  get at(): Locator {
    return this.page.getByRole('option', { selected: true });
  }
  /** A key as a keyboard with another alphabet sends it. */
  strange(key: string, code: string): Promise<boolean> {
    return this.page.evaluate(
      (init) =>
        !(document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }),
        ),
      { key, code },
    );
  }
  /** A key that an input method takes for itself. */
  composed(key: string, code: string): Promise<boolean> {
    return this.page.evaluate(
      (init) =>
        !(document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { ...init, isComposing: true, keyCode: 229, bubbles: true, cancelable: true }),
        ),
      { key, code },
    );
  }
  async passage(exact: string): Promise<Passage> {
    const { passages } = await this.call('passages.list', {});
    const found = passages.find(({ anchor }) => anchor.kind === 'text' && anchor.exact === exact);
    if (found === undefined) throw new Error(`There is no passage “${exact}”.`);
    return found;
  }
  /** Codes of a passage with who put them there, one's own as “me”. */
  async tags(exact: string): Promise<string[]> {
    const { categories } = await this.call('codebook.get', {});
    const { person } = await this.call('app.state', {});
    const { people } = await this.call('project.info', {});
    const { tags } = await this.passage(exact);
    return tags
      .map((tag) => {
        const code = categories.find(({ id }) => id === tag.category)?.code ?? '?';
        const by = tag.person === person.id ? 'me' : (people.find(({ id }) => id === tag.person)?.name ?? '?');
        return `${code} ${by}`;
      })
      .toSorted();
  }
  /** Goes on from passage to passage until the inspector shows this one. */
  async goTo(exact: string): Promise<void> {
    const quote = this.inspector.locator('.quote');
    for (let steps = 0; steps < 60; steps += 1) {
      if ((await quote.count()) > 0 && (await quote.textContent()) === exact) return;
      const before = (await quote.count()) > 0 ? await quote.textContent() : null;
      await this.key('j');
      await this.page.waitForFunction(
        (was) => (document.querySelector('.inspector .quote')?.textContent ?? null) !== was,
        before,
      );
    }
    throw new Error(`J never comes to “${exact}”.`);
  }
}

test('an evening of tagging: by shortcuts, codes, terms and numbers, with dimensions, memos, quotations and the trash', async () => {
  const desk = new Tagging();
  await desk.startInSample();
  const { page } = desk;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const screens = new Screens(page);
  await desk.open(/work-report\.pdf/);
  await desk.inspector.getByText('Click a passage').waitFor();
  await screens.look('inspector-no-passage');
  await desk.goTo(SURPLUS);
  await screens.look('inspector-passage');
  // What is set of the dimensions has a row each; all others share one line, below the translation and the memos.
  const sections = await desk.inspector.locator('section').evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
  expect(sections.indexOf('Dimensions')).toBeGreaterThan(sections.indexOf('Translation'));
  await expect.poll(() => desk.inspector.getByText(/^Not set: Geography, /).count()).toBe(1);
  await expect.poll(() => desk.tags(SURPLUS)).toEqual(['FIG.ACT A. Lindqvist', 'GRP.SURPLUS A. Lindqvist']);

  // Whose work it is that moves is said, once a passage, and can be undone where it is said.
  const notices = page.locator('.notices');
  await desk.key(']');
  await notices.getByText('Adjusted a passage that A. Lindqvist tagged.').waitFor();
  await screens.look('others-passage-moved');
  await desk.key(']');
  const further = (): Promise<boolean> =>
    desk
      .passages()
      .then((all) => all.some(({ exact }) => exact.startsWith(SURPLUS) && exact.length > SURPLUS.length + 1));
  await expect.poll(further).toBe(true);
  await expect.poll(() => notices.getByText('Adjusted a passage').count()).toBe(0);
  await desk.key('Control+z');
  await expect.poll(further).toBe(false);
  await desk.key('Control+z');
  await page.waitForFunction((exact) => document.querySelector('.inspector .quote')?.textContent === exact, SURPLUS);

  // The palette: what others put there is named; Enter tags, Shift Enter tags and stays for the next word.
  await desk.key('t');
  await desk.palette.getByText('A. Lindqvist').first().waitFor();
  // An Enter too early neither takes a tag off nor agrees with a colleague unseen.
  await expect.poll(() => desk.at.getByText('A. Lindqvist').count()).toBe(0);
  await screens.look('palette');
  await desk.type('关停');
  await desk.type('x');
  await desk.palette.getByText('No matching categories.').waitFor();
  for (let letters = 0; letters < 3; letters += 1) await desk.key('Backspace');
  // A category that is missing is made here, but not by an Enter that follows a mistyped code.
  await desk.type('Village levies');
  await desk.palette.getByText('Create “Village levies”').waitFor();
  await desk.key('Enter');
  await desk.palette.waitFor();
  await desk.key('ArrowDown');
  await screens.look('palette-new-category');
  await desk.key('Shift+Enter');
  await expect.poll(() => desk.tags(SURPLUS)).toContain('VILLAGE me');
  await desk.type('village lev');
  await desk.at.getByText('Village levies').waitFor();
  await desk.key('Shift+Enter');
  await expect.poll(() => desk.tags(SURPLUS)).toHaveLength(2);
  await desk.type('aim.c');
  await desk.at.getByText('CONS', { exact: true }).waitFor();
  await desk.key('Shift+Enter');
  await expect.poll(() => desk.tags(SURPLUS)).toContain('AIM.CONS me');
  await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('');
  // While an input method composes, Enter, Escape and Tab are its own.
  await desk.type('转移');
  await desk.at.locator('[lang^="zh"]').first().waitFor();
  for (const key of ['Enter', 'Escape', 'Tab']) expect(await desk.composed(key, key)).toBe(false);
  await desk.palette.waitFor();
  await expect.poll(() => desk.tags(SURPLUS)).toHaveLength(3);
  await screens.look('palette-chinese');
  for (let letters = 0; letters < 2; letters += 1) await desk.key('Backspace');
  // One agrees with a colleague: the same category, a tag of one's own beside theirs.
  await desk.type('fig.act');
  await desk.key('Enter');
  await desk.palette.waitFor({ state: 'detached' });
  await expect.poll(() => desk.tags(SURPLUS)).toContain('FIG.ACT me');
  await expect.poll(() => desk.tags(SURPLUS)).toContain('FIG.ACT A. Lindqvist');
  await desk.inspector.getByText('Nour').first().waitFor();

  // Recent categories are on the number keys. T and the same category removes the tag.
  await desk.key('t');
  await desk.type('aim.cons');
  await desk.key('Alt+Digit5');
  await desk.key('Enter');
  await expect.poll(() => desk.tags(SURPLUS)).not.toContain('AIM.CONS me');
  await desk.key('5');
  await expect.poll(() => desk.tags(SURPLUS)).toContain('AIM.CONS me');

  // Keys go by where they lie, so that they work under a Russian, an Arabic and a Uyghur keyboard; none while one composes.
  expect(await desk.composed('t', 'KeyT')).toBe(false);
  for (const letter of ['е', 'ف', 'ت']) {
    expect(await desk.strange(letter, 'KeyT')).toBe(true);
    await desk.palette.waitFor();
    await desk.key('Escape');
    await desk.palette.waitFor({ state: 'detached' });
  }

  // Dimensions, in the same list with the same keys.
  await desk.key('Shift+T');
  await desk.dimensions.waitFor();
  await screens.look('palette-dimensions');
  await desk.type('kashgar');
  await desk.key('Shift+Enter');
  await desk.type('primary official');
  await desk.key('Enter');
  await desk.dimensions.waitFor({ state: 'detached' });
  const { person } = await desk.call('app.state', {});
  const mine = async () => (await desk.passage(SURPLUS)).settings.filter((one) => one.person === person.id).length;
  await expect.poll(mine).toBe(2);

  // A memo is not lost by Escape, and Enter in it belongs to the input method.
  await desk.key('m');
  const memo = desk.inspector.getByRole('textbox', { name: 'Memo on this passage' });
  await memo.waitFor();
  await desk.type(MEMO);
  expect(await desk.composed('Escape', 'Escape')).toBe(false);
  await desk.key('Escape');
  await desk.key('j');
  await desk.key('k');
  await expect.poll(() => memo.inputValue()).toBe(MEMO);
  await memo.focus();
  await desk.key('Control+Enter');
  await memo.waitFor({ state: 'detached' });
  await desk.inspector.getByText(MEMO).waitFor();
  await screens.look('inspector-two-people');

  // A copied quotation names its source.
  await page.getByRole('document').first().focus();
  await desk.key('Control+Shift+KeyC');
  await page.getByText('Quotation copied.').first().waitFor();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const html = item === undefined ? '' : await (await item.getType('text/html')).text();
    return { html, plain: await navigator.clipboard.readText() };
  });
  expect(copied.plain).toMatch(
    new RegExp(
      `^“${SURPLUS}”\n.*18 January 2024, p\\. 1, https://liuquan\\.example.*captured 2024-02-06, sha256 [0-9a-f]{64}$`,
    ),
  );
  expect(copied.html).toContain('<blockquote lang="zh-Hans" dir="auto">');

  // The passage is moved to the trash, and found there with its tags; undo names what it undoes.
  const code = page.locator(`[data-passages~="${(await desk.passage(SURPLUS)).id}"]`);
  await desk.key('Delete');
  await code.waitFor({ state: 'detached' });
  await notices.getByText('Moved a passage that A. Lindqvist tagged to the trash.').waitFor();
  await notices.getByRole('button', { name: 'Undo', exact: true }).click();
  await notices.getByText('Undid “Move passage to trash”.').waitFor();
  // The answer comes before the list is read again.
  await code.waitFor();
  await desk.goTo(SURPLUS);
  await desk.key('Delete');
  await expect.poll(() => desk.passages().then((all) => all.some(({ exact }) => exact === SURPLUS))).toBe(false);
  await desk.key('Control+KeyK');
  await page.getByRole('combobox').fill('show trash');
  await desk.at.getByText('Show trash').waitFor();
  await desk.key('Enter');
  const removed = page.getByRole('row', { name: new RegExp(SURPLUS) });
  await removed.click();
  await screens.look('trash');
  await page.getByRole('button', { name: /^Restore/ }).click();
  await page.getByText('The trash is empty').waitFor();
  await screens.look('trash-empty');
  await expect.poll(() => desk.tags(SURPLUS)).toContain('FIG.ACT me');
  expect((await desk.passage(SURPLUS)).memos.map(({ text }) => text)).toContain(MEMO);

  // The next day it can still be undone, edit by edit.
  const { undo } = await desk.call('history.state', {});
  await desk.quit();
  await desk.start();
  await desk.page.getByRole('button', { name: /^Liuquan 2023/ }).click();
  await desk.page.getByRole('button', { name: `Undo ${lowerFirst(undo ?? '?')}` }).waitFor();
  await desk.key('Control+KeyZ');
  await desk.page
    .getByText(`Undid ${quoted(undo ?? '?')}.`)
    .first()
    .waitFor();
  await expect.poll(() => desk.passages().then((all) => all.some(({ exact }) => exact === SURPLUS))).toBe(false);
  expect(screens.wrong).toEqual([]);
});
