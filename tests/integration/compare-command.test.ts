import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

const OLDER =
  '全县流转土地4.8万亩，涉及农户一千二百户。\n组织农村富余劳动力转移就业1234人次。\n名单见附件，共三十七个单位。\n';
const NEWER = '全县流转土地5.1万亩，涉及农户一千二百户。\n组织农村富余劳动力\n转移就业1234人次。\n';

it('compare lists what became of the passages of an older capture, and writes nothing', async () => {
  writeFileSync(join(folder, 'older.txt'), OLDER);
  writeFileSync(join(folder, 'newer.txt'), NEWER);
  await sourcebook('new', 'county');
  const { value } = await sourcebook.json('add', 'county', 'older.txt', 'newer.txt');
  const [older, newer] = value.items.map((item: { source: string }) => item.source);
  const marked: string[] = [];
  for (const quote of ['流转土地4.8万亩', '劳动力转移就业1234人次', '名单见附件，共三十七个单位'])
    marked.push((await sourcebook.json('highlight', 'county', older, '--quote', quote)).value.passage.id);
  const log = await sourcebook.json('log', 'county');

  const compared = await sourcebook.json('compare', 'county', older, newer.slice(0, 8));
  expect(compared.code).toBe(0);
  const from = (words: string) => ({
    start: OLDER.indexOf(words),
    end: OLDER.indexOf(words) + words.length,
    exact: words,
  });
  const to = (words: string) => ({
    start: NEWER.indexOf(words),
    end: NEWER.indexOf(words) + words.length,
    exact: words,
  });
  expect(compared.value).toEqual({
    found: [{ passage: marked[1], from: from('劳动力转移就业1234人次'), to: to('劳动力\n转移就业1234人次') }],
    moved: [],
    changed: [{ passage: marked[0], from: from('流转土地4.8万亩'), to: to('流转土地5.1万亩') }],
    vanished: [{ passage: marked[2], from: from('名单见附件，共三十七个单位') }],
    report: 'Of 3 coded passages: 1 unchanged, 1 changed, 1 not found',
  });
  const shown = await sourcebook('compare', 'county', older, newer);
  expect(shown.out.split('\n')[0]).toBe('Of 3 coded passages: 1 unchanged, 1 changed, 1 not found');
  expect(shown.out).toContain('\u2068流转土地5.1万亩\u2069');
  expect((await sourcebook.json('log', 'county')).value).toEqual(log.value);
  expect((await sourcebook.json('pair', 'county', older, newer)).value).toEqual({ pair: { older, newer } });
  expect((await sourcebook('pair', 'county', newer, older)).code).toBe(1);
});
