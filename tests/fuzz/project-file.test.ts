import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { importProjectFile } from '../../electron/engine/import-project-file.ts';
import { Fault } from '../../shared/errors.ts';
import { addFile, contentsOf, mark, newFolder, openFor, somebody } from '../support/project.ts';
import { seeded, seeds } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder, tempFolder } from '../support/temp.ts';

const ann = somebody('Ann');
let place = '';
let whole: Buffer;
let contents: Awaited<ReturnType<typeof contentsOf>>;

beforeAll(async () => {
  place = makeFolder();
  const folder = newFolder({ at: place, person: ann, codebook: 'empty' });
  const engine = await openEngine({ folder, person: ann });
  const source = await addFile(
    engine,
    'report.txt',
    '农村富余劳动力转移就业。 Land-use rights. '.repeat(40) + 'The end.',
  );
  await mark(engine, source.id, 'The end.', { memo: 'A memo.' });
  contents = await contentsOf(engine);
  await engine.call('projectFile.export', { path: join(place, 'whole.sbk') });
  await engine.close();
  whole = readFileSync(join(place, 'whole.sbk'));
});
afterAll(() => removeFolder(place));

describe('a project file damaged in transit', () => {
  it.each(seeds(share(200)))(
    'is rejected and leaves nothing, or is exactly the same project (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const damaged = Buffer.from(whole);
      for (let n = 0; n < random.int(1, 3); n++) {
        const at = random.int(0, damaged.length - 1);
        damaged.writeUInt8(damaged.readUInt8(at) ^ random.int(1, 255), at);
      }
      const at = tempFolder();
      const file = join(at, 'damaged.sbk');
      writeFileSync(file, random.chance(0.1) ? damaged.subarray(0, random.int(0, damaged.length)) : damaged);
      const folder = join(at, 'New.sourcebook');
      try {
        await importProjectFile({ file, folder, person: ann });
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Fault);
        expect(readdirSync(at)).toEqual(['damaged.sbk']);
        return;
      }
      expect(await contentsOf(await openFor(folder, ann))).toEqual(contents);
    },
  );
});
