import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { storeFault } from '../../../../shared/file-faults.ts';
import { openOriginals, type Originals } from '../../../../electron/project/files/originals.ts';
import { Fault } from '../../../../shared/errors.ts';
import { sha256 } from '../../../../shared/model/index.ts';
import { seeded } from '../../../support/seeded.ts';
import { tempFolder } from '../../../support/temp.ts';
import { processorTime } from '../../../support/processor-time.ts';

const hashOf = (bytes: Uint8Array) => sha256.parse(createHash('sha256').update(bytes).digest('hex'));
const incoming = (name: string, bytes: Uint8Array): string => {
  const path = join(tempFolder(), name);
  writeFileSync(path, bytes);
  return path;
};
/** Every file below a folder, by its path in it. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
const codeOf = (thrown: unknown): string => (thrown instanceof Fault ? thrown.data.code : String(thrown));
const refused = (files: Originals, path: string, signal?: AbortSignal) =>
  files.takeOriginal(path, signal).then(() => 'taken', codeOf);

describe('originals', () => {
  it('are copied bit by bit under their own hash, read-only, and hashed again on demand', async () => {
    const bytes = seeded(1).bytes(3_000_000);
    const files = openOriginals(tempFolder());
    const taken = await files.takeOriginal(incoming('report.pdf', bytes));
    expect(taken).toEqual({ sha256: hashOf(bytes), bytes: bytes.length, existed: false });
    const path = files.originalPath(taken.sha256);
    expect(path.endsWith(join('originals', taken.sha256.slice(0, 2), taken.sha256))).toBe(true);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(await files.hashOriginal(taken.sha256)).toBe(taken.sha256);
  });

  it('are stored once, however often and under whatever name they are imported', async () => {
    const files = openOriginals(tempFolder());
    const bytes = seeded(2).bytes(1000);
    await files.takeOriginal(incoming('a.pdf', bytes));
    expect(await files.takeOriginal(incoming('b.pdf', bytes))).toMatchObject({ existed: true });
    expect(filesIn(files.folder)).toHaveLength(1);
  });

  it('that were damaged on disk are repaired when the same file is imported again', async () => {
    const files = openOriginals(tempFolder());
    const bytes = seeded(3).bytes(1000);
    const { sha256: hash } = await files.takeOriginal(incoming('a.pdf', bytes));
    chmodSync(files.originalPath(hash), 0o600);
    writeFileSync(files.originalPath(hash), 'altered');
    expect(await files.hashOriginal(hash)).not.toBe(hash);
    expect(await files.takeOriginal(incoming('a.pdf', bytes))).toMatchObject({ existed: false });
    expect(await files.hashOriginal(hash)).toBe(hash);
  });

  it('that are missing have no hash', async () => {
    expect(await openOriginals(tempFolder()).hashOriginal(hashOf(new Uint8Array(3)))).toBeNull();
  });

  it('are never read through a link, from a folder, or from an endless device', async () => {
    const files = openOriginals(tempFolder());
    const folder = tempFolder();
    const target = join(folder, 'secret.txt');
    writeFileSync(target, 'secret');
    symlinkSync(target, join(folder, 'link.txt'));
    mkdirSync(join(folder, 'inside'));
    expect(await refused(files, join(folder, 'link.txt'))).toBe('BAD_INPUT');
    expect(await refused(files, join(folder, 'inside'))).toBe('BAD_INPUT');
    if (existsSync('/dev/zero')) expect(await refused(files, '/dev/zero')).toBe('BAD_INPUT');
    expect(await refused(files, join(folder, 'nowhere'))).toBe('NOT_FOUND');
    expect(filesIn(files.folder)).toEqual([]);
  });

  it('leave nothing behind when the copying is cancelled', async () => {
    const files = openOriginals(tempFolder());
    const stop = new AbortController();
    stop.abort();
    expect(await refused(files, incoming('a.pdf', seeded(4).bytes(100)), stop.signal)).toBe('CANCELLED');
    expect(filesIn(files.folder)).toEqual([]);
  });

  it('half written by a killed process are removed when the next is written', async () => {
    const files = openOriginals(tempFolder());
    mkdirSync(join(files.folder, 'originals'));
    writeFileSync(join(files.folder, 'originals', '.0123456789abcdef.part'), 'half');
    await files.takeOriginal(incoming('a.pdf', seeded(5).bytes(100)));
    expect(filesIn(files.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/full'))('say that the disk is full, when the system does', () => {
    const file = openSync('/dev/full', 'w');
    try {
      writeSync(file, 'x');
      expect.unreachable('a full disk took a byte');
    } catch (thrown) {
      expect(codeOf(storeFault(thrown))).toBe('DISK_FULL');
    } finally {
      closeSync(file);
    }
  });
});

describe('layers', () => {
  it('are named by their uncompressed bytes, and stored compressed if that is smaller', () => {
    const files = openOriginals(tempFolder());
    const text = new TextEncoder().encode('surplus labour transfer '.repeat(500));
    const noise = seeded(6).bytes(500);
    expect(files.putLayer(text)).toBe(hashOf(text));
    expect(files.putLayer(noise)).toBe(hashOf(noise));
    expect(files.layerPath(hashOf(text)).endsWith('.zst')).toBe(true);
    expect(files.layerPath(hashOf(noise)).endsWith('.zst')).toBe(false);
    expect(files.readLayer(hashOf(text))).toEqual(Buffer.from(text));
    expect(files.readLayer(hashOf(noise))).toEqual(Buffer.from(noise));
    expect(statSync(files.layerPath(hashOf(text))).mode & 0o777).toBe(0o400);
  });

  it('that were damaged are repaired by storing them again', () => {
    const files = openOriginals(tempFolder());
    for (const bytes of [new TextEncoder().encode('surplus labour transfer '.repeat(500)), seeded(6).bytes(500)]) {
      const hash = files.putLayer(bytes);
      const path = files.layerPath(hash);
      const stored = readFileSync(path);
      for (const damaged of [stored.subarray(0, stored.length >> 1), stored.map((byte) => byte ^ 1), Buffer.alloc(0)]) {
        chmodSync(path, 0o600);
        writeFileSync(path, damaged);
        expect(files.putLayer(bytes)).toBe(hash);
        expect(files.readLayer(hash)).toEqual(Buffer.from(bytes));
      }
      expect(statSync(path).mode & 0o777).toBe(0o400);
    }
  });

  it('that were damaged under the other name, compressed or not, are not read again', () => {
    const files = openOriginals(tempFolder());
    const noise = seeded(6).bytes(500);
    const hash = files.putLayer(noise);
    writeFileSync(`${files.layerPath(hash)}.zst`, 'no zstd');
    expect(files.putLayer(noise)).toBe(hash);
    expect(files.readLayer(hash)).toEqual(Buffer.from(noise));
  });

  it('are refused before they are unpacked if they are a compression bomb', () => {
    const folder = tempFolder();
    const files = openOriginals(folder);
    const stored = (hash: ReturnType<typeof hashOf>, bytes: Uint8Array): typeof hash => {
      mkdirSync(join(folder, 'layers', hash.slice(0, 2)), { recursive: true });
      writeFileSync(join(folder, 'layers', hash.slice(0, 2), `${hash}.zst`), bytes);
      return hash;
    };
    // Two gigabytes of one character, and says so: 16,384 blocks that repeat one byte.
    const head = Buffer.from('28b52ffde00000008000000000', 'hex');
    const blocks = Buffer.concat(
      Array.from({ length: 16_384 }, (_, at) => Buffer.from([at === 16_383 ? 3 : 2, 0, 16, 65])),
    );
    const bomb = stored(hashOf(Buffer.from('bomb')), Buffer.concat([head, blocks]));
    const ms = processorTime(() => expect(() => files.readLayer(bomb)).toThrow('can’t be unpacked'));
    expect(ms).toBeLessThan(500);

    // A frame that doesn’t say its size, which Sourcebook never writes: its bytes would match the hash.
    const long = Buffer.alloc(128 << 10, 65);
    const unsaid = Buffer.from('28b52ffd0058' + '03001041', 'hex');
    const silent = stored(hashOf(long), unsaid);
    expect(() => files.readLayer(silent)).toThrow('can’t be unpacked');
    expect(files.readLayer(stored(hashOf(long), zstdCompressSync(long)))).toEqual(long);
    for (const size of [0, 1, 255, 256, 70_000]) {
      const bytes = Buffer.alloc(size, 66);
      expect(files.readLayer(stored(hashOf(bytes), zstdCompressSync(bytes)))).toEqual(bytes);
    }
  });

  it('that were altered, cut or lost are rejected, not shown', async () => {
    const files = openOriginals(tempFolder());
    const hash = files.putLayer(new TextEncoder().encode('surplus labour transfer '.repeat(500)));
    const path = files.layerPath(hash);
    const stored = readFileSync(path);
    chmodSync(path, 0o600);
    expect(await files.hashLayer(hash)).toBe(hash);

    const random = seeded(7);
    for (let round = 0; round < 50; round++) {
      const altered = Buffer.from(stored);
      const at = random.int(0, altered.length - 1);
      altered[at] = (altered[at] ?? 0) ^ random.int(1, 255);
      writeFileSync(path, altered);
      // zstd ignores some bits of its header: then the bytes are right, and nothing is wrong.
      const found = await files.hashLayer(hash);
      if (found === hash) continue;
      expect(() => files.readLayer(hash)).toThrow(/was altered|can’t be unpacked/);
    }
    writeFileSync(path, stored.subarray(0, stored.length / 2));
    expect(() => files.readLayer(hash)).toThrow(/can’t be unpacked|was altered/);
    expect(await files.hashLayer(hash)).not.toBe(hash);
  });
});
