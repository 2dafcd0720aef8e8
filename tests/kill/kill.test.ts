import { spawn } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { openProject } from '../../electron/db/index.ts';
import { query, type Person, type ProjectDb } from '../../electron/db/types.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { verifyProjectFile } from '../../electron/engine/import-project-file.ts';
import { addFile, newFolder as newProjectFolder } from '../support/project.ts';
import { somebody } from '../support/project.ts';
import { newFolder } from '../unit/db/support.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const RUNS = 170;
/** Of the engine's workers and files: a run of these takes as long as three of the others. */
const ENGINE_RUNS = 30;
/** Runs that go on with one folder, so that kills fall into opening, recovering and closing too. */
const IN_A_ROW = 5;
const acknowledged = query<{ hash: string }, { n: number }>(
  'commit',
  'SELECT count(*) AS n FROM commit_ WHERE hash = unhex(@hash)',
);

/** What a child does, how many lines it may say before it is killed, and within how many ms after that. */
interface Work {
  readonly child: string;
  readonly actions: number;
  readonly ms: number;
}
const ON_ROWS: Work = { child: 'child.ts', actions: 120, ms: 30 };
const ON_FILES: Work = { child: 'engine-child.ts', actions: 20, ms: 60 };

/**
 * Lets the child work for a while, kills it, and returns the whole lines it had said. The moment is a number of actions
 * (none: while it opens) and then some milliseconds, so that a slow machine kills as deep in the work as a fast one.
 */
async function killed(work: Work, folder: string, person: Person, seed: number): Promise<string[]> {
  const random = seeded(seed);
  const actions = Math.floor(random.next() ** 2 * work.actions);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, work.child), folder, JSON.stringify(person), String(seed)],
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
  await new Promise((resolve) => setTimeout(resolve, random.next() * work.ms));
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

it(`is killed ${share(RUNS)} times at a random moment, and has every acknowledged commit`, async () => {
  const person = somebody('Ann');
  let [folder, hashes, place, total] = [newFolder(), [] as string[], -1, 0];
  for (let run = 0; run < share(RUNS); run++) {
    if (run % IN_A_ROW === 0) [folder, hashes, place] = [newFolder(), [], -1];
    const lines = await killed(ON_ROWS, folder, person, run);
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

/** Everything a kill may have left half done, anywhere beside or in the project. */
const halfDone = (folder: string): string[] =>
  readdirSync(dirname(folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.part') || name.includes(join('cache', 'export-')),
  );

/** A day later, so that no part can be taken for one that is still being written. */
function aDayLater(out: string): void {
  const yesterday = Date.now() / 1000 - 86_400;
  for (const name of existsSync(out) ? readdirSync(out) : []) utimesSync(join(out, name), yesterday, yesterday);
}

it(`is killed ${share(ENGINE_RUNS)} times while it imports, highlights and exports, and is undamaged`, async () => {
  const person = somebody('Ann');
  let [folder, hashes, passages, exported, total] = ['', [] as string[], new Map<string, string>(), false, 0];
  for (let run = 0; run < share(ENGINE_RUNS); run++) {
    if (run % IN_A_ROW === 0)
      [folder, hashes, passages, exported] = [newProjectFolder({ person }), [], new Map(), false];
    const lines = await killed(ON_FILES, folder, person, run);
    total += lines.length;
    for (const line of lines) {
      const [what = '', value = '', exact = ''] = line.split(' ');
      if (what === 'c') hashes.push(value);
      if (what === 'p') passages.set(value, exact);
      if (what === 'e') exported = true;
    }
    const engine = await openEngine({ folder, person, workers: 1 });
    try {
      const { ok, failures } = await engine.call('project.verify', {});
      expect([ok, failures], String(run)).toEqual([true, []]);
      const { commits } = await engine.call('history.list', { limit: 10_000 });
      const there = new Set<string>(commits.map(({ id }) => id));
      expect(hashes.filter((hash) => !there.has(hash))).toEqual([]);
      const found = new Map<string, string>(
        (await engine.call('passages.list', {})).passages.map(({ id, anchor }) => [
          id,
          anchor.kind === 'text' ? encodeURIComponent(anchor.exact) : '',
        ]),
      );
      for (const [id, exact] of passages) expect(found.get(id), id).toBe(exact);

      const out = join(dirname(folder), 'out');
      const file = join(out, 'project.sbk');
      // A file with its final name is complete at every moment, and is there once the export was acknowledged.
      if (exported) expect(existsSync(file)).toBe(true);
      if (existsSync(file)) expect((await verifyProjectFile(file, person)).failures).toEqual([]);
      // Going on where one was stopped clears away what was half done.
      aDayLater(out);
      await addFile(engine, 'next.txt', `After kill ${String(run)}`);
      if (existsSync(out)) await engine.call('projectFile.export', { path: file, replace: true });
      expect(halfDone(folder)).toEqual([]);
    } finally {
      await engine.close();
    }
  }
  expect(total).toBeGreaterThan(share(ENGINE_RUNS) * 4);
});
