import { describe, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const HOW_TO_OPEN = 'Open this address in a browser on this computer. It works once.\n';

describe('sourcebook serve', () => {
  it('prints one address, rejects requests without its key, and ends cleanly when stopped', async () => {
    const folder = tempFolder();
    const sourcebook = commandLine(folder, folder);
    await sourcebook('new', 'county');
    const server = sourcebook.start('serve', 'county');
    const address = await server.line();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S+$/);
    const stranger = await fetch(new URL('/', address), { redirect: 'manual' });
    expect(stranger.status).toBeGreaterThanOrEqual(400);
    const guest = await fetch(address, { redirect: 'manual' });
    expect(guest.headers.get('set-cookie')).toMatch(/HttpOnly/i);
    server.signal('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, out: `${address}\n`, err: HOW_TO_OPEN });
    expect((await sourcebook.json('verify', 'county')).value.ok).toBe(true);
  });

  it('says what it cannot serve', async () => {
    const folder = tempFolder();
    const sourcebook = commandLine(folder, folder);
    expect(await sourcebook.json('serve', 'nowhere')).toMatchObject({
      code: 1,
      value: { error: { code: 'NOT_A_PROJECT' } },
    });
    expect(await sourcebook.json('serve', '--port', 'none')).toMatchObject({
      code: 2,
      value: { error: { code: 'USAGE' } },
    });
  });
});
