import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { lengthAt } from '../../../../electron/db/search/matches.ts';
import { encodeMap, foldedOffsets, readMap } from '../../../../electron/db/search/offset-map.ts';
import { sourceOfDoc } from '../../../../electron/db/search/doc-numbers.ts';
import { type LayerText, SearchIndex } from '../../../../electron/db/search/search-index.ts';
import { endOfUnit } from '../../../../shared/text/fold.ts';
import { foldForSearch } from '../../../../shared/text/search-fold.ts';
import { parseQuery } from '../../../../shared/text/search-query.ts';
import { type Seeded, seeded, seeds } from '../../../support/seeded.ts';
import { tempFolder } from '../../../support/temp.ts';

const PIECES = [
  ['就业', '轉移', '转移', '劳', '，', '。', '〇', '𠮷', '𠮷野', 'ひら', 'カﾞ', 'ไทย'],
  ['labour', 'Labourer', 'belabour', 'a', 'aa', 'aba', 'e\u0301tat', 'état', 'ﬀ', 'ﬁn', 'straße', '½'],
  ['ئەمگەك', 'ئهمگهكچى', 'ﺋﯩﺶ', '２０２３', '2023', '٣', '４.8', '(x)', '“y”', '😀', '\u0308', '한국', 'हिन्दी', '𝔸b'],
].flat();
const GAPS = ['', '', '', ' ', '\n', '  ', '\u3000', '\u200b', ', ', '/'];
const textOf = (random: Seeded, pieces: number): string =>
  Array.from({ length: pieces }, () => random.pick(PIECES) + random.pick(GAPS)).join('');

const note = (ref: number, source: string | null, text: string) => {
  const folded = foldForSearch(text, 'ignored');
  const id = `00000000-0000-7000-8000-${String(ref).padStart(12, '0')}`;
  return { kind: 'memo' as const, ref: id, source, mark: text, text: folded.text, joins: folded.joins, place: null };
};
/** A layer in pieces that are cut anywhere. */
function layer(id: string, source: string, text: string, cuts: readonly number[] = []): LayerText {
  const { text: folded, joins, starts } = foldForSearch(text, 'ignored');
  const edges = [0, ...cuts.filter((cut) => cut < folded.length), folded.length];
  const chunks = edges.slice(0, -1).map((at, n) => {
    const end = edges[n + 1] ?? at;
    return { at, start: starts[at] ?? 0, end: starts[end] ?? text.length, page: 1, map: new Uint8Array() };
  });
  return { layer: id, source, text: folded, joins, contents: [], chunks };
}

const open = (): { index: SearchIndex; file: string } => {
  const file = join(tempFolder(), 'search.sqlite');
  return { index: SearchIndex.open(file, 'p'), file };
};
/** How often a query occurs, by source; from the index alone. */
function counted(index: SearchIndex, query: string, from = 0): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { doc, matches } of index.matches(parseQuery(query), from, null)) {
    const source = sourceOfDoc(doc);
    counts.set(source, (counts.get(source) ?? 0) + (matches?.starts.length ?? 0));
  }
  return counts;
}
function naive(text: string, query: string): number {
  const [folded, wanted] = [foldForSearch(text, 'ignored').text, foldForSearch(query, 'kept').text];
  let count = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) count++;
  return count;
}
/** A part of a text that begins and ends with a letter or digit of the folded text. */
function queryFrom(random: Seeded, text: string): string {
  for (;;) {
    const folded = foldForSearch(text, 'ignored').text;
    const start = random.int(0, folded.length - 1);
    const query = folded.slice(start, start + random.int(1, 8));
    if (query.isWellFormed() && /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/su.test(query) && !/[-+"]/.test(query)) return query;
  }
}

describe('the index', () => {
  it.each(seeds(25))('says as often as a scan where a query occurs, in all scripts (seed %i)', (seed) => {
    const random = seeded(seed);
    const { index } = open();
    const texts = Array.from({ length: 6 }, () => textOf(random, random.int(5, 80)));
    const cuts = texts.map(() => [random.int(1, 40), random.int(41, 100)]);
    index.writing(() => {
      index.putLayers(texts.slice(0, 3).map((text, n) => layer(`l${n}`, `s${n}`, text, cuts[n])));
      index.putNotes([note(0, 's3', texts[3] ?? '')]);
      index.putLayers([layer('l4', 's4', texts[4] ?? ''), layer('l5', 's5', texts[5] ?? '')]);
    });
    for (let asked = 0; asked < 40; asked++) {
      const query = queryFrom(random, random.pick(texts));
      const expected = texts.map((text) => naive(text, query));
      const found = counted(index, query);
      expect([query, texts.map((_, n) => found.get(index.findSource(`s${n}`) ?? -1) ?? 0)]).toEqual([query, expected]);
    }
    index.close();
  });

  it('lists documents in order, from any of them on, however they were written', () => {
    const { index } = open();
    index.writing(() =>
      index.putLayers([layer('l0', 's0', '就业'), layer('l1', 's1', '就业'), layer('l2', 's2', '就业')]),
    );
    // A newer text of the first source, and a memo on the second.
    index.writing(() => index.putNotes([note(1, 's1', '就业')]));
    index.writing(() => {
      index.removeLayer('l0');
      index.putLayers([layer('l9', 's0', '就业就业')]);
    });
    const docs = [...index.matches(parseQuery('就业'), 0, null)].map(({ doc }) => doc);
    expect(docs).toEqual(docs.toSorted((a, b) => a - b));
    expect(docs).toHaveLength(4);
    const [, second = 0] = docs;
    expect([...index.matches(parseQuery('就业'), second, null)].map(({ doc }) => doc)).toEqual(docs.slice(1));
    expect(counted(index, '就业').get(index.findSource('s0') ?? -1)).toBe(2);
    index.close();
  });

  it('joins small segments, and forgets what was replaced', () => {
    const { index, file } = open();
    const expected = new Map<number, number>();
    for (let round = 0; round < 40; round++) {
      const ref = round % 10;
      const times = 1 + (round % 7);
      index.writing(() => index.putNotes([note(ref, `s${ref}`, `${'re-train 就业 '.repeat(times)}${round}`)]));
      expected.set(index.findSource(`s${ref}`) ?? -1, times);
      index.tidy();
      expect(counted(index, '就业')).toEqual(expected);
      expect(counted(index, 'retrain 就')).toEqual(expected);
    }
    const database = new Database(file, { readonly: true });
    const segments = database.prepare<[], number>('SELECT count(*) FROM segment').pluck().get();
    expect(segments).toBeLessThan(9);
    database.close();
    index.close();
  });

  it('finds more words than it looks up one by one', () => {
    const { index } = open();
    const words = Array.from({ length: 3000 }, (_, n) => `ba${n.toString(36)}x`);
    index.writing(() => index.putLayers([layer('l', 's', words.join(' '))]));
    expect([...counted(index, 'ba').values()]).toEqual([naive(words.join(' '), 'ba')]);
    expect([...counted(index, 'x b').values()]).toEqual([2999]);
    index.close();
  });

  it('takes a word to begin and end at its hyphens, if quotes ask for that', () => {
    const { index } = open();
    const text = 're-education reeducation, education educational';
    index.writing(() => index.putLayers([layer('l', 's', text)]));
    const count = (query: string): number => [...counted(index, query).values()][0] ?? 0;
    expect(['education', '"education', '"education"', 'reeducation', '"reeducation"'].map(count)).toEqual([
      4, 3, 2, 2, 2,
    ]);
    index.close();
  });

  it('keeps what it had when writing stops half way, and goes on from there', () => {
    const { index, file } = open();
    index.writing(() => index.putLayers([layer('l0', 's0', 'labour 就业')]));
    expect(() =>
      index.writing(() => {
        index.putLayers([layer('l1', 's1', 'unheard words 就业')]);
        throw new Error('killed');
      }),
    ).toThrow('killed');
    expect(index.layers()).toEqual(['l0']);
    index.writing(() => index.putLayers([layer('l1', 's1', 'other unheard words 就业')]));
    expect([...counted(index, 'unheard').values(), ...counted(index, 'labour').values()]).toEqual([1, 1]);
    index.close();
    const again = SearchIndex.read(file, 'p');
    expect([...(again === null ? [] : counted(again, '就业').values())]).toEqual([1, 1]);
    again?.close();
  });

  it('of an older version is made again, in place', () => {
    const { index, file } = open();
    index.close();
    const older = new Database(file);
    older.exec(
      "DROP TABLE posting; CREATE VIRTUAL TABLE words USING fts5(one, two, content=''); PRAGMA user_version = 3",
    );
    older.close();
    expect(SearchIndex.read(file, 'p')).toBeNull();
    const again = SearchIndex.open(file, 'p');
    again.writing(() => again.putLayers([layer('l', 's', '就业')]));
    expect([...counted(again, '就业').values()]).toEqual([1]);
    again.close();
  });

  it('reads a list by its number, and notes by their ids', () => {
    const { index } = open();
    const [list, ...notes] = index.plan().split('\n');
    expect(list).toBe('SEARCH posting USING INTEGER PRIMARY KEY (rowid=?)');
    expect(notes.join('\n')).toMatch(/SEARCH n USING INDEX sqlite_autoindex_note_1 \(ref=\?\)/);
    expect(notes.join('\n')).not.toMatch(/SCAN n\b/);
    index.close();
  });
});

it.each(seeds(20))('an offset map leads to the first folded unit from an original offset on (seed %i)', (seed) => {
  const random = seeded(seed);
  const { starts } = foldForSearch(`  ${textOf(random, 60)}`, 'ignored');
  const originals = Array.from({ length: (starts.at(-1) ?? 0) + 1 }, (_, at) => at);
  const expected = originals.map((original) => starts.findIndex((start) => start >= original));
  expect(foldedOffsets(encodeMap(starts), originals)).toEqual(expected);
});

it.each(seeds(40))('an offset map tells where each folded unit came from, as folding does (seed %i)', (seed) => {
  const random = seeded(seed);
  const text = Array.from(
    { length: 80 },
    () =>
      random.pick([...PIECES, 're-', 'æ', '\u00ad', '\ud83d', 'x\u200b\u0301']) +
      random.pick([...GAPS, '-\n', '\u00ad\n']),
  ).join('');
  const { starts, ends } = foldForSearch(text, 'ignored');
  const original = readMap(encodeMap(starts));
  expect(Array.from(starts, (_, unit) => original(unit))).toEqual([...starts]);
  expect(Array.from(starts, (_, unit) => endOfUnit(text, original(unit)))).toEqual([...ends]);
});

it('matches of several terms come once, in order', async () => {
  const { index } = open();
  index.writing(() => index.putLayers([layer('l', 's', '转移就业 labour 转移')]));
  const [found] = index.matches(parseQuery('转移 + 转移就 + labour'), 0, null);
  const matches = found?.matches ?? { starts: new Uint32Array(), lengths: 0 };
  expect(Array.from(matches.starts, (start, n) => [start, lengthAt(matches, n)])).toEqual([
    [0, 2],
    [0, 3],
    [4, 6],
    [10, 2],
  ]);
  index.close();
});
