import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Engine } from '../../../electron/engine/engine.ts';
import { readProject } from '../../support/qda.ts';
import { unzipped } from '../../support/bag.ts';
import { corpus } from '../../support/corpus.ts';
import { makePdf } from '../../support/pdf.ts';
import { png } from '../../support/pictures.ts';
import { addFile, categoriesOf, codeOf, mark, testProject } from '../../support/project.ts';
import { has, run } from '../../support/programs.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT = '𠮷野县转移就业4.8万人。\nئەمگەك كۈچى يۆتكەش <b> & "quoted".\n';
const PAGE = '<!doctype html><html lang="zh"><title>公告</title><p>组织富余劳动力外出务工。</p></html>';

async function county() {
  const { engine } = await testProject({ title: 'Liuquan & county' });
  const [transfer, quota] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  if (transfer === undefined || quota === undefined) throw new Error('The codebook lacks its categories');
  const text = await addFile(engine, 'notice.txt', TEXT);
  const pdf = await addFile(
    engine,
    'report.pdf',
    await makePdf([['Land was transferred.'], ['Workers were trained.']]),
  );
  const page = await addFile(engine, 'page.html', PAGE);
  const image = await addFile(engine, 'seal.png', png(40, 30));
  const onText = await mark(engine, text.id, '4.8万人', {
    categories: [transfer, quota],
    memo: 'Check: 4.8\nor 48,000?',
  });
  const onUyghur = await mark(engine, text.id, 'كۈچى', { categories: [transfer] });
  const onPdf = await mark(engine, pdf.id, 'Workers were trained', { categories: [quota] });
  const onPage = await mark(engine, page.id, '富余劳动力');
  const area = async (source: typeof pdf, at: number, box: [number, number, number, number]) =>
    engine.call('passages.create', {
      source: source.id,
      layer: source.layer ?? failing(),
      marked: { kind: 'area', page: at, area: box },
    });
  const pdfArea = await area(pdf, 1, [50, 700, 120.4, 790]);
  const imageArea = await area(image, 1, [10, 5, 20, 25]);
  await engine.call('translations.set', { passage: onText.id, language: 'en', text: '48,000 people' });
  await engine.call('collections.create', { name: 'Notices', sources: [text.id] });
  return { engine, transfer, quota, text, pdf, page, image, onText, onUyghur, onPdf, onPage, pdfArea, imageArea };
}
const failing = (): never => {
  throw new Error('This source has no text layer');
};

async function exported(engine: Engine, only = {}) {
  const path = join(tempFolder(), 'county.qdpx');
  const made = await engine.call('exchange.export', { path, format: 'qdpx', only });
  const files = await unzipped(path);
  const xml = files.get('project.qde')?.toString('utf8') ?? '';
  return { made, path, files, xml, ...readProject([xml]) };
}
const faults = async (xml: string, schema: string): Promise<readonly string[]> => {
  if (corpus === null) return [];
  const contents = readFileSync(join(corpus, 'qda/xsd', schema), 'utf8');
  const { errors } = await validateXML({
    xml: { fileName: 'a.xml', contents: xml },
    schema: { fileName: schema, contents },
  });
  return errors.map(({ message }) => message);
};

describe('a project exported for other programs as REFI-QDA', () => {
  it('is one state of the project, whatever is changed while it is written', async () => {
    const { engine, onText, onPdf, transfer } = await county();
    const before = await exported(engine);
    const changes: Promise<unknown>[] = [];
    const remove = engine.onEvent(({ event, payload }) => {
      if (event !== 'export.progress' || payload.phase !== 'writing' || changes.length > 0) return;
      changes.push(engine.call('tags.change', { passages: [onPdf.id], add: [transfer] }));
      changes.push(engine.call('passages.remove', { ids: [onText.id] }));
    });
    const meanwhile = await exported(engine);
    remove();
    await Promise.all(changes);
    expect(changes).toHaveLength(2);
    expect(meanwhile.xml).toBe(before.xml);
    expect((await exported(engine)).made).toMatchObject({ passages: 5 });
  });

  it('has every passage at its place, counted in code points, points and pixels, with its tags, people and times', async () => {
    const { engine, transfer, quota, ...made } = await county();
    const { files, project, made: counts, xml, path } = await exported(engine);
    expect(await faults(xml, 'Project.xsd')).toEqual([]);
    expect(counts).toMatchObject({ path, bytes: statSync(path).size, sources: 4, passages: 6, tags: 4 });
    const found = new Map(project.sources.map((source) => [source.guid, source]));
    const words = (source: string, passage: string): string => {
      const one = found.get(source);
      const place = one?.selections.find(({ guid }) => guid === passage)?.place;
      const text = one?.text?.text;
      if (text === undefined || !('file' in text) || place?.kind !== 'text') return 'no place';
      const whole = files.get(`sources/${text.file}`)?.toString('utf8') ?? '';
      return [...whole].slice(place.start, place.end).join('');
    };
    expect(words(made.text.id, made.onText.id)).toBe('4.8万人');
    expect(words(made.text.id, made.onUyghur.id)).toBe('كۈچى');
    expect(words(made.pdf.id, made.onPdf.id)).toBe('Workers were trained');
    expect(words(made.page.id, made.onPage.id)).toBe('富余劳动力');
    const placeOf = (source: string, passage: string) =>
      found.get(source)?.selections.find(({ guid }) => guid === passage)?.place;
    expect(placeOf(made.pdf.id, made.pdfArea.id)).toEqual({ kind: 'page', page: 0, box: [50, 700, 121, 790] });
    expect(placeOf(made.image.id, made.imageArea.id)).toEqual({ kind: 'picture', box: [10, 5, 20, 25] });
    const selection = found.get(made.text.id)?.selections.find(({ guid }) => guid === made.onText.id);
    expect(selection?.codings.map(({ code }) => code).toSorted()).toEqual([transfer, quota].toSorted());
    expect(selection?.codings[0]?.by).toEqual({ user: made.onText.person, at: expect.stringMatching(/^20.*Z$/) });
    expect(project.users).toEqual([{ guid: made.onText.person, name: 'Ann' }]);
    const memo = project.notes.find(({ guid }) => selection?.notes.includes(guid));
    expect(memo?.text).toEqual({ content: 'Check: 4.8\nor 48,000?' });
  });

  it('has originals as they came, and texts as they are quoted', async () => {
    const { engine, text, pdf, page } = await county();
    const { files, project } = await exported(engine);
    expect(files.get(`sources/${text.id}.txt`)?.toString('utf8')).toBe(TEXT);
    const original = files.get(`sources/${pdf.id}.pdf`);
    expect(original?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(original?.length).toBe(pdf.bytes);
    expect(files.get(`sources/${page.id}.html`)?.toString('utf8')).toBe(PAGE);
    expect(project.sources.find(({ guid }) => guid === page.id)?.description).toContain(`${page.id}.html`);
  });

  it('has the codebook as a tree, its dimensions as codes that are known again, and its words', async () => {
    const { engine, transfer } = await county();
    const { project } = await exported(engine);
    const top = project.codes.find(({ codes }) => codes.some(({ guid }) => guid === transfer));
    const code = top?.codes.find(({ guid }) => guid === transfer);
    expect(code).toMatchObject({ isCodable: true, colour: expect.stringMatching(/^#/) });
    expect(code?.description).toContain('Code: LND.RIGHTS');
    const dimensions = project.sets.find(({ name }) => name === 'Dimensions (Sourcebook)');
    expect(dimensions?.codes.length).toBeGreaterThan(0);
    for (const guid of dimensions?.codes ?? [])
      expect(project.codes.find((one) => one.guid === guid)?.isCodable).toBe(false);
  });

  it('of a part has only what the selection finds, and of nothing is not written', async () => {
    const { engine, quota, pdf, text } = await county();
    const { project, made } = await exported(engine, { categories: [quota] });
    expect(project.sources.map(({ guid }) => guid).toSorted()).toEqual([pdf.id, text.id].toSorted());
    expect(made.passages).toBe(2);
    const path = join(tempFolder(), 'none.qdpx');
    const none = engine.call('exchange.export', { path, format: 'qdpx', only: { states: ['released'] } });
    expect(await codeOf(none)).toBe('NOT_FOUND');
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('carries memos, translations and collections, lists what it has no place for, and replaces no file unasked', async () => {
    const { engine, onText, onPage, text } = await county();
    await engine.call('review.move', { passage: onText.id, to: 'returned', comment: 'Look again.' });
    await engine.call('memos.set', {
      target: { kind: 'category', id: (await categoriesOf(engine, 'LND.RIGHTS'))[0] ?? failing() },
      text: 'Scope',
    });
    await engine.call('places.add', { name: '柳泉县', names: ['Liuquan'] });
    const { made, path, project } = await exported(engine);
    expect(new Set(project.notes.map(({ name }) => name))).toEqual(new Set(['Memo', 'Translation (en)']));
    expect(project.sets.find(({ name }) => name === 'Notices')?.sources).toEqual([text.id]);
    expect(made.notCarried.map(({ kind, count }) => [kind, count])).toEqual([
      ['Review step', 1],
      ['Place', 1],
      ['Name of a place', 1],
    ]);
    expect(onPage.tags).toEqual([]);
    expect(await codeOf(engine.call('exchange.export', { path, format: 'qdpx' }))).toBe('EXISTS');
  });
});

it('a codebook is exported alone, valid against its schema', async () => {
  const { engine } = await testProject();
  const path = join(tempFolder(), 'codebook.qdc');
  const { categories } = await engine.call('exchange.export', { path, format: 'qdc' });
  expect(categories).toBeGreaterThan(30);
  const xml = readFileSync(path, 'utf8');
  expect(xml).toContain('urn:QDA-XML:codebook:1.0');
  expect(await faults(xml, 'Codebook.xsd')).toEqual([]);
});

test.skipIf(corpus === null || !has('xmllint'))(
  `xmllint finds both valid against the schemas${has('xmllint') ? '' : ' (skipped: xmllint is not installed)'}`,
  async () => {
    const { engine } = await county();
    const { xml } = await exported(engine);
    const folder = tempFolder();
    writeFileSync(join(folder, 'project.qde'), xml);
    await engine.call('exchange.export', { path: join(folder, 'codes.qdc'), format: 'qdc' });
    const schema = (name: string): string => join(corpus ?? '', 'qda/xsd', name);
    run('xmllint', '--noout', '--schema', schema('Project.xsd'), join(folder, 'project.qde'));
    run('xmllint', '--noout', '--schema', schema('Codebook.xsd'), join(folder, 'codes.qdc'));
  },
);
