import { describe, expect, it } from 'vitest';
import { isAllowed, shippedPackages } from '../../../electron/start/licence-rules.ts';

describe('licences', () => {
  it.each(['MIT', '(MIT OR GPL-3.0)', 'MIT AND ISC', '(GPL-2.0 OR (MIT AND Apache-2.0))'])(
    '%s can be shipped',
    (one) => {
      expect(isAllowed(one)).toBe(true);
    },
  );

  it.each(['GPL-3.0', 'MIT AND GPL-3.0', 'none', '', 'SEE LICENSE IN FILE'])('"%s" has to be checked', (one) => {
    expect(isAllowed(one)).toBe(false);
  });
});

describe('what is shipped', () => {
  it('is what the dependencies bring, including nested and optional ones, but neither development ones nor Node', () => {
    const packages = {
      '': { dependencies: { a: '1', node: '24' } },
      'node_modules/a': { dependencies: { b: '2' }, optionalDependencies: { c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { d: '1' } },
      'node_modules/b': { license: 'MIT' },
      'node_modules/c': {},
      'node_modules/d': { dependencies: { a: '1' } },
      'node_modules/dev-only': {},
      'node_modules/node': {},
    };
    expect(shippedPackages(packages)).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/d',
    ]);
  });
});
