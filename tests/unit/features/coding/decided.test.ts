import { expect, it } from 'vitest';
import { addFile, categoriesOf, mark, newFolder, openFor, somebody } from '../../../support/project.ts';

it('a decision has nothing of people who gave none there and were not compared', async () => {
  const [ann, ben, cleo] = [somebody('Ann'), somebody('Ben'), somebody('Cleo')];
  const folder = newFolder({ person: ann });
  let engine = await openFor(folder, ann);
  const { id: source } = await addFile(
    engine,
    'report.txt',
    '流转土地4.8万亩。培训两周后进入工厂。全年转移就业八百人。\n',
  );
  const [land, training] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  if (land === undefined || training === undefined) throw new Error('The codebook has them');
  await mark(engine, source, '流转土地', { categories: [land] });
  const { id: passage } = await mark(engine, source, '培训两周', { categories: [training] });
  for (const [person, words] of [
    [ben, '流转土地4.8万亩'],
    [cleo, '全年转移'],
  ] as const) {
    await engine.close();
    engine = await openFor(folder, person);
    await mark(engine, source, words, { categories: [land] });
  }
  const { differences } = await engine.call('agreement.differences', { coders: [ann.id, ben.id] });
  const coders = differences.find((one) => one.passage === passage)?.coders.map(({ person }) => person) ?? [];
  const decide = (more: object) =>
    engine.call('adjudications.decide', { passage, categories: [training], reason: 'It is.', ...more });
  const whoIn = ({ compared }: Awaited<ReturnType<typeof decide>>) => new Set(compared.map(({ person }) => person));
  expect(whoIn(await decide({}))).toEqual(new Set([ann.id, ben.id, cleo.id]));
  expect(whoIn(await decide({ coders }))).toEqual(new Set([ann.id, ben.id]));
  // What was given there is kept, whoever is compared.
  expect(whoIn(await decide({ coders: [ben.id] }))).toEqual(new Set([ann.id, ben.id]));
});
