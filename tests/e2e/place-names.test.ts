import { expect, test } from 'vitest';
import { addFile, mark, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('the names of a place are beside the places: the team adds one and withdraws it, adds a place, renames it, and takes a decision back', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const county = await journey.call('places.add', { name: 'Liuquan', parent: 'xj-hotan-pref' });
  await journey.call('places.addName', { place: county.id, text: '柳泉' });
  for (const parent of ['xj-lop-co', 'xj-qira-co']) await journey.call('places.add', { name: '培训', parent });
  const { asked } = await journey.call('evidence.places', {});
  const [name] = asked;
  if (name === undefined) throw new Error('The sample has passages with 培训.');
  await journey.call('places.choose', { sources: name.sources, text: name.text, place: null });
  await page.keyboard.press('Alt+8');
  await page.getByRole('radio', { name: 'Places' }).click();
  const region = page.getByRole('region', { name: 'Places' });
  const row = region.locator('[data-place]', { hasText: /^Liuquan$/ });
  await row.focus();
  await page.keyboard.press('F2');
  const pane = page.getByRole('complementary', { name: 'Place', exact: true });
  await pane.getByRole('heading', { name: 'Liuquan' }).waitFor();
  await pane.getByRole('rowheader', { name: '柳泉', exact: true }).waitFor();
  await journey.inspect('place-names');

  const field = pane.getByRole('textbox', { name: 'Another name' });
  await field.fill('liuquan');
  await page.keyboard.press('Enter');
  await pane.getByText('This place is already known as “liuquan”.').waitFor();
  await field.fill('لىيۇچۈەن');
  await page.keyboard.press('Enter');
  await pane.getByRole('rowheader', { name: 'لىيۇچۈەن' }).waitFor();
  await pane.getByRole('button', { name: /^Withdraw the name .*لىيۇچۈەن/ }).click();
  await pane.getByRole('rowheader', { name: 'لىيۇچۈەن' }).waitFor({ state: 'detached' });

  await pane.getByRole('button', { name: 'Rename place' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Liuquan County');
  await page.keyboard.press('Enter');
  await pane.getByRole('heading', { name: 'Liuquan County' }).waitFor();
  await page.getByText('Undo rename place “Liuquan” to “Liuquan County”').waitFor();
  await pane.press('Escape');
  await pane.waitFor({ state: 'detached' });
  const renamed = region.locator('[data-place]', { hasText: /^Liuquan County$/ });
  await renamed.waitFor();
  await expect.poll(() => renamed.evaluate((one) => one === document.activeElement)).toBe(true);

  await page.getByRole('button', { name: 'Add a place' }).click();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('培训 Camp');
  await dialog.getByRole('textbox', { name: 'Further names' }).fill('培训中心\nCamp 4');
  await journey.inspect('place-add');
  await dialog.getByRole('button', { name: /Kind/ }).click();
  await page.getByRole('option', { name: 'Factory, park, farm or camp' }).click();
  await dialog.getByRole('button', { name: /Located in/ }).click();
  await page.getByRole('option', { name: /^Lop County/ }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await pane.getByRole('heading', { name: '培训 Camp' }).waitFor();
  await pane.getByText('Factory, park, farm or camp · in Lop County').waitFor();
  await pane.getByRole('heading', { name: '3 names' }).waitFor();

  const [two] = (await journey.call('places.own', {})).places.filter((one) => one.name === '培训');
  if (two === undefined) throw new Error('Two places are called 培训.');
  await journey.call('places.addName', { place: county.id, text: '培训' });
  await pane.press('Escape');
  await renamed.focus();
  await page.keyboard.press('F2');
  const takeBack = pane.getByRole('button', { name: /^Take back what .?培训.? means/ }).first();
  const before = (await journey.call('places.choices', {})).choices.length;
  await takeBack.click();
  await expect.poll(async () => (await journey.call('places.choices', {})).choices.length).toBe(before - 1);
  await page.getByText('Undo ask again what “培训” means').waitFor();
});

test('in a read-only project the names of a place are shown, and why they can’t be changed', async () => {
  const { engine, folder } = await testProject();
  const { id } = await addFile(engine, 'note.txt', '于田县的工厂\n');
  await mark(engine, id, '于田县的工厂');
  const journey = new Journey(browserHost);
  // The engine here keeps the project, so that the window has it for reading.
  await journey.start(folder);
  const { page } = journey;
  await page.getByText(/has this project open elsewhere/).waitFor();
  await page.keyboard.press('Alt+8');
  await page.getByRole('radio', { name: 'Places' }).click();
  const region = page.getByRole('region', { name: 'Places' });
  await region.getByRole('button', { name: /^Names of .?Yutian County/ }).click();
  const pane = page.getByRole('complementary', { name: 'Place', exact: true });
  await pane.getByRole('rowheader', { name: 'كېرىيە ناھىيىسى' }).waitFor();
  await pane.getByText('This project is read-only').waitFor();
  await expect.poll(() => pane.getByRole('textbox').count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: 'Add a place' }).isDisabled()).toBe(true);
  await journey.inspect('place-read-only');
  await engine.close();
});
