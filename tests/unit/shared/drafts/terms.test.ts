import { expect, it } from 'vitest';
import { glossaryOf, termsIn } from '../../../../shared/drafts/terms.ts';
import { processorTime } from '../../../support/processor-time.ts';

it('names a term that lacks the start of another with the same name', () => {
  const problems = (text: string, glossary?: ReturnType<typeof glossaryOf>) =>
    termsIn(text, glossary).flatMap(({ chinese, problems }) =>
      problems.map(({ kind, other }) => [chinese, kind, other]),
    );
  const whole = '劳动力转移就业';
  const one = 'They planned labour transfer (转移就业)';
  expect(problems(`${one}, and labour transfer (${whole}).`)).toEqual([['转移就业', 'cut-short', whole]]);
  // In a sentence of its own, after its verb.
  expect(problems(`${one}. It counted labour transfer (${whole}) in May.`)).toEqual([['转移就业', 'cut-short', whole]]);
  // Another name: another thing.
  expect(problems(`They planned job placement (转移就业), and labour transfer (${whole}).`)).toEqual([]);
  const glossary = glossaryOf([
    { name: 'Transfer', termsZh: [{ term: whole }], termsEn: [{ term: 'labour transfer' }] },
    { name: 'Posts', termsZh: [{ term: '就业岗位补贴' }], termsEn: [{ term: 'post subsidy' }] },
  ]);
  expect(problems(`${one}.`, glossary)).toEqual([['转移就业', 'cut-short', whole]]);
  // A Chinese draft: what is cut short before its English name, at either end.
  expect(problems('全县实现转移就业（labour transfer）二万人。', glossary)).toEqual([['转移就业', 'cut-short', whole]]);
  expect(problems('全县实现劳动力转移就（labour transfer）二万人。', glossary)).toEqual([
    ['劳动力转移就', 'cut-short', whole],
  ]);
  expect(problems('全县开发就业岗位（jobs）二千个。', glossary)).toEqual([]);
});

it('a word without end takes no longer than its length', () => {
  expect(processorTime(() => termsIn('a'.repeat(200_000)))).toBeLessThan(1000);
  expect(termsIn('They are surplus labour (剩余劳动力).').map(({ words }) => words)).toEqual([
    'They are surplus labour',
  ]);
});
