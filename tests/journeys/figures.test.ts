import { expect, test } from 'vitest';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';

const cardsOf = async (journey: Journey) => (await journey.call('figures.cards', {})).figures;

test('figures are found in a source, confirmed, read otherwise and dismissed by key, each undone at once', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  await journey.open(/work-report\.pdf/);
  await page.getByRole('button', { name: 'Figures', exact: true }).waitFor();
  await page.keyboard.press('f');
  const list = page.getByRole('complementary', { name: 'Figures' });
  const card = page.getByRole('complementary', { name: 'Figure', exact: true });
  await list.getByRole('listbox', { name: 'Figures of this source' }).getByRole('option').first().waitFor();
  await card.getByText('Click a figure').waitFor();

  await page.keyboard.press('j');
  await card.getByText('Suggested').waitFor();
  await journey.inspect('figures');
  const first = await card.locator('.figure-words').innerText();
  await page.keyboard.press('y');
  await expect.poll(async () => (await cardsOf(journey)).map(({ state }) => state)).toEqual(['confirmed']);
  // It goes on to the next open one.
  await expect.poll(() => card.locator('.figure-words').innerText()).not.toBe(first);

  await page.keyboard.press('n');
  const why = page.getByRole('dialog', { name: 'Dismiss figure' });
  await why.getByRole('textbox').fill('Not about people');
  await page.keyboard.press('Enter');
  await why.waitFor({ state: 'detached' });
  await expect.poll(async () => (await cardsOf(journey)).length).toBe(2);
  // That too goes on to the next open one, which is read out.
  await card.getByText('Suggested').waitFor();
  await page
    .getByText(/^“.+”, .+, Suggested, \d+ of \d+$/)
    .last()
    .waitFor({ state: 'attached' });
  await page.keyboard.press('e');
  const form = page.getByRole('dialog', { name: 'Edit figure' });
  await form
    .getByRole('combobox', { name: 'Unit' })
    .or(form.getByRole('textbox', { name: 'Unit' }))
    .fill('person');
  await journey.inspect('figures-edit');
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await card.getByText('Edited by a person').waitFor();
  await journey.inspect('figures-edited');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('figures-1024');
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await cardsOf(journey)).length).toBe(2);

  // Words that the rules find no figure in are made one by hand.
  await journey.mark('按月跟踪');
  await page.keyboard.press('w');
  const making = page.getByRole('dialog', { name: 'Make figure' });
  await making.getByText('按月跟踪').waitFor();
  await making.getByRole('textbox', { name: 'Value' }).fill('12');
  await making
    .getByRole('combobox', { name: 'Place' })
    .or(making.getByRole('textbox', { name: 'Place' }))
    .fill('Yutian County (于田县)');
  await journey.inspect('figures-make');
  await page.keyboard.press('Enter');
  await making.waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await cardsOf(journey)).find(({ text }) => text === '按月跟踪')?.place)
    .toBe('xj-yutian-co');
  await card.locator('.figure-words').getByText('按月跟踪').waitFor();
  await journey.inspect('figures-made');
  await page.getByRole('radio', { name: 'Passages', exact: true }).click();
  await page.getByRole('complementary', { name: 'Passage' }).waitFor();
});
