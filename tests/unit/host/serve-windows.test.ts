import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { offer } from '../../../shared/contract/app.ts';
import { startEngine } from '../../../electron/engine/client.ts';
import { openHome } from '../../../electron/host/home.ts';
import { PAGE, ServedHost } from '../../support/served.ts';

async function served(options: Parameters<typeof ServedHost.start>[0] = {}): Promise<ServedHost> {
  const host = await ServedHost.start(options);
  onTestFinished(() => host.end());
  await host.enter();
  await host.call('app.newProject', { title: 'Liuquan', codebook: 'empty' });
  return host;
}
/** A call as the page of that window makes it. */
const callFrom = async (host: ServedHost, window: string, name: string, input: unknown): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', ...host.own() };
  const path = `/${host.prefix}/${window}api/${name}`;
  return JSON.parse((await host.ask(path, { method: 'POST', headers, body: JSON.stringify(input) })).body);
};

test('a second window has its own page, session, events, uploads and view; an address of no window is answered with an explanation', async () => {
  const host = await served();
  const { address } = await host.call('app.newWindow', {});
  expect(address).toBe(`/${host.prefix}/w2/`);
  expect((await host.get('w2/')).body).toBe(PAGE);
  expect((await host.get('w2/assets/main.js')).status).toBe(200);
  expect(JSON.parse((await host.get('w2/session')).body)).toEqual({ token: host.token });
  expect(await callFrom(host, 'w2/', 'app.state', {})).toMatchObject({ value: { project: { title: 'Liuquan' } } });

  const told = host.told('project.changed', 'w2/');
  await host.call('project.rename', { title: 'Renamed in the first' });
  await told;
  await callFrom(host, 'w2/', 'view.set', { key: 'place', value: 'two' });
  await host.call('view.set', { key: 'place', value: 'one' });
  expect(await callFrom(host, 'w2/', 'view.get', { key: 'place' })).toMatchObject({ value: { value: 'two' } });

  const { body } = await host.ask(`/${host.prefix}/w2/upload?name=a.txt`, {
    method: 'PUT',
    headers: host.own(),
    body: 'Quotas were met ahead of time.',
  });
  const { token } = offer.parse(JSON.parse(body).value);
  const input = { offers: [token] };
  expect(await callFrom(host, '', 'app.importSources', input)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  const imported = host.told('import.done', 'w2/');
  expect(await callFrom(host, 'w2/', 'app.importSources', input)).toMatchObject({ ok: true });
  await imported;

  for (const path of ['w3/', 'w3/session', 'w3/events']) expect((await host.get(path)).status, path).toBe(404);
  const page = await host.get('w3/', { 'sec-fetch-dest': 'document' });
  expect([page.status, page.headers['content-type'], page.body]).toEqual([
    404,
    'text/plain; charset=utf-8',
    expect.stringContaining('This window no longer exists.'),
  ]);
  // Without the cookie, the answer does not show which windows there are.
  expect((await host.ask(`/${host.prefix}/w2/`)).status).toBe(403);
  expect((await host.ask(`/${host.prefix}/w3/`)).status).toBe(403);
});

test('a window whose tab was closed releases its project, and gets it again when reopened', async () => {
  const host = await served({ closeAfter: 1 });
  const owner = openHome({ SOURCEBOOK_HOME: join(host.folder, 'home') });
  const folder = join(owner.projectsFolder, 'Liuquan.sourcebook');
  const actor = { person: owner.person(), installation: owner.installation() };
  const told = host.told('project.changed');
  await host.call('view.set', { key: 'place', value: 'read' });
  await host.call('project.rename', { title: 'Renamed' });
  await told;

  // Its only page has stopped to listen.
  const elsewhere = await vi.waitFor(() => startEngine({ folder, ...actor }), { timeout: 10_000 });
  await elsewhere.close();
  expect((await host.call('app.state', {})).project?.title).toBe('Renamed');
  expect(await host.call('view.get', { key: 'place' })).toEqual({ value: 'read' });
});
