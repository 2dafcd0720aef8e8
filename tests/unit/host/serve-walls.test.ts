import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../../electron/host/browser/serve.ts';
import { openHome } from '../../../electron/host/home.ts';
import { filesOf, projects } from '../../../electron/host/project-folders.ts';
import { HTTP_LIMITS, TOKEN_HEADER } from '../../../shared/contract/http.ts';
import { PAGE, SECRET, ServedHost } from '../../support/served.ts';

let host: ServedHost;
beforeAll(async () => {
  host = await ServedHost.start();
});
afterAll(() => host.end());

describe('the printed address', () => {
  test('is on the loopback, and its key is long', () => {
    expect(host.address.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{24}\/\?key=[\w-]{43}$/);
  });

  test('rejects another key', async () => {
    const answer = await host.ask(`/${host.prefix}/?key=${'a'.repeat(43)}`);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('admits one browser: by a cookie for this path only, unreadable for scripts and other sites', async () => {
    const answer = await host.enter();
    expect([answer.status, answer.headers.location]).toEqual([303, `/${host.prefix}/`]);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(`^sourcebook-[0-9a-f]{8}=[\\w-]{43}; Path=/${host.prefix}/; HttpOnly; SameSite=Strict$`),
      ),
    ]);
    expect(host.cookie).not.toContain(host.token);
  });

  test('works only once', async () => {
    const { pathname, search } = host.address;
    const again = await host.ask(pathname + search);
    expect(again.status).toBe(403);
    expect(again.body).toContain('once');
  });

  test('still works for the browser that used it', async () => {
    const { pathname, search } = host.address;
    expect((await host.ask(pathname + search, { headers: { cookie: host.cookie } })).status).toBe(303);
  });
});

describe('the page', () => {
  test('has a policy that lets it load nothing from elsewhere', async () => {
    const answer = await host.get('');
    expect([answer.status, answer.body]).toEqual([200, PAGE]);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('has its files, sent with their types', async () => {
    expect((await host.get('assets/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });
});

describe('requests from elsewhere are rejected', () => {
  const paths = ['', 'session', 'events', 'assets/main.js', 'original/x', 'download/x'];

  test.each(paths)('without the cookie: %s', async (path) => {
    const answer = await host.ask(`/${host.prefix}/${path}`);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('Sourcebook</title>');
  });

  test.each(['/', '/favicon.ico', '/index.html', `/${'0'.repeat(24)}/`, '//127.0.0.1/', 'http://evil.example/'])(
    'outside the path: %s',
    async (path) => {
      expect((await host.ask(path, { headers: { cookie: host.cookie } })).status).toBe(403);
    },
  );

  test.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]', '0x7f.1', 'sourcebook.localhost'])(
    'with another name of this machine, as DNS rebinding would: %s',
    async (name) => {
      const named = name.includes(':1') ? name : `${name}${name === '127.0.0.1' ? '' : `:${host.port}`}`;
      expect((await host.get('session', { host: named })).status).toBe(421);
      expect(
        (await host.ask(`/${host.prefix}/api/app.state`, { method: 'POST', headers: { ...host.own(), host: named } }))
          .status,
      ).toBe(421);
    },
  );

  test.each(['http://evil.example', 'null', 'http://localhost', 'http://127.0.0.1:1', 'https://127.0.0.1', ''])(
    'from another origin, even with cookie and token: %s',
    async (origin) => {
      expect((await host.post('app.state', {}, { ...host.own(), origin })).status).toBe(403);
      expect((await host.get('session', { origin })).status).toBe(403);
    },
  );

  test('a POST that names no origin', async () => {
    const { origin: _origin, ...rest } = host.own();
    expect((await host.post('app.state', {}, rest)).status).toBe(403);
  });

  test.each(['cross-site', 'same-site'])(
    'a request from a page of another site or port (Sec-Fetch-Site: %s)',
    async (site) => {
      expect((await host.get('session', { 'sec-fetch-site': site })).status).toBe(403);
      expect((await host.get('original/x', { 'sec-fetch-site': site })).status).toBe(403);
    },
  );

  test.each(['', 'a', 'x'.repeat(43)])('a call with the token %j', async (wrong) => {
    expect((await host.post('app.state', {}, { ...host.own(), [TOKEN_HEADER]: wrong })).status).toBe(403);
  });

  test('a call without the cookie, even with the token', async () => {
    const { cookie: _cookie, ...rest } = host.own();
    expect((await host.post('app.state', {}, rest)).status).toBe(403);
  });

  test('the POST of a form, which cannot send JSON', async () => {
    const answer = await host.post('app.state', {}, { ...host.own(), 'content-type': 'text/plain' });
    expect(answer.status).toBe(400);
  });

  test('a preflight request gets no permission', async () => {
    const answer = await host.ask(`/${host.prefix}/api/app.state`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('the server listens on the loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      const reached = await new Promise((done) => {
        const socket = connect({ host: address, port: host.port, timeout: 1000 });
        socket.on('connect', () => done(socket.destroy() && true));
        for (const event of ['error', 'timeout']) socket.on(event, () => done(false));
      });
      expect(reached).toBe(false);
    }
  });
});

describe('no path leads out of the served folder', () => {
  test.each([
    '../secret.txt',
    '../../secret.txt',
    '..%2fsecret.txt',
    '%2e%2e/secret.txt',
    '%2e%2e%2fsecret.txt',
    'assets/../../secret.txt',
    'assets/..%5c..%5csecret.txt',
    '..\\secret.txt',
    '....//secret.txt',
    '/etc/passwd',
    '%00',
    'index.html%00.js',
    '%',
    '%ff',
    'original/../../../secret.txt',
    'original/..%2f..%2fsecret.txt',
    'frozen/x/r/../../../secret.txt',
    'layer/x/page/1/../../../secret.txt',
    'download/../../secret.txt',
    'api/../index.html',
  ])('%s', async (path) => {
    const answer = await host.get(path);
    expect([403, 404]).toContain(answer.status);
    expect(answer.body).not.toContain(SECRET);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'POST'])('%s of the page changes nothing', async (method) => {
    expect((await host.ask(`/${host.prefix}/index.html`, { method, headers: host.own() })).status).toBe(405);
  });
});

describe('request bodies have limits', () => {
  test('a call that declares a size over its limit', async () => {
    const answer = await host.ask(`/${host.prefix}/api/app.state`, {
      method: 'POST',
      headers: { ...host.own(), 'content-type': 'application/json', 'content-length': HTTP_LIMITS.json + 1 },
      body: 'x',
    });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([413, 'TOO_LARGE']);
  });

  test('a call that turns out larger than its limit', async () => {
    const answer = await host.ask(`/${host.prefix}/api/app.state`, {
      method: 'POST',
      headers: { ...host.own(), 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(HTTP_LIMITS.json + 1024, 0x20),
    });
    expect(answer.status).toBe(413);
  });

  test('an upload that declares a size over its limit', async () => {
    const answer = await host.ask(`/${host.prefix}/upload?name=a.pdf`, {
      method: 'PUT',
      headers: { ...host.own(), 'content-length': HTTP_LIMITS.upload + 1 },
      body: 'x',
    });
    expect(answer.status).toBe(413);
  });

  test('invalid JSON', async () => {
    const answer = await host.ask(`/${host.prefix}/api/app.state`, {
      method: 'POST',
      headers: { ...host.own(), 'content-type': 'application/json' },
      body: '{',
    });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([400, 'BAD_INPUT']);
  });
});

describe('the gate is the same as in Electron', () => {
  test.each(['import.run', 'projectFile.export'])('%s takes paths and is rejected', async (name) => {
    const answer = await host.post(name, { job: 'a', paths: ['/etc/passwd'], path: '/tmp/out.sbk' });
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
  });

  test('dialogs are rejected', async () => {
    for (const [name, input] of [
      ['app.openProject', {}],
      ['app.pickSources', { what: 'files' }],
    ] as const) {
      expect(JSON.parse((await host.post(name, input)).body)).toMatchObject({
        ok: false,
        error: { code: 'UNSUPPORTED' },
      });
    }
  });

  test('the state names this host', async () => {
    expect(await host.call('app.state', {})).toMatchObject({ host: 'browser', nativeDialogs: false, project: null });
  });
});

test('a port in use is reported', async () => {
  const home = openHome({ SOURCEBOOK_HOME: join(host.folder, 'home') });
  await expect(
    serve({ home, projects, filesOf, renderer: join(host.folder, 'renderer'), port: host.port }),
  ).rejects.toMatchObject({
    data: { code: 'EXISTS', message: expect.stringContaining(String(host.port)) },
  });
});

test('a finished request leaves nothing behind', async () => {
  const home = openHome({ SOURCEBOOK_HOME: join(host.folder, 'second') });
  const second = await serve({ home, projects, filesOf, renderer: join(host.folder, 'renderer') });
  await second.close();
  await second.close();
  expect(readdirSync(join(host.folder, 'second', 'exchange'))).toEqual([]);
  await expect(text(connect(Number(new URL(second.address).port), '127.0.0.1'))).rejects.toThrow(/ECONNREFUSED/);
});
