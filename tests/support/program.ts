import { resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isBuilt } from '../../electron/start/inputs.mjs';
import { root } from '../../electron/start/set-up.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file that Node runs as the command line. */
    commandLine?: string;
  }
}

/**
 * Vitest's global set-up: the tests use the command line that the `sourcebook` command would run, the built program if it is
 * up to date (as in `npm test`, which builds first), else the source. Built, a command takes half as long.
 */
export default function program(project: TestProject): void {
  project.provide('commandLine', resolve(root, isBuilt() ? 'out/main/cli.js' : 'electron/cli.ts'));
}
