import { expect, it } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import {
  countsBySource,
  kindsSince,
  partialPassages,
  placedIn,
  someDrafts,
  someNoted,
  somePlaced,
  someQuotes,
  someSettings,
  someTags,
  someTranslated,
} from '../../../../electron/project/evidence/queries.ts';
import { ownTags } from '../../../../electron/project/passages/queries.ts';
import { ownSettings } from '../../../../electron/project/passages/settings.ts';
import { newFolder, somebody } from '../../../support/project.ts';

it('reads what a commit changed through indexes, and the passages of a source in reading order without sorting them', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const plans = [
    db.read.plan(someDrafts),
    db.read.plan(someQuotes),
    db.read.plan(someNoted),
    db.read.plan(somePlaced),
    db.read.plan(someSettings),
    db.read.plan(someTags),
    db.read.plan(someTranslated),
    db.read.plan(ownTags),
    db.read.plan(ownSettings),
  ];
  const [whole, since] = [db.read.plan(placedIn), db.read.plan(kindsSince)];
  const [counts, partial] = [db.read.plan(countsBySource), db.read.plan(partialPassages)];
  db.close();
  for (const plan of plans) {
    expect(plan).not.toMatch(/SCAN (?!i VIRTUAL|p_category)/);
    expect(plan).toMatch(/SEARCH [mpt] USING (?:INDEX|COVERING INDEX)/);
  }
  expect(whole).toContain('p_passage_by_source');
  expect(whole).not.toContain('TEMP B-TREE');
  expect(counts).toMatch(/SEARCH p USING INDEX p_passage_by_source \(source>\?\)/);
  expect(counts).not.toContain('TEMP B-TREE');
  expect(partial).toContain('p_passage_without_person');
  expect(partial).toMatch(/p_passage_on_layer \(onLayer=\?\)/);
  expect(partial).not.toContain('SCAN');
  expect(since).toMatch(/SEARCH h USING PRIMARY KEY \(c>\?\)/);
});
