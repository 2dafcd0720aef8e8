import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openIncomingFiles } from '../../../../electron/project/files/incoming-files.ts';
import { hashBytes, openOriginals } from '../../../../electron/project/files/originals.ts';
import { newFolder, openFor, somebody } from '../../../support/project.ts';

/** A project beside which a file was placed for a merge that a kill ended. */
async function killedInPlacing(named: boolean) {
  const person = somebody('Ann');
  const folder = newFolder({ person });
  const files = openOriginals(folder);
  const bytes = Buffer.from('全县转移农村富余劳动力1234人次。');
  const hash = hashBytes(bytes);
  const arrivals = openIncomingFiles(folder, files);
  const waiting = arrivals.waiting.originalPath(hash);
  mkdirSync(dirname(waiting), { recursive: true });
  writeFileSync(waiting, bytes);
  arrivals.add('original', hash);
  arrivals.place(() => true);
  expect(files.hasOriginal(hash)).toBe(true);
  if (named) {
    // The commit was made before the kill: a source names the file.
    const { openProject } = await import('../../../../electron/db/index.ts');
    const db = openProject({ folder, person });
    const id = '00000000-0000-8000-8000-000000000001';
    db.write.commit('Merged', [{ entity: 'source', id, field: 'sha256', value: hash }]);
    db.close();
  }
  await (await openFor(folder, person)).close();
  return { folder, files, hash };
}

it('A merge killed between its files and its commit leaves no files', async () => {
  const { folder, files, hash } = await killedInPlacing(false);
  expect(files.hasOriginal(hash)).toBe(false);
  expect(readdirSync(join(folder, 'cache')).filter((name) => name.startsWith('merge'))).toEqual([]);
});

it('A committed merge keeps every file', async () => {
  const { folder, files, hash } = await killedInPlacing(true);
  expect(await files.hashOriginal(hash)).toBe(hash);
  expect(existsSync(join(folder, 'cache', 'merge-placing.json'))).toBe(false);
});

it('A merge that fails at its last step removes the files it placed', () => {
  const folder = newFolder();
  const files = openOriginals(folder);
  const hash = hashBytes(Buffer.from('x'));
  const arrivals = openIncomingFiles(folder, files);
  const waiting = arrivals.waiting.layerPath(hash);
  mkdirSync(dirname(waiting), { recursive: true });
  writeFileSync(waiting, 'x');
  arrivals.add('layer', hash);
  arrivals.place(() => true);
  expect(files.hasLayer(hash)).toBe(true);
  arrivals.close();
  expect(files.hasLayer(hash)).toBe(false);
});
