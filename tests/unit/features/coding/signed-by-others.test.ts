import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { definitionDigest } from '../../../../electron/project/codebook/digest.ts';
import { query } from '../../../../electron/db/types.ts';
import { categoriesOf, mark, openFor, somebody } from '../../../support/project.ts';
import { codedProject } from './support.ts';

it('agreement and differences count a tag that a changed program wrote in another’s name as of whoever signed it', async () => {
  const [ann, ben, cleo] = [somebody('Ann'), somebody('Ben'), somebody('Cleo')];
  const { folder, engine, report } = await codedProject(ann);
  const [land, training] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  if (land === undefined || training === undefined) expect.fail('There are such categories.');
  const passage = await mark(engine, report.id, '培训两周后进入工厂', { categories: [training] });
  await engine.close();
  const second = await openFor(folder, ben);
  await mark(second, report.id, '流转土地4.8万亩', { categories: [land] });
  const coders = [ann.id, ben.id];
  const before = await second.call('agreement.report', { coders });
  const differences = await second.call('agreement.differences', { coders });
  await second.close();
  const changed = openProject({ folder, person: cleo });
  const tag = newId();
  changed.write.commit('Written by a changed program', [
    { entity: 'tag', id: tag, field: 'passage', value: passage.id },
    { entity: 'tag', id: tag, field: 'category', value: training },
    { entity: 'tag', id: tag, field: 'person', value: ben.id },
  ]);
  changed.close();
  const open = await openFor(folder, ann);
  expect(await open.call('agreement.report', { coders })).toEqual(before);
  expect(await open.call('agreement.differences', { coders })).toEqual(differences);
  expect((await open.call('agreement.report', {})).coders.map(({ name }) => name)).toContain('Cleo');
});

it('a tag is confirmed under the present definition by its person alone: what a changed program wrote there leaves it listed', async () => {
  const [ann, ben] = [somebody('Ann'), somebody('Ben')];
  const { folder, engine, report } = await codedProject(ann);
  const [land] = await categoriesOf(engine, 'LND.RIGHTS');
  if (land === undefined) expect.fail('There is such a category.');
  const passage = await mark(engine, report.id, '流转土地4.8万亩', { categories: [land] });
  await engine.call('categories.edit', { id: land, patch: { definition: 'Only use rights.' } });
  const now = (await engine.call('codebook.get', {})).categories.find(({ id }) => id === land);
  if (now === undefined) expect.fail('It is still there.');
  const listed = await engine.call('tags.stale', {});
  expect(listed.tags).toHaveLength(1);
  await engine.close();
  const changed = openProject({ folder, person: ben });
  const [tag] = changed.read.all(query<Record<string, never>, { id: string }>('test', 'SELECT id FROM p_tag'), {});
  changed.write.commit('Written by a changed program', [
    { entity: 'tag', id: tag?.id ?? '', field: 'confirmed', value: definitionDigest(now) },
  ]);
  changed.close();
  const open = await openFor(folder, ann);
  expect(await open.call('tags.stale', {})).toEqual(listed);
  await open.call('tags.confirm', { tags: [{ passage: passage.id, category: land }] });
  expect((await open.call('tags.stale', {})).tags).toEqual([]);
});
