import { expect, it } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import type { Edit, ProjectDb } from '../../../electron/db/types.ts';
import { deepCounts, recountSince } from '../../../electron/features/codebook/queries.ts';
import { counts } from '../../../electron/features/codebook/usage.ts';
import { newFolder, somebody } from '../../support/project.ts';
import { seeded } from '../../support/seeded.ts';

/** The kept counts, and the same counted from nothing: nothing is kept for a project that was never asked. */
function bothCounts(project: ProjectDb): [kept: unknown, counted: unknown] {
  const countsOf = (of: Pick<ProjectDb, 'rewrites'>) => {
    const { own, deep } = counts({ db: project.read, project: of });
    return [own, deep].map((map) => new Map([...map].filter(([, passages]) => passages > 0)));
  };
  return [countsOf(project), countsOf({ rewrites: project.rewrites })];
}

it.each([1, 2, 3, 4, 5, 6])('counts updated commit by commit equal those counted from the start (seed %i)', (seed) => {
  const random = seeded(seed);
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const made = (n: number): string[] => Array.from({ length: n }, newId);
  const [sources, categories, passages, tags] = [made(2), made(9), made(12), made(30)];
  const of = (list: readonly string[]): string => random.pick(list);
  const edits: readonly (() => Edit)[] = [
    ...Array<() => Edit>(6).fill(() => ({ entity: 'tag', id: of(tags), field: 'passage', value: of(passages) })),
    ...Array<() => Edit>(9).fill(() => ({ entity: 'tag', id: of(tags), field: 'category', value: of(categories) })),
    () => ({ entity: 'tag', id: of(tags), field: 'category', value: null }),
    () => ({ entity: 'tag', id: of(tags), field: 'deleted', value: random.chance() }),
    () => ({ entity: 'passage', id: of(passages), field: 'source', value: of(sources) }),
    () => ({ entity: 'passage', id: of(passages), field: 'deleted', value: random.chance() }),
    () => ({ entity: 'source', id: of(sources), field: 'deleted', value: random.chance(0.2) }),
    () => ({ entity: 'category', id: of(categories), field: 'parent', value: of(categories) }),
    () => ({ entity: 'category', id: of(categories), field: 'archived', value: random.chance(0.2) }),
    () => ({ entity: 'category', id: of(categories), field: 'deleted', value: random.chance(0.2) }),
    () => ({ entity: 'category', id: of(categories), field: 'name', value: newId() }),
  ];
  for (let step = 0; step < 150; step++) {
    const chosen = Array.from({ length: random.int(1, 3) }, () => random.pick(edits)());
    const once = new Map(chosen.map((edit) => [`${edit.id} ${edit.field}`, edit]));
    db.write.commit('Edit', [...once.values()]);
    if (random.chance(0.1)) db.undo();
    if (random.chance(0.3)) continue;
    const [kept, counted] = bothCounts(db);
    expect(kept).toEqual(counted);
  }
  db.close();
});

it('are counted from the start after tables were rebuilt from the log', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const [tag, category] = [newId(), newId()];
  db.write.commit('Tag', [
    { entity: 'tag', id: tag, field: 'passage', value: newId() },
    { entity: 'tag', id: tag, field: 'category', value: category },
  ]);
  expect(counts({ db: db.read, project: db }).own).toEqual(new Map([[category, 1]]));
  const before = db.rewrites;
  db.rebuild();
  expect(db.rewrites).toBeGreaterThan(before);
  expect(counts({ db: db.read, project: db }).own).toEqual(new Map([[category, 1]]));
  db.close();
});

it('are updated through an index from the changes of new commits', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const plan = db.read.plan(recountSince);
  db.close();
  expect(plan).toMatch(/SEARCH m USING INTEGER PRIMARY KEY \(rowid>\?\)/);
  expect(plan).toMatch(/SEARCH h USING PRIMARY KEY \(c=\?\)/);
  expect(plan).toMatch(/SEARCH t USING (COVERING )?INDEX p_tag_by_passage/);
  expect(plan).not.toMatch(/SCAN (?!changed\b|d\b)/);
});

it('of families are made one after the other, from the index alone: not all tags are sorted in memory', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const plan = db.read.plan(deepCounts);
  db.close();
  expect(plan).toContain('SEARCH t USING COVERING INDEX p_tag_by_category (category=?)');
  expect(plan).not.toContain('TEMP B-TREE FOR GROUP BY');
  expect(plan).not.toMatch(/SCAN (?!p_category\b|p_passage USING COVERING INDEX p_passage_removed|[abs]$)/m);
});
