import { expect, test } from 'vitest';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('of two unsaved texts on one passage, each press of their count goes to the other one', async () => {
  const journey = new Journey(browserHost);
  const files = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  const { page } = journey;
  await journey.choose([files.notice], () => page.getByRole('button', { name: 'Choose files' }).click());
  await page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await journey.open(/notice\.txt/);
  await journey.mark(QUOTES.notice);
  await page.keyboard.press('h');
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
