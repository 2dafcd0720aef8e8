import { expect, it } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import { passagesTagged, passagesTaggedBy } from '../../../../electron/features/search/queries.ts';
import { newFolder, somebody } from '../../../support/project.ts';

it('a search within categories reads only their tags, and only the index for other tags', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const [anybody, some] = [db.read.plan(passagesTagged), db.read.plan(passagesTaggedBy)];
  db.close();
  expect(anybody).toMatch(/SEARCH t USING COVERING INDEX p_tag_by_category \(category=\?/);
  expect(anybody).not.toMatch(/TEMP B-TREE/);
  expect(some).toMatch(/SEARCH t USING INDEX p_tag_by_category \(category=\?/);
});
