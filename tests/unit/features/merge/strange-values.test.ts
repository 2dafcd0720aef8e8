import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId } from '../../../../electron/db/index.ts';
import type { Json } from '../../../../shared/changes/canonical.ts';
import { fieldOf, kindsOf } from '../../../../shared/changes/fields.ts';
import { ENTITIES, type Entity } from '../../../../shared/changes/kinds.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { commitAsNewer } from '../../../support/newer-program.ts';
import { addFile, categoriesOf, copyFor, mark, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

/**
 * A colleague’s changed program can sign any value. What it signs is merged, named by `verify`, and may be of no use; but no reading
 * of the project may fail of it, or one edit would close the project to everybody.
 */

function nested(levels: number): Json {
  let value: Json = 1;
  for (let n = 0; n < levels; n++) value = [value];
  return value;
}

/** Values that a JSON column takes, and a query on it may not. */
const STRANGE: Readonly<Record<string, Json>> = {
  'nested deeper than SQLite reads': nested(1500),
  'a list of words, numbers and null': ['x', 7, null, '{'],
  'objects of words': { inputs: 'x', exact: 7, text: ['x'], person: { a: 1 }, source: '{', quads: 'x' },
};

/** There is one project, people are keys, and a mask that nobody can read rightly stops what is published. */
const LEFT_OUT: ReadonlySet<Entity> = new Set(['project', 'person', 'mask']);

async function copied() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。组织培训。\n');
  const categories = await categoriesOf(ann, 'LND.RIGHTS');
  const [passage, other] = [
    await mark(ann, source.id, '流转土地', { categories, memo: 'Noted' }),
    await mark(ann, source.id, '组织培训', { categories }),
  ];
  const claim = await ann.call('claims.create', { text: 'Land was taken.' });
  await ann.call('translations.set', { passage: other.id, text: 'Training was organised' });
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  return { ann, folder, person, source, passage, other, claim, category: categories[0] ?? '', mallory };
}

/** What people look at, and what they write of the project. */
async function readAll(engine: Engine): Promise<void> {
  const at = tempFolder();
  await engine.call('project.info', {});
  const { sources } = await engine.call('sources.list', {});
  await engine.call('passages.list', {});
  await engine.call('codebook.get', {});
  await engine.call('merge.conflicts', {});
  await engine.call('history.list', {});
  await engine.call('review.queue', { queue: 'to-code' });
  await engine.call('search.query', { query: '土地' });
  await engine.call('evidence.rows', {});
  await engine.call('claims.list', {});
  for (const { id } of sources) {
    await engine.call('sources.get', { id });
    await engine.call('suggestions.list', { source: id });
  }
  await engine.call('project.verify', {});
  await engine.call('projectFile.export', { path: join(at, 'study.sbk') });
  await engine.call('report.write', { path: join(at, 'evidence.html'), format: 'html' });
  await engine.call('report.write', { path: join(at, 'evidence.csv'), format: 'csv' });
  await engine.call('agreement.report', {});
  await engine.call('assignments.list', {});
  await engine.call('exchange.export', { path: join(at, 'study.qdpx'), format: 'qdpx' });
}

it.each(Object.keys(STRANGE))('reads a project in which a colleague signed values of no use: %s', async (name) => {
  const { ann, person, source, passage, other, claim, category, mallory } = await copied();
  const refs: Partial<Record<Entity, string>> = {
    source: source.id,
    passage: other.id,
    person: person.id,
    layer: passage.layer,
    claim: claim.id,
    category,
  };
  const strange = (entity: Entity, id: string) =>
    [...kindsOf(entity)].flatMap(([field, kind]) =>
      kind === 'json' ? [{ entity, id, field, value: STRANGE[name] ?? null }] : [],
    );
  // In new records, whose references are as they should be, and in a passage that is there.
  const added = ENTITIES.filter((entity) => !LEFT_OUT.has(entity)).flatMap((entity) => {
    const id = newId();
    const related = [...kindsOf(entity).keys()].flatMap((field) => {
      const to = fieldOf(entity, field)?.to?.find((one) => refs[one] !== undefined);
      return to === undefined ? [] : [{ entity, id, field, value: refs[to] ?? null }];
    });
    return [...related, ...strange(entity, id)];
  });
  commitAsNewer(mallory.folder, mallory.person, '"Strange"', [...added, ...strange('passage', passage.id)]);
  await ann.call('merge.preview', { path: mallory.folder });
  const { id } = await ann.call('merge.apply', { path: mallory.folder });
  await readAll(ann);
  expect((await ann.call('project.verify', {})).ok).toBe(false);
  await ann.call('merge.undo', { id: id ?? '' });
  await readAll(ann);
  const { ok, remarks } = await ann.call('project.verify', {});
  expect([ok, remarks.some(({ message }) => /It was removed, so nothing rests on it/.test(message))]).toEqual([
    true,
    true,
  ]);
  expect((await ann.call('passages.get', { id: passage.id })).anchor).toEqual(passage.anchor);
});

it('exports a project in which a colleague gave a source, or a text, a hash that is none: without those passages', async () => {
  for (const entity of ['source', 'layer'] as const) {
    const { ann, source, passage, mallory } = await copied();
    commitAsNewer(mallory.folder, mallory.person, '"Strange"', [
      { entity, id: entity === 'source' ? source.id : passage.layer, field: 'sha256', value: 7 },
    ]);
    await ann.call('merge.apply', { path: mallory.folder });
    const { missing } = await ann.call('projectFile.export', { path: join(tempFolder(), 'study.sbk') });
    expect(missing.map(({ message }) => message).join()).toMatch(/Can’t read the hash of/);
  }
});
