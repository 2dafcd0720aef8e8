import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Person } from '../../electron/db/types.ts';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import { SEARCH_SCOPES } from '../../shared/contract/search.ts';
import { addFile, mark, newFolder, openFor, somebody } from '../support/project.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const RUNS = 24;
/** Runs that go on with one folder, so that kills fall into going on with what an earlier one left. */
const IN_A_ROW = 4;
const QUERIES = ['zebra', '转移就业', 'labour OR transfer', '"county"', '土地流转 NOT zebra', 'place:xj-hotan-pref'];
const TEXT = '全县流转土地4.8万亩，推进土地流轉。劳务协作协议已签订，转移就业任务提前完成。';

/** Kills the child once it has said some lines, and some milliseconds later. */
async function killed(folder: string, person: Person, seed: number): Promise<void> {
  const random = seeded(seed);
  const after = random.int(2, 14);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'indexing-child.ts'), folder, JSON.stringify(person), String(seed)],
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
  await new Promise((resolve) => setTimeout(resolve, random.next() * 120));
  child.kill('SIGKILL');
  expect(await ended).toBeNull();
}

/** What is found of everything that is kept in the cache. */
async function found(engine: Engine) {
  const hits: unknown[] = [];
  const kinds = new Set<string>();
  for (const query of QUERIES) {
    const asked = { query, whole: true, in: [...SEARCH_SCOPES], limit: 10_000, contents: true };
    const answer = await engine.call('search.query', asked);
    hits.push([query, answer.total, answer.hits.map((hit) => JSON.stringify(hit)).toSorted()]);
    for (const { kind } of answer.hits) kinds.add(kind);
  }
  await engine.call('copies.find', {});
  const { offers, more, unread } = await engine.call('copies.list', {});
  const counts = await engine.call('suggestions.count', {});
  return { hits, kinds, offers: offers.map((offer) => JSON.stringify(offer)).toSorted(), more, unread, counts };
}

async function afterKill(folder: string, person: Person) {
  const engine = await openEngine({ folder, person, workers: 1 });
  try {
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
    return await found(engine);
  } finally {
    await engine.close();
  }
}

it(`is killed ${share(RUNS)} times while it indexes, and finds the same as with a new index`, async () => {
  const person = somebody('Ann');
  let folder = '';
  let most = 0;
  const kinds = new Set<string>();
  for (let run = 0; run < share(RUNS); run++) {
    if (run % IN_A_ROW === 0) {
      folder = newFolder({ person });
      const engine = await openFor(folder, person);
      const { id } = await addFile(engine, 'report.txt', TEXT);
      for (const words of ['流转土地4.8万亩', '劳务协作协议', '转移就业任务']) await mark(engine, id, words);
      await engine.close();
    }
    await killed(folder, person, run);
    const goneOn = await afterKill(folder, person);
    expect(existsSync(join(folder, 'cache', 'search.sqlite'))).toBe(true);
    rmSync(join(folder, 'cache'), { recursive: true });
    expect(goneOn).toEqual(await afterKill(folder, person));
    most = Math.max(most, goneOn.counts.sources);
    expect(goneOn.counts.failed).toBe(0);
    for (const kind of goneOn.kinds) kinds.add(kind);
  }
  // Something of each was written before a kill.
  expect(most).toBeGreaterThan(1);
  expect([...kinds]).toEqual(expect.arrayContaining(['translation', 'comment', 'category']));
});
