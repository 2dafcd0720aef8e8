import { resolve } from 'node:path';
import { checkTree } from '../support/layers/check.ts';

/** The layer rules over this checkout: prints each broken one, and fails if there is any. */
const violations = checkTree(resolve(import.meta.dirname, '../..'));
for (const { message } of violations) console.error(message);
process.exitCode = violations.length === 0 ? 0 : 1;
