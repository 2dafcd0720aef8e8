import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';
import { TwoCoders } from './support/two-coders.ts';

const DRAFT = `# The quota

Work teams were told to act (“引导群众转变观念，有序外出”) (Liuquan County Government, January 18).
It counted 12,600 person-times in 2023 (Liuquan County Government, January 18).

## What nobody asked

Nobody asked them.
`;

test('a draft is opened with its day of publication, resolved and accepted by key, and its release is refused with the way there', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  await confirmFigure(journey, '12,600');
  const dialog = await askedForDraft(journey);
  const open = dialog.getByRole('button', { name: 'Open' });
  expect(await open.isDisabled()).toBe(true);
  await dialog.getByRole('textbox', { name: 'Publication date' }).fill('2024-06-03');
  await journey.inspect('draft-open');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });

  expect((await journey.call('drafts.list', {})).drafts).toMatchObject([{ fileName: 'quota.md', title: 'The quota' }]);

  const sentences = page.getByRole('listbox', { name: 'Sentences of the draft' });
  const current = sentences.getByRole('option', { selected: true });
  const evidence = page.getByRole('complementary', { name: 'Evidence' });
  await current.getByText('Work teams were told').waitFor();
  await evidence
    .getByRole('heading', { name: /^Quotation/ })
    .first()
    .waitFor();
  await journey.inspect('draft-desk');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('draft-desk-1024');

  // What is refused is said over neither the acts of the desk nor those of the report.
  await expect.poll(() => sentences.evaluate((list) => list === document.activeElement)).toBe(true);
  await page.keyboard.press('a');
  const said = page.getByRole('alert').filter({ hasText: 'has an unresolved error' });
  await said.waitFor();
  await page.keyboard.press('p');
  const last = page.getByRole('button', { name: 'Release version 1' });
  await last.waitFor();
  const edgeOf = (one: Locator, edge: 'top' | 'bottom') =>
    one.evaluate((element, name) => element.getBoundingClientRect()[name], edge);
  await expect.poll(async () => (await edgeOf(said, 'bottom')) <= (await edgeOf(last, 'top'))).toBe(true);
  await page.keyboard.press('Escape');
  await said.getByRole('button').click();
  await page.setViewportSize({ width: 1440, height: 900 });

  // An error is kept only with a reason; then the sentence can be accepted.
  await expect.poll(() => sentences.evaluate((list) => list === document.activeElement)).toBe(true);
  await page.keyboard.press('2');
  const reason = evidence.getByRole('textbox', { name: /^Reason for keeping it/ });
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('It is a paraphrase that the text marks.');
  await page.keyboard.press('Enter');
  await evidence.getByText('Kept: It is a paraphrase').waitFor();
  // A letter acts again: it is not typed into a comment.
  const hasFocus = () => sentences.evaluate((list) => list === document.activeElement);
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('a');
  await sentences.getByRole('option', { name: /Accepted once/ }).waitFor();

  // The next open one came into the hand, with the figure card beside it; what has nothing to prove is said so, and one is returned
  // with a comment.
  await current.getByText('It counted').waitFor();
  await evidence.getByText('12,600 person-times', { exact: true }).waitFor();
  await journey.inspect('draft-card');
  await page.keyboard.press('j');
  await current.getByText('Nobody asked them.').waitFor();
  // A key that finds nothing to do says so.
  await page.keyboard.press('1');
  await page.getByText('Nothing is to be resolved in this sentence.').waitFor({ state: 'attached' });
  await page.keyboard.press('n');
  await sentences.getByRole('option', { name: /Nothing to prove/ }).waitFor();
  await current.getByText('It counted').waitFor();
  await page.keyboard.press('r');
  const comment = evidence.getByRole('textbox', { name: 'Reason for a return' });
  await expect.poll(() => comment.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('r');
  await expect.poll(() => comment.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Which quota?');
  await page.keyboard.press('Enter');
  await evidence.getByText('Which quota?').waitFor();

  // As running text it is the same list, with the same sentence in hand.
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('t');
  const running = sentences.locator('.drafting-run[aria-selected="true"]');
  await running.filter({ hasText: 'It counted' }).waitFor();
  await page.keyboard.press('j');
  await running.filter({ hasText: 'Nobody asked them.' }).waitFor();
  await journey.inspect('draft-text');
  await page.keyboard.press('k');
  await running.filter({ hasText: 'It counted' }).waitFor();
  await page.keyboard.press('t');
  await sentences.locator('.drafting-row[aria-selected="true"]').filter({ hasText: 'It counted' }).waitFor();

  // Its report is shown as it goes out, beside what the engine refuses; Escape comes back to the same sentence.
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('p');
  const release = page.getByRole('complementary', { name: 'Release' });
  const reported = page.getByRole('listbox', { name: 'Sentences by how they stand' });
  const inReport = () => reported.evaluate((list) => list === document.activeElement);
  const paper = page.frameLocator('iframe.own-page');
  await release.getByText('1 sentence returned, unanswered.').waitFor();
  await release.getByText('1 sentence accepted by one.').waitFor();
  expect(await release.getByRole('button', { name: 'Release version 1' }).isDisabled()).toBe(true);
  await paper.getByRole('heading', { name: 'What is open' }).waitFor();
  await expect.poll(() => page.title()).toMatch(/^Draft report/);
  await expect.poll(inReport).toBe(true);
  await journey.inspect('draft-report');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('draft-report-1024');
  await page.setViewportSize({ width: 1440, height: 900 });
  const report = await journey.save('The quota, report.csv', () => page.getByRole('button', { name: 'CSV' }).click());
  expect(readFileSync(report, 'utf8')).toContain('12,600 person-times');
  await page.keyboard.press('Escape');
  await current.getByText('It counted').waitFor();
  await expect.poll(hasFocus).toBe(true);

  // To a sentence by key, by a press on the page, whose keys are the program’s too, and from what is refused.
  await page.keyboard.press('p');
  await expect.poll(inReport).toBe(true);
  await page.keyboard.press('End');
  await reported.getByRole('option', { name: /Nobody asked them/, selected: true }).waitFor();
  await paper.locator('.row[data-current]', { hasText: 'Nobody asked them.' }).waitFor();
  await page.keyboard.press('Enter');
  await current.getByText('Nobody asked them.').waitFor();
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('p');
  await paper.locator('.row[data-current]').waitFor();
  await paper.getByText('It counted').click();
  await current.getByText('It counted').waitFor();
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('p');
  await paper.locator('.row[data-current]').waitFor();
  await paper.getByRole('heading', { name: 'What is open' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('p');
  await release.getByRole('button', { name: 'Go to 1' }).first().click();
  await current.getByText('Work teams were told').waitFor();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Draft\s*2/ })
    .waitFor();

  // Its day and how it cites are changed as one edit, and it is removed without a question, since that is undone by one key.
  const more = page.getByRole('button', { name: 'More on this draft' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Change details…' }).click();
  const details = page.getByRole('dialog', { name: 'Details of “The quota”' });
  await details.getByRole('textbox', { name: 'Publication date' }).fill('2024-05-02');
  const title = 'Counted twice: how Liuquan County reports its labour transfers, and what its neighbours say of them';
  await details.getByRole('textbox', { name: 'Title' }).fill(title);
  await details.getByRole('checkbox', { name: 'Captions' }).click({ force: true });
  await journey.inspect('draft-details');
  await details.getByRole('button', { name: 'Change' }).click();
  await details.waitFor({ state: 'detached' });
  await page.getByText('published 2024-05-02').waitFor();
  expect((await journey.call('drafts.list', {})).drafts).toMatchObject([
    { title, published: '2024-05-02', style: 'publisher-date -captions' },
  ]);
  // A long title takes no room from what is beside it.
  await page.setViewportSize({ width: 1024, height: 768 });
  const rightOf = (one: Locator) => one.evaluate((element) => element.getBoundingClientRect().right);
  const evidenceFrom = () => evidence.evaluate((element) => element.getBoundingClientRect().left);
  await expect.poll(async () => (await rightOf(more)) <= (await evidenceFrom())).toBe(true);
  const segments = page.getByRole('radiogroup', { name: 'How the draft is shown' });
  expect(await cutIn(segments)).toEqual([]);
  await page.keyboard.press('p');
  await page.getByText(/^Save as/).waitFor();
  expect(await cutIn(page.getByRole('group', { name: 'Save as' }))).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await rightOf(page.getByRole('button', { name: title }))).toBeLessThanOrEqual(
    await segments.evaluate((element) => element.getBoundingClientRect().left),
  );
  await page.setViewportSize({ width: 1440, height: 900 });
  await more.click();
  await page.getByRole('menuitem', { name: 'Remove draft' }).click();
  await page.getByText('No draft yet').waitFor();
  await page.getByRole('button', { name: /^Undo/ }).first().click();
  await current.waitFor();
});

test('a draft that one person accepted in their copy is accepted and released by another in the window', async () => {
  const journey = new TwoCoders();
  await journey.prepare({ lead: journey.anne, report: 'The setting is pervasively coercive.\n' });
  const file = join(journey.desktop, 'quota.md');
  writeFileSync(file, 'The setting is “pervasively coercive” (County Studies, 2024).\n\nSo it goes on.\n');
  const sent = join(journey.desktop, 'from-anne.sbk');
  await journey.at(journey.study, journey.anne, async (engine) => {
    const draft = await engine.call('drafts.open', { path: file, published: '2024-06-03', author: 'A. Lindqvist' });
    for (const { text } of (await engine.call('drafts.desk', { id: draft.id })).sentences)
      await engine.call('drafts.accept', { draft: draft.id, text });
    await engine.call('projectFile.export', { path: sent });
  });
  await journey.start();
  await journey.openProjectFile(sent);
  const { page } = journey;
  await page.keyboard.press('Alt+0');
  const sentences = page.getByRole('listbox', { name: 'Sentences of the draft' });
  await sentences.getByText('The setting is').waitFor();
  const hasFocus = () => sentences.evaluate((list) => list === document.activeElement);
  await expect.poll(hasFocus).toBe(true);

  // Neither the window nor the engine releases what one person accepted; who that was is said.
  const [draft] = (await journey.call('drafts.list', {})).drafts;
  if (draft === undefined) throw new Error('The copy has no draft.');
  await expect(journey.call('drafts.release', { id: draft.id })).rejects.toThrow('2 sentences accepted by one.');
  await page.keyboard.press('p');
  const release = page.getByRole('complementary', { name: 'Release' });
  await release.getByText('Anne accepted 2 of them and can’t be the second.').waitFor();
  const button = release.getByRole('button', { name: 'Release version 1' });
  expect(await button.isDisabled()).toBe(true);
  await journey.inspect('draft-refused');
  await page.keyboard.press('Escape');
  await expect.poll(hasFocus).toBe(true);

  for (const count of [1, 2]) {
    await page.keyboard.press('a');
    await expect.poll(() => sentences.getByRole('option', { name: /Accepted, two/ }).count()).toBe(count);
  }
  await expect.poll(hasFocus).toBe(true);
  await page.keyboard.press('p');
  await expect.poll(() => button.isDisabled()).toBe(false);
  await button.click();
  await release.getByText('Released', { exact: true }).waitFor();
  await journey.inspect('draft-released');
  expect((await journey.call('drafts.list', {})).drafts).toMatchObject([
    { open: 0, released: { person: journey.me.id } },
  ]);
});

/** What sticks out of an element: it is behind what stands beside it, or out of sight. */
const cutIn = (one: Locator): Promise<string[]> =>
  one.evaluate((element) => {
    const { right } = element.getBoundingClientRect();
    const over = (child: Element): boolean => child.getBoundingClientRect().right > right + 1;
    return Array.from(element.children).flatMap((child) => (over(child) ? [child.textContent] : []));
  });

/** The dialog that opens the draft, with its author filled in. */
async function askedForDraft(journey: Journey): Promise<Locator> {
  const { page } = journey;
  const file = join(tempFolder(), 'quota.md');
  writeFileSync(file, DRAFT);
  await page.keyboard.press('Alt+0');
  await page.getByText('No draft yet').waitFor();
  await journey.choose([file], () => page.getByRole('button', { name: 'Open draft…' }).click());
  const dialog = page.getByRole('dialog', { name: 'Open draft' });
  await dialog.getByRole('textbox', { name: 'Author, as printed' }).fill('A. Lindqvist');
  return dialog;
}

/** Confirms the figure that is printed so in the sample. */
async function confirmFigure(journey: Journey, text: string): Promise<void> {
  for (const { id: source } of (await journey.call('sources.list', {})).sources) {
    const { figures } = await journey.call('figures.ofSource', { source });
    const found = figures.find((one) => one.text === text);
    if (found === undefined) continue;
    const { sourceId, layer, start, end } = found;
    await journey.call('figures.confirm', { at: { source: sourceId, layer, start, end } });
    return;
  }
  throw new Error(`The sample has no figure “${text}”`);
}

test('a linked claim that is contradicted, or that nothing supports, says so beside the sentence and where it is chosen', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const [passage] = (await journey.call('passages.list', {})).passages;
  if (passage === undefined) throw new Error('The sample has no passages');
  const { id } = await journey.call('claims.create', { text: 'Nobody asked them.' });
  await journey.call('claims.link', { id, passages: [passage.id], as: 'contradicts' });
  const dialog = await askedForDraft(journey);
  await dialog.getByRole('textbox', { name: 'Publication date' }).fill('2024-06-03');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox', { name: 'Sentences of the draft' }).waitFor();
  await page.keyboard.press('l');
  const link = page.getByRole('dialog', { name: /^Link evidence to sentence/ });
  await link.getByText('Claims', { exact: true }).click();
  const choice = link.getByRole('option', { name: /Nobody asked them/ });
  await choice.getByText('0 for, 0 limit, 1 against; contradicted, open').waitFor();
  await choice.click();
  await page.keyboard.press('Escape');
  const evidence = page.getByRole('complementary', { name: 'Evidence' });
  await evidence.getByText('contradicted, open', { exact: true }).waitFor();
  await evidence.getByText('no support', { exact: true }).waitFor();
  await journey.inspect('draft-claim');
});

test('a translated quotation is linked by keyboard, which is said, and its long words stay within the dialog', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const file = join(tempFolder(), 'translated.md');
  const words =
    'Insist on transferring employment as an important measure to consolidate and expand the results of poverty alleviation';
  writeFileSync(file, `The report says “${words}”.\n`);
  await page.keyboard.press('Alt+0');
  await journey.choose([file], () => page.getByRole('button', { name: 'Open draft…' }).click());
  const opening = page.getByRole('dialog', { name: 'Open draft' });
  await opening.getByLabel('Publication date').fill('2024-06-03');
  await opening.getByLabel('Author, as printed').fill('Somebody else');
  await opening.getByRole('button', { name: 'Open', exact: true }).click();
  const sentences = page.getByRole('listbox', { name: 'Sentences of the draft' });
  await sentences.getByText('Quotation not found').waitFor();
  await sentences.focus();
  await page.keyboard.press('l');
  const link = page.getByRole('dialog', { name: 'Link evidence to sentence 1' });
  const body = link.locator('.dialog-body');
  await body.getByRole('option', { name: /坚持把转移就业/ }).waitFor();
  expect(await body.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
  await link.getByRole('searchbox').fill('坚持把转移就业');
  await expect.poll(() => body.getByRole('option').count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Linked to sentence 1', { exact: true }).waitFor({ state: 'attached' });
  await body.getByText('Linked', { exact: true }).waitFor();
  await journey.inspect('draft-translated');
  await page.keyboard.press('Escape');
  await page.getByText('Quotation linked by hand').waitFor();
});

test('a draft that can’t be read says so in the dialog, and a word as long as a page stays within its column', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const folder = tempFolder();
  writeFileSync(join(folder, 'cut.docx'), 'PK');
  writeFileSync(join(folder, 'long.md'), `It moved ${'9'.repeat(400)} people, ${'('.repeat(400)}.\n`);
  await page.keyboard.press('Alt+0');
  await page.getByText('No draft yet').waitFor();
  const dialog = page.getByRole('dialog', { name: 'Open draft' });
  const open = async (name: string): Promise<void> => {
    await journey.choose([join(folder, name)], () => page.getByRole('button', { name: 'Open draft…' }).click());
    await dialog.getByRole('textbox', { name: 'Author, as printed' }).fill('A. Lindqvist');
    await dialog.getByRole('textbox', { name: 'Publication date' }).fill('2024-06-03');
    await page.keyboard.press('Enter');
  };
  await open('cut.docx');
  await dialog.getByRole('alert').getByText('This file isn’t complete: it isn’t a whole zip archive.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await open('long.md');
  const words = page.getByRole('listbox', { name: 'Sentences of the draft' }).locator('.drafting-words').first();
  await words.waitFor();
  expect(await words.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});

test('what was said of a sentence that a new version doesn’t have is above its sentences, opened by key', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const dialog = await askedForDraft(journey);
  await dialog.getByRole('textbox', { name: 'Publication date' }).fill('2024-06-03');
  await page.keyboard.press('Enter');
  const sentences = page.getByRole('listbox', { name: 'Sentences of the draft' });
  await sentences.waitFor();
  const [draft] = (await journey.call('drafts.list', {})).drafts;
  if (draft === undefined) throw new Error('There is no draft.');
  await journey.call('drafts.return', { draft: draft.id, text: 'Nobody asked them.', comment: 'Who says so?' });
  const file = join(tempFolder(), 'second.md');
  writeFileSync(file, DRAFT.replace('Nobody asked them.', 'Work went on.'));
  await page.getByRole('button', { name: 'More on this draft' }).click();
  await journey.choose([file], () => page.getByRole('menuitem', { name: 'New version…' }).click());
  await page.getByRole('textbox', { name: 'Publication date' }).fill('2024-06-04');
  await page.keyboard.press('Enter');
  await sentences.getByText('Work went on.').waitFor();
  const gone = page.getByText('1 sentence with decisions or links isn’t in this version');
  await gone.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Who says so?').waitFor();
  await journey.inspect('draft-gone');
  // It takes the room that it needs, and the sentences have the rest.
  const note = page.locator('.drafting-gone');
  const edge = (one: Locator, name: 'top' | 'bottom') => one.evaluate((it, at) => it.getBoundingClientRect()[at], name);
  expect(await edge(sentences, 'top')).toBeCloseTo(await edge(note, 'bottom'), 0);
  expect(await edge(page.getByText('Who says so?'), 'bottom')).toBeLessThanOrEqual(await edge(note, 'bottom'));
});
