import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createImportExport } from '../../../electron/host/import-export.ts';
import { createOfferedFiles } from '../../../electron/host/offered-files.ts';
import { createRunningJobs } from '../../../electron/host/running-jobs.ts';
import { dossierAsked } from '../../../shared/contract/dossier.ts';
import { unzipped } from '../../support/bag.ts';
import { exportFolder, QUOTES, threeKinds } from '../../support/dossier-folder.ts';
import { testHost } from '../../support/host.ts';
import { codeOf, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

test('a window checks the folder of a dossier that was chosen; nothing of it comes into the project', async () => {
  const { engine } = await testProject();
  await threeKinds(engine);
  const path = join(tempFolder(), 'dossier');
  await exportFolder(engine, path);

  const host = testHost();
  const window = 'main-1';
  await host.calls['app.newProject'](window, { title: 'Liuquan', codebook: 'empty' });
  const check = async () => {
    host.answers.merge = path;
    const { offers } = await host.calls['app.pickMerge'](window, { what: 'folder' });
    return host.calls['app.checkDossier'](window, { offers: offers.map(({ token }) => token), passwords: [] });
  };
  expect(await check()).toMatchObject({ ok: true, checked: 4, found: 4, failures: [] });
  const { offers } = await host.calls['app.pickMerge'](window, { what: 'folder' });
  const used = offers.map(({ token }) => token);
  const twice = [...used, ...used.map(() => 'unknown-token')];
  expect(await codeOf(host.calls['app.checkDossier'](window, { offers: twice, passwords: [] }))).toBe('NOT_FOUND');

  writeFileSync(join(path, 'data', 'extra.txt'), QUOTES.text);
  const altered = await check();
  expect(altered.ok).toBe(false);
  expect(altered.failures.map(({ kind }) => kind)).toContain('unlisted');
});

test('a window writes the folder where the person says, and never over another; where pages download it is that folder in a zip', async () => {
  const { engine, folder } = await testProject();
  await threeKinds(engine);
  const { shell, home, answers } = testHost();
  const writing = {
    home,
    offeredFiles: createOfferedFiles(),
    jobs: createRunningJobs(),
    projectOf: async () => ({ engine, folder }),
  };
  const asked = {
    ...dossierAsked.parse({ title: 'What: happened?', from: { kind: 'filters' } }),
    format: 'folder' as const,
    passwords: [],
  };
  const place = tempFolder();
  const to = (answers.exportTo = join(place, 'dossier'));
  const desk = createImportExport({ ...writing, shell });
  expect(await desk.writeDossier('main-1', asked)).toMatchObject({ done: true, name: 'dossier', download: null });
  expect(await engine.call('dossier.verify', { path: to })).toMatchObject({ ok: true, found: 4, failures: [] });
  expect(await codeOf(desk.writeDossier('main-1', asked))).toBe('EXISTS');

  const names: string[] = [];
  const path = join(place, 'What happened.zip');
  const placeForExport = async (_window: string, name: string) => {
    names.push(name);
    return { path, download: '/download/1' };
  };
  const pages = createImportExport({ ...writing, shell: { placeForExport, tell: (...told) => shell.tell(...told) } });
  expect(await pages.writeDossier('main-1', asked)).toMatchObject({ done: true, download: '/download/1' });
  expect(names).toEqual(['What happened.zip']);
  const out = tempFolder();
  for (const [name, bytes] of await unzipped(path)) {
    mkdirSync(join(out, dirname(name)), { recursive: true });
    writeFileSync(join(out, name), bytes);
  }
  expect(readdirSync(out)).toEqual(['What happened']);
  expect(await engine.call('dossier.verify', { path: join(out, 'What happened') })).toMatchObject({
    ok: true,
    found: 4,
  });
  // Nothing of the folder is left beside it.
  expect(readdirSync(place).toSorted()).toEqual(['What happened.zip', 'dossier']);
});
