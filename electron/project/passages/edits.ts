import { Fault } from '../../../shared/errors.ts';
import type { CategoryId, LayerId, PassageId, SourceId } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../context.ts';
import { openLayer, type StoredLayer } from '../sources/layers.ts';
import { everyCategory } from '../codebook/categories.ts';
import { liveSource } from '../sources/live-sources.ts';
import { ownMemo, ownTags } from './queries.ts';

/** A source that is not in the trash. Throws NOT_FOUND. */
export function sourceOf(context: ReadContext | WriteContext, id: SourceId): { readonly layer: string | null } {
  const row = context.db.get(liveSource, { id });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project, or it’s in the trash.', { id });
  return row;
}

/** The text layer for a new passage. Throws NOT_FOUND if the source is gone, BAD_INPUT if the layer belongs to another source. */
export function layerFor(context: ReadContext | WriteContext, source: SourceId, layer: LayerId): StoredLayer {
  sourceOf(context, source);
  const stored = openLayer(context, layer);
  if (stored.source !== source)
    throw new Fault('BAD_INPUT', 'This text layer belongs to another source.', { layer, source });
  return stored;
}

/** The names of categories to tag with. Throws NOT_FOUND for unknown ones, NOT_ALLOWED for archived ones. */
export function namesOf(context: WriteContext, ids: readonly CategoryId[]): string[] {
  const known = new Map(context.db.all(everyCategory, {}).map((row) => [row.id, row]));
  return [...new Set(ids)].map((id) => {
    const row = known.get(id);
    if (row === undefined || row.deleted === 1)
      throw new Fault('NOT_FOUND', 'No such category in the codebook. It may have been moved to the trash.', { id });
    if (row.archived === 1)
      throw new Fault(
        'NOT_ALLOWED',
        `“${row.name ?? id}” is archived: existing tags stay, but no new ones can be added.`,
        {
          id,
        },
      );
    return row.name ?? id;
  });
}

/** Adds tags of the acting person. A tag they removed before is restored rather than made again. */
export const addTags = (context: WriteContext, passage: PassageId, categories: readonly CategoryId[]): Edit[] =>
  tagEdits(context, [passage], categories, []).flatMap(({ edits }) => edits);

/**
 * The edits that add and remove tags of the acting person on a passage: none if the tags are as asked already. Other people’s tags stay. A tag
 * that they removed before is restored rather than made again.
 */
export function tagEdits(
  context: WriteContext,
  passages: readonly PassageId[],
  add: readonly CategoryId[],
  remove: readonly CategoryId[],
): { readonly passage: PassageId; readonly edits: readonly Edit[] }[] {
  const { person } = context;
  const rows = context.db.all(ownTags, { passages: JSON.stringify(passages), person: person.id });
  const mine = Map.groupBy(rows, ({ passage }) => passage);
  const gone = new Set<string>(remove);
  return passages.map((passage) => {
    const own = mine.get(passage) ?? [];
    // If there are two records for one category, the one that is not removed wins.
    const there = new Map(own.toReversed().map((tag) => [tag.category, tag]));
    const added = [...new Set(add)].flatMap((category): Edit[] => {
      const known = there.get(category);
      if (known !== undefined)
        return known.deleted === 1 ? [{ entity: 'tag', id: known.id, field: 'deleted', value: false }] : [];
      const id = context.newId();
      return [
        { entity: 'tag', id, field: 'passage', value: passage },
        { entity: 'tag', id, field: 'category', value: category },
        { entity: 'tag', id, field: 'person', value: person.id },
      ];
    });
    const removed = own
      .filter((tag) => tag.deleted !== 1 && gone.has(tag.category))
      .map((tag): Edit => ({ entity: 'tag', id: tag.id, field: 'deleted', value: true }));
    return { passage, edits: [...added, ...removed] };
  });
}

/** Sets the acting person's memo on a target; an empty text removes it. */
export function memoEdits(
  context: WriteContext,
  target: { readonly kind: string; readonly id: string },
  text: string,
): Edit[] {
  const { person } = context;
  const there = context.db.get(ownMemo, { target: target.id, person: person.id });
  if (text.trim() === '')
    return there === undefined ? [] : [{ entity: 'memo', id: there.id, field: 'deleted', value: true }];
  const id = there?.id ?? context.newId();
  const textEdit: Edit[] = [{ entity: 'memo', id, field: 'text', value: text }];
  if (there !== undefined)
    return there.deleted === 1 ? [...textEdit, { entity: 'memo', id, field: 'deleted', value: false }] : textEdit;
  return [
    { entity: 'memo', id, field: 'targetKind', value: target.kind },
    { entity: 'memo', id, field: 'target', value: target.id },
    { entity: 'memo', id, field: 'person', value: person.id },
    ...textEdit,
  ];
}
