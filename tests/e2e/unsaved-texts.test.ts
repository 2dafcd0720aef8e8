import { expect, test } from 'vitest';
import { DRAFTS_KEY } from '../../shared/contract/project.ts';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
import { addFile, mark, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** Somebody who has just highlighted the quotation of a notice. */
async function atHighlight(): Promise<Journey> {
  const journey = new Journey(browserHost);
  const files = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  await journey.choose([files.notice], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
  await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await journey.open(/notice\.txt/);
  await journey.mark(QUOTES.notice);
  await journey.page.keyboard.press('h');
  return journey;
}

test('of two unsaved texts on one passage, each press of their count goes to the other one', async () => {
  const journey = await atHighlight();
  const { page } = journey;
  await page.getByRole('button', { name: /^Comments: / }).click();
  await page.getByRole('textbox', { name: /comment/i }).fill('Is this the plan?');
  await page.getByRole('button', { name: /^Memo: / }).click();
  await page.getByRole('textbox', { name: 'Memo on this passage' }).fill('Compare with 2022.');
  for (const text of ['Is this the plan?', 'Compare with 2022.', 'Is this the plan?', 'Compare with 2022.']) {
    await page.getByRole('button', { name: /^2 texts not saved yet/ }).click();
    await expect
      .poll(() =>
        page.evaluate(() =>
          document.activeElement instanceof HTMLTextAreaElement ? document.activeElement.value : '',
        ),
      )
      .toBe(text);
  }
});

test('Ctrl Z in a translation takes back what was typed, and in an unchanged one it is the program’s own undo', async () => {
  const journey = await atHighlight();
  const { page } = journey;
  await page.getByText('1 of 1').first().waitFor();
  const field = page.getByRole('textbox', { name: /translation/i });
  const stored = async (): Promise<string[]> => {
    const [passage] = (await journey.call('passages.list', {})).passages;
    return passage?.translations.map(({ text }) => text) ?? [];
  };
  for (const [typed, whole] of [
    ['One each', 'One each'],
    [' house', 'One each house'],
  ] as const) {
    await page.keyboard.press('e');
    await field.waitFor();
    await page.keyboard.type(typed);
    await page.keyboard.press('Control+Enter');
    await expect.poll(stored).toEqual([whole]);
    await field.waitFor({ state: 'detached' });
  }

  await page.keyboard.press('e');
  await field.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('!');
  await page.keyboard.press('Control+z');
  await expect.poll(() => field.inputValue()).toBe('One each house');
  await expect.poll(stored).toEqual(['One each house']);
  await page.keyboard.press('Control+z');
  await page
    .getByText(/^Undid “Edit translation of/)
    .first()
    .waitFor();
  await expect.poll(stored).toEqual(['One each']);
  await expect.poll(() => field.inputValue()).toBe('One each');
  await expect.poll(() => page.getByText(/not saved yet/).count()).toBe(0);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(stored).toEqual(['One each house']);
  await expect.poll(() => field.inputValue()).toBe('One each house');

  // What a notice says is above the Library’s acts on what is selected, also in a narrow window.
  await journey.library();
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await page.keyboard.press('Control+z');
  const notice = page.locator('.notices > .note');
  await notice.getByText(/^Undid/).waitFor();
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 768 });
    await expect
      .poll(async () => {
        const [said, acts] = [await notice.boundingBox(), await page.locator('.selection-bar').boundingBox()];
        return said !== null && acts !== null && said.y + said.height <= acts.y;
      })
      .toBe(true);
  }
});

test('unsaved texts that came with a folder are kept where they belong, but not in place of an own one; both are said', async () => {
  const { engine, folder } = await testProject();
  const source = await addFile(engine, 'report.txt', '流转土地4.8万亩。\n');
  const passage = await mark(engine, source.id, '流转土地');
  const theirs = { [passage.id]: 'Theirs on the passage', [source.id]: 'Theirs on the source' };
  await engine.call('view.set', { key: DRAFTS_KEY, value: theirs });
  await engine.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  const notice = page.getByRole('alert').filter({ hasText: 'comes from another computer or person, with 2 texts' });
  await notice.waitFor();
  await journey.open(/report\.txt/);
  await page.getByRole('document').first().focus();
  await page.keyboard.press('j');
  await page.keyboard.press('m');
  const memo = page.getByRole('textbox', { name: 'Memo on this passage' });
  await memo.fill('Mine');
  await page.getByRole('button', { name: 'Keep as unsaved texts' }).press('Enter');
  await page.getByText('1 text was kept. It isn’t saved yet.').waitFor();
  await page.getByText('2 texts not saved yet').waitFor();
  expect(await memo.inputValue()).toBe('Mine');
  await page.getByRole('alert').filter({ hasText: 'first save or discard yours' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Keep as unsaved texts' }).count()).toBe(0);
  await journey.inspect('texts-of-a-folder');
  await page.getByRole('button', { name: 'Discard', exact: true }).last().press('Enter');
  await page.getByRole('button', { name: 'Keep as unsaved texts' }).press('Enter');
  await expect.poll(() => memo.inputValue()).toBe('Theirs on the passage');
  await page.getByText('comes from another computer or person').waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
});
