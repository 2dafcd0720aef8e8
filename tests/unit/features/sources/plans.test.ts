import { expect, it } from 'vitest';
import { dimensionValue, listSources, oneLayer, oneSource } from '../../../../electron/features/sources/queries.ts';
import { toSource } from '../../../../electron/features/sources/source-rows.ts';
import { newId } from '../../../../electron/db/index.ts';
import { edits, project } from '../../db/support.ts';

it('Counting passages by source reads only an index, and one record is found by its key', () => {
  const db = project();
  expect(db.read.plan(listSources)).toMatch(/SEARCH p USING COVERING INDEX p_passage_by_source \(source=\?\)/);
  expect(db.read.plan(oneSource)).toMatch(/SEARCH s USING INDEX sqlite_autoindex_p_source_1 \(id=\?\)/);
  expect(db.read.plan(oneSource)).toMatch(/SEARCH p USING COVERING INDEX p_passage_by_source \(source=\?\)/);
  const pictures = /SEARCH y USING INDEX p_layer_by_source \(source=\?\)/;
  expect(db.read.plan(listSources)).toMatch(pictures);
  expect(db.read.plan(oneSource)).toMatch(pictures);
  expect(db.read.plan(oneLayer)).not.toMatch(/SCAN/);
  expect(db.read.plan(dimensionValue)).toMatch(/USING INDEX p_value_by_dimension/);
  db.close();
});

it('An incomplete row is not shown as a source; an invalid field is shown as a gap', () => {
  const db = project();
  const [half, odd] = [newId(), newId()];
  const sha256 = 'a'.repeat(64);
  db.write.commit('merged from elsewhere', [
    ...edits('source', half, { title: 'Half' }),
    ...edits('source', odd, {
      kind: 'pdf',
      fileName: 'a.pdf',
      sha256,
      bytes: 3,
      grade: 'Z',
      title: 'x'.repeat(3000),
      dateOfAct: { year: 2018 },
    }),
  ]);
  const rows = db.read.all(listSources, { deleted: 0 });
  const sources = rows.map(toSource).filter((source) => source !== null);
  expect(rows).toHaveLength(2);
  expect(sources).toMatchObject([
    { id: odd, title: null, grade: null, dateOfAct: null, layer: null, pages: 0, passages: 0 },
  ]);
  db.close();
});
