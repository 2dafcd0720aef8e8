import { describe, expect, it } from 'vitest';
import { patchOf, troublesOf, valuesOf, withTyped } from '../../../../renderer/features/library/many.ts';
import type { Source } from '../../../../shared/model/index.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';

const [one] = fakeSources(1);
if (one === undefined) throw new Error('no source');
const source = (over: Partial<Source>): Source => ({ ...one, ...over });

describe('the details of several sources', () => {
  it('count the values there are, the most frequent first', () => {
    const sources = ['a', 'b', 'b', null].map((publisher) => source({ publisher }));
    expect(valuesOf(sources, 'publisher')).toEqual([
      { value: 'b', count: 2 },
      { value: 'a', count: 1 },
      { value: '', count: 1 },
    ]);
  });

  it('are changed only where they were typed: what all have, or nothing over values that differ, is no change', () => {
    expect(withTyped({ author: 'A' }, 'publisher', 'x', null)).toEqual({ author: 'A', publisher: 'x' });
    expect(withTyped({ publisher: 'x' }, 'publisher', '', null)).toEqual({});
    expect(withTyped({}, 'publisher', ' same ', 'same')).toEqual({});
    expect(withTyped({}, 'publisher', ' ', 'same')).toEqual({ publisher: null });
    expect(patchOf({}, new Set())).toEqual({});
    expect(patchOf({ dateOfAct: ' 2023-05 ', grade: 'B', tool: null }, new Set(['dateOfAct']))).toEqual({
      dateOfAct: { edtf: '2023-05', implied: true },
      grade: 'B',
      capture: { tool: null },
    });
  });

  it('ask for a reason where a source would have a rating without one', () => {
    const rated = source({ grade: 'C', gradeReason: 'One copy' });
    const unrated = source({ grade: null, gradeReason: null });
    expect(troublesOf({ grade: 'B' }, [rated])).toEqual({});
    expect(troublesOf({ grade: 'B' }, [rated, unrated])).toEqual({ gradeReason: 'reason' });
    expect(troublesOf({ grade: 'B', gradeReason: 'x' }, [rated, unrated])).toEqual({});
    expect(troublesOf({ gradeReason: null }, [rated])).toEqual({ gradeReason: 'reason' });
    expect(troublesOf({ language: 'Chinese', dateOfAct: '2023-02-30' }, [unrated])).toEqual({
      language: 'language',
      dateOfAct: 'date',
    });
  });
});
