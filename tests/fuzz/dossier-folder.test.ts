import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { Fault } from '../../shared/errors.ts';
import { fixManifest, exportedDossier } from '../support/dossier-folder.ts';
import { mutate } from '../support/mutate.ts';
import { seeded, type Seeded, seeds } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder, tempFolder } from '../support/temp.ts';

let place = '';
let whole = '';
let engine: Engine;
let files: readonly string[] = [];

beforeAll(async () => {
  place = makeFolder();
  ({ engine, whole } = await exportedDossier(place));
  files = filesIn(whole);
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
const contentsOf = (folder: string): string[] =>
  filesIn(folder).map((path) => `${path} ${readFileSync(join(folder, path), 'base64')}`);

/** What can happen to a folder, and what somebody can do to it. */
const DAMAGES: Readonly<Record<string, (folder: string, random: Seeded) => void>> = {
  mutated: (folder, random) => {
    const path = join(folder, random.pick(files));
    writeFileSync(path, mutate(readFileSync(path), random));
  },
  'mutated, with a manifest of it': (folder, random) => {
    const path = random.pick(files);
    writeFileSync(join(folder, path), mutate(readFileSync(join(folder, path)), random));
    fixManifest(folder, path);
  },
  'other places': (folder, random) => {
    const path = join(folder, 'data/exhibits.json');
    const text = readFileSync(path, 'utf8');
    const to = random.pick(['0', '-1', '7', '1e9', '99999999999999999999', '"x"', 'null', '3.5']);
    const places = [...text.matchAll(/: \d+/g)];
    const at = random.pick(places).index;
    writeFileSync(path, text.slice(0, at) + text.slice(at).replace(/: \d+/, `: ${to}`));
    fixManifest(folder, 'data/exhibits.json');
  },
  'other paths': (folder, random) => {
    const to = random.pick([
      '../../etc/passwd',
      '/etc/passwd',
      'data/..',
      'C:\\x',
      'data/originals',
      '',
      'data/dossier.html',
    ]);
    const list = random.pick(['data/exhibits.json', 'manifest-sha256.txt', 'tagmanifest-sha256.txt']);
    const text = readFileSync(join(folder, list), 'utf8');
    writeFileSync(join(folder, list), text.replaceAll(random.pick(files), to));
    fixManifest(folder, list);
  },
  gone: (folder, random) => rmSync(join(folder, random.pick(files))),
  renamed: (folder, random) => {
    const path = join(folder, random.pick(files));
    renameSync(path, `${path}${random.pick(['x', ' ', '~', '\n'])}`);
  },
  swapped: (folder, random) => {
    const [one = '', other = ''] = random.shuffle(files);
    writeFileSync(join(folder, one), readFileSync(join(whole, other)));
  },
  'a link': (folder, random) => {
    const path = join(folder, random.pick(files));
    rmSync(path);
    symlinkSync(random.pick(['/etc/hostname', '/dev/zero', '.', path]), path);
  },
  'a folder in its place': (folder, random) => {
    const path = join(folder, random.pick(files));
    rmSync(path);
    mkdirSync(join(path, 'a/b/c/d/e/f/g'), { recursive: true });
  },
};

describe('a dossier’s folder that somebody altered', () => {
  it.each(seeds(share(500)))('has a clear answer, and is never right where a byte differs (seed %i)', async (seed) => {
    const random = seeded(seed);
    const folder = join(tempFolder(), 'dossier');
    cpSync(whole, folder, { recursive: true });
    const kind = random.pick(Object.keys(DAMAGES));
    DAMAGES[kind]?.(folder, random);
    const reported = await engine.call('dossier.verify', { path: folder }).catch((thrown: unknown) => {
      expect(thrown).toBeInstanceOf(Fault);
      return thrown instanceof Fault ? thrown.data : null;
    });
    if (reported === null || 'code' in reported) {
      expect(['TOO_LARGE', 'PROJECT_NEWER']).toContain(reported?.code);
      return;
    }
    expect(reported.found + reported.moved + reported.changed + reported.missing).toBe(reported.checked);
    if (!reported.ok) expect(reported.failures.every(({ message }) => message.length > 10)).toBe(true);
    // With a manifest of its own a page can be another one; what is checked then is what it quotes.
    else if (!['mutated, with a manifest of it', 'other places', 'other paths'].includes(kind))
      expect(contentsOf(folder)).toEqual(contentsOf(whole));
  });
});
