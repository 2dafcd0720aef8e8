import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { testHost, type TestHost } from '../../support/host.ts';
import { addFile, newFolder, openFor, somebody } from '../../support/project.ts';

/** A window that shows a project with one source of eight sentences. */
async function openCounty(host: TestHost): Promise<void> {
  const person = host.home.person();
  const folder = newFolder({ at: host.folder, person, codebook: 'empty' });
  const engine = await openFor(folder, person);
  await addFile(engine, 'report.txt', '一。二。三。四。\n五。六。七。八。\n');
  await engine.close();
  await host.workspace.openPath('main', folder);
}

it('saves an assignment where the person chooses, and a blind copy is submitted by exporting it', async () => {
  const host = testHost();
  await openCounty(host);
  const out = join(host.folder, 'for-ben.sbk');
  host.answers.exportTo = out;
  const input = { coder: 'Ben', sample: 'sentences:5', sources: [], seed: 3, name: 'Pilot', leadToo: false };
  const given = await host.calls['app.assign']('main', input);
  expect(given).toMatchObject({ done: true, name: 'for-ben.sbk', assignment: { name: 'Pilot', coderName: 'Ben' } });
  expect(given.assignment?.units).toHaveLength(5);
  expect(existsSync(out)).toBe(true);

  const ben = somebody('Ben');
  const folder = join(host.folder, 'Ben.sourcebook');
  await importProjectFile({ file: out, folder, person: ben });
  await host.workspace.openPath('main', folder);
  const back = join(host.folder, 'back.sbk');
  host.answers.exportTo = back;
  const exported = await host.calls['app.exportProject']('main', {
    only: { sources: [], categories: [], people: [], states: [] },
    protection: { recipients: [], sign: false },
    pseudonyms: false,
    unmasked: false,
  });
  expect([exported.done, exported.name]).toEqual([true, basename(back)]);
  await host.workspace.closeAll();
  const engine = await openFor(folder, ben);
  const { assignments, blind } = await engine.call('assignments.list', {});
  expect(assignments).toMatchObject([{ id: blind, coderDone: true }]);
});

it('assigns nothing if the person cancels the dialog', async () => {
  const host = testHost();
  await openCounty(host);
  host.answers.exportTo = null;
  const input = { coder: 'Ben', sample: 'sources', sources: [], seed: 1, name: '', leadToo: false };
  expect(await host.calls['app.assign']('main', input)).toMatchObject({ done: false, assignment: null });
  const { engine } = (await host.workspace.project('main')) ?? {};
  expect((await engine?.call('assignments.list', {}))?.assignments).toEqual([]);
});
