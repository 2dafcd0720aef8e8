// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isPressed, shownKeys, type KeyPress } from '../../../../../renderer/common/commands/keys.ts';
import { isComposing } from '../../../../../renderer/ui/keys.ts';

const press = (over: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...over,
});

describe('a key press', () => {
  it('matches the binding with exactly its modifiers', () => {
    const undo = press({ key: 'z', code: 'KeyZ', ctrlKey: true });
    expect(isPressed('$mod+KeyZ', undo)).toBe(true);
    expect(isPressed('$mod+Shift+KeyZ', undo)).toBe(false);
    expect(isPressed('KeyZ', undo)).toBe(false);
    expect(isPressed('$mod+KeyZ', { ...undo, altKey: true })).toBe(false);
    expect(isPressed('$mod+Shift+KeyZ', press({ key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }))).toBe(true);
  });

  it('goes by the printed character if that is a Latin letter: Z and W on a French keyboard', () => {
    expect(isPressed('$mod+KeyZ', press({ key: 'z', code: 'KeyW', ctrlKey: true }))).toBe(true);
    expect(isPressed('$mod+KeyZ', press({ key: 'w', code: 'KeyZ', ctrlKey: true }))).toBe(false);
  });

  it('goes by position with a Uyghur, Russian or dead-key layout', () => {
    expect(isPressed('KeyT', press({ key: 'ت', code: 'KeyT' }))).toBe(true);
    expect(isPressed('$mod+KeyZ', press({ key: 'я', code: 'KeyZ', ctrlKey: true }))).toBe(true);
    expect(isPressed('Alt+KeyN', press({ key: 'Dead', code: 'KeyN', altKey: true }))).toBe(true);
  });

  it('matches a digit by what it prints, or by its position', () => {
    expect(isPressed('Digit1', press({ key: '1', code: 'Digit1' }))).toBe(true);
    expect(isPressed('Digit1', press({ key: '1', code: 'Numpad1' }))).toBe(true);
    expect(isPressed('Digit1', press({ key: '&', code: 'Digit1' }))).toBe(true);
  });

  it('matches a question mark wherever the layout has it', () => {
    expect(isPressed('[Shift]+?', press({ key: '?', code: 'Slash', shiftKey: true }))).toBe(true);
    expect(isPressed('[Shift]+?', press({ key: '?', code: 'Minus', shiftKey: true }))).toBe(true);
    expect(isPressed('[Shift]+?', press({ key: '/', code: 'Slash' }))).toBe(false);
  });

  it.each([
    ['Arabic', '؟', 'ظ'],
    ['Uyghur', '؟', '/'],
    ['Russian', ',', '.'],
    ['Hebrew', '?', '.'],
    ['Thai', 'ฦ', 'ฝ'],
    ['Chinese, full width', '？', '／'],
  ])(
    'matches a question mark and a slash at their usual positions if the layout has neither: %s',
    (_, shifted, bare) => {
      const sheet = press({ key: shifted, code: 'Slash', shiftKey: true });
      expect(isPressed('[Shift]+?', sheet)).toBe(true);
      expect(isPressed('[Shift]+/', sheet)).toBe(false);
      expect(isPressed('[Shift]+/', press({ key: bare, code: 'Slash' }))).toBe(true);
      expect(isPressed('[Shift]+/', press({ key: bare, code: 'Slash', ctrlKey: true }))).toBe(false);
    },
  );

  it('is no slash if a Latin layout prints another character there', () => {
    for (const key of ['-', '_', '!', ';', '§', 'é']) {
      expect(isPressed('[Shift]+/', press({ key, code: 'Slash' }))).toBe(false);
      expect(isPressed('[Shift]+?', press({ key, code: 'Slash', shiftKey: true }))).toBe(false);
    }
  });

  it('matches a punctuation mark where the layout prints it, else by position', () => {
    const ctrl = (key: string, code: string) => press({ key, code, ctrlKey: true });
    // German, Swedish, French; Russian.
    expect(isPressed('$mod+Equal', ctrl('+', 'BracketRight'))).toBe(true);
    expect(isPressed('$mod+Equal', ctrl('+', 'Minus'))).toBe(true);
    expect(isPressed('$mod+Minus', ctrl('+', 'Minus'))).toBe(false);
    expect(isPressed('$mod+Minus', ctrl('-', 'Slash'))).toBe(true);
    expect(isPressed('$mod+Comma', ctrl(',', 'KeyM'))).toBe(true);
    expect(isPressed('KeyM', press({ key: ',', code: 'KeyM' }))).toBe(false);
    expect(isPressed('$mod+Comma', ctrl('б', 'Comma'))).toBe(true);
    expect(isPressed('$mod+Backslash', ctrl('#', 'Backslash'))).toBe(true);
    expect(isPressed('$mod+NumpadAdd', ctrl('+', 'NumpadAdd'))).toBe(true);
  });

  it('matches a bracket by position, whatever it prints', () => {
    expect(isPressed('BracketRight', press({ key: '+', code: 'BracketRight' }))).toBe(true);
    expect(isPressed('Alt+BracketRight', press({ key: '+', code: 'BracketRight', altKey: true }))).toBe(true);
    expect(isPressed('BracketLeft', press({ key: 'х', code: 'BracketLeft' }))).toBe(true);
  });
});

describe('composing', () => {
  it('is recognised by the event’s flag, and by what browsers send instead of it', () => {
    expect(isComposing({ isComposing: true, keyCode: 84 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 84 })).toBe(false);
  });
});

describe('keys as they are shown', () => {
  it('follow the platform', () => {
    expect(shownKeys('$mod+Shift+KeyZ', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(shownKeys('$mod+Shift+KeyZ', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(shownKeys('[Shift]+?', false)).toEqual(['?']);
    expect(shownKeys('Delete', false)).toEqual(['Del']);
    expect(shownKeys('$mod+Comma', false)).toEqual(['Ctrl', ',']);
    expect(shownKeys('Alt+Digit1', false)).toEqual(['Alt', '1']);
    expect(shownKeys('Enter', false)).toEqual(['Enter']);
  });
});
