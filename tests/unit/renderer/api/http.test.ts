// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpTransport } from '../../../../renderer/api/http.ts';

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly token: string | null;
  readonly body: unknown;
  /** Whether the request reaches the host even if its page is closed. */
  readonly keepalive: boolean;
}

/** A browser host that gives prepared answers and records what it was sent. */
function host(answer: (sent: Sent) => unknown) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const one = {
      path,
      method: init.method ?? 'GET',
      token: new Headers(init.headers).get('x-sourcebook-token'),
      body: init.body,
      keepalive: init.keepalive ?? false,
    };
    sent.push(one);
    const value = path === 'session' ? { token: 'a-token-of-more-than-twenty' } : answer(one);
    return value instanceof Error ? Promise.reject(value) : Promise.resolve(Response.json(value));
  });
  return sent;
}

/** A chosen file. jsdom has no paths in folders. */
function file(name: string, inFolder = ''): File {
  const made = new File(['x'], name);
  Object.defineProperty(made, 'webkitRelativePath', { value: inFolder });
  return made;
}

afterEach(() => vi.unstubAllGlobals());

describe('calls over HTTP', () => {
  it('fetch the token once, and send it with every call', async () => {
    const sent = host(() => ({ ok: true, value: {} }));
    const transport = httpTransport();
    await transport.call('project.info', {});
    await transport.call('sources.get', { id: 'x' });
    expect(sent.map(({ path }) => path)).toEqual(['session', 'api/project.info', 'api/sources.get']);
    expect(
      sent.slice(1).every(({ token, method }) => token === 'a-token-of-more-than-twenty' && method === 'POST'),
    ).toBe(true);
    expect(sent[2]?.body).toBe('{"id":"x"}');
  });

  it('upload files one after the other, with their path in a folder', async () => {
    const sent = host(({ path }) => ({ ok: true, value: { token: `token-${path}`, name: 'n' } }));
    const offered = await httpTransport().offer([file('报告.pdf'), file('b.pdf', 'reports/b & c.pdf')]);
    expect(offered).toMatchObject({ ok: true });
    expect(sent.slice(1).map(({ path, method }) => `${method} ${path}`)).toEqual([
      'PUT upload?name=%E6%8A%A5%E5%91%8A.pdf',
      'PUT upload?name=reports%2Fb%20%26%20c.pdf',
    ]);
  });

  it('stop at the first file that is rejected, and say why', async () => {
    const sent = host(() => ({ ok: false, error: { code: 'TOO_LARGE', message: 'This file is too large.' } }));
    const answer = await httpTransport().offer([file('a'), file('b')]);
    expect(answer).toEqual({ ok: false, error: { code: 'TOO_LARGE', message: 'This file is too large.' } });
    expect(sent).toHaveLength(2);
  });

  it('say that the program is no longer running, and get a new token the next time', async () => {
    let gone = true;
    const sent = host(() => (gone ? new TypeError('Failed to fetch') : { ok: true, value: 1 }));
    const transport = httpTransport();
    expect(await transport.call('project.info', {})).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('Sourcebook has stopped') },
    });
    gone = false;
    expect(await transport.call('project.info', {})).toEqual({ ok: true, value: 1 });
    expect(sent.filter(({ path }) => path === 'session')).toHaveLength(2);
  });

  it('are finished after their page closes, as far as browsers allow, and use keepalive only then', async () => {
    const sent = host(() => ({ ok: true, value: {} }));
    const transport = httpTransport();
    await transport.call('project.info', {});
    window.dispatchEvent(new Event('pagehide'));
    await Promise.all([
      transport.call('sources.get', { id: 'small' }),
      transport.call('sources.get', { id: '大'.repeat(21_000) }),
      transport.call('sources.get', { id: 'over the limit together with the one before'.repeat(100) }),
      transport.call('sources.get', { id: 'and small again' }),
    ]);
    expect(sent.slice(1).map(({ keepalive }) => keepalive)).toEqual([false, true, true, false, true]);
  });
});
