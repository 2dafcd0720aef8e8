import { check } from './check.ts';
import { CONVERSIONS, type Conversion } from './conversions.ts';
import { areConvertible, operandsOf } from './converted.ts';
import type { Figure } from './figure.ts';
import { type OperationName, operationOf } from './operations.ts';
import { isFromTo } from './pair-words.ts';
import { ONE } from './rational.ts';
import { firstAfter } from './read-context.ts';
import type { FiguresRead } from './read.ts';
import type { Relation, RelationKind } from './relation.ts';
import { areSameCounters, isUnitId, quantityOf } from './units.ts';

/** A suggestion before its warnings are known. */
export type Suggested = Pick<Relation, 'kind' | 'operation' | 'inputs' | 'printed' | 'check' | 'by'>;

/** Two figures from which a percentage may have been computed. */
export interface Candidate {
  readonly kind: RelationKind;
  readonly operation: OperationName;
  readonly inputs: readonly [Figure, Figure];
}

/** How many figures before and after a percentage are tried, all within a sentence of it and in its paragraph. */
const TRIED_BEFORE = 10;
const TRIED_AFTER = 7;
/** How many figures of a paragraph are searched for the whole that a share names. */
const LOOKED_BACK = 32;
const WORDS_BEFORE = 150;
const WORDS_AFTER = 45;
/** At most this many characters of a sentence are read. */
const LONGEST_READ = 600;

const NO_COUNTS = new Set(['share', 'points', 'time', 'multiple']);
/** Whether a figure is a number of people or things, of which there are percentages. */
export function isCount({ unit, form, step }: Pick<Figure, 'unit' | 'form' | 'step'>): boolean {
  // A time with decimals was measured (“7.1 weeks”); “three weeks” says when. Hours in digits count too: “60 hours a week”.
  if (quantityOf(unit) === 'time')
    return (unit === 'hour' && form === 'number') || (step !== null && step.compare(ONE) < 0);
  return form !== 'fraction' && form !== 'multiple' && form !== 'magnitude' && !NO_COUNTS.has(quantityOf(unit) ?? '');
}
export const isPercentage = ({ unit, form }: Figure): boolean => unit === 'percent' && form !== 'fraction';
/** Whether a figure is a quota or a plan, and not a result. */
export const isPlanned = ({ kind }: Pick<Figure, 'kind'>): boolean => kind === 'plan' || kind === 'quota';

/** Whether two figures may be computed together. Persons and person-times may, with a warning; an unknown unit fits every other. */
export function fit(one: Figure, other: Figure): boolean {
  if (one.unit === null || other.unit === null || one.unit === other.unit) return true;
  if (areSameCounters(one.unit, other.unit)) return true;
  return quantityOf(one.unit) === 'people' && quantityOf(other.unit) === 'people';
}

/** Whether the unit is a printed word and not of the table. Such words vary for one thing: 5,254 cases and 1,775 infected people. */
const isWord = ({ unit }: Figure): boolean => unit !== null && !isUnitId(unit);

/** The figures of a text, with what stands around them, and the conversions that may be used. */
export class Surroundings {
  readonly figures: readonly Figure[];
  private readonly read: FiguresRead;
  private readonly table: readonly Conversion[];
  private readonly otherForms: ReadonlySet<Figure>;
  /** The words before each figure, kept because they are read many times. */
  private readonly wordsBefore = new Map<number, string>();

  constructor(read: FiguresRead, table: readonly Conversion[] = CONVERSIONS) {
    this.read = read;
    this.figures = read.figures;
    this.table = table;
    this.otherForms = otherFormsOf(read.figures, (start, end) => read.folded.slice(start, end));
  }
  before(figure: Figure, length = WORDS_BEFORE): string {
    const key = figure.start * (WORDS_BEFORE + 1) + length;
    const known = this.wordsBefore.get(key);
    if (known !== undefined) return known;
    const start = this.read.sentences[figure.sentence]?.start ?? 0;
    const words = withoutMarks(this.read.folded.slice(Math.max(start, figure.start - length), figure.start));
    this.wordsBefore.set(key, words);
    return words;
  }
  after(figure: Figure, length = WORDS_AFTER): string {
    const end = this.read.sentences[figure.sentence]?.end ?? figure.end;
    return this.read.folded.slice(figure.end, Math.min(end, figure.end + length));
  }
  between(one: Figure, other: Figure): string {
    return this.read.folded.slice(one.end, Math.min(other.start, one.end + WORDS_BEFORE));
  }
  /** The words of a figure’s sentence up to the figure. */
  sentenceTo({ sentence, start }: Figure): string {
    const from = this.read.sentences[sentence]?.start ?? 0;
    return this.read.folded.slice(Math.max(from, start - LONGEST_READ), start);
  }
  /** Whether the words say “from A to B” of two figures. */
  isFromTo(one: Figure, other: Figure): boolean {
    return (
      one.sentence === other.sentence &&
      one.end <= other.start &&
      isFromTo(this.before(one, 40), this.plainBetween(one, other))
    );
  }
  /** The words between two figures, without brackets and without values per share. */
  plainBetween(one: Figure, other: Figure): string {
    return withoutForEach(withoutBrackets(this.between(one, other)));
  }
  /** Whether a figure repeats the value before it in another currency or per share. */
  isOtherForm(figure: Figure): boolean {
    return this.otherForms.has(figure);
  }
  /** Figures at most a sentence away in the same paragraph, in order. */
  near(figure: Figure): Figure[] {
    const at = firstAfter(this.figures, figure.start);
    return this.figures
      .slice(Math.max(0, at - TRIED_BEFORE), at + 1 + TRIED_AFTER)
      .filter(
        (one) => one !== figure && one.paragraph === figure.paragraph && Math.abs(one.sentence - figure.sentence) <= 1,
      );
  }
  /** The figures before this one in its paragraph, in order, limited in number. */
  earlier(figure: Figure): Figure[] {
    const at = firstAfter(this.figures, figure.start);
    return this.figures
      .slice(Math.max(0, at - LOOKED_BACK), at)
      .filter((one) => one.paragraph === figure.paragraph && one.end <= figure.start);
  }
  /** Whether two figures fit, or the table of conversions has a way between their units. */
  fit(one: Figure, other: Figure): boolean {
    return fit(one, other) || areConvertible(one.unit, other.unit, this.table);
  }
  /** Whether two figures fit that the words relate: the counted thing may then have two names. */
  fitByWords(one: Figure, other: Figure): boolean {
    return this.fit(one, other) || isWord(one) || isWord(other);
  }
  /** Whether one value is less than another, in one unit. */
  isLess(one: Figure, other: Figure): boolean {
    const [value] = operandsOf('same', [one], other, this.table).operands;
    return value !== undefined && value.value.compare(other.value) < 0;
  }
  /** Whether a conversion leads from one unit to the other; false for one and the same unit. */
  isOtherUnit(one: Figure, other: Figure): boolean {
    return areConvertible(one.unit, other.unit, this.table);
  }
  /** Whether the result is at most a printed step from the printed value; if not, the two cannot agree. Much faster than the check. */
  isNear(operation: OperationName, inputs: readonly Figure[], printed: Figure): boolean {
    const { operands } = operandsOf(operation, inputs, printed, this.table);
    const computed = operationOf(operation).of(operands.map(({ value }) => value));
    return (
      computed !== null &&
      computed
        .minus(printed.value)
        .absolute()
        .compare(printed.step ?? ONE) <= 0
    );
  }
  suggest(
    kind: RelationKind,
    operation: OperationName,
    inputs: readonly Figure[],
    printed: Figure | null,
    by: Relation['by'] = 'wording',
  ): Suggested {
    const { operands } = operandsOf(operation, inputs, printed, this.table);
    return { kind, operation, inputs, printed, check: check(operation, operands, printed), by };
  }
}

/** The words with the full stops and commas of numbers removed, since these end no clause. */
const withoutMarks = (words: string): string => words.replace(/(\d)[.,](?=\d)/g, '$1');

/** Words between a value and its repetition: “£3.24bn (”, “$93.9 million, or”. */
const BRACKET = /^(?: [a-z]+)? ?[(](?:about |or |some |equal to |US)?$/i;
const NEXT_IN_BRACKET = /^[;,/] ?(?:about |or )?$/i;
const OR = /^(?: [a-z]+)?,? or (?:about |some |just )?$/i;
/** Words after a value per unit: “$1.19 a share”, “65 cents per share”. */
const FOR_EACH = /^ ?(?:cents? |pence )?(?:a|per|an|each) [a-z-]+\b/i;

/**
 * Figures that repeat the value before them: in another currency in brackets, or per share after “or”. The words about the value go on behind
 * them: “£3.24bn ($6.13bn) in 2003 to £2.89bn”. `textOf` returns the words between two offsets.
 */
function otherFormsOf(figures: readonly Figure[], textOf: (start: number, end: number) => string): ReadonlySet<Figure> {
  const found = new Set<Figure>();
  figures.forEach((figure, at) => {
    const before = figures[at - 1];
    if (before === undefined || before.sentence !== figure.sentence) return;
    const between = textOf(before.end, figure.start);
    if (between.length > 24) return;
    const isMoney = quantityOf(figure.unit) === 'money' && figure.unit !== before.unit;
    if (isMoney && BRACKET.test(between)) found.add(figure);
    else if (isMoney && found.has(before) && NEXT_IN_BRACKET.test(between)) found.add(figure);
    else if (OR.test(between) && FOR_EACH.test(textOf(figure.end, figure.end + 12))) found.add(figure);
  });
  return found;
}

/** The words between two figures without brackets, which are no part of the sentence. */
const withoutBrackets = (words: string): string => words.replace(/ ?[(][^()]{0,60}[)]/g, '');
/** The words between two figures without a value per unit: “, or $1.19 a share”. */
const withoutForEach = (words: string): string => words.replace(/,? or [^,;()]{1,20} (?:a|per|an|each) [a-z-]+/gi, '');
