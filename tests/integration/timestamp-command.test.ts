import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { hasTimeAuthority, TimeAuthority } from '../support/time-authority.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it.skipIf(!hasTimeAuthority())(
  'a snapshot’s request is carried to an authority, and its answer is verified offline by a root that the person names',
  { timeout: 240_000 },
  async () => {
    const authority = new TimeAuthority();
    try {
      await sourcebook('new', 'county');
      const { snapshot } = (await sourcebook.json('snapshot', 'county', 'Submitted')).value;
      const asking = ['timestamp', 'county', '--snapshot', 'Submitted', '--request', 'ask.tsq'];
      const asked = await sourcebook.json(...asking);
      expect(asked).toMatchObject({ code: 0, value: { snapshot: 'Submitted', hash: snapshot.state } });
      expect((await sourcebook.json(...asking)).value.error.code).toBe('EXISTS');

      const request = readFileSync(join(folder, 'ask.tsq'));
      writeFileSync(join(folder, 'answer.tsr'), authority.answer(request, authority.certificate()));
      writeFileSync(join(folder, 'root.pem'), authority.root);
      const checking = [...asking, '--answer', 'answer.tsr'];
      const checked = await sourcebook.json(...checking, '--root', 'root.pem');
      expect(checked).toMatchObject({
        code: 0,
        value: { ok: true, fault: null, hash: snapshot.state, accuracy: 1500 },
      });
      expect(await sourcebook.json(...checking)).toMatchObject({ code: 3, value: { ok: false, fault: 'untrusted' } });

      // Kept in the project, it is verified with it, by roots that this installation trusts.
      expect(await sourcebook.json(...checking, '--keep')).toMatchObject({ code: 3, value: { fault: 'untrusted' } });
      const before = await sourcebook.json('verify', 'county');
      expect(before).toMatchObject({ code: 0, value: { ok: true, remarks: [{ kind: 'timestamp' }] } });
      const { roots } = (await sourcebook.json('trusted-roots', '--add', 'root.pem')).value;
      expect(roots).toMatchObject([{ subject: 'CN=Test root' }]);
      expect((await sourcebook.json(...checking)).code).toBe(0);
      await sourcebook('export', 'county', 'county.sbk');
      for (const target of ['county', 'county.sbk'])
        expect(await sourcebook.json('verify', target)).toMatchObject({ code: 0, value: { ok: true, remarks: [] } });
      const listed = await sourcebook.json('timestamps', 'county');
      expect(listed).toMatchObject({
        code: 0,
        value: { timestamps: [{ snapshot: 'Submitted', standing: 'trusted', root: roots[0].fingerprint }] },
      });
      expect((await sourcebook.json('trusted-roots', '--remove', roots[0].fingerprint)).value.roots).toEqual([]);

      writeFileSync(join(folder, 'report.txt'), '组织农村富余劳动力转移就业1234人次。\n');
      expect(await sourcebook('add', 'county', 'report.txt')).toMatchObject({ code: 0 });
      await sourcebook.json('snapshot', 'county', 'Later');
      const other = await sourcebook.json(
        'timestamp',
        'county',
        '--snapshot',
        'Later',
        ...checking.slice(4),
        '--root',
        'root.pem',
      );
      expect(other).toMatchObject({ code: 3, value: { ok: false, fault: 'other-bytes' } });
      expect((await sourcebook.json(...checking, '--root', 'ask.tsq')).value.error.code).toBe('BAD_INPUT');
    } finally {
      authority.close();
    }
  },
);

it.skipIf(!hasTimeAuthority())(
  'an authority that a person names is asked over the network, by this one act, and its answer verified and kept',
  { timeout: 240_000 },
  async () => {
    const authority = new TimeAuthority();
    const signer = authority.certificate();
    const asked: Buffer[] = [];
    let reply = 'application/timestamp-reply';
    const server = createServer((query, answer) => {
      const parts: Buffer[] = [];
      query.on('data', (part: Buffer) => parts.push(part));
      query.on('end', () => {
        asked.push(Buffer.concat(parts));
        answer.writeHead(200, { 'Content-Type': reply });
        answer.end(authority.answer(Buffer.concat(parts), signer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = (server.address() as AddressInfo).port;
    const url = `http://127.0.0.1:${String(port)}/tsa`;
    try {
      await sourcebook('new', 'asking');
      await sourcebook.json('snapshot', 'asking', 'Submitted');
      writeFileSync(join(folder, 'asked-root.pem'), authority.root);
      const about = ['timestamp', 'asking', '--snapshot', 'Submitted'];
      const root = ['--root', 'asked-root.pem', '--keep'];
      const made = await sourcebook(...about, '--request', 'now.tsq', '--ask', url, ...root);
      expect(made.err).toContain('This one act used the network');
      expect(made.code).toBe(0);
      // The request and nothing else was sent, and both are files that can be checked again without the network.
      expect(asked).toEqual([readFileSync(join(folder, 'now.tsq'))]);
      const again = ['--request', 'now.tsq', '--answer', 'now.tsr', '--root', 'asked-root.pem'];
      expect(await sourcebook.json(...about, ...again)).toMatchObject({ code: 0, value: { ok: true } });
      expect((await sourcebook.json('timestamps', 'asking')).value.timestamps).toHaveLength(1);

      reply = 'text/html';
      const other = await sourcebook.json(...about, '--request', 'two.tsq', '--ask', url);
      expect(other.value.error).toMatchObject({ code: 'BAD_INPUT', context: { status: 200 } });
      const address = await sourcebook.json(...about, '--request', 'three.tsq', '--ask', 'ftp://a.example');
      expect(address.value.error.code).toBe('USAGE');
    } finally {
      server.close();
      authority.close();
    }
    const gone = await sourcebook.json(
      'timestamp',
      'asking',
      '--snapshot',
      'Submitted',
      '--request',
      'four.tsq',
      '--ask',
      url,
    );
    expect(gone.value.error.code).toBe('NOT_FOUND');
  },
);
