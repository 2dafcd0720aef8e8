import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('passages are counted by place; a count opens its passages, and a name that several places bear is decided once', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  // The sample’s places are made up, so the team adds them: in a prefecture and in another province. One name means two.
  const county = await journey.call('places.add', { name: 'Liuquan', parent: 'xj-hotan-pref' });
  await journey.call('places.addName', { place: county.id, text: '柳泉' });
  await journey.call('places.add', { name: '转移', parent: 'cn-hubei' });
  for (const parent of ['xj-lop-co', 'xj-qira-co']) await journey.call('places.add', { name: '培训', parent });
  await page.keyboard.press('Alt+8');
  await page.getByRole('radio', { name: 'Places' }).click();
  const region = page.getByRole('region', { name: 'Places' });
  await region.waitFor();
  await region.locator('[data-place]').first().waitFor();
  await journey.inspect('evidence-places');
  const first = region.locator('[data-place]').first();
  const { places } = await journey.call('evidence.places', {});
  const save = async (format: string, file: string): Promise<string> => {
    await region.getByRole('button', { name: 'Save the chart' }).first().click();
    const path = await journey.save(file, () => page.getByRole('menuitem', { name: format }).click());
    return readFileSync(path, 'utf8');
  };
  const csv = await save('Its numbers (CSV)', 'Liuquan 2023 (fictional sample), places.csv');
  for (const { place, total, own, sources, origins } of places)
    expect(csv).toMatch(new RegExp(`${place},.*,${[total, own, sources, origins].join()},`));
  expect(await save('Drawing (SVG)', 'Liuquan 2023 (fictional sample), places.svg')).toContain('Liuquan');
  const tiles = region.getByRole('figure', { name: / has the most, |^No county has a passage/ });
  await tiles.getByRole('button', { name: 'Save the chart' }).click();
  const picture = await journey.save('Liuquan 2023 (fictional sample), counties as tiles.svg', () =>
    page.getByRole('menuitem', { name: 'Drawing (SVG)' }).click(),
  );
  expect(readFileSync(picture, 'utf8')).toContain('Lop County');
  await page.getByRole('radio', { name: 'Origins', exact: true }).click();
  await region.getByRole('heading', { name: 'Origins by place' }).waitFor();
  const together = page.getByRole('figure', { name: /^Most often together: / });
  if ((await journey.call('evidence.places', {})).pairs.length > 0)
    await together.locator('[data-mark]').first().waitFor();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Passages of the mark' });
  await drawer.getByText(`${String(places[1]?.total)} passage`).waitFor();
  expect(places.length).toBeGreaterThan(1);

  const asked = region.getByRole('button', { name: 'Choose which place 培训 is' });
  await asked.click();
  await page.getByRole('menuitem', { name: '培训' }).first().click();
  await asked.waitFor({ state: 'detached' });
  expect((await journey.call('places.choices', {})).choices.length).toBeGreaterThan(0);
  await page.keyboard.press('Control+z');
  await asked.waitFor();

  const { total } = await journey.call('evidence.rows', { query: 'place:和田地区', count: 0 });
  await page.getByRole('searchbox', { name: 'Filter of the evidence' }).fill('place:和田地区');
  await page.keyboard.press('Enter');
  await page
    .locator('.evidence-counts')
    .getByText(`${String(total)} of`)
    .waitFor();
});
