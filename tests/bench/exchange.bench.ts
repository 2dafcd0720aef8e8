import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import type { Person } from '../../electron/db/types.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { Fault } from '../../shared/errors.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { bench, figure, peakMemory, runAlone } from './harness.ts';
import { makeLargeProject } from './large-project.ts';

/**
 * A project of 1,000 sources and 100,000 passages as a table, a workbook and a REFI-QDA project, each also stopped after half a second.
 * Goals: CSV 3 s, XLSX 10 s, QDPX 15 s, 500 MB.
 */
const FORMATS = {
  csv: { call: 'report.write', atMost: 3_000 },
  xlsx: { call: 'report.write', atMost: 10_000 },
  qdpx: { call: 'exchange.export', atMost: 15_000 },
} as const;
const NAMES = ['csv', 'xlsx', 'qdpx'] as const;
type Name = (typeof NAMES)[number];

const [step, target = '', only] = process.argv.slice(2);
const key = join(target, 'ann.pem');
const project = join(target, 'Large.sourcebook');
if (step === undefined) main();
else if (step === 'make') {
  const person = personOf('Ann', newPrivateKey());
  writeFileSync(key, person.privateKey);
  await makeLargeProject(project, person);
} else await measure(NAMES.find((name) => name === only) ?? 'csv', personOf('Ann', readFileSync(key, 'utf8')));

/** Each format in a process of its own, so that its peak memory is its own. */
function main(): void {
  const at = makeFolder();
  try {
    runAlone(import.meta.filename, 'make', at);
    for (const name of NAMES) runAlone(import.meta.filename, 'measure', at, name);
  } finally {
    removeFolder(at);
  }
}

async function measure(name: Name, person: Person): Promise<void> {
  const engine = await openEngine({ folder: project, person });
  const path = join(target, `out.${name}`);
  await bench(`${name}: all passages`, () => written(engine, name, path), {
    warmUp: 0,
    runs: 3,
    goal: { atMost: FORMATS[name].atMost },
  });
  figure(`${name}: size`, statSync(path).size / 1e6, 'MB');
  figure(`${name}: stopped after 500 ms, until it has stopped`, await stopped(engine, name, path), 'ms', {
    atMost: 500,
  });
  figure(`${name}: peak memory`, peakMemory(), 'MB', { atMost: 500 });
  await engine.close();
  rmSync(path, { force: true });
}

async function written(engine: Engine, name: Name, path: string): Promise<void> {
  if (name === 'qdpx') await engine.call('exchange.export', { path, format: name, replace: true });
  else await engine.call('report.write', { path, format: name, keys: [], replace: true });
}

/** Milliseconds from stopping to the end; 0 if it was done before. */
async function stopped(engine: Engine, name: Name, path: string): Promise<number> {
  let from = 0;
  const later = setTimeout(() => {
    from = performance.now();
    engine.interrupt();
  }, 500);
  try {
    await written(engine, name, path);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.data.code !== 'CANCELLED') throw thrown;
    return performance.now() - from;
  } finally {
    clearTimeout(later);
  }
}
