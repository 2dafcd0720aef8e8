import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONVENTION_NAMES, type ConventionName } from '../../shared/drafts/conventions.ts';
import { markedFigures } from './marked-figures.ts';
import { seeded } from './seeded.ts';

/** A sentence of a draft with its citations marked by hand. */
export interface MarkedCitations {
  readonly style: ConventionName;
  readonly text: string;
  readonly marks: readonly CitationMark[];
  /** Every third sentence was kept back while the rules were written. */
  readonly heldBack: boolean;
}
export interface CitationMark {
  readonly start: number;
  readonly end: number;
  readonly publisher: string;
  readonly date: string | null;
  readonly implied: boolean;
}

const FOLDER = join(import.meta.dirname, '../fixtures/drafts');

/** Reads a file of sentences with citations in `tests/fixtures/drafts`; `citations.txt` says how they are marked. */
export function markedCitations(name: 'citations' | 'citations-unseen' | 'citations-second'): MarkedCitations[] {
  const found: MarkedCitations[] = [];
  let style: ConventionName = 'publisher-date';
  for (const line of readFileSync(join(FOLDER, `${name}.txt`), 'utf8').split('\n')) {
    if (line.startsWith('## ')) style = CONVENTION_NAMES.find((one) => line === `## ${one}`) ?? style;
    if (line === '' || line.startsWith('#')) continue;
    found.push({ style, ...unmarked(line.replaceAll('\\n', '\n')), heldBack: found.length % 3 === 2 });
  }
  return found;
}

function unmarked(line: string): Pick<MarkedCitations, 'text' | 'marks'> {
  let text = '';
  let from = 0;
  const marks: CitationMark[] = [];
  for (const { 0: whole, 1: words = '', 2: said = '', index } of line.matchAll(/\{([^={}]*)=([^}]*)\}/g)) {
    text += line.slice(from, index);
    const [publisher = '', date = ''] = said.split(' | ');
    const start = text.length;
    text += words;
    marks.push({
      start,
      end: text.length,
      publisher,
      date: date === '-' ? null : date.replace(' ~', ''),
      implied: date.endsWith(' ~'),
    });
    from = index + whole.length;
  }
  return { text: text + line.slice(from), marks };
}

/** A quotation with one word replaced, left out or added. */
export interface ChangedQuotation {
  readonly text: string;
  /** Where the words that it was made of stand in the source. */
  readonly start: number;
  readonly end: number;
  readonly heldBack: boolean;
}

const CUT_NUMBER = /[一二三四五六七八九十百千万亿]{2}/;

/** Sentences in English and Chinese as one text, and `count` quotations of it, each with a seeded change of one word. */
export function changedQuotations(
  language: 'en' | 'zh',
  count: number,
): { readonly source: string; readonly changed: readonly ChangedQuotation[]; readonly unchanged: readonly string[] } {
  const source = markedFigures(language)
    .map(({ text }) => text)
    .join(language === 'en' ? ' ' : '\n');
  const words = Array.from(source.matchAll(language === 'en' ? /[^\s“”"]+/g : /[\u4e00-\u9fff]{2}/g), (one) => one);
  const inSource: number = language === 'en' ? 6 : 5;
  const unchanged: string[] = [];
  const changed = Array.from({ length: count }, (_, seed): ChangedQuotation => {
    const random = seeded(1000 + seed);
    for (;;) {
      const first = random.int(0, words.length - 30);
      const last = first + random.int(inSource, 14);
      const [from, to] = [words[first], words[last]];
      if (from === undefined || to === undefined) continue;
      const [start, end] = [from.index, to.index + to[0].length];
      const quote = source.slice(start, end);
      if (/[“”"「」『』\n]/.test(quote) || CUT_NUMBER.test(source.slice(start - 1, start + 1))) continue;
      if (CUT_NUMBER.test(source.slice(end - 1, end + 1))) continue;
      const at = words[random.int(first + 1, last - 1)];
      const other = words[random.int(0, words.length - 1)]?.[0].replace(/[.,;:()，。；：（）]+$/u, '') ?? '';
      if (at === undefined || other === '' || quote.includes(other)) continue;
      const place = at.index - start;
      const rest = quote.slice(place + at[0].length);
      const space = language === 'en' ? ' ' : '';
      const text = random.pick([
        quote.slice(0, place) + other + rest,
        quote.slice(0, place) + rest.trimStart(),
        `${quote.slice(0, place)}${other}${space}${at[0]}${rest}`,
      ]);
      unchanged.push(quote);
      return { text, start, end, heldBack: seed % 3 === 2 };
    }
  });
  return { source, changed, unchanged };
}
