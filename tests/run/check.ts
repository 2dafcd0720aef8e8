import { runSteps } from './step.ts';
import { CHECKS } from './steps.ts';
import { closingLine, sum } from './tally.ts';

/** `npm run check`: format, lint, layers, types, unused code. */
const tally = sum(await runSteps(CHECKS));
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
