import { expect, it } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import {
  absentPassages,
  allLiveSources,
  passagesTagged,
  passagesTaggedBy,
} from '../../../../electron/features/search/queries.ts';
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

it('counting many passages reads no passage, and one query reads all sources', () => {
  const person = somebody('Ann');
  const db = openProject({ folder: newFolder({ person }), person });
  const [absent, sources] = [db.read.plan(absentPassages), db.read.plan(allLiveSources)];
  db.close();
  expect(absent).toMatch(/SCAN p_passage USING (COVERING )?INDEX p_passage_removed/);
  expect(absent).toMatch(/SEARCH p_passage USING INDEX p_passage_on_layer \(onLayer=\?\)/);
  expect(absent).not.toMatch(/SCAN p_passage$/m);
  expect(sources).toMatch(/SEARCH l USING INDEX sqlite_autoindex_p_layer_1 \(id=\?\)/);
});
