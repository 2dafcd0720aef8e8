import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take over two minutes of one processor, the longest first: started last, one would run alone at the end. */
const LONGEST = [
  'tests/fuzz/merge.test.ts',
  'tests/fuzz/exchange.test.ts',
  'tests/fuzz/log.test.ts',
  'tests/fuzz/exchange-texts.test.ts',
  'tests/fuzz/search.test.ts',
  'tests/kill/kill.test.ts',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((file) => moduleId.replaceAll('\\', '/').endsWith(`/${file}`));
  return at === -1 ? LONGEST.length : at;
};

/** Starts the longest test files first, and keeps vitest's own order among the others. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
