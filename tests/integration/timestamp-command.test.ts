import { readFileSync, writeFileSync } from 'node:fs';
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
