import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeMhtml } from '../support/mhtml.ts';
import { png } from '../support/pictures.ts';
import { signingKey, wacz } from '../support/wacz.ts';
import { gzippedWarc, response, warcinfo } from '../support/warc.ts';
import { Reading } from '../e2e/support/reading.ts';

const SITE = 'https://news.liuquan.example/2023';
const html = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><link rel="stylesheet" href="own.css"><title>${title}</title><h1>${title}</h1>${body}</html>`;

/** A signed archive of three pages with a style sheet; one was reached by a redirect. */
async function archive(): Promise<Buffer> {
  const page = (name: string, title: string, body: string): Buffer =>
    response({ url: `${SITE}/${name}`, date: '2023-11-07T08:02:03Z', body: html(title, body) });
  const records = [
    warcinfo('ArchiveWeb.page 0.9'),
    response({
      url: `${SITE}/old`,
      date: '2023-11-07T08:02:03Z',
      status: '301 Moved',
      headers: { Location: '0516.html' },
      body: '',
    }),
    page('0516.html', '服装产业园', '<p>园区现有企业14家，吸纳就业2300余人。</p><nav class="gone">首页 新闻</nav>'),
    page('0517.html', '转移就业目标', '<p>今年转移就业目标提前完成。</p>'),
    page('0518.html', '天气', '<p>晴。</p>'),
    response({
      url: `${SITE}/own.css`,
      date: '2023-11-07T08:02:03Z',
      type: 'text/css',
      body: '.gone { display: none }',
    }),
  ];
  return wacz({
    warcs: { 'data.warc.gz': gzippedWarc(records) },
    pages: [
      { url: `${SITE}/old`, title: '服装产业园' },
      { url: `${SITE}/0517.html`, title: '转移就业目标' },
      { url: `${SITE}/0518.html`, title: '天气' },
    ],
    signedBy: signingKey(),
  });
}

test('captures are dropped: an archive asks for its pages, MHTML and a page with its folder are complete, and all can be read', async () => {
  const reading = new Reading();
  const { folder } = reading;
  const [archived, mail, saved, files] = ['county.wacz', 'notice.mhtml', 'report.html', 'report_files'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  writeFileSync(archived, await archive());
  writeFileSync(
    mail,
    makeMhtml({
      headers: {
        From: '<Saved by Blink>',
        'Snapshot-Content-Location': `${SITE}/notice.html`,
        Date: 'Tue, 7 Nov 2023 16:02:03 +0800',
      },
      parts: [
        {
          headers: { 'Content-Type': 'text/html', 'Content-Location': `${SITE}/notice.html` },
          body: html('通知', '<p>每户一人参加培训。</p>'),
          encoding: 'quoted-printable',
        },
      ],
    }),
  );
  mkdirSync(files);
  writeFileSync(join(files, 'logo.png'), png(40, 30, { paint: () => [200, 40, 40] }));
  writeFileSync(saved, html('有图的报道', '<img src="report_files/logo.png"><p>有组织转移。</p>'));
  await reading.start();
  await reading.newProject('Captures');
  await reading.drop([archived, mail, saved, files]);
  const { page } = reading;

  const chooser = page.getByRole('dialog', { name: 'Choose pages to import' });
  await chooser.waitFor();
  await chooser.getByText('Digests match').waitFor();
  await chooser.getByText('Signature valid').waitFor();
  await reading.inspect('captures-chooser');
  await chooser.getByRole('row', { name: /服装产业园/ }).click();
  await chooser.getByRole('row', { name: /转移就业目标/ }).click({ modifiers: ['Control'] });
  await chooser.getByRole('button', { name: 'Import 2 pages' }).click();
  await chooser.waitFor({ state: 'detached' });
  const sources = async () => (await reading.call('sources.list', {})).sources;
  await expect.poll(async () => (await sources()).length).toBe(4);

  const all = await sources();
  const titled = (title: string) => all.find((one) => one.title === title);
  expect(titled('服装产业园')).toMatchObject({
    kind: 'page',
    capture: { time: '2023-11-07T08:02:03Z' },
    archive: { format: 'wacz', digests: 'held', signature: { state: 'valid' } },
    prefilled: { captureTime: expect.stringContaining('WARC-Date') },
  });
  expect(titled('服装产业园')?.redirects.map(({ status }) => status)).toContain(301);
  expect(titled('通知')).toMatchObject({ capture: { url: `${SITE}/notice.html`, tool: 'Chromium (Blink)' } });
  expect(titled('有图的报道')?.parts).toMatchObject([{ path: 'report_files/logo.png' }]);

  // Read like any other: what the capture's own style sheet hides is out, and said.
  await reading.openFrom(/服装产业园/);
  await reading.page.getByRole('button', { name: /hidden text/ }).waitFor();
  const frozen = reading.page.frameLocator('.frozen-page iframe');
  await frozen.getByText('吸纳就业2300余人').waitFor();
  await reading.mark('吸纳就业2300余人');
  await reading.tag('quota');
  await expect.poll(() => reading.passages()).toEqual([{ exact: '吸纳就业2300余人', tags: 1 }]);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await page.getByText('page of county.wacz').first().waitFor();
  await reading.inspect('captures-record');
  await page.keyboard.press('Escape');
  expect(await reading.call('project.verify', {})).toMatchObject({ ok: true });
  await reading.quit();

  await reading.startAgain('Captures');
  await expect.poll(async () => (await sources()).length).toBe(4);
  await reading.page.frameLocator('.frozen-page iframe').getByText('吸纳就业2300余人').waitFor();
});
