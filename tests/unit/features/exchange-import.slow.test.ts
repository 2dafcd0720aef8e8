import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import { unzipped, zipped } from '../../support/bag.ts';
import { corpusPath, describeCorpus } from '../../support/corpus.ts';
import { makePdf } from '../../support/pdf.ts';
import { png } from '../../support/pictures.ts';
import { addFile, categoriesOf, codeOf, faultOf, mark, somebody, testProject } from '../../support/project.ts';
import { seeded, seeds } from '../../support/seeded.ts';
import { answersFor, importAnswered, wrongSums } from '../../support/qda.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT = '𠮷野县转移就业4.8万人。\nئەمگەك كۈچى يۆتكەش <b> & "quoted".\n';
const PAGE = '<!doctype html><html lang="zh"><title>公告</title><p>组织富余劳动力外出务工。</p></html>';

async function county() {
  const { engine } = await testProject({ title: 'Liuquan & county' });
  const [transfer, quota] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  if (transfer === undefined || quota === undefined) throw new Error('The codebook lacks its categories');
  const own = await engine.call('categories.add', {
    category: {
      code: 'LND.OWN',
      name: 'Own land',
      definition: 'Kept.\n\nBy the family.',
      include: 'Gardens',
      exclude: '',
      termsZh: [],
      termsEn: [],
      colour: '#123456',
      shortcut: null,
    },
    parent: null,
  });
  const text = await addFile(engine, 'notice.txt', TEXT);
  const pdf = await addFile(
    engine,
    'report.pdf',
    await makePdf([['Land was transferred.'], ['Workers were trained.']]),
  );
  const page = await addFile(engine, 'page.html', PAGE);
  const image = await addFile(engine, 'seal.png', png(40, 30));
  await engine.call('sources.edit', {
    id: pdf.id,
    patch: { title: 'Work report', publisher: '县政府', dateOfDocument: { edtf: '2021-05', implied: true } },
  });
  const onText = await mark(engine, text.id, '4.8万人', {
    categories: [transfer, quota],
    memo: 'Check: 4.8\nor 48,000?',
  });
  await mark(engine, text.id, 'كۈچى', { categories: [own.id] });
  await mark(engine, pdf.id, 'Workers were trained', { categories: [quota] });
  await mark(engine, page.id, '富余劳动力');
  for (const [source, at, area] of [
    [pdf, 1, [50, 700, 120, 790]],
    [image, 1, [10, 5, 20, 25]],
  ] as const)
    await engine.call('passages.create', {
      source: source.id,
      layer: source.layer ?? failing(),
      marked: { kind: 'area', page: at, area: [...area] },
    });
  await engine.call('translations.set', { passage: onText.id, language: 'en', text: '48,000 people' });
  await engine.call('memos.set', { target: { kind: 'category', id: own.id }, text: 'Scope' });
  await engine.call('memos.set', { target: { kind: 'source', id: pdf.id }, text: 'Scanned twice' });
  await engine.call('collections.create', { name: 'Notices', sources: [text.id] });
  const path = join(tempFolder(), 'county.qdpx');
  await engine.call('exchange.export', { path, format: 'qdpx' });
  return { engine, path, text, pdf };
}
const failing = (): never => {
  throw new Error('This source has no text layer');
};

/** Every passage with what is on it, in an order of its own, without what an import says of its file. */
async function workIn(engine: Engine) {
  const { categories } = await engine.call('codebook.get', {});
  const names = new Map(categories.map(({ id, code, name }) => [id, `${code} ${name}`]));
  const { passages } = await engine.call('passages.list', { limit: 1000 });
  return passages
    .map(({ source, anchor, tags, memos, translations, settings }) => ({
      source,
      at: anchor.kind === 'text' ? [anchor.start, anchor.end, anchor.exact] : [anchor.page, ...anchor.area],
      tags: tags.map(({ category }) => names.get(category) ?? '').toSorted((a, b) => (a < b ? -1 : 1)),
      memos: memos.map(({ text }) => text).filter((text) => !/^(?:Imported from “|Annotation: )/.test(text)),
      translations: translations.map(({ language, text }) => [language, text]),
      settings: settings.map(({ value }) => value),
    }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
const wordsOf = async (engine: Engine) =>
  (await engine.call('codebook.get', {})).categories
    .map(({ code, name, parent, definition, include, exclude, termsZh, termsEn, colour }) => ({
      code,
      name,
      definition,
      include,
      exclude,
      colour,
      isTop: parent === null,
      terms: [...termsZh, ...termsEn].map(({ term }) => term),
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
const added = ({ lines }: ExchangeLedger): number => lines.reduce((sum, line) => sum + line.added, 0);
const lineOf = ({ lines }: ExchangeLedger, name: string) => lines.find(({ inFile }) => inFile === name);

describe('a REFI-QDA project that is imported', () => {
  it('into a new project has every source with its bytes, and every category, passage, tag, memo and collection', async () => {
    const { engine, path, pdf } = await county();
    const { engine: other } = await testProject({ codebook: 'empty', person: somebody('Bo') });
    const answers = await answersFor(other, path);
    const preview = await other.call('exchange.preview', { path, answers });
    expect((await other.call('sources.list', {})).sources).toEqual([]);
    const made = await other.call('exchange.import', { path, answers });
    expect(made.notCarried).toEqual([]);
    expect(made).toEqual(preview);
    expect(await workIn(other)).toEqual(await workIn(engine));
    expect(await wordsOf(other)).toEqual(await wordsOf(engine));
    const bytes = async (one: Engine) =>
      (await one.call('sources.list', {})).sources
        .map(({ id, sha256, fileName }) => [id, sha256, fileName].join(' '))
        .toSorted();
    expect(await bytes(other)).toEqual(await bytes(engine));
    expect(await other.call('sources.get', { id: pdf.id })).toMatchObject({
      title: 'Work report',
      publisher: '县政府',
      dateOfDocument: { edtf: '2021-05', implied: true },
    });
    const [category] = await categoriesOf(other, 'LND.OWN');
    const memosOn = async (kind: 'category' | 'source', id: string) =>
      (await other.call('memos.list', { target: { kind, id } as never })).memos.map(({ text }) => text);
    expect(await memosOn('category', category ?? '')).toEqual(['Scope']);
    expect(await memosOn('source', pdf.id)).toEqual(['Scanned twice']);
    const { collections } = await other.call('collections.list', {});
    expect(collections.map(({ name, sources }) => [name, sources.length])).toEqual([['Notices', 1]]);
    expect((await other.call('project.verify', {})).failures).toEqual([]);
  });

  it('says who marked and tagged, and when, in a memo: only the person who imports signs', async () => {
    const { path } = await county();
    const { engine: other, person } = await testProject({ person: somebody('Bo') });
    await importAnswered(other, path, { coders: 'me' });
    const { passages } = await other.call('passages.list', {});
    expect(new Set(passages.flatMap(({ tags }) => tags.map((tag) => tag.person)))).toEqual(new Set([person.id]));
    const said = passages
      .flatMap(({ memos }) => memos.map(({ text }) => text))
      .filter((text) => text.startsWith('Imported from'));
    expect(said).toHaveLength(passages.length);
    expect(said.join('\n')).toMatch(
      /“county.qdpx”, which says: marked by “Ann”, 20\d\d-.*; tagged “Own land” by “Ann”, 20/,
    );
  });

  it('again, here or in the project that it was exported from, adds nothing', async () => {
    const { engine, path } = await county();
    const { head } = await engine.call('project.info', {});
    expect(added(await engine.call('exchange.import', { path }))).toBe(0);
    expect((await engine.call('project.info', {})).head).toEqual(head);
    const { engine: other } = await testProject({ person: somebody('Bo') });
    await importAnswered(other, path);
    const once = await other.call('project.info', {});
    const twice = await importAnswered(other, path);
    expect(added(twice)).toBe(0);
    expect(twice.lines.every(({ found, here }) => found === here)).toBe(true);
    expect((await other.call('project.info', {})).head).toEqual(once.head);
  });

  it('is one edit, which one undo takes back, and comes back whole when it is imported again', async () => {
    const { path } = await county();
    const { engine: other } = await testProject({ codebook: 'empty', person: somebody('Bo') });
    await importAnswered(other, path);
    const work = await workIn(other);
    expect((await other.call('history.list', {})).commits[0]?.label).toBe('Import county.qdpx');
    await other.call('history.undo', {});
    expect((await other.call('sources.list', {})).sources).toEqual([]);
    expect((await other.call('codebook.get', {})).categories.filter(({ deleted }) => !deleted)).toEqual([]);
    await importAnswered(other, path);
    expect(await workIn(other)).toEqual(work);
  });

  it('names sources whose file is missing, and keeps their text where there is one', async () => {
    const { path, pdf, text } = await county();
    const files = await unzipped(path);
    files.delete(`sources/${pdf.id}.pdf`);
    files.delete(`sources/${text.id}.txt`);
    files.delete(`sources/${text.id}.original.txt`);
    const cut = join(tempFolder(), 'cut.qdpx');
    await zipped(cut, files);
    const { engine: other } = await testProject();
    const made = await importAnswered(other, cut);
    expect(made.missing).toEqual([
      { id: text.id, name: 'notice.txt', selections: 2, asText: false },
      { id: pdf.id, name: 'Work report', selections: 2, asText: true },
    ]);
    expect(made.notCarried.map(({ kind, count }) => [kind, count])).toEqual(
      expect.arrayContaining([
        ['Sources', 1],
        ['Text selections', 2],
        ['Codings', 3],
        ['Page rectangles', 1],
      ]),
    );
    expect(wrongSums(made)).toEqual([]);
    expect(lineOf(made, 'Sources')).toMatchObject({ found: 4, added: 3 });
    const { sources } = await other.call('sources.list', {});
    expect(sources.map(({ fileName }) => fileName)).toContain('Work report.txt');
    const { passages } = await other.call('passages.list', {});
    expect(passages.some(({ anchor }) => anchor.kind === 'text' && anchor.exact === 'Workers were trained')).toBe(true);
  });

  it('keeps as a memo on its source what it can’t place for certain', async () => {
    const { engine, path, text } = await county();
    const files = await unzipped(path);
    files.set(`sources/${text.id}.txt`, Buffer.from(TEXT.replace('4.8万人', '5.1万人')));
    const altered = join(tempFolder(), 'altered.qdpx');
    await zipped(altered, files);
    const { engine: other } = await testProject();
    const made = await importAnswered(other, altered);
    expect(lineOf(made, 'Text selections')).toMatchObject({ found: 4, added: 3 });
    const { memos } = await other.call('memos.list', { target: { kind: 'source', id: text.id } as never });
    expect(memos.map((memo) => memo.text).join('\n')).toMatch(
      /Not placed.*“5.1万人”\.\nCoded “Land-use-rights transfer”/s,
    );
    expect((await workIn(engine)).length).toBe((await workIn(other)).length + 1);
  });

  it('that is stopped or can’t be read leaves the project and its folder as they were', async () => {
    const { path } = await county();
    const { engine: other, folder } = await testProject();
    const before = await other.call('project.info', {});
    const answers = await answersFor(other, path);
    const stopped = codeOf(other.call('exchange.import', { path, answers }));
    other.interrupt();
    expect(await stopped).toBe('CANCELLED');
    const broken = join(tempFolder(), 'broken.qdpx');
    writeFileSync(broken, 'PK\u0003\u0004 not a zip');
    expect(await codeOf(other.call('exchange.import', { path: broken }))).toBe('DAMAGED');
    const fault = await faultOf(other.call('exchange.preview', { path: join(tempFolder(), 'a.docx') }));
    expect(fault).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('.qdpx') });
    expect(await other.call('project.info', {})).toEqual(before);
    expect(readdirSync(join(folder, 'cache/exchange'))).toEqual([]);
    expect(
      existsSync(join(folder, 'originals'))
        ? readdirSync(join(folder, 'originals'), { recursive: true }).filter((name) =>
            /[0-9a-f]{64}/.test(String(name)),
          )
        : [],
    ).toEqual([]);
  });
});

it('web annotations of passages that a REFI-QDA project brought in add nothing: no passage is there twice', async () => {
  const { engine, path } = await county();
  const annotations = join(tempFolder(), 'county.jsonld');
  await engine.call('exchange.export', { path: annotations, format: 'webannotation' });
  const { engine: other } = await testProject({ person: somebody('Bo') });
  await importAnswered(other, path, { coders: 'me' });
  const before = await workIn(other);
  const made = await other.call('exchange.import', { path: annotations });
  expect(wrongSums(made)).toEqual([]);
  expect(lineOf(made, 'Annotations')?.here).toBeGreaterThan(2);
  const onWords = (work: typeof before) => work.filter(({ at }) => typeof at.at(-1) === 'string');
  expect(onWords(await workIn(other))).toEqual(onWords(before));
});

it('an outline of an export counts what would be written and names what would not', async () => {
  const { engine, path } = await county();
  const outline = await engine.call('exchange.outline', { format: 'qdpx' });
  const {
    path: _path,
    bytes: _bytes,
    ...made
  } = await engine.call('exchange.export', { path, format: 'qdpx', replace: true });
  expect(outline).toEqual(made);
});

it('a codebook is imported alone, and its categories are found by their names', async () => {
  const { engine } = await county();
  const path = join(tempFolder(), 'codes.qdc');
  await engine.call('exchange.export', { path, format: 'qdc' });
  const { engine: other } = await testProject({ codebook: 'empty' });
  expect((await importAnswered(other, path)).notCarried).toEqual([]);
  expect(await wordsOf(other)).toEqual(await wordsOf(engine));
  const xml = `<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
    <Code guid="11111111-1111-4111-8111-111111111111" name="own LAND" isCodable="true"><Code guid="21111111-1111-4111-8111-111111111111" name="Leased" isCodable="true" color="#abc"/></Code>
    </Codes></CodeBook>`;
  const more = join(tempFolder(), 'more.qdc');
  writeFileSync(more, xml);
  expect(lineOf(await importAnswered(other, more), 'Codes')).toMatchObject({ added: 1, here: 1 });
  const { categories } = await other.call('codebook.get', {});
  const leased = categories.find(({ name }) => name === 'Leased');
  expect(categories.find(({ id }) => id === leased?.parent)?.name).toBe('Own land');
  expect(leased).toMatchObject({ code: 'LND.OWN.LEASED', colour: '#AABBCC' });
});

describe('a project of made-up work', () => {
  it.each(seeds(12))('is the same after a round trip (seed %i)', async (seed) => {
    const random = seeded(seed);
    const { engine } = await testProject({ codebook: 'empty' });
    const categories: Awaited<ReturnType<typeof categoriesOf>> = [];
    for (let n = random.int(1, 5); n > 0; n--) {
      const { id } = await engine.call('categories.add', {
        category: {
          name: `${random.pick(['土地', 'Land', 'يەر'])} ${n}`,
          definition: random.pick(['', 'Include: this', 'a\n\nb']),
          include: '',
          exclude: '',
          termsZh: [],
          termsEn: [],
          shortcut: null,
        },
        parent: random.pick([null, ...categories]),
      });
      categories.push(id);
    }
    for (let n = random.int(1, 3); n > 0; n--) {
      const words = Array.from(
        { length: 30 },
        (_, at) => random.pick(['𠮷野', '转移', 'ئەمگەك', 'labour', '\r\n', '🙂']) + String(at),
      );
      const source = await addFile(
        engine,
        `${n}.txt`,
        random.pick(['\ufeff', '']) + words.join(random.pick([' ', '\n'])),
      );
      for (let many = random.int(0, 6); many > 0; many--) {
        const layer = source.layer ?? failing();
        const { text } = await engine.call('layers.text', { id: layer });
        const start = text.indexOf(String(random.int(0, 29)));
        const passage = await engine
          .call('passages.create', {
            source: source.id,
            layer,
            marked: { kind: 'text', start, end: Math.min(text.length, start + random.int(1, 2)) },
            categories: [...new Set([random.pick(categories), random.pick(categories)])],
            memo: random.pick(['', 'A memo\n with lines ', '“quoted” & <b>']),
          })
          .catch(() => null);
        expect(passage === null || passage.id !== '').toBe(true);
      }
    }
    const path = join(tempFolder(), 'made-up.qdpx');
    await engine.call('exchange.export', { path, format: 'qdpx' });
    const { engine: other } = await testProject({ codebook: 'empty', person: somebody('Bo') });
    expect((await importAnswered(other, path)).notCarried).toEqual([]);
    expect(await workIn(other)).toEqual(await workIn(engine));
    expect(await wordsOf(other)).toEqual(await wordsOf(engine));
  });
});

describeCorpus('a project of another program', () => {
  it('has its categories and names the sources that are not in it', async () => {
    const { engine } = await testProject({ codebook: 'empty' });
    const made = await importAnswered(engine, corpusPath('qda/TestProject.qdpx'));
    expect(made.program).toMatch(/^ATLAS\.ti/);
    expect(lineOf(made, 'Codes')).toMatchObject({ found: 14, added: 14 });
    expect(made.missing.length).toBeGreaterThan(0);
    expect(made.notCarried.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Audio recording', 'Video recording', 'Link', 'Drawing of a network']),
    );
    const { categories } = await engine.call('codebook.get', {});
    expect(categories.map(({ name }) => name)).toContain(
      'full-fat Coke'.replace('full-fat Coke', 'Coke::full-fat Coke'),
    );
  });
});
