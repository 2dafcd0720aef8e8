import type { LineEnds, Stretch } from '../text/blocks.ts';
import { cellAt, cellsOfTables, kindOfHeading, kindOfLabel, type TableCell } from './columns.ts';
import { DONE, KIND_CUES, PLANNED_BEFORE, QUALIFIER_CUES } from './cues.ts';
import type { Figure, FigureKind, LeftOut, Printed, Qualifier, ReadingSource } from './figure.ts';
import { findNumbers } from './find.ts';
import { foldUnits } from './fold.ts';
import { periodsIn } from './inferred-dates.ts';
import { firstAfter, periodInTable, periodOf, type PlaceInText, placeOf } from './read-context.ts';
import { halvedIntervals, intervalsOf } from './read-interval.ts';
import { Rational } from './rational.ts';
import { unitAfter } from './read-unit.ts';
import { clauseAround, numberedSentences, type Sentence } from './sentences.ts';
import { quantityOf } from './units.ts';

export interface FiguresRead {
  readonly figures: readonly Figure[];
  readonly leftOut: readonly LeftOut[];
  readonly sentences: readonly Sentence[];
  /** The text as patterns read it, with one code unit for each of its own. */
  readonly folded: string;
}

export interface FigureContext {
  readonly lineEnds: LineEnds;
  /** Names of places in the text, in order. */
  readonly places?: readonly PlaceInText[];
  /** The day it was published, ISO 8601: a date without a year takes the latest one that is not after it. */
  readonly published?: string | null;
}

/** A number with the words around it, while it is read. */
interface Draft extends Printed {
  readonly sentence: Sentence;
  readonly sentenceNumber: number;
  readonly clause: Stretch;
  readonly qualifiedBy: { readonly qualifier: Qualifier; readonly source: ReadingSource; readonly words: number };
}
interface UnitRead {
  readonly unit: string | null;
  readonly source: ReadingSource;
}

/** The figures of a text with all that is read around them, and the numbers left out. Time grows with the text's length alone. */
export function readFigures(text: string, { lineEnds, places = [], published = null }: FigureContext): FiguresRead {
  const folded = foldUnits(text, lineEnds);
  const cells = cellsOfTables(text);
  const { printed, dates, leftOut } = findNumbers(folded, cells);
  const sentences = numberedSentences(text, lineEnds);
  const drafts = draftsOf(folded, printed, sentences);
  const units = unitsOf(folded, drafts);
  const paragraphs = paragraphStarts(sentences);
  const periods = periodsIn(folded, text, dates, paragraphs, published);
  const isBetween = (start: number, end: number): boolean => (drafts[firstAfter(drafts, start)]?.start ?? end) < end;
  let kindBefore: FigureKind = 'actual';
  const figures = drafts.map((inText, at): Figure => {
    const cell = cellAt(cells, inText);
    const draft = within(inText, cell?.row);
    const { start, end, value, top, step, form, sentence, sentenceNumber, clause, qualifiedBy } = draft;
    const { unit, source: unitSource } = units[at] ?? NO_UNIT;
    const own = kindInTable(folded, cell) ?? kindOf(folded, within(draft, cell), unit, drafts[at - 1]?.end ?? 0);
    const kind =
      own.source === null && isListed(folded, drafts[at - 1], draft) && units[at - 1]?.unit === unit
        ? { kind: kindBefore, source: 'inherited' as const }
        : own;
    kindBefore = kind.kind;
    const paragraph = cell?.row.start ?? paragraphs[sentence.paragraph] ?? 0;
    const { period, source: periodSource } =
      periodInTable(folded, periods, cell) ??
      periodOf(folded, periods, draft, { clause, sentence, paragraph }, isBetween);
    const { place, source: placeSource } = placeOf(places, draft, { clause, paragraph });
    return {
      id: `f${at + 1}`,
      start,
      end,
      text: text.slice(start, end),
      language: sentence.language,
      value,
      top,
      step,
      form,
      ...intervalsOfDraft(folded, draft, unit),
      unit,
      qualifier: qualifiedBy.qualifier,
      kind: kind.kind,
      period,
      place,
      source: {
        value: 'printed',
        unit: unitSource,
        qualifier: qualifiedBy.source,
        kind: kind.source,
        period: periodSource,
        place: placeSource,
      },
      sentence: sentenceNumber,
      paragraph: sentence.paragraph,
    };
  });
  return { figures, leftOut, sentences, folded };
}

const HALVED = /^(?:halv|减半)/i;
function intervalsOfDraft(folded: string, draft: Draft, unit: string | null): ReturnType<typeof intervalsOf> {
  // 两倍 and “three times” are as imprecise as “doubled”. 1.6倍 (“1.6 times”) has a last digit.
  const isLoose = unit === 'times' && draft.step === null;
  const read = intervalsOf(isLoose ? { ...draft, form: 'multiple' } : draft, draft.qualifiedBy.qualifier);
  return HALVED.test(folded.slice(draft.start, draft.end)) ? halvedIntervals(draft.value, read) : read;
}

function draftsOf(folded: string, printed: readonly Printed[], sentences: readonly Sentence[]): Draft[] {
  let sentenceNumber = 0;
  return printed.flatMap((one): Draft[] => {
    while (sentenceNumber < sentences.length - 1 && (sentences[sentenceNumber]?.end ?? 0) <= one.start)
      sentenceNumber++;
    const sentence = sentences[sentenceNumber];
    if (sentence === undefined) return [];
    const clause = clauseAround(folded, one, sentence);
    return [{ ...one, sentence, sentenceNumber, clause, qualifiedBy: qualifierOf(folded, one, sentence) }];
  });
}

const paragraphStarts = (sentences: readonly Sentence[]): number[] => {
  const starts: number[] = [];
  for (const { paragraph, start } of sentences) starts[paragraph] ??= start;
  return starts;
};

const BEFORE = 32;
const AFTER = 12;

function qualifierOf(folded: string, { start, end, qualifier, form }: Printed, within: Stretch): Draft['qualifiedBy'] {
  if (form === 'magnitude') return { qualifier: 'several', source: 'printed', words: 0 };
  const left = folded.slice(Math.max(within.start, start - BEFORE), start);
  const right = folded.slice(end, Math.min(within.end, end + AFTER));
  for (const { qualifier: said, before, after, unless } of QUALIFIER_CUES) {
    const words = before?.exec(left)?.[0].length;
    if (words !== undefined && unless?.test(right) !== true) return { qualifier: said, source: 'cue-word', words };
    if (after?.test(right) === true) return { qualifier: said, source: 'cue-word', words: 0 };
  }
  return { qualifier: qualifier ?? 'exact', source: qualifier === null ? null : 'printed', words: 0 };
}

const NO_UNIT: UnitRead = { unit: null, source: null };
/** A value above this is no percentage, so that in “2.45 million or 2.5 percent” the two do not share a unit. */
const OVER_PERCENT = Rational.of(1000);
const RATIO_BEFORE = /\d:$/;
/** Words between the two ends of a range, or between two numbers before one noun. */
const JOINED =
  /^,? ?(?:to|and|or|and the remaining|-|~|至|到|、|和|及|与|或)(?: (?:about|over|nearly|some|around))? ?$|^ in \d{4} to ?$/i;
/** Words before a figure that has the unit of the figure before it: “an increase of 600”, “up from 2,960”, “against 300”. */
const OF_THE_SAME =
  /\b(?:increase|decrease|rise|fall|drop|goal|target|total|quota|norm|up|down|rose|fell|grew) (?:of|from|by|to|was|is)(?: (?:a total of|about|over|nearly|some|only|just))? ?$|\b(?:against|compared (?:to|with)|the remaining|of which|than the|\bof (?:the|(?:the|a) total)) ?$/i;
const PEOPLE_BEFORE =
  /(?:人口|人数|职工|劳动力|学员|工人|农民工|干部|教师|学生)(?:总量|总数|总)?(?:为|达到?|约|有|共)? ?$/;
/** Words that name what is counted before a number: “the number of households … reached”, “the workforce numbered”. */
const NUMBER_OF = /\bnumber of ([^,.;]{1,60})$/i;
const PEOPLE_EN = /\b(?:population|workforce|headcount|membership|enrol?ment)\b[^,.;]{0,40} $/i;
/** Words after a later number of a list, whose unit stands with the first: “1,120 to Hubei”. */
const LISTED =
  /^,? (?:to|in|from|at|near|went|came|were|was|for|of whom|women|through|more than|fewer than|less than)\b|^ ?[,;.]/i;

function unitsOf(folded: string, drafts: readonly Draft[]): UnitRead[] {
  const units: UnitRead[] = drafts.map(({ unit, start, end, sentence, form }) => {
    if (unit !== null) return { unit, source: 'printed' };
    if (form === 'multiple') return { unit: 'times', source: 'printed' };
    if (RATIO_BEFORE.test(folded.slice(Math.max(0, start - 2), start)) || /^:\d/.test(folded.slice(end, end + 2)))
      return { unit: 'ratio', source: 'printed' };
    const { unit: after } = unitAfter(folded.slice(end, Math.min(sentence.end, end + 100)));
    return after === null ? NO_UNIT : { unit: after, source: 'printed' };
  });
  // Right to left, so that the first of three joined numbers takes its unit from the last.
  for (let at = drafts.length - 2; at >= 0; at--) {
    const [one, next] = [drafts[at], drafts[at + 1]];
    if (one === undefined || next === undefined || one.sentenceNumber !== next.sentenceNumber) continue;
    const unit = units[at + 1]?.unit ?? null;
    if (units[at]?.unit !== null || unit === null || next.start - one.end > 24) continue;
    const words = folded.slice(one.end, next.start);
    // “48,000, or 14.3 percent more” gives the change in another form.
    if (next.form === 'multiple') continue;
    const isSaidOf = ['share', 'points', 'multiple', 'time'].includes(quantityOf(unit) ?? '');
    if (isSaidOf && (words.startsWith(', or ') || one.value.compare(OVER_PERCENT) > 0)) continue;
    if (JOINED.test(words) || (words === ', ' && !isSaidOf)) units[at] = { unit, source: 'inherited' };
  }
  let counted: { readonly unit: string; readonly by: Draft } | null = null;
  drafts.forEach((draft, at) => {
    const { start, end, sentence, sentenceNumber } = draft;
    const left = folded.slice(
      Math.max(sentence.start, start - 3 * BEFORE - draft.qualifiedBy.words),
      start - draft.qualifiedBy.words,
    );
    const right = folded.slice(end, Math.min(sentence.end, end + BEFORE));
    if (units[at]?.unit === null && counted !== null) {
      const isHere = counted.by.sentenceNumber === sentenceNumber;
      const isNear =
        counted.by.sentence.paragraph === sentence.paragraph && sentenceNumber - counted.by.sentenceNumber <= 1;
      const refersBack = unitAfter(right).refersBack || /\b(?:of|among) (?:these|them|those|the),? ?$/i.test(left);
      if (
        (isNear && refersBack) ||
        (isHere && (OF_THE_SAME.test(left) || LISTED.test(right) || isNext(folded, drafts[at - 1], start)))
      )
        units[at] = { unit: counted.unit, source: 'inherited' };
    }
    if (units[at]?.unit === null && isLevelOfRate(folded, draft, drafts[at - 1], units[at - 1]?.unit ?? null))
      units[at] = { unit: 'percent', source: 'inherited' };
    if (units[at]?.unit === null) units[at] = unitBefore(left);
    const unit = units[at]?.unit ?? null;
    const quantity = quantityOf(unit);
    if (
      unit !== null &&
      quantity !== 'share' &&
      quantity !== 'points' &&
      quantity !== 'time' &&
      quantity !== 'multiple'
    )
      counted = { unit, by: draft };
  });
  return units;
}

/** Whether a figure directly follows the group it is part of, and has its unit: “of the 340, 212 arrived”, “of the 14,500 trainees, 9,860 did”. */
const isNext = (folded: string, before: Draft | undefined, start: number): boolean => {
  if (before === undefined || start - before.end > 44) return false;
  const between = folded.slice(before.end, start);
  const ofThe = /\bof (?:the|all|its|their|these)(?: (?:about|over|nearly|some|more than))? ?$/i;
  return (
    /^, ?$/.test(between) ||
    (/^ [a-z][a-z ’'-]{1,40}, ?$/i.test(between) && ofThe.test(folded.slice(0, before.start).slice(-32)))
  );
};

/** Whether a figure is the other end of a change of a rate whose unit is printed once: “from 15.88 per cent in 2017 to 8.14 in 2019”. */
function isLevelOfRate(folded: string, { start, step, value }: Draft, before: Draft | undefined, unit: string | null) {
  if (before === undefined || unit !== 'percent' || step === null || value.compare(HUNDRED) > 0) return false;
  return (
    /\bfrom (?:[a-z]+ )?$/i.test(folded.slice(Math.max(0, before.start - 16), before.start)) &&
    /^(?: in (?:19|20)\d\d)? to (?:just |only |about )?$/i.test(folded.slice(before.end, start))
  );
}
const HUNDRED = Rational.of(100);

function unitBefore(left: string): UnitRead {
  const named = NUMBER_OF.exec(left)?.[1];
  const unit =
    PEOPLE_BEFORE.test(left) || PEOPLE_EN.test(left)
      ? 'person'
      : named === undefined
        ? null
        : unitAfter(` ${named}`).unit;
  return { unit, source: unit === null ? null : 'cue-word' };
}

interface KindRead {
  readonly kind: FigureKind;
  readonly source: ReadingSource;
}
/** How many characters before a figure may give its kind. */
const KIND_BEFORE = 90;

function kindOf(
  folded: string,
  { start, end, sentence, clause, qualifiedBy }: Draft,
  unit: string | null,
  previous: number,
): KindRead {
  const quantity = quantityOf(unit);
  const of = quantity === 'share' || quantity === 'points' || quantity === 'multiple' ? 'shares' : 'counts';
  const from = Math.max(clause.start, start - KIND_BEFORE);
  // Commas within numbers end no clause. 占 or 为 at the end of a qualifier (约占, “about … of”) also says the kind.
  const qualifier = folded.slice(start - qualifiedBy.words, start);
  const before = `${folded.slice(from, start - qualifiedBy.words)}${/[占为]$/.exec(qualifier)?.[0] ?? ''}`.replace(
    /(\d)[.,](?=\d)/g,
    '$1_',
  );
  const after = folded.slice(end, Math.min(clause.end, end + BEFORE));
  for (const cue of KIND_CUES) {
    if (cue.of !== 'all' && cue.of !== of) continue;
    // A plan reaches up to the next figure and not past it.
    const words = cue.kind === 'plan' ? before.slice(Math.max(0, previous - from)) : before;
    if (cue.before?.test(words) === true || cue.after?.test(after) === true)
      return { kind: cue.kind, source: 'cue-word' };
  }
  const earlier = folded.slice(Math.max(sentence.start, start - 3 * KIND_BEFORE), start);
  const planned = PLANNED_BEFORE.exec(earlier);
  if (
    planned !== null &&
    !DONE.test(earlier.slice(planned.index + planned[0].length)) &&
    !DONE.test(earlier.slice(0, planned.index)) &&
    !DONE_AFTER.test(after)
  )
    return { kind: 'plan', source: 'outside-clause' };
  return of === 'shares' && quantity === 'points'
    ? { kind: 'comparison', source: 'printed' }
    : { kind: 'actual', source: null };
}

/** The kind that the heading of a column gives, else the label of the row. */
function kindInTable(folded: string, cell: TableCell | null): KindRead | null {
  if (cell === null) return null;
  const kind =
    kindOfHeading(folded.slice(cell.heading.start, cell.heading.end)) ??
    kindOfLabel(folded.slice(cell.label.start, cell.label.end));
  return kind === null ? null : { kind, source: 'outside-clause' };
}

/** Limits what is read to the row of a cell: words of other rows say nothing about it. */
function within(draft: Draft, row: Stretch | null | undefined): Draft {
  if (!row) return draft;
  const { sentence, clause } = draft;
  return {
    ...draft,
    sentence: { ...sentence, start: Math.max(sentence.start, row.start) },
    clause: { ...clause, start: Math.max(clause.start, row.start) },
  };
}

/** Words after a number that say it was done: “the 12,600 moved in 2023”. */
const DONE_AFTER = /^ (?:[a-z]+ ){0,2}[a-z]{2,}ed in (?:19|20)\d\d/;
/**
 * Words between two figures of a list, of which the second has the kind of the first: “12.4 percent in the first quarter and 9.7 percent in
 * the second”, 3.2%和5.8%.
 */
const LISTED_AFTER = /^[^.;。；]{0,40}?(?:\band|[和及、与]) ?$/i;
const isListed = (folded: string, before: Draft | undefined, { start, sentenceNumber }: Draft): boolean =>
  before?.sentenceNumber === sentenceNumber &&
  start - before.end < 44 &&
  LISTED_AFTER.test(folded.slice(before.end, start));
