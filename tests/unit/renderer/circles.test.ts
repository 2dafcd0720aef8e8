import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { importsOf } from '../../support/layers/imports.ts';

const root = join(import.meta.dirname, '../../..');

/** Files of renderer/ by path, with the files of renderer/ that each imports, types included. */
function importGraph(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => posix.join('renderer', name.replaceAll('\\', '/')));
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ path }) =>
        path !== null && known.has(path) ? [path] : [],
      ),
    ]),
  );
}

/** The files of the first import cycle that is found; null if there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] | null => {
    const at = way.indexOf(file);
    if (at >= 0) return [...way.slice(at), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const circle = walk(file, []);
    if (circle !== null) return circle;
  }
  return null;
}

it('no files of the renderer import each other in a circle, not even through types', () => {
  const graph = importGraph();
  expect(graph.size).toBeGreaterThan(200);
  expect(circleIn(graph)).toBeNull();
});

it('a circle is found and reported', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['d', 'b']],
    ['d', []],
  ]);
  expect(circleIn(graph)).toEqual(['b', 'c', 'b']);
});
