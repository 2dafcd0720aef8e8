import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBibtex, writeBibtex } from '../../../../electron/formats/bibliography/bibtex.ts';
import { readCsl, writeCsl } from '../../../../electron/formats/bibliography/csl.ts';
import { type BibEntry, EMPTY } from '../../../../electron/formats/bibliography/model.ts';
import { readRis, writeRis } from '../../../../electron/formats/bibliography/ris.ts';
import { has, run } from '../../../support/programs.ts';
import { type Seeded, seeded, seeds } from '../../../support/seeded.ts';
import { tempFolder } from '../../../support/temp.ts';

const WORDS = [
  '农村',
  '富余劳动力',
  '转移就业',
  'ئەمگەك',
  'كۈچى',
  'Land',
  '“rights”',
  '100 %',
  '#1',
  'a_b',
  '$5',
  'C&A',
  '𠮷野',
  'é',
  '{x',
  'y}',
  '~',
  '^',
  'and',
  '\\n',
  'ä--b',
  '“',
  "d'Or",
  '<b>',
  '"',
  '@misc{',
];
const DATES = ['2023', '2023-05', '2023-05-17', '2023?', '2023-05~', '2019/2021', '2019-02/2020-03', '202X', '2023-21'];

function someEntry(random: Seeded): BibEntry {
  const words = (most: number) => Array.from({ length: random.int(1, most) }, () => random.pick(WORDS)).join(' ');
  const maybe = <T>(value: T): T | null => (random.chance(0.7) ? value : null);
  const id = `0190a000-0000-7000-8000-${random.int(100_000_000, 999_999_999)}000`;
  return {
    ...EMPTY,
    key: id,
    source: id,
    title: maybe(words(8)),
    authors: Array.from({ length: random.int(0, 3) }, () => words(3)),
    publisher: maybe(words(3)),
    date: maybe(random.pick(DATES)),
    language: maybe(random.pick(['zh-Hans', 'ug', 'en'])),
    genre: maybe(random.pick(['Five-year plan', 'Law, sanction or customs document'])),
    kind: random.pick(['webpage', 'report', 'news', 'law', 'document']),
    url: maybe(`https://e.org/${random.pick(['a_b', '%E5%86%9C?x=1&y=#z', '农村', '~u'])}`),
    accessed: maybe(random.pick(['2024-01-02', '2024-01', '2024'])),
    archive: maybe('https://web.archive.org/web/20240102/https://e.org/a_b%20c'),
    sha256: maybe('0f'.repeat(32)),
  };
}
const joined = (pieces: Iterable<string>): string => [...pieces].join('');
/** As BibTeX has them: its notation writes dashes and quotation marks as signs that are also just those signs. */
const typeset = (text: string): string =>
  text.replace(/---/g, '—').replace(/--/g, '–').replace(/``/g, '“').replace(/''/g, '”').normalize('NFC');

describe('a bibliography that is written and read again', () => {
  it.each(seeds(300))('has every entry as it was, in each format (seed %i)', (seed) => {
    const random = seeded(seed);
    const entries = Array.from({ length: random.int(1, 4) }, () => someEntry(random));
    expect(readCsl(joined(writeCsl(entries)))).toEqual({ entries, faults: [] });
    expect(readRis(joined(writeRis(entries)))).toEqual({ entries, faults: [] });
    const { entries: back, faults } = readBibtex(joined(writeBibtex(entries)));
    expect(faults).toEqual([]);
    const asTypeset = entries.map((entry) => ({
      ...entry,
      key: expect.any(String),
      title: entry.title === null ? null : typeset(entry.title),
      authors: entry.authors.map(typeset),
      publisher: entry.publisher === null ? null : typeset(entry.publisher),
    }));
    expect(back).toEqual(asTypeset);
  });
});

describe('a bibliography of another program', () => {
  it('is read from BibTeX with accents, macros, joined values and comments', () => {
    const { entries, faults } = readBibtex(`Exported by X
@comment{ignored {braces}}
@string{iop = "Institute of Physics"}
@article{gödel31, author = {G{\\"o}del, Kurt and {Ministry of Labour and Trade} and others},
  title = "{\\"U}ber formal unentscheidbare S{\\"a}tze" # { der {PM}},
  journal = iop, year = 1931, month = feb, url = {http://e.org/a\\_b}, % why
}
@misc{broken, title = {never closed,
@book(b2, title={中国 \\& 世界}, publisher={Verlag~Nr. 1}, year="2020")
`);
    expect(entries).toMatchObject([
      {
        key: 'gödel31',
        authors: ['Gödel, Kurt', 'Ministry of Labour and Trade'],
        title: 'Über formal unentscheidbare Sätze der PM',
        publisher: 'Institute of Physics',
        date: '1931-02',
        url: 'http://e.org/a_b',
      },
      { key: 'b2', title: '中国 & 世界', publisher: 'Verlag Nr. 1', date: '2020' },
    ]);
    expect(faults).toEqual([{ line: 8, why: 'A brace in it is never closed.' }]);
  });
  it('gives up a BibTeX value that names double with every line, and reads on', () => {
    const names = Array.from({ length: 60 }, (_, n) => `@string{a${n + 1} = a${n} # a${n}}`);
    const text = ['@string{a0 = "xxxxxxxx"}', ...names, '@online{k, title = a60}', '@misc{good, title = {A title}}'];
    const { entries, faults } = readBibtex(text.join('\n'));
    expect(faults[0]).toEqual({ line: 18, why: 'A value in it is longer than any that a bibliography has.' });
    expect(entries.map(({ title }) => title)).toContain('A title');
  });

  it('is read from RIS of other programs', () => {
    const { entries, faults } = readRis(
      'stray\nTY  - JOUR\nT1  - 农村劳动力\nA1  - 王, 明\nY1  - 2019/03//\nN1  - long\nnote goes on\nER  -\nER  - \nTY  - BOOK\nTI  - Cut',
    );
    expect(entries).toMatchObject([{ title: '农村劳动力', authors: ['王, 明'], date: '2019-03' }]);
    expect(faults.map(({ line }) => line)).toEqual([1, 9, 10]);
  });
  it('takes no year from longer numbers, so that the import lists such a date', () => {
    const { entries } = readRis('TY  - RPRT\nTI  - A\nDA  - 17052023\nY2  - 99999999999/99/99\nER  - \n');
    expect(entries).toMatchObject([{ date: '17052023', accessed: '99999999999/99/99' }]);
    const item = { id: 'a', type: 'report', title: 'A', issued: { raw: '17052023' } };
    expect(readCsl(JSON.stringify([item]))?.entries).toMatchObject([{ date: null }]);
  });
  it('is read from CSL-JSON with parted names and dates', () => {
    const item = {
      id: 7,
      type: 'article-journal',
      author: [{ family: '王', given: '明' }, { family: 'Smith', given: 'Ann' }, { literal: 'UN' }],
      issued: { 'date-parts': [['2020', 3]], circa: 1 },
      'container-title': 'Nature',
    };
    expect(readCsl(JSON.stringify([item]))?.entries).toMatchObject([
      { key: '7', authors: ['王明', 'Smith, Ann', 'UN'], date: '2020-03~', publisher: 'Nature' },
    ]);
    expect(readCsl('[{"type":"Annotation","id":"x"}]')).toBeNull();
    // It may have been annotations as well: nobody is told to export a bibliography.
    for (const broken of ['[{', '{"type": "Annotation", "target": }', ''])
      expect(() => readCsl(broken)).toThrow(
        /^This isn’t whole JSON \(.+\)\. Export it again from the program it is from, as annotations or as CSL-JSON\.$/,
      );
  });
});

/** Of biblatex, which bibtool does not know by itself. */
const TYPES = ['online', 'report', 'legislation'];

describe('programs that are not ours', () => {
  const entries = Array.from({ length: 30 }, (_, n) => someEntry(seeded(n)));
  it.skipIf(!has('bibtool'))('bibtool reads the BibTeX without a complaint', () => {
    const path = join(tempFolder(), 'a.bib');
    writeFileSync(path, joined(writeBibtex(entries)));
    const out = run('bibtool', ...TYPES.flatMap((type) => ['--', `new.entry.type{${type}}`]), path);
    for (const { title } of entries) if (title?.includes('农村') === true) expect(out).toContain('农村');
    expect((out.match(/^@/gm) ?? []).length).toBe(entries.length);
  });
  it.skipIf(!has('ris2xml'))('bibutils reads the RIS, with every title', () => {
    const path = join(tempFolder(), 'a.ris');
    writeFileSync(path, joined(writeRis(entries)));
    const xml = run('ris2xml', '-i', 'utf8', path);
    expect((xml.match(/<mods /g) ?? []).length).toBe(entries.length);
    expect(xml).toContain('农村');
  });
  it.skipIf(!has('python3'))('Python reads the CSL-JSON', () => {
    const path = join(tempFolder(), 'a.json');
    writeFileSync(path, joined(writeCsl(entries)));
    const out = run(
      'python3',
      '-c',
      'import json,sys; print(len(json.load(open(sys.argv[1], encoding="utf-8"))))',
      path,
    );
    expect(out.trim()).toBe('30');
  });
});
