import { expect, test } from 'vitest';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';
import { passagesShown } from '../e2e/support/reading.ts';

/** A project with a report, a page and a note. */
async function atWork(): Promise<Journey> {
  const journey = new Journey(browserHost);
  const files = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  await journey.choose([files.report, files.page, files.notice], () =>
    journey.page.getByRole('button', { name: 'Choose files' }).click(),
  );
  await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await journey.page.getByRole('row', { name: /page\.html/ }).waitFor();
  await journey.page.getByRole('row', { name: /report\.pdf/ }).waitFor();
  return journey;
}

const labels = async (journey: Journey): Promise<string[]> =>
  (await journey.call('history.list', { limit: 20 })).commits.map(({ label }) => label);

test('undo in a field never changes another one', async () => {
  const journey = await atWork();
  const { page } = journey;
  const field = (name: RegExp) => page.getByRole('textbox', { name });
  const notice = async () =>
    (await journey.call('sources.list', {})).sources.find((one) => one.fileName === 'notice.txt');
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await field(/^Author/).click();
  await page.keyboard.type('Zhang San', { delay: 5 });
  await field(/^Publisher/).click();
  await page.keyboard.type('County Labour Bureau', { delay: 5 });
  await field(/^Language/).click();
  await expect.poll(async () => (await notice())?.publisher).toBe('County Labour Bureau');

  // In a field with unsaved text, undo changes only what was typed in it.
  await page.keyboard.type('zh');
  await page.keyboard.press('Control+z');
  await expect.poll(() => field(/^Language/).inputValue()).toBe('');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => field(/^Language/).inputValue()).toBe('zh');
  await page.keyboard.press('Control+z');
  await expect.poll(() => notice()).toMatchObject({ author: 'Zhang San', publisher: 'County Labour Bureau' });

  // In a field without unsaved text, undo is the program's, and its label names the edit.
  await page.keyboard.press('Control+z');
  await page.getByText('Undid “Edit publisher of notice.txt”.').waitFor();
  await expect.poll(notice).toMatchObject({ author: 'Zhang San', publisher: null });
  await expect.poll(() => field(/^Publisher/).inputValue()).toBe('');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(notice).toMatchObject({ author: 'Zhang San', publisher: 'County Labour Bureau' });

  // Also in a field that was saved and is entered again.
  await field(/^Author/).click();
  await page.keyboard.press('Control+z');
  await expect.poll(notice).toMatchObject({ author: 'Zhang San', publisher: null });
  await page.keyboard.press('Control+z');
  await expect.poll(notice).toMatchObject({ author: null, publisher: null });
  await page.getByRole('row', { name: /report\.pdf/ }).click();
  expect((await labels(journey)).filter((label) => label.startsWith('Edit'))).toEqual([
    'Edit publisher of notice.txt',
    'Edit author of notice.txt',
  ]);
});

test('going to a passage drops the selection, so that a tag goes to what one went to', async () => {
  const journey = await atWork();
  const { page } = journey;
  const selected = page.getByRole('heading', { name: 'Selected text' });
  await journey.open(/notice\.txt/);
  await journey.mark(QUOTES.notice);
  await page.keyboard.press('h');
  await selected.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await journey.mark('Notice');
  await page.keyboard.press('j');
  await selected.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.getSelection()?.toString() ?? '')).toBe('');
  await journey.tag('quota');
  await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.notice, tags: 1 }]);

  // While something is selected, no key acts on the passage.
  await journey.mark('Notice');
  await page.keyboard.press('Delete');
  await journey.tag('cluster');
  await expect
    .poll(() => journey.passages())
    .toEqual([
      { exact: QUOTES.notice, tags: 1 },
      { exact: 'Notice', tags: 1 },
    ]);
});

test('what is selected while a passage is being saved stays selected', async () => {
  const journey = await atWork();
  const { page } = journey;
  await journey.open(/page\.html/);
  await journey.mark(QUOTES.page);
  const selected = Promise.withResolvers<void>();
  await page.route('**/api/passages.create', async (route) => {
    const response = await route.fetch();
    await selected.promise;
    await route.fulfill({ response });
  });
  await journey.tag('quota');
  await journey.mark(QUOTES.pageUyghur);
  selected.resolve();
  await saidIn(journey)
    .getByText(new RegExp(`^Passage created: “${QUOTES.page}”`))
    .waitFor();
  await page.getByRole('complementary', { name: 'Passage' }).getByText(QUOTES.pageUyghur).waitFor();
  await page.getByRole('heading', { name: 'Selected text' }).waitFor();
  await journey.tag('org');
  await expect
    .poll(() => journey.passages())
    .toEqual([
      { exact: QUOTES.page, tags: 1 },
      { exact: QUOTES.pageUyghur, tags: 1 },
    ]);
});

test('a tag is shown while it is being saved, as not saved yet; one that is rejected goes, and undo waits for it', async () => {
  const journey = await atWork();
  const { page } = journey;
  await journey.open(/page\.html/);
  await journey.mark(QUOTES.page);
  await journey.tag('quota');
  await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.page, tags: 1 }]);
  const inspector = page.getByRole('complementary', { name: 'Passage' });
  const unsaved = inspector.locator('.chip.is-unsaved');
  const calls: string[] = [];
  const nameOf = (url: string): string => url.split('/').at(-1) ?? '';
  const held = Promise.withResolvers<void>();
  page.on('request', (request) => calls.push(nameOf(request.url())));
  page.on('response', (response) => calls.push(`${nameOf(response.url())} answered`));
  await page.route('**/api/tags.change', async (route) => {
    await held.promise;
    await route.continue();
  });

  await journey.tag('org');
  await unsaved.getByText('Not saved yet').waitFor({ state: 'attached' });
  await expect.poll(() => unsaved.getByRole('button').isDisabled()).toBe(true);
  await page.locator('.status-bar').getByText('Saving', { exact: true }).waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(() => calls.includes('tags.change')).toBe(true);
  held.resolve();
  await saidIn(journey)
    .getByText(/^Undid “Tag passage/)
    .waitFor();
  await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.page, tags: 1 }]);
  expect(calls.indexOf('history.undo')).toBeGreaterThan(calls.indexOf('tags.change answered'));

  await page.unroute('**/api/tags.change');
  // The palette takes a tag off that it still shows: what was undone has left the window first.
  await expect.poll(() => inspector.locator('.chip').count()).toBe(1);
  const error = { code: 'DISK_FULL', message: 'The disk is full.' };
  const refused = Promise.withResolvers<void>();
  await page.route('**/api/tags.change', async (route) => {
    await refused.promise;
    await route.fulfill({ json: { ok: false, error } });
  });
  await journey.tag('org');
  await unsaved.waitFor();
  refused.resolve();
  await page.locator('.notices').getByText(error.message).waitFor();
  await unsaved.waitFor({ state: 'detached' });
  await expect.poll(() => inspector.locator('.chip').count()).toBe(1);
});

test('keys go into no field that one did not enter', async () => {
  const journey = await atWork();
  const { page } = journey;
  await page.keyboard.press('Control+Shift+f');
  const search = page.getByRole('searchbox', { name: 'Search texts, passages, memos' });
  await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('xylophone');
  await journey.library();
  await journey.open(/notice\.txt/);
  await journey.mark('Notice');
  await page.keyboard.press('h');
  await expect.poll(() => journey.passages()).toHaveLength(1);
  await expect.poll(() => search.inputValue()).toBe('xylophone');
  await journey.library();
  await journey.open(/report\.pdf/);
  await search.waitFor();
  await page.keyboard.type('xyz');
  await expect.poll(() => search.inputValue()).toBe('xylophone');

  await page.keyboard.press('Alt+3');
  const rows = page.getByRole('treegrid', { name: 'Codebook' }).locator('.ledger-item');
  await rows.nth(1).click();
  await page.getByRole('button', { name: 'Edit category' }).click();
  const definition = page.getByRole('textbox', { name: /^Definition/ });
  await definition.waitFor();
  await rows.nth(3).click();
  await definition.waitFor({ state: 'detached' });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[role="treegrid"]') !== null))
    .toBe(true);
});

/** The text that is announced to screen readers. */
const saidIn = (journey: Journey) => journey.page.locator('.live-region');
/** What has the keyboard. */
const focused = (journey: Journey): Promise<string> =>
  journey.page.evaluate(() => {
    const { activeElement } = document;
    return activeElement === null || activeElement === document.body
      ? 'nothing'
      : (activeElement.getAttribute('role') ?? activeElement.localName);
  });

test('without eyes: what a key did is said, with the words, the tags and the place', async () => {
  const journey = await atWork();
  const { page } = journey;
  const said = saidIn(journey);
  await journey.open(/notice\.txt/);
  await expect.poll(() => page.title()).toBe('notice.txt · County · Sourcebook');
  await journey.mark(QUOTES.notice);
  await page.keyboard.press('h');
  await said.getByText(`Passage created: “${QUOTES.notice}”, no tags, 1 of 1`).waitFor();
  await journey.mark('Notice');
  await journey.tag('quota');
  await said.getByText(/^Passage created: “Notice”, .*quota.*, 1 of 2$/i).waitFor();
  await page.keyboard.press('j');
  await said.getByText(`“${QUOTES.notice}”, no tags, 2 of 2`, { exact: true }).waitFor();
  await journey.tag('quota');
  await said.getByText(/^Tagged: .*quota.* “Each household/i).waitFor();
  await page.keyboard.press('1');
  await said
    .getByText(/^Tagged: .*quota.* “Each household/i)
    .first()
    .waitFor();
  await page.keyboard.press(']');
  await page.keyboard.press('Shift+]');
  await page.keyboard.press('Shift+]');
  await said.getByText(/^Passage adjusted: “Each household shall send one person”/).waitFor();
  await page.keyboard.press('m');
  await page.keyboard.type('Compare.');
  await page.getByText('1 text not saved yet').waitFor();
  await page.keyboard.press('Control+Enter');
  await said.getByText('Memo saved').waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  await expect.poll(() => focused(journey)).not.toBe('nothing');
  await page.keyboard.press('Delete');
  await said.getByText(/^Moved to trash: “Each household/).waitFor();
  // Going on from where it was: it was the last one.
  await page.keyboard.press('j');
  await said.getByText('No more passages below').waitFor();
  // Notices are read out by the same region.
  await page.keyboard.press('Control+z');
  await said.getByText(/^Undid “Move passage to trash/).waitFor();
  // The answer comes before the list is read again. K, like J, comes back to what was restored first.
  await expect.poll(() => passagesShown(page)).toBe(2);
  await page.keyboard.press('k');
  await said.getByText(/^“Each household.*, 2 of 2$/).waitFor();
  await page.keyboard.press('k');
  await said.getByText(/^“Notice”, .*, 1 of 2$/).waitFor();
});

test('the keyboard goes where one goes', async () => {
  const journey = await atWork();
  const { page } = journey;
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(journey)).toBe('document');
  await page.keyboard.press('Alt+1');
  await expect.poll(() => focused(journey)).toBe('grid');
  await expect.poll(() => page.getByRole('row', { name: /notice\.txt/ }).getAttribute('aria-selected')).toBe('true');
  await expect.poll(() => page.title()).toBe('Library · County · Sourcebook');
  await page.keyboard.press('Alt+2');
  await expect.poll(() => focused(journey)).toBe('document');
  await page.keyboard.press('Alt+3');
  await expect.poll(() => focused(journey)).toBe('input');
  await page.keyboard.press('Alt+2');
  await expect.poll(() => focused(journey)).toBe('document');

  // In a dialog, too: a button that is disabled by its own act has it no longer, and Escape still closes the dialog.
  await page.keyboard.press('Shift+Slash');
  await page.getByRole('button', { name: /^Change key: Next passage J/ }).click();
  await page.keyboard.press('x');
  const reset = page.getByRole('button', { name: 'Reset keys' });
  await expect.poll(() => reset.isDisabled()).toBe(false);
  await reset.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => reset.isDisabled()).toBe(true);
  await expect.poll(() => focused(journey)).toBe('dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => focused(journey)).toBe('document');

  // A passage, with a comment and a translation.
  await journey.mark(QUOTES.notice);
  await page.keyboard.press('h');
  await page.getByText('1 of 1').first().waitFor();
  await page.keyboard.press('c');
  await page.keyboard.type('Hm');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(journey)).toBe('document');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: /translation/i }).waitFor();
  await page.keyboard.type('One each');
  await page.keyboard.press('Control+Enter');
  await page.locator('.inspector-translation').getByText('One each').waitFor();
  await expect.poll(() => focused(journey)).toBe('document');

  // From the library to a passage, by the palette.
  await page.keyboard.press('Alt+1');
  await expect.poll(() => focused(journey)).toBe('grid');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('household');
  await page
    .getByRole('option', { name: /Each household/ })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page
    .getByRole('option', { name: /Each household/ })
    .first()
    .click();
  await expect.poll(() => focused(journey)).toBe('document');
  await saidIn(journey).getByText(`“${QUOTES.notice}”, no tags, 1 of 1`, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect.poll(() => focused(journey)).not.toBe('nothing');
  await page.getByRole('button', { name: 'Library', exact: true }).click();
  await expect.poll(() => focused(journey)).toBe('grid');

  // A window that is reloaded shows the same place.
  await page.keyboard.press('Alt+2');
  await page.getByRole('complementary', { name: 'Passage' }).locator('.quote').waitFor();
  await expect
    .poll(() => journey.call('view.get', { key: 'place' }))
    .toMatchObject({ value: { place: 'read', passage: expect.any(String) } });
  await page.addInitScript(noteGrids);
  await page.reload();
  await page.getByRole('complementary', { name: 'Passage' }).locator('.quote').waitFor();
  await expect.poll(() => focused(journey)).toBe('document');
  // At once: no other screen is shown, and read, before it.
  expect(await page.evaluate(() => document.documentElement.dataset['grids'])).toBeUndefined();

  // The source beside it in the Library’s list, which wasn’t shown since. Three files are read at once, so the one that is
  // open may be the first that was done, and the list, newest first, ends with it.
  const before = await page.title();
  const [oldest] = (await journey.call('sources.list', {})).sources;
  await page.keyboard.press(oldest?.fileName === 'notice.txt' ? 'Alt+ArrowUp' : 'Alt+ArrowDown');
  await expect.poll(() => page.title()).not.toBe(before);
  await expect.poll(() => page.title()).toMatch(/County/);
});

/** Run in the page, before its own scripts: notes whether a table, such as the Library’s, was ever there. */
function noteGrids(): void {
  new MutationObserver(() => {
    if (document.querySelector('[role="grid"]') !== null) document.documentElement.dataset['grids'] = 'seen';
  }).observe(document, { childList: true, subtree: true });
}

test('a text that is not saved yet is counted at any width, survives a reload, is led to, and an export says it lacks it', async () => {
  const journey = await atWork();
  const { page } = journey;
  await journey.open(/notice\.txt/);
  await journey.mark(QUOTES.notice);
  await page.keyboard.press('h');
  await saidIn(journey)
    .getByText(/^Passage created/)
    .waitFor();
  await page.keyboard.press('m');
  await page.keyboard.type('Compare with 2022.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Library', exact: true }).click();
  await page.getByRole('gridcell').first().click();
  await page.getByRole('grid', { name: 'Sources' }).press('Control+a');
  await page.getByRole('textbox', { name: 'Publisher' }).fill('County government');
  await page.setViewportSize({ width: 1024, height: 768 });
  const unsaved = page.getByRole('button', { name: /^2 texts not saved yet/ });
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await unsaved.waitFor();
  // Drafts are stored after a moment.
  await expect
    .poll(async () => JSON.stringify(await journey.call('view.get', { key: 'memos.drafts' })))
    .toContain('County government');
  await page.reload();
  await unsaved.click();
  await page.getByRole('textbox', { name: 'Memo on this passage' }).waitFor();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Memo on this passage' }).inputValue())
    .toBe('Compare with 2022.');
  // The keyboard goes there, too.
  await expect.poll(() => focused(journey)).toBe('document');
  await unsaved.click();
  await page.getByText('1 field, 3 sources').waitFor();
  await expect.poll(() => focused(journey)).toBe('grid');
  await expect.poll(() => page.getByRole('textbox', { name: 'Publisher' }).inputValue()).toBe('County government');
  await journey.save('County.sbk', () => page.keyboard.press('Control+Shift+e'));
  await page.getByText(/2 texts aren’t saved yet and aren’t in the file\.$/).waitFor();
});
