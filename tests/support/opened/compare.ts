import { posix } from 'node:path';
import { builtFilesOf } from '../../run/checkout.ts';
import type { Files } from '../../run/inputs.ts';

/**
 * What test files opened of the checkout though their inputs do not name it, from the lines that record.mjs wrote. A file that is
 * built stands for its part of `out/`, or for an entry of `out/main` that can load it. A folder that was listed stands for its files.
 */
export function unnamed(
  lines: readonly string[],
  files: Files,
  inputs: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  return lines.filter((line) => {
    const [test = '', opened = ''] = line.replaceAll('\\', '/').split('\t');
    const known = inputs.get(test);
    if (known === undefined) return false;
    const built = /^out\/(main|preload|renderer)(\/|$)/.exec(opened);
    if (built !== null) return !known.has(`out/${built[1] ?? ''}`) && ![...known].some((name) => canLoad(name, opened));
    if (files.has(opened)) return !known.has(opened);
    if (!opened.endsWith('/')) return false;
    return [...files.keys()].some((path) => `${posix.dirname(path)}/` === opened && !known.has(path));
  });
}

const canLoad = (name: string, opened: string): boolean =>
  name.startsWith('out/main/') && builtFilesOf(name).has(opened);
