import type { FigurePlace } from '../../../shared/contract/figure-cards.ts';
import type { FoundFigure } from '../../../shared/contract/figure-readings.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type CardReadings, isCurrent, READINGS } from '../../../shared/figures/card.ts';
import { type FigureId, type FigureVerdict, layerId, sourceId, type TextAnchor } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { Edit, Json } from '../../db/types.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { WriteContext } from '../../project/context.ts';
import { checkIdOf, checkOf, figureIdOf, readingsOfRow } from '../../project/figures/cards.ts';
import { foundFigures } from '../../project/figures/found.ts';
import { checksOfFigure, figureById } from '../../project/figures/queries.ts';
import { otherReading, readingsOfFound, withEdit } from '../../project/figures/readings.ts';
import { textAnchors } from '../../project/passages/anchors.ts';
import { layerFor } from '../../project/passages/edits.ts';
import { assertPlace, ownOf } from '../../project/places/own.ts';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';

type Made = { readonly id: FigureId };

/** The figure that a call changes. */
interface Target {
  readonly id: FigureId;
  readonly source: string;
  readonly layer: string;
  readonly anchor: TextAnchor;
  /** The readings of its card; null if it has no card. */
  readonly card: CardReadings | null;
  /** The figure that the rules find at its place, if any. */
  readonly found: FoundFigure | null;
}

/** See `figures.confirm`, shared/contract/figure-cards.ts. */
export async function confirm(context: WriteContext, { at, reading }: CallArgs<'figures.confirm'>): Promise<Made> {
  const target = await targetOf(context, at);
  const first = readingsIn(target);
  const readings = reading === 'other' ? otherReading(first, target.found) : first;
  if (saidBy(context, target.id, readings) === 'confirmed')
    throw new Fault('EXISTS', 'You confirmed this figure already. Somebody else can review it.', { id: target.id });
  return write(context, target, { name: 'Confirm figure', readings, verdict: 'confirmed', reason: '' });
}

/** See `figures.edit`, shared/contract/figure-cards.ts. */
export async function edit(context: WriteContext, { at, edit: wanted }: CallArgs<'figures.edit'>): Promise<Made> {
  const target = await targetOf(context, at);
  if (typeof wanted.place === 'string') assertPlace(ownOf(context.db), wanted.place);
  const before = target.card ?? (target.found === null ? null : readingsOfFound(target.found));
  const readings = withEdit(before, wanted);
  return write(context, target, { name: 'Edit figure', readings, verdict: 'confirmed', reason: '' });
}

/** See `figures.dismiss`, shared/contract/figure-cards.ts. */
export async function dismiss(context: WriteContext, { at, reason }: CallArgs<'figures.dismiss'>): Promise<Made> {
  const target = await targetOf(context, at);
  return write(context, target, { name: 'Dismiss figure', readings: readingsIn(target), verdict: 'dismissed', reason });
}

/** See `figures.return`, shared/contract/figure-cards.ts. */
export async function giveBack(context: WriteContext, { id, reason }: CallArgs<'figures.return'>): Promise<Made> {
  const target = await targetOf(context, { id });
  return write(context, target, { name: 'Return figure', readings: readingsIn(target), verdict: 'returned', reason });
}

/** See `figures.withdraw`, shared/contract/figure-cards.ts. */
export function withdraw(context: WriteContext, { id }: CallArgs<'figures.withdraw'>): Made {
  assertOpenEyed(context);
  const { db, person } = context;
  const check = checkIdOf(id, person.id);
  const row = db.get(figureById, { id });
  if (row === undefined || !db.all(checksOfFigure, { figure: id }).some((one) => one.id === check))
    throw new Fault('NOT_FOUND', 'You said nothing of this figure.', { id });
  db.commit(`Take back decision on figure: ${nameOf(anchorOfRow(row.anchor))}`, [
    { entity: 'figurecheck', id: check, field: 'deleted', value: true },
  ]);
  return { id };
}

function assertOpenEyed(context: WriteContext): void {
  if (isBlind(context))
    throw new Fault('NOT_ALLOWED', 'There are no figures in a copy for blind coding. They would steer it.');
}

/** Finds the figure at a place. Waits for the rules before it reads the card, so that all later reads see one state of the project. */
async function targetOf(context: WriteContext, at: FigurePlace): Promise<Target> {
  assertOpenEyed(context);
  if ('id' in at) return cardTarget(context, at.id);
  const { source, layer, start, end } = at;
  const { layer: current, found } = await foundFigures(context, source);
  const one =
    current === layer ? found.figures.find((figure) => figure.start === start && figure.end === end) : undefined;
  const stored = layerFor(context, source, layer);
  const id = figureIdOf(layer, { start, end });
  const row = context.db.get(figureById, { id });
  const card = row === undefined ? null : readingsOfRow(row);
  return { id, source, layer, anchor: textAnchors(stored.file)({ start, end }), card, found: one ?? null };
}

async function cardTarget(context: WriteContext, id: FigureId): Promise<Target> {
  const missing = (): Fault =>
    new Fault('NOT_FOUND', 'No such figure in this project. It may have been taken back.', { id });
  const source = sourceId.safeParse(context.db.get(figureById, { id })?.source).data;
  if (source === undefined) throw missing();
  const { layer: current, found } = await foundFigures(context, source);
  const row = context.db.get(figureById, { id });
  const anchor = anchorOfRow(row?.anchor ?? null);
  const layer = layerId.safeParse(row?.layer).data;
  const card = row === undefined ? null : readingsOfRow(row);
  if (anchor === null || layer === undefined || card === null) throw missing();
  const isThere = ({ start, end }: FoundFigure): boolean =>
    current === layer && start === anchor.start && end === anchor.end;
  return { id, source, layer, anchor, card, found: found.figures.find(isThere) ?? null };
}

function anchorOfRow(json: string | null): TextAnchor | null {
  const anchor = json === null ? null : readAnchor(json);
  return anchor?.kind === 'text' ? anchor : null;
}

/** The readings of the card, else of the found figure. Throws BAD_INPUT if there is neither. */
function readingsIn({ card, found, source, anchor }: Target): CardReadings {
  if (card !== null) return card;
  if (found !== null) return readingsOfFound(found);
  throw new Fault('BAD_INPUT', 'No figure is found in these words. Edit them to make one.', {
    source,
    start: anchor.start,
    end: anchor.end,
  });
}

/** The acting person's verdict on exactly these readings; null if they gave none. */
function saidBy({ db, person }: WriteContext, figure: FigureId, readings: CardReadings): FigureVerdict | null {
  const own = db.all(checksOfFigure, { figure }).find(({ id }) => id === checkIdOf(figure, person.id));
  const [said] = own === undefined ? [] : checkOf(own);
  return said !== undefined && isCurrent(readings, said) ? said.verdict : null;
}

interface Written {
  readonly name: string;
  readonly readings: CardReadings;
  readonly verdict: FigureVerdict;
  readonly reason: string;
}

/** Writes the card and the acting person's verdict as one edit. */
function write(context: WriteContext, target: Target, { name, readings, verdict, reason }: Written): Made {
  const { id, source, layer, anchor } = target;
  const { subject, ...read } = readings;
  const card = { entity: 'figure', id } as const;
  const check = { entity: 'figurecheck', id: checkIdOf(id, context.person.id) } as const;
  context.db.commit(`${name}: ${nameOf(anchor)}`, [
    { ...card, field: 'source', value: source },
    { ...card, field: 'layer', value: layer },
    { ...card, field: 'anchor', value: anchor },
    ...READINGS.map((field): Edit => ({ ...card, field, value: jsonOf(read[field]) })),
    { ...card, field: 'subject', value: subject },
    { ...card, field: 'deleted', value: false },
    { ...check, field: 'figure', value: id },
    // Written even if unchanged: it records that the person looked again.
    { ...check, field: 'verdict', value: verdict, decides: true },
    { ...check, field: 'reason', value: reason },
    { ...check, field: 'basis', value: jsonOf({ v: 1, ...read }) },
    { ...check, field: 'subject', value: subject },
    { ...check, field: 'person', value: context.person.id },
    { ...check, field: 'deleted', value: false },
  ]);
  return { id };
}

const jsonOf = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

/** At most this many code units of the printed words stand in the name of an edit. */
const NAMED = 40;
function nameOf(anchor: TextAnchor | null): string {
  const words = quotedWords(anchor?.exact ?? '', 'pdf')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > NAMED ? `${words.slice(0, NAMED).replace(/[\ud800-\udbff]$/, '')}…` : words;
}
