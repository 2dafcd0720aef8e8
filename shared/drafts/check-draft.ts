import { refuseTooLong } from '../figures/bounds.ts';
import { firstAfter } from '../figures/read-context.ts';
import { type FiguresRead, readFigures } from '../figures/read.ts';
import { type LineEnds, paragraphsOf, type Stretch } from '../text/blocks.ts';
import { FOOTNOTE_MARK } from './citation-forms.ts';
import { type Citation, citationsIn } from './citations.ts';
import type { Convention } from './conventions.ts';
import { type NamedPlace, type PlaceNamed, placesUnderTwoNames, surePlaces } from './place-names.ts';
import { type Quotation, quotationsIn } from './quotations.ts';
import { frontMatterOf } from './sentences.ts';
import { type Glossary, type Term, termsIn } from './terms.ts';

export interface DraftRead {
  readonly read: FiguresRead;
  readonly citations: readonly Citation[];
  readonly quotations: readonly Quotation[];
  readonly terms: readonly Term[];
  /** Names of places for which the draft used another name before. */
  readonly places: readonly PlaceNamed[];
  /** Each sentence that has figures or quotations, and whether a citation is in it or right after it. */
  readonly sentences: readonly DraftSentence[];
  /** Figures and quotations whose sentence has no citation. */
  readonly uncited: readonly Uncited[];
}
export interface DraftSentence extends Stretch {
  readonly figures: number;
  readonly quotations: number;
  readonly cited: boolean;
}
export interface Uncited extends Stretch {
  readonly kind: 'figure' | 'quotation';
  readonly text: string;
}

/** What is known besides the draft itself. */
interface DraftContext {
  readonly glossary?: Glossary;
  /** Names of places in the text, in order, also those that several places bear. */
  readonly places?: readonly NamedPlace[];
}

/** The longest draft, in UTF-16 code units: a book of 600 pages has 1.5 million. */
const LONGEST = 2 * 2 ** 20;

/** Throws TOO_LARGE for a text that `readDraft` wouldn’t read. */
export const refuseLongDraft = (text: string): void => refuseTooLong(text, LONGEST);

/**
 * Reads a draft as its editor does: what each sentence says that needs a source, and whether it names one. Throws TOO_LARGE before it
 * reads anything.
 */
export function readDraft(
  text: string,
  lineEnds: LineEnds,
  convention: Convention,
  published: string,
  { glossary = new Map(), places = [] }: DraftContext = {},
): DraftRead {
  refuseLongDraft(text);
  const front = frontMatterOf(text);
  return readBody(front === null ? text : blanked(text, [front]), lineEnds, convention, published, {
    glossary,
    places,
  });
}

function readBody(
  text: string,
  lineEnds: LineEnds,
  convention: Convention,
  published: string,
  { glossary, places }: Required<DraftContext>,
): DraftRead {
  // A citation may be broken over two lines; its own text is the draft’s.
  const citations = citationsIn(unwrapped(text, lineEnds), convention, published).map((one) => ({
    ...one,
    text: text.slice(one.start, one.end),
  }));
  // The date and the place of a citation are its source’s, not those of the figures beside it.
  const own = blanked(text, citations);
  const read = readFigures(own, {
    lineEnds,
    published,
    places: surePlaces(places).filter((one) => !isWithin(one, citations)),
  });
  const quotations = quotationsIn(text);
  const outside = <T extends Stretch>(ones: readonly T[]): T[] => ones.filter((one) => !isWithin(one, citations));
  const figures = outside(read.figures);
  const cited = citedSentences(text, read.sentences, citations);
  const sentences = read.sentences.map(({ start, end }, at): DraftSentence => {
    const count = (ones: readonly Stretch[]): number => firstAfter(ones, end) - firstAfter(ones, start);
    return { start, end, figures: count(figures), quotations: count(quotations), cited: cited.has(at) };
  });
  const uncited = [
    ...figures.map((one): Uncited => ({ kind: 'figure', start: one.start, end: one.end, text: one.text })),
    ...quotations.map((one): Uncited => ({ kind: 'quotation', ...one })),
  ]
    .filter(({ start }) => sentences[sentenceAt(read.sentences, start)]?.cited === false)
    .toSorted((one, other) => one.start - other.start);
  return {
    read,
    citations,
    quotations,
    terms: termsIn(text, glossary),
    places: placesUnderTwoNames(text, places, [...citations, ...quotations]),
    sentences: sentences.filter((one) => one.figures + one.quotations > 0),
    uncited,
  };
}

/** If lines were broken at a width, a line end within a paragraph becomes a space. The text keeps its length. */
function unwrapped(text: string, lineEnds: LineEnds): string {
  if (lineEnds === 'hard') return text;
  return paragraphsOf(text, lineEnds)
    .map(({ start, end }) => {
      const words = text.slice(start, end);
      const seen = words.trimEnd().length;
      // Each footnote begins a line, so its line end stays.
      return words.slice(0, seen).replace(/\n(?![ \t]*\[\^)/g, ' ') + words.slice(seen);
    })
    .join('');
}

/** Replaces the given ranges by spaces, so that offsets stay. The ranges are in order. */
function blanked(text: string, ranges: readonly Stretch[]): string {
  let at = 0;
  const pieces: string[] = [];
  for (const { start, end } of ranges) {
    if (start < at) continue;
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

const sentenceAt = (sentences: readonly Stretch[], offset: number): number =>
  Math.max(0, firstAfter(sentences, offset + 1) - 1);

function isWithin({ start, end }: Stretch, ranges: readonly Stretch[]): boolean {
  const before = ranges[firstAfter(ranges, start + 1) - 1];
  return before !== undefined && before.end >= end;
}

/** The numbers of the sentences with a citation. A citation that opens a sentence also belongs to the sentence before. */
function citedSentences(text: string, sentences: readonly Stretch[], citations: readonly Citation[]): Set<number> {
  const cited = new Set<number>();
  for (const { start, form } of citations) {
    const at = sentenceAt(sentences, start);
    cited.add(at);
    const opens = text.slice(sentences[at]?.start ?? 0, start).trim();
    if (form !== 'footnote' && /^[（(]?$/.test(opens) && at > 0) cited.add(at - 1);
  }
  if (citations.some(({ form }) => form === 'footnote'))
    for (const [at, { start, end }] of sentences.entries())
      if (FOOTNOTE_MARK.test(text.slice(start, end))) cited.add(at);
  return cited;
}
