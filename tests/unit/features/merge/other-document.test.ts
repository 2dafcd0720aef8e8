import { expect, it } from 'vitest';
import { addFile, copyFor, mark, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';

it('says that a quotation was put under another document than the one whose text it stands in', async () => {
  const { engine: ann } = await testProject();
  const source = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const other = await addFile(ann, 'rumour.txt', '组织培训。\n');
  const passage = await mark(ann, source.id, '流转土地');
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  writeBehind(mallory.folder, mallory.person, 'Move', [
    { entity: 'passage', id: passage.id, field: 'source', value: other.id },
  ]);
  const { replaced } = await ann.call('merge.preview', { path: mallory.folder });
  expect(replaced.map(({ message }) => message)).toEqual([
    'The quotation “流转土地” in “report.txt”, which Mallory signed, is said to be in another document.',
  ]);
  const { id } = await ann.call('merge.apply', { path: mallory.folder });
  expect((await ann.call('project.verify', {})).failures).toEqual([
    { kind: 'anchor', id: passage.id, message: 'This passage’s text is another document’s than the one it names.' },
  ]);
  await ann.call('merge.undo', { id: id ?? '' });
  expect((await ann.call('project.verify', {})).ok).toBe(true);
});

it('says that a figure was put under another document, or on its text', async () => {
  const { engine: ann } = await testProject();
  const source = await addFile(ann, 'report.txt', '2023年转移就业12,640人次。\n');
  const other = await addFile(ann, 'rumour.txt', '组织培训。\n');
  const [figure] = (await ann.call('figures.ofSource', { source: source.id })).figures;
  if (figure === undefined || other.layer === null) expect.fail('There is a figure, and another text.');
  const { layer, start, end } = figure;
  const { id } = await ann.call('figures.confirm', { at: { source: source.id, layer, start, end } });
  for (const [name, field, value, title] of [
    ['Mallory', 'source', other.id, 'report.txt'],
    ['Eve', 'layer', other.layer, 'rumour.txt'],
  ] as const) {
    const forger = await copyFor(ann, name);
    await forger.engine.close();
    writeBehind(forger.folder, forger.person, 'Move', [{ entity: 'figure', id, field, value }]);
    const { replaced } = await ann.call('merge.preview', { path: forger.folder });
    expect(replaced.map(({ message }) => message)).toEqual([
      `The figure “${figure.text}” in “${title}”, which ${name} signed, is said to be in another document.`,
    ]);
    const merged = await ann.call('merge.apply', { path: forger.folder });
    expect(merged.replaced).toEqual(replaced);
    expect((await ann.call('project.verify', {})).ok).toBe(false);
    await ann.call('merge.undo', { id: merged.id ?? '' });
  }
});
