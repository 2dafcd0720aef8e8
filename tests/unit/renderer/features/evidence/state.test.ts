import { beforeEach, expect, test } from 'vitest';
import {
  changesOf,
  countSelected,
  isSelected,
  resetEvidence,
  selectAll,
  selectMany,
  setGroup,
  setCoverage,
  setLook,
  setMatrix,
  setPlaces,
  setQuery,
  setRows,
  setTimeline,
  showView,
  showWhole,
  toggleSelected,
  useEvidence,
} from '../../../../../renderer/features/evidence/state.ts';
import { passageId } from '../../../../../shared/model/index.ts';
import { savedView } from '../../../../../shared/contract/views.ts';

beforeEach(resetEvidence);

const view = savedView.parse({
  id: '0190a000-0000-7000-8000-000000000001',
  name: 'Dates',
  query: 'category:LND',
  shape: 'timeline',
  scopes: [],
  columns: [],
  sort: [{ column: 'act' }, { column: 'publisher' }],
  group: null,
  table: { rows: 'one' },
  matrix: { look: 'dots' },
  timeline: {},
  places: {},
  coverage: {},
  search: {},
  figures: {},
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

test('a view opens with its charts as they were set, and of a chart only what was set since is written', () => {
  setLook('heat');
  showView(view);
  const shown = useEvidence.getState();
  expect([shown.rows, shown.look, shown.matrix, shown.timeline.lanes]).toEqual(['one', 'dots', 'actYear', 'family']);
  expect(changesOf(view, shown)).toEqual({});
  setRows('two');
  expect(changesOf(view, useEvidence.getState())).toEqual({ table: { rows: 'two' } });
  setRows('one');
  setMatrix('publisher');
  setTimeline({ view: { from: 1.4, to: 9.6 } });
  setPlaces({ order: 'most' });
  setCoverage({ by: 'language' });
  setCoverage({ weak: 'onePublisher' });
  expect(changesOf(view, useEvidence.getState())).toEqual({
    matrix: { columns: 'publisher' },
    timeline: { span: { from: 1, to: 10 } },
    places: { order: 'most' },
    coverage: { by: 'language', weak: 'onePublisher' },
  });
});

test('another filter selects nothing once it is shown: what was to be done with all is not done with what fits now', () => {
  selectAll();
  setQuery('category:TR');
  expect(useEvidence.getState()).toMatchObject({ isAllSelected: true, whole: '' });
  showWhole('category:TRF');
  expect(useEvidence.getState().isAllSelected).toBe(false);
});

test('a passage can be taken out of all that are selected, and put back', () => {
  const one = passageId.parse('0190a000-0000-7000-8000-00000000000a');
  const other = passageId.parse('0190a000-0000-7000-8000-00000000000b');
  const state = useEvidence.getState;
  toggleSelected(one);
  expect([isSelected(state(), one), isSelected(state(), other), countSelected(state(), 34)]).toEqual([true, false, 1]);
  selectAll();
  toggleSelected(one);
  expect([isSelected(state(), one), isSelected(state(), other), countSelected(state(), 34)]).toEqual([false, true, 33]);
  toggleSelected(one);
  expect(countSelected(state(), 34)).toBe(34);
});

test('the passages of a group are selected together, also out of all that are', () => {
  const [one, other, third] = ['a', 'b', 'c'].map((last) =>
    passageId.parse(`0190a000-0000-7000-8000-00000000000${last}`),
  );
  if (one === undefined || other === undefined || third === undefined) throw new Error('No ids');
  const selected = () => [one, other, third].map((id) => isSelected(useEvidence.getState(), id));
  toggleSelected(third);
  selectMany([one, other], true);
  expect(selected()).toEqual([true, true, true]);
  selectMany([one, third], false);
  expect(selected()).toEqual([false, true, false]);
  selectAll();
  selectMany([one, other], false);
  expect(selected()).toEqual([false, false, true]);
  selectMany([other], true);
  expect(selected()).toEqual([false, true, true]);
});
