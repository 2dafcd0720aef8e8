import { describe, expect, it } from 'vitest';
import type { Query } from '../../../../shared/query/ast.ts';
import { mended } from '../../../../shared/query/faults.ts';
import { readQuery } from '../../../../shared/query/parse.ts';
import { printQuery } from '../../../../shared/query/print.ts';

/** A query as one line, without its places. */
function told(query: Query): string {
  switch (query.kind) {
    case 'all':
      return 'all';
    case 'words':
      return `${query.openStart ? '~' : '|'}${query.text}${query.openEnd ? '~' : '|'}`;
    case 'condition':
      return `${query.field}=${query.values.map(({ text }) => text).join('/')}`;
    case 'not':
      return `not(${told(query.part)})`;
    case 'near':
      return `near${query.distance}(${query.parts.map(told).join(', ')})`;
    case 'and':
    case 'or':
      return `${query.kind}(${query.parts.map(told).join(', ')})`;
  }
}
const DIMENSIONS = ['voice', 'place-role'];
const read = (text: string): string => {
  const { query, faults } = readQuery(text, DIMENSIONS);
  return query === null
    ? faults.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`).join('; ')
    : told(query);
};

describe('a query', () => {
  it.each([
    ['', 'all'],
    ['labour  transfer', '~labour  transfer~'],
    ['“labour transfer”', '|labour transfer|'],
    ['«a b»"c"', 'and(|a b|, |c|)'],
    ['transf*', '|transf~'],
    ['*fer', '~fer|'],
    ['"labour transf"*', '|labour transf~'],
    ['* a ** b* ', '|* a ** b~'],
    ['a + b', 'and(~a~, ~b~)'],
    ['a+b + c', 'and(~a+b~, ~c~)'],
    ['a AND b OR c d', 'or(and(~a~, ~b~), ~c d~)'],
    ['a and b or c', '~a and b or c~'],
    ['流转 AND（劳动力 OR 解放）', 'and(~流转~, or(~劳动力~, ~解放~))'],
    ['流转“劳动力”', 'and(~流转~, |劳动力|)'],
    ['((a)) (b c)', 'and(~a~, ~b c~)'],
    ['a -b NOT c -"d e" -(f OR g)', 'and(~a~, not(~b~), not(~c~), not(|d e|), not(or(~f~, ~g~)))'],
    ['re-education - x', '~re-education - x~'],
    ['NOT NOT a', '~a~'],
    ['NOT -(NOT a)', 'not(~a~)'],
    ['a NEAR/12 (b OR c)', 'near12(~a~, or(~b~, ~c~))'],
    ['a NEAR/3 b NEAR/4 c', 'and(near3(~a~, ~b~), near4(~b~, ~c~))'],
    ['NOT a NEAR／３ b', 'not(near3(~a~, ~b~))'],
    ['category:LND 流转', 'and(category=LND, ~流转~)'],
    ['流转 Category：（LND TRF，“a b”）', 'and(~流转~, category=LND/TRF/a b)'],
    ['publisher:柳泉县人民政府、新华社, "x y" z', 'and(publisher=柳泉县人民政府/新华社/x y, ~z~)'],
    ['-voice:official date:2022..2024-05', 'and(not(voice=official), date=2022..2024-05)'],
    ['总则：第一条 10:30 http://x Re: y', '~总则：第一条 10:30 http://x Re: y~'],
    ['\\AND \\(a\\) \\category:x \\*', '~AND (a) category:x *~'],
    ['\u200fAND\u200f', 'operandMissing AND'],
    ['ئەمگەك \u200fOR\u200e كۈچى', 'or(~ئەمگەك~, ~كۈچى~)'],
  ])('%s is read as %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['(流转 OR 承包地 date:2023-13', 'bracketNotClosed (; dateWrong 2023-13'],
    ['a)', 'bracketNotOpened )'],
    ['a ()', 'bracketsEmpty ()'],
    ['"trans', 'quoteNotClosed "'],
    ['trans"', 'quoteNotClosed "'],
    ['a AND', 'operandMissing AND'],
    ['OR a', 'operandMissing OR'],
    ['a AND OR b', 'operandMissing AND'],
    ['a (OR) NOT', 'operandMissing OR; operandMissing NOT'],
    ['a NEAR b', 'nearNumber NEAR'],
    ['a NEAR/0 b NEAR/x c NEAR/101 d', 'nearNumber NEAR/0; nearNumber NEAR/x; nearNumber NEAR/101'],
    ['a NEAR/3 NOT b', 'nearOperand NOT'],
    ['a NEAR/3 category:LND', 'nearOperand category:LND'],
    ['labour* transfer', 'starInside labour* transfer'],
    ['categry:LND x', 'fieldUnknown categry'],
    // What is at fault still stands there: the operators beside it lack nothing.
    ['mood:grim AND category:LND', 'fieldUnknown mood'],
    ['x NOT (mood:grim)', 'fieldUnknown mood'],
    ['category: OR x', 'valueMissing category:'],
    ['category: LND', 'valueMissing category:'],
    ['category:(LND', 'bracketNotClosed ('],
    ['category:"LND', 'quoteNotClosed "'],
    ['date:2023-02-30', 'dateWrong 2023-02-30'],
    ['date:2024..2022', 'dateWrong 2024..2022'],
    ['date:2023/5', 'dateWrong 2023/5'],
  ])('%s is at fault: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['(流转 OR 承包地 category:LND', ['(流转 OR 承包地) category:LND', '流转 OR 承包地 category:LND']],
    ['date:2023-13', ['date:2023-12', 'date:2023']],
    ['date:2023-02-30..2024', ['date:2023-02-28..2024', 'date:2023-02..2024']],
    ['date:2024..2022', ['date:2022..2024']],
    ['date:2023年5月', ['date:2023-05']],
    ['"trans', ['"trans"', '"trans"*', 'trans']],
    ['a OR trans"', ['a OR "trans"', 'a OR *"trans"', 'a OR trans']],
    ['a AND', ['a ', 'a "AND"']],
    ['a NEAR b', ['a NEAR/10 b']],
    ['labour* transfer', ['labour* AND transfer', '"labour transfer"']],
    ['categry:LND', ['category:LND', '"categry:LND"']],
    ['category: LND', ['category:LND', ' LND']],
    ['category:(LND TRF', ['category:(LND TRF)']],
  ])('%s can be mended to %j', (text, expected) => {
    const [fault] = readQuery(text, DIMENSIONS).faults;
    expect(fault?.mends.map((mend) => mended(text, mend))).toEqual(expected);
  });

  it('prints as what is read the same again', () => {
    for (const [text, expected] of [
      ['a + b', 'a AND b'],
      ['a (b OR c) category:(LND "x y") -d', 'a AND (b OR c) category:(LND "x y") NOT d'],
      ['"labour transf"* *fer', '"labour transf"* AND *fer'],
      ['\\AND \\-x 5\\"', '\\AND \\-x 5\\"'],
    ] as const) {
      const { query } = readQuery(text, DIMENSIONS);
      expect(query === null ? null : printQuery(query)).toBe(expected);
    }
  });
});
