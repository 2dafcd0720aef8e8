import { describe, expect, it } from 'vitest';
import { placeOfDraft, useDrafts } from '../../../../../renderer/common/drafts/drafts.ts';
import {
  EMPTY_MANY,
  getMany,
  setChosen,
  setMany,
  showMany,
  useLibraryState,
} from '../../../../../renderer/features/library/library-state.ts';

const ID = '01a221d8-959c-7000-b8e1-45f084900aa3';

describe('the place of a draft', () => {
  it('is read from its key', () => {
    expect(placeOfDraft(`translation ${ID} en`)).toEqual({ kind: 'translation', passage: ID });
    expect(placeOfDraft(`comment ${ID}`)).toEqual({ kind: 'comment', passage: ID });
    expect(placeOfDraft(`return ${ID}`)).toEqual({ kind: 'return', passage: ID });
    expect(placeOfDraft(`rating ${ID}`)).toEqual({ kind: 'rating', source: ID });
    expect(placeOfDraft(ID)).toEqual({ kind: 'memo', passage: ID, source: ID, category: ID });
    expect(placeOfDraft('many')).toEqual({ kind: 'many' });
  });
  it('is unknown for a key of another version', () => {
    for (const key of ['', 'other', `other ${ID}`, 'rating 12', 'comment ']) expect(placeOfDraft(key)).toBeNull();
  });
});

describe('the form for several sources', () => {
  it('keeps what is not saved yet as a draft, with the sources it was typed for, until it is empty again', () => {
    setChosen({ selected: new Set(['a', 'b']), current: 'b', anchor: 'a' });
    setMany({ draft: { publisher: 'County', author: null }, implied: new Set(['dateOfAct']) });
    expect(useDrafts.getState().drafts.size).toBe(1);
    setChosen({ selected: new Set(['c']), current: 'c', anchor: 'c' });
    showMany('many');
    expect([...useLibraryState.getState().chosen.selected]).toEqual(['a', 'b']);
    expect(getMany()).toEqual({ draft: { publisher: 'County', author: null }, implied: new Set(['dateOfAct']) });
    setMany(EMPTY_MANY);
    expect(useDrafts.getState().drafts.size).toBe(0);
    expect(getMany()).toEqual(EMPTY_MANY);
  });

  it('is never offered to other sources than those it was typed for, which keep a draft of their own', () => {
    const select = (...ids: string[]) => setChosen({ selected: new Set(ids), current: null, anchor: null });
    const county = { draft: { publisher: 'County' }, implied: new Set<never>() };
    const bureau = { draft: { publisher: 'Bureau' }, implied: new Set<never>() };
    select('a', 'b');
    setMany(county);
    select('a', 'c');
    expect(getMany()).toEqual(EMPTY_MANY);
    setMany(EMPTY_MANY);
    setMany(bureau);
    expect(useDrafts.getState().drafts.size).toBe(2);
    select('b', 'a');
    expect(getMany()).toEqual(county);
    const [, second = ''] = useDrafts.getState().drafts.keys();
    expect(placeOfDraft(second)).toEqual({ kind: 'many' });
    showMany(second);
    expect(getMany()).toEqual(bureau);
    setMany(EMPTY_MANY);
    select('a', 'b', 'c');
    expect(getMany()).toEqual(EMPTY_MANY);
    select('a', 'b');
    expect(getMany()).toEqual(county);
    setMany(EMPTY_MANY);
    expect(useDrafts.getState().drafts.size).toBe(0);
  });
});
