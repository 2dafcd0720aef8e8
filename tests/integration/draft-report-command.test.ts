import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { DRAFT, NOTE } from '../support/draft.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it(
  'draft-report writes a draft of a project in each format, and says which it can’t find',
  { timeout: 240_000 },
  async () => {
    writeFileSync(join(folder, 'note.txt'), NOTE);
    writeFileSync(join(folder, 'quota.md'), DRAFT);
    await sourcebook('person', 'add', 'Nour');
    await sourcebook('new', 'county');
    await sourcebook('add', 'county', 'note.txt');
    const by = ['--published', '2024-06-03', '--author', 'A. Lindqvist'];
    const { draft } = (await sourcebook.json('drafts', 'county', 'open', 'quota.md', ...by)).value;
    for (const file of ['report.html', 'report.docx', 'report.csv']) {
      const written = await sourcebook.json('draft-report', 'county', draft.title, file);
      expect(written).toMatchObject({ code: 0, value: { bytes: readFileSync(join(folder, file)).length } });
    }
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('Sourcebook, report on a draft');
    expect((await sourcebook('draft-report', 'county', draft.id, 'report.csv')).code).not.toBe(0);
    expect((await sourcebook('draft-report', 'county', draft.id, 'report.csv', '--replace')).code).toBe(0);
    expect((await sourcebook('draft-report', 'county', 'Nothing', 'x.html')).err).toContain('and no ID begins so.');
    expect((await sourcebook('draft-report', 'county', draft.id, 'x.pdf')).code).toBe(2);
  },
);
