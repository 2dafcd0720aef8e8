import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTar, tarOf, TarError, type TarEntry } from '../../../../electron/formats/tar/index.ts';
import { tempFolder } from '../../../support/temp.ts';

type Given = TarEntry & { readonly bytes: Buffer };
const file = (path: string, bytes: Buffer): Given => ({
  path,
  bytes,
  size: bytes.length,
  mode: 0o600,
  mtime: 1_700_000_000,
});
async function* inTwo({ bytes }: Given): AsyncGenerator<Uint8Array> {
  const half = bytes.length >> 1;
  if (half > 0) yield bytes.subarray(0, half);
  if (bytes.length > half) yield bytes.subarray(half);
}
const LONG = `originals/ab/${'f'.repeat(64)}`;
const FILES = [
  file('project.sqlite', Buffer.alloc(1000, 1)),
  file(LONG, Buffer.alloc(512, 2)),
  file(`backups/${'d'.repeat(80)}/${'é'.repeat(40)}`, Buffer.from('three')),
  file('empty', Buffer.alloc(0)),
];

async function written(files: readonly Given[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of tarOf(files, inTwo)) pieces.push(piece);
  return Buffer.concat(pieces);
}
async function read(bytes: Buffer, step = 700): Promise<[string, number, Buffer][]> {
  const found: [string, number, Buffer][] = [];
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  }
  await readTar(pieces(), async ({ path, mode }, content) => {
    const all: Uint8Array[] = [];
    for await (const piece of content) all.push(piece);
    found.push([path, mode, Buffer.concat(all)]);
  });
  return found;
}

describe('a tar', () => {
  it('gives back the files it was written of, whatever the size of the pieces', async () => {
    const bytes = await written(FILES);
    const expected = FILES.map((one) => [one.path, 0o600, one.bytes]);
    for (const step of [1, 511, 512, 10_000]) expect(await read(bytes, step)).toEqual(expected);
  });

  it.skipIf(process.platform === 'win32')('is unpacked by the tar of the system', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a.tar'), await written(FILES));
    execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder });
    for (const { path, bytes } of FILES) expect(readFileSync(join(folder, path))).toEqual(bytes);
  });

  it('writes sizes above 8 GiB in base 256', async () => {
    const big = { path: 'big', size: 9 * 2 ** 30, mode: 0o600, mtime: 0 };
    const parts = tarOf([big], async function* () {
      yield new Uint8Array(0);
    });
    const first = await parts.next();
    const header = Buffer.from(first.value ?? []);
    expect(header.readUInt8(124)).toBe(0x80);
    await expect(parts.next().then(() => parts.next())).rejects.toThrow(/changed while it was read/);
    let size = 0;
    await readTar(
      (async function* () {
        yield header;
      })(),
      async (entry) => {
        size = entry.size;
      },
    ).catch(() => undefined);
    expect(size).toBe(big.size);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['with a tail', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(512)])],
    ['with a changed header', (bytes: Buffer) => Buffer.concat([Buffer.from('q'), bytes.subarray(1)])],
    ['with a link', (bytes: Buffer) => linked(bytes)],
  ])('%s is not read', async (_what, change) => {
    await expect(read(change(await written(FILES)))).rejects.toThrow(TarError);
  });

  it('is not written of a file that changed its size', async () => {
    await expect(written([{ ...file('a', Buffer.alloc(3)), size: 4 }])).rejects.toThrow(/changed while it was read/);
  });
});

/** The first file as a symbolic link, with the right checksum. */
function linked(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.write('2', 156, 'latin1');
  const sum = Number.parseInt(changed.toString('latin1', 148, 154), 8) + 2;
  changed.write(sum.toString(8).padStart(6, '0'), 148, 'latin1');
  return changed;
}
