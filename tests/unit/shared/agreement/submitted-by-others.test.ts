import { expect, it } from 'vitest';
import { submittedByOthers } from '../../../../shared/agreement/submitted-by-others.ts';
import { assignmentId, personId } from '../../../../shared/model/index.ts';

const id = assignmentId.parse('00000000-0000-7000-8000-000000000001');
const coder = personId.parse('00000000-0000-8000-8000-000000000002');
const given = (coderName: string) => [{ id, name: 'Ten sentences', coder, coderName }];

it('names who submitted an assignment of someone else, ignoring case and spaces in names', () => {
  const people = [{ id: coder, name: 'Cat Stevens' }];
  expect(submittedByOthers(given('Ben'), people)).toEqual([
    { id, name: 'Ten sentences', coderName: 'Ben', by: 'Cat Stevens' },
  ]);
  expect(submittedByOthers(given('cat  stevens'), people)).toEqual([]);
  expect(submittedByOthers([{ id, name: '', coder: null, coderName: 'Ben' }], people)).toEqual([]);
});
