import { pageAt } from '../../../shared/anchoring/anchor.ts';
import type { FoundFigure } from '../../../shared/contract/figure-readings.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { RelationFigure, UnpairedFigure } from '../../../shared/contract/relations.ts';
import { exactNumber, type LayerId, type SourceId } from '../../../shared/model/index.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext } from '../../project/context.ts';
import { cardsNamed, figureIdOf, readCards, shown } from '../../project/figures/cards.ts';
import { foundFigures } from '../../project/figures/found.ts';
import { readingsOfFound } from '../../project/figures/readings.ts';
import {
  aroundRelations,
  readRelations,
  type RecordedRelation,
  relationCardOf,
  relationIdOf,
} from '../../project/relations/cards.ts';
import { openLayer } from '../../project/sources/layers.ts';

/** What the contract says of `relations.recorded`. */
export function recorded(context: ReadContext): CallOutput<'relations.recorded'> {
  if (isBlind(context)) return { blind: true, relations: [] };
  const around = aroundRelations(context.db);
  const all = readRelations(context);
  const cards = cardsNamed(context, all.flatMap(figuresIn));
  const relations = all.map((one) => relationCardOf(around, one, (id) => cards.get(id), null));
  return { blind: false, relations };
}

const figuresIn = ({ figures: { inputs, printed } }: RecordedRelation): readonly string[] =>
  printed === null ? inputs : [...inputs, printed];

/** What the contract says of `relations.ofSource`. */
export async function ofSource(
  context: ReadContext,
  { source }: CallArgs<'relations.ofSource'>,
): Promise<CallOutput<'relations.ofSource'>> {
  if (isBlind(context)) return { blind: true, relations: [], unpaired: [] };
  const { layer, found } = await foundFigures(context, source);
  const { db } = context;
  const figures = new Map(readCards(context, source).map((card): [string, RelationFigure] => [card.id, card]));
  const ofRules = new Map<string, RelationFigure>();
  const { pages, text } = layer === null ? { pages: [], text: '' } : textOf(context, layer);
  for (const one of layer === null ? [] : found.figures) {
    if (layer === null || !exactNumber.safeParse(one.value).success) continue;
    const card = figures.get(figureIdOf(layer, one)) ?? suggested(source, layer, one, pageAt(pages, one.start));
    figures.set(card.id, card);
    ofRules.set(one.id, card);
  }
  const known = new Map(readRelations(context).map((one) => [one.id, one]));
  const around = aroundRelations(db);
  const figureOf = (id: string) => figures.get(id);
  const relations = found.relations.flatMap(({ operation, figures: ids, printed, by }) => {
    const all = ids.flatMap((id) => ofRules.get(id) ?? []);
    // A figure that somebody dismissed is none.
    if (all.length < ids.length || all.some(({ state }) => state === 'dismissed')) return [];
    const inputs = (printed === null ? all : all.slice(0, -1)).map(({ id }) => id);
    const parts = { inputs, printed: printed === null ? null : (all.at(-1)?.id ?? null) };
    const id = relationIdOf(operation, parts);
    const one = known.get(id) ?? { id, operation, figures: parts, reading: 'printed' as const, checks: [] };
    known.delete(id);
    return [relationCardOf(around, one, figureOf, by)];
  });
  const here = (id: string): boolean => figures.get(id)?.sourceId === source;
  const others = [...known.values()].filter((one) => figuresIn(one).some(here));
  const elsewhere = others.flatMap(figuresIn).filter((id) => !figures.has(id));
  for (const [id, card] of cardsNamed(context, elsewhere)) if (!figures.has(id)) figures.set(id, card);
  const byHand = others.map((one) => relationCardOf(around, one, figureOf, null));
  // What a relation made by hand checks is no longer without a pair.
  const paired = new Set(
    byHand
      .filter(({ state }) => state !== 'dismissed')
      .flatMap(({ inputs, printed }) => [...inputs, ...(printed === null ? [] : [printed])].map(({ id }) => id)),
  );
  const unpaired = found.unpaired.flatMap((id): UnpairedFigure[] => {
    const one = ofRules.get(id);
    return one === undefined || one.state === 'dismissed' || paired.has(one.id) ? [] : [withWords(one, text)];
  });
  return { blind: false, relations: [...relations, ...byHand], unpaired };
}

function textOf(context: ReadContext, layer: LayerId) {
  const { file } = openLayer(context, layer);
  return { pages: file.pages, text: file.text() };
}

/** A figure that nobody said anything of. */
function suggested(sourceId: SourceId, layer: LayerId, found: FoundFigure, page: number): RelationFigure {
  const { start, end, text } = found;
  const place = { id: figureIdOf(layer, found), sourceId, layer, start, end, text, page };
  return { ...place, ...shown(readingsOfFound(found)), state: 'found', checks: [] };
}

/** Code units of the words shown around a percentage. */
const WORDS = 40;
const SENTENCE_END = /[。；！？.;!?]\s*|\n+/g;

function withWords({ id, sourceId, layer, start, end, text, page }: RelationFigure, all: string): UnpairedFigure {
  const before =
    all
      .slice(Math.max(0, start - WORDS), start)
      .split(SENTENCE_END)
      .at(-1) ?? '';
  const [after = ''] = all.slice(end, end + WORDS).split(SENTENCE_END);
  const plain = (words: string): string => words.replace(/\s+/g, ' ').replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return { id, sourceId, layer, start, end, page, text, before: plain(before), after: plain(after) };
}
