import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { openProject } from '../../electron/db/index.ts';
import { query, type Person, type ProjectDb } from '../../electron/db/types.ts';
import { newFolder, somebody } from '../unit/db/support.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const RUNS = 200;
/** Runs that go on with one folder, so that kills fall into opening, recovering and closing too. */
const IN_A_ROW = 5;
const acknowledged = query<{ hash: string }, { n: number }>(
  'commit',
  'SELECT count(*) AS n FROM commit_ WHERE hash = unhex(@hash)',
);

/**
 * Lets the child work for a while, kills it, and returns the whole lines it had said. The moment is a number of actions
 * (none: while it opens) and then some milliseconds, so that a slow machine kills as deep in the work as a fast one.
 */
async function killed(folder: string, person: Person, seed: number): Promise<string[]> {
  const random = seeded(seed);
  const actions = Math.floor(random.next() ** 2 * 120);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'child.ts'), folder, JSON.stringify(person), String(seed)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.split('\n').length > actions + 1) resolve();
    });
  });
  await Promise.race([reached, ended]);
  await new Promise((resolve) => setTimeout(resolve, random.next() * 30));
  child.kill('SIGKILL');
  // Null: it was killed. A number: it ended by itself, which it never does unless something went wrong.
  expect(await ended).toBeNull();
  return said.split('\n').slice(0, -1);
}

function holdsEverything(db: ProjectDb, folder: string, hashes: readonly string[]): void {
  expect(db.verifyLog().failures).toEqual([]);
  for (const hash of hashes) expect(db.read.get(acknowledged, { hash })?.n, hash).toBe(1);
  expect(db.rebuild()).toBe(0);
  for (const { name } of db.backups()) {
    const backup = new Database(join(folder, 'backups', name), { readonly: true });
    expect(backup.pragma('quick_check', { simple: true })).toBe('ok');
    backup.close();
  }
}

it(`is killed ${share(RUNS)} times at a random moment, and holds every acknowledged commit`, async () => {
  const person = somebody('Ann');
  let [folder, hashes, place, total] = [newFolder(), [] as string[], -1, 0];
  for (let run = 0; run < share(RUNS); run++) {
    if (run % IN_A_ROW === 0) [folder, hashes, place] = [newFolder(), [], -1];
    const lines = await killed(folder, person, run);
    for (const line of lines) {
      const [what, value = ''] = line.split(' ');
      if (what === 'c' && value !== '') hashes.push(value);
      if (what === 'l') place = Number(value);
    }
    total += lines.length;
    // Killed while it was being made: there is no project, and nothing in the way of making one.
    if (!lines.includes('open') && hashes.length === 0 && !existsSync(join(folder, 'project.sqlite'))) continue;
    const db = openProject({ folder, person });
    holdsEverything(db, folder, hashes);
    if (place >= 0 && lines.some((line) => line.startsWith('l ')))
      expect(Number(db.local('place'))).toBeGreaterThanOrEqual(place);
    db.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('-wal'))).toEqual([]);
  }
  expect(total).toBeGreaterThan(share(RUNS) * 5);
});
