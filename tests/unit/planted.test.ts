import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../electron/start/set-up.mjs';
import { occurrences, PLANTED } from '../planted/planted.ts';

const all = Object.entries(PLANTED).flatMap(([part, errors]) =>
  errors.map((error, at) => ({ name: `${part} ${at + 1}`, ...error })),
);

describe('the planted errors', () => {
  it('are at least sixty, at least sixteen in each part', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    for (const errors of Object.values(PLANTED)) expect(errors.length).toBeGreaterThanOrEqual(16);
    expect(new Set(all.map(({ file, from, to }) => [file, from, to].join('\n'))).size).toBe(all.length);
  });

  it.each(all)('$name occurs once in the code, and has tests', ({ file, from, to, tests }) => {
    expect(occurrences(readFileSync(join(root, file), 'utf8'), from), from).toBe(1);
    expect(to).not.toBe(from);
    expect(tests).not.toEqual([]);
    for (const test of tests) expect(existsSync(join(root, test)), test).toBe(true);
  });
});
