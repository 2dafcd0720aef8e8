import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { type Edit, query } from '../../../../electron/db/types.ts';
import { addFile, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const settings = query<Record<string, never>, { dimension: string | null }>(
  'test.settings',
  'SELECT dimension FROM p_setting',
);
const values = query<Record<string, never>, { label: string | null }>('test.values', 'SELECT label FROM p_value');

/** A merge can lead to this: one person removes what another sets at the same time. */
it('under pseudonyms, settings are left out if their value or dimension was removed', async () => {
  const ann = somebody('Ann');
  const { engine, folder } = await testProject({ person: ann });
  const source = await addFile(engine, 'report.txt', 'Land was transferred.\n');
  const passage = await mark(engine, source.id, 'Land was transferred', {});
  await engine.close();
  const db = openProject({ folder, person: ann });
  const [gone, stays, dead, orphan, live] = [newId(), newId(), newId(), newId(), newId()];
  const set = (dimension: string, value: string): Edit[] => {
    const id = newId();
    return [
      { entity: 'setting', id, field: 'passage', value: passage.id },
      { entity: 'setting', id, field: 'dimension', value: dimension },
      { entity: 'setting', id, field: 'value', value },
      { entity: 'setting', id, field: 'person', value: ann.id },
    ];
  };
  const value = (id: string, dimension: string, label: string): Edit[] => [
    { entity: 'value', id, field: 'dimension', value: dimension },
    { entity: 'value', id, field: 'label', value: label },
  ];
  db.write.commit('Set', [
    { entity: 'dimension', id: gone, field: 'name', value: 'Voice of those removed' },
    { entity: 'dimension', id: gone, field: 'deleted', value: true },
    { entity: 'dimension', id: stays, field: 'name', value: 'Voice of those here' },
    ...value(orphan, gone, 'orphaned'),
    ...value(dead, stays, 'dead'),
    { entity: 'value', id: dead, field: 'deleted', value: true },
    ...value(live, stays, 'alive'),
    ...set(gone, orphan),
    ...set(stays, dead),
    ...set(stays, live),
  ]);
  db.close();
  const again = await openFor(folder, ann);
  const [out, theirs, eve] = [join(tempFolder(), 'out.sbk'), join(tempFolder(), 'Theirs.sourcebook'), somebody('Eve')];
  await again.call('projectFile.export', { path: out, options: { pseudonyms: true } });
  await importProjectFile({ file: out, folder: theirs, person: eve });
  const read = openProject({ folder: theirs, person: eve });
  const labels = read.read.all(values, {}).map(({ label }) => label);
  expect(labels).toContain('alive');
  for (const label of ['orphaned', 'dead']) expect(labels).not.toContain(label);
  expect(read.read.all(settings, {})).toHaveLength(1);
  read.close();
});
