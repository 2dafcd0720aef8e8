// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { conflictOf, withKey } from '../../../../../renderer/common/commands/changed-keys.ts';
import {
  keysOf,
  keyTextOf,
  LETTER_COMMANDS,
  letterCommandOf,
  shownKeysFrom,
  shownKeysOf,
} from '../../../../../renderer/common/commands/command-keys.ts';
import { useKeyPreferences } from '../../../../../renderer/common/commands/key-preferences.ts';
import {
  bindingOf,
  isPressed,
  isSingleCharacter,
  type KeyPress,
} from '../../../../../renderer/common/commands/keys.ts';
import { commandFor, type Command } from '../../../../../renderer/common/commands/registry.ts';
import { stepOf } from '../../../../../renderer/features/codebook/PassageList.tsx';

const press = (key: string, code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});
const letter = (id: string) => {
  const found = letterCommandOf(id);
  if (found === undefined) throw new Error(id);
  return found;
};

afterEach(() => useKeyPreferences.setState({ letterKeys: true, keys: {} }));

describe('keys of one character', () => {
  it.each(['KeyJ', 'Shift+KeyT', 'Digit1', '[Shift]+?', '[Shift]+/', 'BracketLeft', 'Shift+BracketLeft'])(
    'are %s',
    (one) => expect(isSingleCharacter(one)).toBe(true),
  );
  it.each(['$mod+KeyK', 'Alt+KeyJ', 'F3', 'Shift+F3', 'Delete', 'Escape', 'Alt+Shift+KeyN'])('are not %s', (one) =>
    expect(isSingleCharacter(one)).toBe(false),
  );

  it('do nothing and are shown nowhere while they are off; other keys still work', () => {
    const command = (id: string, keys: string[]): Command => ({ id, title: id, group: 'reading', keys, run: () => {} });
    const commands = [
      command('pinned', ['Digit1']),
      command('category', ['Shift+KeyX']),
      command('next', ['Alt+KeyJ']),
    ];
    expect(commandFor(press('1', 'Digit1'), false, commands)?.id).toBe('pinned');
    useKeyPreferences.setState({ letterKeys: false });
    expect(commandFor(press('1', 'Digit1'), false, commands)).toBeNull();
    expect(commandFor(press('X', 'KeyX', { shiftKey: true }), false, commands)).toBeNull();
    expect(commandFor(press('j', 'KeyJ', { altKey: true }), false, commands)?.id).toBe('next');
    for (const { id } of LETTER_COMMANDS) expect(shownKeysOf(id)).toEqual([]);
    expect(keyTextOf('tag')).toBeNull();
    expect(shownKeysFrom('Digit1')).toEqual([]);
    expect(keysOf('backToReview')).toEqual(['Alt+ArrowLeft']);
    expect(keysOf('removePassage')).toEqual(['Delete', 'Backspace']);
  });
});

describe('a changed key', () => {
  it('takes the place of the usual one, also where a command has the same key as another', () => {
    useKeyPreferences.setState({ keys: { nextPassage: 'Alt+KeyX', reviewOpen: 'KeyW', tag: '' } });
    expect(keysOf('nextPassage')).toEqual(['Alt+KeyX']);
    expect(keysOf('listKeyJ')).toEqual(['Alt+KeyX']);
    expect(keysOf('backToReview')).toEqual(['Alt+ArrowLeft', 'KeyW']);
    expect(keysOf('tag')).toEqual([]);
    useKeyPreferences.setState({ letterKeys: false });
    expect(keysOf('nextPassage')).toEqual(['Alt+KeyX']);
    expect(keysOf('backToReview')).toEqual(['Alt+ArrowLeft']);
  });

  it('is written down unless it is the usual one', () => {
    expect(withKey({}, letter('tag'), 'KeyX')).toEqual({ tag: 'KeyX' });
    expect(withKey({ memo: 'KeyX' }, letter('tag'), null)).toEqual({ memo: 'KeyX', tag: '' });
    expect(withKey({ tag: 'KeyX' }, letter('tag'), 'KeyT')).toEqual({});
  });

  it('is refused if it belongs to another command that acts in the same place', () => {
    expect(conflictOf(letter('tag'), 'KeyJ')).toMatchObject({ kind: 'letter', command: { id: 'nextPassage' } });
    expect(conflictOf(letter('tag'), 'KeyU')).toBeNull();
    expect(conflictOf(letter('toggleRead'), 'KeyJ')).toBeNull();
    expect(conflictOf(letter('toggleRead'), 'Alt+Digit1')).toMatchObject({ kind: 'fixed' });
    expect(conflictOf(letter('tag'), 'Digit7')).toEqual({ kind: 'numbers' });
    expect(conflictOf(letter('tag'), 'Shift+KeyX')).toEqual({ kind: 'categories' });
    expect(conflictOf(letter('toggleRead'), 'Shift+KeyX')).toBeNull();
  });

  it('gives its former key to others, and can’t be reset while one of them has it', () => {
    useKeyPreferences.setState({ keys: { nextPassage: 'KeyX', rotate: 'KeyJ' } });
    expect(conflictOf(letter('nextPassage'), 'KeyJ')).toMatchObject({ command: { id: 'rotate' } });
    useKeyPreferences.setState({ keys: { nextPassage: 'KeyX' } });
    expect(conflictOf(letter('nextPassage'), 'KeyJ')).toBeNull();
    expect(conflictOf(letter('rotate'), 'KeyJ')).toBeNull();
  });

  it('can be the usual one of each command, if nothing was changed', () => {
    for (const command of LETTER_COMMANDS) expect(conflictOf(command, command.keys[0]), command.id).toBeNull();
  });
});

describe('the keys of a focused list of passages', () => {
  it('are those of the next and the previous passage, and the arrows', () => {
    const [j, k, x] = [press('j', 'KeyJ'), press('k', 'KeyK'), press('x', 'KeyX')];
    expect([j, k, x].map(stepOf)).toEqual([1, -1, undefined]);
    useKeyPreferences.setState({ keys: { nextPassage: 'KeyX' } });
    expect([j, k, x].map(stepOf)).toEqual([undefined, -1, 1]);
    useKeyPreferences.setState({ letterKeys: false });
    expect([j, k, x].map(stepOf)).toEqual([undefined, undefined, undefined]);
    expect(stepOf(press('ArrowDown', 'ArrowDown'))).toBe(1);
    expect(stepOf(press('ArrowDown', 'ArrowDown', { shiftKey: true }))).toBeUndefined();
  });
});

describe('the binding of a press', () => {
  it.each<[string, KeyPress]>([
    ['KeyX', press('x', 'KeyX')],
    ['Shift+KeyX', press('X', 'KeyX', { shiftKey: true })],
    ['Alt+KeyX', press('x', 'KeyX', { altKey: true })],
    ['Shift+Digit4', press('$', 'Digit4', { shiftKey: true })],
    ['[Shift]+?', press('?', 'Slash', { shiftKey: true })],
    ['F9', press('F9', 'F9')],
    ['BracketLeft', press('[', 'BracketLeft')],
  ])('%s stands for itself', (binding, pressed) => {
    expect(bindingOf(pressed)).toBe(binding);
    expect(isPressed(binding, pressed)).toBe(true);
  });

  it.each([
    ['with Ctrl', press('x', 'KeyX', { ctrlKey: true })],
    ['that the browser keeps', press('F5', 'F5')],
    ['that moves', press('ArrowUp', 'ArrowUp')],
    ['that confirms', press('Enter', 'Enter')],
  ])('is none for a key %s', (_, pressed) => expect(bindingOf(pressed)).toBeNull());
});
