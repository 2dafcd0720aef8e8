import { beforeEach, expect, test } from 'vitest';
import {
  changesOf,
  chooseAll,
  resetEvidence,
  setGroup,
  setQuery,
  showView,
  useEvidence,
} from '../../../../../renderer/features/evidence/state.ts';
import { savedView } from '../../../../../shared/contract/views.ts';

beforeEach(resetEvidence);

const view = savedView.parse({
  id: '0190a000-0000-7000-8000-000000000001',
  name: 'Dates',
  query: 'category:LND',
  shape: 'timeline',
  columns: [],
  sort: [{ column: 'act' }, { column: 'publisher' }],
  group: null,
  person: null,
  createdAt: 1,
  unknown: ['columns'],
});

test('saving a view writes what was changed and nothing else, so what only another version understands stays', () => {
  showView(view);
  expect(changesOf(view, useEvidence.getState())).toEqual({});
  setQuery('category:TRF');
  setGroup('source');
  expect(changesOf(view, useEvidence.getState())).toEqual({ query: 'category:TRF', group: 'source' });
});

test('another filter chooses nothing: what was to be done with all is not done with what fits now', () => {
  chooseAll();
  expect(useEvidence.getState().isAllChosen).toBe(true);
  setQuery('category:TRF');
  expect(useEvidence.getState().isAllChosen).toBe(false);
});
