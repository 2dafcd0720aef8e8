import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const HOW_TO_OPEN =
  'Open this address in a browser on this computer. It works once.\n' +
  'Your own browser keeps its habits: it may ask its maker about form fields, translations or addresses while you read.\n';

describe('sourcebook serve', () => {
  it('prints one address, rejects requests without its key, and ends cleanly when stopped', async () => {
    const folder = tempFolder();
    const sourcebook = commandLine(folder, folder);
    await sourcebook('new', 'county');
    const server = sourcebook.start('serve', '--no-browser', 'county');
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

  it('prints the address if the browser it opens shows nothing', async () => {
    const folder = tempFolder();
    const broken = join(folder, 'chromium');
    writeFileSync(broken, '#!/bin/sh\necho "$@" > "$0.args"\nexit 1\n', { mode: 0o755 });
    const sourcebook = commandLine(folder, folder, { SOURCEBOOK_BROWSER: broken });
    const server = sourcebook.start('serve');
    const address = await server.line();
    server.signal('SIGTERM');
    expect((await server.ended).err).toContain(`ended before it showed anything. ${HOW_TO_OPEN}`);
    const args = readFileSync(`${broken}.args`, 'utf8');
    expect(args).toContain('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
    expect(args).not.toContain(new URL(address).searchParams.get('key'));
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
