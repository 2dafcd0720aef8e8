import { Cards, type MatchedCard } from '../../../shared/drafts/match-cards.ts';
import { type Conversion, conversionTable } from '../../../shared/figures/conversions.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import type { Stretch } from '../../../shared/text/blocks.ts';
import type { DraftRead } from '../../workers/draft-job.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import type { EvidenceSources } from '../../project/evidence/sources.ts';
import { readCards } from '../../project/figures/cards.ts';
import { ownConversions } from '../../project/measures/rules.ts';
import { ownOf } from '../../project/places/own.ts';
import { placeTreeOf } from '../../project/places/tree.ts';
import { type ReadAt, readAt } from '../../project/read-at.ts';
import { citedSource } from './cited.ts';
import { isUntouched } from './read.ts';

type Context = ReadContext | WriteContext;

interface Kept {
  readonly cards: Cards;
  readonly table: readonly Conversion[];
  readonly placeName: (place: string) => string;
}
/** All cards of the project, kept because there are many and people accept sentences far more often than cards change. */
const keptOf = perProject((): { at: ReadAt | null; kept: Kept | null } => ({ at: null, kept: null }));
const LOOKED_AT: ReadonlySet<string> = new Set([
  'figure',
  'figurecheck',
  'passage',
  'source',
  'layer',
  'place',
  'placename',
  'conversion',
]);

function cardsOf(context: Context): Kept {
  const state = keptOf(context);
  const now = readAt(context);
  if (state.kept !== null && state.at !== null && isUntouched(context, state.at, now, LOOKED_AT)) {
    state.at = now;
    return state.kept;
  }
  const tree = placeTreeOf(ownOf(context.db));
  const table = conversionTable(ownConversions(context.db));
  const kept: Kept = {
    cards: new Cards(readCards(context), new Converter(table), (place) => tree.byId.get(place)?.line ?? []),
    table,
    placeName: (place) => tree.byId.get(place)?.name ?? place,
  };
  state.at = now;
  state.kept = kept;
  return kept;
}

/** The cards of a draft’s figures, by the figure’s id, and the data needed to show and recompute them. */
export interface DraftCards extends Omit<Kept, 'cards'> {
  readonly byFigure: ReadonlyMap<string, readonly MatchedCard[]>;
}

/** Finds the cards for the figures of a draft. `linkedIn` returns the passages that a sentence is linked to. */
export function matchCards(
  context: Context,
  read: DraftRead,
  sources: EvidenceSources,
  linkedIn: (sentence: DraftRead['sentences'][number]) => ReadonlySet<string>,
): DraftCards {
  const { cards, ...more } = cardsOf(context);
  // A figure that is computed from other figures of the draft needs no card. If the computation fails, it may misprint a card's figure.
  const computed = new Set(
    read.relations.flatMap(({ result, verdict, by }) =>
      result === null || verdict === 'fails' || by !== 'wording' ? [] : [result],
    ),
  );
  const byFigure = new Map<string, readonly MatchedCard[]>();
  for (const sentence of read.sentences) {
    const figures = within(read.figures, sentence);
    if (figures.length === 0) continue;
    const cited = within(read.citations, sentence).flatMap((one) => citedSource(one, sources)?.id ?? []);
    const of = { text: sentence.text, figures, passages: linkedIn(sentence), sources: new Set(cited), computed };
    for (const [id, matched] of cards.matchesIn(of)) byFigure.set(id, matched);
  }
  return { ...more, byFigure };
}

/** The spans that begin in a sentence. */
export const within = <T extends Stretch>(ones: readonly T[], { start, end }: Stretch): T[] =>
  ones.filter((one) => one.start >= start && one.start < end);
