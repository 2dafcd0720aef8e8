import { expect, test } from 'vitest';
import { sameName } from '../../../shared/model/person-name.ts';

test('case, spaces and compatibility forms do not make a different name; other letters do', () => {
  expect(sameName(' Ann  Chen ', 'ann\u00a0chen')).toBe(true);
  expect(sameName('Ａｎｎ', 'Ann')).toBe(true);
  expect(sameName('IPEK', 'ipek')).toBe(true);
  expect(sameName('Jose\u0301', 'José')).toBe(true);
  expect(sameName('Jose', 'José')).toBe(false);
  expect(sameName('Ann Chen', 'AnnChen')).toBe(false);
});
