import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import { importProjectFile, verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { addFile, faultOf, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

/** Two sources; of one the original, the text or its hash is gone. */
async function lacking(what: 'original' | 'text' | 'hash', isRemoved: boolean) {
  const person = somebody('Ann');
  const { engine, folder } = await testProject({ person });
  const whole = await addFile(engine, 'whole.txt', 'Land was transferred.\n');
  const broken = await addFile(engine, 'broken.txt', 'Workers were trained.\n');
  await mark(engine, whole.id, 'Land');
  await mark(engine, broken.id, 'Workers');
  const hash = (await engine.call('layers.list', { source: broken.id })).layers[0]?.sha256 ?? '';
  if (isRemoved) await engine.call('sources.remove', { ids: [broken.id] });
  await engine.close();
  if (what === 'original') rmSync(join(folder, 'originals', broken.sha256.slice(0, 2), broken.sha256));
  if (what === 'text')
    for (const end of ['', '.zst']) rmSync(join(folder, 'layers', hash.slice(0, 2), hash + end), { force: true });
  const changed = openProject({ folder, person: somebody('Mallory') });
  if (what === 'hash')
    changed.write.commit('Written by a changed program', [
      { entity: 'source', id: broken.id, field: 'sha256', value: 'none' },
    ]);
  changed.close();
  const id = { original: broken.sha256, text: hash, hash: broken.id }[what];
  return { engine: await openFor(folder, person), id, out: join(tempFolder(), 'out.sbk') };
}

describe('A project that lacks a file', () => {
  it.each([
    ['original', false],
    ['original', true],
    ['text', false],
    ['text', true],
    ['hash', false],
    ['hash', true],
  ] as const)(
    'is exported without it, with its name, and can be imported: %s, removed: %s',
    async (what, isRemoved) => {
      const { engine, id, out } = await lacking(what, isRemoved);
      const { missing } = await engine.call('projectFile.export', { path: out });
      expect(missing).toEqual([
        {
          id,
          message: expect.stringMatching(
            /is missing\. Restore it from a backup or a colleague’s project file\.$|^Can’t read the hash of “/,
          ),
        },
      ]);

      const folder = join(tempFolder(), 'Theirs.sourcebook');
      await importProjectFile({ file: out, folder, person: somebody('Ben') });
      const theirs = await openFor(folder, somebody('Ben'));
      expect(await theirs.call('project.verify', {})).toMatchObject({ ok: false, failures: [{ id }] });
      expect((await verifyProjectFile(out, somebody('Ben'))).failures).toMatchObject([{ id }]);
      expect((await theirs.call('merge.preview', { path: out })).adds).toBe(0);
      await engine.call('projectFile.export', { path: out, replace: true, options: { pseudonyms: true } });
    },
  );

  it('gives a blind coder no source whose original is missing', async () => {
    const { engine, out } = await lacking('original', false);
    const input = { coder: 'Ben', sample: 'sources', path: out };
    expect((await faultOf(engine.call('assignments.create', input))).code).toBe('DAMAGED');
  });
});
