import type { FigureCard, FigureInText } from '../../../shared/contract/figure-cards.ts';
import type { FoundFigure } from '../../../shared/contract/figure-readings.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { exactNumber, type LayerId, type SourceId } from '../../../shared/model/index.ts';
import { pageAt } from '../../../shared/anchoring/anchor.ts';
import { conversionTable } from '../../../shared/figures/conversions.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext } from '../../project/context.ts';
import { figureIdOf, passagesAround, readCards, shown } from '../../project/figures/cards.ts';
import { foundFigures } from '../../project/figures/found.ts';
import { placesOfSource } from '../../project/figures/queries.ts';
import { readingsOfFound } from '../../project/figures/readings.ts';
import { keptReferences, ownConversions } from '../../project/measures/rules.ts';
import { ownOf } from '../../project/places/own.ts';
import { placeTreeOf } from '../../project/places/tree.ts';
import { openLayer } from '../../project/sources/layers.ts';
import { largerFinder } from './larger.ts';

type OfSource = CallOutput<'figures.ofSource'>;

const NOTHING = { figures: [], larger: [], lost: [], relations: [], unpaired: [], leftOut: [], more: 0 };
/** The reason given for a number that is left out because it is too long. */
const TOO_LONG = 'more digits than a figure has';

/** See `figures.ofSource`, shared/contract/figure-cards.ts. */
export async function ofSource(context: ReadContext, { source }: CallArgs<'figures.ofSource'>): Promise<OfSource> {
  if (isBlind(context)) return { layer: null, blind: true, ...NOTHING };
  const { layer, found } = await foundFigures(context, source);
  const cards = readCards(context, source);
  if (layer === null) return { layer, blind: false, ...NOTHING, lost: cards };
  const { here, lost } = await inCurrentText(context, layer, cards);
  const byPlace = new Map(here.map((card) => [placeKey(card), card]));
  const around = passagesAround(context.db.all(placesOfSource, { source }));
  const { file } = openLayer(context, layer);
  const before = wordsBefore(file.text());
  const ofRules = found.figures.filter(({ value }) => exactNumber.safeParse(value).success);
  const figures = ofRules.map((one): FigureInText => {
    const card = byPlace.get(placeKey(one));
    byPlace.delete(placeKey(one));
    if (card !== undefined) return { ...card, found: one.id, otherwise: rivalOf(card, one), before: before(one.start) };
    const place = { layer, start: one.start, end: one.end };
    const shownAt = { page: pageAt(file.pages, one.start), passages: around(place), before: before(one.start) };
    return { ...suggested(source, layer, one), ...shownAt };
  });
  const made = [...byPlace.values()].map((card): FigureInText => ({
    ...card,
    found: null,
    otherwise: null,
    before: before(card.start),
  }));
  const all = [...figures, ...made].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    layer,
    blind: false,
    figures: all,
    larger: largerIn(context, all),
    lost,
    relations: found.relations,
    unpaired: found.unpaired,
    leftOut: [
      ...found.leftOut,
      ...found.figures.flatMap(({ value, start, end, text }) =>
        exactNumber.safeParse(value).success ? [] : [{ start, end, text: text.slice(0, 80), reason: TOO_LONG }],
      ),
    ],
    more: found.more,
  };
}

/** The figures that are larger than reference values; dismissed figures are left out. */
function largerIn({ db }: ReadContext, figures: readonly FigureInText[]): OfSource['larger'] {
  const tree = placeTreeOf(ownOf(db));
  const lineOf = (place: string): readonly string[] => tree.byId.get(place)?.line ?? [];
  const larger = largerFinder(keptReferences(db), conversionTable(ownConversions(db)), lineOf);
  if (larger === null) return [];
  return figures.flatMap(({ id, state, interval: { low }, unit, place, period }) => {
    const interval = { low: low === null ? null : Rational.read(low) };
    return state === 'dismissed'
      ? []
      : larger({ interval, unit, place, period }).map((reference) => ({ figure: id, reference }));
  });
}

/** Code units of the words before a figure. */
const BEFORE = 24;
/** The words before a place, from its line or sentence. */
const wordsBefore =
  (text: string) =>
  (start: number): string =>
    /[^\n。；;]*$/.exec(text.slice(Math.max(0, start - BEFORE), start))?.[0]?.replace(/^[\udc00-\udfff]/, '') ?? '';

const placeKey = ({ start, end }: { readonly start: number; readonly end: number }): string => `${start} ${end}`;

/** A suggestion for a found figure that has no card. */
function suggested(
  sourceId: SourceId,
  layer: LayerId,
  one: FoundFigure,
): Omit<FigureInText, 'page' | 'passages' | 'before'> {
  const { start, end, text, otherwise, id: found } = one;
  const ids = { id: figureIdOf(layer, one), sourceId, layer };
  const readings = shown(readingsOfFound(one));
  return { ...ids, start, end, text, ...readings, otherwise, found, state: 'found', checks: [], outdated: false };
}

/** If the rules see two readings of a number: the one that the card does not have. */
function rivalOf({ interval }: FigureCard, found: FoundFigure): FigureInText['otherwise'] {
  const isSame = (other: FoundFigure['otherwise']): boolean =>
    other !== null && other.low === interval.low && other.high === interval.high;
  if (found.otherwise === null) return null;
  return isSame(found.interval) ? found.otherwise : isSame(found.otherwise) ? found.interval : null;
}

/** Finds the cards' places in the current text. A card of an older text is `lost` unless its words are surely there. */
async function inCurrentText(
  context: ReadContext,
  layer: LayerId,
  cards: readonly FigureCard[],
): Promise<{ readonly here: FigureCard[]; readonly lost: FigureCard[] }> {
  const here = cards.filter((card) => card.layer === layer);
  const lost: FigureCard[] = [];
  const newer = openLayer(context, layer).file;
  for (const [older, own] of Map.groupBy(cards, (card) => card.layer)) {
    if (older === layer) continue;
    const passages = own.map(({ id, start, end }) => ({ id, start, end }));
    const texts = { older: openLayer(context, older).file.text(), newer: newer.text() };
    const compared = await context.pool.run('compare', { ...texts, passages });
    const places = new Map(compared.passages.map((one) => [one.id, one.fate === 'found' ? one.to : null]));
    for (const card of own) {
      const to = places.get(card.id) ?? null;
      if (to === null) lost.push(card);
      else here.push({ ...card, ...to, page: pageAt(newer.pages, to.start) });
    }
  }
  return { here, lost };
}

/** See `figures.cards`, shared/contract/figure-cards.ts. */
export function cards(context: ReadContext, { source }: CallArgs<'figures.cards'>): CallOutput<'figures.cards'> {
  const blind = isBlind(context);
  return { blind, figures: blind ? [] : readCards(context, source) };
}
