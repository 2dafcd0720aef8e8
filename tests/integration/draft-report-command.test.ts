import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

it('draft-report says which draft it doesn’t find, and which formats there are', { timeout: 240_000 }, async () => {
  await sourcebook('new', 'county');
  expect(await sourcebook('draft-report', 'county', 'Nothing', 'x.html')).toMatchObject({
    code: 1,
    err: expect.stringContaining('No draft is called “Nothing”'),
  });
  expect(await sourcebook('draft-report', 'county', 'Nothing', 'x.pdf')).toMatchObject({
    code: 2,
    err: expect.stringContaining('.html, .docx or .csv'),
  });
});
