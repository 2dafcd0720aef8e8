import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, deflateSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../../shared/contract/index.ts';
import { OUTGOING_FORMATS } from '../../../shared/model/exchange-formats.ts';
import { newId } from '../../../electron/db/index.ts';
import { commitAsNewer } from '../../support/newer-program.ts';
import { leaksIn } from '../../support/leaks.ts';
import { markPrivate, maskWords, wordsIn } from '../../support/masks.ts';
import { makePdf } from '../../support/pdf.ts';
import { importAnswered, wrongSums } from '../../support/qda.ts';
import { addFile, codeOf, mark, openFor, somebody, testProject, type TestProject } from '../../support/project.ts';
import { has, run } from '../../support/programs.ts';
import { tempFolder } from '../../support/temp.ts';
import { unzipped } from '../../support/bag.ts';

const WORDS = ['Zulhayat', '古丽'];

type Write = (engine: TestProject['engine'], path: string) => Promise<unknown>;
const exchange =
  (format: CallInput<'exchange.export'>['format']): Write =>
  (engine, path) =>
    engine.call('exchange.export', { path, format });
const report =
  (format: 'csv' | 'xlsx' | 'html'): Write =>
  (engine, path) =>
    engine.call('report.write', { path, format, keys: [] });
const table =
  (format: 'csv' | 'xlsx'): Write =>
  (engine, path) =>
    engine.call('evidence.write', { path, format, query: '', group: 'source' });

const dossier =
  (format: 'html' | 'docx' | 'folder' | 'zip'): Write =>
  (engine, path) =>
    engine.call('dossier.export', {
      path,
      format,
      from: { kind: 'filters' },
      template: 'archive',
      title: 'What Zulhayat said',
      summary: 'As 古丽 says.',
      shows: { figures: true },
    });

const pseudonymous: Write = (engine, path) => engine.call('exchange.export', { path, format: 'pdf', pseudonyms: true });

const bag = (engine: TestProject['engine'], path: string, options: object = {}): Promise<unknown> =>
  engine.call('projectFile.export', { path, options });

/** Every export but project files with people by name, which are the team’s own. */
const EXPORTS: Readonly<Record<string, Write>> = {
  ...Object.fromEntries(OUTGOING_FORMATS.map((format) => [format, exchange(format)])),
  'pdfs.zip': pseudonymous,
  'pseudonyms.sbk': (engine, path) => bag(engine, path, { pseudonyms: true }),
  'report.csv': report('csv'),
  'report.xlsx': report('xlsx'),
  'report.html': report('html'),
  'dossier.html': dossier('html'),
  'dossier.docx': dossier('docx'),
  'dossier.folder': dossier('folder'),
  'dossier.zip': dossier('zip'),
  'table.csv': table('csv'),
  'table.xlsx': table('xlsx'),
};

/** A project that names two people in its sources and in everything that people wrote. */
async function naming(name = 'Ann') {
  const project = await testProject({ title: 'About Zulhayat and 古丽', person: somebody(name) });
  const { engine } = project;
  const news = await addFile(engine, '古丽.txt', '柳泉县的村民古丽（化名）坐在缝纫机前说，每月收入2300元。');
  const pdf = await makePdf([['The worker Zulhayat sews.', 'She earns 2,300 a month.']], { title: 'Zulhayat at work' });
  const list = await addFile(engine, 'zulhayat.pdf', pdf);
  const clean = await addFile(engine, 'clean.pdf', await makePdf([['Nobody is named here.']]));
  await engine.call('sources.edit', {
    id: news.id,
    patch: {
      title: 'The workshop of 古麗',
      author: 'ZULHAYAT',
      publisher: 'Friends of 古丽',
      gradeReason: 'Zulhayat said so',
      grade: 'C',
      capture: { url: `https://news.example/${encodeURIComponent('古丽')}?q=1`, archiveLink: 'https://a.example/古丽' },
    },
  });
  const passages = [
    await mark(engine, news.id, '古丽（化名）坐在缝纫机前说'),
    await mark(engine, news.id, '每月收入2300元'),
    await mark(engine, list.id, 'worker Zulhayat'),
    await mark(engine, clean.id, 'Nobody'),
  ];
  const { id: category } = await engine.call('categories.add', {
    category: { code: 'XX.ZULHAYAT', name: 'What Zulhayat did', definition: '如古丽所说' },
    parent: null,
  });
  const { dimensions } = await engine.call('codebook.get', {});
  const dimension = dimensions.find(({ on, code }) => on === 'passage' && code !== 'privacy')?.id;
  if (dimension === undefined) throw new Error('The codebook has no dimension of passages');
  const { id: value } = await engine.call('values.add', { dimension, value: { label: 'As 古丽 says' } });
  for (const { id } of passages) {
    await engine.call('settings.set', { passage: id, dimension, values: [value] });
    await engine.call('tags.change', { passages: [id], add: [category], remove: [] });
    await engine.call('memos.set', { target: { kind: 'passage', id }, text: 'I asked ZULHAYAT; so says 古丽.' });
    await engine.call('translations.set', { passage: id, language: 'en', text: 'Zulhayat (古丽) says' });
    await engine.call('comments.add', { passage: id, text: 'Who is 古丽? Zulhayat?' });
  }
  const { figures } = await engine.call('figures.ofSource', { source: news.id });
  for (const { layer, start, end } of figures)
    await engine.call('figures.edit', {
      at: { source: news.id, layer, start, end },
      edit: { subject: '古丽, Zulhayat' },
    });
  if (figures.length === 0) throw new Error('The news has no figure');
  return { ...project, news, list, passages };
}

async function written({ engine }: Pick<TestProject, 'engine'>, name: string): Promise<Buffer> {
  const path = join(tempFolder(), `out.${name === 'pdf' ? 'zip' : name.replace(/.*\./, '')}`);
  await EXPORTS[name]?.(engine, path);
  if (!statSync(path).isDirectory()) return readFileSync(path);
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted();
  return Buffer.concat(
    files.flatMap((file) => {
      const isFile = statSync(join(path, file)).isFile();
      return [Buffer.from(`\n${file}\n`), ...(isFile ? [readFileSync(join(path, file))] : [])];
    }),
  );
}

describe('a search for leaks', () => {
  it('finds words planted in each way', () => {
    const plain = Buffer.from('村民古丽说');
    const zip = (content: Buffer): Buffer => {
      const head = Buffer.alloc(30);
      head.write('PK\x03\x04');
      head.writeUInt16LE(8, 8);
      head.writeUInt16LE(1, 26);
      return Buffer.concat([head, Buffer.from('a'), deflateRawSync(content)]);
    };
    const planted: Readonly<Record<string, Buffer>> = {
      plain,
      utf16: Buffer.from('村民古丽说', 'utf16le'),
      utf16be: Buffer.from('村民古丽说', 'utf16le').swap16(),
      zip: zip(plain),
      zipInZip: zip(zip(plain)),
      stream: Buffer.concat([Buffer.from('stream\n'), deflateSync(plain), Buffer.from('\nendstream')]),
      png: Buffer.concat([Buffer.from('\x89PNG zTXtTitle\0\0'), deflateSync(plain)]),
      base64: Buffer.from(`data:text/plain;base64,${plain.toString('base64')}`),
      percent: Buffer.from(encodeURIComponent('村民古丽说')),
      entity: Buffer.from('&#x53E4;&#20029;'),
      json: Buffer.from('"\\u53e4\\u4e3d"'),
      zstd: zstdCompressSync(Buffer.from(Array.from({ length: 500 }, (_, n) => `${(n * n) % 97}村民古丽说`).join(''))),
    };
    const missed = Object.keys(planted).filter((way) => leaksIn(planted[way] ?? Buffer.alloc(0), WORDS).length === 0);
    expect(missed).toEqual([]);
    expect(leaksIn(zip(Buffer.from('村民██说')), WORDS)).toEqual([]);
  });
});

describe('what is masked', () => {
  it('is in no byte of any export, of which every one had it before', async () => {
    const project = await naming();
    const before = await Promise.all(
      Object.keys(EXPORTS).map(async (name) => leaksIn(await written(project, name), WORDS)),
    );
    expect(Object.keys(EXPORTS).filter((_, at) => before[at]?.length === 0)).toEqual([]);
    await maskWords(project.engine, project.news.id, '古丽', 'Private person');
    await maskWords(project.engine, project.list.id, 'Zulhayat', 'Private person');
    for (const name of Object.keys(EXPORTS))
      expect([name, leaksIn(await written(project, name), WORDS)]).toEqual([name, []]);
  });

  it('is listed with its reason, the original is named as not carried, and places in the text stay right', async () => {
    const { engine, news, list } = await naming();
    await maskWords(engine, news.id, '古丽', 'A villager');
    await maskWords(engine, list.id, 'Zulhayat', 'A worker');
    const path = join(tempFolder(), 'out.qdpx');
    const { notCarried } = await engine.call('exchange.export', { path, format: 'qdpx' });
    expect(notCarried).toEqual(
      expect.arrayContaining([
        { kind: 'Masked words', count: 1, why: 'A villager' },
        { kind: 'Masked words', count: 1, why: 'A worker' },
        { kind: 'Original', count: 1, why: 'It has what is masked. Its text is written without that.' },
        { kind: 'Original', count: 1, why: expect.stringContaining('Pictures of its pages') },
      ]),
    );
    const members = await unzipped(path);
    const texts = [...members].filter(([name]) => name.endsWith('.txt')).map(([, text]) => text.toString());
    expect(texts).toContain('柳泉县的村民██（化名）坐在缝纫机前说，每月收入2300元。');
    // The masked PDF travels as pictures of its pages.
    expect(members.has(`sources/${list.id}.pdf`)).toBe(true);
    const redacted = join(tempFolder(), 'redacted.pdf');
    writeFileSync(redacted, members.get(`sources/${list.id}.pdf`) ?? '');
    if (has('pdftotext')) expect(run('pdftotext', redacted, '-').trim()).toBe('');
    const { engine: other } = await testProject({ codebook: 'empty', person: somebody('Bo') });
    const back = await importAnswered(other, path);
    expect(wrongSums(back)).toEqual([]);
    const words = (await other.call('passages.list', {})).passages.flatMap(({ anchor }) =>
      anchor.kind === 'text' ? anchor.exact : [],
    );
    expect(words.filter((one) => one.includes('█')).length).toBeGreaterThanOrEqual(1);
    const html = (await written({ engine }, 'report.html')).toString();
    expect(html).toContain('██（化名）坐在缝纫机前说');
    expect(html).toMatch(/Masked words, 1: .*A villager/);
  });
});

describe('a guess at what is masked in a text', () => {
  it('is confirmed by no hash, and no id that derives from one, of a REFI-QDA project, a bibliography or a report', async () => {
    const project = await naming();
    const { engine, news } = project;
    const { sha256 } = await engine.call('sources.get', { id: news.id });
    const names = ['qdpx', 'csl', 'ris', 'bibtex', 'report.csv', 'report.xlsx', 'report.html'];
    const tells = async (name: string) => leaksIn(await written(project, name), [news.id, sha256 ?? '']).length > 0;
    for (const name of names) expect([name, await tells(name)]).toEqual([name, true]);
    await maskWords(engine, news.id, '古丽');
    for (const name of names) expect([name, await tells(name)]).toEqual([name, false]);
  });
});

describe('an annotated PDF', () => {
  it('of a PDF with masks is made of its pages painted over, with the passages that stand on them', async () => {
    const { engine, list } = await naming();
    await maskWords(engine, list.id, 'Zulhayat', 'A worker');
    const path = join(tempFolder(), 'out.pdf');
    const only = { sources: [list.id], categories: [], people: [], states: [] };
    const { passages, notCarried } = await engine.call('exchange.export', { path, format: 'pdf', only });
    expect(passages).toBe(1);
    expect(notCarried).toContainEqual({ kind: 'Masked words', count: 1, why: 'A worker' });
    expect(notCarried).toContainEqual({
      kind: 'Page',
      count: 1,
      why: expect.stringContaining('pictures of its pages'),
    });
    if (has('pdftotext')) expect(run('pdftotext', path, '-').trim()).toBe('');
    const copy = await addFile(engine, 'copy.pdf', readFileSync(path));
    const offered = await engine.call('exchange.annotations', { source: copy.id });
    expect(offered.lines).toContainEqual(expect.objectContaining({ found: 1 }));
  });
});

describe('an export', () => {
  it('has no masked words in what people wrote elsewhere after their source went to the trash', async () => {
    const { engine } = await testProject();
    const interview = await addFile(engine, 'interview.txt', '村民古丽坐在缝纫机前说。');
    const plan = await addFile(engine, 'plan.txt', 'The plan says 2,300 yuan.');
    const { id } = await mark(engine, plan.id, '2,300 yuan');
    await engine.call('memos.set', { target: { kind: 'passage', id }, text: 'So says 古丽' });
    await engine.call('translations.set', { passage: id, language: 'zh', text: '古丽说' });
    await maskWords(engine, interview.id, '古丽');
    await engine.call('sources.remove', { ids: [interview.id] });
    for (const name of ['qdpx', 'webannotation', 'report.csv', 'table.csv'])
      expect([name, leaksIn(await written({ engine }, name), ['古丽'])]).toEqual([name, []]);
  });

  it('is written where masked words have a hyphen, and are the name of a coder', async () => {
    const { engine, news } = await naming('Gul-nar');
    const source = await addFile(engine, 'gul.txt', 'Gul-nar sews.');
    const passage = await mark(engine, source.id, 'Gul-nar sews');
    await engine.call('translations.set', { passage: passage.id, language: 'en', text: 'Gulnar, Gul-nar' });
    await maskWords(engine, source.id, 'Gul-nar');
    await maskWords(engine, news.id, '古丽');
    for (const name of Object.keys(EXPORTS))
      expect([name, leaksIn(await written({ engine }, name), ['Gul-nar', 'Gulnar'])]).toEqual([name, []]);
  });

  it('is refused while a passage marked as naming a private person is not masked, by each format, and no file is left', async () => {
    const { engine, news, list, passages } = await naming();
    const [first] = passages;
    if (first === undefined) throw new Error('No passage');
    await markPrivate(engine, first.id);
    const folder = tempFolder();
    const refused = { data: { code: 'UNMASKED', context: { passages: [first.id], sources: [news.id] } } };
    for (const [name, write] of Object.entries(EXPORTS))
      await expect(write(engine, join(folder, name)), name).rejects.toMatchObject(refused);
    expect(readdirSync(folder)).toEqual([]);
    // A bibliography of other sources can’t name who is named in this one.
    const clean = { sources: [list.id], categories: [], people: [], states: [] };
    await engine.call('exchange.export', { path: join(folder, 'clean.ris'), format: 'ris', only: clean });
    // Another person’s passage on the same words names them as well.
    const again = await mark(engine, news.id, '村民古丽');
    const others = { only: { sources: [], categories: [], people: [], states: [] } };
    expect(again.id).not.toBe(first.id);
    await expect(
      engine.call('exchange.export', { path: join(tempFolder(), 'a.json'), format: 'webannotation', ...others }),
    ).rejects.toMatchObject({ data: { code: 'UNMASKED' } });
    await maskWords(engine, news.id, '古丽');
    expect((await written({ engine }, 'report.csv')).toString()).toContain('██（化名）');
    // The project file is the team’s own, with everything in it.
    const team = join(tempFolder(), 'team.sbk');
    await bag(engine, team);
    expect(leaksIn(readFileSync(team), ['古丽'])).not.toEqual([]);
    expect(await wordsIn(engine, news.id, '古丽')).toMatchObject({ marked: { start: 6 } });
  });

  it('is refused while a newer program’s mask can’t be read, by each format: nobody knows what it masks', async () => {
    const { engine, folder, person, news } = await naming();
    await engine.close();
    const id = newId();
    const mask = {
      source: news.id,
      layer: news.layer,
      anchor: { kind: 'outline', page: 1, points: [] },
      reason: 'Face',
    };
    commitAsNewer(
      folder,
      person,
      'Mask outline',
      Object.entries(mask).map(([field, value]) => ({ entity: 'mask', id, field, value })),
    );
    const again = await openFor(folder, person);
    const names = Object.keys(EXPORTS);
    const codes = await Promise.all(names.map((name) => codeOf(written({ engine: again }, name))));
    expect(codes).toEqual(names.map(() => 'UNMASKED'));
  });
});
