import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const CLAIM = 'Those who join the transfers are asked at the door by a work team, which is not free consent.';

async function atClaims(): Promise<Journey> {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  await journey.page.keyboard.press('Alt+8');
  await journey.page.getByRole('button', { name: 'All claims' }).click();
  await journey.page.getByRole('complementary', { name: 'Claims' }).waitFor();
  return journey;
}
const claimsOf = async (journey: Journey) => (await journey.call('claims.list', {})).claims;

test('a claim is written, linked by key, answered and read where it rests', async () => {
  const journey = await atClaims();
  const { page } = journey;
  await page.getByText('No claims yet').waitFor();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: /^Claim, a sentence/ }).waitFor();
  await page.keyboard.type(CLAIM);
  await page.keyboard.press('Enter');
  const main = page.getByRole('region', { name: 'Claim 1' });
  await main.getByText('Nothing is linked to this claim').waitFor();
  await expect.poll(async () => (await claimsOf(journey))[0]?.gaps).toEqual(['noSupport']);

  // The passage in hand is linked by a letter; the dialog stays for the next.
  await main
    .getByRole('button', { name: /^Link passages/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Link passages' });
  const choices = dialog.getByRole('listbox', { name: 'Passages to link' });
  await choices.getByRole('option').first().waitFor();
  await choices.focus();
  await page.keyboard.press('s');
  await choices.getByText('Supports').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('q');
  await choices.getByText('Limits').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await choices.getByText('Contradicts').first().waitFor();
  await journey.inspect('claims-link');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await main.getByText('1 origin supports').waitFor();
  await main.getByText(/1 contradicts, 1 unanswered/).waitFor();

  // An unanswered contradiction is said in the list and beside the claim, until somebody answers it.
  await page.getByRole('listbox', { name: 'Claims' }).getByText('contradicted, open').waitFor();
  const needs = page.getByRole('complementary', { name: 'What it needs' });
  await needs.getByText(/A contradiction is unanswered/).waitFor();
  await journey.inspect('claims');
  await needs.getByRole('textbox', { name: /^Answer to/ }).fill('The speaker is the employer.');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await claimsOf(journey))[0]?.unanswered).toBe(0);
  await needs.getByText(/A contradiction is unanswered/).waitFor({ state: 'detached' });
  await page.getByRole('listbox', { name: 'Claims' }).focus();
  await page.keyboard.press('Control+z');
  await needs.getByText(/A contradiction is unanswered/).waitFor();

  // A passage is read in its place, and the claim is there when one comes back.
  await main
    .getByRole('button', { name: /page \d/ })
    .first()
    .click();
  await page.getByRole('complementary', { name: 'Passage' }).locator('.quote').waitFor();
  await page.keyboard.press('Alt+8');
  await main.getByText('1 origin supports').waitFor();
  await page.keyboard.press('Alt+8');
  await page.getByRole('grid').waitFor();
});

test('on a narrow window the list, the claim and what it needs are one pane each; a claim is changed, relinked and removed', async () => {
  const journey = await atClaims();
  const { page } = journey;
  const { id } = await journey.call('claims.create', { text: CLAIM });
  const [passage] = (await journey.call('passages.list', {})).passages;
  if (passage === undefined) throw new Error('The sample has no passages');
  await journey.call('claims.link', { id, passages: [passage.id], as: 'contradicts' });
  await page.reload();
  await page.getByRole('heading', { name: 'Evidence' }).first().waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'All claims' }).click();
  await page.getByRole('region', { name: 'Claim 1' }).waitFor();
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('claims-1024');
  const main = page.getByRole('region', { name: 'Claim 1' });
  await main.getByRole('button', { name: 'More for this passage' }).click();
  await page.getByRole('menuitem', { name: 'Supports the claim' }).click();
  await main.getByText('1 origin supports').waitFor();
  const words = main.getByRole('textbox', { name: /^Claim, a sentence/ });
  await words.fill('Consent was not free.');
  await page.keyboard.press('Tab');
  await expect.poll(async () => (await claimsOf(journey))[0]?.text).toBe('Consent was not free.');
  await page.setViewportSize({ width: 640, height: 800 });
  await page.getByRole('navigation', { name: 'Claims, the claim, what it needs' }).getByText('What it needs').click();
  await page.getByRole('complementary', { name: 'What it needs' }).getByText('one origin').waitFor();
  await journey.inspect('claims-640');
  await page
    .getByRole('navigation', { name: 'Claims, the claim, what it needs' })
    .getByText('Claim', { exact: true })
    .click();
  await main.getByRole('button', { name: 'More for this claim' }).click();
  await page.getByRole('menuitem', { name: 'Remove claim' }).click();
  await expect.poll(async () => (await claimsOf(journey)).length).toBe(0);
});

test('a passage is linked to a claim where it is read and from the table, and the inspector says what it does for the claim', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  // Words without a passage: they become one when they are linked.
  await journey.open(/work-report\.pdf/);
  await journey.mark('疆内跨地区转移就业2140人');
  const before = (await journey.passages()).length;
  const section = page.getByRole('complementary', { name: 'Passage' }).getByRole('region', { name: 'Claims' });
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Link to a claim' });
  await dialog.getByText('There are no claims yet').waitFor();
  await dialog.getByRole('searchbox').fill(CLAIM);
  await page.keyboard.press('Enter');
  const claims = dialog.getByRole('listbox', { name: 'Claims to link to' });
  await claims.getByText(CLAIM).waitFor();
  await claims.focus();
  await page.keyboard.press('x');
  await claims.getByText('Contradicts').waitFor();
  await journey.inspect('claims-link-to');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await section.getByText('contradicted here, no answer yet').waitFor();
  await expect.poll(() => journey.passages()).toHaveLength(before + 1);
  await journey.inspect('claims-in-inspector');

  // From the table: what is selected, and several at once.
  await page.keyboard.press('Alt+8');
  const grid = page.getByRole('grid');
  await grid.getByRole('row').nth(3).waitFor();
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  await page.getByText('2 selected', { exact: true }).waitFor();
  await page.keyboard.press('l');
  await dialog.getByText('2 passages').waitFor();
  await claims.getByText(CLAIM).waitFor();
  await claims.focus();
  await page.keyboard.press('s');
  await claims.getByText('Supports').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(async () => (await claimsOf(journey))[0]?.supports.passages).toBe(2);
});
