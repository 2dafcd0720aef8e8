import { expect, test } from 'vitest';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
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
  await field.waitFor();
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
});
