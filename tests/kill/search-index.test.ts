import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SearchIndex } from '../../electron/db/search/search-index.ts';
import { parseQuery } from '../../shared/text/search-query.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { tempFolder } from '../support/temp.ts';

const RUNS = 60;

/** Kills the child once it has said some numbers; returns the last one. */
async function killed(file: string, after: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'search-child.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (said.split('\n').length > after) child.kill('SIGKILL');
  });
  expect(await ended).toBeNull();
  return Number(said.trimEnd().split('\n').at(-1));
}

it(`is killed ${share(RUNS)} times while it is written, and goes on from where it was`, async () => {
  const file = join(tempFolder(), 'search.sqlite');
  const random = seeded(12);
  for (let run = 0; run < share(RUNS); run++) {
    const last = await killed(file, random.int(1, 40));
    const index = SearchIndex.read(file, 'p');
    if (index === null) throw new Error('the index is not used any more');
    const notes = index.notes().length;
    // What was said is there, and at most what was being written.
    expect([last + 1, last + 2]).toContain(notes);
    const count = (query: string): number => [...index.matches(parseQuery(query), 0, null)].length;
    expect([count('就业'), count('labour'), count(`new${last.toString(36)}"`)]).toEqual([notes, notes, 1]);
    index.close();
  }
});
