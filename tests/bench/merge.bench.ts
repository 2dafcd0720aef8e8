import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, openIncomingLog, openProject } from '../../electron/db/index.ts';
import { query, type IncomingChanges, type Person, type ProjectDb } from '../../electron/db/types.ts';
import { startEngine } from '../../electron/engine/client.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { addCommits } from '../support/large-logs.ts';
import { amount, bench, figure, peakMemory, runAlone } from './harness.ts';

/**
 * Merging two projects of 500,000 changes each, in commits of ten; 100,000 changes are common. Goals: 4 s for the merge and for its
 * preview, 0.5 s for merging again, 400 MB, and 10 s for verifying 1,000,000 changes. Each step runs in a process of its own, so
 * that its memory is its own. Every tenth commit is about common records, so that the rules for conflicts have 80,000 changes to
 * decide. Both projects changed one in a hundred of those records; with `SOURCEBOOK_BENCH_CONFLICTS=many`, all of them, mostly to
 * different values.
 */
const SCALE = Number(process.env['SOURCEBOOK_BENCH_SCALE'] ?? amount(1, 0.01));
const MANY = process.env['SOURCEBOOK_BENCH_CONFLICTS'] === 'many';
const COMMON = 10_000 * SCALE;
const EACH = 40_000 * SCALE;
const [what, at = '', key = ''] = process.argv.slice(2);
const person = personOf('Ann', key === '' ? newPrivateKey() : Buffer.from(key, 'base64').toString());
const quiet = { progress: () => {}, cancelled: () => false };
const folderOf = (name: string): string => join(at, `${name}.sourcebook`);
const open = (name: string): ProjectDb => openProject({ folder: folderOf(name), person });

if (what === undefined) main();
else await measure(what);

function main(): void {
  const folder = makeFolder();
  try {
    const pem = Buffer.from(person.privateKey).toString('base64');
    for (const step of ['make', 'preview', 'engine', 'merge', 'verify'])
      runAlone(import.meta.filename, step, folder, pem);
  } finally {
    removeFolder(folder);
  }
}

async function measure(step: string): Promise<void> {
  if (step === 'make') return make(person);
  if (step === 'engine') return previewByEngine();
  const db = open('a');
  if (step === 'verify') {
    let changes = 0;
    await bench('verify', () => void (changes = db.verifyLog().changes), {
      warmUp: 0,
      runs: 1,
      goal: { atMost: 10_000 },
    });
    figure('changes verified', changes, 'changes');
    figure('peak memory of verifying', peakMemory(), 'MB');
    db.close();
    return;
  }
  const file = join(at, 'b.sqlite');
  const once = async (name: string, dryRun: boolean, atMost: number) => {
    const [all, thread] = [process.cpuUsage(), process.threadCpuUsage()];
    await bench(name, () => merge(db, file, dryRun), { warmUp: 0, runs: 1, goal: { atMost } });
    const { user, system } = process.threadCpuUsage(thread);
    figure('  its processor time, of the thread that merges', (user + system) / 1000, 'ms');
    figure('  its processor time, of all threads', processorTime(all), 'ms');
  };
  if (step === 'preview') await once('preview of a merge of 400,000 changes', true, 4000);
  else {
    await once('merge of 400,000 changes', false, 4000);
    figure('open conflicts', db.merges.conflicts().length, 'conflicts');
    await once('the same again', false, 500);
  }
  figure(`peak memory of the ${step}`, peakMemory(), 'MB', { atMost: 400 });
  db.close();
}

/** What the app shows before a merge, with its conflicts in words, from the engine in its worker: memory is that of both. */
async function previewByEngine(): Promise<void> {
  const engine = await startEngine({ folder: folderOf('a'), person });
  const look = async () => {
    const { adds, changes, conflictsTotal } = await engine.call('merge.preview', { path: join(at, 'b.sqlite') });
    console.log(`  ${adds} added, ${changes} changed, ${conflictsTotal} conflicts`);
  };
  const started = process.cpuUsage();
  await bench('merge.preview of 400,000 changes', look, { warmUp: 0, runs: 1, goal: { atMost: 4000 } });
  figure('its processor time, of both threads', processorTime(started), 'ms');
  figure('peak memory of merge.preview', peakMemory(), 'MB', { atMost: 400 });
  await engine.close();
}

/** In milliseconds, for all threads: on a busy machine more telling than elapsed time. */
function processorTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function merge(db: ProjectDb, file: string, dryRun: boolean): void {
  const foreign = openIncomingLog(file);
  const judge = ({ added, read }: IncomingChanges) =>
    `${added} ${String(read.get(query<Record<string, never>, { n: number }>('n', 'SELECT count(*) AS n FROM incoming_record'), {})?.n)}`;
  const { result } = db.merges.merge(foreign, { from: 'b', dryRun, watch: quiet, judge });
  foreign.close();
  console.log(`  ${result}`);
}

/** `a` and `b` have the same beginning; `b` also in the form it has in a project file. */
function make(ann: Person): void {
  const bo = personOf('Bo', newPrivateKey());
  createProject({ folder: folderOf('a'), person: ann }).close();
  const records = addCommits(folderOf('a'), ann, COMMON, []);
  mkdirSync(folderOf('b'));
  copyFileSync(join(folderOf('a'), 'project.sqlite'), join(folderOf('b'), 'project.sqlite'));
  const [half, more] = [records.length / 2, records.length / 200];
  addCommits(folderOf('a'), ann, EACH, MANY ? records : records.slice(0, half + more));
  addCommits(folderOf('b'), bo, EACH, MANY ? records : records.slice(half - more));
  const db = openProject({ folder: folderOf('b'), person: bo });
  db.writeFresh(join(at, 'b.sqlite'));
  db.close();
}
