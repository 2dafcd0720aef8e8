import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

it('A project is exported for other programs, by format, and what has no place there is said', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.txt'), 'Land was transferred. Workers were trained.\n');
  await sourcebook('new', 'county', '--title', 'County');
  await sourcebook('add', 'county', 'report.txt');
  const [source] = (await sourcebook.json('sources', 'county')).value.sources;
  const land = ['--quote', 'Land was transferred', '--category', 'LND.RIGHTS'];
  const { passage } = (await sourcebook.json('highlight', 'county', source.id, ...land)).value;
  await sourcebook('review', 'county', passage.id, '--to', 'returned', '--comment', 'Look again');

  const made = (await sourcebook.json('export', 'county', 'county.qdpx', '--format', 'qdpx')).value;
  expect(made).toMatchObject({
    file: join(folder, 'county.qdpx'),
    bytes: statSync(join(folder, 'county.qdpx')).size,
    sources: 1,
    passages: 1,
    tags: 1,
    not_carried: [{ kind: 'Review step', count: 1, why: expect.stringMatching(/\.$/) }],
  });
  const said = await sourcebook('export', 'county', 'county.qdpx', '--format', 'qdpx', '--replace');
  expect(said.err).toMatch(/Not carried: 1 × .?Review step/);
  expect((await sourcebook.json('export', 'county', 'codes.qdc', '--format', 'qdc')).value.categories).toBeGreaterThan(
    30,
  );

  await sourcebook('new', 'other', '--title', 'Other');
  const came = (await sourcebook.json('import', 'other', 'county.qdpx')).value;
  expect(came).toMatchObject({ format: 'qdpx', program: 'Sourcebook', missing: [], not_carried: [] });
  expect(came.lines).toContainEqual(
    expect.objectContaining({ inFile: 'Text selections', found: 1, becomes: 'passages', added: 1, here: 0 }),
  );
  const again = await sourcebook('import', 'other', 'county.qdpx');
  expect(again.out).toContain('Text selections: 1 in the file, 0 added, 1 here already');
  writeFileSync(join(folder, 'broken.qdpx'), 'PK, but no zip');
  expect((await sourcebook('import', 'other', 'broken.qdpx')).code).not.toBe(0);

  for (const [name, said] of [
    ['memo.docx', /^Can’t import “memo\.docx”: files of other programs end in \.qdpx, .+ Documents are added/],
    ['gone.docx', /“gone\.docx”/],
    ['county.sbk', /A project called “other\.sourcebook” already exists/],
  ] as const) {
    if (!name.startsWith('gone')) writeFileSync(join(folder, name), 'Not a project file');
    const refused = await sourcebook('import', 'other', name);
    expect(refused.err, name).toMatch(said);
    expect(refused.code, name).not.toBe(0);
  }

  // A name that a category has already is asked for, by no default.
  const codes = `<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
    <Code guid="11111111-1111-4111-8111-111111111111" name="Land-use-rights transfer" isCodable="true"/></Codes></CodeBook>`;
  writeFileSync(join(folder, 'more.qdc'), codes);
  const open = await sourcebook.json('import', 'other', 'more.qdc');
  expect(open).toMatchObject({ code: 1, value: { error: { code: 'ANSWERS_NEEDED' } } });
  const preview = await sourcebook('import', 'other', 'more.qdc', '--preview');
  expect(preview.out).toContain('--code "Land-use-rights transfer=LND.RIGHTS"');
  // An answer can be copied from there, whatever the direction of the name.
  const copied = /--code (".+=new")/.exec(preview.out)?.[1] ?? '';
  expect(copied).toBe('"Land-use-rights transfer=new"');
  const known = ['--code', 'Land-use-rights transfer=LND.RIGHTS'];
  expect((await sourcebook('import', 'other', 'more.qdc', ...known)).out).toContain('0 added, 1 here already');
  expect((await sourcebook('import', 'other', 'more.qdc', '--codes', 'new')).out).toContain('1 added');
  expect((await sourcebook('import', 'other', 'more.qdc', '--code', 'Land=new')).code).not.toBe(0);

  expect((await sourcebook('export', 'county', 'x.qdpx', '--format', 'nvp')).code).toBe(2);
  expect((await sourcebook('export', 'county', 'x.qdpx', '--format', 'qdpx', '--sign')).code).toBe(2);
}, 60_000);

it('The evidence is exported as tables whose columns are explained, and sources as a bibliography that comes back', async () => {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.txt'), 'Land was transferred.\n');
  await sourcebook('new', 'county', '--title', 'County');
  await sourcebook('add', 'county', 'report.txt');
  const [source] = (await sourcebook.json('sources', 'county')).value.sources;
  await sourcebook('highlight', 'county', source.id, '--quote', 'Land was', '--category', 'LND.RIGHTS');

  const csv = (await sourcebook.json('export', 'county', 'all.csv', '--format', 'csv')).value;
  expect(csv).toMatchObject({ passages: 1, columns: join(folder, 'all.columns.csv') });
  const named = readFileSync(csv.file, 'utf8').split('\r\n')[0]?.split(',') ?? [];
  const explained = readFileSync(csv.columns, 'utf8').split('\r\n').slice(1, -1);
  expect(explained.map((line) => line.split(',')[0])).toEqual(
    named.map((name) => name.replace('\ufeff', '')).slice(0, explained.length),
  );
  // The last column says of itself what it is.
  expect(named[explained.length]).toContain('cells given a leading apostrophe');
  expect((await sourcebook('export', 'county', 'all.csv', '--format', 'csv')).code).not.toBe(0);
  expect((await sourcebook.json('export', 'county', 'all.xlsx', '--format', 'xlsx')).value).toMatchObject({
    passages: 1,
  });

  await sourcebook('export', 'county', 'all.bib', '--format', 'bibtex');
  const back = (await sourcebook.json('import', 'county', 'all.bib')).value;
  expect(back).toMatchObject({ format: 'bibtex', not_carried: [] });
});
