import { expect, it } from 'vitest';
import { movedPassages, otherFiles, undosOfOthers } from '../../../../electron/features/merge/queries.ts';
import { namedByOthersIncoming } from '../../../../electron/project/people/attribution-queries.ts';
import { removedAndLiveIncoming } from '../../../../electron/project/people/signed-by-others.ts';
import { ann, bo, copyOf, merge, source, written } from '../../db/merge/support.ts';
import { newId, project } from '../../db/support.ts';

it('reads what a merge brings by the numbers of its records and commits, with no pass over the log', () => {
  const a = project({ person: ann });
  const b = copyOf(a, bo);
  source(b, newId(), { title: 'new' });
  const { result } = merge(a, written(b), ({ read }) => ({
    signed: read.plan(namedByOthersIncoming),
    moved: read.plan(movedPassages),
    replaced: read.plan(otherFiles),
    undone: read.plan(undosOfOthers),
    restored: read.plan(removedAndLiveIncoming),
  }));
  for (const plan of Object.values(result)) expect(plan).not.toMatch(/SCAN (h|b|m|e|p|s|u|change_)\b/);
  // Its records are not looked up by their ids, once for each.
  for (const plan of [result.signed, result.moved, result.replaced, result.restored]) {
    expect(plan).not.toMatch(/SEARCH e /);
    expect(plan).toMatch(/SEARCH h USING (COVERING )?INDEX change_by_field \(ent=\?/);
  }
  for (const plan of [result.moved, result.replaced])
    expect(plan).toContain('SEARCH i USING INTEGER PRIMARY KEY (rowid=?)');
  expect(result.restored).not.toMatch(/SCAN r\b/);
  expect(result.undone).toContain('SEARCH h USING PRIMARY KEY (c=? AND i=?)');
  expect(result.signed).toContain('MATERIALIZE people');
  a.close();
  b.close();
});
