import { resolve } from 'node:path';

/**
 * The project folders and project files named on a command line. Options belong to Electron and Chromium, and so does
 * the program's own path where it is not packaged.
 */
export function pathsOf(argv: readonly string[], cwd: string, packaged: boolean): string[] {
  return argv
    .slice(packaged ? 1 : 2)
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .map((arg) => resolve(cwd, arg));
}
