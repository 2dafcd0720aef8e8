import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openImage } from '../../electron/db/file/connect.ts';
import { Log } from '../../electron/db/log/log.ts';
import { verifyDatabase } from '../../electron/db/log/verify.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, bench, figure, peakMemory, runAlone } from './harness.ts';
import { makeLargeLog } from './large-log.ts';

/** Verifying a log of 1,000,000 changes, in commits of ten, and its projections. Goal: 10 s. */
const CHANGES = amount(1_000_000, 2000);
const [target] = process.argv.slice(2);
if (target === undefined) await main();
else makeLargeLog(target, CHANGES);

async function main(): Promise<void> {
  const at = makeFolder();
  try {
    const file = join(at, 'project.sqlite');
    // In a separate process, so that only the memory verifying needs is counted.
    runAlone(import.meta.filename, file);
    figure('size of the database', statSync(file).size / 1e6, 'MB');
    const store = openImage(file);
    const log = new Log(store);
    const verify = () => {
      const { changes, failures } = verifyDatabase(log);
      if (failures.length > 0) throw new Error(`${failures.length} failures, first: ${failures[0]?.message ?? ''}`);
      return changes;
    };
    figure('changes', verify(), 'changes');
    await bench('verify', verify, { warmUp: 0, runs: 2, goal: { atMost: 10_000 } });
    figure('peak memory', peakMemory(), 'MB');
    store.close();
  } finally {
    removeFolder(at);
  }
}
