import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import type { FigureInSpan } from '../../workers/jobs.ts';

/** Keeps the first value of each key and returns it for every later equal one. */
class Same<T> {
  private readonly known = new Map<string, T>();

  of(key: string, value: T): T {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, value);
    return value;
  }
}

const keyOf = ({ value, unit, qualifier, kind, period, place }: FigureCard['source']): string =>
  [value, unit, qualifier, kind, period, place].join(' ');

type Readings = Pick<FigureCard, 'value' | 'unit' | 'qualifier' | 'kind' | 'period' | 'place'>;

/**
 * Lets figures share equal values, to save memory. Each figure comes from a database row or a worker with its own copies: for 40,000
 * figures these are a million strings, half of the table's memory. Kept only while figures are read.
 */
export class SameValues {
  private readonly ids = new Same<string>();
  private readonly units = new Same<string>();
  private readonly qualifiers = new Same<FigureCard['qualifier']>();
  private readonly kinds = new Same<FigureCard['kind']>();
  private readonly places = new Same<NonNullable<FigureCard['place']>>();
  private readonly periods = new Same<NonNullable<FigureCard['period']>>();
  private readonly sources = new Same<FigureCard['source']>();
  private readonly layers = new Same<FigureCard['layer']>();
  private readonly ofSources = new Same<FigureCard['sourceId']>();
  private readonly reasons = new Same<FigureCard['interval']['reason']>();
  private readonly foundSources = new Same<FigureInSpan['by']>();
  private readonly foundReasons = new Same<FigureInSpan['reason']>();
  private readonly people = new Same<FigureCard['checks'][number]['person']>();

  /** Shares the words around a number, or its subject. */
  word(word: string): string {
    return this.ids.of(word, word);
  }
  readings({ value, unit, qualifier, kind, period, place }: Readings): Readings {
    return {
      value,
      unit: unit === null ? null : this.units.of(unit, unit),
      qualifier: this.qualifiers.of(qualifier, qualifier),
      kind: this.kinds.of(kind, kind),
      period: period === null ? null : this.periods.of(`${period.from} ${period.to} ${period.text}`, period),
      place: place === null ? null : this.places.of(place, place),
    };
  }
  found(one: FigureInSpan): FigureInSpan {
    const { start, end, text, page, value, low, high, reason, by, isGuessed } = one;
    return {
      start,
      end,
      text,
      page,
      before: this.word(one.before),
      after: this.word(one.after),
      ...this.readings(one),
      low: low === value ? value : low,
      high: high === value ? value : high,
      reason: this.foundReasons.of(reason, reason),
      by: this.foundSources.of(keyOf(by), by),
      isGuessed,
    };
  }
  card(card: FigureCard, passages: FigureCard['passages']): FigureCard {
    const { value, interval, checks } = card;
    return {
      id: card.id,
      sourceId: this.ofSources.of(card.sourceId, card.sourceId),
      layer: this.layers.of(card.layer, card.layer),
      start: card.start,
      end: card.end,
      text: card.text,
      page: card.page,
      ...this.readings(card),
      interval: {
        low: interval.low === value ? value : interval.low,
        high: interval.high === value ? value : interval.high,
        reason: this.reasons.of(interval.reason, interval.reason),
      },
      source: this.sources.of(keyOf(card.source), card.source),
      subject: this.word(card.subject),
      edited: card.edited,
      state: card.state,
      checks: checks.map((one) => ({ ...one, person: this.people.of(one.person, one.person) })),
      passages,
      outdated: card.outdated,
    };
  }
}
