import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { finderFor } from '../../../../electron/project/places/own.ts';
import { readDraft } from '../../../../shared/drafts/check-draft.ts';
import { CONVENTIONS } from '../../../../shared/drafts/conventions.ts';
import { hasOriginal, QuotedText } from '../../../../shared/drafts/quotations.ts';
import { glossaryOf } from '../../../../shared/drafts/terms.ts';

const at = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/drafts/article/${name}`, import.meta.url)), 'utf8');

/** An article of 52 sentences that was written before the rules saw it, with its three sources. What it says was read by a person. */
const text = at('article.md');
const places = finderFor({ names: [], places: [] }).find(text, { year: 2024 });
const glossary = glossaryOf([
  { name: 'Surplus labour', termsZh: [{ term: '富余劳动力' }], termsEn: [{ term: 'surplus labourers' }] },
]);
const read = readDraft(text, 'hard', CONVENTIONS['publisher-date'], '2024-05-20', { glossary, places });

const GOVERNMENT = 'Lop County Government 2024-01-18 implied';
const NEWS = 'Lop County News 2023-11-07';
const NOTE = 'Centre for Labour Studies 2024-02';

it('cites 23 times, under a caption too, and nothing else is a citation', () => {
  expect(
    read.citations.map(({ publisher, date, implied }) => `${publisher} ${date}${implied ? ' implied' : ''}`),
  ).toEqual([
    GOVERNMENT,
    GOVERNMENT,
    NOTE,
    GOVERNMENT,
    GOVERNMENT,
    'Hotan Daily 2022-12-02',
    'Xinjiang Daily 2023-03-03',
    GOVERNMENT,
    GOVERNMENT,
    NEWS,
    NEWS,
    NEWS,
    NOTE,
    NOTE,
    'Byler 2021',
    GOVERNMENT,
    GOVERNMENT,
    GOVERNMENT,
    'Xinjiang Daily 2023-06-01',
    NOTE,
    'Hotan Government 2023-12-20 implied',
    'Xinjiang Bureau of Statistics 2021-06-14',
    NEWS,
  ]);
});

it('quotes word for word, with changes, and what is in no source', () => {
  const sources = ['report.txt', 'news.txt', 'note.txt'].map((name) => new QuotedText(at(name)));
  const said = read.quotations.map((one) => {
    const found = sources.flatMap((source) => source.find([one])[0] ?? []);
    const best = found.find(({ status }) => status === 'exact') ?? found[0];
    const missing = hasOriginal(text, one) ? 'translation' : 'not-found';
    const changed = (best?.words ?? []).filter(({ kind }) => kind !== 'same').map((piece) => piece.text.trim());
    return [one.text.slice(0, 18), best?.status ?? missing, changed.join(' > ')];
  });
  expect(said).toEqual([
    ['one worker who lea', 'exact', ''],
    ['order-oriented tra', 'translation', ''],
    // What it is said to translate is in no source.
    ['订单式培训', 'not-found', ''],
    ['training first, th', 'translation', ''],
    ['先培训后上岗', 'exact', ''],
    ['挨家挨户动员，做到不漏一户、不落一人'.slice(0, 18), 'exact', ''],
    // The last word of the quotation is another than the source’s: both are named.
    ['引导群众转变就业思想', 'changed', '观念 > 思想'],
    ['did not want to le', 'exact', ''],
    ['to work hard, to o', 'changed', 'discipline > orders'],
    ['Local reports neve', 'exact', ''],
    ['consent cannot be ', 'changed', 'cannot > can'],
    ['voluntary in name ', 'not-found', ''],
    ['We therefore treat', 'exact', ''],
    ['zero tolerance for', 'not-found', ''],
  ]);
});

it('has figures without a citation, a term cut short, and a place under two names', () => {
  expect(read.uncited.map((one) => one.text)).toEqual([
    '320',
    '12',
    'half',
    '47,000',
    '4.4 percent',
    '95,000',
    'two',
    'Three',
    '17.8 percent',
    'Two',
    'zero tolerance for forced labour in any part of our supply chain',
  ]);
  expect(
    read.terms.flatMap(({ chinese, problems }) => problems.map(({ kind, other }) => [chinese, kind, other])),
  ).toEqual([['富余劳动', 'cut-short', '富余劳动力']]);
  expect(read.places.map((one) => [one.text, one.other])).toEqual([['Luopu County', 'Lop County']]);
});

it('reads no period and no place of a figure from a citation beside it', () => {
  const figure = (printed: string) => read.read.figures.find((one) => one.text === printed);
  expect(figure('2.5 million')?.place).not.toBe('cn-xinjiang');
  expect(figure('12,480')).toMatchObject({ value: expect.anything(), unit: 'person', place: null, period: null });
  expect(figure('85')?.period).toMatchObject({ from: '2023-05-01', to: '2023-05-31' });
});
