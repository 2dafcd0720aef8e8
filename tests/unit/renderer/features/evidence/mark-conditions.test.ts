import { expect, it } from 'vitest';
import { inFilter } from '../../../../../renderer/features/evidence/mark-conditions.ts';
import { EMPTY_FORM, textOf } from '../../../../../shared/query/form.ts';

const choice = (id: string, ...names: string[]) => ({ id, name: id, also: '', names });
const fields = {
  all: [],
  nameOf: (field: string) => field,
  choicesOf: (field: string) =>
    ({
      category: [choice('LAND', 'id-of-land'), choice('TRANSFER', 'id-of-transfer')],
      source: [choice('A report', 'id-of-report')],
    })[field] ?? null,
};

it('a mark becomes a condition of the filter, beside those that it has', () => {
  const first = inFilter(EMPTY_FORM, [{ by: 'below', value: 'id-of-land' }], fields);
  expect(textOf(first ?? EMPTY_FORM)).toBe('category:LAND');
  const both = inFilter(
    first ?? EMPTY_FORM,
    [
      { by: 'below', value: 'id-of-transfer' },
      { by: 'source', value: 'id-of-report' },
    ],
    fields,
  );
  // Passages with both categories: not those with one of the two.
  expect(textOf(both ?? EMPTY_FORM)).toBe('category:LAND category:TRANSFER source:"A report"');
});

it('a mark that no condition means exactly is none', () => {
  // A condition finds dates that may be in the year, and words that the publisher has among others.
  for (const by of ['actYear', 'publisher', 'tag'] as const)
    expect(inFilter(EMPTY_FORM, [{ by, value: '2023' }], fields)).toBeNull();
  // Passages without one.
  expect(inFilter(EMPTY_FORM, [{ by: 'below', value: '' }], fields)).toBeNull();
  // A category that is gone.
  expect(inFilter(EMPTY_FORM, [{ by: 'below', value: 'id-of-another' }], fields)).toBeNull();
});
