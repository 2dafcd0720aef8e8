import { describe, expect, it } from 'vitest';
import { isStale, READS } from '../../../../renderer/api/dependencies.ts';
import { ENTITIES } from '../../../../shared/changes/kinds.ts';
import { contract } from '../../../../shared/contract/index.ts';

describe('what a commit makes stale', () => {
  it('names only reads of the contract, and entities of the log', () => {
    for (const [name, reads] of Object.entries(READS)) {
      expect(Object.keys(contract)).toContain(name);
      if (reads !== '*') expect([...ENTITIES]).toEqual(expect.arrayContaining([...reads]));
    }
  });

  it('is what shows records of the changed kinds', () => {
    expect(isStale('passages.list', ['tag'])).toBe(true);
    // A tag changes only the codebook's counts, which another call reads.
    expect(isStale('codebook.get', ['tag'])).toBe(false);
    expect(isStale('codebook.counts', ['tag'])).toBe(true);
    expect(isStale('codebook.get', ['category'])).toBe(true);
    expect(isStale('layers.get', ['tag'])).toBe(false);
    expect(isStale('sources.list', ['memo'])).toBe(false);
    expect(isStale('history.state', ['memo'])).toBe(true);
  });

  it('is every read that is not listed', () => {
    expect(isStale('memos.everything', ['source'])).toBe(true);
    expect(isStale('toString', ['source'])).toBe(true);
  });
});
