import type { EvidenceMark } from '../../../shared/contract/evidence.ts';
import type { QueryForm } from '../../../shared/query/form.ts';
import type { Fields } from '../../common/query/field-choices.tsx';

/** The fields whose conditions find exactly the passages with a mark. Years are not among them: a condition finds dates that may be in one. */
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

/** The form with the marks as further conditions; null if one of them is no condition. */
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
