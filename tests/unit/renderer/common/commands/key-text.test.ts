import { expect, it } from 'vitest';
import { keyText } from '../../../../../renderer/common/commands/keys.ts';

it('keys within a sentence are joined with +, and use the Mac’s symbols on a Mac', () => {
  expect(keyText('$mod+Shift+KeyF', false)).toBe('Ctrl+Shift+F');
  expect(keyText('$mod+Shift+KeyF', true)).toBe('⌘+⇧+F');
  expect(keyText('F4', true)).toBe('F4');
});
