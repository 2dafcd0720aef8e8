import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { openProject } from '../../../electron/db/index.ts';
import { tagsInList, tagsOfPassages } from '../../../electron/project/passages/queries.ts';
import {
  passagesByIds,
  passagesOfSource,
  somePassages,
  taggedWith,
} from '../../../electron/features/passages/queries.ts';
import { countsByCategory } from '../../../electron/features/codebook/queries.ts';
import { pagesOf, passageId, recordId, type Passage } from '../../../shared/model/index.ts';
import { makePdf } from '../../support/pdf.ts';
import { addFile, categoriesOf, codeOf, faultOf, mark, openFor, somebody, testProject } from '../../support/project.ts';

const TEXT =
  '转移就业脱贫。\n农村富余劳动力转\n移就业。\nThe land-use rights were transferred. 👩‍🌾 Surplus labourers.\n';
const NOBODY = '00000000-0000-7000-8000-000000000000';

async function withReport() {
  const project = await testProject();
  const source = await addFile(project.engine, 'report.txt', TEXT);
  return { ...project, source };
}
const labels = async (engine: Engine): Promise<string[]> =>
  (await engine.call('history.list', {})).commits.map((one) => one.label);
const codesOn = async (engine: Engine, { tags }: Passage): Promise<string[]> => {
  const { categories } = await engine.call('codebook.get', {});
  return tags.map((tag) => categories.find((one) => one.id === tag.category)?.code ?? '?').toSorted();
};

describe('a passage', () => {
  it('is undone together with the category that was made for it, or for one of its tags', async () => {
    const { engine, source } = await withReport();
    const made = await mark(engine, source.id, '富余劳动力转移就业');
    const before = (await engine.call('codebook.get', {})).categories.length;
    const levies = await engine.call('categories.add', { category: { name: 'Village levies' }, parent: null });
    await engine.call('tags.change', { passages: [made.id], add: [levies.id], continues: levies.commit });
    const undone = await engine.call('history.undo', {});
    expect(undone).toEqual({ label: 'Add category “Village levies” and 1 more', left: [] });
    expect((await engine.call('passages.get', { id: made.id })).tags).toEqual([]);
    expect((await engine.call('codebook.get', {})).categories).toHaveLength(before);
    await engine.call('history.redo', {});
    expect((await engine.call('passages.get', { id: made.id })).tags).toMatchObject([{ category: levies.id }]);

    const land = await engine.call('categories.add', { category: { name: 'Land reserve' }, parent: null });
    const marked = await mark(engine, source.id, 'land-use', { categories: [land.id], continues: land.commit });
    await engine.call('history.undo', {});
    expect((await engine.call('passages.get', { id: marked.id })).deleted).toBe(true);
    expect((await engine.call('codebook.get', {})).categories).toHaveLength(before + 1);
  });

  it('is created in one commit, with its tags and memo, and undone in one step', async () => {
    const { engine, source, person } = await withReport();
    const [rights, palt] = await categoriesOf(engine, 'LND.RIGHTS', 'SYS.PALT');
    if (rights === undefined || palt === undefined) throw new Error('no categories');
    const before = (await labels(engine)).length;
    const made = await mark(engine, source.id, '富余劳动力转移就业', { categories: [rights, palt], memo: 'Look.' });
    expect(made).toMatchObject({ source: source.id, layer: source.layer, person: person.id, deleted: false });
    expect(made.anchor).toMatchObject({ kind: 'text', exact: '富余劳动力转\n移就业', page: 1, quads: [] });
    expect(await codesOn(engine, made)).toEqual(['LND.RIGHTS', 'SYS.PALT']);
    expect(made.memos.map((memo) => memo.text)).toEqual(['Look.']);
    const now = await labels(engine);
    expect(now).toHaveLength(before + 1);
    expect(now[0]).toMatch(/^Tag passage: .+ and .+$/);

    const undone = await engine.call('history.undo', {});
    expect(undone).toEqual({ label: now[0], left: [] });
    expect((await engine.call('passages.list', {})).total).toBe(0);
    await engine.call('history.redo', {});
    expect(await engine.call('passages.get', { id: made.id })).toEqual(made);
  });

  it('has the words of its layer, never those of the caller', async () => {
    const { engine, source } = await withReport();
    if (source.layer === null) throw new Error('no layer');
    const marked = { kind: 'text' as const, start: 0, end: 4, exact: 'forged' };
    const made = await engine.call('passages.create', { source: source.id, layer: source.layer, marked });
    expect(made.anchor).toMatchObject({ exact: '转移就业', prefix: '', start: 0, end: 4 });
  });

  it('on a PDF has its page and its place on the page', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'note.pdf', await makePdf([['First page.'], ['Labour transfer here.']]));
    const { anchor } = await mark(engine, source.id, 'Labour transfer');
    if (anchor.kind !== 'text') throw new Error('not a text');
    expect(anchor.page).toBe(2);
    expect(anchor.quads).toHaveLength(1);
    const [left = 0, bottom = 0, right = 0] = anchor.quads[0]?.quads[0] ?? [];
    expect(anchor.quads[0]?.page).toBe(2);
    expect(left).toBeCloseTo(60, 0);
    expect(bottom).toBeGreaterThan(770);
    expect(right).toBeGreaterThan(100);
  });

  it('over two pages lists both', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'note.pdf', await makePdf([['First page.'], ['Labour transfer here.']]));
    const { layer } = source;
    const [land] = (await engine.call('codebook.get', {})).categories;
    if (layer === null || land === undefined) throw new Error('no layer or no category');
    const { text } = await engine.call('layers.text', { id: layer });
    const marked = { kind: 'text' as const, start: 6, end: text.indexOf(' transfer') };
    const made = await engine.call('passages.create', { source: source.id, layer, marked, categories: [land.id] });
    expect(pagesOf(made.anchor)).toEqual({ page: 1, lastPage: 2, count: 2 });
    const { passages } = await engine.call('categories.passages', { id: land.id });
    expect(passages[0]).toMatchObject({ page: 1, lastPage: 2 });
    await engine.call('passages.remove', { ids: [made.id] });
    const { removed } = await engine.call('trash.list', {});
    expect(removed[0]?.what).toMatchObject({ kind: 'passage', page: 1, lastPage: 2 });
  });

  it('can be an area of a page that exists', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'scan.pdf', await makePdf([[], []]));
    const layer = source.layer;
    if (layer === null) throw new Error('no layer');
    const area = (page: number, ...box: [number, number, number, number]) =>
      engine.call('passages.create', { source: source.id, layer, marked: { kind: 'area', page, area: box } });
    const made = await area(2, 50, 600, 300, 700);
    expect(made.anchor).toEqual({ kind: 'area', page: 2, area: [50, 600, 300, 700] });
    expect(await engine.call('history.state', {})).toMatchObject({ undo: 'Highlight area' });
    for (const bad of [
      area(3, 50, 600, 300, 700),
      area(1, 300, 600, 50, 700),
      area(1, 50, 600, 50, 700),
      area(1, 5000, 600, 6000, 700),
      area(1, Number.NaN, 600, 300, 700),
      area(1, 50, 600, Number.POSITIVE_INFINITY, 700),
    ])
      expect(await codeOf(bad)).toBe('BAD_INPUT');
    expect((await engine.call('passages.list', {})).total).toBe(1);
  });

  it('of a whole book is rejected, when it is created and when its edges are moved', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'book.txt', 'A line of a book.\n'.repeat(12_000));
    const { layer } = source;
    if (layer === null) throw new Error('no layer');
    const text = (end: number) => ({ kind: 'text', start: 0, end }) as const;
    const refused = engine.call('passages.create', { source: source.id, layer, marked: text(215_000) });
    expect(await faultOf(refused)).toMatchObject({
      code: 'TOO_LARGE',
      message: expect.stringMatching(/200,000 characters; you selected 215,000\./),
    });
    const made = await engine.call('passages.create', { source: source.id, layer, marked: text(199_999) });
    expect(await codeOf(engine.call('passages.reshape', { id: made.id, marked: text(215_000) }))).toBe('TOO_LARGE');
  });

  it('is rejected outside the text, through a character, on another source’s layer, or on a removed source', async () => {
    const { engine, source } = await withReport();
    const other = await addFile(engine, 'other.txt', 'Something else.');
    if (source.layer === null || other.layer === null) throw new Error('no layer');
    const create = (start: number, end: number, layer = source.layer) =>
      engine.call('passages.create', {
        source: source.id,
        layer: layer ?? (NOBODY as never),
        marked: { kind: 'text', start, end },
      });
    const farmer = TEXT.indexOf('👩');
    expect(await codeOf(create(0, TEXT.length + 1))).toBe('BAD_INPUT');
    expect(await codeOf(create(3, 3))).toBe('BAD_INPUT');
    expect(await codeOf(create(farmer, farmer + 1))).toBe('BAD_INPUT');
    expect(await codeOf(create(0, 4, other.layer))).toBe('BAD_INPUT');
    expect(await codeOf(create(0, 4, NOBODY as never))).toBe('NOT_FOUND');
    const unknown = { source: source.id, layer: source.layer, marked: { kind: 'text' as const, start: 0, end: 4 } };
    expect(await codeOf(engine.call('passages.create', { ...unknown, categories: [NOBODY as never] }))).toBe(
      'NOT_FOUND',
    );
    await engine.call('sources.remove', { ids: [source.id] });
    expect(await codeOf(create(0, 4))).toBe('NOT_FOUND');
    expect((await engine.call('passages.list', {})).total).toBe(0);
  });

  it('is removed and restored, each in one commit; a second time changes nothing', async () => {
    const { engine, source } = await withReport();
    const one = await mark(engine, source.id, '转移就业脱贫');
    const two = await mark(engine, source.id, 'rights');
    await engine.call('passages.remove', { ids: [one.id, two.id, one.id] });
    const after = await labels(engine);
    expect(after[0]).toBe('Move 2 passages to trash');
    await engine.call('passages.remove', { ids: [one.id] });
    expect(await labels(engine)).toEqual(after);
    expect((await engine.call('passages.list', {})).total).toBe(0);
    expect((await engine.call('passages.list', { deleted: true })).total).toBe(2);
    expect((await engine.call('passages.get', { id: one.id })).deleted).toBe(true);
    await engine.call('passages.restore', { ids: [one.id] });
    expect((await labels(engine))[0]).toBe('Restore passage');
    expect((await engine.call('passages.list', {})).passages.map((each) => each.id)).toEqual([one.id]);
    expect(await codeOf(engine.call('passages.remove', { ids: [passageId.parse(NOBODY)] }))).toBe('NOT_FOUND');
    expect(await codeOf(engine.call('passages.get', { id: passageId.parse(NOBODY) }))).toBe('NOT_FOUND');
  });
});

describe('finding a quotation', () => {
  it('returns its place in the layer, and writes nothing', async () => {
    const { engine, source } = await withReport();
    const before = await labels(engine);
    const found = await engine.call('passages.find', { source: source.id, quote: { exact: '劳动力转移就业' } });
    expect(found).toMatchObject({ layer: source.layer, exact: '劳动力转\n移就业', page: 1 });
    expect(TEXT.slice(found.start, found.end)).toBe(found.exact);
    expect(await labels(engine)).toEqual(before);
  });
  it('reports AMBIGUOUS with the number of matches, or NOT_FOUND', async () => {
    const { engine, source } = await withReport();
    const find = (exact: string, prefix = '') =>
      engine.call('passages.find', { source: source.id, quote: { exact, prefix } });
    expect(await faultOf(find('转移就业'))).toMatchObject({ code: 'AMBIGUOUS', context: { places: 2 } });
    expect((await find('转移就业', '劳动力')).exact).toBe('转\n移就业');
    expect(await codeOf(find('nowhere'))).toBe('NOT_FOUND');
    await engine.call('sources.remove', { ids: [source.id] });
    expect(await codeOf(find('脱贫'))).toBe('NOT_FOUND');
  });
});

describe('tags', () => {
  it('belong to one person; adding one twice, or removing a missing one, changes nothing', async () => {
    const { engine, source } = await withReport();
    const [rights, palt] = await categoriesOf(engine, 'LND.RIGHTS', 'SYS.PALT');
    if (rights === undefined || palt === undefined) throw new Error('no categories');
    const { id } = await mark(engine, source.id, 'rights');
    await engine.call('tags.change', { passages: [id, id], add: [rights, rights] });
    const once = await labels(engine);
    expect(once[0]).toMatch(/^Tag passage: [^(]+$/);
    const again = await engine.call('tags.change', { passages: [id], add: [rights], remove: [palt] });
    expect(await labels(engine)).toEqual(once);
    expect(again.passages[0]?.tags).toHaveLength(1);
    await engine.call('tags.change', { passages: [id], add: [palt], remove: [rights] });
    expect(await codesOn(engine, await engine.call('passages.get', { id }))).toEqual(['SYS.PALT']);
    await engine.call('history.undo', {});
    expect(await codesOn(engine, await engine.call('passages.get', { id }))).toEqual(['LND.RIGHTS']);
    expect(await codeOf(engine.call('tags.change', { passages: [id], add: [palt], remove: [palt] }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('tags.change', { passages: [passageId.parse(NOBODY)], add: [palt] }))).toBe(
      'NOT_FOUND',
    );
  });

  it('are added to many passages in one action', async () => {
    const { engine, source } = await withReport();
    const [palt] = await categoriesOf(engine, 'SYS.PALT');
    if (palt === undefined) throw new Error('no category');
    const ids = [(await mark(engine, source.id, 'rights')).id, (await mark(engine, source.id, '脱贫')).id];
    const { passages } = await engine.call('tags.change', { passages: ids, add: [palt] });
    expect(passages.map((one) => one.tags.length)).toEqual([1, 1]);
    expect((await labels(engine))[0]).toMatch(/\(2 passages\)$/);
    await engine.call('history.undo', {});
    expect((await engine.call('passages.list', { category: palt })).total).toBe(0);
  });

  it('of two people are separate, and each removes only their own', async () => {
    const ann = somebody('Ann');
    const ben = somebody('Ben');
    const { folder, engine } = await testProject({ person: ann });
    const source = await addFile(engine, 'report.txt', TEXT);
    const [rights, palt] = await categoriesOf(engine, 'LND.RIGHTS', 'SYS.PALT');
    if (rights === undefined || palt === undefined) throw new Error('no categories');
    const { id } = await mark(engine, source.id, 'rights', { categories: [rights], memo: 'Ann’s' });
    await engine.close();
    const second = await openFor(folder, ben);
    await second.call('tags.change', { passages: [id], add: [rights, palt] });
    await second.call('memos.set', { target: { kind: 'passage', id: recordId.parse(id) }, text: 'Ben’s' });
    const both = await second.call('passages.get', { id });
    expect(both.tags).toHaveLength(3);
    expect(both.tags.map(({ category, person }) => ({ category, person }))).toEqual(
      expect.arrayContaining([
        { category: rights, person: ann.id },
        { category: rights, person: ben.id },
        { category: palt, person: ben.id },
      ]),
    );
    expect(both.memos.map((memo) => memo.text)).toEqual(['Ann’s', 'Ben’s']);
    // Two people’s tags of one category are one passage of it.
    const { categories } = await second.call('codebook.get', {});
    expect(categories.find((one) => one.id === rights)?.passages).toBe(1);
    expect((await second.call('passages.list', { category: rights })).passages).toHaveLength(1);
    await second.call('tags.change', { passages: [id], remove: [rights] });
    const after = await second.call('passages.get', { id });
    expect(after.tags.map((tag) => tag.person)).toEqual(expect.arrayContaining([ann.id, ben.id]));
    expect(after.tags).toHaveLength(2);
    // Ben cannot undo what is Ann's.
    await second.call('history.undo', {});
    await second.call('history.undo', {});
    await second.call('history.undo', {});
    expect(await codeOf(second.call('history.undo', {}))).toBe('NOTHING_TO_UNDO');
    expect((await second.call('passages.get', { id })).tags.map((tag) => tag.person)).toEqual([ann.id]);
  });

  it('cannot be added to what was removed, nor with an archived category; both keep those they have', async () => {
    const { engine, source, folder, person } = await withReport();
    const [rights, palt] = await categoriesOf(engine, 'LND.RIGHTS', 'SYS.PALT');
    if (rights === undefined || palt === undefined) throw new Error('no categories');
    const { id } = await mark(engine, source.id, 'rights', { categories: [rights, palt] });
    await engine.call('passages.remove', { ids: [id] });
    expect(await codeOf(engine.call('tags.change', { passages: [id], remove: [rights] }))).toBe('NOT_ALLOWED');
    await engine.call('passages.restore', { ids: [id] });
    await engine.close();
    const db = openProject({ folder, person });
    db.write.commit('Archive', [{ entity: 'category', id: rights, field: 'archived', value: true }]);
    db.close();
    const again = await openFor(folder, person);
    const kept = (await again.call('codebook.get', {})).categories.find((one) => one.id === rights);
    expect(kept).toMatchObject({ archived: true, passages: 1 });
    expect(await codeOf(again.call('tags.change', { passages: [id], add: [rights] }))).toBe('NOT_ALLOWED');
    expect(await codeOf(mark(again, source.id, 'transferred', { categories: [rights] }))).toBe('NOT_ALLOWED');
    await again.call('tags.change', { passages: [id], remove: [rights] });
    expect(await codesOn(again, await again.call('passages.get', { id }))).toEqual(['SYS.PALT']);
  });

  it('are restored as the same record, so that tagging, untagging and tagging again makes no duplicate', async () => {
    const { engine, source } = await withReport();
    const [palt] = await categoriesOf(engine, 'SYS.PALT');
    if (palt === undefined) throw new Error('no category');
    const { id } = await mark(engine, source.id, 'rights', { categories: [palt] });
    for (let round = 0; round < 2; round++) {
      await engine.call('tags.change', { passages: [id], remove: [palt] });
      expect((await engine.call('passages.get', { id })).tags).toEqual([]);
      await engine.call('tags.change', { passages: [id], add: [palt] });
    }
    expect((await engine.call('passages.get', { id })).tags).toHaveLength(1);
    const { commits } = await engine.call('history.list', { limit: 1 });
    expect(commits[0]?.changes).toBe(1);
  });
});

describe('the list of passages', () => {
  it('is in reading order, by source, by category with subcategories, in pages', async () => {
    const { engine, source } = await withReport();
    const other = await addFile(engine, 'other.txt', 'Land was transferred. Labour was not.');
    const [land, rights, palt] = await categoriesOf(engine, 'LND', 'LND.RIGHTS', 'SYS.PALT');
    if (land === undefined || rights === undefined || palt === undefined) throw new Error('no categories');
    const late = await mark(engine, source.id, 'Surplus labourers', { categories: [palt] });
    const early = await mark(engine, source.id, '脱贫', { categories: [rights, land] });
    const elsewhere = await mark(engine, other.id, 'Land was transferred', { categories: [rights] });
    const ids = async (filter: object) => (await engine.call('passages.list', filter)).passages.map((one) => one.id);
    expect(await ids({ source: source.id })).toEqual([early.id, late.id]);
    expect(new Set(await ids({}))).toEqual(new Set([early.id, late.id, elsewhere.id]));
    expect(new Set(await ids({ category: rights }))).toEqual(new Set([early.id, elsewhere.id]));
    expect(await ids({ category: rights, source: other.id })).toEqual([elsewhere.id]);
    expect(await ids({ category: land })).toEqual([early.id]);
    expect(await ids({ category: land, deep: true, source: source.id })).toEqual([early.id]);
    expect(new Set(await ids({ category: land, deep: true }))).toEqual(new Set([early.id, elsewhere.id]));
    const first = await engine.call('passages.list', { limit: 2 });
    expect([first.passages.length, first.total]).toEqual([2, 3]);
    const rest = await engine.call('passages.list', { limit: 2, after: first.passages[1]?.id });
    expect([...first.passages, ...rest.passages].map((one) => one.id)).toEqual(await ids({}));
    expect(await codeOf(engine.call('passages.list', { after: passageId.parse(NOBODY) }))).toBe('NOT_FOUND');
    await engine.call('sources.remove', { ids: [other.id] });
    expect(await ids({ category: rights })).toEqual([early.id]);
    await engine.call('sources.restore', { ids: [other.id] });
    expect(await ids({ category: rights })).toHaveLength(2);
  });
});

describe('frequent queries', () => {
  it('use their index', async () => {
    const { folder, engine, person } = await testProject();
    await engine.close();
    const db = openProject({ folder, person });
    const ofSource = db.read.plan(passagesOfSource);
    const ofCategories = db.read.plan(taggedWith);
    const byIds = db.read.plan(passagesByIds);
    const some = db.read.plan(somePassages);
    const tags = db.read.plan(tagsOfPassages);
    const inList = db.read.plan(tagsInList);
    const counts = db.read.plan(countsByCategory);
    db.close();
    expect(ofSource).toContain('USING INDEX p_passage_by_source (source=?)');
    expect(ofCategories).toContain('USING COVERING INDEX p_tag_by_category (category=? AND passage>?)');
    expect(tags).toContain('USING INDEX p_tag_by_passage (passage=?)');
    expect(inList).toContain('SEARCH t USING COVERING INDEX p_tag_by_passage (passage=?)');
    expect(some).toContain('SEARCH p USING INTEGER PRIMARY KEY (rowid>?)');
    for (const plan of [ofSource, ofCategories, byIds, some, tags, inList])
      expect(plan).not.toMatch(/SCAN (p|t|s)\b|TEMP B-TREE/);
    expect(counts).toContain('p_tag USING COVERING INDEX p_tag_by_category');
    expect(counts).not.toMatch(/SCAN p\b/);
    expect(counts).toContain('USING COVERING INDEX p_passage_removed');
    expect(counts).not.toContain('TEMP B-TREE');
  });
});
