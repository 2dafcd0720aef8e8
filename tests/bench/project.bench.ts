import { join } from 'node:path';
import type { Person } from '../../electron/db/types.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { bench, figure, peakMemory } from './harness.ts';
import { makeLargeProject } from './large-project.ts';
import { benchAlone } from './prepared.ts';

const LARGE = 'Large.sourcebook';

/**
 * A project of 1,000 sources and 100,000 passages, as a team has after some years. Goals: 1 s until it can be used, 30 ms for the
 * passages of a category, 5 ms for one tag, 30 ms for the codebook, 5 s for verifying it, and 250 MB. It is created in another
 * process, so that the memory is what opening and listing need.
 */
await benchAlone(import.meta.filename, {
  make: (folder, person) => makeLargeProject(join(folder, LARGE), person),
  measure: (folder, person) => measure(join(folder, LARGE), person),
});

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
  await bench('a category’s passages', () => engine.call('passages.list', { category: id }), { goal: { atMost: 30 } });
  figure('peak memory of opening and listing', peakMemory(), 'MB', { atMost: 250 });
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
    goal: { atMost: 5 },
  });
  const tagAndCount = async () => {
    await engine.call('tags.change', { passages: [nextPassage()], add: [family.id] });
    return engine.call('codebook.get', {});
  };
  await bench('codebook after a commit', tagAndCount, { goal: { atMost: 30 } });
  await bench('undo', () => engine.call('history.undo', {}), { goal: { atMost: 20 } });
  await bench('all 100,000 passages', () => engine.call('passages.list', {}), { runs: 2 });
  await bench('verify', () => engine.call('project.verify', {}), {
    warmUp: 0,
    runs: 1,
    goal: { atMost: 5000 },
  });
  await engine.close();
}
