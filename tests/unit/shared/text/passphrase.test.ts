import { expect, it } from 'vitest';
import { isLongEnough, newPassphrase } from '../../../../shared/text/passphrase.ts';

it('a new passphrase is seven words, never the same, and long enough', () => {
  const made = Array.from({ length: 500 }, newPassphrase);
  for (const passphrase of made) expect(passphrase).toMatch(/^([a-z]{3,8} ){6}[a-z]{3,8}$/);
  expect(new Set(made).size).toBe(500);
  expect(made.every(isLongEnough)).toBe(true);
  // 3,500 draws of 2,048 words leave some 18 % of them out; a stuck generator leaves out far more.
  expect(new Set(made.flatMap((one) => one.split(' '))).size).toBeGreaterThan(1600);
});

it('counts characters, not UTF-16 units', () => {
  expect(isLongEnough('𠀋'.repeat(11))).toBe(false);
  expect(isLongEnough('𠀋'.repeat(12))).toBe(true);
});
