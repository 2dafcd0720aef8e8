import { execFileSync, spawnSync } from 'node:child_process';

/** Whether this machine has the program; tests that need it run where it is, others use what was made with it. */
export const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** Runs a program and answers what it says. Throws where it fails. */
export const run = (program: string, ...parameters: readonly string[]): string =>
  execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
