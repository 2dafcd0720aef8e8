import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import { unzipped, zipped } from '../support/bag.ts';
import { Fault } from '../../shared/errors.ts';
import { mutate } from '../support/mutate.ts';
import { makePdf } from '../support/pdf.ts';
import { addFile, contentsOf, mark, newFolder, somebody } from '../support/project.ts';
import { answersFor, wrongSums } from '../support/qda.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder, tempFolder } from '../support/temp.ts';

const ann = somebody('Ann');
let place = '';
let whole: Buffer;
let files: Map<string, Buffer>;
let engine: Engine;

beforeAll(async () => {
  place = makeFolder();
  const folder = newFolder({ at: makeFolder(), person: ann });
  const made = await openEngine({ folder, person: ann });
  const text = await addFile(made, 'report.txt', '农村富余劳动力转移就业。 Land-use rights. '.repeat(40) + 'The end.');
  await mark(made, text.id, 'The end.', { memo: 'A memo.' });
  const pdf = await addFile(made, 'report.pdf', await makePdf([['Workers were trained.']]));
  await mark(made, pdf.id, 'Workers were trained');
  await made.call('exchange.export', { path: join(place, 'whole.qdpx'), format: 'qdpx' });
  await made.close();
  whole = readFileSync(join(place, 'whole.qdpx'));
  files = await unzipped(join(place, 'whole.qdpx'));
  const target = newFolder({ at: makeFolder(), person: ann, codebook: 'empty' });
  engine = await openEngine({ folder: target, person: ann });
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

const DOCTYPE =
  '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>';
const xmlOf = (): string => files.get('project.qde')?.toString('utf8') ?? '';
const withXml = (xml: string | Buffer): Map<string, Buffer> => new Map(files).set('project.qde', Buffer.from(xml));

/** What a hostile or broken sender makes of the file, by name. */
const HOSTILE: Readonly<Record<string, (random: Seeded, path: string) => Promise<void>>> = {
  mutated: async (random, path) => writeFileSync(path, mutate(whole, random)),
  truncated: async (random, path) => writeFileSync(path, whole.subarray(0, random.int(0, whole.length - 1))),
  'mutated XML': async (random, path) => zipped(path, withXml(mutate(Buffer.from(xmlOf()), random))),
  'entity bomb': async (random, path) => {
    const at = xmlOf().indexOf('<Project');
    const xml = random.chance(0.5)
      ? xmlOf().slice(0, at) + DOCTYPE + xmlOf().slice(at)
      : xmlOf().replace('name="', `name="&${random.pick(['c', 'xxe', '#x0', '#1114112'])};`);
    await zipped(path, withXml(xml));
  },
  'path escape': async (random, path) => {
    const name = random.pick(['sources/safe.txt', 'sources/aa/b.txt']);
    const to = random
      .pick(['../../../../etc', '/tmp/escaped', 'C:\\escape\\me'])
      .padEnd(name.length, '_')
      .slice(0, name.length);
    await zipped(path, new Map(files).set(name, Buffer.from('x')));
    // yazl refuses to write such names, so one of the same length is replaced in the bytes.
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) bytes.write(to, at, 'latin1');
    writeFileSync(path, bytes);
  },
  'paths in the XML': async (random, path) =>
    zipped(
      path,
      withXml(
        xmlOf().replaceAll(
          'internal://',
          random.pick(['internal://../../', 'internal:///etc/', 'file:///etc/', 'relative://../']),
        ),
      ),
    ),
  oversized: async (random, path) =>
    zipped(path, new Map(files).set(random.pick(['sources/big.txt', 'project.qde']), Buffer.alloc(24 * 2 ** 20, 'a'))),
  deep: async (random, path) =>
    zipped(
      path,
      withXml('<Project xmlns="urn:QDA-XML:project:1.0" name="x">' + '<Code>'.repeat(random.int(300, 3000))),
    ),
  'odd numbers': async (random, path) =>
    zipped(
      path,
      withXml(
        xmlOf().replaceAll(
          /(startPosition|endPosition|firstX|page)="\d+"/g,
          (_all, name: string) => `${name}="${random.pick(['-1', '99999999', '999999999999', '1e9', 'NaN', '', '0'])}"`,
        ),
      ),
    ),
};
const KINDS = Object.keys(HOSTILE);

describe('a REFI-QDA file from a hostile or careless sender', () => {
  it.each(seeds(share(500)))(
    'is rejected with what and where, or read and taken back by one undo (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const kind = KINDS[seed % KINDS.length] ?? 'mutated';
      const path = join(tempFolder(), 'file.qdpx');
      await HOSTILE[kind]?.(random, path);
      const before = await contentsOf(engine);
      try {
        const answers = await answersFor(engine, path);
        expect(await contentsOf(engine)).toEqual(before);
        expect(wrongSums(await engine.call('exchange.import', { path, answers }))).toEqual([]);
      } catch (thrown) {
        // Anything else is a defect.
        if (!(thrown instanceof Fault)) throw thrown;
        expect(['BAD_INPUT', 'DAMAGED', 'NOT_ALLOWED', 'TOO_LARGE']).toContain(thrown.data.code);
        expect(thrown.data.message).toMatch(/\.$/);
        expect(thrown.data.context?.['what'] ?? thrown.data.context?.['path'] ?? '').not.toBe('');
        expect(await contentsOf(engine)).toEqual(before);
        return;
      }
      expect(['entity bomb', 'path escape', 'deep']).not.toContain(kind);
      const after = await contentsOf(engine);
      if (JSON.stringify(after.head) !== JSON.stringify(before.head)) await engine.call('history.undo', {});
      const live = await contentsOf(engine);
      expect(live.passages).toEqual(before.passages);
      expect(live.sources.filter(({ deleted }) => !deleted)).toEqual(before.sources.filter(({ deleted }) => !deleted));
    },
  );
});
