import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { categoriesOf, mark, newFolder } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const SOON = { timeout: 15_000 };

const STANDS = '园区现有企业14家';
const CHANGED = '吸纳就业2300余人';
const VANISHED = '对新招录人员统一组织、统一护送、统一管理，由乡镇干部全程跟班';
const MOVED = '下一步将深化劳务协作，扩大对口支援省市用工规模';

/** A page saved twice: in the newer one a figure is vague, a sentence is gone and another stands further down. */
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

async function projectOf(journey: Journey): Promise<string> {
  const person = openHome({ SOURCEBOOK_HOME: journey.home }).person();
  const folder = newFolder({ person, at: journey.desktop });
  const paths = [join(journey.folder, 'older.html'), join(journey.folder, 'newer.html')] as const;
  writeFileSync(paths[0], OLDER);
  writeFileSync(paths[1], NEWER);
  const engine = await openEngine({ folder, person, workers: 1 });
  await engine.call('import.run', { job: 'versions', paths: [...paths] });
  const { sources } = await engine.call('sources.list', {});
  const older = sources.find(({ fileName }) => fileName === 'older.html');
  if (older === undefined) throw new Error('The older page did not come in');
  const categories = await categoriesOf(engine, 'TRF.ORG');
  for (const words of [STANDS, CHANGED, VANISHED, MOVED]) await mark(engine, older.id, words, { categories });
  await engine.close();
  return folder;
}

test('two captures of one page beside each other: what stands, moved, changed and vanished, and a yes for what is carried over', async () => {
  const journey = new Journey(browserHost);
  await journey.start(await projectOf(journey));
  const { page } = journey;
  const { sources } = await journey.call('sources.list', {});
  const older = sources.find(({ fileName }) => fileName === 'older.html');
  const newer = sources.find(({ fileName }) => fileName === 'newer.html');
  if (older === undefined || newer === undefined) throw new Error('A capture is missing');

  await page.getByRole('grid').getByText('援疆指挥部走访服装产业园').first().dblclick();
  const inspector = page.getByRole('complementary', { name: 'Passage' });
  const versions = inspector.getByRole('region', { name: 'Versions' });
  await versions.getByText('2023-05-17').waitFor();
  await versions.getByText('2024-05-02').waitFor();
  await inspector.getByRole('button', { name: 'Compare side by side' }).click();

  const pane = page.getByRole('complementary', { name: 'Differences' });
  await pane.getByText('Of 4 passages 1 stands, 1 moved, 1 changed, 1 vanished.').waitFor(SOON);
  const list = pane.getByRole('listbox', { name: 'Differences' });
  const row = (name: RegExp) => list.getByRole('option', { name });
  await row(/Vanished.*统一护送/).click();
  await pane.getByText('stays bound to the capture of 2023-05-17', { exact: false }).waitFor();
  await journey.inspect('versions-vanished');

  // By key from row to row; the changed words are said as gone and new.
  await list.focus();
  await expect
    .poll(
      () =>
        row(/^Changed/)
          .last()
          .locator('del')
          .allTextContents(),
      SOON,
    )
    .toEqual([expect.stringContaining('2300余')]);
  await row(/Moved.*劳务协作/).click();
  await list.press('Enter');
  await row(/Moved.*Carried over/).waitFor(SOON);
  await pane.getByRole('button', { name: 'Carry over the 1 that stands' }).click();
  const carried = async () => (await journey.call('passages.list', { source: newer.id })).passages;
  await expect.poll(async () => (await carried()).length, SOON).toBe(2);
  expect((await carried()).map(({ anchor }) => (anchor.kind === 'text' ? anchor.exact : ''))).toEqual([STANDS, MOVED]);
  expect((await carried()).every(({ tags, origin }) => tags.length === 1 && origin !== null)).toBe(true);
  // The older passages stay where they were, and what was carried is taken back in one step each.
  expect((await journey.call('passages.list', { source: older.id })).total).toBe(4);
  await journey.call('history.undo', {});
  await expect.poll(async () => (await carried()).length, SOON).toBe(1);
  await journey.inspect('versions-carried');

  await pane.getByRole('button', { name: 'End the comparison' }).click();
  await expect.poll(() => pane.count(), SOON).toBe(0);
});
