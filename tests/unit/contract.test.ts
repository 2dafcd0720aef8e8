import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handlers } from '../../electron/engine/handlers.ts';
import { type CallName, contract, isCallName } from '../../shared/contract/index.ts';
import { testHost } from '../support/host.ts';

const names = Object.keys(contract).filter(isCallName);
const isHosts = (name: CallName): boolean => contract[name].kind === 'host';

/** What the tests say, file by file, without this one, which names everything. */
const tests = globSync('tests/**/*.test.{ts,tsx}', { cwd: resolve(import.meta.dirname, '../..') })
  .filter((file) => basename(file) !== basename(import.meta.filename))
  .map((file) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8'));

describe('the contract', () => {
  it('has a handler in the engine for each of its calls, and the engine has no others', () => {
    expect(Object.keys(handlers).toSorted()).toEqual(names.filter((name) => !isHosts(name)).toSorted());
  });

  it('has a handler in the hosts for each of its calls, and the hosts have no others', () => {
    expect(Object.keys(testHost().calls).toSorted()).toEqual(names.filter(isHosts).toSorted());
  });

  it('has no call without a test', () => {
    const unheard = names.filter((name) => !tests.some((text) => text.includes(`'${name}'`)));
    expect(unheard).toEqual([]);
  });

  it('lets only the command line pass paths: no call of a renderer takes one', () => {
    const taking = names.filter((name) => {
      const shape = 'shape' in contract[name].input ? Object.keys(contract[name].input.shape) : [];
      return contract[name].kind !== 'program' && shape.some((field) => /^(paths?|file|folder)$/.test(field));
    });
    // The path of an answer, to a password or of which pages, is the one the engine itself asked about.
    expect(taking).toEqual(['import.answer', 'import.choose']);
  });
});
