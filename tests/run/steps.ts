import type { Step } from './step.ts';

const TSC = 'node_modules/typescript/bin/tsc';

export const TYPES: readonly Step[] = [
  { name: 'types', run: [TSC, '--project', '.'] },
  { name: 'types of shared/ without DOM and Node', run: [TSC, '--project', 'shared'] },
  { name: 'types of renderer/ without Node', run: [TSC, '--project', 'renderer'] },
];

/** What reads the source alone. The rules themselves are in .oxlintrc.json and tests/support/layers/rules.ts. */
export const CHECKS: readonly Step[] = [
  ...TYPES,
  {
    name: 'lint',
    run: ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '--report-unused-disable-directives'],
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
