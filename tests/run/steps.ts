import type { Step } from './step.ts';

/** Checks that only read the source. The rules are in .oxlintrc.json and tests/support/layers/rules.ts. */
export const CHECKS: readonly Step[] = [
  { name: 'types and lint', run: ['tests/run/lint.ts'] },
  { name: 'layers', run: ['tests/run/layers.ts'], reads: 'tree' },
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
  { name: 'unused code and dependencies', run: ['node_modules/knip/bin/knip.js', '--no-progress'], reads: 'tree' },
];

export const BUILD: Step = { name: 'build', run: ['electron/start/build.ts'] };
