import { expect, it } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import { type Edit, query } from '../../../electron/db/types.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { addFile, copyFor, openFor, somebody, type TestProject, testProject } from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';

const TEXT = '2023年，于田县转移就业12,640人次，完成年度任务12,000人次的105.3%。';

type Placed = Awaited<ReturnType<typeof figureIn>>;
const placeOf = ({ sourceId, layer, start, end }: Pick<Placed, 'sourceId' | 'layer' | 'start' | 'end'>) => ({
  source: sourceId,
  layer,
  start,
  end,
});

async function figureIn(engine: Engine) {
  const [source] = (await engine.call('sources.list', {})).sources;
  const [figure] = source === undefined ? [] : (await engine.call('figures.ofSource', { source: source.id })).figures;
  if (figure === undefined) throw new Error('No figure');
  return figure;
}
async function relationIn(engine: Engine) {
  const { sourceId } = await figureIn(engine);
  const [relation] = (await engine.call('relations.ofSource', { source: sourceId })).relations;
  if (relation === undefined) throw new Error('No relation');
  return relation;
}

/** Says that the first figure and the first relation are right. */
async function confirm(engine: Engine): Promise<void> {
  await engine.call('figures.confirm', { at: placeOf(await figureIn(engine)) });
  const { operation, inputs, printed } = await relationIn(engine);
  const of = { operation, inputs: inputs.map(placeOf), printed: printed === null ? null : placeOf(printed) };
  await engine.call('relations.confirm', { of });
}

/** Where both stand. */
const states = async (engine: Engine) => [(await figureIn(engine)).state, (await relationIn(engine)).state];

async function confirmed() {
  const { engine: ann, folder, person } = await testProject();
  await addFile(ann, 'report.txt', TEXT);
  await confirm(ann);
  const ben = await copyFor(ann, 'Ben');
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  return { ann, folder, person, ben, mallory };
}

interface Row {
  readonly id: string;
  readonly on: string;
  readonly basis: string;
}
/** What was said of the figure and of the relation, as the log has it. */
function said({ folder, person }: Pick<TestProject, 'folder' | 'person'>) {
  const db = openProject({ folder, person });
  const [figure] = db.read.all(
    query<{}, Row & { subject: string }>('test', 'SELECT id, figure AS "on", basis, subject FROM p_figurecheck'),
    {},
  );
  const [relation] = db.read.all(query<{}, Row>('test', 'SELECT id, relation AS "on", basis FROM p_relationcheck'), {});
  db.close();
  if (figure === undefined || relation === undefined) throw new Error('Nothing was said');
  return { figure, relation };
}

const edits = (entity: 'figurecheck' | 'relationcheck', id: string, values: object): Edit[] =>
  Object.entries(values).map(([field, value]) => ({ entity, id, field, value: value as string }) as Edit);

async function merged(ann: Engine, { folder, person }: TestProject, all: readonly Edit[]): Promise<void> {
  writeBehind(folder, person, 'Edit', all);
  await ann.call('merge.apply', { path: folder });
}

it('what a changed program says of a figure and a relation in another’s name makes no review', async () => {
  const { ann, ben, mallory } = await confirmed();
  const { figure, relation } = said(mallory);
  const inHisName = (one: Row & { subject?: string }) => ({
    verdict: 'confirmed',
    basis: JSON.parse(one.basis) as object,
    ...(one.subject === undefined ? {} : { subject: one.subject }),
    person: ben.person.id,
    deleted: false,
  });
  await merged(ann, mallory, [
    ...edits('figurecheck', newId(), { figure: figure.on, ...inHisName(figure) }),
    ...edits('relationcheck', newId(), { relation: relation.on, ...inHisName(relation) }),
  ]);
  expect(await states(ann)).toEqual(['confirmed', 'confirmed']);
  expect((await ann.call('project.verify', {})).failures.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^A decision on a (figure|relation) in .* name is signed by Mallory/),
    ]),
  );
  // His own word counts.
  await confirm(ben.engine);
  await ann.call('merge.apply', { path: ben.folder });
  expect(await states(ann)).toEqual(['reviewed', 'reviewed']);
});

it('what somebody said stays their word where another changes it, and stays taken back where another restores it', async () => {
  const { ann, mallory } = await confirmed();
  const { figure, relation } = said(mallory);
  await merged(ann, mallory, [
    ...edits('figurecheck', figure.id, { verdict: 'dismissed' }),
    ...edits('relationcheck', relation.id, { verdict: 'dismissed' }),
  ]);
  expect(await states(ann)).toEqual(['confirmed', 'confirmed']);
  await ann.call('figures.withdraw', { id: (await figureIn(ann)).id });
  await ann.call('relations.withdraw', { id: (await relationIn(ann)).id });
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.close();
  await merged(ann, eve, [
    ...edits('figurecheck', figure.id, { verdict: 'confirmed', deleted: false }),
    ...edits('relationcheck', relation.id, { verdict: 'confirmed', deleted: false }),
  ]);
  expect(await states(ann)).toEqual(['found', 'found']);
});

it('what somebody said against a figure or a relation stands where another removes it, and the merge says who did', async () => {
  const { ann, ben, folder } = await confirmed();
  await ben.engine.call('merge.apply', { path: folder });
  await ben.engine.call('figures.return', { id: (await figureIn(ben.engine)).id, reason: 'Per month?' });
  await ben.engine.call('relations.return', { id: (await relationIn(ben.engine)).id, reason: 'Another year' });
  await ann.call('merge.apply', { path: ben.folder });
  expect(await states(ann)).toEqual(['returned', 'returned']);
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.close();
  const db = openProject({ folder: eve.folder, person: eve.person });
  const bens = (['figurecheck', 'relationcheck'] as const).flatMap((entity) =>
    db.read
      .all(query<{}, { id: string }>('test', `SELECT id FROM p_${entity} WHERE verdict <> 'confirmed'`), {})
      .flatMap(({ id }) => edits(entity, id, { deleted: true })),
  );
  db.close();
  writeBehind(eve.folder, eve.person, 'Tidy up', bens);
  const { conclusions } = await ann.call('merge.preview', { path: eve.folder });
  expect(conclusions.map(({ message }) => message)).toEqual([
    expect.stringContaining('Eve removed what Ben said (returned): '),
    expect.stringContaining('Eve removed what Ben said (returned): '),
  ]);
  await ann.call('merge.apply', { path: eve.folder });
  expect(await states(ann)).toEqual(['returned', 'returned']);
});

it('a second key on the same installation makes no second person', async () => {
  const ann = somebody('Ann');
  const { engine, folder } = await testProject({ person: ann });
  await addFile(engine, 'report.txt', TEXT);
  await engine.close();
  for (const person of [ann, somebody('Anne')]) {
    const opened = await openFor(folder, person, { installation: 'a'.repeat(16) });
    await confirm(opened);
    expect(await states(opened)).toEqual(['confirmed', 'confirmed']);
    await opened.close();
  }
  const cat = await openFor(folder, somebody('Cat'), { installation: 'c'.repeat(16) });
  await confirm(cat);
  expect(await states(cat)).toEqual(['reviewed', 'reviewed']);
});
