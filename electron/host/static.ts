import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { respondWith, type Asked } from './ranges.ts';
import { APP_CSP, COMMON_HEADERS } from './walls.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The built renderer's files. What there is, is listed once, and only a name of that list is ever answered: no path is
 * made from what was asked for, so none can lead out. Null for anything else. The empty path is the page itself.
 */
export function createStatic(folder: string): (path: string, asked: Asked) => Promise<Response> | null {
  const files = new Map(filesOf(folder, ''));
  return (path, asked) => {
    const name = path === '' ? 'index.html' : path;
    const file = files.get(name);
    if (file === undefined) return null;
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return respondWith({ kind: 'file', path: file }, asked, {
      ...COMMON_HEADERS,
      'content-type': type,
      'content-security-policy': APP_CSP,
      // Names carry their content's hash, but the port may serve another version tomorrow.
      'cache-control': 'no-cache',
    });
  };
}

function filesOf(folder: string, below: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path, name);
    return entry.isFile() ? [[name, path]] : [];
  });
}
