import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract, isCallName, type CallName } from '../../../shared/contract/index.ts';
import { filesOf, projects } from '../../../electron/host/project-folders.ts';
import { createWorkbench } from '../../../electron/host/workbench.ts';
import { testHost } from '../../support/host.ts';

const names = Object.keys(contract).filter(isCallName);
const ofKind = (kind: string): CallName[] => names.filter((name) => contract[name].kind === kind);

test('every host call of the contract has a handler, and there are no others', () => {
  expect(Object.keys(testHost().calls).toSorted()).toEqual(ofKind('host').toSorted());
});

test.each(ofKind('program'))('%s takes paths, so pages may not call it', async (name) => {
  const { gate } = testHost();
  expect(await gate.call('main-1', name, { path: '/etc/passwd', paths: ['/etc/passwd'], job: 'j' })).toMatchObject({
    ok: false,
    error: { code: 'NOT_ALLOWED' },
  });
});

test.each(['app.nothing', '', '__proto__', 'constructor', 'toString', 7, null, undefined, ['app.state'], {}])(
  '%j is not a call',
  async (name) => {
    expect(await testHost().gate.call('main-1', name, {})).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
  },
);

test.each<[CallName, unknown]>([
  ['app.newProject', {}],
  ['app.newProject', { title: ' ', codebook: 'empty' }],
  ['app.newProject', { title: 'T', codebook: '../../etc' }],
  ['app.settings', { theme: 'purple' }],
  ['app.importSources', { offers: [] }],
  ['app.importSources', { offers: ['a'], record: { grade: 'G' } }],
  ['app.openRecent', null],
  ['sources.get', { id: "' OR 1=1" }],
  ['history.list', { limit: 1e9 }],
])('the input of %s is judged before anything is done: %j', async (name, input) => {
  const { gate, told } = testHost();
  expect(await gate.call('main-1', name, input)).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  expect(told).toEqual([]);
});

test('defaults of the contract are filled in, and unknown fields are dropped', async () => {
  const host = testHost();
  await host.gate.call('main-1', 'app.newProject', { title: 'T', codebook: 'empty', sneaked: true });
  expect(await host.gate.call('main-1', 'history.list', { sneaked: true })).toMatchObject({
    ok: true,
    value: { commits: [{ label: 'Create project: T' }] },
  });
});

describe('an error is passed on as data', () => {
  test('with a sentence, and without a stack', async () => {
    const host = testHost();
    const answer = await host.gate.call('main-1', 'project.info', {});
    expect(answer).toEqual({
      ok: false,
      error: { code: 'NOT_FOUND', message: 'No project is open in this window. Open or create one first.' },
    });
  });

  test('an unforeseen error says only that', async () => {
    const host = testHost();
    host.answers.project = join(host.folder, 'nowhere.sourcebook');
    const answer = await host.gate.call('main-1', 'app.openProject', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_A_PROJECT' } });
    expect(JSON.stringify(answer)).not.toMatch(/\.ts:\d+|node:internal/);
  });
});

test('each window uses its own project', async () => {
  const host = testHost();
  const titles = ['One', 'Two'];
  for (const [index, title] of titles.entries()) {
    host.answers.newProject = join(host.folder, `${title}.sourcebook`);
    await host.gate.call(`main-${index + 1}`, 'app.newProject', { title, codebook: 'empty' });
  }
  const shown = await Promise.all(['main-1', 'main-2'].map((window) => host.gate.call(window, 'project.info', {})));
  expect(shown).toMatchObject(titles.map((title) => ({ ok: true, value: { title } })));
});

test('a damaged file of the user’s data is reported after the call that found it', async () => {
  const host = testHost();
  const { gate } = createWorkbench({ home: host.home, shell: host.shell, projects, filesOf, renderer: host.folder });
  await gate.call('main-1', 'app.state', {});
  expect(host.notices).toEqual([]);
  writeFileSync(join(host.folder, 'recents.json'), 'not JSON');
  await gate.call('main-1', 'app.state', {});
  expect(host.notices).toEqual([expect.stringContaining('The list of recent projects couldn’t be read')]);
});
