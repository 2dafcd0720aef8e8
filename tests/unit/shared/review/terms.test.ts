import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codebookFile } from '../../../../shared/model/codebook.ts';
import { categoryId } from '../../../../shared/model/index.ts';
import { checkTerms, glossaryOf } from '../../../../shared/review/terms.ts';
import { processorTime } from '../../../support/processor-time.ts';

const STARTER = resolve(import.meta.dirname, '../../../../electron/features/codebook/xinjiang-labour.json');
const idOf = (n: number) => categoryId.parse(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const terms = (...all: string[]) => all.map((term) => ({ term, origin: 'test' }));
/** Named by its first English term, as categories mostly are. */
const category = (n: number, zh: string[], en: string[], name = en[0] ?? '') => ({
  id: idOf(n),
  name,
  termsZh: terms(...zh),
  termsEn: terms(...en),
  deleted: false,
});
const starter = glossaryOf(
  codebookFile
    .parse(JSON.parse(readFileSync(STARTER, 'utf8')))
    .categories.map(({ name, termsZh, termsEn }, n) => ({ id: idOf(n), name, termsZh, termsEn, deleted: false })),
);

/** `机制 ✗ System` or `人次 ✓ person-times`, in the order of the quotation. */
const told = (quote: string, translation: string, glossary = starter): string[] =>
  checkTerms(glossary, quote, translation).map(
    ({ term, holds, found }) => `${term} ${holds ? '✓' : '✗'} ${found?.text ?? '-'}`,
  );

describe('a translation checked against the codebook’s terms', () => {
  it('expects Mechanism for 机制, not System, as was once published', () => {
    expect(told('健全失业监测预警机制', 'Improve the Unemployment Monitoring and Early Warning System')).toEqual([
      '失业监测预警机制 ✓ Unemployment Monitoring and Early Warning',
      '机制 ✗ System',
    ]);
    expect(told('健全机制', 'Improve mechanisms')).toEqual(['机制 ✓ mechanisms']);
    expect(told('健全机制', 'Improve it')).toEqual(['机制 ✗ -']);
  });

  it('names the deviating term, the preferred one, and the place of both', () => {
    const [check, ...others] = checkTerms(starter, '要做好对口支援工作', 'Do the paired assistance work well');
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      term: '对口支援',
      start: 3,
      end: 7,
      preferred: ['Pairing Assistance'],
      holds: false,
    });
    expect(check?.found).toEqual({ text: 'assistance', start: 14, end: 24 });
    expect(check?.categories).toHaveLength(1);
  });

  it('accepts traditional characters, plurals, British spelling, hyphens and optional words', () => {
    expect(told('對口支援', 'PAIRING  assistance')).toEqual(['对口支援 ✓ PAIRING  assistance']);
    expect(told('富余劳动力', 'a rural surplus labourer')).toEqual(['富余劳动力 ✓ rural surplus labourer']);
    const own = glossaryOf([
      category(1, ['再教育'], ['re-education']),
      category(2, ['离土不离乡'], ['leave [their] land but not [their] township']),
    ]);
    expect(told('再教育', 'reeducation', own)).toEqual(['再教育 ✓ reeducation']);
    expect(told('离土不离乡', 'to leave land but not township', own)).toEqual([
      '离土不离乡 ✓ leave land but not township',
    ]);
  });

  it('accepts the English of every category that has the term', () => {
    const shared = [category(1, ['培训'], ['training']), category(2, ['培训'], ['instruction'])];
    expect(told('培训', 'instruction', glossaryOf(shared))).toEqual(['培训 ✓ instruction']);
    const named = glossaryOf([...shared, category(3, ['培训', '人次'], ['schooling (培训)', 'person-times'])]);
    expect(told('培训人次', 'training of persons', named)).toEqual(['培训 ✗ -', '人次 ✗ persons']);
    expect(told('培训人次', 'schooling, person-times', named)).toEqual(['培训 ✓ schooling', '人次 ✓ person-times']);
  });

  it('warns only where the codebook says what the English of a term is', () => {
    // Lists of what to look for, no translations of each other: “sewing skills”, “planning to increase”.
    for (const [quote, text] of [
      ['培训妇女800人', 'trained 800 women'],
      ['计划转移就业', 'plans to increase labour transfers'],
      ['疆内援疆企业', 'Xinjiang-aid enterprises within the region'],
      ['缝纫', 'skills of many kinds'],
      ['目标任务', 'goals and tasks'],
    ] as const)
      expect(told(quote, text).filter((one) => one.includes('✗'))).toEqual([]);
    expect(told('妇女', 'of ethnic women')).toEqual(['妇女 ✓ ethnic women']);
    // Two categories have “labor transfer” for it, and no other English in common.
    expect(checkTerms(starter, '转移就业', 'moving to jobs')).toMatchObject([
      { term: '转移就业', holds: false, preferred: ['labor transfer'] },
    ]);
    expect(told('合作社', 'a cooperative')).toEqual(['合作社 ✓ cooperative']);
    const named = category(1, ['防止返贫', '三类户'], ['Preventing a Return to Poverty']);
    expect(told('防止返贫，三类户', 'poverty', glossaryOf([named]))).toEqual(['防止返贫 ✗ -']);
    expect(told('防止返贫', 'poverty', glossaryOf([{ ...named, name: 'Monitoring' }]))).toEqual([]);
  });

  it('ignores a term inside a longer one, and single characters', () => {
    const glossary = glossaryOf([category(1, ['转移就业脱贫', '户'], ['A']), category(2, ['转移就业'], ['B'])]);
    expect(told('一户转移就业脱贫', 'A', glossary)).toEqual(['转移就业脱贫 ✓ A']);
    expect(told('转移就业脱贫，转移就业', 'A', glossary)).toEqual(['转移就业脱贫 ✓ A', '转移就业 ✗ -']);
  });

  it('lets the project’s own codebook override a built-in term', () => {
    const own = glossaryOf([category(1, ['机制'], ['system'])]);
    expect(told('机制', 'a system', own)).toEqual(['机制 ✓ system']);
    expect(told('机制', 'a mechanism', own)).toEqual(['机制 ✗ -']);
  });

  it('ignores categories in the trash, and reports nothing for a quotation without terms', () => {
    expect(told('对口', 'x', glossaryOf([{ ...category(1, ['对口'], ['y']), deleted: true }]))).toEqual([]);
    expect(told('', '')).toEqual([]);
  });

  it('is fast enough to run at every key press', () => {
    const quote = '2023年健全失业监测预警机制，实现农村富余劳动力转移就业3.2万人次，做好对口支援工作。'.repeat(4);
    const text =
      'In 2023 the county improved its early warning system and transferred rural surplus labourers. '.repeat(4);
    checkTerms(starter, quote, text);
    const typed = (): void => {
      for (let key = 0; key < 100; key++) checkTerms(starter, quote, text + String(key));
    };
    // 0.6 ms each on the two cores of the bench.
    expect(processorTime(typed) / 100).toBeLessThan(10);
  });
});
