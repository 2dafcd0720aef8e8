import { Learner } from '../../shared/suggest/learn.ts';
import { LearnedFinder } from '../../shared/suggest/learned-finder.ts';
import { clausesOf, unitOf } from '../../shared/suggest/features.ts';
import { termFinder, type TermsOf } from '../../shared/suggest/find-terms.ts';
import { categoryId, passageId, sourceId } from '../../shared/model/index.ts';
import { seeded } from '../support/seeded.ts';
import { SUBJECT_NAMES, taggedTexts } from '../support/tagged-texts.ts';
import { bench, figure, peakMemory } from './harness.ts';

/** Suggestions in a source of 300 pages, from 400 terms and learned from 1,000 texts. Goal: terms in 200 ms. */
const idOf = (kind: number, at: number): string =>
  `0190${String(kind).padStart(4, '0')}-0000-7000-8000-${String(at).padStart(12, '0')}`;
const CHARACTERS = Array.from(
  '转移就业土地流劳务协作培训监测目标任务组织农村富余动力合社承包经营收入增长政府工报告乡镇干部',
);
const PAGE = 900;

const random = seeded(12);
const wordOf = (length: number): string => Array.from({ length }, () => random.pick(CHARACTERS)).join('');
const terms = Array.from({ length: 400 }, () => wordOf(random.int(2, 6)));
const categories = Array.from({ length: 80 }, (_, at): TermsOf => ({
  id: categoryId.parse(idOf(1, at)),
  parent: null,
  termsZh: terms.slice(at * 5, at * 5 + 5).map((term) => ({ term, origin: 'added' })),
  termsEn: [],
  deleted: false,
  archived: false,
}));
let text = '';
while (text.length < 300 * PAGE) text += `${wordOf(random.int(4, 18))}${random.pick(['，', '。', '\n'])}`;
const finder = termFinder(categories);
await bench('400 terms in a text of 300 pages', () => void finder.find(text), { goal: { atMost: 200 } });

const learner = new Learner();
const subjects = new Map(SUBJECT_NAMES.map((name, at) => [name, categoryId.parse(idOf(2, at))]));
let passages = 0;
for (const [at, one] of taggedTexts(12, 1000, 60).entries()) {
  const units = clausesOf(one.text, 'hard').map((clause) => {
    const own = one.tags.filter(({ start, end }) => start < clause.end && end > clause.start);
    const tags = own.flatMap(({ subject }) => {
      const category = subjects.get(subject);
      return category === undefined ? [] : [[category, passageId.parse(idOf(3, ++passages))] as const];
    });
    return { ...unitOf(one.text, clause), tags: new Map(tags) };
  });
  learner.add(sourceId.parse(idOf(4, at)), units, !learner.isFull);
}
const model = learner.learn(() => undefined);
await bench('learned from 60,000 clauses', () => void learner.learn(() => undefined), { runs: 3 });
const learned = new LearnedFinder(model);
await bench('learned suggestions in a text of 300 pages', () => void learned.find(text, 'hard'), { runs: 3 });
for (const { measured } of model.categories.slice(0, 1)) {
  figure('right on made-up texts, measured', (measured.precision?.value ?? 0) * 100, '%');
  figure('found of those that are tagged', measured.recall * 100, '%');
}
figure('memory of the process, at most', peakMemory(), 'MB', { atMost: 500 });
