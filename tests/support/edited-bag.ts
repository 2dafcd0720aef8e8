import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { forged } from './bag.ts';
import { tempFolder } from './temp.ts';

/** Project files that were edited by hand, with manifests that agree with what was edited. */

export const DATABASE = 'data/project.sqlite';
export const ANNOTATIONS = 'data/annotations.jsonld';
export const CRATE = 'data/ro-crate-metadata.json';

type Files = ReadonlyMap<string, Buffer>;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const topOf = (files: Files): string => [...files.keys()][0]?.split('/')[0] ?? '';
const bytesIn = (files: Files, path: string): Buffer => files.get(`${topOf(files)}/${path}`) ?? Buffer.alloc(0);

export const replaced = (files: Files, path: string, from: string | RegExp, to: string): Map<string, Buffer> =>
  forged(files, path, Buffer.from(bytesIn(files, path).toString('utf8').replace(from, to)));

/** With other lines in bag-info.txt, and Payload-Oxum and both manifests made to agree with all of it. */
export function sealed(files: Files, edit: (info: string) => string = (info) => info): Map<string, Buffer> {
  const all = new Map(files);
  const top = topOf(files);
  const put = (path: string, text: string): void => void all.set(`${top}/${path}`, Buffer.from(text));
  const payload = [...all].flatMap(([name, bytes]) => (name.startsWith(`${top}/data/`) ? [{ name, bytes }] : []));
  const octets = payload.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const info = bytesIn(files, 'bag-info.txt').toString('utf8');
  put('bag-info.txt', edit(info.replace(/Payload-Oxum: .*/, `Payload-Oxum: ${octets}.${payload.length}`)));
  const line = (name: string): string => `${sha256(all.get(name) ?? Buffer.alloc(0))}  ${name.slice(top.length + 1)}\n`;
  put('manifest-sha256.txt', payload.map(({ name }) => line(name)).join(''));
  const tags = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt'].map((path) => line(`${top}/${path}`));
  put('tagmanifest-sha256.txt', tags.join(''));
  return all;
}

export function withDatabase(files: Files, ...statements: string[]): Map<string, Buffer> {
  const path = join(tempFolder(), 'x.sqlite');
  writeFileSync(path, bytesIn(files, DATABASE));
  const database = new Database(path);
  for (const sql of statements) database.exec(sql);
  database.close();
  return sealed(forged(files, DATABASE, readFileSync(path)));
}
