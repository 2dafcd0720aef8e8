import { pageAt } from '../../../shared/anchoring/anchor.ts';
import {
  type DraftRead as Checked,
  readDraft,
  refuseLongDraft,
  type Uncited,
} from '../../../shared/drafts/check-draft.ts';
import { conventionOf, CONVENTIONS } from '../../../shared/drafts/conventions.ts';
import {
  hasOriginal,
  isBetter,
  isChinese,
  type Quotation,
  QuotedText,
  type QuotationFound,
} from '../../../shared/drafts/quotations.ts';
import { draftSentences, type NumberedSentence } from '../../../shared/drafts/sentences.ts';
import type { Figure } from '../../../shared/figures/figure.ts';
import { figureOut } from '../../../shared/figures/figure-out.ts';
import { conversionTable } from '../../../shared/figures/conversions.ts';
import { operationOf } from '../../../shared/figures/operations.ts';
import { readFigures } from '../../../shared/figures/read.ts';
import { findRelations } from '../../../shared/figures/relations.ts';
import { lineEndsOf } from '../../../shared/text/blocks.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals } from '../../project/files/originals.ts';
import { finderFor } from '../../project/places/own.ts';
import type { DraftRead, DraftToRead, PlaceFound } from '../../workers/draft-job.ts';

/** UTF-16 code units that are shown before and after a quotation in its source. */
const AROUND = 60;
/** At most this many figures and relations of one draft are checked. No draft that people read has more. */
const MOST = 20_000;

/** Reads a draft and looks for its figures and quotations in the project. Runs in a worker, since a project has thousands of texts. Throws DAMAGED, TOO_LARGE. */
export function draftJob(input: DraftToRead): DraftRead {
  const { folder, layer, published, style, glossary, sources, passages, added, conversions } = input;
  const files = openOriginals(folder);
  const { file, text } = textOf(files, layer);
  refuseLongDraft(text);
  const lineEnds = lineEndsOf(file.engine, text);
  const places = finderFor(added).find(text, { year: Number(published.slice(0, 4)) || null });
  const convention = conventionOf(style) ?? CONVENTIONS['publisher-date'];
  const read = readDraft(text, lineEnds, convention, published, { glossary, places });
  const { relations, unpaired } = findRelations(
    { ...read.read, figures: read.read.figures.slice(0, MOST) },
    conversionTable(conversions),
  );
  const cited = (one: Figure): boolean => read.citations.some(({ start, end }) => one.start >= start && one.end <= end);
  const figures = read.read.figures.slice(0, MOST).filter((one) => !cited(one));
  const matches = matchesIn(figures, passages);
  const { headings, sentences } = draftSentences(text, lineEnds);
  const looked = findQuotations(files, read.quotations, sources);
  return {
    text,
    headings,
    sentences,
    citations: read.citations,
    quotations: read.quotations.map((one, at) => ({
      start: one.start,
      end: one.end,
      text: one.text,
      found: looked.found[at] ?? null,
      isOtherLanguage:
        sources.length > 0 && ((isChinese(one.text) ? looked.chinese : looked.other) === 0 || hasOriginal(text, one)),
    })),
    figures: figures.map((one, at) => ({
      ...figureOut(one),
      isUnpaired: unpaired.includes(one),
      matches: matches[at] ?? [],
    })),
    relations: relations
      .filter(({ printed, kind }) => printed !== null && kind !== 'repeat')
      .slice(0, MOST)
      .map(({ kind, operation, inputs, printed, check, readings, by, warnings }) => {
        // If a count may be rounded, a reading that holds decides, because the text allows it.
        const judged = check.verdict === 'fails' ? (readings?.rounded ?? check) : check;
        return {
          kind,
          operation,
          formula: operationOf(operation).formula,
          inputs: inputs.map(({ id }) => id),
          result: printed?.id ?? null,
          by,
          figures: [...inputs, ...(printed === null ? [] : [printed])].map((one) => one.text),
          start: printed?.start ?? 0,
          end: printed?.end ?? 0,
          text: printed?.text ?? '',
          verdict: judged.verdict,
          computed: judged.computed?.toDecimal(3) ?? null,
          off: judged.off,
          wide: judged.wide,
          warnings: [...warnings],
        };
      }),
    uncited: read.uncited.filter((one) => !isRepeated(one, read, sentences)),
    terms: read.terms,
    places: read.places,
    looked: {
      sources: sources.length - looked.failed,
      failed: looked.failed,
      figuresLeftOut: Math.max(0, read.read.figures.length - MOST),
      leftOutIn: leftOutIn(read.read.figures.slice(MOST), sentences),
    },
  };
}

/** How many unchecked figures each sentence has, by its number. Both lists are in the order of the text. */
function leftOutIn(
  figures: readonly Figure[],
  sentences: readonly NumberedSentence[],
): DraftRead['looked']['leftOutIn'] {
  let at = 0;
  return sentences.flatMap(({ start, end }, index) => {
    while ((figures[at]?.end ?? Infinity) <= start) at++;
    const from = at;
    while ((figures[at]?.start ?? Infinity) < end) at++;
    return at === from ? [] : [{ sentence: index + 1, count: at - from }];
  });
}

/** Whether words in a heading are repeated by a sentence with a source: then the heading needs none. */
function isRepeated(one: Uncited, read: Checked, sentences: readonly NumberedSentence[]): boolean {
  if (!sentences.some(({ isHeading, start, end }) => isHeading && start <= one.start && one.end <= end)) return false;
  const open = new Set(read.uncited.map(({ start }) => start));
  const repeats = [...read.read.figures, ...read.quotations].filter(({ text }) => text === one.text);
  return repeats.some(({ start }) => !open.has(start));
}

type Files = ReturnType<typeof openOriginals>;
function textOf(files: Files, layer: DraftToRead['layer']) {
  const file = openLayerFile(files.readLayer(layer));
  return { file, text: file.text() };
}

interface Looked {
  readonly found: (PlaceFound | null)[];
  /** How many sources are in Chinese script. */
  chinese: number;
  /** How many sources are in another script. */
  other: number;
  /** How many sources could not be read. */
  failed: number;
}

/** Looks for quotations in one source after the other. The best match wins; of equal matches, that of the earlier source. */
function findQuotations(files: Files, quotations: readonly Quotation[], sources: DraftToRead['sources']): Looked {
  const looked: Looked = { found: quotations.map(() => null), chinese: 0, other: 0, failed: 0 };
  for (const { id, layer } of sources) {
    let opened: ReturnType<typeof textOf>;
    try {
      opened = textOf(files, layer);
    } catch {
      looked.failed++;
      continue;
    }
    const quoted = new QuotedText(opened.text);
    if (quoted.isChinese) looked.chinese++;
    else looked.other++;
    const open = quotations.map((_, at) => at).filter((at) => looked.found[at]?.status !== 'exact');
    const here = quoted.find(open.flatMap((at) => quotations[at] ?? []));
    for (const [number, at] of open.entries()) {
      const one = here[number] ?? null;
      if (one !== null && isBetter(one, looked.found[at] ?? null)) looked.found[at] = placed(one, id, opened);
    }
  }
  return looked;
}

const placed = (
  one: QuotationFound,
  source: PlaceFound['source'],
  { file, text }: ReturnType<typeof textOf>,
): PlaceFound => ({
  ...one,
  source,
  page: pageAt(file.pages, one.start),
  before: text.slice(Math.max(0, one.start - AROUND), one.start),
  here: text.slice(one.start, one.end),
  after: text.slice(one.end, one.end + AROUND),
});

/** For each figure of the draft: the passages with the same value and unit. A unit may be missing on either side, except that of a percentage. */
function matchesIn(
  figures: readonly Figure[],
  passages: DraftToRead['passages'],
): { passage: string; text: string }[][] {
  const wanted = Map.groupBy(
    figures.map((one, at) => ({ one, at })),
    ({ one }) => one.value.toString(),
  );
  const found: { passage: string; text: string }[][] = figures.map(() => []);
  if (wanted.size === 0) return found;
  for (const { id, words } of passages) {
    if (!/\p{N}|[一二三四五六七八九十百千万亿半]|half|third|quarter|hundred|thousand|million|billion/iu.test(words))
      continue;
    for (const figure of readFigures(words, { lineEnds: 'hard' }).figures)
      for (const { one, at } of wanted.get(figure.value.toString()) ?? []) {
        const isSame =
          one.unit === figure.unit ||
          (one.unit !== 'percent' && figure.unit !== 'percent' && (one.unit === null || figure.unit === null));
        const there = found[at];
        if (isSame && there !== undefined && there.every(({ passage }) => passage !== id))
          there.push({ passage: id, text: figure.text });
      }
  }
  return found;
}
