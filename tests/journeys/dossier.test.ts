import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { unzipped } from '../support/bag.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';

const CLAIM = 'Quotas are passed down to townships, villages and households.';

test('a dossier is composed of claims: exhibits in order, what speaks against them, and what is to be seen before it goes out', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const { passages } = await journey.call('passages.list', {});
  const idOf = (words: string) => {
    const found = passages.find(({ anchor }) => anchor.kind === 'text' && anchor.exact.includes(words));
    if (found === undefined) throw new Error(`The sample has no passage with ${words}`);
    return found.id;
  };
  const sourceOf = (passage: string) => {
    const found = passages.find((one) => one.id === passage);
    if (found === undefined) throw new Error('There is no such passage');
    return found.source;
  };
  // The sample’s team marked this one as naming a private person, and masked the name beside it.
  const against = idOf('像她一样的家庭妇女');
  const support = ['引进服装', '缝纫技能培训班', '驻村工作队队员'].map(idOf);
  const { id } = await journey.call('claims.create', { text: CLAIM });
  await journey.call('claims.link', { id, passages: support, as: 'supports' });
  await journey.call('claims.link', { id, passages: [against], as: 'contradicts' });

  await page.keyboard.press('Alt+8');
  // A new dossier is of claims where there are some: the window has heard of this one.
  await page.locator('.rail-entry', { hasText: 'All claims' }).getByText('1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'All dossiers' }).click();
  await page.getByText('No dossiers yet').waitFor();
  await page.getByRole('button', { name: 'New dossier' }).click();
  await page.getByRole('textbox', { name: 'Title of the dossier' }).fill('Liuquan, for an editor');
  await page.keyboard.press('Enter');
  const exhibits = page.getByRole('region', { name: 'Exhibits', exact: true });
  const out = page.getByRole('complementary', { name: 'Before it goes out' });
  await exhibits.getByText(CLAIM).waitFor();
  await expect.poll(() => exhibits.locator('.dossier-exhibits > li').count()).toBe(4);
  await out.getByText('A contradiction of this claim is unanswered. It is printed with the claim.').waitFor();
  await exhibits.getByText(CLAIM).click();
  await journey.inspect('dossier');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('dossier-1024');
  await page.setViewportSize({ width: 1440, height: 900 });

  // The order is kept; what contradicts stays in whatever is left out.
  const saved = async () => (await journey.call('dossiers.list', {})).dossiers[0];
  const quotes = exhibits.locator('.dossier-exhibits blockquote');
  const first = await quotes.first().innerText();
  await exhibits.getByRole('button', { name: 'More for exhibit 1' }).click();
  await page.getByRole('menuitem', { name: 'Move down' }).click();
  await expect.poll(async () => (await saved())?.order.length).toBe(4);
  // The list is made anew: a menu opened before that would be gone.
  await expect.poll(() => quotes.nth(1).innerText()).toBe(first);
  await exhibits.getByRole('button', { name: 'More for exhibit 1' }).click();
  await page.getByRole('menuitem', { name: 'Leave out' }).click();
  await expect.poll(() => exhibits.locator('.dossier-exhibits > li').count()).toBe(3);
  await page.getByText('1 passage is left out.').waitFor();
  await page.getByRole('radio', { name: 'Filing' }).click();
  await expect.poll(async () => (await saved())?.template).toBe('filing');
  await page.getByText('Memos', { exact: true }).click();
  await expect.poll(async () => (await saved())?.shows).toEqual({ memos: true });

  // Figures that people read in the exhibits are a part that is ticked.
  const { figures } = await journey.call('figures.ofSource', { source: sourceOf(against) });
  for (const { layer, start, end, passages: around } of figures)
    if (layer !== null && around.includes(against))
      await journey.call('figures.confirm', { at: { source: sourceOf(against), layer, start, end } });
  await page.getByText('Figures and relations', { exact: true }).click();
  await expect.poll(async () => (await saved())?.shows).toEqual({ memos: true, figures: true });
  await page.locator('.dossier-part', { hasText: 'Figures and relations' }).getByText('2', { exact: true }).waitFor();
  await journey.inspect('dossier-figures');

  // One names a private person: nothing goes out until that is masked, and the refusal leads there.
  const { masks } = await journey.call('masks.list', {});
  await journey.call('masks.remove', { ids: masks.map(({ id }) => id) });
  await out.getByText('It cannot go out yet').waitFor();
  expect(await page.getByRole('button', { name: 'Web page, one file' }).isDisabled()).toBe(true);
  await out.getByRole('button', { name: 'Show what must be masked' }).click();
  await page.getByRole('complementary', { name: 'Masks' }).getByRole('button', { name: 'Mask it' }).first().click();
  const ask = page.getByRole('dialog', { name: 'Mask', exact: true });
  await ask.getByRole('textbox').fill('Private person');
  await page.keyboard.press('Enter');
  await ask.waitFor({ state: 'detached' });
  await page.getByRole('complementary', { name: 'What goes out' }).getByText('No place that is marked').waitFor();
  await page.getByRole('button', { name: 'Evidence', exact: true }).click();
  await out.getByText('It cannot go out yet').waitFor({ state: 'detached' });
  await expect.poll(() => exhibits.locator('.dossier-exhibits > li').count()).toBe(3);

  // An exhibit as it goes out, and the dossier as a file.
  await page.getByRole('radio', { name: 'As it goes out' }).click();
  await page
    .frameLocator('.dossier-paper iframe')
    .getByText(/SHA-256/)
    .first()
    .waitFor();
  await journey.inspect('dossier-paper');
  const file = await journey.save('dossier.html', () =>
    page.getByRole('button', { name: 'Web page, one file' }).click(),
  );
  expect(readFileSync(file, 'utf8')).toContain(CLAIM);
  // Those were in the words that are masked now.
  expect(readFileSync(file, 'utf8')).toContain('no reading of a figure in the exhibits to show');
  const folder = await journey.save('dossier.zip', () =>
    page.getByRole('button', { name: 'Folder to check, zipped' }).click(),
  );
  expect([...(await unzipped(folder)).keys()]).toEqual(
    expect.arrayContaining([expect.stringMatching(/\/data\/signed\.json$/), expect.stringMatching(/\/bagit\.txt$/)]),
  );

  // Somebody else’s dossier is checked from its folder.
  await page.getByRole('button', { name: 'More for this dossier' }).click();
  await page.getByRole('menuitem', { name: 'Check a dossier' }).click();
  await page.getByRole('button', { name: 'Choose the folder' }).waitFor();
  await journey.inspect('dossier-check');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // A warning leads to the claim.
  await out.getByRole('button', { name: CLAIM }).first().click();
  await page.getByRole('region', { name: 'Claim 1' }).waitFor();
  await page.getByRole('button', { name: 'More for this claim' }).click();
  await page.getByRole('menuitem', { name: 'Add to dossier' }).click();
  await page.getByText('It has all claims.').waitFor();
  await journey.inspect('dossier-add');
});

test('exhibits are moved by dragging them, with the mouse and with the keyboard', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const { passages } = await journey.call('passages.list', {});
  const supports = passages.slice(0, 3).map(({ id }) => id);
  const { id } = await journey.call('claims.create', { text: CLAIM });
  await journey.call('claims.link', { id, passages: supports, as: 'supports' });
  await journey.call('dossiers.create', {
    title: 'Liuquan',
    template: 'editor',
    from: { kind: 'claims', claims: [] },
  });
  await page.keyboard.press('Alt+8');
  await page.getByRole('button', { name: 'All dossiers' }).click();
  await page.getByRole('radio', { name: 'As it goes out' }).click();
  const list = page.getByRole('grid', { name: `Exhibits: ${CLAIM}` });
  const rows = list.locator('.dossier-part-exhibit');
  const words = () => rows.locator('.source-words').allInnerTexts();
  await expect.poll(() => rows.count()).toBe(3);
  const [first = '', second = '', third = ''] = await words();
  await journey.inspect('dossier-drag');

  const boxOf = async (at: number) => {
    const box = await rows.nth(at).boundingBox();
    if (box === null) throw new Error('The row is not shown');
    return box;
  };
  const [from, to] = [await boxOf(0), await boxOf(2)];
  const { mouse } = page;
  await mouse.move(from.x + 60, from.y + from.height / 2);
  await mouse.down();
  await mouse.move(from.x + 64, from.y + from.height, { steps: 3 });
  await mouse.move(to.x + 60, to.y + to.height - 3, { steps: 5 });
  await mouse.move(to.x + 61, to.y + to.height - 2);
  await mouse.up();
  await expect.poll(words).toEqual([second, third, first]);
  await page.getByText('Exhibit 1 was moved after exhibit 3').waitFor({ state: 'attached' });

  // By the row’s grip: what was dropped has the focus where it is then.
  await rows.first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  await expect.poll(focused).toMatch(/^Insert after 3/);
  await page.keyboard.press('Home');
  await expect.poll(focused).toMatch(/^Insert before 1/);
  await page.keyboard.press('Enter');
  await expect.poll(words).toEqual([first, second, third]);
  await expect.poll(focused).toBe(`1 ${first}`);
});
