import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commandLine } from '../support/cli.ts';
import { makeDocx, p, r } from '../support/docx.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

const DRAFT = [
  'In March, 1,600 workers left (Xinhua, March 5). Then 300 households followed.',
  'Officials said that “no worker was forced to leave” and that “every worker was glad to leave early”.',
  'They wrote that “wages rose by 9.4 percent in a single year” and “没有强迫任何人外出务工”.',
].join('\n\n');

it(
  'draft checks citations, figures and quotations, and looks for these in a project',
  { timeout: 240_000 },
  async () => {
    writeFileSync(join(folder, 'draft.md'), DRAFT);
    writeFileSync(
      join(folder, 'news.txt'),
      'Officials said that no worker was forced to leave, and wages rose by 8.4 percent in a single year.\n',
    );
    const alone = await sourcebook.json('draft', 'draft.md', '--published', '2024-02-01');
    expect(alone).toMatchObject({
      code: 0,
      value: {
        citations: [{ text: 'Xinhua, March 5', publisher: 'Xinhua', date: '2023-03-05', implied: true }],
        uncited: expect.arrayContaining([expect.objectContaining({ kind: 'figure', text: '300' })]),
        quotations: expect.arrayContaining([expect.objectContaining({ status: 'not-checked', passage: null })]),
        terms: [],
      },
    });

    await sourcebook('person', 'add', 'Nour');
    await sourcebook('new', 'county');
    await sourcebook('add', 'county', 'news.txt');
    const [{ id: source }] = (await sourcebook.json('sources', 'county')).value.sources;
    // Two passages around the first quotation, one beside it: the shorter one that covers it is named.
    const marked = async (quote: string): Promise<string> =>
      (await sourcebook.json('highlight', 'county', source, '--quote', quote)).value.passage.id;
    await marked('Officials said that no worker was forced to leave');
    const shorter = await marked('no worker was forced to leave');
    await marked('wages rose');
    const checked = await sourcebook.json('draft', 'draft.md', '--published', '2024-02-01', '--project', 'county');
    expect(checked).toMatchObject({
      code: 0,
      value: {
        quotations: [
          { status: 'exact', passage: shorter, place: { start: 20, end: 49 } },
          { status: 'not-found', passage: null, place: null },
          { status: 'changed', warnings: ['number'], passage: null, place: { start: expect.any(Number) } },
          { status: 'other-language', passage: null, place: null },
        ],
      },
    });
    expect(await sourcebook('draft', 'draft.md', '--published', '2024-02-01', '--project', 'county')).toMatchObject({
      code: 0,
      err: expect.stringContaining('4 quotations: 1 exact, 1 changed, 1 not found, 1 in another language'),
    });
    writeFileSync(
      join(folder, 'terms.md'),
      'The county transferred 671 people, exceeding its quota of 620 people by 12.3 percent (Zenz, 2020). They left poverty by transfers (转移就业脱).',
    );
    const style = ['--style', 'author-year -captions'];
    const inProject = ['--published', '2024-02-01', '--project', 'county'];
    const known = await sourcebook.json('draft', 'terms.md', ...inProject, ...style);
    expect(known.value).toMatchObject({
      citations: [{ publisher: 'Zenz', form: 'author-year' }],
      relations: [{ verdict: 'fails', figures: expect.arrayContaining(['671', '620']) }],
      terms: [{ problems: [{ kind: 'cut-short', other: '转移就业脱贫', ofGlossary: true }] }],
    });
    expect((await sourcebook.json('draft', 'draft.md', '--published', '2024-02-01', '--style', 'chicago')).code).toBe(
      2,
    );
    expect((await sourcebook.json('draft', 'draft.md', '--published', '2024-02-30')).code).toBe(2);
    expect((await sourcebook.json('draft', 'draft.md')).code).toBe(2);
  },
);

it('draft reads a Word document, says what of it was not read, and why it can’t read one', async () => {
  const note = `<w:footnote w:id="2">${p(r('Xinhua, May 3, 2023.'))}</w:footnote>`;
  await makeDocx(join(folder, 'draft.docx'), {
    body: p(
      r('In 2023, 12,600 left.') +
        '<w:r><w:footnoteReference w:id="2"/></w:r>' +
        r(' Then 300 households ') +
        `<w:del w:id="3">${r('gladly')}</w:del>` +
        r('moved.'),
    ),
    footnotes: note,
  });
  const read = ['draft', 'draft.docx', '--published', '2024-02-01'];
  const { value } = await sourcebook.json(...read);
  expect(value.citations).toMatchObject([{ publisher: 'Xinhua', date: '2023-05-03', form: 'footnote' }]);
  expect(value.uncited).toMatchObject([{ text: '300' }]);
  expect((await sourcebook(...read)).err).toContain('Tracked changes: 1 deletion was left out.');
  writeFileSync(join(folder, 'broken.docx'), 'PK');
  expect(await sourcebook('draft', 'broken.docx', '--published', '2024-02-01')).toMatchObject({
    code: 3,
    // Without the words of the library that unpacks it.
    err: expect.stringContaining('This file isn’t complete: it isn’t a whole zip archive. Ask for a new copy.'),
  });
});
