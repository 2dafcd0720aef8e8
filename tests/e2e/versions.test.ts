import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import type { Source } from '../../shared/model/index.ts';
import { categoriesOf, mark, newFolder } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const STANDS = '园区现有企业14家';
const CHANGED = '吸纳就业2300余人';
const VANISHED = '对新招录人员统一组织、统一护送、统一管理，由乡镇干部全程跟班';
const MOVED = '下一步将深化劳务协作，扩大对口支援省市用工规模';

/** A page saved twice. In the newer one a figure is vague, a sentence is missing and another is further down. */
function savedPage(time: string, body: readonly string[]): string {
  const head = `<!--\n Page saved with SingleFile \n url: https://news.liuquan.example/2023/0516.html \n saved date: ${time}\n-->`;
  return `<!DOCTYPE html> <html lang="zh-CN">${head}<meta charset="utf-8"><title>援疆指挥部走访服装产业园</title>
    <h1>援疆指挥部走访柳泉县服装产业园</h1>${body.map((one) => `<p>${one}</p>`).join('')}</html>`;
}
const FILLER = [
  '指挥部有关负责人表示，要继续办好产业园，带动群众增收。',
  '园区设有食堂、宿舍和托儿所，方便附近乡镇群众就近务工。',
];
const OLDER = savedPage('Wed May 17 2023 10:00:00 GMT+0800 (China Standard Time)', [
  `5月16日，指挥部一行走进产业园。${STANDS}，${CHANGED}，其中农村富余劳动力占八成。`,
  `${VANISHED}。`,
  `${MOVED}。`,
  ...FILLER,
]);
const NEWER = savedPage('Thu May 02 2024 10:00:00 GMT+0800 (China Standard Time)', [
  `5月16日，指挥部一行走进产业园。${STANDS}，吸纳就业多人，其中农村富余劳动力占八成。`,
  ...FILLER,
  `${MOVED}。`,
]);

/** A plain text in UTF-8, read again as what it is not: its Chinese is another text then, its Latin letters are not. */
const NOTICE = 'Each household shall send one person';

interface Files {
  readonly older: string;
  readonly newer: string;
}

/** A project with the older page, four passages on it, and a notice with a passage on its earlier text layer. */
async function projectOf(journey: Journey): Promise<Files & { readonly folder: string }> {
  const person = openHome({ SOURCEBOOK_HOME: journey.home }).person();
  const folder = newFolder({ person, at: journey.desktop });
  const [older, newer, notice] = ['older.html', 'newer.html', 'notice.txt'].map((name) => join(journey.folder, name));
  if (older === undefined || newer === undefined || notice === undefined) throw new Error('No files');
  writeFileSync(older, OLDER);
  writeFileSync(newer, NEWER);
  writeFileSync(notice, `通知：每户一人。\n${NOTICE}.\n`);
  const engine = await openEngine({ folder, person, workers: 1 });
  await engine.call('import.run', { job: 'versions', paths: [older, notice] });
  const { sources } = await engine.call('sources.list', {});
  const [page, text] = ['older.html', 'notice.txt'].map((name) => sources.find(({ fileName }) => fileName === name));
  if (page === undefined || text === undefined) throw new Error('Something did not come in');
  const categories = await categoriesOf(engine, 'TRF.ORG');
  for (const words of [STANDS, CHANGED, VANISHED, MOVED]) await mark(engine, page.id, words, { categories });
  for (const { layer, start, end } of (await engine.call('figures.ofSource', { source: page.id })).figures)
    await engine.call('figures.confirm', { at: { source: page.id, layer, start, end } });
  await mark(engine, text.id, NOTICE, { categories });
  await engine.call('layers.remake', { source: text.id, charset: 'gb18030' });
  await engine.close();
  return { folder, older, newer };
}

test('a newer capture is added: passages unchanged, moved, changed and not found are listed, and carried over when confirmed', async () => {
  const journey = new Journey(browserHost);
  const { folder, newer } = await projectOf(journey);
  await journey.start(folder);
  const scenario = new Scenario(journey);
  await comesIn(scenario, newer);
  await isCompared(scenario);
  await isCarriedOver(scenario);
  await earlierText(scenario);
});

class Scenario {
  readonly journey: Journey;
  constructor(journey: Journey) {
    this.journey = journey;
  }
  get page(): Page {
    return this.journey.page;
  }
  get pane(): Locator {
    return this.page.getByRole('complementary', { name: 'Differences' });
  }
  get list(): Locator {
    return this.pane.getByRole('listbox', { name: 'Differences' });
  }
  row(name: RegExp): Locator {
    return this.list.getByRole('option', { name });
  }
  async source(fileName: string): Promise<Source> {
    const { sources } = await this.journey.call('sources.list', {});
    const found = sources.find((one) => one.fileName === fileName);
    if (found === undefined) throw new Error(`There is no ${fileName}`);
    return found;
  }
  /** The words of the passages on a source. */
  async words(fileName: string): Promise<string[]> {
    const { passages } = await this.journey.call('passages.list', { source: (await this.source(fileName)).id });
    return passages.map(({ anchor }) => (anchor.kind === 'text' ? anchor.exact : ''));
  }
}

/** There is no dialog: a notice says it, and the library and the inspector show it. */
async function comesIn({ journey, page, pane }: Scenario, newer: string): Promise<void> {
  await page.getByRole('row', { name: /older\.html/ }).waitFor();
  await journey.choose([newer], () => page.getByRole('button', { name: 'Import sources' }).click());
  await page
    .getByRole('row', { name: /2 versions/ })
    .first()
    .waitFor();
  await page.getByText('A newer version of 援疆指挥部走访服装产业园 was added.').waitFor();
  await page.getByRole('button', { name: 'Compare side by side' }).click();
  await pane.getByText('4 passages: 1 unchanged, 1 moved, 1 changed, 1 not found.').waitFor();
  // Two captures side by side have the room of the passage pane; it comes when asked for.
  const versions = page.getByRole('complementary', { name: 'Passage' }).getByRole('region', { name: 'Versions' });
  await expect.poll(() => versions.count()).toBe(0);
  await page.keyboard.press('Control+Alt+b');
  await versions.getByText('2023-05-17').waitFor();
  await versions.getByText('2024-05-02').waitFor();
  await page.keyboard.press('Control+Alt+b');
  await versions.waitFor({ state: 'detached' });
}

async function isCompared(scenario: Scenario): Promise<void> {
  const { journey, page, pane, list } = scenario;
  await scenario
    .row(/统一护送/)
    .first()
    .click();
  await pane.getByText('stay on the capture from 2023-05-17', { exact: false }).waitFor();
  await journey.inspect('versions-vanished');
  // By key from row to row; the changed words are said as gone and new.
  await list.press('ArrowDown');
  await list.press('ArrowDown');
  const current = list.locator('[data-current]');
  await expect.poll(() => current.locator('del').allTextContents()).toEqual([expect.stringContaining('2300余')]);
  await expect.poll(() => current.locator('ins').allTextContents()).toEqual([expect.stringContaining('多')]);
  await page.keyboard.press('F8');
  await expect.poll(() => current.textContent()).toContain('深化劳务协作');
  await page.keyboard.press('Shift+F8');
  await expect.poll(() => current.textContent()).toContain('2300余');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await pane.getByRole('button', { name: 'Copy report' }).click();
  const { sha256 } = await scenario.source('newer.html');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(
      new RegExp(`^Older: .*2023-05-17.*\\nNewer: .*${sha256}\\n4 passages: .*\\[-2300余-\\]\\{\\+多\\+\\}`, 's'),
    );
}

async function isCarriedOver(scenario: Scenario): Promise<void> {
  const { journey, pane, list } = scenario;
  await scenario
    .row(/深化劳务协作/)
    .first()
    .click();
  await list.press('Enter');
  await scenario.row(/Carried over/).waitFor();
  await pane.getByRole('button', { name: 'Carry over 1 unchanged' }).click();
  await expect.poll(() => scenario.words('newer.html')).toEqual([STANDS, MOVED]);
  const { passages } = await journey.call('passages.list', { source: (await scenario.source('newer.html')).id });
  expect(passages.every(({ tags, origin }) => tags.length === 1 && origin !== null)).toBe(true);
  // The older passages stay where they were, and what was carried over is undone in one step each.
  await expect.poll(() => scenario.words('older.html')).toHaveLength(4);
  await journey.call('history.undo', {});
  await expect.poll(() => scenario.words('newer.html')).toEqual([MOVED]);
  // Figure cards are carried over beside the passages; one whose words changed stays.
  await pane.getByRole('button', { name: /^Carry over \d+ figures?$/ }).click();
  const figures = async () =>
    (await journey.call('figures.cards', { source: (await scenario.source('newer.html')).id })).figures.map(
      ({ text }) => text,
    );
  await expect.poll(figures).toContain('14家');
  await journey.inspect('versions-carried');
  await list.press('Escape');
  await expect.poll(() => pane.count()).toBe(0);
}

/** Passages on an earlier text layer are reported, and move to the current one when a person confirms. */
async function earlierText(scenario: Scenario): Promise<void> {
  const { journey, page, pane, list } = scenario;
  await page.keyboard.press('Alt+Digit1');
  await page
    .getByRole('row', { name: /notice\.txt/ })
    .first()
    .dblclick();
  await page.getByText('1 passage is on an earlier text').waitFor();
  await expect.poll(() => page.locator('.margin-code').count()).toBe(0);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await pane.getByText('1 passage: 1 unchanged.').waitFor();
  await expect.poll(() => page.locator('.text-view').count()).toBe(2);
  const [earlier, present] = [page.locator('section.reader').first(), page.locator('section.reader').last()];
  await earlier.locator('.text-view').getByText('通知：每户一人').waitFor();
  await expect.poll(() => present.locator('.text-view').textContent()).not.toContain('每户一人');
  await expect.poll(() => earlier.locator('.margin-code').count()).toBe(1);
  await journey.inspect('versions-texts');
  await pane.getByRole('button', { name: 'Carry over 1 unchanged' }).click();
  await expect.poll(() => present.locator('.margin-code').count()).toBe(1);
  await pane.getByText('1 passage: 1 unchanged.').waitFor();
  await list.press('Escape');
  await expect.poll(() => page.locator('.text-view').count()).toBe(1);
  await expect.poll(() => scenario.words('notice.txt')).toEqual([NOTICE]);
  await expect.poll(() => page.getByText('on an earlier text').count()).toBe(0);
}
