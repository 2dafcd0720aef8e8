import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { addEntry, writeZip } from '../../../electron/formats/zip/write.ts';
import { has, run } from '../../support/programs.ts';
import { tempFolder } from '../../support/temp.ts';

/** Collects garbage, and says how many MB of buffers are left. */
function buffersLeft(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('V8 has no gc');
  for (let time = 0; time < 3; time++) collect();
  return process.memoryUsage().arrayBuffers / 1e6;
}

it('keeps nothing of a file that is in the zip but its name', async () => {
  const folder = tempFolder();
  const [file, zip] = [join(folder, 'a.txt'), join(folder, 'a.zip')];
  writeFileSync(file, 'Surplus workers. '.repeat(500));
  const { filled } = await writeZip(zip, async (into) => {
    const add = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++)
        await addEntry(into, { path: `sources/${n}-${'a'.repeat(40)}.txt`, content: { file }, deflate: n % 2 === 0 });
    };
    // What Node and zlib make once.
    await add(0, 50);
    const before = buffersLeft();
    await add(50, 650);
    return buffersLeft() - before;
  });
  // Before, it was 6.5 MB.
  expect(filled).toBeLessThan(2);
  if (has('unzip')) expect(run('unzip', '-tq', zip)).toContain('No errors');
});
