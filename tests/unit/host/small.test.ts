import { describe, expect, test } from 'vitest';
import { attachment } from '../../../electron/host/evidence.ts';
import { pathsOf } from '../../../electron/host/electron/open-requests.ts';
import { freePath, isProjectFile } from '../../../electron/host/file-names.ts';
import { fileNameOf } from '../../../shared/text/file-name.ts';
import { createOfferedFiles } from '../../../electron/host/offered-files.ts';
import { respondWith, spanOf } from '../../../electron/host/ranges.ts';
import { tempFolder } from '../../support/temp.ts';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

describe('a range of bytes', () => {
  test.each([
    [null, null],
    ['bytes=0-4', { start: 0, end: 5 }],
    ['bytes=4-', { start: 4, end: 10 }],
    ['bytes=-3', { start: 7, end: 10 }],
    ['bytes=-30', { start: 0, end: 10 }],
    ['bytes=5-99', { start: 5, end: 10 }],
    ['bytes=9-9', { start: 9, end: 10 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    // What is not one range of bytes is as if it were not there.
    ['bytes=5-4', null],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['pages=1-2', null],
    ['bytes=1e3-', null],
  ])('%s of ten', (header, expected) => {
    expect(spanOf(header, 10)).toEqual(expected);
  });

  test('is the same from memory and from a file', async () => {
    const path = join(tempFolder(), 'digits');
    writeFileSync(path, '0123456789');
    const memory = { kind: 'memory', bytes: new TextEncoder().encode('0123456789') } as const;
    for (const bytes of [memory, { kind: 'file', path } as const]) {
      const part = await respondWith(bytes, { method: 'GET', range: 'bytes=2-4' }, {});
      expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
      const head = await respondWith(bytes, { method: 'HEAD', range: null }, { 'content-type': 'text/plain' });
      expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
      const beyond = await respondWith(bytes, { method: 'GET', range: 'bytes=10-' }, {});
      expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    }
  });

  test('an empty file is sent whole', async () => {
    const empty = await respondWith({ kind: 'memory', bytes: new Uint8Array() }, { method: 'GET', range: null }, {});
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });
});

describe('an offered file', () => {
  test('has a token for one path, in one window, once', () => {
    const files = createOfferedFiles();
    const { token, name } = files.add('main-1', '/a/b.pdf');
    expect(name).toBe('b.pdf');
    expect(token).not.toContain('b.pdf');
    expect(() => files.take('main-2', [token])).toThrow(/no longer available/);
    expect(files.take('main-1', [token, token]).paths).toEqual(['/a/b.pdf']);
    expect(() => files.take('main-1', [token])).toThrow(/no longer available/);
  });

  test('is not used up by a list that contains a wrong token', () => {
    const files = createOfferedFiles();
    const { token } = files.add('main-1', '/a');
    expect(() => files.take('main-1', [token, 'wrong'])).toThrow(/no longer available/);
    expect(files.take('main-1', [token]).paths).toEqual(['/a']);
  });

  test('that is uploaded with others keeps its path among them; files that were taken before are separate', () => {
    const files = createOfferedFiles();
    const folder = tempFolder();
    const upload = (place: string, path: string): string => {
      mkdirSync(dirname(join(folder, place, path)), { recursive: true });
      writeFileSync(join(folder, place, path), place);
      const [top = ''] = path.split('/');
      return files.add('main-1', join(folder, place, top), { isCopy: true }).token;
    };
    const tokens = [
      upload('1', 'a/x.html'),
      upload('2', 'a/x_files/y.png'),
      upload('3', 'b.txt'),
      upload('4', 'b.txt'),
    ];
    const { paths } = files.take('main-1', tokens);
    expect(paths).toEqual([join(folder, '1', 'a'), join(folder, '1', 'b.txt'), join(folder, '4', 'b.txt')]);
    expect(readFileSync(join(folder, '1', 'a/x_files/y.png'), 'utf8')).toBe('2');
    expect(readFileSync(join(folder, '1', 'b.txt'), 'utf8')).toBe('3');
  });

  test('is released with its window', () => {
    const files = createOfferedFiles();
    const released: string[] = [];
    files.add('main-1', '/a', { release: () => released.push('a') });
    files.add('main-2', '/b', { release: () => released.push('b') });
    files.discardAll('main-1');
    expect(released).toEqual(['a']);
  });
});

describe('names', () => {
  test.each([
    ['柳泉县 2023', '柳泉县 2023'],
    ['ئەمگەك', 'ئەمگەك'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['../../etc/passwd', 'etc passwd'],
    ['..', 'project'],
    ['CON', 'project CON'],
    ['nul.txt', 'project nul.txt'],
    ['trailing. ', 'trailing'],
    ['\u202eright\u0000to left', 'right to left'],
  ])('%j becomes %j', (title, name) => {
    expect(fileNameOf(title)).toBe(name);
  });

  test('a long name is cut between characters', () => {
    expect(fileNameOf(`a${'𠀀'.repeat(60)}`)).toBe(`a${'𠀀'.repeat(39)}`);
  });

  test('a name in use gets a number', () => {
    const folder = tempFolder();
    for (const name of ['a.x', 'a 2.x']) mkdirSync(join(folder, name));
    expect(freePath(folder, 'a', '.x')).toBe(join(folder, 'a 3.x'));
    expect(freePath(folder, 'b', '.x')).toBe(join(folder, 'b.x'));
  });

  test('a project file is recognised by its suffix', () => {
    expect([isProjectFile('/a/B.SBK'), isProjectFile('/a/b.sourcebook')]).toEqual([true, false]);
  });

  test('an attachment can have any name, encoded for its header', () => {
    expect(attachment('a".pdf\r\nx: y')).toBe(
      `attachment; filename="a_.pdf__x: y"; filename*=UTF-8''a%22.pdf%0D%0Ax%3A%20y`,
    );
    expect(attachment('柳泉.pdf')).toBe(`attachment; filename="__.pdf"; filename*=UTF-8''%E6%9F%B3%E6%B3%89.pdf`);
  });
});

test('paths on a command line are distinguished from options and from the program itself', () => {
  expect(pathsOf(['electron', '.', '--inspect=0', 'a.sbk', '/b'], '/work', false)).toEqual(['/work/a.sbk', '/b']);
  expect(pathsOf(['sourcebook', 'a.sbk'], '/work', true)).toEqual(['/work/a.sbk']);
});
