import {
  type CategoryId,
  layerId,
  passageId,
  type MemoId,
  type Passage,
  type PassageId,
} from '../../../shared/model/index.ts';
import type { Readable, Edit } from '../../db/types.ts';
import type { PassageRow } from '../../project/passages/queries.ts';
import { inReadingOrder, type Placed, complete, memosOn, passageOf } from '../../project/passages/passages.ts';
import { listed } from '../../project/undo-labels.ts';
import {
  acceptedForPassage,
  liveSources,
  memoExists,
  passagesByIds,
  passagesOfSource,
  queryOfPassage,
  somePassages,
  taggedWith,
} from './queries.ts';
import { choiceLabel, settingEdits } from '../../project/passages/settings.ts';
import { pageAt } from '../../../shared/anchoring/anchor.ts';
import { findQuote } from '../../../shared/anchoring/quote.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { acceptedSuggestion, type passages } from '../../../shared/contract/passages.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers, ReadContext, WriteContext } from '../../project/context.ts';
import { isBlind } from '../../project/blind-copy.ts';
import { isLive } from '../../project/live.ts';
import { anchorOf } from '../../project/passages/anchors.ts';
import { openLayer } from '../../project/sources/layers.ts';
import { categoryName, everyCategory, withSubcategories } from '../../project/codebook/categories.ts';
import { movedTags } from './moved-tags.ts';
import { visibilityOf } from './visibility.ts';
import { addTags, layerFor, memoEdits, namesOf, sourceOf, tagEdits } from '../../project/passages/edits.ts';
import { counted } from '../../../shared/text/counted.ts';

interface PassageFilter {
  readonly source?: string | undefined;
  readonly category?: CategoryId | undefined;
  readonly deep: boolean;
  readonly deleted: boolean;
}

/** Every passage that fits the filter, in reading order. */
const passagesInOrder = (db: Readable, filter: PassageFilter): Placed[] => inReadingOrder(rowsFor(db, filter));

/** Rows read with one statement: see {@link inReadingOrder}. */
const AT_ONCE = 500;

function* rowsFor(
  db: Readable,
  { source, category, deep, deleted: isDeleted }: PassageFilter,
): Generator<PassageRow[]> {
  const deleted = isDeleted ? 1 : 0;
  const live = new LiveSources(db);
  if (category !== undefined) {
    const categories = deep ? [...withSubcategories(db.all(everyCategory, {}), [category])] : [category];
    const tagged = db.all(taggedWith, { categories: JSON.stringify(categories) });
    const ids = [...new Set(tagged.map(({ passage }) => passage))];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const rows = db.all(passagesByIds, { ids: JSON.stringify(ids.slice(from, from + AT_ONCE)), deleted });
      yield live.of(source === undefined ? rows : rows.filter((row) => row.source === source));
    }
  } else if (source === undefined) {
    for (let after = 0; ;) {
      const rows = db.all(somePassages, { after, deleted, most: AT_ONCE });
      yield live.of(rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return;
      after = last.n;
    }
  } else yield db.all(passagesOfSource, { source, deleted });
}

/** Leaves out the passages of removed sources. Each source is looked up once a list. */
class LiveSources {
  private readonly db: Readable;
  private readonly asked = new Set<string>();
  private readonly live = new Set<string>();

  constructor(db: Readable) {
    this.db = db;
  }

  of(rows: PassageRow[]): PassageRow[] {
    const unknown = [...new Set(rows.map(({ source }) => source))].filter((id) => !this.asked.has(id));
    for (const id of unknown) this.asked.add(id);
    if (unknown.length > 0)
      for (const { id } of this.db.all(liveSources, { ids: JSON.stringify(unknown) })) this.live.add(id);
    return rows.filter(({ source }) => this.live.has(source));
  }
}

function create(context: WriteContext, input: CallArgs<'passages.create'>): Passage {
  const layer = layerFor(context, input.source, input.layer);
  const anchor = anchorOf(layer, input.marked);
  const names = namesOf(context, input.categories);
  const id = passageId.parse(context.newId());
  const set = (
    field: 'source' | 'layer' | 'anchor' | 'person',
    value: Extract<Edit, { entity: 'passage' }>['value'],
  ): Edit => ({
    entity: 'passage',
    id,
    field,
    value,
  });
  const untagged = input.marked.kind === 'area' ? 'Highlight area' : 'Highlight passage';
  const edits = [
    set('source', input.source),
    set('layer', input.layer),
    set('anchor', anchor),
    set('person', context.person.id),
    ...addTags(context, id, input.categories),
    ...memoEdits(context, { kind: 'passage', id }, input.memo),
  ];
  const label = names.length === 0 ? untagged : `Tag passage: ${listed(names)}`;
  context.db.commit(label, edits, input.continues);
  return passageOf(context, id);
}

function reshape(context: WriteContext, { id, marked }: CallArgs<'passages.reshape'>): Passage {
  livePassage(context, id);
  const passage = passageOf(context, id);
  if (passage.anchor.kind !== marked.kind)
    throw new Fault(
      'BAD_INPUT',
      'A text passage can’t become an area, or an area a text passage. Make a new passage instead.',
      {
        id,
      },
    );
  const placed = anchorOf(layerFor(context, passage.source, passage.layer), marked);
  // The anchor of a passage that was moved to a newer text layer names that layer; it must be kept.
  const { layer } = passage.anchor;
  const anchor = layer === undefined ? placed : { ...placed, layer };
  context.db.commit('Adjust passage', [{ entity: 'passage', id, field: 'anchor', value: anchor }]);
  return passageOf(context, id);
}

function find(context: ReadContext, { source, quote }: CallArgs<'passages.find'>) {
  const { layer } = sourceOf(context, source);
  if (layer === null)
    throw new Fault(
      'NOT_FOUND',
      'This source has no text layer, so quotations can’t be found. Highlight an area instead.',
      { id: source },
    );
  const { id, file } = openLayer(context, layerId.parse(layer));
  const text = file.text();
  const found = findQuote(text, quote);
  if (!found.ok) throw new Fault(found.error.code, found.error.message, found.error.context);
  const { start, end } = found.value;
  return { layer: id, start, end, exact: text.slice(start, end), page: pageAt(file.pages, start) };
}

function list(context: ReadContext, input: CallArgs<'passages.list'>) {
  const all = passagesInOrder(context.db, input);
  const from = input.after === undefined ? 0 : all.findIndex(({ id }) => id === input.after) + 1;
  if (input.after !== undefined && from === 0)
    throw new Fault('NOT_FOUND', 'That passage is no longer in this list. List from the start.', {
      id: input.after,
    });
  return { passages: complete(context, all.slice(from, from + input.limit)), total: all.length };
}

function setDeleted(context: WriteContext, ids: readonly PassageId[], deleted: boolean): Record<string, never> {
  const changed = [...new Set(ids)].filter((id) => passageOf(context, id).deleted !== deleted);
  const what = changed.length === 1 ? 'passage' : counted(changed.length, 'passage');
  context.db.commit(
    deleted ? `Move ${what} to trash` : `Restore ${what}`,
    changed.map((id): Edit => ({ entity: 'passage', id, field: 'deleted', value: deleted })),
  );
  return {};
}

function changeTags(context: WriteContext, input: CallArgs<'tags.change'>): { passages: Passage[] } {
  const added = namesOf(context, input.add);
  const both = input.add.find((id) => input.remove.includes(id));
  if (both !== undefined)
    throw new Fault('BAD_INPUT', 'You can’t add and remove the same category at once.', { id: both });
  const passages = [...new Set(input.passages)];
  for (const id of passages) livePassage(context, id);
  const edits = tagEdits(context, passages, input.add, input.remove).flatMap((one) => one.edits);
  const verb =
    added.length > 0
      ? `Tag passage: ${listed(added)}`
      : `Remove tag from passage: ${listed(untagged(context, input.remove))}`;
  const label = passages.length > 1 ? `${verb} (${counted(passages.length, 'passage')})` : verb;
  context.db.commit(label, edits, input.continues);
  return { passages: passages.map((id) => passageOf(context, id)) };
}

/** Throws NOT_ALLOWED if the passage is in the trash. */
function livePassage(context: WriteContext, id: PassageId): void {
  if (passageOf(context, id).deleted)
    throw new Fault('NOT_ALLOWED', 'This passage is in the trash. Restore it before you edit it.', { id });
}

/** Names for the undo label. Tags of archived categories can still be removed. */
function untagged(context: WriteContext, ids: CallArgs<'tags.change'>['remove']): string[] {
  return ids.flatMap((id) => context.db.get(categoryName, { id })?.name ?? []);
}

function setDimension(context: WriteContext, { passage, dimension, values }: CallArgs<'settings.set'>): Passage {
  const label = choiceLabel(context.db, dimension, values);
  livePassage(context, passage);
  context.db.commit(
    label,
    settingEdits(context, [passage], dimension, values).flatMap(({ edits }) => edits),
  );
  return passageOf(context, passage);
}

function setMemo(context: WriteContext, { target, text, base }: CallArgs<'memos.set'>) {
  if (!isLive(context.db, target.kind, target.id)) {
    throw new Fault('NOT_FOUND', `No such ${target.kind} for this memo, or it’s in the trash.`, {
      id: target.id,
    });
  }
  const own = () => memosOn(context.db, target.id).find((memo) => memo.person === context.person.id) ?? null;
  const there = own()?.text ?? '';
  if (base !== undefined && there !== base && there !== text)
    throw new Fault('EXISTS', 'This memo was edited in another window. Compare both versions, then save again.', {
      id: target.id,
    });
  context.db.commit(
    `${text.trim() === '' ? 'Remove memo from' : 'Write memo on'} ${target.kind}`,
    memoEdits(context, target, text),
  );
  return { memo: own() };
}

function setMemoDeleted(context: WriteContext, id: MemoId, deleted: boolean): Record<string, never> {
  if (context.db.get(memoExists, { id }) === undefined)
    throw new Fault('NOT_FOUND', 'No such memo in this project. Choose one from the list.', { id });
  context.db.commit(deleted ? 'Move memo to trash' : 'Restore memo', [
    { entity: 'memo', id, field: 'deleted', value: deleted },
  ]);
  return {};
}

/** In a copy for blind coding nothing is said of suggestions: what others accepted there would steer the coder. */
function foundBy(context: ReadContext, id: PassageId): CallOutput<'passages.foundBy'> {
  const rows = isBlind(context) ? [] : context.db.all(acceptedForPassage, { id });
  return {
    query: context.db.get(queryOfPassage, { id })?.query ?? null,
    // One that another program wrote in another form is left out.
    accepted: rows.flatMap((row) => acceptedSuggestion.safeParse({ ...row, term: row.term ?? '' }).data ?? []),
  };
}

export const passagesHandlers: Handlers<typeof passages> = {
  'passages.list': list,
  'passages.get': (context, { id }) => passageOf(context, id),
  'passages.visibility': (context, { id }) => visibilityOf(context, id),
  'passages.movedTags': (context, { id }) => movedTags(context.db, id),
  'passages.foundBy': (context, { id }) => foundBy(context, id),
  'passages.create': create,
  'passages.find': find,
  'passages.reshape': reshape,
  'passages.remove': (context, { ids }) => setDeleted(context, ids, true),
  'passages.restore': (context, { ids }) => setDeleted(context, ids, false),
  'tags.change': changeTags,
  'settings.set': setDimension,
  'memos.set': setMemo,
  'memos.remove': (context, { id }) => setMemoDeleted(context, id, true),
  'memos.restore': (context, { id }) => setMemoDeleted(context, id, false),
  'memos.list': (context, { target }) => ({ memos: memosOn(context.db, target.id) }),
};
