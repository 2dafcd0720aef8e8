import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
    return host.calls['app.checkDossier'](window, { offers: offers.map(({ token }) => token) });
  };
  expect(await check()).toMatchObject({ ok: true, checked: 4, found: 4, failures: [] });
  const { offers } = await host.calls['app.pickMerge'](window, { what: 'folder' });
  const used = offers.map(({ token }) => token);
  const twice = [...used, ...used.map(() => 'unknown-token')];
  expect(await codeOf(host.calls['app.checkDossier'](window, { offers: twice }))).toBe('NOT_FOUND');

  writeFileSync(join(path, 'data', 'extra.txt'), QUOTES.text);
  const altered = await check();
  expect(altered.ok).toBe(false);
  expect(altered.failures.map(({ kind }) => kind)).toContain('unlisted');
});
