import type { EvidenceMark } from '../../../shared/contract/evidence.ts';
import type { QueryForm } from '../../../shared/query/form.ts';
import type { Fields } from '../../common/query/field-choices.tsx';

/** The fields whose conditions find exactly a mark’s passages. Years are missing: a condition on a year also finds dates that only may be in it. */
const FIELDS: Partial<Record<EvidenceMark['by'], string>> = {
  below: 'category',
  source: 'source',
  origin: 'origin',
  collection: 'collection',
  type: 'type',
  grade: 'grade',
  state: 'state',
  placesWithin: 'place',
};

/** Returns the form with the marks added as conditions, or null if a mark cannot be a condition. */
export function inFilter(form: QueryForm, marks: readonly EvidenceMark[], fields: Fields): QueryForm | null {
  const conditions = marks.map(({ by, value }) => {
    const field = FIELDS[by];
    if (field === undefined || value === '') return null;
    const choice = (fields.choicesOf(field) ?? []).find(({ id, names }) => id === value || names.includes(value));
    return choice === undefined ? null : { field, values: [choice.id], not: false };
  });
  const known = conditions.filter((one) => one !== null);
  return known.length < marks.length ? null : { ...form, conditions: [...form.conditions, ...known] };
}
