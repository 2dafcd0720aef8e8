import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, test } from 'vitest';
import { ZipFile } from 'yazl';
import { Fault } from '../../../shared/errors.ts';
import { LIMITS, placeOf } from '../../../electron/formats/bag/layout.ts';
import { openBag } from '../../../electron/formats/bag/read.ts';
import { type BagEntry, writeBag } from '../../../electron/formats/bag/write.ts';
import { tempFolder } from '../../support/temp.ts';

const sha = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const REPORT = '柳泉县 report '.repeat(5000);
const HASH = sha(REPORT);

const entries = (): BagEntry[] => [
  { path: 'data/project.sqlite', content: { text: ['SQLite', ' format 3'] }, deflate: true, expect: null },
  { path: `data/originals/${HASH.slice(0, 2)}/${HASH}`, content: { text: [REPORT] }, deflate: false, expect: HASH },
  { path: 'data/annotations.jsonld', content: { text: ['{}', '\n'] }, deflate: true, expect: null },
];

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'no error';
  } catch (thrown) {
    return thrown instanceof Fault ? thrown.data.code : `thrown: ${String(thrown)}`;
  }
};

/** A zip of our own making, to be bent into what no program of ours writes. */
async function zipOf(
  path: string,
  files: Record<string, string>,
  options: { mode?: number; compress?: boolean } = {},
): Promise<void> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files))
    zip.addBuffer(Buffer.from(text), name, { mode: options.mode ?? 0o100644, compress: options.compress ?? true });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  writeFileSync(path, Buffer.concat(chunks));
}
const tagFiles = (payload: Record<string, string>, format = '1'): Record<string, string> => {
  const own: Record<string, string> = {
    'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    'bag-info.txt': `Sourcebook-Format: ${format}\n`,
    'manifest-sha256.txt': Object.entries(payload)
      .map(([name, text]) => `${sha(text)}  ${name}\n`)
      .join(''),
  };
  return {
    ...own,
    'tagmanifest-sha256.txt': Object.entries(own)
      .map(([name, text]) => `${sha(text)}  ${name}\n`)
      .join(''),
  };
};
const under = (top: string, files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${top}/${name}`, text]));

describe('a project file that we wrote', () => {
  it('reveals nothing of the machine: one time everywhere, without a zone, and no owner', async () => {
    const out = join(tempFolder(), 'county.sbk');
    await writeBag(out, { top: 'county', info: {}, entries: entries() });
    const bytes = readFileSync(out);
    const centre: Buffer[] = [];
    for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1'))
      centre.push(bytes.subarray(at, at + 46));
    expect(centre.length).toBeGreaterThan(4);
    for (const entry of centre) {
      expect([entry.readUInt16LE(12), entry.readUInt16LE(14)]).toEqual([12 << 11, (20 << 9) | (1 << 5) | 1]);
      // Extra fields would hold times in UTC and owners. There are none, and no comment.
      expect([entry.readUInt16LE(30), entry.readUInt16LE(32)]).toEqual([0, 0]);
      expect(entry.readUInt32LE(38)).toBe((0o100644 << 16) >>> 0);
    }
  });

  it('returns every byte, and each file has the hash in its manifest', async () => {
    const folder = tempFolder();
    const out = join(folder, 'county.sbk');
    const written = await writeBag(out, {
      top: 'county',
      info: { 'External-Identifier': 'urn:uuid:1' },
      entries: entries(),
    });
    expect(written.files).toBe(3);
    const bag = await openBag(out);
    expect(bag.problems).toEqual([]);
    expect(bag.top).toBe('county');
    expect(bag.info.get('External-Identifier')).toBe('urn:uuid:1');
    expect(bag.info.get('Payload-Oxum')).toBe(
      `${Buffer.byteLength('SQLite format 3') + Buffer.byteLength(REPORT) + 3}.3`,
    );
    for (const path of bag.payload) expect(await bag.take(path, join(folder, 'out', path))).toBeNull();
    bag.close();
    expect(readFileSync(join(folder, 'out/data/originals', HASH.slice(0, 2), HASH), 'utf8')).toBe(REPORT);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is not written if an original no longer has its bytes, and leaves the former file', async () => {
    const out = join(tempFolder(), 'county.sbk');
    writeFileSync(out, 'the export of yesterday');
    const rotten = entries().map((entry) => (entry.expect === null ? entry : { ...entry, content: { text: ['rot'] } }));
    expect(await codeOf(writeBag(out, { top: 'county', info: {}, entries: rotten }))).toBe('DAMAGED');
    expect(readFileSync(out, 'utf8')).toBe('the export of yesterday');
    expect(readdirSync(join(out, '..'))).toEqual(['county.sbk']);
  });

  it('can be cancelled, and then leaves nothing behind', async () => {
    const out = join(tempFolder(), 'county.sbk');
    const stop = new AbortController();
    const stopped = writeBag(
      out,
      { top: 'county', info: {}, entries: entries() },
      { signal: stop.signal, onFile: () => stop.abort() },
    );
    expect(await codeOf(stopped)).toBe('CANCELLED');
    expect(readdirSync(join(out, '..'))).toEqual([]);
  });

  it('reports each altered byte once: payload by its path, the manifest by its own list', async () => {
    const folder = tempFolder();
    const out = join(folder, 'county.sbk');
    await writeBag(out, { top: 'county', info: {}, entries: entries() });
    const bytes = readFileSync(out);
    const at = bytes.indexOf(Buffer.from('柳泉县 report'));
    bytes[at + 1] = (bytes[at + 1] ?? 0) ^ 1;
    writeFileSync(out, bytes);
    const bag = await openBag(out);
    const problems = [];
    for (const path of bag.payload) problems.push(await bag.take(path, null));
    bag.close();
    expect(bag.problems).toEqual([]);
    expect(problems.filter((problem) => problem !== null).map((problem) => [problem.kind, problem.path])).toEqual([
      ['altered', `data/originals/${HASH.slice(0, 2)}/${HASH}`],
    ]);
  });
});

test('a dossier that is still packed is no damaged project file: it says to unpack it', async () => {
  const zip = join(import.meta.dirname, '../../fixtures/dossiers/version-1.zip');
  await expect(openBag(zip)).rejects.toMatchObject({
    data: { code: 'BAD_INPUT', message: expect.stringContaining('Unpack it') },
  });
});

describe('a project file made by someone else', () => {
  const payload = { 'data/project.sqlite': 'x' };
  const whole = (): Record<string, string> => ({ ...tagFiles(payload), ...payload });

  it.each([
    ['climbs out of its folder', 'top/data/aa/evil', '../../data/evil__'.slice(0, 16)],
    ['names an absolute path', 'top/data/aa/evil', '/tmp/data/evil_x'],
    ['hides a backslash', 'top/data/aa/evil', 'top\\..\\..\\evil_x'],
  ])('is rejected if it %s', async (_what, harmless, evil) => {
    const file = join(tempFolder(), 'evil.sbk');
    await zipOf(file, { ...under('top', whole()), [harmless]: 'boom' });
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf(harmless); at >= 0; at = bytes.indexOf(harmless, at + 1))
      bytes.write(evil, at, 'latin1');
    writeFileSync(file, bytes);
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');
  });

  it('is rejected with a symbolic link, two top folders, or two files of one name', async () => {
    const file = join(tempFolder(), 'evil.sbk');
    await zipOf(file, under('top', whole()), { mode: 0o120777 });
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');
    await zipOf(file, { ...under('top', whole()), 'other/data/x': 'y' });
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');
    await zipOf(file, { ...under('top', whole()), 'top/data/PROJECT.sqlite': 'y' });
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');
  });

  it('is rejected if programs that read it from its beginning would find other files in it', async () => {
    const file = join(tempFolder(), 'evil.sbk');
    const files = {
      ...tagFiles({ ...payload, 'data/annotations.jsonld': '{}' }),
      ...payload,
      'data/annotations.jsonld': '{}',
    };
    await zipOf(file, under('top', files), { compress: false });
    const good = readFileSync(file);
    (await openBag(file)).close();
    const name = good.indexOf('top/data/annotations.jsonld');

    // Another name before its content than in the directory.
    const renamed = Buffer.from(good);
    renamed.write('top/data/quotations.jsonld_', name, 'latin1');
    writeFileSync(file, renamed);
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');

    // Said to be packed in another way.
    const packed = Buffer.from(good);
    packed.writeUInt16LE(8, name - 30 + 8);
    writeFileSync(file, packed);
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');

    // A file before the first one that no directory lists.
    const [hidden, end] = [good.subarray(0, good.indexOf('PK\x03\x04', 4, 'latin1')), good.length - 22];
    const moved = Buffer.from(good);
    const directory = good.readUInt32LE(end + 16);
    for (let at = directory; at < end; at = good.indexOf('PK\x01\x02', at + 1, 'latin1')) {
      if (at < 0) break;
      moved.writeUInt32LE(good.readUInt32LE(at + 42) + hidden.length, at + 42);
    }
    moved.writeUInt32LE(directory + hidden.length, end + 16);
    writeFileSync(file, Buffer.concat([hidden, moved]));
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');

    // One after the last.
    const after = Buffer.from(good);
    after.writeUInt32LE(directory + hidden.length, end + 16);
    writeFileSync(file, Buffer.concat([after.subarray(0, directory), hidden, after.subarray(directory)]));
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');

    // One whose content has the next file in it.
    const around = Buffer.from(good);
    for (const at of [18, 22, directory + 20, directory + 24]) around.writeUInt32LE(good.readUInt32LE(at) + 40, at);
    writeFileSync(file, around);
    expect(await codeOf(openBag(file))).toBe('NOT_ALLOWED');
  });

  it('is rejected as too large before it is unpacked: bombs, too many files', async () => {
    const file = join(tempFolder(), 'bomb.sbk');
    await zipOf(file, under('top', { ...whole(), 'data/annotations.jsonld': '\0'.repeat(20 * 2 ** 20) }));
    expect(await codeOf(openBag(file))).toBe('TOO_LARGE');
    expect(await codeOf(openBag(file, { ...LIMITS, entries: 2 }))).toBe('TOO_LARGE');
    expect(await codeOf(openBag(file, { ...LIMITS, ratioFrom: 2 ** 40, total: 1000 }))).toBe('TOO_LARGE');
  });

  it('says that a later format needs a later Sourcebook', async () => {
    const file = join(tempFolder(), 'newer.sbk');
    await zipOf(file, under('top', { ...tagFiles(payload, '3'), ...payload }));
    expect(await codeOf(openBag(file))).toBe('PROJECT_NEWER');
  });

  it('is reported as damaged if it is not a zip, cut short, not a bag, or a bag of something else', async () => {
    const file = join(tempFolder(), 'x.sbk');
    writeFileSync(file, 'not a zip');
    expect(await codeOf(openBag(file))).toBe('DAMAGED');
    await zipOf(file, under('top', whole()));
    writeFileSync(file, readFileSync(file).subarray(0, -30));
    expect(await codeOf(openBag(file))).toBe('DAMAGED');
    await zipOf(file, { 'top/readme.txt': 'hello' });
    expect(await codeOf(openBag(file))).toBe('DAMAGED');
    await zipOf(file, under('top', { ...tagFiles(payload, 'one'), ...payload }));
    expect(await codeOf(openBag(file))).toBe('DAMAGED');
    expect(await codeOf(openBag(join(file, 'nowhere.sbk')))).not.toBe('no error');
  });

  it('has tag files reported that its list leaves out, and a declaration that says more than ours', async () => {
    const file = join(tempFolder(), 'x.sbk');
    const more = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nSigned-By: Ann\n';
    await zipOf(file, under('top', { ...whole(), 'bagit.txt': more, 'tagmanifest-sha256.txt': '' }));
    const bag = await openBag(file);
    bag.close();
    expect(bag.problems.map((problem) => [problem.kind, problem.path])).toEqual([
      ['manifest', 'bagit.txt'],
      ['unlisted', 'bagit.txt'],
      ['unlisted', 'bag-info.txt'],
      ['unlisted', 'manifest-sha256.txt'],
    ]);
  });

  it('has its missing and its unlisted files reported', async () => {
    const file = join(tempFolder(), 'x.sbk');
    await zipOf(
      file,
      under('top', {
        ...tagFiles({ ...payload, 'data/annotations.jsonld': '{}' }),
        ...payload,
        'data/extra.exe': 'MZ',
      }),
    );
    const bag = await openBag(file);
    bag.close();
    expect(bag.problems.map((problem) => [problem.kind, problem.path])).toEqual([
      ['missing', 'data/annotations.jsonld'],
      ['unlisted', 'data/extra.exe'],
    ]);
  });
});

describe('a bag whose compressed bytes were damaged', () => {
  it('names the file, and never ends the program with a stream error', async () => {
    const folder = tempFolder();
    const file = join(folder, 'x.sbk');
    await writeBag(file, { top: 'top', info: {}, entries: entries() });
    const bytes = readFileSync(file);
    // The annotations are `{}` and a line end, deflated: their first byte becomes a block type that does not exist.
    const name = bytes.indexOf('top/data/annotations.jsonld') + 'top/data/annotations.jsonld'.length;
    bytes.writeUInt8(0xff, name);
    writeFileSync(file, bytes);
    const bag = await openBag(file);
    const problem = await bag.take('data/annotations.jsonld', join(folder, 'deep', 'below', 'annotations.jsonld'));
    await setImmediate();
    bag.close();
    expect(problem).toMatchObject({ kind: 'altered', path: 'data/annotations.jsonld' });
  });
});

describe('paths in a bag', () => {
  it('are recognised, and nothing that only looks like them', () => {
    expect(placeOf(`data/originals/${HASH.slice(0, 2)}/${HASH}`)).toEqual({ kind: 'original', sha256: HASH });
    expect(placeOf(`data/layers/${HASH.slice(0, 2)}/${HASH}.zst`)).toEqual({ kind: 'layer', sha256: HASH });
    expect(placeOf(`data/originals/${HASH.slice(0, 2)}/${HASH}.zst`)).toBeNull();
    expect(placeOf(`data/originals/zz/${HASH}`)).toBeNull();
    expect(placeOf('data/project.sqlite-wal')).toBeNull();
  });
});
