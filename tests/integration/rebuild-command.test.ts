import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it(
  'The command line refuses a project with a trigger of its own, and rebuilds it from its history',
  { timeout: 120_000 },
  async () => {
    await sourcebook('--person', 'Ann', 'new', 'county', '--codebook', 'empty');
    const database = new Database(join(folder, 'county.sourcebook', 'project.sqlite'));
    database.exec('CREATE TRIGGER quiet BEFORE INSERT ON change_ BEGIN SELECT RAISE(IGNORE); END');
    database.close();

    const verified = await sourcebook.json('verify', 'county');
    expect(verified.code).toBe(3);
    expect(verified.value.failures[0].message).toContain('a trigger “quiet” that Sourcebook didn’t write');
    const refused = await sourcebook('snapshot', 'county', 'Lost');
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('The command is sourcebook rebuild <project>.');

    const rebuilt = await sourcebook.json('rebuild', 'county');
    expect(rebuilt.code).toBe(0);
    expect(rebuilt.value).toMatchObject({ commits: 1, rejected: [], kept: expect.stringMatching(/^damaged-/) });
    expect((await sourcebook('snapshot', 'county', 'Kept')).code).toBe(0);
    expect((await sourcebook.json('verify', 'county')).value).toMatchObject({ ok: true, counts: { commits: 2 } });
  },
);
