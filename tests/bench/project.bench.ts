import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from '../../electron/db/types.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { bench, figure, peakMemory, runAlone } from './harness.ts';
import { makeLargeProject } from './large-project.ts';

/**
 * A project of 1,000 sources and 100,000 passages: what a team has after some years. Goals of issue 2: interactive in
 * 1 s, a category's passages in 50 ms, 300 MB. It is made in a process of its own, so that only what opening and
 * listing need counts as memory.
 */
const [target] = process.argv.slice(2);
if (target === undefined) await main();
else {
  const person = personOf('Ann', newPrivateKey());
  writeFileSync(join(target, 'ann.pem'), person.privateKey);
  await makeLargeProject(join(target, 'Large.sourcebook'), person);
}

async function main(): Promise<void> {
  const at = makeFolder();
  try {
    runAlone(import.meta.filename, at);
    const person = personOf('Ann', readFileSync(join(at, 'ann.pem'), 'utf8'));
    await measure(join(at, 'Large.sourcebook'), person);
  } finally {
    removeFolder(at);
  }
}

async function measure(folder: string, person: Person): Promise<void> {
  const open = async () => {
    const engine = await openEngine({ folder, person });
    await engine.call('project.info', {});
    await engine.call('sources.list', {});
    const { categories } = await engine.call('codebook.get', {});
    return { engine, categories };
  };
  await bench('open: project, sources, codebook', async () => (await open()).engine.close(), {
    goal: { atMost: 1000 },
  });
  const { engine, categories } = await open();
  const busiest = categories.toSorted((a, b) => b.passages - a.passages)[0];
  const family = categories.find((one) => one.code === 'SYS');
  const { sources } = await engine.call('sources.list', {});
  if (busiest === undefined || family === undefined || sources[0] === undefined)
    throw new Error('The project is empty');
  const { id } = busiest;
  const source = sources[0].id;
  figure('passages of the busiest category', busiest.passages, 'passages');
  await bench('a category’s passages', () => engine.call('passages.list', { category: id }), { goal: { atMost: 50 } });
  figure('peak memory of opening and listing', peakMemory(), 'MB', { atMost: 300 });
  const deep = { category: family.id, deep: true };
  figure('passages of a family', (await engine.call('passages.list', deep)).total, 'passages');
  await bench('a family’s passages, first 1,000', () => engine.call('passages.list', { ...deep, limit: 1000 }));
  await bench('a source’s passages', () => engine.call('passages.list', { source }), { goal: { atMost: 50 } });
  const { passages } = await engine.call('passages.list', { source });
  let next = 0;
  const nextPassage = () => {
    const one = passages[next++ % passages.length];
    if (one === undefined) throw new Error('The source has no passages');
    return one.id;
  };
  await bench('one tag, one commit', () => engine.call('tags.change', { passages: [nextPassage()], add: [id] }), {
    runs: 20,
    goal: { atMost: 20 },
  });
  await bench('codebook after a commit', async () => {
    await engine.call('tags.change', { passages: [nextPassage()], add: [family.id] });
    return engine.call('codebook.get', {});
  });
  await bench('undo', () => engine.call('history.undo', {}), { goal: { atMost: 20 } });
  await bench('all 100,000 passages', () => engine.call('passages.list', {}), { runs: 2 });
  await bench('verify', () => engine.call('project.verify', {}), { warmUp: 0, runs: 1 });
  await engine.close();
}
