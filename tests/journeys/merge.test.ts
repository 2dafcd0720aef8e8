import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { openEngine, type Engine } from '../../electron/engine/engine.ts';
import { importProjectFile } from '../../electron/engine/import-project-file.ts';
import { openHome } from '../../electron/host/home.ts';
import type { PassageId, SourceId } from '../../shared/model/index.ts';
import { categoriesOf, mark, newFolder, somebody } from '../support/project.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';

const QUOTA = '赴对口援疆省市就业386人';
const LAND = '全县流转土地4.8万亩';
const REPORT = `柳泉县2023年政府工作报告\n\n${QUOTA}，同比增加6.3%。\n\n${LAND}，成立农民专业合作社37家。\n`;

/** Two people on one project: one sits before the screen, the other works on a copy elsewhere and sends a file. */
class Pair extends Journey {
  readonly moreau = somebody('J. Moreau');
  study = '';
  sent = '';
  source: SourceId | null = null;
  quota: PassageId | null = null;

  constructor() {
    super(browserHost);
  }

  async at<T>(folder: string, person: ReturnType<typeof somebody>, act: (engine: Engine) => Promise<T>): Promise<T> {
    const engine = await openEngine({ folder, person, workers: 1 });
    try {
      return await act(engine);
    } finally {
      await engine.close();
    }
  }

  /** A passage with a memo that both change without knowing of each other, and one that only Moreau made. */
  async prepare(): Promise<void> {
    const mine = openHome({ SOURCEBOOK_HOME: this.home }).person();
    this.study = newFolder({ person: mine, at: this.desktop });
    const report = join(this.study, '..', 'report.txt');
    const first = join(this.desktop, 'first.sbk');
    this.sent = join(this.desktop, 'moreau.sbk');
    writeFileSync(report, REPORT);
    await this.at(this.study, mine, async (engine) => {
      await engine.call('import.run', { job: 'team', paths: [report] });
      const { sources } = await engine.call('sources.list', {});
      this.source = sources[0]?.id ?? null;
      if (this.source === null) throw new Error('The report did not come in.');
      const categories = await categoriesOf(engine, 'TRF.PAIR');
      this.quota = (await mark(engine, this.source, QUOTA, { categories })).id;
      const [category] = await categoriesOf(engine, 'LND.FREED');
      if (category === undefined) throw new Error('No such category.');
      await engine.call('categories.edit', { id: category, patch: { name: 'Freed labour' } });
      await engine.call('projectFile.export', { path: first });
    });
    const theirs = join(this.desktop, 'theirs.sourcebook');
    await importProjectFile({ file: first, folder: theirs, person: this.moreau });
    await this.at(theirs, this.moreau, async (engine) => {
      if (this.source === null) throw new Error('There is no source.');
      const [category] = await categoriesOf(engine, 'LND.FREED');
      if (category === undefined) throw new Error('No such category.');
      await engine.call('categories.edit', { id: category, patch: { name: 'Labour “freed” from land' } });
      await mark(engine, this.source, LAND, { categories: await categoriesOf(engine, 'LND.RIGHTS') });
      await engine.call('projectFile.export', { path: this.sent });
    });
    await this.at(this.study, mine, async (engine) => {
      const [category] = await categoriesOf(engine, 'LND.FREED');
      if (category === undefined) throw new Error('No such category.');
      await engine.call('categories.edit', { id: category, patch: { name: '“Liberated” labour' } });
    });
  }

  get main(): Locator {
    return this.page.locator('.team-main');
  }
  async words(): Promise<string[]> {
    return (await this.passages()).map(({ exact }) => exact);
  }
  async nameOfFreed(): Promise<string> {
    const { categories } = await this.call('codebook.get', {});
    return categories.find(({ code }) => code === 'LND.FREED')?.name ?? '';
  }
}

test('a colleague’s file is previewed and merged, conflicts are resolved by key, the merge is undone and restored', async () => {
  const pair = new Pair();
  await pair.prepare();
  await pair.start(pair.study);
  const { page, main } = pair;
  await page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  await page.keyboard.press('Alt+7');
  await main.getByText('No merges in this copy yet').waitFor();

  // What comes in is seen before anything changes, and who signed it is not known yet.
  await pair.choose([pair.sent], () => page.keyboard.press('Control+Shift+m'));
  await main.getByRole('tab', { name: 'Conflicts 1' }).waitFor();
  await main.getByText('Labour “freed” from land').waitFor();
  await main.getByRole('tab', { name: /^Edits/ }).click();
  await main.getByText('1 person with an unconfirmed key').waitFor();
  await expect.poll(() => pair.words()).toEqual([QUOTA]);
  await pair.inspect('team-preview');

  // Merged by key; the conflict stays open, and the work goes on.
  await page.keyboard.press('Control+Enter');
  await main.getByText(/^Merged \d+ edits? from moreau\.sbk/).waitFor();
  await expect.poll(() => pair.words()).toEqual([QUOTA, LAND]);
  await main.getByRole('button', { name: 'Show 1 open conflict' }).click();
  await main.locator('.merge-conflict').waitFor();
  await page.waitForFunction(() => (document.activeElement?.closest('.merge-conflict') ?? null) !== null);
  await page.getByRole('button', { name: /^Team 1/ }).waitFor();
  await pair.inspect('team-conflict');

  // Shown at its place and left by one key, and resolved by another.
  await page.keyboard.press('o');
  await page.getByText('You came here from a conflict.').waitFor();
  await page.keyboard.press('o');
  await main.locator('.merge-conflict').waitFor();
  await page.keyboard.press('2');
  await main.getByText('No open conflicts').waitFor();
  await expect.poll(() => pair.nameOfFreed()).toBe('Labour “freed” from land');

  // Merging it again adds nothing, and says so.
  await pair.choose([pair.sent], () => page.keyboard.press('Control+Shift+m'));
  await main.getByRole('heading', { name: 'Nothing new to merge' }).waitFor();
  await page.keyboard.press('Escape');

  // Undone after a confirmation, with what was left and why; and restored.
  await main.getByRole('button', { name: /^Undo merge from/ }).click();
  const asks = page.getByRole('alertdialog');
  await asks.getByText('the next person who merges with you gets it').waitFor();
  await asks.getByRole('button', { name: 'Undo merge' }).click();
  await main.getByText('Undid the merge from moreau.sbk.').waitFor();
  await expect.poll(() => pair.words()).toEqual([QUOTA]);
  await pair.inspect('team-taken-back');
  await pair.drop([pair.sent]);
  await main.getByRole('heading', { name: 'Merged before, then undone' }).waitFor();
  await main.getByRole('button', { name: /^Restore merge/ }).click();
  await main.getByText('Restored the merge from moreau.sbk.').waitFor();
  // What came back is said, and nothing of what was added by the merge before.
  await main.getByText(/^\d+ items? restored\.\s*$/).waitFor();
  await expect.poll(() => pair.words()).toEqual([QUOTA, LAND]);
});

test('a snapshot is created, verified and compared with the current state', async () => {
  const pair = new Pair();
  await pair.prepare();
  await pair.start(pair.study);
  const { page, main } = pair;
  await page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByRole('button', { name: /^Snapshots/ }).click();
  await main.getByText('No snapshots yet').waitFor();
  await main.getByRole('textbox', { name: /Snapshot name/ }).fill('Submitted');
  await page.keyboard.press('Enter');
  await main.getByRole('checkbox', { name: 'Submitted' }).waitFor();
  await main.getByRole('button', { name: 'Verify Submitted' }).click();
  await main.getByText('matches').waitFor();
  const source = pair.source;
  if (source === null) throw new Error('There is no source.');
  const { layer } = await pair.call('sources.get', { id: source });
  const found = await pair.call('passages.find', { source, quote: { exact: LAND } });
  await pair.call('passages.create', {
    source,
    layer: layer ?? found.layer,
    marked: { kind: 'text', start: found.start, end: found.end },
  });
  await main.getByText('Submitted', { exact: true }).click();
  await main.getByRole('button', { name: 'Compare', exact: true }).click();
  await main.getByRole('heading', { name: 'From Submitted to now' }).waitFor();
  await main.getByRole('option', { name: /added.*全县流转土地/ }).waitFor();
  await pair.inspect('team-compared');
});
