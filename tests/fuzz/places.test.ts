import { describe, expect, it } from 'vitest';
import { builtInGazetteer } from '../../electron/project/places/gazetteer.ts';
import { placeFinder } from '../../shared/places/find-places.ts';
import { foldForSearch } from '../../shared/text/search-fold.ts';
import { processorTime } from '../support/processor-time.ts';
import { share } from '../support/share.ts';
import { type Seeded, seeded, seeds } from '../support/seeded.ts';

const gazetteer = builtInGazetteer();
const finder = placeFinder(gazetteer);
const names = gazetteer.places.flatMap((place) =>
  place.names.filter(({ text }) => text.length > 1).map(({ text }) => ({ text, place: place.id })),
);
const bearers = Map.groupBy(names, ({ text }) => foldForSearch(text).text);
const nones = [...gazetteer.nonPlaces.map(({ text }) => text), ...gazetteer.townshipHomonyms.map(({ name }) => name)];
const ODD = [
  '\u202e',
  '\u200f',
  '\ufeff',
  '\ud800',
  '\udc00',
  '😀',
  'ﷺ',
  'ﬁ',
  '\u0301',
  '\u00ad',
  '\n',
  '\0',
  'ー',
  '‑',
  '(',
  '《',
  '》',
];
const PLAIN = [
  ' ',
  ', ',
  ' and ',
  '、',
  '的',
  '。',
  ' in ',
  '和',
  '于',
  '田',
  '市',
  '县',
  '2012',
  'x',
  'نىڭ',
  '镇',
  ' cotton',
  '棉花',
];

const soup = (random: Seeded): string =>
  Array.from({ length: random.int(0, 30) }, () =>
    random.pick([
      () => random.pick(names).text,
      () => random.pick(nones),
      () => random.pick(ODD),
      () => random.pick(PLAIN),
    ])(),
  ).join('');

describe('the names of places in random text', () => {
  it('are what the text says there, in order, without overlaps, and are borne by the places given', () => {
    for (const seed of seeds(share(4000))) {
      const random = seeded(seed);
      const text = soup(random);
      let from = 0;
      for (const { start, end, text: cut, place, sure, asks } of finder.find(text, {
        year: random.pick([null, 2012, 2020]),
      })) {
        expect(start, text).toBeGreaterThanOrEqual(from);
        expect(end, text).toBeGreaterThan(start);
        expect(cut).toBe(text.slice(start, end));
        from = end;
        const known = new Set(bearers.get(foldForSearch(cut).text)?.map((one) => one.place));
        // Under an earlier code, or with the changed vowel of Uyghur, the name is in no list of names.
        if (known.size > 0)
          for (const one of place === null ? asks : [place]) expect([cut, known.has(one)]).toEqual([cut, true]);
        expect(place === null ? asks.length > 1 && !sure : asks.length === 0).toBe(true);
      }
    }
  });

  it('in plain sentences are those of a plain scan, longest first', () => {
    // Whole names only: what stands beside a bare one can make something else of it.
    const whole = names.filter(
      ({ text }) => /[县市]$|County$|ناھىيىسى$/u.test(text) && bearers.get(foldForSearch(text).text)?.length === 1,
    );
    for (const seed of seeds(share(2000))) {
      const random = seeded(seed);
      let text = '。';
      const placed: { start: number; text: string; place: string }[] = [];
      for (let n = random.int(0, 12); n > 0; n--) {
        const name = random.pick(whole);
        placed.push({ start: text.length, ...name });
        text += name.text + random.pick(['。', '，', '. ', '; ', '\n\n']);
      }
      const found = finder
        .find(text, { year: null })
        .map(({ start, text: cut, place }) => ({ start, text: cut, place }));
      expect(found, text).toEqual(placed.map(({ start, text: cut, place }) => ({ start, text: cut, place })));
    }
  });

  it('do not depend on text without names around them', () => {
    const around = [
      '。今天天气很好，工人们按时上班。',
      '. Nothing else was said that day. ',
      '\n\n',
      '。بۇ يىل ھاۋا ياخشى بولدى。',
    ];
    for (const seed of seeds(share(2000))) {
      const random = seeded(seed);
      const text = soup(random);
      const before = random.pick(around);
      const alone = finder
        .find(`\n\n${text}\n\n`, { year: null })
        .map((one) => ({ ...one, start: one.start - 2, end: one.end - 2 }));
      const within = finder.find(`${before}\n\n${text}\n\n${random.pick(around)}`, { year: null });
      const shift = before.length + 2;
      expect(within.map((one) => ({ ...one, start: one.start - shift, end: one.end - shift }))).toEqual(alone);
    }
  });

  it('cost time in proportion to the text, whatever it contains', () => {
    const units = [
      '新疆生产建设兵',
      '和田',
      'Hotan, ',
      '吐鲁番市、',
      'a\u0301\u0300',
      'ئ',
      'Ho-\n',
      'Hotan (',
      '第一师',
      '《玛纳斯》',
      ' ',
      '\ud800',
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      // 200,000 characters take some 0.1 s to 0.8 s; what grew with the square would take minutes.
      expect([unit, processorTime(() => void finder.find(text, { year: 2012 })) < 8000]).toEqual([unit, true]);
    }
  });
});
