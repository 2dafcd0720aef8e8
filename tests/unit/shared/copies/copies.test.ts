import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../../../shared/copies/candidates.ts';
import { kindOfCopy } from '../../../../shared/copies/pairs.ts';
import { piecesOf, sharedRuns } from '../../../../shared/copies/runs.ts';
import {
  countCommon,
  type CopyWords,
  distinct,
  printsOf,
  SHINGLE_WEIGHT,
  shinglesOf,
  wordsOf,
} from '../../../../shared/copies/shingles.ts';
import { foldForSearch } from '../../../../shared/text/search-fold.ts';
import { article, reprint, REPRINTS, type Script } from '../../../support/copies.ts';
import { type Seeded, seeded, seeds } from '../../../support/seeded.ts';

/** The words of a text and their weights, by a regular expression. */
const naiveWords = (text: string): { word: string; weight: number }[] =>
  [
    ...foldForSearch(text).text.matchAll(
      /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}])[\p{L}\p{N}\p{M}])+/gu,
    ),
  ].map(([word]) => ({ word, weight: /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(word) ? 1 : 2 }));
function naiveShingles(text: string): Set<string> {
  const words = naiveWords(text);
  const found = new Set<string>();
  for (let first = 0; first < words.length; first++) {
    const own: string[] = [];
    let weight = 0;
    for (let at = first; at < words.length && weight < SHINGLE_WEIGHT; at++) {
      own.push(words[at]?.word ?? '');
      weight += words[at]?.weight ?? 0;
    }
    if (weight >= SHINGLE_WEIGHT) found.add(own.join(' '));
  }
  return found;
}
const naiveCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((one) => b.has(one)).length;

/** Some texts, of which some are reprints of others. */
function manyTexts(random: Seeded): string[] {
  const texts: string[] = [];
  for (let group = 0; group < 8; group++) {
    const script: Script = random.pick(['chinese', 'english']);
    const text = article(random, script);
    texts.push(text);
    for (let copies = random.int(0, 4); copies > 0; copies--)
      texts.push(reprint(random, text, script, random.pick(REPRINTS)));
  }
  return random.shuffle(texts);
}

const SAMPLES = [
  'Land transfer of 300 mu, announced by the county’s  village (re-\neducation) committee.',
  '全县流转土地4.8万亩，推进土地流轉。劳务协作协议已签订',
  'ئۇيغۇر ئاپتونوم رايونى ئىشقا ئورۇنلاشتۇرۇش خىزمىتى توغرىسىدا ئۇقتۇرۇش چىقاردى',
  'การย้ายแรงงาน 2023 ๒๕๖๖ 転職支援センター',
  '🌾🌾 a\u0301 \ud800 ,,, ',
  '',
];

describe('shingles', () => {
  it.each(SAMPLES)('are those that a naive reading makes: %j', (text) => {
    if (!text.isWellFormed() || /\p{Extended_Pictographic}/u.test(text)) return;
    expect(distinct(shinglesOf(wordsOf(text))).length).toBe(naiveShingles(text).size);
  });

  it.each(seeds(12))('and what two texts share equals a naive count, seed %i', (seed) => {
    const random = seeded(seed);
    const texts = manyTexts(random);
    const fast = texts.map((text) => distinct(shinglesOf(wordsOf(text))));
    const naive = texts.map(naiveShingles);
    texts.forEach((_, a) =>
      texts.forEach((__, b) => {
        const [one, other] = [naive[a] ?? new Set<string>(), naive[b] ?? new Set<string>()];
        expect(countCommon(fast[a] ?? new Uint32Array(), fast[b] ?? new Uint32Array())).toBe(naiveCommon(one, other));
      }),
    );
  });

  it('are the same for traditional and simplified characters, for other widths and on other lines', () => {
    const one = '全县转移就业劳动力培训计划组织农民务工';
    for (const other of [
      '全縣轉移就業勞動力培訓計劃組織農民務工',
      '全县转移就业\n劳动力培训计划，组织农民务工',
      '“全县转移就业”劳动力培训 计划组织农民务工',
    ])
      expect([...shinglesOf(wordsOf(other))]).toEqual([...shinglesOf(wordsOf(one))]);
  });

  it('of a saved page leave out menus and captions, unless there is hardly anything else', () => {
    const menu = 'Home\nNews\nContact us\nAbout this site';
    const body = article(seeded(1), 'chinese', 4);
    expect([...shinglesOf(wordsOf(`${menu}\n${body}\n${menu}`, 'lines'))]).toEqual([
      ...shinglesOf(wordsOf(body, 'lines')),
    ]);
    expect(wordsOf(menu, 'lines').count).toBe(wordsOf(menu).count);
  });
});

describe('prints', () => {
  it.each(seeds(20))('of two texts with a run of 24 characters in common share one, seed %i', (seed) => {
    const random = seeded(seed);
    const shared = article(random, 'chinese', 1)
      .replaceAll(/[，。]/gu, '')
      .slice(0, 24);
    const [one, other] = [0, 1].map(() => `${article(random, 'chinese', 2)}${shared}${article(random, 'chinese', 2)}`);
    const printsIn = (text = ''): Uint32Array => printsOf(shinglesOf(wordsOf(text)));
    expect(countCommon(printsIn(one), printsIn(other))).toBeGreaterThan(0);
  });

  it('are shingles of the text, about one in eight', () => {
    const shingles = shinglesOf(wordsOf(article(seeded(3), 'chinese', 60)));
    const prints = printsOf(shingles);
    const all = new Set(shingles);
    expect([...prints].every((one) => all.has(one))).toBe(true);
    expect(shingles.length / prints.length).toBeGreaterThan(6);
    expect(shingles.length / prints.length).toBeLessThan(11);
  });
});

const pairsIn = (texts: readonly string[], options = {}): string[] => {
  const shingles = texts.map((text) => shinglesOf(wordsOf(text)));
  return candidatesOf(shingles.map(printsOf), options).map(({ a, b }) => `${a} ${b}`);
};

describe('candidates', () => {
  it('have every pair of copies that a comparison of all with all finds, but for few', () => {
    let [wanted, found] = [0, 0];
    for (const seed of seeds(25)) {
      const texts = manyTexts(seeded(seed));
      const naive = texts.map(naiveShingles);
      const candidates = new Set(pairsIn(texts));
      naive.forEach((one, a) =>
        naive.forEach((other, b) => {
          if (a >= b) return;
          const compared = { shared: naiveCommon(one, other), ofOne: one.size, ofOther: other.size };
          if (kindOfCopy(compared) === null) return;
          wanted++;
          if (candidates.has(`${a} ${b}`)) found++;
        }),
      );
    }
    expect(wanted).toBeGreaterThan(300);
    expect(found / wanted).toBeGreaterThanOrEqual(0.98);
  });

  it('link a text that is in very many only in a chain, and keep them connected', () => {
    const random = seeded(5);
    const text = article(random, 'english', 6);
    const texts = Array.from({ length: 150 }, () => reprint(random, text, 'english', 'edited'));
    const pairs = pairsIn(texts);
    expect(pairs.length).toBeLessThan((150 * 149) / 2);
    const reached = new Set(['0']);
    for (let before = 0; before < reached.size;) {
      before = reached.size;
      for (const pair of pairs) {
        const [a = '', b = ''] = pair.split(' ');
        if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
      }
    }
    expect(reached.size).toBe(150);
  });

  it('are found from a part of the prints too, if there are too many, and those that share most come first', () => {
    const texts = manyTexts(seeded(7));
    const all = new Set(pairsIn(texts));
    const some = pairsIn(texts, { mostPrints: 300 });
    expect(some.length).toBeGreaterThan(all.size / 2);
    expect(pairsIn(texts, { mostCandidates: 2 })).toHaveLength(2);
  });
});

describe('what two texts share', () => {
  const wordsAt = ({ starts, ends, count }: CopyWords, start: number, end: number): number[] =>
    Array.from({ length: count }, (_, at) => at).filter((at) => (starts[at] ?? 0) >= start && (ends[at] ?? 0) <= end);

  it.each(seeds(20))('has the same words in both, and every shared shingle of the first, seed %i', (seed) => {
    const random = seeded(seed);
    const script: Script = random.pick(['chinese', 'english']);
    const text = article(random, script);
    const [one, other] = [text, reprint(random, text, script, random.pick(REPRINTS))];
    const [a, b] = [wordsOf(one), wordsOf(other)];
    const runs = sharedRuns(a, b);
    const covered = new Set<number>();
    for (const run of runs) {
      const [inOne, inOther] = [wordsAt(a, run.one.start, run.one.end), wordsAt(b, run.other.start, run.other.end)];
      expect(inOne.map((at) => a.hashes[at])).toEqual(inOther.map((at) => b.hashes[at]));
      for (const at of inOne) covered.add(at);
    }
    const there = new Set(shinglesOf(b));
    shinglesOf(a).forEach((shingle, at) => {
      if (there.has(shingle)) expect(covered.has(at)).toBe(true);
    });
    for (const side of ['one', 'other'] as const) {
      const whole = side === 'one' ? one : other;
      const pieces = piecesOf(
        whole.length,
        runs.map((run) => run[side]),
      );
      expect(pieces.map(({ start, end }) => whole.slice(start, end)).join('')).toBe(whole);
    }
  });

  it('is nothing in texts without a shingle in common, and everything in equal ones', () => {
    const text = article(seeded(9), 'chinese');
    expect(sharedRuns(wordsOf(text), wordsOf(article(seeded(10), 'english')))).toEqual([]);
    expect(sharedRuns(wordsOf(text), wordsOf(text))).toHaveLength(1);
  });
});
