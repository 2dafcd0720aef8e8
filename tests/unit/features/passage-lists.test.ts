import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import type { Edit } from '../../../electron/db/types.ts';
import { liveSources } from '../../../electron/features/passages/queries.ts';
import { categoryId } from '../../../shared/model/index.ts';
import { addFile, mark, openFor, testProject } from '../../support/project.ts';
import { seeded } from '../../support/seeded.ts';
import { edits, project } from '../db/support.ts';

const TEXT = '工人自愿参加，收入增长。\n';

/** Passages and their tags as statements that join sources and categories say them, sorted. */
function joined(folder: string, category: string | null): string[] {
  const sqlite = new Database(join(folder, 'project.sqlite'), { readonly: true });
  const live = 'SELECT id FROM p_category WHERE deleted IS NOT 1';
  const rows = sqlite
    .prepare<[string | null, string | null], string>(
      `SELECT p.id || ifnull((SELECT group_concat(t.category || t.person, ' ' ORDER BY t.category, t.person) FROM p_tag t
         WHERE t.passage = p.id AND t.deleted IS NOT 1 AND t.category IN (${live})), '')
       FROM p_passage p JOIN p_source s ON s.id = p.source AND s.deleted IS NOT 1
       WHERE p.deleted IS NOT 1 AND (? IS NULL OR EXISTS (
         SELECT 1 FROM p_tag t WHERE t.passage = p.id AND t.category = ? AND t.deleted IS NOT 1))`,
    )
    .pluck()
    .all(category, category);
  sqlite.close();
  return rows.toSorted();
}

/** Passages at random on a source, a removed one and one that is missing, tagged with live, removed and missing categories. */
async function randomProject(seed: number) {
  const random = seeded(seed);
  const { engine, folder, person } = await testProject();
  const [source, removed] = [await addFile(engine, 'one.txt', TEXT), await addFile(engine, 'two.txt', `二。${TEXT}`)];
  const { anchor } = await mark(engine, source.id, '工人自愿参加');
  await engine.call('sources.remove', { ids: [removed.id] });
  const { categories } = await engine.call('codebook.get', {});
  await engine.close();
  const used = [...random.shuffle(categories.map(({ id }) => id)).slice(0, 3), categoryId.parse(newId())];
  const places = [source, removed, { id: newId(), layer: source.layer }];
  const db = openProject({ folder, person });
  db.write.commit('Passages', [
    ...Array.from({ length: 20 }).flatMap((): Edit[] => {
      const [id, on] = [newId(), random.pick(places)];
      const tags = random.shuffle(used).slice(0, random.int(0, 3));
      return [
        ...edits('passage', id, { source: on.id, layer: on.layer, anchor: { ...anchor }, person: person.id }),
        ...(random.chance(0.2) ? edits('passage', id, { deleted: true }) : []),
        ...tags.flatMap((category) => edits('tag', newId(), { passage: id, category, person: person.id })),
      ];
    }),
    ...edits('category', used[0] ?? '', { deleted: true }),
  ]);
  db.close();
  return { folder, used, engine: await openFor(folder, person) };
}

it('Lists leave out the passages of removed and missing sources, and tags of removed and missing categories', async () => {
  let listed = 0;
  for (const seed of [1, 2, 3]) {
    const { engine, folder, used } = await randomProject(seed);
    for (const category of [undefined, ...used]) {
      const { passages, total } = await engine.call('passages.list', { category });
      const found = passages.map(
        ({ id, tags }) =>
          id +
          tags
            .map((tag) => tag.category + tag.person)
            .toSorted()
            .join(' '),
      );
      expect(found.toSorted()).toEqual(joined(folder, category ?? null));
      expect(total).toBe(passages.length);
      listed += total;
    }
    await engine.close();
  }
  expect(listed).toBeGreaterThan(30);
});

it('The sources of a list are found by their keys', () => {
  const db = project();
  expect(db.read.plan(liveSources)).toMatch(/SEARCH s USING INDEX sqlite_autoindex_p_source_1 \(id=\?\)/);
  db.close();
});
