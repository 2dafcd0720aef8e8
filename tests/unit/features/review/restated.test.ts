import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { openFor, somebody } from '../../../support/project.ts';
import { groundOf, moveEdits, reviewProject, writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

it('an approval that a commit restates counts only with its person’s own key, whatever the kind of the commit', async () => {
  const { folder, people, passage, moveAs } = await reviewProject();
  await moveAs('ben', 'checked');
  const basis = groundOf(folder, people.ann, passage.id);
  writeBehind(folder, people.ann, 'Approve', moveEdits(newId(), passage.id, 'approved', people.cat.id, basis));
  // A horizon with everything, as a changed program could make one.
  const at = tempFolder();
  const db = openProject({ folder, person: people.ann });
  db.exports.writeAssignment(join(at, 'horizon.sqlite'), 'For Dan', () => true);
  db.close();
  const copy = join(at, 'Copy.sourcebook');
  cpSync(folder, copy, { recursive: true });
  for (const end of ['', '-wal', '-shm']) rmSync(join(copy, `project.sqlite${end}`), { force: true });
  renameSync(join(at, 'horizon.sqlite'), join(copy, 'project.sqlite'));
  const engine = await openFor(copy, people.dan);
  const detail = await engine.call('review.get', { passage: passage.id });
  expect(detail.moves.map(({ state, forged }) => [state, forged])).toEqual([
    ['checked', true],
    ['approved', true],
  ]);
  expect(detail.state).toBe('coded');
});

it('under pseudonyms, checked and approved passages stay so, since each commit has a key for its signer', async () => {
  const { as, passage, moveAs, translateAs } = await reviewProject();
  await translateAs('ben', 'Do pairing assistance well.');
  await moveAs('cat', 'checked');
  await moveAs('dan', 'approved');
  const at = tempFolder();
  const file = join(at, 'names.sbk');
  await as('ann', (engine) => engine.call('projectFile.export', { path: file, options: { pseudonyms: true } }));
  const eve = somebody('Eve');
  await importProjectFile({ file, folder: join(at, 'Eves.sourcebook'), person: eve });
  const theirs = await openFor(join(at, 'Eves.sourcebook'), eve);
  const { passages } = await theirs.call('passages.list', {});
  expect(passages).toMatchObject([{ state: 'approved', translations: [{ state: 'approved' }] }]);
  const { moves } = await theirs.call('review.get', { passage: passages[0]?.id ?? passage.id });
  expect(moves.map(({ state, forged }) => [state, forged])).toEqual([
    ['checked', false],
    ['approved', false],
  ]);
});
