import { expect, it } from 'vitest';
import { conflictsBefore } from '../../../../electron/features/merge/conflicts.ts';
import { tagConflictNames } from '../../../../electron/features/merge/tag-conflicts.ts';
import type { Person, ProjectDb, Readable } from '../../../../electron/db/types.ts';
import { ann, bo, copyOf, merge, source, written } from '../../db/merge/support.ts';
import { edits, newId, project } from '../../db/support.ts';

const PASSES = 'merge.passagesWithRemovals';

/** Reads as `read` does, and notes the names of what was asked. */
function noting(read: Readable): { read: Readable; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read: {
      all: (q, params) => {
        asked.push(q.name);
        return read.all(q, params);
      },
      get: (q, params) => read.get(q, params),
      plan: (q) => read.plan(q),
    },
  };
}

/** Two passages with a tag each, known to Ann and Bo; each removes one, and Bo retags the first, where Ann removed the tag. */
function retagged(): { a: ProjectDb; b: ProjectDb; passage: string } {
  const a = project({ person: ann });
  const [passage, other, land] = [newId(), newId(), newId()];
  const tags = [newId(), newId()];
  const tag = (db: ProjectDb, id: string, of: string, by: Person) =>
    db.write.commit('Tag', edits('tag', id, { passage: of, category: land, person: by.id, deleted: false }));
  tag(a, tags[0] ?? '', passage, ann);
  tag(a, tags[1] ?? '', other, ann);
  const b = copyOf(a, bo);
  for (const id of tags) a.write.commit('Remove', edits('tag', id, { deleted: true }));
  tag(b, newId(), passage, bo);
  return { a, b, passage };
}

it('a small merge asks only of the passages it touches whether their tags are in conflict', () => {
  const { a, b, passage } = retagged();
  const { result } = merge(a, written(b), ({ read }) => {
    const noted = noting(read);
    return { touched: tagConflictNames(noted.read, a.log, 'touched'), asked: noted.asked };
  });
  expect(result.asked).toContain('merge.touchedPassages');
  expect(result.asked).not.toContain(PASSES);
  expect(result.touched.map((one) => one.passage)).toEqual([passage]);
  // As all passages say.
  expect(result.touched).toEqual(tagConflictNames(a.read, a.log));
  a.close();
  b.close();
});

it('reads the open conflicts once for a preview and the merge after it, and again once something is written', () => {
  const { a, b, passage } = retagged();
  const noted = noting(a.read);
  const context = { db: noted.read, project: a, person: ann };
  const passes = (): number => noted.asked.filter((name) => name === PASSES).length;
  const preview = conflictsBefore(context);
  expect(passes()).toBe(1);
  merge(a, written(b), () => null, { dryRun: true });
  preview.rolledBack();
  expect(conflictsBefore(context).ids.size).toBe(0);
  expect(passes()).toBe(1);

  merge(a, written(b), () => null);
  const [conflict] = tagConflictNames(a.read, a.log);
  expect(conflict?.passage).toBe(passage);
  expect([...conflictsBefore(context).ids]).toEqual([conflict?.id]);
  expect(passes()).toBe(2);
  source(a, newId(), { title: 'new' });
  conflictsBefore(context);
  expect(passes()).toBe(3);
  a.close();
  b.close();
});
