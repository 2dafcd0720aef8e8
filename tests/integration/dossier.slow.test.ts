import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { sharedChromium } from '../support/browser.ts';
import { commandLine } from '../support/cli.ts';
import { makePdf } from '../support/pdf.ts';
import { has, run } from '../support/programs.ts';
import { tempFolder } from '../support/temp.ts';

const TEAMS = 'Work teams called on every household.';
const WILL = 'Everyone signed up of their own will.';

/** A project with a PDF that supports a claim, and a text that contradicts it. */
async function county() {
  const folder = tempFolder();
  const sourcebook = commandLine(folder, join(folder, 'home'));
  writeFileSync(join(folder, 'report.pdf'), await makePdf([['Work report.', TEAMS, 'Land was transferred.']]));
  writeFileSync(join(folder, 'news.txt'), `The paper says: ${WILL} That is all.`);
  await sourcebook('new', 'county');
  const added = (await sourcebook.json('add', 'county', 'report.pdf', 'news.txt')).value.items;
  const sources: string[] = [];
  for (const file of ['report.pdf', 'news.txt'])
    sources.push(added.find((one: { path: string }) => one.path.endsWith(file)).source);
  const passageIn = async (source: string, quote: string): Promise<string> =>
    (await sourcebook.json('highlight', 'county', source, '--quote', quote, '--category', 'GRA.TEAM')).value.passage.id;
  const passages = [await passageIn(sources[0] ?? '', TEAMS), await passageIn(sources[1] ?? '', WILL)];
  const { claim } = (await sourcebook.json('claim', 'county', 'add', 'Nobody could <refuse>.')).value;
  await sourcebook('claim', 'county', 'link', claim.id, passages[0] ?? '', '--as', 'supports');
  await sourcebook('claim', 'county', 'link', claim.id, passages[1] ?? '', '--as', 'contradicts');
  return { folder, sourcebook, claim: claim.id as string };
}

it('writes a dossier as a page of its own: words, hashes and what contradicts, as the project has them', async () => {
  const { folder, sourcebook } = await county();
  const written = await sourcebook.json('export', 'county', 'dossier.html', '--format', 'html', '--template', 'filing');
  expect(written.value).toMatchObject({ exhibits: 2, documents: 2 });
  const { sources } = (await sourcebook.json('sources', 'county')).value;
  const browser = await sharedChromium();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'dossier.html')).href);
    const text = await page.locator('body').innerText();
    expect(await page.locator('blockquote.original').allInnerTexts()).toEqual([TEAMS, WILL]);
    for (const { sha256 } of sources) expect(text).toContain(sha256);
    // In front, in the contents (a filing’s are by document), beside the claim, and with the exhibit that it speaks against.
    expect(text).toContain('1 contradiction of it is not answered.');
    expect(text).toContain('Supports claim 1 (contradicted, not answered)');
    expect(text.split('Not answered.').length).toBeGreaterThanOrEqual(3);
    expect(text).toContain('this is text, not a picture');
    expect(text).toContain('A hash shows that bytes are the same');
    expect(text).not.toMatch(/verified/i);
    // The page of the PDF is a picture with the passage in it, and it is in the file.
    const picture = page.getByRole('img', {
      name: 'Page 1 of 1 of the document, with the passage of exhibit 1.1 outlined.',
    });
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1000);
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    // The page’s policy lets nothing in: axe is run from outside of it.
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const found = await page.evaluate(
      `(() => { ${axe}; return axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html)); })()`,
    );
    expect(found).toEqual([]);
  } finally {
    await context.close();
  }
});

it('takes names out of a dossier under pseudonyms, and refuses what is no dossier', async () => {
  const { folder, sourcebook, claim } = await county();
  const people = (await sourcebook.json('person', 'list', 'county')).value.persons;
  const name: string = people[0].name;
  await sourcebook('claim', 'county', 'change', claim, `${name} says that nobody could refuse.`);
  await sourcebook('export', 'county', 'named.html', '--format', 'html', '--claim', claim);
  expect(readFileSync(join(folder, 'named.html'), 'utf8')).toContain(name);
  await sourcebook('export', 'county', 'coders.html', '--format', 'html', '--claim', claim, '--pseudonyms');
  const page = readFileSync(join(folder, 'coders.html'), 'utf8');
  expect(page).not.toContain(name);
  expect(page).not.toContain(people[0].fingerprint);
  expect(page).toContain('Coder 1');
  expect((await sourcebook.json('export', 'county', 'x.csv', '--format', 'csv', '--claim', claim)).code).toBe(2);
  const both = ['--claim', claim, '--query', 'category:GRA.TEAM'];
  expect((await sourcebook.json('export', 'county', 'x.html', '--format', 'html', ...both)).code).toBe(2);
  await sourcebook('export', 'county', 'figures.html', '--format', 'html', '--claim', claim, '--figures');
  expect(readFileSync(join(folder, 'figures.html'), 'utf8')).toContain('so no figure is checked');
  const none = await sourcebook.json('export', 'county', 'x.html', '--format', 'html', '--query', 'category:LND');
  expect(none.code).not.toBe(0);
  expect(JSON.stringify(none)).toContain('NOT_FOUND');
});

const READER = `
import sys, zipfile, xml.dom.minidom as dom
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
for name in z.namelist():
    if name.endswith(('.xml', '.rels')): dom.parseString(z.read(name))
w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
doc = dom.parseString(z.read('word/document.xml'))
rels = {r.getAttribute('Id'): r.getAttribute('Target') for r in dom.parseString(z.read('word/_rels/document.xml.rels')).getElementsByTagName('Relationship')}
for blip in doc.getElementsByTagName('a:blip'): assert 'word/' + rels[blip.getAttribute('r:embed')] in z.namelist()
for p in doc.getElementsByTagNameNS(w, 'p'): print(''.join(t.firstChild.data for t in p.getElementsByTagNameNS(w, 't') if t.firstChild))
`;

it.skipIf(!has('python3'))(
  'writes a Word document that Python reads: the same words, and pictures that are there',
  async () => {
    const { folder, sourcebook } = await county();
    const path = join(folder, 'dossier.docx');
    expect((await sourcebook.json('export', 'county', path, '--format', 'docx')).value).toMatchObject({ exhibits: 2 });
    const lines = run('python3', '-c', READER, path).split('\n');
    for (const words of [TEAMS, WILL, 'Exhibit 1', 'Exhibit 2', 'Not answered.']) expect(lines).toContain(words);
    if (!has('soffice')) return;
    run('soffice', '--headless', '--convert-to', 'txt:Text', '--outdir', folder, path);
    expect(readFileSync(join(folder, 'dossier.txt'), 'utf8')).toContain(TEAMS);
  },
);

it('writes a dossier as a folder, and verifies it without the project: what is altered is named, with exit code 3', async () => {
  const { folder, sourcebook, claim } = await county();
  const written = await sourcebook.json('export', 'county', 'dossier', '--format', 'dossier', '--template', 'archive');
  expect(written.value).toMatchObject({ exhibits: 2, documents: 2 });
  renameSync(join(folder, 'county.sourcebook'), join(folder, 'elsewhere.sourcebook'));
  const right = await sourcebook('verify', 'dossier');
  expect(right).toMatchObject({ code: 0, err: '' });
  expect(right.out).toContain('Everything that can be checked matches: 2 of 2 quotations found at their places');
  const news = join(folder, 'dossier/data/originals/001-news.txt');
  writeFileSync(news, readFileSync(news, 'utf8').replace('own will', 'own free will'));
  const wrong = await sourcebook.json('verify', 'dossier');
  expect(wrong).toMatchObject({
    code: 3,
    value: { ok: false, checked: 2, found: 1, changed: 1, moved: 0, missing: 0 },
  });
  const said = await sourcebook('verify', 'dossier');
  expect(said).toMatchObject({ code: 3 });
  expect(said.out).toContain('There it says “Everyone signed up of their own free will.”');
  expect((await sourcebook('export', 'elsewhere', 'dossier', '--format', 'dossier', '--claim', claim)).code).toBe(1);
  const replaced = await sourcebook('export', 'elsewhere', 'dossier', '--format', 'dossier', '--replace');
  expect(replaced.code).toBe(2);
});

it('says in the command line what of a folder with masks could not be checked', async () => {
  const { sourcebook } = await county();
  const { sources } = (await sourcebook.json('sources', 'county')).value;
  const [news, report] = ['news', 'report'].map((name) =>
    sources.find((one: { title: string }) => one.title.startsWith(name)),
  );
  const mask = (source: { id: string }, quote: string) =>
    sourcebook('mask', 'county', source.id, '--quote', quote, '--reason', 'Private person');
  await mask(news, 'will');
  await sourcebook('export', 'county', 'partly', '--format', 'dossier');
  expect((await sourcebook('verify', 'partly')).out).toMatch(
    /^What was checked matches: 1 of 1 quotation found at its place/m,
  );
  await mask(report, 'every household');
  await sourcebook('export', 'county', 'masked', '--format', 'dossier');
  const verified = await sourcebook('verify', 'masked');
  expect(verified.out).toMatch(
    /^No quotation could be checked; \d+ files read, each with the bytes that the manifest says\.$/m,
  );
  expect(verified.out).not.toContain('Everything');
});
