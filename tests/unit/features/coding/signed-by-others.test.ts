import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
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
