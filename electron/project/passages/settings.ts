import { Fault } from '../../../shared/errors.ts';
import type { DimensionId, PassageId, ValueId } from '../../../shared/model/index.ts';
import { type Edit, query, type Readable } from '../../db/types.ts';
import type { WriteContext } from '../context.ts';
import { listed } from '../undo-labels.ts';

const dimensionById = query<
  { id: string },
  { id: string; name: string | null; single: number | null; on: string | null }
>('passages.dimension', `SELECT id, name, single, "on" FROM p_dimension WHERE id = $id AND deleted IS NOT 1`);
const valuesOfDimension = query<{ dimension: string }, { id: string; label: string | null }>(
  'passages.values',
  `SELECT id, label FROM p_value WHERE dimension = $dimension AND deleted IS NOT 1`,
);
/** One person’s settings of passages, a JSON list of ids, including removed ones: setting a value again restores the old record. */
export const ownSettings = query<
  { passages: string; dimension: string; person: string },
  { id: string; passage: string; value: string; deleted: number | null }
>(
  'passages.ownSettings',
  `SELECT t.id, t.passage, t.value, t.deleted
   FROM json_each($passages) i CROSS JOIN p_setting t ON t.passage = i.value AND t.dimension = $dimension
   WHERE t.person = $person ORDER BY t.deleted IS 1, t.createdAt, t.id`,
);

/**
 * What the undo label says of setting a dimension of passages. Throws NOT_FOUND for an unknown dimension or value, BAD_INPUT for a
 * dimension of sources, and for several values where one is possible.
 */
export function choiceLabel(db: Readable, id: DimensionId, values: readonly ValueId[]): string {
  const dimension = db.get(dimensionById, { id });
  if (dimension === undefined)
    throw new Fault('NOT_FOUND', 'No such dimension in the codebook. Choose one from the list.', { id });
  const name = dimension.name ?? '';
  if (dimension.on !== 'passage')
    throw new Fault('BAD_INPUT', `“${name}” describes sources, not passages. Set it in the source’s details.`, { id });
  if (dimension.single === 1 && values.length > 1)
    throw new Fault('BAD_INPUT', `“${name}” takes only one value.`, { id });
  const labels = new Map(
    db.all(valuesOfDimension, { dimension: id }).map((value) => [value.id, value.label ?? value.id]),
  );
  const unknown = values.find((value) => !labels.has(value));
  if (unknown !== undefined)
    throw new Fault('NOT_FOUND', `“${name}” has no such value. It may have been moved to the trash.`, { id: unknown });
  const chosen = values.map((value) => labels.get(value) ?? value);
  return `Set ${dimension.name ?? 'dimension'}: ${chosen.length === 0 ? 'none' : listed(chosen)}`;
}

/** Gives passages these values of a dimension in the acting person’s name, and no others; other people’s stay. */
export function settingEdits(
  context: WriteContext,
  passages: readonly PassageId[],
  dimension: DimensionId,
  values: readonly ValueId[],
): { readonly passage: PassageId; readonly edits: readonly Edit[] }[] {
  const person = context.person.id;
  const rows = context.db.all(ownSettings, { passages: JSON.stringify(passages), dimension, person });
  const mine = Map.groupBy(rows, ({ passage }) => passage);
  const wanted = new Set<string>(values);
  return passages.map((passage) => {
    const there = mine.get(passage) ?? [];
    const gone = there
      .filter((one) => one.deleted !== 1 && !wanted.has(one.value))
      .map((one): Edit => ({ entity: 'setting', id: one.id, field: 'deleted', value: true }));
    const added = [...wanted].flatMap((value): Edit[] => {
      const known = there.find((one) => one.value === value);
      if (known !== undefined)
        return known.deleted === 1 ? [{ entity: 'setting', id: known.id, field: 'deleted', value: false }] : [];
      const id = context.newId();
      return [
        { entity: 'setting', id, field: 'passage', value: passage },
        { entity: 'setting', id, field: 'dimension', value: dimension },
        { entity: 'setting', id, field: 'value', value },
        { entity: 'setting', id, field: 'person', value: person },
      ];
    });
    return { passage, edits: [...gone, ...added] };
  });
}
