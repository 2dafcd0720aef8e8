import type { Step } from './step.ts';

/** Checks that only read the source. The rules are in .oxlintrc.json and tests/support/layers/rules.ts. */
export const CHECKS: readonly Step[] = [
  {
    name: 'types and lint',
    // Types are checked once, by the linter that needs them: each file under the tsconfig.json nearest to it, so that shared/
    // has neither DOM nor Node, and renderer/ no Node.
    run: ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '--report-unused-disable-directives', '--type-check'],
  },
  { name: 'layers', run: ['tests/run/layers.ts'] },
  {
    name: 'format',
    run: [
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      '.',
    ],
  },
  { name: 'unused code and dependencies', run: ['node_modules/knip/bin/knip.js', '--no-progress'] },
];

export const BUILD: Step = { name: 'build', run: ['electron/start/build.ts'] };

/** A bench that does not run is a defect; its figures at this size mean nothing. */
export const BENCHES: Step = { name: 'every bench, at its smallest', run: ['tests/bench/run.ts', '--smallest'] };

/** The projects of vitest.config.ts that `npm test` runs, as arguments of vitest. */
export const QUICK = ['--project=unit', '--project=journeys'];

/** Those that only `npm run test:all` runs. */
export const THOROUGH = ['--project=slow', '--project=e2e', '--project=long'];
