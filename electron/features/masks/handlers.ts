import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { masks as contract } from '../../../shared/contract/masks.ts';
import { Fault } from '../../../shared/errors.ts';
import { wordsFinder } from '../../../shared/masks/words.ts';
import { layerId, type MaskId, maskId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit } from '../../db/types.ts';
import type { Handlers, ReadContext, WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { Masking, type ReadMask } from '../../project/masks/masking.ts';
import { isAnswered, markedOf, openMasks } from '../../project/masks/open.ts';
import { anchorOf } from '../../project/passages/anchors.ts';
import { layerFor, sourceOf } from '../../project/passages/edits.ts';
import { openLayer } from '../../project/sources/layers.ts';
import { addEverywhere, everywhere, maskEdits } from './everywhere.ts';
import { preview } from './preview.ts';

function list(context: ReadContext, { source }: CallArgs<'masks.list'>): CallOutput<'masks.list'> {
  const masking = new Masking(context);
  return {
    masks: (source === undefined ? masking.all : masking.of(source)).map(({ current: _current, ...mask }) => mask),
    open: openMasks(context, masking, source === undefined ? null : new Set([source])),
  };
}

function add(context: WriteContext, { source, layer, marked, reason }: CallArgs<'masks.add'>): { id: MaskId } {
  const anchor = anchorOf(layerFor(context, source, layer), marked);
  const masking = new Masking(context);
  const isMasked =
    anchor.kind === 'text'
      ? masking.spansIn(source, layer).some((span) => span.start <= anchor.start && span.end >= anchor.end)
      : masking.of(source).some((mask) => isSameArea(mask, layer, anchor));
  if (isMasked) throw new Fault('EXISTS', 'A mask covers all of this already.', { source });
  const edits = maskEdits(context, { source, layer, anchor, reason });
  // Not the words, and not the reason: a label is in every list of edits.
  context.db.commit(anchor.kind === 'text' ? 'Mask words' : 'Mask area', edits);
  return { id: maskId.parse(edits[0]?.id) };
}

const isSameArea = (mask: ReadMask, layer: string, anchor: Extract<ReadMask['anchor'], { kind: 'area' }>): boolean =>
  mask.anchor.kind === 'area' &&
  mask.layer === layer &&
  mask.anchor.page === anchor.page &&
  mask.anchor.area[0] <= anchor.area[0] &&
  mask.anchor.area[1] <= anchor.area[1] &&
  mask.anchor.area[2] >= anchor.area[2] &&
  mask.anchor.area[3] >= anchor.area[3];

function find(context: WriteContext, id: MaskId): ReadMask {
  const found = new Masking(context).all.find((mask) => mask.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such mask. It may have been removed.', { id });
  return found;
}

function findWords(context: ReadContext, { source, words }: CallArgs<'masks.find'>): CallOutput<'masks.find'> {
  const layer = layerId.safeParse(sourceOf(context, source).layer).data;
  const [found] = layer === undefined ? [] : wordsFinder([words])(openLayer(context, layer).file.text());
  if (layer === undefined || found === undefined)
    throw new Fault('NOT_FOUND', 'These words aren’t in the source. Check them against the page.', { source });
  return { layer, marked: { kind: 'text', ...found } };
}

const statementIdOf = (passage: string, person: string): string => derivedId('sourcebook not private', passage, person);

function sayNotPrivate(
  context: WriteContext,
  { passage, reason }: CallArgs<'masks.notPrivate'>,
): CallOutput<'masks.notPrivate'> {
  const { db, person } = context;
  if (!markedOf(context).some(({ id }) => id === passage))
    throw new Fault('NOT_ALLOWED', 'Nobody marked this passage as naming a private person.', { id: passage });
  const record = { entity: 'notprivate', id: statementIdOf(passage, person.id) } as const;
  db.commit('Say that a passage names no private person', [
    { ...record, field: 'passage', value: passage },
    // Written even if it is what they said before: they have seen who marked it since.
    { ...record, field: 'reason', value: reason, decides: true },
    { ...record, field: 'person', value: person.id },
    { ...record, field: 'deleted', value: false },
  ]);
  const marked = markedOf(context).find(({ id }) => id === passage);
  return { counts: marked !== undefined && isAnswered(marked) };
}

function takeBack(context: WriteContext, { passage }: CallArgs<'masks.private'>): {} {
  const { db, person } = context;
  const said = markedOf(context).find(({ id }) => id === passage)?.notPrivate ?? [];
  if (!said.some((one) => one.person === person.id))
    throw new Fault('NOT_FOUND', 'You didn’t say that this passage names no private person.', { id: passage });
  db.commit('Take back that a passage names no private person', [
    { entity: 'notprivate', id: statementIdOf(passage, person.id), field: 'deleted', value: true },
  ]);
  return {};
}

/** See shared/contract/masks.ts. */
export const masksHandlers: Handlers<typeof contract> = {
  'masks.list': list,
  'masks.preview': preview,
  'masks.add': add,
  'masks.find': findWords,
  'masks.everywhere': everywhere,
  'masks.addEverywhere': addEverywhere,
  'masks.change': (context, { id, reason }) => {
    find(context, id);
    context.db.commit('Change reason of a mask', [{ entity: 'mask', id, field: 'reason', value: reason }]);
    return {};
  },
  'masks.remove': (context, { ids }) => {
    const there = new Set<string>(new Masking(context).all.map(({ id }) => id));
    const gone = ids.filter((id) => there.has(id));
    if (gone.length < ids.length)
      throw new Fault('NOT_FOUND', 'A mask isn’t there any more. Nothing was removed.', { ids: [...ids] });
    context.db.commit(
      gone.length === 1 ? 'Remove mask' : `Remove ${counted(gone.length, 'mask')}`,
      [...new Set(gone)].map((id): Edit => ({ entity: 'mask', id, field: 'deleted', value: true })),
    );
    return {};
  },
  'masks.notPrivate': sayNotPrivate,
  'masks.private': takeBack,
};
