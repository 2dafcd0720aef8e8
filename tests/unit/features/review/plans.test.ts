import { expect, it } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import {
  commentCounts,
  contributionsOnPassages,
  movesOfPassages,
  movesOfSeveralPassages,
  movesOfSeveralPassagesSince,
  passagesSince,
  timesOfDrafts,
  signaturesOfMoves,
  translationsOfPassages,
} from '../../../../electron/project/review/queries.ts';
import { queueRowsOf } from '../../../../electron/features/review/queries.ts';
import { newFolder, somebody } from '../../../support/project.ts';

it('reads what a list of passages needs through indexes, never all records', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const plans = [
    db.read.plan(movesOfPassages),
    db.read.plan(signaturesOfMoves),
    db.read.plan(translationsOfPassages),
    db.read.plan(timesOfDrafts),
    db.read.plan(commentCounts),
    db.read.plan(queueRowsOf),
    db.read.plan(contributionsOnPassages),
  ];
  const since = db.read.plan(passagesSince);
  const [several, severalSince] = [db.read.plan(movesOfSeveralPassages), db.read.plan(movesOfSeveralPassagesSince)];
  db.close();
  for (const plan of plans) expect(plan).not.toMatch(/SCAN (?!i VIRTUAL|[ah]\b)/);
  expect(plans[0]).toContain('p_review_by_passage');
  expect(plans[1]).toContain('change_by_field');
  expect(plans[2]).toContain('p_translation_by_passage');
  expect(plans[4]).toContain('p_comment_by_passage');
  // Only what came after: the changes by their commit, the rest by id.
  expect(since).toMatch(/SEARCH h USING PRIMARY KEY \(c>\?\)/);
  expect(since).not.toMatch(/SCAN [pt]\b/);
  // Every passage that is shown asks for these: the moves alone are read once, then the changes of new commits alone.
  expect(several).toMatch(/SCAN r USING COVERING INDEX/);
  expect(several).not.toMatch(/SCAN (?!r\b)/);
  expect(severalSince).toMatch(/SEARCH m USING INTEGER PRIMARY KEY \(rowid>\?\)\nSEARCH h USING PRIMARY KEY \(c=\?\)/);
  expect(severalSince).not.toMatch(/SCAN (?!a\b)/);
});
