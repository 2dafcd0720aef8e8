import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const YEARS = [
  ['yearbook.txt', '2019年于田县转移就业8940人次。2021年于田县转移就业10980人次。2022年于田县转移就业11853人次。'],
  ['media.txt', '2021年于田县转移就业1.2万余人次。2022年于田县转移就业1.19万人次。2022年于田县转移就业1.19万人。'],
  ['report.txt', '2023年于田县转移就业1.26万人次，目标任务1.16万人次。2023年于田县流转土地4.8万亩。'],
] as const;

test('figures of several sources are filtered, compared, converted and set against a reference value', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  const { page } = journey;
  await journey.newProject('Figures');
  const paths = YEARS.map(([name, text]) => {
    const path = join(journey.desktop, name);
    writeFileSync(path, text);
    return path;
  });
  await journey.drop(paths);
  await page.getByRole('row', { name: /report\.txt/ }).waitFor();
  await expect.poll(async () => (await journey.call('sources.list', {})).sources.length).toBe(3);
  for (const { id, layer, fileName } of (await journey.call('sources.list', {})).sources) {
    const text = YEARS.find(([name]) => name === fileName)?.[1] ?? '';
    if (layer === null) throw new Error(`${fileName} has no text`);
    const marked = { kind: 'text', start: 0, end: text.length } as const;
    await journey.call('passages.create', { source: id, layer, marked });
  }

  await page.keyboard.press('Alt+8');
  await page.getByRole('button', { name: 'All figures' }).click();
  const grid = page.getByRole('grid', { name: 'Figures' });
  await grid.getByRole('row', { name: /4\.8万亩/ }).waitFor();
  await page.getByText('9 of 9 figures · 3 sources').waitFor();

  // Sorted by key, the keyboard stays on the head of its column while the rows are read.
  const byValue = grid.getByRole('button', { name: 'Value' });
  await byValue.press('Enter');
  await grid
    .getByRole('columnheader', { name: 'Value', exact: true })
    .and(grid.locator('[aria-sort=ascending]'))
    .waitFor();
  await expect.poll(() => grid.getAttribute('aria-busy')).toBe('false');
  expect(await byValue.evaluate((head) => head === document.activeElement)).toBe(true);
  await grid
    .getByRole('row', { name: /8940人次/ })
    .and(grid.locator('[aria-rowindex="2"]'))
    .waitFor();
  await byValue.press('Enter');
  await byValue.press('Enter');
  await expect.poll(() => grid.getAttribute('aria-busy')).toBe('false');

  // By key: the words say that what is listed is one quantity.
  await page.keyboard.press('f');
  await page.getByRole('searchbox', { name: 'Words of the figures' }).fill('转移就业');
  await page.getByText('8 of 9 figures · 3 sources').waitFor();
  const conflict = page.getByRole('region', { name: 'Conflicts between sources' });
  const apart = conflict.getByText('At least 1,020 person-times apart. Neither figure is changed.');
  await apart.waitFor();
  // The acts don’t touch the words over them.
  const edge = (of: typeof apart, side: 'top' | 'bottom') =>
    of.evaluate((element, name) => element.getBoundingClientRect()[name], side);
  const follow = conflict.getByRole('button', { name: /^Follow yearbook/ });
  expect((await edge(follow, 'top')) - (await edge(apart, 'bottom'))).toBeGreaterThanOrEqual(4);
  await page.getByRole('figure', { name: /figures by year, person-times.*years in conflict: 1/ }).waitFor();
  // Both on one line, the one without an upper end too.
  await conflict.getByRole('img', { name: /yearbook.*10,980, exact; media.*12,000 and up/ }).waitFor();
  // Which source is followed, by key and with a reason: no figure is changed by it.
  await grid.focus();
  await page.keyboard.press('1');
  const following = page.getByRole('dialog', { name: /^Follow yearbook/ });
  await following.getByRole('textbox').fill('The statistics bureau counts itself.');
  await page.keyboard.press('Enter');
  await following.waitFor({ state: 'detached' });
  await conflict.getByText(/follows yearbook.*The statistics bureau counts itself\./).waitFor();
  await grid.getByRole('row', { name: /10980人次.*\bFollowed/ }).waitFor();
  await grid.getByRole('row', { name: /1\.2万余人次.*Not followed/ }).waitFor();
  await page.getByRole('figure', { name: /figures by year, person-times.*years in conflict: 0/ }).waitFor();
  await journey.inspect('figures-table');
  // Charts as tables and back: by key, and said.
  await page.keyboard.press('v');
  await page.getByText('Charts are shown as tables.').waitFor({ state: 'attached' });
  await page.keyboard.press('v');
  await page.getByText('Charts are shown as pictures.').waitFor({ state: 'attached' });
  await page.setViewportSize({ width: 1024, height: 720 });
  const topOf = (name: RegExp) =>
    page.getByRole('button', { name }).evaluate((element) => element.getBoundingClientRect().top);
  // All acts stand on one line, and none alone on a second one.
  await expect.poll(async () => (await topOf(/^For Excel$/)) - (await topOf(/^Export \d/))).toBe(0);
  await journey.inspect('figures-table-1024');
  await page.setViewportSize({ width: 1440, height: 900 });

  // A column that is left out stays out of the view that is saved.
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Kind' }).press('Space');
  await page.keyboard.press('Escape');
  await grid.getByRole('columnheader', { name: 'Kind' }).waitFor({ state: 'detached' });

  // Groups with their counts; what is listed is saved as a view, found again in the rail.
  await page.getByRole('button', { name: /Group by/ }).click();
  await page.getByRole('option', { name: 'year' }).click();
  const tree = page.getByRole('treegrid', { name: 'Figures' });
  await tree.getByRole('row', { name: /2022 3 figures, 2 sources/ }).waitFor();
  await journey.inspect('figures-grouped');
  await page.keyboard.press('Control+s');
  const naming = page.getByRole('dialog', { name: 'Save as a view' });
  await naming.getByRole('textbox').fill('Transfers by year');
  await page.keyboard.press('Enter');
  await naming.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Transfers by year' }).waitFor();
  await page.getByRole('button', { name: 'Back to the evidence' }).click();
  await page.getByRole('button', { name: 'All figures' }).click();
  await page.getByText('9 of 9 figures · 3 sources').waitFor();
  await page.getByRole('button', { name: 'Back to the evidence' }).click();
  await page.getByRole('button', { name: 'Transfers by year', exact: true }).click();
  await tree.getByRole('row', { name: /2022 3 figures, 2 sources/ }).waitFor();
  expect(await tree.getByRole('columnheader', { name: 'Kind' }).count()).toBe(0);
  await page.getByRole('button', { name: /Group by/ }).click();
  await page.getByRole('option', { name: 'Not grouped' }).click();
  await page.getByRole('button', { name: 'Save changes' }).waitFor();

  // A value that nobody can exceed.
  await page.getByRole('button', { name: 'Reference values…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reference values' });
  await dialog.getByRole('button', { name: 'Add a reference value' }).click();
  await dialog.getByRole('textbox', { name: 'What it counts' }).fill('Resident population');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('11000');
  await dialog.getByRole('textbox', { name: /^When/ }).fill('2020');
  await dialog
    .getByRole('combobox', { name: 'Place' })
    .or(dialog.getByRole('textbox', { name: 'Place' }))
    .fill('Yutian County (于田县)');
  await dialog.getByRole('textbox', { name: 'Publication' }).fill('Seventh census');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('row', { name: /Resident population.*11,000 person/ }).waitFor();
  await journey.inspect('figures-references');
  await page.keyboard.press('Escape');
  await grid.getByRole('row', { name: /1\.19万人。.*Too large/ }).waitFor();

  await page.getByRole('button', { name: 'Conversions…' }).click();
  const table = page.getByRole('dialog', { name: 'Conversions' });
  for (const rule of ['1 day = 24 hours', '1 square mile = 640 acres']) await table.getByText(rule).waitFor();
  await table.getByRole('button', { name: 'Turn off hectare to mu' }).click();
  await table.getByText('hectare and mu are not converted').waitFor();
  await journey.inspect('figures-conversions');
  await page.keyboard.press('Escape');

  const saved = await journey.save('figures.csv', () => page.getByRole('button', { name: /^Export 8/ }).click());
  const lines = readFileSync(saved, 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(9);
  expect(lines.join('\n')).toContain('1.2万余人次');

  // Two rows are chosen, of two sources; the operation is chosen, and the relation is recomputed and kept.
  // Which source was imported first, and has the first row, is not known.
  await grid.getByRole('row', { name: /1\.26万人次/ }).click();
  await grid.focus();
  await page.keyboard.press('Space');
  await page.getByText('1.26万人次 is selected. 1 figure is selected.').waitFor({ state: 'attached' });
  await page.keyboard.press('Space');
  await page.getByText('1.26万人次 is not selected any more. No figure is selected.').waitFor({ state: 'attached' });
  await page.keyboard.press('Space');
  await grid.getByRole('row', { name: /11853人次/ }).click({ modifiers: ['Control'] });
  await page.getByRole('button', { name: 'Relate 2' }).waitFor();
  expect(await grid.getByRole('row', { selected: true }).count()).toBe(2);
  await journey.inspect('figures-chosen');
  await page.setViewportSize({ width: 1024, height: 720 });
  await journey.inspect('figures-chosen-1024');
  await page.setViewportSize({ width: 1440, height: 900 });
  await grid.focus();
  await page.keyboard.press('r');
  const relate = page.getByRole('dialog', { name: 'Relate figures' });
  await relate.getByRole('button', { name: /Operation/ }).click();
  await page.getByRole('option', { name: 'Growth: later over earlier' }).click();
  await relate.getByText(/6\.302/).waitFor();
  await journey.inspect('figures-relate');
  await relate.getByRole('button', { name: 'Make relation' }).click();
  await relate.waitFor({ state: 'detached' });
  const { relations } = await journey.call('relations.recorded', {});
  const made = relations.map(({ operation, inputs, state }) => [operation, inputs.map(({ text }) => text), state]);
  expect(made).toContainEqual(['growth', ['1.26万人次', '11853人次'], 'confirmed']);
});

test('conversions and reference values are written, changed and removed by keyboard', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  const { page } = journey;
  await journey.newProject('Measures');
  await page.keyboard.press('Alt+8');
  await page.getByRole('button', { name: 'All figures' }).click();
  await page.getByRole('button', { name: 'Conversions…' }).press('Enter');
  const table = page.getByRole('dialog', { name: 'Conversions' });
  const edit = table.getByRole('button', { name: 'Edit hectare to mu' });
  const hasFocus = (one: typeof edit) => expect.poll(() => one.evaluate((it) => it === document.activeElement));
  await edit.press('Enter');
  // What is edited of one that is known is its factor, and the program's authority doesn't say another one.
  const factor = table.getByRole('textbox', { name: 'equals this many' });
  await hasFocus(factor).toBe(true);
  await factor.fill('sixteen');
  await page.keyboard.press('Enter');
  await table.getByText('Write a number in digits, such as 269,000.').waitFor();
  await factor.fill('14');
  await table.getByRole('textbox', { name: 'Authority' }).fill('Prefecture yearbook');
  await page.keyboard.press('Enter');
  await table.getByRole('row', { name: /1 hectare = 14 mu Prefecture yearbook/ }).waitFor();
  await hasFocus(edit).toBe(true);
  await table.getByRole('button', { name: 'Reset hectare to mu' }).press('Enter');
  await table.getByRole('row', { name: /1 hectare = 15 mu GB 3100/ }).waitFor();
  await hasFocus(edit).toBe(true);
  await page.keyboard.press('Escape');
  await table.waitFor({ state: 'detached' });

  // A number as it is printed, a unit as people call it.
  await page.getByRole('button', { name: 'Reference values…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Reference values' });
  const add = dialog.getByRole('button', { name: 'Add a reference value' });
  await add.press('Enter');
  const field = (name: string | RegExp) => dialog.getByRole('textbox', { name });
  await field('What it counts').fill('Resident population');
  await field('Value').fill('２６９,000');
  await field('Unit').fill('persons');
  await field(/^When/).fill('last year');
  await field('Publication').fill('Seventh census');
  await page.keyboard.press('Enter');
  await dialog.getByText('Write a date or years: 2020, 2020-11, 2020-11-01 or 2019/2021.').waitFor();
  await journey.inspect('figures-reference-wrong');
  await field(/^When/).fill('2020');
  await page.keyboard.press('Enter');
  const row = dialog.getByRole('row', { name: /Resident population.*2020.*269,000 persons/ });
  await row.waitFor();
  await hasFocus(add).toBe(true);
  expect((await journey.call('references.list', {})).references[0]).toMatchObject({ value: '269000', unit: 'person' });
  await row.getByRole('button', { name: /^Edit/ }).press('Enter');
  await field('Value').fill('270 000');
  await page.keyboard.press('Enter');
  await dialog.getByRole('row', { name: /270,000 persons/ }).waitFor();
  await hasFocus(dialog.getByRole('button', { name: /^Edit Resident/ })).toBe(true);
  await dialog.getByRole('button', { name: /^Remove Resident/ }).press('Enter');
  await dialog.getByRole('row').first().waitFor({ state: 'detached' });
  await hasFocus(add).toBe(true);
});
