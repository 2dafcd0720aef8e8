import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import type { FieldOf } from '../../../shared/changes/fields.ts';
import { Fault } from '../../../shared/errors.ts';
import { type PassageId, passageId } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import { textAnchors } from '../../project/passages/anchors.ts';
import { derivedId } from '../../project/ids.ts';
import type { WriteContext } from '../../project/context.ts';
import { type Sides, sidesOf } from './compare.ts';
import { nameOf, sourceRow } from './list.ts';
import { byAge, memosOfTargets, tagsOfPassages } from '../../project/passages/queries.ts';
import { carriedTo, passagesByIds, type PassageRow, removedOf, settingsOn } from './queries.ts';
import { counted } from '../../../shared/text/counted.ts';

type Accepted = CallArgs<'versions.accept'>['passages'][number];

/**
 * Moves or carries over the passages a person accepted, in one commit; those carried over already stay. Returns the id of each passage in
 * the newer text, in order. Throws NOT_FOUND, NOT_ALLOWED for removed ones, BAD_INPUT for areas and passages not on the older text.
 */
export function accept(context: WriteContext, input: CallArgs<'versions.accept'>): PassageId[] {
  const sides = sidesOf(context, input);
  const wanted = [...new Map(input.passages.map((one) => [one.passage, one])).values()];
  const rows = rowsOf(context, sides, wanted);
  const { edits, now } =
    sides.older.source === sides.newer.source
      ? moveToNewerText(sides, wanted, rows)
      : carryOver(context, sides, wanted, rows);
  const count = wanted.length - now.left;
  const where = nameOf(sourceRow(context.db, sides.newer.source));
  const what = counted(count, 'passage');
  if (edits.length > 0)
    context.db.commit(
      sides.older.source === sides.newer.source
        ? `Move ${what} to newer text of ${where}`
        : `Carry ${what} over to ${where}`,
      edits,
    );
  return input.passages.map(({ passage }) => now.ids.get(passage) ?? passage);
}

type Rows = ReadonlyMap<PassageId, PassageRow>;
interface Outcome {
  readonly edits: Edit[];
  readonly now: { readonly ids: ReadonlyMap<PassageId, PassageId>; readonly left: number };
}

/** The accepted passages. Throws NOT_FOUND, NOT_ALLOWED for removed ones, BAD_INPUT for areas and passages not on the older text. */
function rowsOf(context: WriteContext, { older, newer }: Sides, wanted: readonly Accepted[]): Rows {
  const ids = JSON.stringify(wanted.map(({ passage }) => passage));
  const rows = new Map(context.db.all(passagesByIds, { ids }).map((row) => [passageId.parse(row.id), row]));
  for (const { passage: id } of wanted) {
    const row = rows.get(id);
    if (row === undefined)
      throw new Fault('NOT_FOUND', 'No such passage in this project. Compare the versions again.', { id });
    if (row.deleted === 1)
      throw new Fault('NOT_ALLOWED', 'This passage is in the trash. Restore it before you carry it over.', { id });
    const isMoved = older.source === newer.source && row.layer === newer.id;
    // To another source, a passage can be carried over from any text of the older one.
    const isThere = row.layer === older.id || isMoved || older.source !== newer.source;
    if (row.source !== older.source || !isThere)
      throw new Fault('BAD_INPUT', 'This passage isn’t on the older of the two texts. Compare them again.', {
        id,
      });
    if (readAnchor(row.anchor)?.kind !== 'text')
      throw new Fault('BAD_INPUT', 'Areas can’t be carried over. Highlight it again in the newer version.', { id });
  }
  return rows;
}

/** On a newer text of the same source the passage itself moves: it gets a new anchor that names the layer. */
function moveToNewerText({ newer }: Sides, wanted: readonly Accepted[], rows: Rows): Outcome {
  const anchorAt = textAnchors(newer.file);
  const todo = wanted.filter(({ passage }) => rows.get(passage)?.layer !== newer.id);
  return {
    edits: todo.map(({ passage, start, end }) => ({
      entity: 'passage',
      id: passage,
      field: 'anchor',
      value: { ...anchorAt({ start, end }), layer: newer.id },
    })),
    now: { ids: new Map(), left: wanted.length - todo.length },
  };
}

/** On another source each becomes a new passage. Its id is derived, so that two people who accept the same passage make one record. */
function carryOver(context: WriteContext, sides: Sides, wanted: readonly Accepted[], rows: Rows): Outcome {
  const { newer } = sides;
  const anchorAt = textAnchors(newer.file);
  const origins = JSON.stringify(wanted.map(({ passage }) => passage));
  const ids = new Map<PassageId, PassageId>();
  for (const { origin, id } of context.db.all(carriedTo, { origins, source: newer.source }))
    if (!ids.has(passageId.parse(origin))) ids.set(passageId.parse(origin), passageId.parse(id));
  const todo = wanted.filter(({ passage }) => !ids.has(passage));
  for (const { passage } of todo) ids.set(passage, passageId.parse(derivedId('carried passage', passage, newer.id)));
  const made = todo.flatMap(({ passage, start, end }): Edit[] => {
    const [id, row] = [ids.get(passage), rows.get(passage)];
    if (id === undefined || row === undefined) return [];
    const set = (field: FieldOf<'passage'>, value: Extract<Edit, { entity: 'passage' }>['value']): Edit => ({
      entity: 'passage',
      id,
      field,
      value,
    });
    return [
      set('source', newer.source),
      set('layer', newer.id),
      set('anchor', anchorAt({ start, end })),
      set('person', row.person),
      set('origin', passage),
    ];
  });
  const annotations = copiedAnnotations(
    context,
    new Map(todo.map(({ passage }) => [passage, ids.get(passage) ?? passage])),
  );
  const edits = [...made, ...annotations];
  return { edits: [...edits, ...restoredRecords(context, edits)], now: { ids, left: wanted.length - todo.length } };
}

/** Copies of the passages' tags, settings and memos, each in its author's name. */
function copiedAnnotations(context: WriteContext, to: ReadonlyMap<string, PassageId>): Edit[] {
  const ids = JSON.stringify([...to.keys()]);
  const on = (passage: string): PassageId => passageId.parse(to.get(passage));
  const found = context.db.all(tagsOfPassages, { ids }).toSorted(byAge);
  const tags = found.flatMap(({ id: old, passage, category, person }): Edit[] => {
    const id = derivedId('carried tag', old, on(passage));
    return [
      { entity: 'tag', id, field: 'passage', value: on(passage) },
      { entity: 'tag', id, field: 'category', value: category },
      { entity: 'tag', id, field: 'person', value: person },
    ];
  });
  const settings = context.db
    .all(settingsOn, { ids })
    .flatMap(({ id: old, passage, dimension, value, person }): Edit[] => {
      const id = derivedId('carried setting', old, on(passage));
      return [
        { entity: 'setting', id, field: 'passage', value: on(passage) },
        { entity: 'setting', id, field: 'dimension', value: dimension },
        { entity: 'setting', id, field: 'value', value },
        { entity: 'setting', id, field: 'person', value: person },
      ];
    });
  const memos = context.db.all(memosOfTargets, { ids }).flatMap(({ id: old, target, text, person }): Edit[] => {
    const id = derivedId('carried memo', old, on(target));
    return [
      { entity: 'memo', id, field: 'targetKind', value: 'passage' },
      { entity: 'memo', id, field: 'target', value: on(target) },
      { entity: 'memo', id, field: 'text', value: text },
      { entity: 'memo', id, field: 'person', value: person },
    ];
  });
  return [...tags, ...settings, ...memos];
}

/** Restores those of the records that exist already and were removed, by undoing an earlier acceptance for example. */
function restoredRecords(context: WriteContext, edits: readonly Edit[]): Edit[] {
  return (['passage', 'tag', 'setting', 'memo'] as const).flatMap((entity) => {
    const ids = JSON.stringify([...new Set(edits.filter((one) => one.entity === entity).map(({ id }) => id))]);
    return context.db
      .all(removedOf[entity], { ids })
      .map(({ id }): Edit => ({ entity, id, field: 'deleted', value: false }));
  });
}
