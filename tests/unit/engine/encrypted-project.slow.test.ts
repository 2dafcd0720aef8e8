import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { decryptProject, encryptProject, type EncryptProgress } from '../../../electron/engine/encrypted-project.ts';
import { openEngine } from '../../../electron/engine/engine.ts';
import { openHome } from '../../../electron/host/home.ts';
import { filesOf, projects } from '../../../electron/host/project-folders.ts';
import { createWorkbench } from '../../../electron/host/workbench.ts';
import { testHost } from '../../support/host.ts';
import { encryptStream } from '../../../electron/formats/age/index.ts';
import { bytesOf } from '../../../electron/formats/age/index.ts';
import { tarOf } from '../../../electron/formats/tar/index.ts';
import { addFile, mark, newFolder, openFor, somebody } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const person = somebody('Ann');
const passphrase = 'seven random words';
const installation = 'a'.repeat(32);
const work = 8;

async function aProject(): Promise<string> {
  const folder = newFolder({ at: tempFolder(), person });
  const engine = await openFor(folder, person);
  const { id } = await addFile(engine, 'report.txt', 'Land was transferred. Workers were trained.');
  await mark(engine, id, 'Land was transferred');
  await engine.call('project.backUp', {});
  await engine.call('view.set', { key: 'place', value: 'read' });
  await engine.close();
  return folder;
}
/** Every file of a folder with its bytes, but for locks and the cache. */
function contentOf(folder: string): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = all.map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
  return Object.fromEntries(
    paths
      .filter((path) => !/^(?:cache|lock\.sqlite|holder)/.test(path))
      .map((path) => [path, readFileSync(join(folder, path)).toString('base64')]),
  );
}
/** Encrypts a project in a process of its own, which is killed after this step. */
function killAt(step: string, folder: string): void {
  const module = fileURLToPath(new URL('../../../electron/engine/encrypted-project.ts', import.meta.url));
  const script = `
    import { encryptProject } from ${JSON.stringify(module)};
    await encryptProject({ folder: ${JSON.stringify(folder)}, passphrase: ${JSON.stringify(passphrase)}, installation: ${JSON.stringify(installation)}, work: ${work},
      onStep: (step) => step === ${JSON.stringify(step)} && process.kill(process.pid, 'SIGKILL') });`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(ended.signal, ended.stderr).toBe('SIGKILL');
}
async function stateOf(folder: string) {
  const engine = await openEngine({ folder, person, installation });
  try {
    const { head } = await engine.call('project.info', {});
    const { ok } = await engine.call('project.verify', {});
    return { head, ok };
  } finally {
    await engine.close();
  }
}

it('becomes one age file that gives back every byte of the folder', async () => {
  const folder = await aProject();
  const [content, state] = [contentOf(folder), await stateOf(folder)];
  const before = contentOf(folder);
  expect(Object.keys(content)).toEqual(expect.arrayContaining(['project.sqlite', expect.stringMatching(/^backups/)]));
  const file = await encryptProject({ folder, passphrase, installation, work });
  expect(file).toBe(`${folder}.age`);
  expect(readdirSync(dirname(folder))).toEqual([`${folder.slice(dirname(folder).length + 1)}.age`]);
  expect(readFileSync(file).includes('Land was transferred')).toBe(false);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);

  await expect(decryptProject({ file, folder, passphrase: 'other words here', installation })).rejects.toMatchObject({
    data: { code: 'PASSWORD_WRONG' },
  });
  expect(existsSync(folder)).toBe(false);
  await decryptProject({ file, folder, passphrase, installation });
  expect(contentOf(folder)).toEqual(before);
  expect(await stateOf(folder)).toEqual({ ...state, ok: true });
  await expect(decryptProject({ file, folder, passphrase, installation })).rejects.toMatchObject({
    data: { code: 'EXISTS' },
  });
});

it('replaces its own earlier file, and no other', async () => {
  const folder = await aProject();
  const file = await encryptProject({ folder, passphrase, installation, work });
  await decryptProject({ file, folder, passphrase, installation });
  expect(await encryptProject({ folder, passphrase, installation, work })).toBe(file);

  await decryptProject({ file, folder, passphrase, installation });
  const stranger = Buffer.from('somebody else’s file');
  writeFileSync(file, stranger);
  const second = await encryptProject({ folder, passphrase, installation, work });
  expect(second).not.toBe(file);
  expect(readFileSync(file)).toEqual(stranger);
  await decryptProject({ file: second, folder, passphrase, installation });
  expect((await stateOf(folder)).ok).toBe(true);
});

it('leaves a project as it is that is open or has a link, or for a short passphrase', async () => {
  const folder = await aProject();
  const before = contentOf(folder);
  const refused = async (code: string, given = passphrase): Promise<void> => {
    await expect(encryptProject({ folder, passphrase: given, installation, work })).rejects.toMatchObject({
      data: { code },
    });
    expect(readdirSync(dirname(folder))).toHaveLength(1);
  };
  await refused('BAD_INPUT', 'short');
  const engine = await openFor(folder, person);
  await refused('PROJECT_LOCKED');
  await engine.close();
  expect(contentOf(folder)).toEqual(before);
  if (process.platform !== 'win32') {
    symlinkSync('/etc/hostname', join(folder, 'link'));
    await refused('NOT_ALLOWED');
  }
});

it('leaves a project as it is if an original isn’t what its name says', async () => {
  const folder = await aProject();
  const original = Object.keys(contentOf(folder)).find((path) => path.startsWith('originals/')) ?? '';
  chmodSync(join(folder, original), 0o600);
  writeFileSync(join(folder, original), 'altered');
  await expect(encryptProject({ folder, passphrase, installation, work })).rejects.toMatchObject({
    data: { code: 'DAMAGED' },
  });
  expect(readdirSync(dirname(folder))).toHaveLength(1);
});

it('a file that was altered, cut off or leads out of its folder makes no project', async () => {
  const folder = await aProject();
  const file = await encryptProject({ folder, passphrase, installation, work });
  const bytes = readFileSync(file);
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bytes.length - 2000) ^ 1, bytes.length - 2000);
  for (const changed of [flipped, bytes.subarray(0, bytes.length - 20_000)]) {
    writeFileSync(file, changed);
    await expect(decryptProject({ file, folder, passphrase, installation })).rejects.toMatchObject({
      data: { code: 'DAMAGED' },
    });
    expect(readdirSync(dirname(folder))).toHaveLength(1);
  }
  const evil = join(tempFolder(), 'evil.sourcebook.age');
  const entry = { path: '../outside', size: 3, mode: 0o600, mtime: 0 };
  const out = tarOf([entry], async function* () {
    yield Buffer.from('out');
  });
  await encryptStream(bytesOf(out), evil, { passphrase, work });
  await expect(decryptProject({ file: evil, folder, passphrase, installation })).rejects.toMatchObject({
    data: { code: 'NOT_ALLOWED' },
  });
  expect(existsSync(join(dirname(folder), 'outside'))).toBe(false);
});

it('tells its progress, and cancelled while it writes or compares leaves the project as it was', async () => {
  const folder = await aProject();
  const before = contentOf(folder);
  for (const phase of ['encrypting', 'comparing'] as const) {
    let cancelled = false;
    const told: EncryptProgress[] = [];
    const onProgress = (progress: EncryptProgress): void => {
      told.push(progress);
      cancelled ||= progress.phase === phase;
    };
    const onStep = (): void => void (cancelled ||= phase === 'comparing');
    const options = { folder, passphrase, installation, work, onProgress, onStep, isCancelled: () => cancelled };
    await expect(encryptProject(options)).rejects.toMatchObject({ data: { code: 'CANCELLED' } });
    expect(told[0]).toMatchObject({ phase: 'encrypting', total: expect.any(Number) });
    expect(contentOf(folder)).toEqual(before);
    expect(readdirSync(dirname(folder))).toHaveLength(1);
  }
  const told: EncryptProgress[] = [];
  await encryptProject({ folder, passphrase, installation, work, onProgress: (progress) => told.push(progress) });
  const last = told.at(-1);
  expect(last).toMatchObject({ phase: 'comparing', done: last?.total });
});

it.skipIf(process.platform === 'win32')(
  'what a kill leaves is cleared away when the program starts: only what it named itself',
  async () => {
    for (const at of ['written', 'moved'] as const) {
      const folder = await aProject();
      killAt(at, folder);
      const around = dirname(folder);
      const own = ['notes.part-1.txt', 'county.sourcebook.part-bbbbbbbb-1-00000000', '.county.part'];
      for (const name of own) writeFileSync(join(around, name), 'kept');
      const kept = [...own, `${basename(folder)}${at === 'moved' ? '.age' : ''}`].sort();
      expect(readdirSync(around), at).toHaveLength(kept.length + 1);
      const home = openHome({ SOURCEBOOK_HOME: tempFolder() });
      home.remember({ folder, title: 'County', sources: 1 });
      const { shell, folder: renderer } = testHost();
      createWorkbench({ home: { ...home, installation: () => installation }, shell, projects, filesOf, renderer });
      await vi.waitFor(() => expect(readdirSync(around).sort(), at).toEqual(kept), { timeout: 20_000 });
    }
  },
  120_000,
);

it.skipIf(process.platform === 'win32')(
  'killed after any step, it loses nothing: the folder or the file is whole',
  async () => {
    for (const at of ['written', 'verified', 'named', 'moved']) {
      const folder = await aProject();
      const state = await stateOf(folder);
      killAt(at, folder);
      const file = `${folder}.age`;
      expect(existsSync(folder), at).toBe(at !== 'moved');
      expect(existsSync(file), at).toBe(at === 'named' || at === 'moved');
      if (!existsSync(folder)) await decryptProject({ file, folder, passphrase, installation });
      expect(await stateOf(folder), at).toEqual({ ...state, ok: true });
      // The next time clears away what was left behind.
      await encryptProject({ folder, passphrase, installation, work });
      expect(readdirSync(dirname(folder)), at).toHaveLength(1);
    }
  },
  240_000,
);
