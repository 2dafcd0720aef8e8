import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openHome } from '../../electron/host/home.ts';
import { importProjectFile } from '../../electron/engine/import-project-file.ts';
import { addFile, mark, newFolder, openFor, somebody } from '../support/project.ts';
import { seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { tempFolder } from '../support/temp.ts';

const RUNS = 20;
const CLI = resolve(import.meta.dirname, '../../electron/cli.ts');

it(`is killed ${share(RUNS)} times while it merges, and has all of the merge or none of it`, async () => {
  const home = tempFolder();
  const person = openHome({ SOURCEBOOK_HOME: home }).person('Ann');
  const at = tempFolder();
  const folder = newFolder({ at, person });
  const own = await openFor(folder, person);
  await own.call('projectFile.export', { path: join(at, 'base.sbk') });
  await own.close();
  const bob = somebody('Bob');
  const theirs = join(at, 'Bobs.sourcebook');
  await importProjectFile({ file: join(at, 'base.sbk'), folder: theirs, person: bob });

  const random = seeded(5);
  const files = (of: string): string[] =>
    ['originals', 'layers']
      .flatMap((kind) =>
        existsSync(join(of, kind))
          ? readdirSync(join(of, kind), { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 3)
          : [],
      )
      .toSorted();
  let took = 1500;
  for (let run = 0; run < share(RUNS); run++) {
    const engine = await openFor(theirs, bob);
    for (let k = 0; k < 4; k++) {
      const { id } = await addFile(engine, `${run}-${k}.txt`, `全县转移农村富余劳动力 ${run} ${k} 人次。`);
      await mark(engine, id, '富余劳动力');
    }
    await engine.close();
    const before = await stateOf(folder);
    const child = spawn(process.execPath, [CLI, 'merge', folder, theirs, '--person', 'Ann'], {
      env: { ...process.env, SOURCEBOOK_HOME: home },
      stdio: 'ignore',
    });
    const began = Date.now();
    const ended = once(child, 'close');
    await Promise.race([setTimeout(took * (0.3 + 0.8 * random.next())), ended]);
    child.kill('SIGKILL');
    await ended;
    if (child.signalCode === null) took = Date.now() - began;
    const after = await stateOf(folder);
    // Opening it has cleared away what waited or was placed for nothing.
    if (after.head === before.head) expect(after).toEqual(before);
    else expect(after.files).toEqual(files(theirs));
  }

  async function stateOf(of: string) {
    const engine = await openFor(of, person);
    const { head } = await engine.call('project.info', {});
    const { passages } = await engine.call('passages.list', {});
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
    await engine.close();
    expect(readdirSync(join(of, 'cache')).filter((name) => name.startsWith('merge'))).toEqual([]);
    return { head, passages, files: files(of) };
  }
});
