import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One imported module, including types. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
  /** For a file of ours, its path from the root; null for a package or a Node module. */
  readonly path: string | null;
  /** For a package, its name; for a Node module, `node:` and its name; null for a file of ours. */
  readonly module: string | null;
}

/** An `import()` of something other than a literal, which no rule could check. */
export const NOT_LITERAL = '(not a literal)';

const TYPE_IMPORT = /\bimport\(\s*(['"])([^'"\n]+)\1/g;
const URL_OF_MODULE = /\bnew URL\(\s*(['"])([^'"\n]+)\1,\s*import\.meta\.url/g;

/** Everything a file imports, re-exports, imports dynamically, or names by URL; throws if it cannot be parsed. */
export function importsOf(path: string, source: string): Import[] {
  const { module, errors } = parseSync(path, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const found: { readonly specifier: string; readonly at: number }[] = [];
  for (const entry of module.staticImports) found.push({ specifier: entry.moduleRequest.value, at: entry.start });
  for (const entry of module.staticExports) {
    const request = entry.entries[0]?.moduleRequest;
    if (request) found.push({ specifier: request.value, at: entry.start });
  }
  for (const entry of module.dynamicImports) {
    const text = source.slice(entry.moduleRequest.start, entry.moduleRequest.end);
    const literal = /^(['"])([^'"]+)\1$/.exec(text)?.[2];
    found.push({ specifier: literal ?? NOT_LITERAL, at: entry.start });
  }
  for (const pattern of [TYPE_IMPORT, URL_OF_MODULE]) {
    for (const match of source.matchAll(pattern)) found.push({ specifier: match[2] ?? '', at: match.index });
  }
  return found.map(({ specifier, at }) => ({ specifier, line: lineAt(source, at), ...resolve(path, specifier) }));
}

function resolve(from: string, specifier: string): Pick<Import, 'path' | 'module'> {
  if (specifier.startsWith('.')) return { path: posix.join(posix.dirname(from), specifier), module: null };
  if (specifier.startsWith('node:')) return { path: null, module: specifier };
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return { path: null, module: builtinModules.includes(name) ? `node:${name}` : name };
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
