import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { LIMITS } from '../../../electron/formats/bag/layout.ts';
import { openBag } from '../../../electron/formats/bag/read.ts';
import { unicodeText } from '../../../electron/formats/charset.ts';
import { QDA_LIMITS, readQdaFile } from '../../../electron/formats/qda/file.ts';
import { openZip } from '../../../electron/formats/zip/read.ts';
import { Fault } from '../../../shared/errors.ts';
import { tempFolder } from '../../support/temp.ts';

const faultOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
    return 'no error';
  } catch (thrown) {
    return thrown instanceof Fault ? `${thrown.data.code}: ${thrown.data.message}` : `thrown: ${String(thrown)}`;
  }
};

interface Hostile {
  readonly files: Readonly<Record<string, string>>;
  readonly mode?: number;
  /** Written over a name of the same length. */
  readonly renamed?: readonly [from: string, to: string];
  readonly keep?: number;
}
async function hostileZip({ files, mode = 0o100644, renamed, keep }: Hostile): Promise<string> {
  const file = join(tempFolder(), 'hostile.zip');
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files))
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(text), name, { mode });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (renamed !== undefined)
    for (let at = bytes.indexOf(renamed[0]); at >= 0; at = bytes.indexOf(renamed[0], at + 1))
      bytes.write(renamed[1], at, 'latin1');
  writeFileSync(file, keep === undefined ? bytes : bytes.subarray(0, keep));
  return file;
}

const HOSTILE: readonly (readonly [what: string, hostile: Hostile, code: string])[] = [
  ['a path that climbs out', { files: { 'top/aa/evil': 'x' }, renamed: ['top/aa/evil', '../../evil_'] }, 'NOT_ALLOWED'],
  ['an absolute path', { files: { 'top/aa/evil': 'x' }, renamed: ['top/aa/evil', '/tmp/a/evil'] }, 'NOT_ALLOWED'],
  ['a symbolic link', { files: { 'top/a': 'x' }, mode: 0o120777 }, 'NOT_ALLOWED'],
  ['two files of one name', { files: { 'top/a.qde': 'x', 'top/A.qde': 'y' } }, 'NOT_ALLOWED'],
  ['a bomb', { files: { 'top/a': '\0'.repeat(20 * 2 ** 20) } }, 'TOO_LARGE'],
  ['an end that is cut off', { files: { 'top/a': 'x'.repeat(1000) }, keep: 90 }, 'DAMAGED'],
];

describe('a zip from outside', () => {
  it.each(HOSTILE)(
    'with %s is refused as a project file and as a foreign file, in their own words',
    async (_what, hostile, code) => {
      const file = await hostileZip(hostile);
      const asBag = await faultOf(openBag(file));
      const asForeign = await faultOf(readQdaFile({ path: file, to: null }));
      expect(asBag).toContain(`${code}: `);
      expect(asBag).toMatch(/project file/);
      expect(asForeign).toContain(`${code}: `);
      expect(asForeign).toMatch(/^\w+: This file (?:was rejected|isn’t complete)/);
    },
  );

  it('has its folders, its limits, and a backslash in a name only where the format asks for none', async () => {
    const file = await hostileZip({ files: { 'top/': '', 'top/a_b': 'x' }, renamed: ['top/a_b', 'top/a\\b'] });
    const zip = await openZip(file, QDA_LIMITS);
    zip.close();
    expect([...zip.parts.keys()]).toEqual(['top/a/b']);
    expect(zip.folders).toEqual(['top/']);
    expect(await faultOf(openZip(file, LIMITS, { areNamesStrict: true }))).toContain('NOT_ALLOWED');
    expect(await faultOf(openZip(file, { ...QDA_LIMITS, entries: 1 }))).toContain('TOO_LARGE');
  });

  it('names the file in it whose bytes were damaged', async () => {
    const file = await hostileZip({ files: { 'project.qde': '<Project/>'.repeat(50) } });
    const bytes = readFileSync(file);
    bytes.writeUInt8(0xff, bytes.indexOf('project.qde') + 'project.qde'.length);
    writeFileSync(file, bytes);
    expect(await faultOf(readQdaFile({ path: file, to: null }))).toMatch(/^DAMAGED: .*“project.qde” in it/);
  });
});

describe('a text in UTF-8, or in UTF-16 by its mark', () => {
  it.each([
    ['UTF-8', Buffer.from('县委')],
    ['UTF-8 with a mark', Buffer.from('\ufeff县委')],
    ['UTF-16, little-endian', Buffer.from('\ufeff县委', 'utf16le')],
    ['UTF-16, big-endian', Buffer.from('\ufeff县委', 'utf16le').swap16()],
  ])('is read from %s, and the mark is left out', (_what, bytes) => {
    expect(unicodeText(bytes, { fatal: true })).toBe('县委');
  });

  it('is not guessed from other bytes', () => {
    const bytes = Buffer.from([0xcf, 0xd8]);
    expect(unicodeText(bytes)).toBe('\ufffd\ufffd');
    expect(() => unicodeText(bytes, { fatal: true })).toThrow(TypeError);
  });
});
