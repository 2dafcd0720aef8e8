import { expect, test } from 'vitest';
import { pdfWithHiddenWord } from '../support/hidden-words.ts';
import { addFile, categoriesOf, mark, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('words that a PDF has in its text and doesn’t show are named beside the passage and in review', async () => {
  const { engine, folder } = await testProject();
  const source = await addFile(engine, 'letter.pdf', await pdfWithHiddenWord());
  const categories = await categoriesOf(engine, 'LND.RIGHTS');
  await mark(engine, source.id, 'On page 1 people were not forced', { categories });
  await mark(engine, source.id, 'On page 2 people were', { categories });
  await engine.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await journey.open(/letter\.pdf/);
  await page.keyboard.press('j');
  const inspector = page.getByRole('complementary', { name: 'Passage' });
  const note = inspector.locator('.note', { hasText: 'Not visible on the page' });
  await note.getByText('“not”', { exact: true }).waitFor();
  await journey.inspect('hidden-words');
  await page.keyboard.press('j');
  await inspector.getByText('2 of 2').waitFor();
  await note.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  const reviewed = page.getByRole('region', { name: 'Passage in review' });
  await reviewed.locator('.note', { hasText: 'Not visible on the page' }).getByText('“not”', { exact: true }).waitFor();
  await journey.inspect('hidden-words-in-review');
  await expect.poll(() => reviewed.locator('.note', { hasText: 'doesn’t show them' }).count()).toBe(1);
});

const PAGE = `<!doctype html><title>A letter</title><style>body{font:20px/1.5 serif}</style>
  <p>On Monday people were <span style="opacity:0">not</span> forced to work.</p>
  <p>On Tuesday people were not forced to work.</p>`;

test('words that a saved page has in its text and doesn’t show are named beside the passage and in review', async () => {
  const { engine, folder } = await testProject();
  const source = await addFile(engine, 'letter.html', PAGE);
  const categories = await categoriesOf(engine, 'LND.RIGHTS');
  await mark(engine, source.id, 'On Monday people were not forced', { categories });
  await mark(engine, source.id, 'On Tuesday people were not forced', { categories });
  await engine.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await journey.open(/A letter/);
  await page.keyboard.press('j');
  const inspector = page.getByRole('complementary', { name: 'Passage' });
  const note = inspector.locator('.note', { hasText: 'Not visible on the page' });
  await note.getByText('“not”', { exact: true }).waitFor();
  await journey.inspect('hidden-words-page');
  await page.keyboard.press('j');
  await inspector.getByText('2 of 2').waitFor();
  await note.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  const reviewed = page.getByRole('region', { name: 'Passage in review' });
  await reviewed
    .locator('.note', { hasText: 'The saved page has these words in its text' })
    .getByText('“not”', { exact: true })
    .waitFor();
  await journey.inspect('hidden-words-page-in-review');
});
