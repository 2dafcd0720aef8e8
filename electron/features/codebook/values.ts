import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { codeFor } from '../../../shared/model/category-code.ts';
import { type DimensionId, valueId, type ValueId } from '../../../shared/model/index.ts';
import type { Edit, Json } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { countedIfAny } from '../../project/undo-labels.ts';
import { dimensionNamed, valuesIn, valueUse } from './queries.ts';

type ValueField = Extract<Edit, { entity: 'value' }>['field'];
const setValue = (id: string, field: ValueField, value: Json): Edit => ({ entity: 'value', id, field, value });

/** Source reliability ratings are built into the program: they can be renamed, but none can be added or removed. */
const FIXED = 'srcrel';

export function addValue(
  context: WriteContext,
  { dimension, value }: CallArgs<'values.add'>,
): CallOutput<'values.add'> {
  const known = context.db.get(dimensionNamed, { id: dimension });
  if (known === undefined)
    throw new Fault('NOT_FOUND', 'No such dimension in the codebook. Choose one from the list.', { id: dimension });
  if (known.code === FIXED) throw fixed(known.name);
  const others = context.db.all(valuesIn, { dimension });
  const codes = others.flatMap((one) => one.code ?? []);
  const parent = value.parent ?? null;
  const code = value.code ?? codeFor(value.label, null, codes);
  const same = others.find((one) => one.code?.toUpperCase() === code.toUpperCase());
  if (same !== undefined)
    throw new Fault('EXISTS', `“${same.label ?? code}” already uses the code ${code}. Choose another.`, { code });
  refuseParent(context, dimension, null, parent);
  const id = valueId.parse(context.newId());
  const last = Math.max(-1, ...others.map((one) => one.position ?? 0));
  context.db.commit(`Add “${value.label}” to ${known.name ?? 'dimension'}`, [
    setValue(id, 'dimension', dimension),
    setValue(id, 'code', code),
    setValue(id, 'label', value.label),
    setValue(id, 'note', value.note ?? ''),
    setValue(id, 'names', value.names ?? []),
    setValue(id, 'parent', parent),
    setValue(id, 'position', last + 1),
  ]);
  return { id };
}

export function editValue(context: WriteContext, { id, patch }: CallArgs<'values.edit'>): Record<string, never> {
  const value = existingValue(context, id);
  if (patch.parent !== undefined) refuseParent(context, value.dimension, id, patch.parent);
  const only = Object.keys(patch).join() === 'label';
  const name = value.label ?? value.code ?? '';
  context.db.commit(
    only ? `Rename “${name}” to “${patch.label ?? ''}”` : `Edit “${name}” of ${value.dimensionName ?? 'dimension'}`,
    [
      ...(patch.label === undefined ? [] : [setValue(id, 'label', patch.label)]),
      ...(patch.note === undefined ? [] : [setValue(id, 'note', patch.note)]),
      ...(patch.names === undefined ? [] : [setValue(id, 'names', patch.names)]),
      ...(patch.parent === undefined ? [] : [setValue(id, 'parent', patch.parent)]),
    ],
  );
  return {};
}

export function removeValue(context: WriteContext, { id }: CallArgs<'values.remove'>): Record<string, never> {
  const value = existingValue(context, id);
  if (value.dimensionCode === FIXED) throw fixed(value.dimensionName);
  const name = `“${value.label ?? value.code ?? ''}”`;
  const held = [
    ...countedIfAny(value.settings, 'passage'),
    ...countedIfAny(value.sources, 'source'),
    ...countedIfAny(value.below, 'subvalue', 'subvalues'),
  ];
  if (held.length > 0)
    throw new Fault(
      'NOT_ALLOWED',
      `${name} is used by ${held.join(', ')}, so it can’t be removed. Change those first.`,
      { id, settings: value.settings, sources: value.sources, below: value.below },
    );
  context.db.commit(`Remove ${name} from ${value.dimensionName ?? 'dimension'}`, [setValue(id, 'deleted', true)]);
  return {};
}

function existingValue(context: WriteContext, id: ValueId) {
  const value = context.db.get(valueUse, { id });
  if (value === undefined)
    throw new Fault('NOT_FOUND', 'No such value in the codebook. It may have been moved to the trash.', { id });
  return value;
}

/** A value's parent must be of the same dimension, and not the value itself or one of its subvalues. */
function refuseParent(
  context: WriteContext,
  dimension: DimensionId | string | null,
  id: ValueId | null,
  parent: ValueId | null,
): void {
  if (parent === null) return;
  const parents = new Map(context.db.all(valuesIn, { dimension: dimension ?? '' }).map((one) => [one.id, one.parent]));
  if (!parents.has(parent))
    throw new Fault('NOT_FOUND', 'No such parent value. It may have been moved to the trash.', { id: parent });
  const seen = new Set<string>();
  for (let at: string | null = parent; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    seen.add(at);
    if (at === id) throw new Fault('NOT_ALLOWED', 'A value can’t be its own parent. Choose another.', { id });
  }
}

const fixed = (name: string | null): Fault =>
  new Fault(
    'NOT_ALLOWED',
    `The values of “${name ?? FIXED}” are fixed. You can rename them, but not add or remove any.`,
    {},
  );
