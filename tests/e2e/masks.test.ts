import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const masksOf = async (journey: Journey) => (await journey.call('masks.list', {})).masks;

test('names are masked with a reason, the same words everywhere, and an area; what goes out is shown, and export is refused until then', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  // The sample's team masked the name beside a passage that is marked as naming a private person: without that it is open.
  await journey.call('masks.remove', { ids: (await masksOf(journey)).map(({ id }) => id) });
  // A refused export says what is to be done, and leads there.
  await page.getByRole('button', { name: 'Exchange with other programs' }).click();
  await page.getByRole('radio', { name: 'Out' }).click();
  await page.getByText(/isn’t masked, so this can’t be exported/).waitFor();
  await page.getByRole('button', { name: 'Show what must be masked' }).click();
  await page.getByRole('complementary', { name: 'What goes out' }).getByText('Export is refused').waitFor();
  await page.getByRole('radio', { name: 'Passages', exact: true }).click();
  // A project file keeps the originals, so it is said to be for teammates first.
  await page.keyboard.press('Control+Shift+e');
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByText(/1 passage marked as naming a private person isn’t masked/).waitFor();
  const exporting = share.getByRole('button', { name: 'Export file' });
  await expect.poll(() => exporting.isDisabled()).toBe(true);
  await journey.inspect('share-unmasked');
  await share.getByText('Replace names with pseudonyms').click();
  await share.getByText(/so mask it here first/).waitFor();
  await share.getByText('Replace names with pseudonyms').click();
  await share.getByText('This file is for teammates who will mask that passage').click();
  await expect.poll(() => exporting.isDisabled()).toBe(false);
  await share.getByRole('button', { name: 'Show what must be masked' }).click();
  await share.waitFor({ state: 'detached' });
  await page.getByRole('complementary', { name: 'What goes out' }).getByText('Export is refused').waitFor();
  await page.getByRole('radio', { name: 'Passages', exact: true }).click();
  await page.getByRole('button', { name: 'Masks', exact: true }).click();
  const list = page.getByRole('complementary', { name: 'Masks' });
  const out = page.getByRole('complementary', { name: 'What goes out' });

  await list.getByText(/Marked as naming a private person/).waitFor();
  await out.getByText('Export is refused').waitFor();
  await journey.inspect('masks-refused');
  await list.getByRole('button', { name: 'Not a private person…' }).first().click();
  const question = page.getByRole('dialog', { name: 'Not a private person' });
  await question.getByRole('textbox').fill('A pseudonym');
  await page.keyboard.press('Enter');
  await list.getByText(/says it names no private person: A pseudonym/).waitFor();
  await out.getByText('Export is refused').waitFor();

  // A reason is asked for once.
  await journey.mark('古丽');
  await page.keyboard.press('w');
  const ask = page.getByRole('dialog', { name: 'Mask', exact: true });
  await ask.getByRole('textbox').fill('Private person');
  await journey.inspect('masks-reason');
  await page.keyboard.press('Enter');
  await ask.waitFor({ state: 'detached' });
  await list.getByRole('button', { name: 'Remove mask 1' }).waitFor();
  await out.getByText('Masked: Private person').waitFor();
  await list.getByText('Next reason: Private person').waitFor();
  await expect.poll(async () => (await masksOf(journey)).length).toBe(1);

  // The same words in all sources, counted first.
  await journey.mark('缝纫技能');
  await page.keyboard.press('=');
  const everywhere = page.getByRole('dialog', { name: 'Mask the same words everywhere' });
  await everywhere.getByRole('button', { name: /^Mask \d+ place/ }).click();
  await everywhere.waitFor({ state: 'detached' });
  await expect.poll(async () => (await masksOf(journey)).length).toBeGreaterThan(1);
  await page.getByRole('radio', { name: 'As exported' }).click();
  await journey.inspect('masks-exported');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('masks-1024');
  await page.setViewportSize({ width: 1440, height: 900 });

  // An edit like any other.
  const before = (await masksOf(journey)).length;
  await list.getByRole('button', { name: 'Remove mask 1' }).click();
  await expect.poll(async () => (await masksOf(journey)).length).toBe(before - 1);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await masksOf(journey)).length).toBe(before);
  await page.getByRole('radio', { name: 'Passages', exact: true }).click();
  await page.getByRole('complementary', { name: 'Passage' }).waitFor();
});

test('an area of a PDF’s page is masked with the mouse, its words with it, and the list is there on a narrow window', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const before = await masksOf(journey);
  await journey.open(/work-report\.pdf/);
  await page.getByRole('button', { name: 'Masks', exact: true }).click();
  const list = page.getByRole('complementary', { name: 'Masks' });
  await list.waitFor();
  const sheet = page.locator('.reader .page-box').first();
  await sheet.locator('canvas').first().waitFor();
  const box = await sheet.boundingBox();
  if (box === null) throw new Error('No page is shown');
  await page.keyboard.press('a');
  await page.mouse.move(box.x + 0.2 * box.width, box.y + 120);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 200);
  await page.mouse.move(box.x + 0.8 * box.width, box.y + 260);
  await page.mouse.up();
  const ask = page.getByRole('dialog', { name: 'Mask', exact: true });
  await ask.getByRole('textbox').fill('A face');
  await page.keyboard.press('Enter');
  await ask.waitFor({ state: 'detached' });
  await expect.poll(async () => (await masksOf(journey)).length).toBe(before.length + 1);
  const made = (await masksOf(journey)).find(({ id }) => !before.some((one) => one.id === id));
  expect(made).toMatchObject({ anchor: { kind: 'area', page: 1 }, reason: 'A face' });
  const { spans } = await journey.call('masks.preview', { source: made?.source ?? never() });
  expect(spans.length).toBeGreaterThan(0);
  await page.getByRole('radio', { name: 'As exported' }).click();
  // A long line of black has no space to break at.
  const excerpts = page.locator('.goes-out-excerpts blockquote');
  await excerpts.first().waitFor();
  expect(await excerpts.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)).toBe(0);
  await journey.inspect('masks-area');
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('button', { name: 'Show masks' }).click();
  await list.getByText('A face', { exact: true }).waitFor();
  await journey.inspect('masks-list-1024');
});

const never = (): never => {
  throw new Error('There is no such mask');
};
