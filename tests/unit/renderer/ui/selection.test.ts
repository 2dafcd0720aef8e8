import { describe, expect, it } from 'vitest';
import {
  checksAfter,
  NOTHING_SELECTED,
  rowAfterKey,
  selectionAfter,
  selectionWithin,
  selectionWithout,
  type Act,
  type Selection,
} from '../../../../renderer/ui/selection.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const act = (over: Partial<Act>): Act => ({ key: 'click', shift: false, mod: false, to: null, ...over });
const after = (before: Selection, over: Partial<Act>): Selection => selectionAfter(before, KEYS, act(over)) ?? before;
const chosen = ({ selected }: Selection): string => [...selected].sort().join('');

describe('moving', () => {
  it('stays within the list', () => {
    expect(rowAfterKey('ArrowDown', -1, 5, 3)).toBe(0);
    expect(rowAfterKey('ArrowDown', 4, 5, 3)).toBe(4);
    expect(rowAfterKey('ArrowUp', -1, 5, 3)).toBe(4);
    expect(rowAfterKey('ArrowUp', 0, 5, 3)).toBe(0);
    expect(rowAfterKey('PageDown', 3, 5, 3)).toBe(4);
    expect(rowAfterKey('PageUp', 1, 5, 3)).toBe(0);
    expect(rowAfterKey('End', 0, 5, 3)).toBe(4);
    expect(rowAfterKey('ArrowDown', 0, 0, 3)).toBeNull();
    expect(rowAfterKey('x', 0, 5, 3)).toBeNull();
  });
});

describe('selecting', () => {
  it('selects one, adds one, removes one', () => {
    const one = after(NOTHING_SELECTED, { to: 1 });
    expect(one).toMatchObject({ current: 'b', anchor: 'b' });
    const two = after(one, { to: 3, mod: true });
    expect(chosen(two)).toBe('bd');
    expect(chosen(after(two, { to: 1, mod: true }))).toBe('d');
    expect(chosen(after(two, { to: 0 }))).toBe('a');
  });

  it('takes a range from where it began, in either direction', () => {
    const one = after(NOTHING_SELECTED, { to: 2 });
    const down = after(one, { key: 'ArrowDown', shift: true, to: 4 });
    expect(chosen(down)).toBe('cde');
    expect(chosen(after(down, { key: 'ArrowUp', shift: true, to: 0 }))).toBe('abc');
  });

  it('selects all, and goes back to one', () => {
    const all = after(after(NOTHING_SELECTED, { to: 2 }), { key: 'a', mod: true });
    expect(chosen(all)).toBe('abcde');
    expect(chosen(after(all, { key: 'Escape' }))).toBe('c');
  });

  it('moves without selecting, then selects with Space', () => {
    const one = after(NOTHING_SELECTED, { to: 0 });
    const moved = after(one, { key: 'ArrowDown', mod: true, to: 1 });
    expect(chosen(moved)).toBe('a');
    expect(chosen(after(moved, { key: ' ' }))).toBe('ab');
    expect(selectionAfter(NOTHING_SELECTED, KEYS, act({ key: ' ' }))).toBeNull();
  });

  it('forgets what is no longer in the list', () => {
    const two = after(after(NOTHING_SELECTED, { to: 1 }), { to: 3, mod: true });
    expect(selectionWithin(two, ['a', 'b'])).toEqual({ selected: new Set(['b']), current: null, anchor: null });
  });

  it('moves to the row below the removed ones, at the end to the one above', () => {
    const without = (...to: number[]): string | null =>
      selectionWithout(
        to.reduce((before, one) => after(before, { to: one, mod: true }), NOTHING_SELECTED),
        KEYS,
      ).current;
    expect(without(1)).toBe('c');
    expect(without(1, 3)).toBe('e');
    expect(without(2, 4)).toBe('d');
    expect(without(0, 1, 2, 3, 4)).toBeNull();
  });
});

describe('ticking', () => {
  const ticked = (before: Selection, over: Partial<Act>): Selection => checksAfter(before, KEYS, act(over)) ?? before;

  it('is not moving: a key that moves ticks and unticks nothing', () => {
    const one = ticked(NOTHING_SELECTED, { to: 1 });
    expect(chosen(one)).toBe('b');
    const moved = ticked(one, { key: 'ArrowDown', to: 2 });
    expect([chosen(moved), moved.current]).toEqual(['b', 'c']);
    expect(chosen(ticked(moved, { key: ' ' }))).toBe('bc');
    expect(chosen(ticked(ticked(moved, { key: ' ' }), { to: 1 }))).toBe('c');
  });

  it('with Shift extends from the last ticked row, and adds', () => {
    const one = ticked(ticked(NOTHING_SELECTED, { to: 0 }), { to: 2 });
    expect(chosen(ticked(one, { to: 4, shift: true }))).toBe('acde');
    const by = ticked(ticked(one, { key: 'ArrowDown', to: 3 }), { key: 'ArrowDown', to: 4, shift: true });
    expect(chosen(by)).toBe('acde');
  });

  it('keeps what a filter hides', () => {
    const hidden: Selection = { selected: new Set(['z']), current: null, anchor: null };
    expect(chosen(ticked(hidden, { key: 'a', mod: true }))).toBe('abcdez');
    expect(checksAfter(hidden, KEYS, act({ key: 'Escape' }))).toBeNull();
    expect(checksAfter(hidden, KEYS, act({ key: ' ' }))).toBeNull();
  });
});
