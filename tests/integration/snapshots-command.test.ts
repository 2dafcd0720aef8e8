import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { withoutGuards } from '../support/alter-log.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it(
  'snapshot names states, diff compares two, and a state that no longer matches ends with 3',
  { timeout: 240_000 },
  async () => {
    writeFileSync(join(folder, 'report.txt'), '组织农村富余劳动力转移就业1234人次。\n');
    await sourcebook('new', 'county');
    const { value } = await sourcebook.json('add', 'county', 'report.txt');
    const first = await sourcebook.json('snapshot', 'county', 'Submitted');
    expect(first).toMatchObject({ code: 0, value: { snapshot: { name: 'Submitted', commits: expect.any(Number) } } });
    const { snapshot } = first.value;
    expect(Object.keys(snapshot).sort()).toEqual(['at', 'commits', 'id', 'name', 'state']);
    expect(await sourcebook.json('snapshot', 'county', 'Submitted')).toMatchObject({
      code: 1,
      value: { error: { code: 'EXISTS' } },
    });

    await sourcebook('highlight', 'county', value.items[0].source, '--quote', '劳动力转移就业');
    const now = await sourcebook.json('diff', 'county', 'Submitted', 'now');
    expect(now).toMatchObject({ code: 0, value: { added: 1, changed: 0, removed: 0 } });
    expect(now.value.differences).toMatchObject([{ entity: 'passage', label: '“劳动力转移就业”', how: 'added' }]);
    await sourcebook('snapshot', 'county', 'Printed');
    expect((await sourcebook.json('diff', 'county', 'Printed', snapshot.id)).value).toMatchObject({ removed: 1 });
    expect((await sourcebook.json('diff', 'county', 'Nothing', 'now')).value.error.code).toBe('NOT_FOUND');
    expect(await sourcebook.json('snapshots', 'county')).toMatchObject({
      code: 0,
      value: {
        snapshots: [
          { name: 'Printed', ok: true },
          { name: 'Submitted', ok: true, state: snapshot.state },
        ],
      },
    });

    const sqlite = new Database(join(folder, 'county.sourcebook', 'project.sqlite'));
    withoutGuards(sqlite, () => {
      sqlite.exec(`UPDATE change_ SET value = replace(value, '转移', '输出') WHERE value LIKE '%转移%'`);
    });
    sqlite.close();
    const bent = await sourcebook.json('diff', 'county', 'Submitted', 'Printed');
    expect(bent.code).toBe(3);
    expect(bent.err).toMatch(/no longer gives the state recorded in .*Printed/);
    expect((await sourcebook.json('snapshots', 'county')).code).toBe(3);
  },
);
