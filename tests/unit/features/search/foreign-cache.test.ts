import { cpSync, renameSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { rebuildProject } from '../../../../electron/db/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { addFile, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const search = (engine: Engine, query: string) => engine.call('search.query', { query, whole: true });

async function withReport() {
  const project = await testProject();
  await addFile(project.engine, 'report.txt', '全年实现农村富余劳动力转移就业1.26万人次。\n');
  return project;
}

/** Makes an index that hides every text from search. */
function hideAll(file: string): void {
  const index = new Database(file);
  index.exec('INSERT INTO dead(segment, doc) SELECT segment, doc FROM chunk');
  index.close();
}

test.each(['opened', 'rebuilt'] as const)(
  'an index that came with a folder hides nothing from its search: it is made again when the folder is %s elsewhere',
  async (how) => {
    const { engine, folder } = await withReport();
    expect((await search(engine, '就业')).total).toBe(1);
    await engine.close();
    hideAll(join(folder, 'cache', 'search.sqlite'));
    const received = join(tempFolder(), 'Received.sourcebook');
    cpSync(folder, received, { recursive: true });
    const ben = somebody('Ben');
    if (how === 'rebuilt') rebuildProject({ folder: received, person: ben, installation: ben.id });
    expect((await search(await openFor(received, ben), '就业')).total).toBe(1);
  },
);

test.each(['in place', 'by another file', 'with its old times'] as const)(
  'an index that somebody else wrote in a known folder hides nothing from its search: it is made again (%s)',
  async (how) => {
    const { engine, folder, person } = await withReport();
    await engine.close();
    const own = { cacheStamps: join(tempFolder(), 'caches.json') };
    const first = await openFor(folder, person, own);
    expect((await search(first, '就业')).total).toBe(1);
    await first.close();
    const cache = join(folder, 'cache', 'search.sqlite');
    const { ino, mtime, atime } = statSync(cache);
    const again = await openFor(folder, person, own);
    expect(statSync(cache).ino).toBe(ino);
    await again.close();

    // A synced folder brings what a colleague’s computer wrote.
    if (how === 'by another file') {
      cpSync(cache, `${cache}.theirs`);
      renameSync(`${cache}.theirs`, cache);
    }
    hideAll(cache);
    if (how === 'with its old times') utimesSync(cache, atime, mtime);
    expect((await search(await openFor(folder, person, own), '就业')).total).toBe(1);
  },
);

test('an index whose folder was known only to another installation’s data is made again', async () => {
  const { engine, folder, person } = await withReport();
  expect((await search(engine, '就业')).total).toBe(1);
  await engine.close();
  const cache = join(folder, 'cache', 'search.sqlite');
  hideAll(cache);
  const own = { cacheStamps: join(tempFolder(), 'caches.json') };
  expect((await search(await openFor(folder, person, own), '就业')).total).toBe(1);
});
