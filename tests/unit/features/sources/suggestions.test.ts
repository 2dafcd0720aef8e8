import { describe, expect, it } from 'vitest';
import { makePdf } from '../../../support/pdf.ts';
import { desk, folderOf, type Desk } from './support.ts';

const NOTICE = `柳泉县人民政府文件
柳政发〔2022〕5号
关于做好2022年农村劳动力转移就业工作的通知
发布时间：2022年5月28日
各乡镇人民政府：今年以来，全县转移农村富余劳动力12350人次，组织开展职业技能培训。
`;

async function withFiles(files: Readonly<Record<string, Uint8Array | string>>): Promise<Desk> {
  const one = await desk();
  await one.engine.call('import.run', { job: 'j', paths: [folderOf(files)] });
  return one;
}
async function suggestedBy(files: Readonly<Record<string, Uint8Array | string>>) {
  const { engine } = await withFiles(files);
  const { sources } = await engine.call('sources.list', {});
  const { suggestions } = await engine.call('sources.suggestions', { ids: sources.map(({ id }) => id) });
  return suggestions.map(({ field, value, from, quote }) => ({ field, value, from, quote }));
}

describe('suggestions for details', () => {
  it('come from the text: its title, language and stated date', async () => {
    expect(await suggestedBy({ 'notice.txt': NOTICE })).toEqual([
      { field: 'title', value: '关于做好2022年农村劳动力转移就业工作的通知', from: 'text', quote: null },
      { field: 'language', value: 'zh-Hans', from: 'text', quote: null },
      { field: 'dateOfPublication', value: '2022-05-28', from: 'text', quote: '发布时间:2022年5月28日' },
    ]);
  });

  it('of a large text are the same, and read in a worker', async () => {
    // Random numbers, so that the stored layer is large though it is compressed.
    let seed = 7;
    const words = (): string => `转移就业${(seed = (seed * 16807) % 2147483647)}人，`;
    const long = NOTICE + Array.from({ length: 100_000 }, words).join('');
    expect(await suggestedBy({ 'notice.txt': long })).toEqual([
      { field: 'title', value: '关于做好2022年农村劳动力转移就业工作的通知', from: 'text', quote: null },
      { field: 'language', value: 'zh-Hans', from: 'text', quote: null },
      { field: 'dateOfPublication', value: '2022-05-28', from: 'text', quote: '发布时间:2022年5月28日' },
    ]);
  });

  it('name a PDF’s own date as the file’s, and only where its text states none', async () => {
    const created = new Date(Date.UTC(2019, 2, 2, 12));
    const made = async (lines: readonly string[]) => suggestedBy({ 'a.pdf': await makePdf([lines], { created }) });
    const english = 'The county moved the workers of the village to the factory, which was built for them.';
    expect(await made([english])).toContainEqual({
      field: 'dateOfDocument',
      value: '2019-03-02',
      from: 'file',
      quote: null,
    });
    expect((await made(['28 May 1998', english])).map(({ value, from }) => `${value} ${from}`)).toEqual([
      'en text',
      '1998-05-28 text',
    ]);
  });

  it('are not stored: no edit is made until one is taken', async () => {
    const { engine } = await withFiles({ 'notice.txt': NOTICE });
    const labels = async () => (await engine.call('history.list', { limit: 50 })).commits.map(({ label }) => label);
    const before = await labels();
    const [source] = (await engine.call('sources.list', {})).sources;
    if (source === undefined) throw new Error('nothing was added');
    await engine.call('sources.suggestions', { ids: [source.id] });
    expect(await labels()).toEqual(before);
    expect(await engine.call('sources.get', { id: source.id })).toMatchObject({
      title: null,
      language: null,
      dateOfPublication: null,
    });
  });
});
