import type { CallOutput } from '../../../shared/contract/index.ts';
import type { DossierFigure, DossierFigures, DossierRelation } from '../../formats/dossier/figure-records.ts';
import type { Exhibit } from '../../formats/dossier/model.ts';

type Card = CallOutput<'figures.cards'>['figures'][number];
type Relation = CallOutput<'relations.recorded'>['relations'][number];

interface Known {
  readonly figures: readonly Card[];
  readonly relations: readonly Relation[];
  /** Returns a person’s name; null if the dossier names nobody. */
  readonly nameOf: ((person: string) => string) | null;
}

/**
 * The figures with a card in the words of exhibits, and the relations among these figures. Leaves out figures with masked words and
 * dismissed figures.
 */
export function figuresOf(exhibits: readonly Exhibit[], { figures: cards, relations, nameOf }: Known): DossierFigures {
  const ofPassage = new Map(
    exhibits.flatMap((one) => [one.passage.id, ...(one.passage.also ?? [])].map((id) => [id, one] as const)),
  );
  const placed = cards.flatMap((card) => {
    if (card.state === 'dismissed') return [];
    const around = card.passages.flatMap((id) => ofPassage.get(id) ?? []).filter((one) => hasWords(one, card));
    const [first] = around.toSorted((a, b) => a.number - b.number);
    return first === undefined ? [] : [{ card, exhibit: first.number }];
  });
  placed.sort((a, b) => a.exhibit - b.exhibit || a.card.start - b.card.start || a.card.end - b.card.end);
  const numbers = new Map(placed.map(({ card }, at): [string, number] => [card.id, at + 1]));
  const live = relations.filter(({ state, missing }) => state !== 'dismissed' && missing === 0);
  const touching = live.filter((one) => idsOf(one).some((id) => numbers.has(id)));
  const within = touching.filter((one) => idsOf(one).every((id) => numbers.has(id)));
  return {
    figures: placed.map(({ card, exhibit }, at) => figureOf(card, { number: at + 1, exhibit, nameOf })),
    relations: within.map((one, at) => relationOf(one, at + 1, numbers, nameOf)),
    elsewhere: touching.length - within.length,
  };
}

/** Whether the exported words of the exhibit have the figure at its place. False for a figure of another text or with masked words. */
const hasWords = ({ place: { start, exact } }: Exhibit, card: Card): boolean =>
  start !== null && exact !== null && exact.slice(card.start - start, card.end - start) === card.text;

const idsOf = ({ inputs, printed }: Relation): string[] =>
  [...inputs, ...(printed === null ? [] : [printed])].map(({ id }) => id);

type Said = readonly { readonly person: string; readonly verdict: string; readonly current: boolean }[];

/** The state in words. A figure or relation that nobody confirmed is “not checked”; nothing is ever called verified. */
function saysOf({ state, checks }: { readonly state: Card['state']; readonly checks: Said }, nameOf: Known['nameOf']) {
  switch (state) {
    case 'confirmed':
    case 'reviewed': {
      const by = checks.filter(({ verdict, current }) => current && verdict === 'confirmed');
      if (nameOf === null) return state === 'reviewed' ? 'confirmed by two people or more' : 'confirmed by one person';
      return `confirmed by ${by.map(({ person }) => nameOf(person)).join(' and ')}`;
    }
    case 'returned':
      return 'returned for another look';
    case 'reopened':
      return 'not checked since it was changed';
    case 'disputed':
      return 'disputed';
    case 'found':
    case 'dismissed':
      return 'not checked';
  }
}

const isConfirmed = ({ state }: Pick<Card, 'state'>): boolean => state === 'confirmed' || state === 'reviewed';

function figureOf(
  card: Card,
  { number, exhibit, nameOf }: { readonly number: number; readonly exhibit: number; readonly nameOf: Known['nameOf'] },
): DossierFigure {
  const { text, start, end, unit, place, subject, value, interval, qualifier, kind, period, source } = card;
  const days = period === null ? null : { from: period.from, to: period.to };
  return {
    number,
    exhibit,
    quote: text,
    start,
    end,
    unit,
    place,
    subject,
    reads: { value, interval, qualifier, kind, period: days, periodBy: source.period },
    isConfirmed: isConfirmed(card),
    says: saysOf(card, nameOf),
  };
}

function relationOf(
  { operation, inputs, printed, reading, conversions, warnings, check, state, checks }: Relation,
  number: number,
  numbers: ReadonlyMap<string, number>,
  nameOf: Known['nameOf'],
): DossierRelation {
  const { verdict, computed, low, high, off, wide } = check;
  const numberOf = (id: string): number => numbers.get(id) ?? 0;
  return {
    number,
    operation,
    inputs: inputs.map(({ id }) => numberOf(id)),
    printed: printed === null ? null : numberOf(printed.id),
    reading,
    conversions: conversions.map(({ from, to, factor }) => ({ from, to, factor })),
    warnings: [...warnings],
    check: { verdict, computed, low, high, off, wide },
    says: saysOf({ state, checks }, nameOf),
  };
}
