import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makePdf } from '../support/pdf.ts';
import { tempFolder } from '../support/temp.ts';

it('PDFs go out with their passages as annotations, which a project of the same PDF lists and takes', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  const bytes = await makePdf([['The county placed surplus workers.']]);
  writeFileSync(join(folder, 'plan.pdf'), bytes);
  await sourcebook('new', 'county', '--title', 'County');
  await sourcebook('add', 'county', 'plan.pdf');
  const [source] = (await sourcebook.json('sources', 'county')).value.sources;
  await sourcebook('highlight', 'county', source.id, '--quote', 'surplus workers', '--category', 'LND.RIGHTS');

  const made = (await sourcebook.json('export', 'county', 'marked.pdf', '--format', 'pdf')).value;
  expect(made).toMatchObject({ file: join(folder, 'marked.pdf'), sources: 1, passages: 1, tags: 1 });
  expect(made.not_carried).toEqual([{ kind: 'Tag', count: 1, why: expect.stringMatching(/text in the note\.$/) }]);
  const written = readFileSync(join(folder, 'marked.pdf'));
  expect(written.subarray(0, bytes.length).equals(bytes)).toBe(true);
  expect((await sourcebook('export', 'county', 'x.pdf', '--format', 'pdf', '--pseudonyms')).code).toBe(0);
  expect(readFileSync(join(folder, 'x.pdf')).includes('(Coder 1)')).toBe(true);
  expect((await sourcebook('export', 'county', 'x.qdpx', '--format', 'qdpx', '--pseudonyms')).code).toBe(2);
  expect(existsSync(join(folder, 'x.qdpx'))).toBe(false);

  // The marked copy is a source of its own in another project, with one highlight.
  await sourcebook('new', 'other', '--title', 'Other');
  await sourcebook('add', 'other', 'marked.pdf');
  const [copy] = (await sourcebook.json('sources', 'other')).value.sources;
  const listed = await sourcebook('annotations', 'other', copy.id);
  expect(listed.out).toContain('Annotations: 1 in the file, 1 to add');
  expect(listed.out).toContain('Run it with --take');
  expect((await sourcebook.json('passages', 'other')).value.passages).toEqual([]);
  const taken = (await sourcebook.json('annotations', 'other', copy.id, '--take')).value;
  expect(taken).toMatchObject({ format: 'pdf', not_carried: [] });
  expect((await sourcebook.json('passages', 'other')).value.passages).toHaveLength(1);
  // Nor is anything doubled by importing the file.
  const again = await sourcebook('import', 'other', 'marked.pdf');
  expect(again.out).toContain('Annotations: 1 in the file, 0 added, 1 here already');
}, 60_000);
