import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openProject } from '../../electron/db/index.ts';
import type { Person } from '../../electron/db/types.ts';
import { addCommits } from '../support/large-logs.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { newFolder, newId, edits, project, somebody } from '../unit/db/support.ts';

const RUNS = 60;
const COMMITS = 1500;
/** The steps that the child reports. It is killed after one of them. */
const LINES = 4;

/** Kills a merge after some lines and milliseconds; true where it had said that it was done. */
async function killedMerge(folder: string, person: Person, file: string, seed: number): Promise<boolean> {
  const random = seeded(seed);
  const after = random.int(1, LINES);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'merge-child.ts'), folder, JSON.stringify(person), file],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.split('\n').length > after) resolve();
    });
  });
  await Promise.race([reached, ended]);
  await new Promise((resolve) => setTimeout(resolve, random.next() * 150));
  child.kill('SIGKILL');
  expect(await ended).toBeNull();
  return said.includes('merged');
}

it(`is killed ${share(RUNS)} times in a merge, and has all of it or none of it`, async () => {
  const [ann, bo] = [somebody('Ann'), somebody('Bo')];
  const a = project({ person: ann });
  a.write.commit('Add', edits('source', newId(), { title: 'one' }));
  a.close();
  const theirs = newFolder();
  mkdirSync(theirs, { recursive: true });
  copyFileSync(join(a.folder, 'project.sqlite'), join(theirs, 'project.sqlite'));
  addCommits(theirs, bo, COMMITS, []);
  const b = openProject({ folder: theirs, person: bo });
  const file = join(dirname(theirs), 'b.sqlite');
  b.writeFresh(file);
  b.close();
  const before = openProject({ folder: a.folder, person: ann });
  const [head, count] = [before.head(), before.verifyLog().commits];
  before.close();
  const outcomes = new Set<number>();
  for (let run = 0; run < share(RUNS); run++) {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(a.folder, 'project.sqlite'), join(folder, 'project.sqlite'));
    const done = await killedMerge(folder, ann, file, run);
    const db = openProject({ folder, person: ann });
    const { commits, failures } = db.verifyLog();
    expect(failures).toEqual([]);
    expect([count, count + COMMITS]).toContain(commits);
    if (done) expect(commits).toBe(count + COMMITS);
    expect(db.merges.merges()).toHaveLength(commits === count ? 0 : 1);
    if (commits === count) expect(db.head()).toBe(head);
    expect(db.rebuild()).toBe(0);
    outcomes.add(commits);
    db.close();
  }
  expect(outcomes.has(count)).toBe(true);
});
