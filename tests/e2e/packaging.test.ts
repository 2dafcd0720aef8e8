import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../electron/workers/pool.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const root = resolve(import.meta.dirname, '../..');

/** @electron/fuses finds the fuses in the binary by this mark; version, count and one character for each follow. */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Off, on: what each fuse shall be, in the order of the fuse wire. */
const FUSES = {
  runAsNode: '0',
  cookieEncryption: '1',
  nodeOptions: '0',
  nodeCliInspect: '0',
  asarIntegrity: '1',
  onlyLoadAppFromAsar: '1',
  browserV8Snapshot: '0',
  fileProtocolPrivileges: '0',
};

/**
 * electron-builder with electron-builder.yml on the built program, around an Electron that is a file with fuses and
 * nothing else: what is packed, what lies outside the archive, and whether it works from there.
 */
describe.runIf(process.platform === 'linux')('the packaged program', () => {
  let folder = '';
  let app = '';

  beforeAll(() => {
    folder = makeFolder();
    const electron = join(folder, 'electron');
    mkdirSync(join(electron, 'resources'), { recursive: true });
    writeFileSync(join(electron, 'electron'), `${FUSE_MARK}\u0001\u000910111111190000`, { mode: 0o755 });
    const builder = [
      join(root, 'node_modules/electron-builder/cli.js'),
      '--publish=never',
      '--linux=dir',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${join(folder, 'dist')}`,
    ];
    const packed = spawnSync(process.execPath, builder, { cwd: root, encoding: 'utf8' });
    if (packed.status !== 0) throw new Error(`electron-builder ended with ${packed.status}: ${packed.stderr}`);
    const arch = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;
    app = join(folder, 'dist', arch);
  });

  afterAll(() => removeFolder(folder));

  it('has every fuse set as in electron-builder.yml', () => {
    const binary = readFileSync(join(app, 'sourcebook'), 'latin1');
    const wire = binary.slice(binary.indexOf(FUSE_MARK) + FUSE_MARK.length + 2);
    const found = Object.fromEntries(Object.keys(FUSES).map((name, index) => [name, wire[index]]));
    expect(found).toEqual(FUSES);
  });

  it('starts workers from outside the archive, with their imports, and reads the same from a PDF', async () => {
    const outside = join(app, 'resources/app.asar.unpacked');
    const input = { path: join(root, 'electron/sample/files/work-report.pdf'), passwords: [] };
    const packed = createPool({ size: 1, worker: pathToFileURL(join(outside, 'out/main/pool-worker.js')) });
    const source = createPool({ size: 1 });
    try {
      const [there, here] = await Promise.all([packed.run('pdf', input), source.run('pdf', input)]);
      expect(there).toMatchObject({ ok: true });
      expect(there).toEqual(here);
    } finally {
      await Promise.all([packed.close(), source.close()]);
    }
  });

  it('contains no package that is not needed beside the bundle', () => {
    const modules = join(app, 'resources/app.asar.unpacked/node_modules');
    expect(existsSync(join(modules, 'better-sqlite3/prebuilds'))).toBe(true);
    for (const name of ['node', 'react', 'electron', 'typescript'])
      expect(existsSync(join(modules, name)), name).toBe(false);
  });
});
