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
  it('is kept by the engine: a handler for each of its calls, and none besides', () => {
    expect(Object.keys(handlers).toSorted()).toEqual(names.filter((name) => !isHosts(name)).toSorted());
  });

  it('is kept by the hosts: the same', () => {
    expect(Object.keys(testHost().calls).toSorted()).toEqual(names.filter(isHosts).toSorted());
  });

  it('has no call that no test makes', () => {
    const unheard = names.filter((name) => !tests.some((text) => text.includes(`'${name}'`)));
    expect(unheard).toEqual([]);
  });

  it('lets only commands of this machine take paths: what a renderer may call names none', () => {
    const taking = names.filter((name) => {
      const shape = 'shape' in contract[name].input ? Object.keys(contract[name].input.shape) : [];
      return contract[name].kind !== 'program' && shape.some((field) => /^(paths?|file|folder)$/.test(field));
    });
    // The path of an answer, to a password or of which pages, is the one the engine itself asked about.
    expect(taking).toEqual(['import.answer', 'import.choose']);
  });
});
