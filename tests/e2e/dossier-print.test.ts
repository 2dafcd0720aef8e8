import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sharedChromium } from '../support/browser.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';
import { sheetsOf } from './support/paper.ts';

const CLAIM = 'Quotas are passed down to townships, villages and households.';
/** Of A4 between the margins, CSS pixels. */
const PAPER_WIDTH = 642;

test('a dossier prints an exhibit on two sheets, in the program’s own fonts, and its columns break no word', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  const { passages } = await journey.call('passages.list', {});
  const { id } = await journey.call('claims.create', { text: CLAIM });
  await journey.call('claims.link', { id, passages: passages.slice(0, 6).map((one) => one.id), as: 'supports' });
  await journey.call('claims.link', { id, passages: passages.slice(6, 8).map((one) => one.id), as: 'contradicts' });
  await page.keyboard.press('Alt+8');
  await page.locator('.rail-entry', { hasText: 'All claims' }).getByText('1', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'All dossiers' }).click();
  await page.getByRole('button', { name: 'New dossier' }).click();
  await page.getByRole('textbox', { name: 'Title of the dossier' }).fill('Liuquan, for an editor');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Print or save as PDF' }).click();
  await page.locator('.print-frame').waitFor({ state: 'attached' });
  await page.getByText('Being prepared…').waitFor({ state: 'detached' });

  const sheets = await sheetsOf(page, journey.desktop);
  const begins = sheets.flatMap((text, at) => (/Exhibit\d+Fortheclaims/.test(text) ? at : []));
  expect(begins).toHaveLength(8);
  const ends = [...begins.slice(1), sheets.findIndex((text) => /^.{0,80}Documents/.test(text))];
  expect(begins.map((at, number) => (ends[number] ?? 0) - at)).toEqual(begins.map(() => 2));
  expect(sheets[1]).toContain('Liuquan,foraneditorDossierforaneditor,');
  expect(sheets.join('')).toContain('家门口的车间');
  const pdf = readFileSync(join(journey.desktop, 'on-paper.pdf'), 'latin1');
  expect(pdf).toMatch(/NotoSerifSC/);
  expect(pdf).toMatch(/NotoSans-/);

  const { html } = await journey.call('dossier.show', { from: { kind: 'claims', claims: [] } });
  const paper = await (await sharedChromium()).newPage({ viewport: { width: PAPER_WIDTH, height: 900 } });
  onTestFinished(() => paper.close());
  await paper.setContent(html);
  await paper.emulateMedia({ media: 'print' });
  expect(await paper.evaluate(brokenWords)).toEqual([]);
});

/** Run in the page: Latin words in tables that go on in another line, but hashes. */
function brokenWords(): string[] {
  const broken: string[] = [];
  for (const cell of document.querySelectorAll('th, td')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent ?? '';
      for (const { 0: word, index } of text.matchAll(/[A-Za-z]{2,}/g)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + word.length);
        if (range.getClientRects().length > 1) broken.push(word);
      }
    }
  }
  return broken;
}
