import { describe, expect, it } from 'vitest';
import type { FigureCard } from '../../../../shared/contract/figure-cards.ts';
import { Cards } from '../../../../shared/drafts/match-cards.ts';
import { CONVERSIONS } from '../../../../shared/figures/conversions.ts';
import { Converter } from '../../../../shared/figures/converter.ts';
import { figureOut } from '../../../../shared/figures/figure-out.ts';
import { readFigures } from '../../../../shared/figures/read.ts';
import { figureId, layerId, passageId, sourceId } from '../../../../shared/model/index.ts';
import { newId } from '../../../../electron/db/index.ts';

const SOURCE = sourceId.parse(newId());
const PASSAGE = passageId.parse(newId());
const figuresOf = (text: string) => readFigures(text, { lineEnds: 'hard' }).figures.map(figureOut);

/** The cards of a source’s words, confirmed unless it is said otherwise. */
const cardsOf = (text: string, more: Partial<FigureCard> = {}): FigureCard[] =>
  figuresOf(text).map((one) => ({
    ...one,
    id: figureId.parse(newId()),
    sourceId: SOURCE,
    layer: layerId.parse(newId()),
    page: 1,
    subject: '',
    state: 'confirmed',
    edited: false,
    checks: [],
    passages: [PASSAGE],
    outdated: false,
    ...more,
  }));

interface Asked {
  readonly linked?: boolean;
  readonly cited?: boolean;
  readonly computed?: readonly string[];
}
/** Each figure of a sentence with its cards, as `value: differences`. */
function matched(words: string, cards: readonly FigureCard[], { linked, cited, computed = [] }: Asked = {}) {
  const figures = figuresOf(words);
  const all = new Cards(cards, new Converter(CONVERSIONS), (place) => [place]).matchesIn({
    text: words,
    figures,
    passages: new Set(linked === true ? [PASSAGE] : []),
    sources: new Set(cited === true ? [SOURCE] : []),
    computed: new Set(figures.filter(({ text }) => computed.includes(text)).map(({ id }) => id)),
  });
  return figures.map(({ id, text }) => [
    text,
    (all.get(id) ?? []).map(({ card, differs }) => [card.text, ...differs].join(' ')),
  ]);
}

describe('the cards of a figure', () => {
  it('are those with its value as an exact fraction, also in 万, in another unit of the table, and rounded', () => {
    const report = '转移就业12.6万人次，面积8000亩。';
    expect(matched('They moved 126,000 person-times and 8,000 mu.', cardsOf(report))).toEqual([
      ['126,000', ['12.6万人次']],
      ['8,000', ['8000亩']],
    ]);
    expect(matched('They moved 400 hectares.', cardsOf('6000亩'), { linked: true })).toEqual([['400', ['6000亩']]]);
    expect(matched('They moved 12,600 person-times.', cardsOf('12613人次'), { linked: true })).toEqual([
      ['12,600', ['12613人次']],
    ]);
    // Nothing says that this card is meant, and its value is another.
    expect(matched('They moved 12,600 person-times.', cardsOf('12613人次'))).toEqual([['12,600', []]]);
  });

  it('say otherwise only where the sentence rests on them', () => {
    const report = '妇女2000人。';
    expect(matched('There were 2,100 women.', cardsOf(report))).toEqual([['2,100', []]]);
    expect(matched('There were 2,100 women.', cardsOf(report), { linked: true })).toEqual([
      ['2,100', ['2000人 value']],
    ]);
    // Of a source that is cited only for the same place and period: a report has hundreds of numbers of persons.
    expect(matched('There were 2,100 women.', cardsOf(report), { cited: true })).toEqual([['2,100', []]]);
  });

  it('are taken once: the card of one figure of a sentence contradicts no other', () => {
    const report = cardsOf('妇女2000人。');
    expect(matched('Of 3,100 workers 2,000 were women.', report, { linked: true })).toEqual([
      ['3,100', []],
      ['2,000', ['2000人']],
    ]);
    expect(matched('There were 2,100 women.', report, { linked: true, computed: ['2,100'] })).toEqual([['2,100', []]]);
  });

  it('are none where many could be meant, and none that people dismissed', () => {
    const many = cardsOf('妇女2000人，男2001人，老人2002人，青年2003人。');
    expect(matched('There were 2,100 women.', many, { linked: true })).toEqual([['2,100', []]]);
    const dismissed = cardsOf('妇女2000人。', { state: 'dismissed' });
    expect(matched('There were 2,000 women.', dismissed, { linked: true })).toEqual([['2,000', []]]);
  });

  it('are confirmed ones first', () => {
    const found = cardsOf('妇女2000人。', { state: 'found' });
    const cards = [...found, ...cardsOf('共2000名。', { unit: 'person' })];
    expect(matched('There were 2,000 women.', cards, { linked: true })).toEqual([['2,000', ['2000名', '2000人']]]);
  });
});
