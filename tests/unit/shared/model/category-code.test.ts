import { expect, it } from 'vitest';
import { codeFor, TakenCodes } from '../../../../shared/model/category-code.ts';
import { processorTime } from '../../../support/processor-time.ts';

it('a code is the first telling word of a name, below its parent, with a number if it is taken in any case', () => {
  expect(codeFor('The transfer of land', null, [])).toBe('TRANSFER');
  expect(codeFor('Transfer', 'TRF', ['trf.transfer', 'TRF.TRANSFER2'])).toBe('TRF.TRANSFER3');
  expect(codeFor('土地', null, ['C1'])).toBe('C2');
});

it('many categories of one name get codes in a time that grows with them, each another', () => {
  const codes = new TakenCodes([]);
  const made = new Set<string>();
  const ms = processorTime(() => {
    for (let n = 0; n < 50_000; n++) {
      const code = codes.free(`tag ${n}`, 'IMPORTED');
      codes.take(code);
      made.add(code);
    }
  });
  expect(made.size).toBe(50_000);
  // Counted from the beginning for each, it takes minutes.
  expect(ms).toBeLessThan(3000);
});
