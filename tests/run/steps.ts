import type { Step } from './step.ts';

/** Checks that only read the source. The rules are in .oxlintrc.json and tests/support/layers/rules.ts. */
export const CHECKS: readonly Step[] = [
  {
    // Types are checked once, by the linter that needs them: each file under the tsconfig.json nearest to it, so that shared/
    // has neither DOM nor Node, and renderer/ no Node.
    name: 'types and lint',
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
