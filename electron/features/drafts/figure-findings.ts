import type { DraftCard } from '../../../shared/contract/draft-cards.ts';
import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import { isConfirmed, type MatchedCard } from '../../../shared/drafts/match-cards.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { isGreen } from '../../../shared/figures/relation.ts';
import { type CardFigure, computedOf } from '../../../shared/figures/relation-card.ts';
import { passageId, sourceId } from '../../../shared/model/index.ts';
import { listedOf } from '../../project/figures/readings.ts';
import type { DraftRead } from '../../workers/draft-job.ts';
import type { Around, BaseOf } from './around.ts';

type Figure = DraftRead['figures'][number];
type Relation = DraftRead['relations'][number];
type Of<K extends DraftFinding['kind']> = Extract<DraftFinding, { kind: K }>;

/** The finding for a figure of a draft, with the cards and passages that have the same figure. */
export function figure(one: Figure, around: Around, base: BaseOf): DraftFinding {
  const matches = matchesOf(one, around);
  const cards = around.cards.byFigure.get(one.id) ?? [];
  return {
    kind: 'figure',
    ...base(one, 'figure', weightOf(one, around)),
    unit: one.unit,
    // Linked passages come first.
    matches: matches.toSorted((a, b) => Number(b.linked) - Number(a.linked)).slice(0, MOST_MATCHES),
    cards: cards.map((card) => cardOut(card, around)),
  };
}
/** At most this many passages are shown: nobody reads more. */
const MOST_MATCHES = 8;

function matchesOf({ matches }: Figure, around: Around): Of<'figure'>['matches'] {
  return matches.flatMap(({ passage, text }) => {
    const at = around.sourceOfPassage.get(passage);
    const [id, source] = [passageId.safeParse(passage).data, sourceId.safeParse(at?.source).data];
    if (at === undefined || id === undefined || source === undefined) return [];
    return [{ passage: id, source, title: at.title, page: at.page, text, linked: around.linked.has(passage) }];
  });
}

/** A card with a different value is an error only if a person confirmed it and everything else (unit, place, period) agrees. */
function weightOf(one: Figure, around: Around): DraftFinding['weight'] {
  const isLinked = one.matches.some(({ passage }) => around.linked.has(passage));
  const cards = around.cards.byFigure.get(one.id) ?? [];
  const agreeing = cards.filter(({ differs }) => differs.length === 0);
  // If a linked passage prints the draft's number, a card with a different value is about a different figure.
  const others = agreeing.length > 0 ? [] : cards.filter(({ differs }) => !isLinked || !differs.includes('value'));
  const [only, ...more] = others;
  if (only !== undefined) return more.length === 0 && isPlain(only) ? 'error' : 'warning';
  if (isLinked || agreeing.some(({ card, sure }) => sure && isConfirmed(card))) return 'fine';
  return one.isUnpaired ? 'warning' : 'unchecked';
}
const isPlain = ({ card, because, differs: [first, ...more] }: MatchedCard): boolean =>
  because === 'linked' && isConfirmed(card) && more.length === 0 && (first === 'value' || first === 'unit');

function cardOut({ card, because, differs }: MatchedCard, { cards, sources }: Around): DraftCard {
  const { subject, state, sourceId: source } = card;
  return {
    ...listedOf(card),
    source,
    subject,
    state,
    title: sources.byId.get(source)?.title ?? '',
    place: card.place === null ? null : cards.placeName(card.place),
    because,
    differs: [...differs],
  };
}

/** The finding for a relation, computed from the printed figures and again from their cards. */
export function relation(one: Relation, read: DraftRead, around: Around, base: BaseOf): DraftFinding {
  const again = fromCards(one, read, around);
  const words = [one.kind, ...one.figures].join(' ');
  const { figures, formula, verdict, computed, off, wide, warnings } = one;
  return {
    kind: 'relation',
    ...base({ ...one, text: words }, 'relation', weightOfRelation(one, read, around, again)),
    text: one.text,
    relation: one.kind,
    formula,
    figures: [...figures],
    verdict,
    computed,
    off,
    wide,
    warnings: [...warnings],
    fromCards: again,
  };
}

function weightOfRelation(
  one: Relation,
  read: DraftRead,
  around: Around,
  again: Of<'relation'>['fromCards'],
): DraftFinding['weight'] {
  if (one.verdict === 'fails' || (again?.verdict === 'fails' && again.confirmed)) return 'error';
  if (again?.verdict === 'fails' || !isGreen(one, one.warnings, true)) return 'warning';
  const isProven = (id: string): boolean => {
    const found = read.figures.find((figure) => figure.id === id);
    return found !== undefined && weightOf(found, around) === 'fine';
  };
  return [...one.inputs, ...(one.result === null ? [] : [one.result])].every(isProven) ? 'fine' : 'unchecked';
}

/** The relation computed from cards. Null if the cards are no more exact than the draft, or a figure of the relation stands in a citation. */
function fromCards(one: Relation, read: DraftRead, { cards }: Around): Of<'relation'>['fromCards'] {
  const figureOf = (id: string): Figure | undefined => read.figures.find((found) => found.id === id);
  const inputs = one.inputs.map(figureOf);
  const result = one.result === null ? undefined : figureOf(one.result);
  if (result === undefined) return null;
  const taken = inputs.flatMap((found): CardFigure[] => {
    if (found === undefined) return [];
    const card = cards.byFigure.get(found.id)?.find(({ sure }) => sure)?.card;
    return [card === undefined ? { ...found, isConfirmed: false } : { ...card, isConfirmed: isConfirmed(card) }];
  });
  const isSame = (card: CardFigure, at: number): boolean =>
    card.value === inputs[at]?.value && card.interval.low === inputs[at].interval.low;
  if (taken.length < inputs.length || taken.every(isSame)) return null;
  const again = computedOf(one.operation, taken, { ...result, isConfirmed: false }, 'printed', cards.table);
  if (again === null) return null;
  // As with the draft’s own figures, a reading that holds decides.
  const judged = again.check.verdict === 'fails' ? (again.readings?.rounded ?? again.check) : again.check;
  return {
    inputs: taken.map(({ value }) => numberWords(value)),
    verdict: judged.verdict,
    computed: judged.computed?.toDecimal(3) ?? null,
    warnings: [...again.warnings],
    confirmed: taken.every((card) => card.isConfirmed),
  };
}
