import { expect, it } from 'vitest';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { makePdf } from '../../../support/pdf.ts';
import { addFile, testProject } from '../../../support/project.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import type { Source } from '../../../../shared/model/index.ts';

const brokenOf = async (engine: Engine, { layer }: Source): Promise<string | null> => {
  if (layer === null) throw new Error('It has no text layer');
  return (await engine.call('layers.check', { id: layer })).broken;
};

it('a layer whose letters are not those of the page is recognised when its source is opened', async () => {
  const { engine } = await testProject();
  const boxes = await addFile(engine, 'boxes.txt', '全县□□□□富余劳动力□□就业□□□，□□对口□□工作。'.repeat(4));
  expect(await brokenOf(engine, boxes)).toBe('letters');
  const good = await addFile(
    engine,
    'good.pdf',
    await makePdf([['Surplus labour was transferred to the satellite factory.']]),
  );
  expect(await brokenOf(engine, good)).toBeNull();
});

describeCorpus('the corpus', (folder) => {
  it('has no layer that is said to be broken', async () => {
    const { engine } = await testProject();
    await engine.call('import.run', { job: 'corpus', paths: [folder, corpusPath('pdf')] });
    const { sources } = await engine.call('sources.list', {});
    const withText = sources.filter(({ hasText }) => hasText);
    expect(withText.length).toBeGreaterThan(15);
    for (const source of withText)
      expect([source.fileName, await brokenOf(engine, source)]).toEqual([source.fileName, null]);
  });
});
