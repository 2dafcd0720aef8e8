import { expect, it } from 'vitest';
import { newId } from '../../../../electron/db/index.ts';
import type { Edit } from '../../../../electron/db/types.ts';
import { figureIdOf } from '../../../../electron/project/figures/cards.ts';
import { openOriginals } from '../../../../electron/project/files/originals.ts';
import { decodeLayerFile, encodeLayerFile } from '../../../../shared/text/layer-file.ts';
import { addFile, categoriesOf, copyFor, mark, openFor, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';

const TEXT = '流转土地4.8万亩，完成年度任务。工人自愿参加，收入增长。\n';

/** Ann's project with a passage, and Mallory's copy of it, closed. */
async function copied() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', TEXT);
  if (source.layer === null) throw new Error('The file has text');
  const categories = await categoriesOf(ann, 'TRF.PAIR');
  const passage = await mark(ann, source.id, '工人自愿参加', { categories });
  const mallory = await copyFor(ann, 'Mallory');
  const write = async (edits: readonly Edit[]): Promise<void> => {
    await mallory.engine.close();
    writeBehind(mallory.folder, mallory.person, 'Tidy up', [...edits]);
  };
  return { ann, folder, person, source, layer: source.layer, passage, mallory, write };
}

it('names a layer that the incoming log gives another text, in the preview and after merging', async () => {
  const { ann, layer, source, passage, mallory, write } = await copied();
  const { sha256 } = await mallory.engine.call('layers.get', { id: layer });
  const files = openOriginals(mallory.folder);
  const decoded = decodeLayerFile(files.readLayer(sha256));
  const pages = decoded.pages.map((page) => ({ ...page, text: page.text.replace('自愿', '被迫') }));
  const forged = files.putLayer(encodeLayerFile({ ...decoded, pages }));
  await write([
    { entity: 'layer', id: layer, field: 'sha256', value: forged },
    { entity: 'passage', id: passage.id, field: 'anchor', value: { ...passage.anchor, exact: '工人被迫参加' } },
  ]);
  const { replaced } = await ann.call('merge.preview', { path: mallory.folder });
  expect(replaced).toEqual([
    {
      entity: 'layer',
      source: source.id,
      title: 'report.txt',
      commit: expect.any(String),
      person: 'Mallory',
      message: expect.stringMatching(
        /^The text of “report.*” was replaced by Mallory: it isn’t the text that was added\.$/u,
      ),
    },
  ]);
  const report = await ann.call('merge.apply', { path: mallory.folder });
  expect(report.replaced).toEqual(replaced);
  expect((await ann.call('project.verify', {})).ok).toBe(false);
  await ann.call('merge.undo', { id: report.id ?? '' });
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: true });
  // What is here is not named by the next merge.
  expect((await ann.call('merge.preview', { path: (await copyFor(ann, 'Bob')).folder })).replaced).toEqual([]);
});

it('names a layer whose new file is in neither copy, and a source with another original', async () => {
  const { ann, layer, source, mallory, write } = await copied();
  await write([
    { entity: 'layer', id: layer, field: 'sha256', value: 'ab'.repeat(32) },
    { entity: 'source', id: source.id, field: 'sha256', value: 'cd'.repeat(32) },
  ]);
  const { replaced } = await ann.call('merge.preview', { path: mallory.folder });
  expect(replaced.map(({ entity }) => entity).toSorted()).toEqual(['layer', 'source']);
  expect(replaced.find(({ entity }) => entity === 'source')?.message).toMatch(/^The original of .* by Mallory/u);
});

it('doesn’t name a layer that has its text in another file', async () => {
  const { ann, layer, mallory, write } = await copied();
  const { sha256 } = await mallory.engine.call('layers.get', { id: layer });
  const files = openOriginals(mallory.folder);
  const decoded = decodeLayerFile(files.readLayer(sha256));
  const pages = decoded.pages.map((page) => ({ ...page, rotation: 90 as const }));
  const same = files.putLayer(encodeLayerFile({ ...decoded, pages }));
  expect(same).not.toBe(sha256);
  await write([{ entity: 'layer', id: layer, field: 'sha256', value: same }]);
  expect((await ann.call('merge.preview', { path: mallory.folder })).replaced).toEqual([]);
});

it('names new passages and figures that quote what is not in their text, as verifying does, and none that do', async () => {
  const { ann, layer, source, mallory, write } = await copied();
  await mark(mallory.engine, source.id, '流转土地');
  const [passage, place] = [newId(), { start: 0, end: 6 }];
  const exact = '工人被迫参加';
  const anchor = { kind: 'text', ...place, exact, prefix: '', suffix: '', page: 1, quads: [], layer };
  const on = { source: source.id, layer, anchor };
  const fields = (entity: 'passage' | 'figure', id: string): Edit[] =>
    Object.entries(on).map(([field, value]): Edit => ({ entity, id, field: field as keyof typeof on, value }));
  await write([
    ...fields('passage', passage),
    { entity: 'passage', id: passage, field: 'person', value: mallory.person.id },
    ...fields('figure', figureIdOf(layer, place)),
  ]);
  const messages = ['The figure', 'The quotation'].map((what) =>
    expect.stringMatching(
      new RegExp(`^${what} “${exact}” in “report.*”, which Mallory signed, isn’t in the text`, 'u'),
    ),
  );
  const { replaced, byOthers, moved } = await ann.call('merge.preview', { path: mallory.folder });
  expect([byOthers, moved]).toEqual([[], []]);
  expect(replaced.map(({ message }) => message).toSorted()).toEqual(messages);
  expect((await ann.call('merge.apply', { path: mallory.folder })).replaced).toEqual(replaced);
  expect((await ann.call('project.verify', {})).failures.map(({ kind }) => kind)).toEqual(['anchor', 'anchor']);
});

it('says which passages of others were moved to other words, with both quotations', async () => {
  const { ann, person, source, passage, mallory } = await copied();
  const own = await mark(mallory.engine, source.id, '收入增长');
  const start = TEXT.indexOf('流转土地');
  const marked = { kind: 'text' as const, start, end: start + 4 };
  await mallory.engine.call('passages.reshape', { id: passage.id, marked });
  await mallory.engine.call('passages.reshape', { id: own.id, marked: { ...marked, end: start + 9 } });
  await mallory.engine.close();
  const { moved, byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers).toEqual([]);
  expect(moved).toEqual([
    {
      passage: passage.id,
      commit: expect.any(String),
      person: 'Ann',
      by: 'Mallory',
      before: '工人自愿参加',
      after: '流转土地',
    },
  ]);
  expect((await ann.call('merge.apply', { path: mallory.folder })).moved).toEqual(moved);
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: true });
  // Ann moves her own back, and Bob merges that.
  const bob = await copyFor(ann, 'Bob');
  const back = TEXT.indexOf('工人自愿参加');
  await ann.call('passages.reshape', { id: passage.id, marked: { kind: 'text', start: back, end: back + 6 } });
  const sent = await copyFor(ann, 'Cleo');
  expect((await bob.engine.call('merge.preview', { path: sent.folder })).moved).toEqual([]);
  expect(person.id).toBe(passage.person);
});

it('names commits dated more than a day before those they follow', async () => {
  const { ann, mallory, source } = await copied();
  await mallory.engine.close();
  const dated = async (ago: number, words: string): Promise<void> => {
    const engine = await openFor(mallory.folder, mallory.person, { now: () => Date.now() - ago });
    await mark(engine, source.id, words);
    await engine.close();
  };
  await dated(3_600_000, '流转土地');
  expect((await ann.call('merge.preview', { path: mallory.folder })).early).toEqual([]);
  await dated(30 * 86_400_000, '年度任务');
  const { early } = await ann.call('merge.preview', { path: mallory.folder });
  expect(early).toEqual([{ commit: expect.any(String), person: 'Mallory', at: expect.any(Number) }]);
});
