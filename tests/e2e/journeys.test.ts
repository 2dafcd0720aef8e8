import { describe, expect, test } from 'vitest';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
import { Journey } from './support/journey.ts';
import { browserHost, electronHost, isRealElectron } from './support/hosts.ts';

const hosts = [
  { host: electronHost, title: isRealElectron ? 'Electron' : 'Electron’s bundles on the stand-in' },
  { host: browserHost, title: 'a browser' },
];

describe.each(hosts)('in $title', ({ host }) => {
  test('from nothing to evidence that is still there the next day', async () => {
    const journey = new Journey(host);
    const files = await writeSources(journey.folder);
    await journey.start();
    await journey.page.getByRole('heading', { name: 'Recent projects' }).waitFor();
    await journey.inspect('start');
    await journey.newProject('柳泉县 2023');
    await journey.inspect('library-empty');

    await journey.choose([files.report, files.broken], () =>
      journey.page.getByRole('button', { name: 'Choose files' }).click(),
    );
    const report = journey.page.getByRole('dialog', { name: 'Import report' });
    await report.waitFor();
    expect(await report.getByRole('listitem').count()).toBe(2);
    await expectText(report.getByText('broken.pdf'), 'broken.pdf');
    await journey.inspect('import-report');
    await report.getByRole('button', { name: 'Close report' }).click();

    await journey.drop([files.page, files.notice]);
    await journey.page.getByRole('row', { name: /page\.html/ }).waitFor();
    await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    await journey.inspect('library');

    await journey.open(/report\.pdf/);
    await journey.mark(QUOTES.report);
    await journey.tag('cluster');
    await journey.inspect('reader-pdf');
    await journey.page.keyboard.press('Control+KeyZ');
    expect(await journey.passages()).toEqual([{ exact: QUOTES.report, tags: 0 }]);
    await journey.page.keyboard.press('Control+Shift+KeyZ');
    expect(await journey.passages()).toEqual([{ exact: QUOTES.report, tags: 1 }]);

    await journey.library();
    await journey.open(/page\.html/);
    await journey.mark(QUOTES.page);
    await journey.tag('quota');
    await journey.mark(QUOTES.pageUyghur);
    await journey.tag('org');
    await journey.inspect('reader-page');
    const before = await journey.passages();
    expect(before.map(({ exact }) => exact)).toEqual([QUOTES.report, QUOTES.page, QUOTES.pageUyghur]);

    await journey.quit();
    await journey.start();
    await journey.page.getByRole('button', { name: /柳泉县 2023/ }).click();
    await journey.page.getByRole('button', { name: 'Library' }).waitFor();
    expect(await journey.passages()).toEqual(before);
  });
});

async function expectText(locator: { textContent(): Promise<string | null> }, text: string): Promise<void> {
  expect(await locator.textContent()).toContain(text);
}
