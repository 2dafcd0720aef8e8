import type { FigureCard } from '../contract/figure-cards.ts';
import type { FoundFigure } from '../contract/figure-readings.ts';
import type { Converter } from '../figures/converter.ts';
import { type Interval, overlap } from '../figures/interval.ts';
import { Rational } from '../figures/rational.ts';
import { areMixed } from '../figures/units.ts';
import { CARD_REASONS, type CardDifference, type CardReason } from '../model/drafts.ts';
import { foldedText } from '../text/search-fold.ts';

export interface MatchedCard {
  readonly card: FigureCard;
  readonly because: CardReason | null;
  /** Empty if the card agrees. */
  readonly differs: readonly CardDifference[];
  /** Whether the card agrees and belongs to this figure: the sentence rests on it, or place and period are the same. */
  readonly sure: boolean;
}

/** A sentence with the passages and sources it rests on. */
export interface SentenceOfFigures {
  readonly text: string;
  readonly figures: readonly FoundFigure[];
  /** The passages that it is linked to, and the sources that it cites. */
  readonly passages: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** Ids of figures that are computed from others in the draft: no card needs to have them. */
  readonly computed: ReadonlySet<string>;
}

/** If more cards than this differ from a figure, none is shown: nobody knows which of them is meant. */
const MOST_OTHERS = 3;
/** The most cards that are shown with one figure. */
const MOST = 6;

export const isConfirmed = ({ state }: Pick<FigureCard, 'state'>): boolean =>
  state === 'confirmed' || state === 'reviewed';

interface Placed {
  readonly card: FigureCard;
  readonly number: Rational;
  /** The interval in the base of its unit. */
  readonly within: Interval;
}
interface Candidate extends Placed {
  readonly because: CardReason | null;
}
type Reading = Pick<FoundFigure, 'unit' | 'kind' | 'period' | 'place'> & {
  readonly source: { readonly period: string | null; readonly place: string | null };
  /** The state, if the reading is of a card. */
  readonly state?: FigureCard['state'];
};

/** The figure cards of a project, prepared once to be matched to the figures of many sentences. */
export class Cards {
  private readonly all: readonly Placed[];
  private readonly byValue: ReadonlyMap<string, readonly Placed[]>;
  private readonly byPassage = new Map<string, Placed[]>();
  private readonly bySource: ReadonlyMap<string, readonly Placed[]>;
  private readonly units: Converter;
  private readonly lineOf: (place: string) => readonly string[];

  /** `lineOf` returns a place with all places that contain it. Dismissed cards are left out. */
  constructor(cards: readonly FigureCard[], units: Converter, lineOf: (place: string) => readonly string[]) {
    this.units = units;
    this.lineOf = lineOf;
    this.all = cards.flatMap((card): Placed[] => {
      const number = card.state === 'dismissed' ? null : Rational.read(card.value);
      return number === null ? [] : [{ card, number, within: this.withinOf(card) }];
    });
    this.byValue = Map.groupBy(this.all, ({ number }) => number.toString());
    this.bySource = Map.groupBy(this.all, ({ card }) => card.sourceId);
    for (const one of this.all)
      for (const passage of one.card.passages)
        this.byPassage.set(passage, [...(this.byPassage.get(passage) ?? []), one]);
  }

  /** The cards of each figure of a sentence, by the figure’s id: those that agree first, then confirmed ones. */
  matchesIn(sentence: SentenceOfFigures): Map<string, MatchedCard[]> {
    const behind = this.behind(sentence);
    const agreeing = new Map(sentence.figures.map((figure) => [figure.id, this.agreeing(figure, behind)]));
    const taken = new Set([...agreeing.values()].flatMap((all) => all.filter(isAgreeing).map(({ card }) => card.id)));
    const left = behind.filter(({ card }) => !taken.has(card.id));
    for (const figure of sentence.figures) {
      const own = agreeing.get(figure.id) ?? [];
      if (own.length > 0 || sentence.computed.has(figure.id)) continue;
      const others = left.filter((one) => this.isOtherValue(figure, one));
      if (others.length <= MOST_OTHERS)
        agreeing.set(
          figure.id,
          others.map(({ card, because }) => ({ card, because, differs: ['value'], sure: false })),
        );
    }
    return new Map([...agreeing].map(([id, all]) => [id, all.toSorted(inOrder).slice(0, MOST)]));
  }

  /** The cards that a sentence rests on. */
  private behind({ text, passages, sources }: SentenceOfFigures): Candidate[] {
    const found = new Map<string, Candidate>();
    const add = (ones: readonly Placed[], because: CardReason): void => {
      for (const one of ones) if (!found.has(one.card.id)) found.set(one.card.id, { ...one, because });
    };
    for (const passage of passages) add(this.byPassage.get(passage) ?? [], 'linked');
    for (const source of sources) add(this.bySource.get(source) ?? [], 'cited');
    const words = foldedText(text);
    add(
      this.all.filter(({ card: { subject } }) => subject !== '' && words.includes(foldedText(subject))),
      'subject',
    );
    return [...found.values()];
  }

  /** Cards with the figure’s value. A card that differs in another reading is taken only if the sentence rests on it. */
  private agreeing(figure: FoundFigure, behind: readonly Candidate[]): MatchedCard[] {
    const known = new Set(behind.map(({ card }) => card.id));
    const candidates: readonly Candidate[] = [
      ...behind,
      ...(this.byValue.get(figure.value) ?? [])
        .filter(({ card }) => !known.has(card.id))
        .map((one) => ({ ...one, because: null })),
    ];
    return candidates.flatMap(({ card, because, ...one }): MatchedCard[] => {
      if (!this.hasValue(figure, { card, ...one }, because)) return [];
      const differs = this.differences(figure, card);
      if (differs.length > 0 && (because === null || because === 'subject')) return [];
      const isSame = isKnownSame(figure, card) && figure.unit !== null && card.unit !== null;
      const sure = differs.length === 0 && (because === 'linked' || because === 'cited' || isSame);
      return [{ card, because, differs, sure }];
    });
  }

  private hasValue(figure: FoundFigure, { card, within }: Placed, because: CardReason | null): boolean {
    if (this.isOneUnit(figure.unit, card.unit)) return this.mayBe(figure, within);
    if (because === null || figure.value !== card.value) return false;
    // Persons do not match person-times. A number without a unit matches only if the sentence rests on the card.
    return figure.unit !== null && card.unit !== null
      ? areMixed(figure.unit, card.unit)
      : (figure.unit ?? card.unit) !== 'percent';
  }

  private differences(figure: FoundFigure, card: FigureCard): CardDifference[] {
    const isOtherUnit = areMixed(figure.unit, card.unit) && !this.units.has(figure.unit, card.unit);
    return [
      ...(isOtherUnit ? ['unit' as const] : []),
      ...(isOtherKind(figure, card) ? ['kind' as const] : []),
      ...(isOtherPeriod(figure, card) ? ['period' as const] : []),
      ...(this.isOtherPlace(figure, card) ? ['place' as const] : []),
    ];
  }

  /** A card that the sentence rests on, of the same quantity, place and period, with another value. */
  private isOtherValue(figure: FoundFigure, { card, within, because }: Candidate): boolean {
    if (!this.isOneUnit(figure.unit, card.unit)) return false;
    if (this.mayBe(figure, within) || this.differences(figure, card).length > 0) return false;
    if (because === 'linked') return true;
    return because === 'cited' ? isKnownSame(figure, card) : figure.period !== null && card.period !== null;
  }

  private isOneUnit(one: string | null, other: string | null): boolean {
    return one !== null && other !== null && this.units.base(one) === this.units.base(other);
  }

  /** Two places contradict each other only if neither contains the other. */
  private isOtherPlace(one: Reading, other: Reading): boolean {
    const [a, b] = [placeOf(one), placeOf(other)];
    return a !== null && b !== null && !this.lineOf(a).includes(b) && !this.lineOf(b).includes(a) && a !== b;
  }

  /** Whether a card’s value may be the figure’s. A draft rounds without saying so: 12,600 may be 12,613. */
  private mayBe(figure: FoundFigure, card: Interval): boolean {
    const { unit, interval, otherwise } = figure;
    return [interval, ...(otherwise === null ? [] : [otherwise])].some((one) =>
      overlap(this.withinOf({ unit, interval: one }), card),
    );
  }

  private withinOf({
    unit,
    interval,
  }: {
    readonly unit: string | null;
    readonly interval: Pick<FigureCard['interval'], 'low' | 'high'>;
  }): Interval {
    const end = (text: string | null): Rational | null => (text === null ? null : Rational.read(text));
    const own = { low: end(interval.low), high: end(interval.high) };
    return unit === null ? own : this.units.within(own, unit, this.units.base(unit));
  }
}

const isAgreeing = ({ differs }: MatchedCard): boolean => differs.length === 0;

/** Whether a reading is sure enough to contradict another: read in the figure’s own clause, or confirmed by a person. */
const isSure = (by: string | null, { state = 'found' }: Reading): boolean =>
  by !== 'outside-clause' || state === 'confirmed' || state === 'reviewed';
const placeOf = (one: Reading): string | null => (isSure(one.source.place, one) ? one.place : null);
const periodOf = (one: Reading): Reading['period'] => (isSure(one.source.period, one) ? one.period : null);

function isOtherPeriod(one: Reading, other: Reading): boolean {
  const [a, b] = [periodOf(one), periodOf(other)];
  return a !== null && b !== null && (a.to < b.from || b.to < a.from);
}

/** Whether one is a quota or plan and the other a result. A figure of a comparison may be either. */
function isOtherKind({ kind: one }: Reading, { kind: other }: Reading): boolean {
  const isPlanned = (kind: Reading['kind']): boolean => kind === 'quota' || kind === 'plan';
  return one !== 'comparison' && other !== 'comparison' && isPlanned(one) !== isPlanned(other);
}

function isKnownSame(one: Reading, other: Reading): boolean {
  if (one.place === null || one.place !== other.place || one.period === null || other.period === null) return false;
  return one.period.from === other.period.from && one.period.to === other.period.to;
}

const rankOf = ({ differs, sure, because, card }: MatchedCard): number =>
  (differs.length === 0 ? 0 : 100) +
  (sure ? 0 : 20) +
  (isConfirmed(card) ? 0 : 10) +
  (because === null ? 4 : CARD_REASONS.indexOf(because));
const inOrder = (one: MatchedCard, other: MatchedCard): number =>
  rankOf(one) - rankOf(other) || (one.card.id < other.card.id ? -1 : 1);
