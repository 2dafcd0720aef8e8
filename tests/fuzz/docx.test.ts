import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocx } from '../../electron/formats/docx/read.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { zipped } from '../support/bag.ts';
import { docxParts, p, r, styled, table } from '../support/docx.ts';
import { mutate } from '../support/mutate.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder, tempFolder } from '../support/temp.ts';

const BODY =
  styled('T1', r('Land and work')) +
  p(r('In 2023 12,600 left') + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r('. 全县转移就业。')).repeat(30) +
  table([p(r('Year')), p(r('Persons'))], [p(r('2023')), p(r('12,600'))]) +
  p(`<w:ins w:id="1">${r('in')}</w:ins><w:del w:id="2">${r('out')}</w:del>`);
const FILES = docxParts({ body: BODY, footnotes: `<w:footnote w:id="1">${p(r('Xinhua, May 3, 2023.'))}</w:footnote>` });
const MAIN = 'word/document.xml';
const xml = (): string => FILES.get(MAIN)?.toString('utf8') ?? '';
const withMain = (text: string | Buffer): Map<string, Buffer> => new Map(FILES).set(MAIN, Buffer.from(text));

let whole: Buffer;
beforeAll(async () => {
  const folder = makeFolder();
  await zipped(join(folder, 'whole.docx'), FILES);
  whole = readFileSync(join(folder, 'whole.docx'));
  removeFolder(folder);
});

const DOCTYPE = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';
/** What a hostile or broken sender makes of the file, by name. */
const HOSTILE: Readonly<Record<string, (random: Seeded, path: string) => Promise<void>>> = {
  truncated: async (random, path) => writeFileSync(path, whole.subarray(0, random.int(0, whole.length - 1))),
  mutated: async (random, path) => writeFileSync(path, mutate(whole, random)),
  'mutated XML': async (random, path) => zipped(path, withMain(mutate(Buffer.from(xml()), random))),
  'mutated part': async (random, path) => {
    const name = random.pick([...FILES.keys()]);
    await zipped(path, new Map(FILES).set(name, mutate(FILES.get(name) ?? Buffer.alloc(0), random)));
  },
  'entity bomb': async (random, path) => {
    const at = xml().indexOf('<w:document');
    const text = random.chance(0.5)
      ? xml().slice(0, at) + DOCTYPE + xml().slice(at)
      : xml().replace('Land', `&${random.pick(['c', 'xxe', '#x0', '#1114112'])};`);
    await zipped(path, withMain(text));
  },
  oversized: async (random, path) => {
    const name = random.pick([MAIN, 'word/media/x.png', 'word/styles.xml']);
    await zipped(path, new Map(FILES).set(name, Buffer.alloc(random.int(9, 20) * 2 ** 20, 'a')));
  },
  'path escape': async (random, path) => {
    const name = 'word/media/safe.png';
    const to = random.pick(['../../../../etc', '/tmp/escaped', 'C:\\escape\\me']).padEnd(name.length, '_');
    await zipped(path, new Map(FILES).set(name, Buffer.from('x')));
    // yazl refuses to write such names, so one of the same length is replaced in the bytes.
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) bytes.write(to, at, 'latin1');
    writeFileSync(path, bytes);
  },
  'relation that leads out': async (random, path) => {
    const target = random.pick(['../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1/x']);
    const at = random.pick(['_rels/.rels', 'word/_rels/document.xml.rels']);
    const text =
      FILES.get(at)
        ?.toString('utf8')
        .replaceAll(/Target="[^"]*"/g, `Target="${target}"`) ?? '';
    await zipped(path, new Map(FILES).set(at, Buffer.from(text)));
  },
  deep: async (random, path) =>
    zipped(path, withMain(xml().replace('<w:body>', '<w:body>' + '<w:sdt>'.repeat(random.int(300, 5000))))),
};
const KINDS = Object.keys(HOSTILE);

describe('a Word document from a hostile or careless sender', () => {
  it.each(seeds(share(500)))('is read, or rejected with what is wrong (seed %i)', async (seed) => {
    const kind = KINDS[seed % KINDS.length] ?? 'mutated';
    const path = join(tempFolder(), 'draft.docx');
    await HOSTILE[kind]?.(seeded(seed), path);
    const began = process.cpuUsage();
    const read = await readDocx(path);
    if (read.ok) {
      expect(openLayerFile(read.value.layerFile).text()).toMatch(/^(?:.*\n)*$/);
      expect(['entity bomb', 'path escape', 'deep']).not.toContain(kind);
    } else {
      expect(['BAD_INPUT', 'DAMAGED', 'NOT_ALLOWED', 'TOO_LARGE']).toContain(read.error.code);
      expect(read.error.message).toMatch(/\.$/);
    }
    const { user } = process.cpuUsage(began);
    expect(user / 1000).toBeLessThan(5000);
  });
});
