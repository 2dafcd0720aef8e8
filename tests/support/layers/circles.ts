import { importsOf } from './imports.ts';

/**
 * The circles in which files import each other, including types: each as the files along one way round, with the first
 * repeated at the end. `sources`: every file's text by its path from the root.
 */
export function circlesIn(sources: ReadonlyMap<string, string>): string[][] {
  const imports = new Map<string, string[]>();
  for (const [file, source] of sources) {
    const wanted = importsOf(file, source).flatMap(({ path }) => (path !== null && sources.has(path) ? [path] : []));
    imports.set(file, [...new Set(wanted)]);
  }
  const circles: string[][] = [];
  /** Files whose imports were all followed. */
  const done = new Set<string>();
  const way: string[] = [];
  const follow = (file: string): void => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push([...way.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const wanted of imports.get(file) ?? []) follow(wanted);
    way.pop();
    done.add(file);
  };
  for (const file of imports.keys()) follow(file);
  return circles;
}
