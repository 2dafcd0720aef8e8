import { join } from 'node:path';
import { expect, it } from 'vitest';
import { layerIdOf } from '../../../electron/project/ids.ts';
import { layersOfPassages, passagesToVerify } from '../../../electron/features/project/queries.ts';
import { openOriginals } from '../../../electron/project/files/originals.ts';
import { textSha256 } from '../../../electron/formats/layer.ts';
import type { Edit } from '../../../electron/db/types.ts';
import { decodeLayerFile, encodeLayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { project } from '../db/support.ts';
import { addFile, codeOf, mark, openFor, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { writeBehind } from '../../support/review.ts';

const TEXT = '工人自愿参加，收入增长。\n';

/** A project with one text file, closed, and a layer file in it that says other words. */
async function withForgedLayer() {
  const { engine, folder, person } = await testProject();
  const source = await addFile(engine, 'report.txt', TEXT);
  if (source.layer === null) throw new Error('The file has text');
  const { sha256 } = await engine.call('layers.get', { id: source.layer });
  await engine.close();
  const files = openOriginals(folder);
  const layer = decodeLayerFile(files.readLayer(sha256));
  const pages = layer.pages.map((page) => ({ ...page, text: page.text.replace('自愿', '被迫') }));
  const bytes = encodeLayerFile({ ...layer, pages });
  return { folder, person, files, source, layer: source.layer, bytes, forged: files.putLayer(bytes) };
}

it('a layer that was given another text is found by verifying', async () => {
  const { folder, person, source, layer, forged } = await withForgedLayer();
  writeBehind(folder, person, 'Tidy up', [{ entity: 'layer', id: layer, field: 'sha256', value: forged }]);
  const engine = await openFor(folder, person);
  await mark(engine, source.id, '工人被迫参加');
  const { ok, failures } = await engine.call('project.verify', {});
  expect(ok).toBe(false);
  expect(failures).toEqual([{ kind: 'layer', id: forged, message: expect.stringContaining('was replaced') }]);
  const at = tempFolder();
  const file = join(at, 'sent.sbk');
  await engine.call('projectFile.export', { path: file });
  const imported = importProjectFile({ file, folder: join(at, 'There.sourcebook'), person });
  expect(await codeOf(imported)).toBe('DAMAGED');
});

it('a second layer of a text file, with words that aren’t in the original, is found too', async () => {
  const { folder, person, source, bytes, forged } = await withForgedLayer();
  const file = openLayerFile(bytes);
  const id = layerIdOf(source.id, file.engine, file.version, textSha256(file));
  const fields = {
    source: source.id,
    engine: file.engine,
    version: file.version,
    sha256: forged,
    length: file.length,
    pageCount: 1,
    hasText: true,
    notes: [],
  };
  writeBehind(folder, person, 'Extract text again', [
    ...Object.entries(fields).map(([field, value]) => ({ entity: 'layer', id, field, value }) as Edit),
    { entity: 'source', id: source.id, field: 'layer', value: id },
  ]);
  const engine = await openFor(folder, person);
  await mark(engine, source.id, '工人被迫参加');
  const { failures } = await engine.call('project.verify', {});
  expect(failures).toEqual([{ kind: 'layer', id: forged, message: expect.stringContaining('aren’t in its original') }]);
});

it('an original in whose place another file was named is found once, though every hash is right', async () => {
  const { folder, person, files, source } = await withForgedLayer();
  const engine = await openFor(folder, person);
  const other = await addFile(engine, 'other.txt', '工人被迫参加。\n');
  await engine.close();
  expect(files.hasOriginal(other.sha256)).toBe(true);
  writeBehind(folder, person, 'Tidy up', [{ entity: 'source', id: source.id, field: 'sha256', value: other.sha256 }]);
  const again = await openFor(folder, person);
  const { failures } = await again.call('project.verify', {});
  expect(failures).toEqual([{ kind: 'original', id: other.sha256, message: expect.stringContaining('was replaced') }]);
});

it('a text in an encoding that a person set is compared in that encoding', async () => {
  const { engine } = await testProject();
  const source = await addFile(engine, 'old.txt', Buffer.from('c7c8c9cacbcccdcecfd0d1d2', 'hex'));
  await engine.call('layers.remake', { source: source.id, charset: 'windows-1251', pageStyles: false });
  const { layers } = await engine.call('layers.list', { source: source.id });
  expect(layers.some(({ charset }) => charset === 'windows-1251')).toBe(true);
  expect(await engine.call('project.verify', {})).toMatchObject({ ok: true, failures: [] });
});

it('a layer whose text is no UTF-8 is a failure of its own, and what stands on it is still looked at', async () => {
  const { engine, folder, person } = await testProject();
  const source = await addFile(engine, 'report.txt', TEXT);
  const other = await addFile(engine, 'other.txt', `另一份。${TEXT}`);
  const passage = await mark(engine, source.id, '工人自愿参加');
  await mark(engine, source.id, '收入增长');
  const inOther = await mark(engine, other.id, '工人自愿参加');
  if (source.layer === null) throw new Error('The file has text');
  const { sha256 } = await engine.call('layers.get', { id: source.layer });
  await engine.close();
  const files = openOriginals(folder);
  const bytes = Buffer.from(files.readLayer(sha256));
  bytes[bytes.length - 1] = 0xff;
  const broken = files.putLayer(bytes);
  writeBehind(folder, person, 'Tidy up', [
    { entity: 'layer', id: source.layer, field: 'sha256', value: broken },
    { entity: 'passage', id: passage.id, field: 'anchor', value: { kind: 'nonsense' } },
    { entity: 'passage', id: inOther.id, field: 'source', value: source.id },
  ]);
  const again = await openFor(folder, person);
  const { failures, checked } = await again.call('project.verify', {});
  expect(checked.passages).toBe(3);
  expect(failures.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual(
    [`anchor ${passage.id}`, `anchor ${inOther.id}`, `layer ${broken}`].toSorted(),
  );
});

it('The passages of a layer are found by an index, and none is sorted', () => {
  const db = project();
  expect(db.read.plan(passagesToVerify)).toMatch(/SEARCH p_passage USING INDEX p_passage_on_layer \(onLayer=\?\)/);
  expect(db.read.plan(passagesToVerify)).not.toMatch(/TEMP B-TREE/);
  expect(db.read.plan(layersOfPassages)).toMatch(/SEARCH p_passage USING INDEX p_passage_on_layer/);
  db.close();
});
