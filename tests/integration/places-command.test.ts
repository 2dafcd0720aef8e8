import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it(
  'places finds names in a file, whatever it is, and in a project, to which names are added',
  { timeout: 240_000 },
  async () => {
    const words = '于田县在和田。\r\nNot Hotan jade.\r\n';
    const spans = [
      { start: 0, end: 3, text: '于田县', place: 'xj-yutian-co', name: 'Yutian County', sure: true, asks: [] },
      {
        start: 4,
        end: 6,
        text: '和田',
        place: null,
        name: null,
        sure: false,
        asks: ['xj-hotan-city', 'xj-hotan-co', 'xj-hotan-pref'],
      },
    ];
    writeFileSync(join(folder, 'words.txt'), words);
    writeFileSync(join(folder, 'words-gb.txt'), iconv.encode(words, 'gb18030'));
    writeFileSync(join(folder, 'bytes.txt'), Buffer.from([0, 255, 254, 0, 0xd8, 0x80]));
    for (const file of ['words.txt', 'words-gb.txt'])
      expect(await sourcebook.json('places', '--text', file)).toMatchObject({
        code: 0,
        value: { gazetteer: '0.1.0', places: spans },
      });
    expect(await sourcebook.json('places', '--text', 'bytes.txt')).toMatchObject({ code: 0, value: { places: [] } });
    expect(await sourcebook('places', '--text', 'words.txt')).toMatchObject({
      code: 0,
      out: expect.stringContaining('one of: xj-hotan-city, xj-hotan-co, xj-hotan-pref'),
      err: expect.stringContaining('2 place names: 1 sure, 0 to check, 1 with several places to choose from.'),
    });
    writeFileSync(join(folder, 'large.txt'), '');
    truncateSync(join(folder, 'large.txt'), 65 * 2 ** 20);
    mkdirSync(join(folder, 'empty'));
    for (const [file, code] of [
      ['nowhere.txt', 'NOT_FOUND'],
      ['empty', 'USAGE'],
      ['large.txt', 'TOO_LARGE'],
    ] as const)
      expect((await sourcebook.json('places', '--text', file)).value.error.code).toBe(code);

    await sourcebook('new', 'county');
    const { source } = (await sourcebook.json('add', 'county', 'words.txt')).value.items[0];
    expect((await sourcebook.json('places', 'county', '--source', source)).value.places).toEqual(
      spans.map((span) => ({ source, ...span })),
    );
    const added = await sourcebook.json('places', 'county', '--add', '田在', '--place', 'xj-lop-co');
    expect(added).toMatchObject({ code: 0, value: { place: 'xj-lop-co' } });
    const own = await sourcebook.json('places', 'county', '--own');
    expect(own.value.places).toMatchObject([{ place: 'xj-lop-co', own: false, names: [{ text: '田在' }] }]);
    expect((await sourcebook.json('places', 'county', '--remove', added.value.id)).code).toBe(0);
    expect((await sourcebook.json('places', 'county', '--remove', added.value.id)).value.error.code).toBe('NOT_FOUND');
    const market = (await sourcebook.json('places', 'county', '--add', '夜市', '--in', 'xj-lop-co')).value.id;
    expect((await sourcebook.json('places', 'county', '--rename', market, '--to', '早市')).code).toBe(0);
    expect((await sourcebook.json('places', 'county', '--move', market, '--kind', 'site')).value).toMatchObject({
      parent: 'xj-lop-co',
      kind: 'site',
    });
    expect((await sourcebook.json('places', 'county', '--move', market, '--in', 'xj-qira-co')).code).toBe(0);
    const { value } = await sourcebook.json('places', 'county', '--own');
    expect(value.places).toMatchObject([{ place: market, name: '早市', parent: 'xj-qira-co' }]);
    const ofGazetteer = await sourcebook.json('places', 'county', '--rename', 'xj-lop-co', '--to', 'Lopu');
    expect(ofGazetteer.value.error.code).toBe('NOT_FOUND');
    for (const wrong of [
      [],
      ['county', '--rename', market],
      ['county', '--move', market],
      ['county', '--kind', 'site'],
      ['county', '--text', 'words.txt'],
      ['county', '--own', '--source', source],
      ['county', '--place', 'xj-lop-co'],
      ['county', '--add', 'Lop', '--place', 'xj-lop-co', '--in', 'cn-xinjiang'],
    ])
      expect(await sourcebook.json('places', ...wrong)).toMatchObject({ code: 2, value: { error: { code: 'USAGE' } } });
  },
);
