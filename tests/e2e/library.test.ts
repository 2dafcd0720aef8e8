import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSources } from '../fixtures/sources.ts';
import { makePdf } from '../support/pdf.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** A project with a report, a page and a note. */
async function atWork(host = browserHost): Promise<Journey> {
  const journey = new Journey(host);
  const files = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  await journey.choose([files.report, files.page, files.notice], () =>
    journey.page.getByRole('button', { name: 'Choose files' }).click(),
  );
  for (const name of [/notice\.txt/, /page\.html/, /report\.pdf/])
    await journey.page.getByRole('row', { name }).waitFor();
  return journey;
}

const labels = async (journey: Journey): Promise<string[]> =>
  (await journey.call('history.list', { limit: 20 })).commits.map(({ label }) => label);
const sourcesOf = async (journey: Journey) =>
  (await journey.call('sources.list', {})).sources.toSorted((a, b) => a.fileName.localeCompare(b.fileName));

test('details of several sources are set by keyboard as one edit, and what was not changed is not written', async () => {
  const journey = await atWork();
  const { page } = journey;
  const [notice, other] = await sourcesOf(journey);
  if (notice === undefined || other === undefined) throw new Error('sources');
  await journey.call('sources.edit', { id: notice.id, patch: { author: 'Li Si', publisher: 'Township 3' } });
  // The button that chose the first sources is gone: their list has the keyboard.
  const sources = page.getByRole('grid', { name: 'Sources' });
  await expect.poll(() => sources.evaluate((list) => list.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Control+a');
  await page.getByText('3 sources', { exact: true }).waitFor();
  await page.getByText('none (2), Township 3 (1)').waitFor();

  await page.keyboard.press('Alt+Enter');
  const author = page.getByRole('textbox', { name: 'Author' });
  await expect.poll(() => author.evaluate((field) => field === document.activeElement)).toBe(true);
  await expect.poll(() => author.getAttribute('placeholder')).toBe('Mixed');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('County government');
  await page.getByText('1 field, 3 sources').waitFor();
  await page.getByText('1 text not saved yet').waitFor();
  await journey.inspect('library-many');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Edited 3 sources').waitFor();
  await expect
    .poll(() => sourcesOf(journey))
    .toMatchObject([
      { publisher: 'County government', author: 'Li Si' },
      { publisher: 'County government', author: null },
      { publisher: 'County government', author: null },
    ]);
  expect((await labels(journey))[0]).toBe('Edit publisher of 3 sources');
  // In a field that is saved, undo is the program's: it doesn't bring back what was typed before.
  const publisher = page.getByRole('textbox', { name: 'Publisher' });
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Undid “Edit publisher of 3 sources”.').first().waitFor();
  await expect.poll(() => publisher.inputValue()).toBe('');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => publisher.inputValue()).toBe('County government');

  // A rating needs a reason, which not every source has.
  await journey.call('history.undo', {});
  await page.getByRole('button', { name: /Unknown Rating/ }).click();
  await page.getByRole('option', { name: /^B/ }).click();
  await page.getByText('Give a reason for the rating: not every selected source has one.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Save to all' }).isDisabled()).toBe(true);
  // What was typed for three sources is for them only: two of them do not get it, and it is there when the three are selected again.
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.keyboard.press('Shift+ArrowUp');
  await page.getByText('2 sources', { exact: true }).waitFor();
  await expect.poll(() => page.getByText(/\b1 field\b/).count()).toBe(0);
  await page.keyboard.press('Control+a');
  await page.getByText('1 field, 3 sources').waitFor();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Official gazette');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Edited 3 sources').waitFor();
  await page.keyboard.press('Escape');
  expect((await sourcesOf(journey)).map(({ grade }) => grade)).toEqual(['B', 'B', 'B']);
});

/** Imports texts, with words that suggest their details. */
async function withNotices(journey: Journey, count: number): Promise<void> {
  const { page } = journey;
  const paths = Array.from({ length: count }, (_, n) => {
    const path = join(journey.folder, `notice-${n}.txt`);
    const text =
      n % 2 === 0
        ? '今年以来，全县转移农村富余劳动力12350人次，组织开展培训。'
        : 'The land of the village was moved to them by the county, which is for the work.';
    writeFileSync(
      path,
      `${n % 2 === 0 ? '关于转移就业工作的通知' : 'Notice on land'}\n发布时间：2022年5月${n + 1}日\n${text}\n`,
    );
    return path;
  });
  await journey.choose(paths, () => page.getByRole('button', { name: 'Import sources' }).click());
  await page.getByRole('row', { name: /notice-0\.txt/ }).waitFor();
}

test('where only the file’s own date is suggested, the key goes to its button, says so, and Enter takes it', async () => {
  const journey = await atWork();
  const { page } = journey;
  const path = join(journey.folder, 'dated.pdf');
  writeFileSync(path, await makePdf([['Work done by the county (fictional)']], { created: new Date('2019-03-04') }));
  await journey.choose([path], () => page.getByRole('button', { name: 'Import sources' }).click());
  await page.getByRole('row', { name: /dated\.pdf/ }).waitFor();
  const dated = async () => (await sourcesOf(journey)).find(({ fileName }) => fileName === 'dated.pdf');
  const { id } = (await dated()) ?? {};
  if (id === undefined) throw new Error('dated.pdf');
  await journey.call('sources.edit', { id, patch: { title: 'Work report', language: 'en' } });
  const { suggestions } = await journey.call('sources.suggestions', { ids: [id] });
  const value = suggestions.find(({ from }) => from === 'file')?.value ?? '';
  expect(value).toMatch(/^\d{4}/);
  await page.getByRole('row', { name: /dated\.pdf/ }).click();
  const use = page.getByRole('button', { name: `Use suggestion ${value}` });
  await use.waitFor();
  for (const key of ['y', 'Shift+Y']) {
    await page.getByRole('grid', { name: 'Sources' }).focus();
    await page.keyboard.press(key);
    await expect.poll(() => use.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByText(`${value} is the file’s own date`).first().waitFor({ state: 'attached' });
  }
  expect(JSON.stringify(await dated())).not.toContain(`"edtf":"${value}"`);
  await page.keyboard.press('Enter');
  await expect.poll(async () => JSON.stringify(await dated())).toContain(`"edtf":"${value}"`);
});

test('suggested details are shown apart, and stored only once they are taken, one at a time or for all', async () => {
  const journey = await atWork();
  const { page } = journey;
  await withNotices(journey, 5);
  const edits = async () => (await labels(journey)).filter((label) => label.startsWith('Edit'));
  const first = async () => (await sourcesOf(journey)).find(({ fileName }) => fileName === 'notice-0.txt');
  await page.getByRole('row', { name: /notice-0\.txt/ }).click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText('“发布时间:2022年5月1日”').waitFor();
  await expect.poll(() => details.locator('.suggestion').count()).toBe(3);
  await journey.inspect('library-suggestions');
  await expect.poll(() => edits()).toEqual([]);
  await page.keyboard.press('y');
  await expect.poll(async () => (await first())?.title).toBe('关于转移就业工作的通知');
  await expect.poll(() => details.locator('.suggestion').count()).toBe(2);
  await details.getByRole('button', { name: 'Use suggestion 2022-05-01' }).click();
  await expect.poll(first).toMatchObject({ language: null, dateOfPublication: { edtf: '2022-05-01', implied: false } });
  await expect.poll(() => edits()).toHaveLength(2);

  await page.getByRole('grid', { name: 'Sources' }).focus();
  await page.keyboard.press('Control+a');
  const many = page.getByRole('region', { name: 'Suggestions' });
  await many.getByText('en (3), zh-Hans (3)').waitFor();
  await many.getByText('Date of publication, 4 sources').waitFor();
  await journey.inspect('library-suggestions-many');
  await page.keyboard.press('Shift+Y');
  await many.waitFor({ state: 'detached' });
  await expect.poll(() => edits()).toHaveLength(3);
  expect((await sourcesOf(journey)).filter(({ fileName }) => fileName.startsWith('notice-'))).toMatchObject(
    ['zh-Hans', 'en', 'zh-Hans', 'en', 'zh-Hans'].map((language, n) => ({
      language,
      dateOfPublication: { edtf: `2022-05-0${n + 1}` },
    })),
  );
});

test('columns are chosen and kept, counts follow the filter, and the most passages come first', async () => {
  const journey = await atWork();
  const { page } = journey;
  const heads = () => page.getByRole('columnheader').allTextContents();
  // Nothing is known of any source yet: the other columns are empty.
  await expect.poll(() => heads()).toEqual(['Source', 'Passages', 'Missing']);
  const [notice] = await sourcesOf(journey);
  if (notice === undefined) throw new Error('sources');
  await journey.call('sources.edit', { id: notice.id, patch: { publisher: 'County', author: 'Li Si' } });
  await expect.poll(heads).toEqual(['Source', 'Publisher', 'Passages', 'Missing']);
  await page.getByRole('button', { name: 'Columns' }).click();
  const choice = page.getByRole('dialog', { name: 'Columns' });
  await choice.getByText('Author', { exact: true }).click();
  await choice.getByText('Missing', { exact: true }).click();
  await journey.inspect('library-columns');
  await page.keyboard.press('Escape');
  await expect.poll(() => heads()).toEqual(['Source', 'Author', 'Publisher', 'Passages']);
  await page.reload();
  await page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await expect.poll(heads).toEqual(['Source', 'Author', 'Publisher', 'Passages']);

  await journey.open(/notice\.txt/);
  await journey.mark('Each household');
  await page.keyboard.press('h');
  await expect.poll(() => journey.passages()).toHaveLength(1);
  await journey.library();
  await page.getByRole('columnheader', { name: 'Passages' }).getByRole('button').click();
  await expect
    .poll(() => page.getByRole('columnheader', { name: 'Passages' }).getAttribute('aria-sort'))
    .toBe('descending');
  await expect.poll(() => page.locator('.grid-body .grid-row').first().textContent()).toContain('notice.txt');
  await page.keyboard.press('/');
  await page.keyboard.type('report');
  await expect.poll(() => page.getByRole('button', { name: 'All sources 1' }).count()).toBe(1);
  await expect.poll(() => page.getByRole('button', { name: 'Not yet coded 1' }).count()).toBe(1);
});

test('a source counts as read once its pages were on screen, or by a key', async () => {
  const journey = await atWork();
  const { page } = journey;
  const unread = (count: number) => page.getByRole('button', { name: `Not read yet ${count}`, exact: true });
  await unread(3).click();
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.keyboard.press('u');
  await unread(2).waitFor();
  await page.getByRole('row', { name: /notice\.txt/ }).waitFor({ state: 'detached' });
  await journey.inspect('library-unread');
  // The report's second page was not on screen.
  await journey.open(/report\.pdf/);
  await page.getByRole('group', { name: 'Page 1' }).waitFor();
  await expect.poll(async () => (await journey.call('sources.readBy', {})).read.length).toBe(1);
  // A page counts if it is on screen when the reader looks, every half second: both pages are, one after the other.
  const turn = ['End', 'Home'];
  const turned = async (): Promise<number> => {
    await page.keyboard.press(turn.reverse()[1] ?? '');
    return (await journey.call('sources.readBy', {})).read.length;
  };
  await expect.poll(turned, { interval: 700 }).toBe(2);
  await journey.library();
  await unread(1).waitFor();
  await journey.open(/page\.html/);
  await expect.poll(async () => (await journey.call('sources.readBy', {})).read.length).toBe(3);
});

test('rows have a menu with the commands on what is selected, by mouse and by key', async () => {
  const journey = await atWork();
  const { page } = journey;
  await page.getByRole('row', { name: /report\.pdf/ }).click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Selected sources' });
  await menu.getByRole('menuitem', { name: /Open/ }).first().waitFor();
  await expect.poll(() => page.getByRole('row', { name: /report\.pdf/ }).getAttribute('aria-selected')).toBe('true');
  await journey.inspect('library-menu');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role') ?? null)).toBe('grid');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+F10');
  await menu.waitFor();
  await expect.poll(() => page.getByText('3 selected').count()).toBe(1);
  await menu.getByRole('menuitem', { name: /Mark sources as read/ }).click();
  await expect.poll(async () => (await journey.call('sources.readBy', {})).read.length).toBe(3);
});

test('one key goes from source to source in the order of the list, and a rating that is not saved is kept', async () => {
  const journey = await atWork();
  const { page } = journey;
  // What is typed for one source is there when one comes back to it.
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('One copy only');
  await page.getByRole('row', { name: /report\.pdf/ }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('');
  await page.getByText('1 text not saved yet').waitFor();
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('One copy only');
  await page.getByRole('button', { name: /Unknown Rating|Not rated Rating/ }).click();
  await page.getByRole('option', { name: /^B/ }).click();
  await page.getByRole('button', { name: 'Set rating' }).click();
  await expect.poll(async () => (await sourcesOf(journey))[0]?.gradeReason).toBe('One copy only');
  await page.getByText('Saved', { exact: true }).waitFor();

  await page.getByRole('columnheader', { name: 'Source' }).getByRole('button').click();
  const names = await page.locator('.grid-body .grid-row').allTextContents();
  const order = names.map((text) => /(notice\.txt|report\.pdf|page\.html)/.exec(text)?.[1] ?? '');
  const opened = async () => {
    const { sources } = await journey.call('sources.list', {});
    const title = await journey.front.textContent();
    return sources.find((one) => title?.includes(one.title ?? one.fileName))?.fileName;
  };
  await journey.open(new RegExp(order[0] ?? ''));
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(opened).toBe(order[1]);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(opened).toBe(order[2]);
  // The list ends; and the tabs one only passed by are closed.
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => opened()).toBe(order[2]);
  await expect.poll(() => page.getByRole('tablist', { name: 'Open sources' }).getByRole('tab').count()).toBe(2);
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(opened).toBe(order[1]);
  await journey.library();
  await expect.poll(() => page.getByRole('row', { selected: true }).textContent()).toContain(order[1]);
});

test('collections group sources: rows are added and taken out, and the list shows one of them', async () => {
  const journey = await atWork();
  const { page } = journey;
  const names = async () =>
    (await journey.call('collections.list', {})).collections.map(({ name, sources }) => `${name} ${sources.length}`);
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Collections of this source' });
  await dialog.getByRole('textbox', { name: 'New collection' }).fill('Gazettes');
  await page.keyboard.press('Enter');
  await expect.poll(names).toEqual(['Gazettes 1']);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('grid', { name: 'Sources' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('l');
  // All rows, and not the words of the window.
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe('');
  const many = page.getByRole('dialog', { name: 'Collections of 3 sources' });
  const isMixed = async (): Promise<boolean> =>
    many.getByRole('checkbox').evaluate((box) => box instanceof HTMLInputElement && box.indeterminate);
  await expect.poll(isMixed).toBe(true);
  await many.getByText('Gazettes (1 of 3)').click();
  await expect.poll(names).toEqual(['Gazettes 3']);
  await journey.inspect('library-collections-dialog');
  await page.keyboard.press('Escape');
  await many.waitFor({ state: 'detached' });
  expect((await labels(journey))[0]).toBe('Add 2 sources to “Gazettes”');

  await page.getByRole('row', { name: /report\.pdf/ }).click();
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByText('Gazettes', { exact: true }).click();
  await expect.poll(names).toEqual(['Gazettes 2']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Gazettes 2' }).click();
  await page.getByRole('row', { name: /report\.pdf/ }).waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(2);
  await journey.inspect('library-collection');
  await page.getByRole('button', { name: 'Collection menu' }).click();
  await page.getByRole('menuitem', { name: 'Rename collection…' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('County gazettes');
  await page.keyboard.press('Enter');
  await expect.poll(names).toEqual(['County gazettes 2']);

  // By keyboard on its row, and by a right click.
  const row = page.getByRole('button', { name: 'County gazettes 2' });
  await row.press('F2');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gazettes');
  await page.keyboard.press('Enter');
  await expect.poll(names).toEqual(['Gazettes 2']);
  await page.getByRole('button', { name: 'Gazettes 2' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Rename collection…' }).waitFor();
  await page.keyboard.press('Escape');

  // In a narrow window they are in the choice of what is shown, and the keyboard keeps a place.
  await page.getByPlaceholder('Filter by title, author or publisher').focus();
  await page.setViewportSize({ width: 1024, height: 768 });
  const choice = page.getByRole('button', { name: /Collection: Gazettes/ });
  await choice.waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('input');
  await journey.inspect('library-collection-narrow');
  await choice.click();
  await page.getByRole('option', { name: 'All sources' }).click();
  await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(3);
  await page.getByRole('button', { name: /All sources/ }).click();
  await page.getByRole('option', { name: 'Collection: Gazettes' }).click();
  await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(2);
  await page.getByRole('button', { name: 'Collection menu' }).waitFor();
});

test('the keyboard’s place is seen on the row or the head, never round the pane; a narrow window keeps the field one is in', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  await journey.newProject('Narrow');
  const { page } = journey;
  const path = join(journey.folder, 'notice.txt');
  writeFileSync(path, 'Each household shall send one person.\n');
  await journey.choose([path], () => page.getByRole('button', { name: 'Choose files' }).click());
  await page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  const grid = page.getByRole('grid', { name: 'Sources' });
  await page.keyboard.press('Shift');
  await grid.focus();
  const drawn = (what: string, property: string): Promise<string> =>
    page.evaluate(
      ([of, name]) => getComputedStyle(document.querySelector(of ?? '') ?? document.body).getPropertyValue(name ?? ''),
      [what, property],
    );
  expect([await drawn('.grid', 'outline-style'), await drawn('.grid-head', 'box-shadow')]).toEqual([
    'none',
    expect.stringContaining('inset'),
  ]);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => drawn('.grid-row[data-current]', 'outline-style')).toBe('solid');
  await expect.poll(() => drawn('.grid-head', 'box-shadow')).toBe('none');

  const field = page.getByRole('textbox', { name: 'Publisher' });
  await field.focus();
  for (const width of [1024, 700, 1024, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expect
      .poll(() => field.evaluate((one) => one === document.activeElement), { message: String(width) })
      .toBe(true);
    await page.locator('.status-bar').getByText('Saved', { exact: true }).waitFor();
  }
});
