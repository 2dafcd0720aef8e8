import type { CallArgs } from '../../../shared/contract/index.ts';
import type { RelationParts } from '../../../shared/contract/relations.ts';
import { Fault } from '../../../shared/errors.ts';
import { EACH_ALONE, READINGS } from '../../../shared/figures/card.ts';
import { isBetweenSources } from '../../../shared/figures/followed.ts';
import { operationWords } from '../../../shared/figures/operation-words.ts';
import { operationOf } from '../../../shared/figures/operations.ts';
import type {
  FigureId,
  RelationFigures,
  RelationId,
  RelationReading,
  RelationVerdict,
  SourceId,
} from '../../../shared/model/index.ts';
import type { Edit, Json } from '../../db/types.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { WriteContext } from '../../project/context.ts';
import { cardOf, figureIdOf, shown } from '../../project/figures/cards.ts';
import { foundFigures } from '../../project/figures/found.ts';
import { figureById } from '../../project/figures/queries.ts';
import { readingsOfFound } from '../../project/figures/readings.ts';
import { textAnchors } from '../../project/passages/anchors.ts';
import { layerFor } from '../../project/passages/edits.ts';
import {
  basisOf,
  checkOf,
  conversionsOf,
  type Looked,
  recordedOf,
  relationCheckIdOf,
  relationIdOf,
} from '../../project/relations/cards.ts';
import { checksOfRelation, relationById } from '../../project/relations/queries.ts';

type Made = { readonly id: RelationId };
type Operation = RelationParts['operation'];
type Place = RelationParts['inputs'][number];

interface Target {
  readonly id: RelationId;
  readonly operation: Operation;
  readonly figures: RelationFigures;
  /** How counts are read now. */
  readonly reading: RelationReading;
  /** What gives its figures cards, where they have none. */
  readonly cards: readonly Edit[];
  /** What its figures say, in the order of `figures`; those that are not there any more are missing. */
  readonly read: readonly FigureRead[];
}
interface FigureRead extends Looked {
  readonly text: string;
  readonly sourceId: SourceId;
}

/** What the contract says of `relations.confirm`. */
export async function confirm(context: WriteContext, { of, reading }: CallArgs<'relations.confirm'>): Promise<Made> {
  const target = await targetOf(context, of);
  const said = { verdict: 'confirmed', reading, reason: '' } as const;
  if (isSaid(context, target, said.reading))
    throw new Fault('EXISTS', 'You confirmed this relation already. Somebody else can review it.', { id: target.id });
  commit(context, 'Confirm relation', target, editsOf(context, target, said));
  return { id: target.id };
}

/** What the contract says of `relations.follow`. */
export async function follow(
  context: WriteContext,
  { of, follows, reason }: CallArgs<'relations.follow'>,
): Promise<Made> {
  const target = await targetOf(context, of);
  const { inputs, printed } = target.figures;
  if (!isBetweenSources(target.operation, target.read, printed) || !inputs.includes(follows))
    throw new Fault(
      'BAD_INPUT',
      'Choose one of two figures of two sources, of which no source prints the difference.',
      {
        id: target.id,
        follows,
      },
    );
  const said = { verdict: 'confirmed', reading: target.reading, reason, follows } as const;
  const words = target.read[inputs.indexOf(follows)]?.text ?? '';
  commit(context, `Follow the source of ${oneLine(words)}`, target, editsOf(context, target, said));
  return { id: target.id };
}

/** What the contract says of `relations.edit`. */
export async function edit(context: WriteContext, { of, to, reading }: CallArgs<'relations.edit'>): Promise<Made> {
  const before = await targetOf(context, of);
  const after = await targetOf(context, to);
  if (before.id === after.id)
    throw new Fault('BAD_INPUT', 'Nothing was changed. Choose other figures or another operation.', { id: before.id });
  const carded = new Set(before.cards.map((one) => one.id));
  const cards = after.cards.filter((one) => !carded.has(one.id));
  commit(context, 'Edit relation', after, [
    ...editsOf(context, before, { verdict: 'dismissed', reading: before.reading, reason: REPLACED }),
    ...editsOf(context, { ...after, cards }, { verdict: 'confirmed', reading, reason: '' }),
  ]);
  return { id: after.id };
}
const REPLACED = 'Another pair was chosen.';

/** What the contract says of `relations.dismiss`. */
export async function dismiss(context: WriteContext, { of, reason }: CallArgs<'relations.dismiss'>): Promise<Made> {
  const target = await targetOf(context, of);
  const said = { verdict: 'dismissed', reading: target.reading, reason } as const;
  commit(context, 'Dismiss relation', target, editsOf(context, target, said));
  return { id: target.id };
}

/** What the contract says of `relations.return`. */
export async function giveBack(context: WriteContext, { id, reason }: CallArgs<'relations.return'>): Promise<Made> {
  const target = await targetOf(context, { id });
  const said = { verdict: 'returned', reading: target.reading, reason } as const;
  commit(context, 'Return relation', target, editsOf(context, target, said));
  return { id };
}

/** What the contract says of `relations.withdraw`. */
export async function withdraw(context: WriteContext, { id }: CallArgs<'relations.withdraw'>): Promise<Made> {
  const target = await targetOf(context, { id });
  const check = relationCheckIdOf(id, context.person.id);
  if (!context.db.all(checksOfRelation, { relation: id }).some((one) => one.id === check))
    throw new Fault('NOT_FOUND', 'You said nothing of this relation.', { id });
  commit(context, 'Take back decision on relation', target, [
    { entity: 'relationcheck', id: check, field: 'deleted', value: true },
  ]);
  return { id };
}

async function targetOf(context: WriteContext, of: CallArgs<'relations.confirm'>['of']): Promise<Target> {
  if (isBlind(context))
    throw new Fault('NOT_ALLOWED', 'There are no figures in a copy for blind coding. They would steer it.');
  if ('id' in of) {
    const row = context.db.get(relationById, { id: of.id });
    const found = row === undefined ? null : recordedOf(row, []);
    if (found === null)
      throw new Fault('NOT_FOUND', 'No such relation in this project. It may have been taken back.', { id: of.id });
    const { inputs, printed } = found.figures;
    const ids = printed === null ? inputs : [...inputs, printed];
    return { ...found, cards: [], read: ids.flatMap((id) => readOf(context, id) ?? []) };
  }
  assertTaken(of);
  const all: At[] = [];
  for (const place of of.printed === null ? of.inputs : [...of.inputs, of.printed])
    all.push(await figureAt(context, place));
  const ids = all.map(({ id }) => id);
  const printed = of.printed === null ? null : (ids.at(-1) ?? null);
  const figures = { inputs: ids.slice(0, of.inputs.length), printed };
  if (new Set(ids).size < ids.length)
    throw new Fault('BAD_INPUT', 'A figure is in this relation twice. Choose each once.');
  const id = relationIdOf(of.operation, figures);
  const row = context.db.get(relationById, { id });
  const reading = (row === undefined ? null : recordedOf(row, []))?.reading ?? 'printed';
  const cards = all.flatMap(({ edits }) => edits);
  return { id, operation: of.operation, figures, reading, cards, read: all.map(({ read }) => read) };
}

/** BAD_INPUT where the operation takes more or fewer figures. */
function assertTaken({ operation, inputs, printed }: RelationParts): void {
  const { takes } = operationOf(operation);
  const isRight = operation === 'sum' ? inputs.length >= 2 : inputs.length === takes.length;
  if (!isRight || (operation === 'same' && printed === null))
    throw new Fault('BAD_INPUT', 'This operation doesn’t take so many figures. Choose others, or another operation.', {
      operation,
      figures: inputs.length,
    });
}

interface At {
  readonly id: FigureId;
  readonly read: FigureRead;
  /** What makes a card of a figure that only the rules know. */
  readonly edits: readonly Edit[];
}

/** The figure at a place: its card, or what the rules find there. */
async function figureAt(context: WriteContext, { source, layer, start, end }: Place): Promise<At> {
  const id = figureIdOf(layer, { start, end });
  const carded = readOf(context, id);
  if (carded !== null) return { id, read: carded, edits: [] };
  const { layer: current, found } = await foundFigures(context, source);
  const one = found.figures.find((figure) => figure.start === start && figure.end === end);
  if (current !== layer || one === undefined)
    throw new Fault('BAD_INPUT', 'No figure is found at one of these places. Confirm or edit it first.', {
      source,
      start,
      end,
    });
  const { subject, ...readings } = readingsOfFound(one);
  const card = { entity: 'figure', id } as const;
  const edits: Edit[] = [
    { ...card, field: 'source', value: source },
    { ...card, field: 'layer', value: layer },
    { ...card, field: 'anchor', value: textAnchors(layerFor(context, source, layer).file)({ start, end }) },
    ...READINGS.map((field): Edit => ({ ...card, field, value: jsonOf(readings[field]) })),
    { ...card, field: 'subject', value: subject },
    { ...card, field: 'deleted', value: false },
  ];
  return { id, read: { ...shown({ subject, ...readings }), text: one.text, sourceId: source }, edits };
}

/** Null for a figure that has no card, or one that this version can’t read. */
function readOf({ db }: WriteContext, id: FigureId): FigureRead | null {
  const row = db.get(figureById, { id });
  const card = row === undefined ? null : cardOf(row, [], [], EACH_ALONE);
  return card;
}

const jsonOf = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

interface Said {
  readonly verdict: RelationVerdict;
  readonly reading: RelationReading;
  readonly reason: string;
  /** The figure whose source is followed. */
  readonly follows?: FigureId;
}

/** The relation, the cards of its figures, and what the acting person says of it. */
function editsOf({ db, person }: WriteContext, target: Target, { verdict, reading, reason, follows }: Said): Edit[] {
  const { id, operation, figures, cards, read } = target;
  const relation = { entity: 'relation', id } as const;
  const check = { entity: 'relationcheck', id: relationCheckIdOf(id, person.id) } as const;
  const before = db.all(checksOfRelation, { relation: id }).find((one) => one.id === check.id);
  return [
    ...cards,
    { ...relation, field: 'operation', value: operation },
    { ...relation, field: 'figures', value: jsonOf(figures) },
    { ...relation, field: 'reading', value: reading },
    { ...relation, field: 'deleted', value: false },
    { ...check, field: 'relation', value: id },
    // Written even if it is what they said before: they have looked again.
    { ...check, field: 'verdict', value: verdict, decides: true },
    { ...check, field: 'reason', value: reason },
    // Whoever says something else follows no source any more.
    ...(follows === undefined && (before?.follows ?? null) === null
      ? []
      : [{ ...check, field: 'follows', value: follows ?? null } satisfies Edit]),
    { ...check, field: 'basis', value: jsonOf(basisOf(reading, read, conversionsOf(db))) },
    { ...check, field: 'person', value: person.id },
    { ...check, field: 'deleted', value: false },
  ];
}

/** Whether the acting person confirmed what is there now, read in this way. */
function isSaid({ db, person }: WriteContext, { id, read }: Target, reading: RelationReading): boolean {
  const own = db.all(checksOfRelation, { relation: id }).find((one) => one.id === relationCheckIdOf(id, person.id));
  const said = own === undefined ? null : checkOf(own, basisOf(reading, read, conversionsOf(db)));
  return said?.verdict === 'confirmed' && said.current;
}

/** Code units of the figures' words in the name of an edit. */
const NAMED = 60;
const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, NAMED)
    .replace(/[\ud800-\udbff]$/, '');
function commit({ db }: WriteContext, name: string, { operation, read }: Target, edits: readonly Edit[]): void {
  const words = oneLine(read.map(({ text }) => text).join(', '));
  db.commit(`${name}: ${operationWords(operation)} of ${words}`, edits);
}
