import { expect, test } from 'vitest';
import { createTabs } from '../../../electron/host/browser/tabs.ts';
import { SHOWING_KEY } from '../../../shared/contract/project.ts';
import { testHost, type TestHost } from '../../support/host.ts';

const KEY = 'place';
const set = (host: TestHost, window: string, value: string) =>
  host.gate.call(window, 'view.set', { key: KEY, value }).then((answer) => expect(answer.ok).toBe(true));
const seen = async (host: TestHost, window: string): Promise<unknown> => {
  const answer = await host.gate.call(window, 'view.get', { key: KEY });
  return answer.ok ? answer.value : answer.error;
};

test('each window of a project has its own view, which begins as that of the window it came from; the last to close saves its view', async () => {
  const host = testHost();
  await host.calls['app.newProject']('main-1', { title: 'Liuquan', codebook: 'empty' });
  const folder = (await host.workspace.project('main-1'))?.folder ?? '';
  await set(host, 'main-1', 'report');
  expect(await host.calls['app.newWindow']('main-1', {})).toEqual({ address: null });
  expect(host.workspace.windowShowing(folder)).toBe('main-2');
  expect(await seen(host, 'main-2')).toEqual({ value: 'report' });

  await set(host, 'main-2', 'notice');
  expect([await seen(host, 'main-1'), await seen(host, 'main-2')]).toEqual([{ value: 'report' }, { value: 'notice' }]);
  expect(host.workspace.shownIn('main-1')).toEqual({ folder, views: { [KEY]: 'report' } });

  await host.workspace.closeWindow('main-2');
  expect(host.workspace.windowShowing(folder)).toBe('main-1');
  await host.workspace.closeWindow('main-1');
  expect(host.workspace.windowShowing(folder)).toBeNull();
  host.answers.project = folder;
  await host.calls['app.openProject']('main-3', {});
  expect(await seen(host, 'main-3')).toEqual({ value: 'report' });
  await host.workspace.closeWindow('main-3');

  // At the next start each shows again what it showed, not what was left last.
  await host.workspace.showAgain('main-4', { folder, views: { [KEY]: 'notice' } });
  expect(await seen(host, 'main-4')).toEqual({ value: 'notice' });
});

test('a source that another open window is loading does not count as one that hung a window; one that a closed window left loading does', async () => {
  const host = testHost();
  const seenIn = (window: string) => host.gate.call(window, 'view.get', { key: SHOWING_KEY });
  await host.calls['app.newProject']('main-1', { title: 'Liuquan', codebook: 'empty' });
  await host.gate.call('main-1', 'view.set', { key: SHOWING_KEY, value: ['source'] });
  await host.calls['app.newWindow']('main-1', {});
  expect(await seenIn('main-2')).toEqual({ ok: true, value: { value: null } });
  // Its window was killed, and said nothing.
  await host.workspace.closeWindow('main-1');
  expect(await seenIn('main-2')).toEqual({ ok: true, value: { value: ['source'] } });
});

test('a window whose project cannot be reopened says why on its start screen, until another is opened', async () => {
  const host = testHost();
  const gone = `${host.folder}/gone.sourcebook`;
  await host.workspace.showAgain('main-1', { folder: gone, views: {} });
  const { project, refused } = await host.calls['app.state']('main-1', {});
  expect(project).toBeNull();
  expect(refused).toEqual({ place: expect.stringMatching(/gone\.sourcebook$/), message: expect.any(String) });
  expect(host.told).toContainEqual({ window: 'main-1', event: 'project.closed', payload: {} });
  await host.calls['app.newProject']('main-1', { title: 'Liuquan', codebook: 'empty' });
  expect((await host.calls['app.state']('main-1', {})).refused).toBeNull();
});

test('the browser host’s windows have the addresses it issued, and no others', () => {
  const tabs = createTabs();
  expect(tabs.of('api/app.state')).toEqual({ window: 'main-1', path: 'api/app.state' });
  expect(tabs.of('w2/')).toBeNull();
  expect(tabs.open()).toEqual({ window: 'main-2', path: 'w2/' });
  expect(tabs.of('w2/layer/abc/page/3')).toEqual({ window: 'main-2', path: 'layer/abc/page/3' });
  for (const path of ['w1/', 'w0/', 'w02/', 'w3/', 'w-2/', 'w2222222/']) {
    expect(tabs.of(path)?.window ?? 'none', path).not.toBe('main-2');
  }
  // No window's name, so no address of a window either: the first one's page has nothing there.
  expect(tabs.of('w2')).toEqual({ window: 'main-1', path: 'w2' });
});
