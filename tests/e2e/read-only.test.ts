import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '../../electron/db/file/lock.ts';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
import { addFile, openFor, somebody, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('a read-only project offers no import, and a screen that is shown takes the keyboard from its button', async () => {
  const { engine, folder } = await testProject();
  await addFile(engine, 'note.txt', '工人自愿参加\n');
  const journey = new Journey(browserHost);
  // The engine here keeps the project, so that the window has it for reading.
  await journey.start(folder);
  const { page } = journey;
  await page.getByText(/has this project open elsewhere/).waitFor();
  await page.getByRole('row', { name: /note\.txt/ }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: /import/i }).count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Import');
  await page.getByRole('option').first().waitFor();
  await expect.poll(() => page.getByRole('option', { name: /^Import (?:sources|a? ?folder)/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Library', exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.closest('main') !== null);
  await engine.close();
});

test('a read-only project offers no act that would only be refused: details and memos are read and copied, nothing is moved or restored', async () => {
  const { engine, folder } = await testProject();
  const kept = await addFile(engine, 'note.txt', '工人自愿参加\n');
  await addFile(engine, 'other.txt', '培训\n');
  const gone = await addFile(engine, 'gone.txt', '转移\n');
  await engine.call('sources.edit', { id: kept.id, patch: { author: 'Zhang', grade: 'B', gradeReason: 'seen' } });
  await engine.call('sources.remove', { ids: [gone.id] });
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await page.getByText(/has this project open elsewhere/).waitFor();
  const none = (role: 'button' | 'menuitem' | 'option', name: RegExp): Promise<void> =>
    expect.poll(() => page.getByRole(role, { name }).count()).toBe(0);
  await page.getByRole('row', { name: /note\.txt/ }).click();
  const author = page.getByRole('textbox', { name: 'Author', exact: true });
  await author.waitFor();
  // It can be read and copied, but not typed into; what is chosen from a list, too.
  for (const label of ['Author', 'Title', 'Date of act', 'Reason'])
    await expect.poll(() => page.getByLabel(label, { exact: true }).getAttribute('readonly')).not.toBeNull();
  await author.selectText();
  expect(
    await author.evaluate(
      (field) =>
        field instanceof HTMLInputElement && field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
    ),
  ).toBe('Zhang');
  expect(await page.getByLabel('Rating', { exact: true }).inputValue()).toMatch(/^B/);
  await none('button', /Move to trash|^Use |Write|New collection/);
  await page.getByRole('row', { name: /note\.txt/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Open/ }).first().waitFor();
  await none('menuitem', /trash|details|collection|suggest/i);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+a');
  await page.getByText('2 sources').first().waitFor();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Author', exact: true }).getAttribute('readonly'))
    .not.toBeNull();
  await none('button', /Move to trash|^Use |Empty/);
  await page.getByRole('button', { name: /^Trash/ }).click();
  await page.getByRole('row', { name: /gone\.txt/ }).click();
  await page.locator('.selection-bar').waitFor();
  await none('button', /Restore/);
  await engine.close();
});

test('in a read-only project no key, command or menu changes anything, and a text that is not saved yet can only be copied', async () => {
  const journey = new Journey(browserHost);
  const files = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  await journey.choose([files.notice], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
  await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await journey.open(/notice\.txt/);
  await journey.mark(QUOTES.notice);
  await journey.tag('quota');
  await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.notice, tags: 1 }]);
  await journey.page.keyboard.press('m');
  await journey.page.getByRole('textbox', { name: 'Memo on this passage' }).fill('Compare with 2022.');
  await journey.page.getByText('1 text not saved yet').waitFor();
  await expect
    .poll(async () => JSON.stringify((await journey.call('view.get', { key: 'memos.drafts' })).value))
    .toContain('Compare with 2022.');
  const comments = journey.page.getByRole('region', { name: /^Comments/ });
  await comments.getByRole('button', { name: /^Comment/ }).click();
  await comments.getByRole('textbox').fill('Is this the county?');
  await journey.page.getByText('2 texts not saved yet').waitFor();
  await expect
    .poll(async () => JSON.stringify((await journey.call('view.get', { key: 'memos.drafts' })).value))
    .toContain('Is this the county?');
  await journey.quit();
  const folder = journey.project('County');
  const engine = await openFor(folder, somebody('Ann'));

  await journey.start(folder);
  const { page } = journey;
  await page.getByText(/has this project open elsewhere/).waitFor();
  const memo = page.getByRole('textbox', { name: 'Memo on this passage' });
  await memo.waitFor();
  expect(await memo.inputValue()).toBe('Compare with 2022.');
  await expect.poll(() => memo.getAttribute('readonly')).not.toBeNull();
  for (const name of [/^Save/, 'Discard'])
    await expect.poll(() => page.getByRole('button', { name }).first().isDisabled()).toBe(true);
  await page.getByText('Not saved yet. This project is read-only, so you can only copy it.').waitFor();
  // So for a comment that was begun.
  await page.getByText('Not sent yet. This project is read-only, so you can only copy it.').waitFor();
  const comment = page.getByRole('region', { name: /^Comments/ }).getByRole('textbox');
  expect(await comment.inputValue()).toBe('Is this the county?');
  await expect.poll(() => comment.getAttribute('readonly')).not.toBeNull();

  const none = (role: 'button' | 'menuitem' | 'option', name: RegExp): Promise<void> =>
    expect.poll(() => page.getByRole(role, { name }).count()).toBe(0);
  await none('button', /^Add category|^Remove tag|^Highlight area/);
  // Its edges have no grips, and what is selected can be copied, not tagged.
  await expect.poll(() => page.locator('.grips circle').count()).toBe(0);
  await page.keyboard.press('Control+f');
  await page.locator('.find-bar input:focus').waitFor();
  await page.keyboard.type('县');
  await page.getByRole('button', { name: /^Next match/ }).waitFor();
  await none('button', /^(?:Tag|Highlight)/);
  await page.keyboard.press('Escape');
  await page.locator('.ledger-item').first().click();
  await page.getByRole('button', { name: 'Close category' }).waitFor();
  await none('button', /^Edit category|^Actions for|^Drag/);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /^Copy quotation/ }).waitFor();
  await none('menuitem', /trash/i);
  await page.keyboard.press('Escape');
  // A menu that closes takes the keys until it is gone, and gives the keyboard back to its button.
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await expect
    .poll(() => page.getByRole('button', { name: 'More' }).evaluate((more) => more === document.activeElement))
    .toBe(true);
  await page.getByRole('document').first().focus();
  for (const key of ['t', 'Shift+t', 'l', 'c', 'e', 'Delete', 'a']) await page.keyboard.press(key);
  await page.getByText(/^“.+” isn’t available: this project is read-only\.$/).waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expect.poll(() => page.getByRole('combobox').count()).toBe(0);

  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox').first();
  for (const [word, refused] of [
    ['tag', /^(?:Tag|Move passage)/],
    ['category', /^(?:Add|Edit|Rename|Merge|Archive|Split) category/],
    ['project', /^(?:Rename project|Close and encrypt)/],
    ['merge', /^Merge from/],
    ['passage', /^(?:Translate|Comment on|Move) passage/],
    ['undo', /^(?:Undo|Redo)/],
  ] as const) {
    await field.fill(word);
    await none('option', refused);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+1');
  await page.getByRole('row', { name: /notice\.txt/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /Open/ }).first().waitFor();
  await none('menuitem', /read/i);
  await engine.close();
});

test('a project that is reopened for editing keeps the source that is read, with its codebook', async () => {
  const { engine, folder } = await testProject();
  await addFile(engine, 'note.txt', '工人自愿参加\n');
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await page.getByText(/has this project open elsewhere/).waitFor();
  await journey.open(/note\.txt/);
  await page.getByRole('treegrid', { name: /codebook/i }).waitFor();
  await engine.close();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await page.getByText(/has this project open elsewhere/).waitFor({ state: 'detached' });
  await journey.mark('工人');
  await journey.tag('quota');
  await expect.poll(() => journey.passages()).toEqual([{ exact: '工人', tags: 1 }]);
});

test('a project that another program takes while it is open says at once that nothing more is saved, and can be reopened', async () => {
  const { engine, folder } = await testProject();
  await addFile(engine, 'note.txt', '工人自愿参加\n');
  await engine.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await journey.open(/note\.txt/);
  await journey.mark('工人');
  await journey.tag('quota');
  const status = page.locator('.status-bar');
  await page.getByRole('button', { name: /^Remove tag/ }).waitFor();
  await status.getByText('Saved', { exact: true }).waitFor();
  // As a sync service does, which doesn’t know what the file is for.
  rmSync(join(folder, 'lock.sqlite'));
  // At once: the window, which looks every two seconds, takes back a lock that nobody has.
  const other = takeLock(folder, { name: 'Bo', since: Date.now() });
  // Nobody writes anything here.
  await page
    .getByRole('alert')
    .getByText(/^Bo has opened this project in another program/)
    .waitFor();
  await status.getByText('Read-only', { exact: true }).waitFor();
  await expect.poll(() => status.getByText('Saved', { exact: true }).count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: /^Remove tag/ }).count()).toBe(0);
  await page.keyboard.press('t');
  await page.getByText(/^“.+” isn’t available: this project is read-only\.$/).waitFor();
  other.release();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await status.getByText('Saved', { exact: true }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: /^Remove tag/ }).count()).toBe(1);
});
