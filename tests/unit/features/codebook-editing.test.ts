import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { recordId, type CategoryId, type PassageId } from '../../../shared/model/index.ts';
import { comesBack, drawn, ownBook, undoLabel } from '../../support/codebook.ts';
import { addFile, codeOf, faultOf, mark, openFor, somebody } from '../../support/project.ts';

describe('a category', () => {
  it('is added with a code from its name, and with all its fields', async () => {
    const { engine, id } = await ownBook({ Housing: null, 'Rent control': 'Housing' });
    const { categories } = await engine.call('codebook.get', {});
    expect(categories.map(({ code }) => code)).toEqual(['HOUSING', 'HOUSING.RENT']);
    await comesBack(engine, () =>
      engine.call('categories.edit', {
        id: id('Rent control'),
        patch: {
          definition: 'What it means',
          include: 'caps',
          exclude: 'subsidies',
          termsZh: [{ term: '租金管制', origin: 'own' }],
          termsEn: [{ term: 'rent cap', origin: 'own' }],
          shortcut: 'R',
        },
      }),
    );
    const rent = (await engine.call('codebook.get', {})).categories[1];
    expect(rent).toMatchObject({ definition: 'What it means', include: 'caps', exclude: 'subsidies', shortcut: 'R' });
    expect(rent?.termsZh).toEqual([{ term: '租金管制', origin: 'own' }]);
    // What a patch leaves out stays.
    await engine.call('categories.edit', { id: id('Rent control'), patch: { name: 'Rent caps' } });
    expect(await undoLabel(engine)).toBe('Rename “Rent control” to “Rent caps”');
    expect((await engine.call('codebook.get', {})).categories[1]).toMatchObject({ include: 'caps', name: 'Rent caps' });
  });

  it('with a Chinese name, or one that is taken, gets a free code', async () => {
    const { engine } = await ownBook({ 住房: null, 租金: null });
    await engine.call('categories.add', { category: { name: 'Rent' }, parent: null });
    await engine.call('categories.add', { category: { name: 'rent' }, parent: null });
    const { categories } = await engine.call('codebook.get', {});
    expect(categories.map(({ code }) => code)).toEqual(['C1', 'C2', 'RENT', 'RENT2']);
    // Names may repeat, codes may not, however they are written.
    const refused = await faultOf(
      engine.call('categories.add', { category: { name: 'Another', code: 'Rent' }, parent: null }),
    );
    expect(refused.code).toBe('EXISTS');
    expect(refused.message).toContain('“Rent”');
    expect(await codeOf(engine.call('categories.add', { category: { name: ' ' }, parent: null }))).toBe('BAD_INPUT');
  });

  it('keeps its shortcut to itself: another one is told who has it', async () => {
    const { engine, id } = await ownBook({ A: null, B: null });
    await engine.call('categories.edit', { id: id('A'), patch: { shortcut: 'X' } });
    const refused = await faultOf(engine.call('categories.edit', { id: id('B'), patch: { shortcut: 'X' } }));
    expect(refused).toMatchObject({ code: 'EXISTS', context: { category: id('A'), name: 'A' } });
    await engine.call('categories.edit', { id: id('A'), patch: { shortcut: null } });
    await engine.call('categories.edit', { id: id('B'), patch: { shortcut: 'X' } });
    expect(await codeOf(engine.call('categories.edit', { id: id('B'), patch: { shortcut: 'xy' } }))).toBe('BAD_INPUT');
  });

  it('passes a new colour to subcategories that had the same, and a new code to those that begin with it', async () => {
    const { engine, id } = await ownBook({ Health: null, Clinics: 'Health', Beds: 'Clinics', Other: 'Health' });
    await engine.call('categories.edit', { id: id('Other'), patch: { colour: '#112233' } });
    await comesBack(engine, () =>
      engine.call('categories.edit', { id: id('Health'), patch: { colour: '#445566', code: 'MED' } }),
    );
    const { categories } = await engine.call('codebook.get', {});
    expect(categories.map(({ code, colour }) => `${code} ${colour}`)).toEqual([
      'MED #445566',
      'MED.CLINICS #445566',
      'MED.CLINICS.BEDS #445566',
      'MED.OTHER #112233',
    ]);
  });

  it('is moved among its siblings and to another parent, never under itself', async () => {
    const { engine, id } = await ownBook({ A: null, B: null, C: null, A1: 'A', A2: 'A', A3: 'A' });
    const move = (ids: string[], parent: string | null, before: string | null = null) =>
      engine.call('categories.move', {
        ids: ids.map(id),
        parent: parent === null ? null : id(parent),
        before: before === null ? null : id(before),
      });
    await comesBack(engine, () => move(['C'], null, 'A'));
    expect(await drawn(engine)).toBe('C A(A1 A2 A3) B');
    await comesBack(engine, () => move(['A3'], 'A', 'A1'));
    expect(await drawn(engine)).toBe('C A(A3 A1 A2) B');
    await comesBack(engine, () => move(['A2', 'C'], 'B'));
    expect(await drawn(engine)).toBe('A(A3 A1) B(A2 C)');
    await move(['A'], 'C');
    expect(await undoLabel(engine)).toBe('Move “A” to “C”');
    expect(await drawn(engine)).toBe('B(A2 C(A(A3 A1)))');
    for (const below of ['B', 'C', 'A1']) expect(await codeOf(move(['B'], below))).toBe('NOT_ALLOWED');
    // Wherever one puts things, there is always room between two.
    for (let time = 0; time < 30; time++) await move([time % 2 === 0 ? 'A3' : 'A1'], 'A', time % 2 === 0 ? 'A1' : 'A3');
    expect(await drawn(engine)).toBe('B(A2 C(A(A1 A3)))');
  });

  it('is removed only if nothing belongs to it', async () => {
    const { engine, id } = await ownBook({ A: null, A1: 'A', B: null });
    const source = await addFile(engine, 'a.txt', 'One. Two.');
    const passage = await mark(engine, source.id, 'One.', { categories: [id('A1')] });
    const remove = (...names: string[]) => engine.call('categories.remove', { ids: names.map(id) });
    const refused = await faultOf(remove('A1'));
    expect(refused).toMatchObject({ code: 'NOT_ALLOWED', context: { tags: 1 } });
    expect(refused.message).toContain('Archive it');
    expect(await codeOf(remove('A'))).toBe('NOT_ALLOWED');
    // A passage in the trash can come back, and its tag with it.
    await engine.call('passages.remove', { ids: [passage.id] });
    expect(await codeOf(remove('A1'))).toBe('NOT_ALLOWED');
    await engine.call('memos.set', { target: { kind: 'category', id: recordId.parse(id('B')) }, text: 'Doubtful' });
    expect(await codeOf(remove('B'))).toBe('NOT_ALLOWED');
    await engine.call('passages.restore', { ids: [passage.id] });
    await engine.call('tags.change', { passages: [passage.id], remove: [id('A1')] });
    await comesBack(engine, () => remove('A', 'A1'));
    expect(await drawn(engine)).toBe('B');
  });

  it('that is archived keeps its passages, takes no new ones, and is unarchived with its parents', async () => {
    const { engine, id } = await ownBook({ A: null, A1: 'A', A11: 'A1', B: null });
    const source = await addFile(engine, 'a.txt', 'One. Two.');
    const passage = await mark(engine, source.id, 'One.', { categories: [id('A11')] });
    await comesBack(engine, () => engine.call('categories.archive', { ids: [id('A')], archived: true }));
    expect(await drawn(engine)).toBe('[A]([A1]([A11])) B');
    expect(await undoLabel(engine)).toBe('Archive “A” and 2 subcategories');
    expect((await engine.call('categories.passages', { id: id('A') })).passages.map((one) => one.id)).toEqual([
      passage.id,
    ]);
    expect(await codeOf(mark(engine, source.id, 'Two.', { categories: [id('A11')] }))).toBe('NOT_ALLOWED');
    expect(await codeOf(engine.call('categories.add', { category: { name: 'New' }, parent: id('A') }))).toBe(
      'NOT_ALLOWED',
    );
    expect(await codeOf(engine.call('categories.move', { ids: [id('B')], parent: id('A') }))).toBe('NOT_ALLOWED');
    await comesBack(engine, () => engine.call('categories.archive', { ids: [id('A11')], archived: false }));
    expect(await drawn(engine)).toBe('A(A1(A11)) B');
  });
});

describe('merging', () => {
  /** One, Two, Three: tagged by Ann and by Ben. */
  async function twoPeople() {
    const book = await ownBook({ A: null, A1: 'A', B: null, B1: 'B' });
    const { engine, folder, id } = book;
    const source = await addFile(engine, 'a.txt', 'One. Two. Three.');
    const one = await mark(engine, source.id, 'One.', { categories: [id('A'), id('B')] });
    const two = await mark(engine, source.id, 'Two.', { categories: [id('A')] });
    await engine.close();
    const ben = await openFor(folder, somebody('Ben'));
    await ben.call('tags.change', { passages: [one.id, two.id], add: [id('A')] });
    return { ...book, engine: ben, one: one.id, two: two.id };
  }
  const tagsOf = async (engine: Engine, passage: PassageId) =>
    (await engine.call('passages.get', { id: passage })).tags.map(({ category, person }) => `${category} ${person}`);

  it('moves everyone’s tags in one commit, without duplicates, and names the target', async () => {
    const { engine, person, id, one, two } = await twoPeople();
    const use = await engine.call('categories.use', { ids: [id('A'), id('B')] });
    expect(use.passages).toBe(2);
    expect(use.people.map(({ passages }) => passages)).toEqual([2, 2]);
    const ben = use.people.find((each) => each.person !== person.id)?.person ?? '';
    await comesBack(engine, () => engine.call('categories.merge', { ids: [id('A')], into: id('B') }));
    expect(await undoLabel(engine)).toBe('Merge “A” into “B”');
    expect((await tagsOf(engine, one)).sort()).toEqual([`${id('B')} ${person.id}`, `${id('B')} ${ben}`].sort());
    expect((await tagsOf(engine, two)).sort()).toEqual([`${id('B')} ${person.id}`, `${id('B')} ${ben}`].sort());
    expect(await drawn(engine)).toBe('[A] B(B1 A1)');
    const merged = (await engine.call('codebook.get', {})).categories.find((each) => each.id === id('A'));
    expect(merged).toMatchObject({ mergedInto: id('B'), archived: true, passages: 0 });
  });

  it('of a top-level category into its own subcategory puts nothing under itself', async () => {
    const { engine, id } = await twoPeople();
    await comesBack(engine, () => engine.call('categories.merge', { ids: [id('A'), id('B1')], into: id('A1') }));
    expect(await drawn(engine)).toBe('[A] A1 B([B1])');
    expect(await undoLabel(engine)).toBe('Merge 2 categories into “A1”');
    expect(await codeOf(engine.call('categories.merge', { ids: [id('B')], into: id('B') }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('categories.merge', { ids: [id('B')], into: id('A') }))).toBe('NOT_ALLOWED');
  });

  it('lists a tag that reaches a merged category later, and moves it when merged again', async () => {
    const { engine, folder, person, id, two } = await twoPeople();
    await engine.call('categories.merge', { ids: [id('A')], into: id('B') });
    await engine.close();
    // What a colleague did on another machine without knowing of it.
    const db = openProject({ folder, person });
    const late = '00000000-0000-7000-8000-0000000000aa';
    const colleague = '00000000-0000-7000-8000-0000000000bb';
    db.write.commit('Tag passage', [
      { entity: 'tag', id: late, field: 'passage', value: two },
      { entity: 'tag', id: late, field: 'category', value: id('A') },
      { entity: 'tag', id: late, field: 'person', value: colleague },
    ]);
    db.close();
    const again = await openFor(folder, person);
    const found = async () => (await again.call('codebook.get', {})).categories.find((each) => each.id === id('A'));
    expect(await found()).toMatchObject({ passages: 1, archived: true });
    await comesBack(again, () => again.call('categories.merge', { ids: [id('A')], into: id('B') }));
    expect(await undoLabel(again)).toBe('Move a tag of “A” to “B”');
    expect(await found()).toMatchObject({ passages: 0 });
    expect(await tagsOf(again, two)).toContain(`${id('B')} ${colleague}`);
  });
});

describe('splitting', () => {
  it('assigns passages to new categories, with everyone’s tags, and leaves the others', async () => {
    const { engine, folder, person, id } = await ownBook({ A: null });
    const source = await addFile(engine, 'a.txt', 'One. Two. Three.');
    const [one, two, three] = await Promise.all(
      ['One.', 'Two.', 'Three.'].map((words) => mark(engine, source.id, words, { categories: [id('A')] })),
    );
    if (one === undefined || two === undefined || three === undefined) throw new Error('no passage');
    await engine.close();
    const ben = await openFor(folder, somebody('Ben'));
    await ben.call('tags.change', { passages: [one.id], add: [id('A')] });
    let made: readonly CategoryId[] = [];
    await comesBack(ben, async () => {
      made = (
        await ben.call('categories.split', {
          id: id('A'),
          parent: id('A'),
          parts: [{ name: 'Left' }, { name: 'Right' }],
          given: [
            { passage: one.id, parts: [0, 1] },
            { passage: two.id, parts: [1] },
          ],
        })
      ).ids;
    });
    expect(await undoLabel(ben)).toBe('Split “A” into “Left” and “Right”');
    expect(await drawn(ben)).toBe('A(Left Right)');
    const names = new Map([
      [id('A'), 'A'],
      [made[0], 'Left'],
      [made[1], 'Right'],
    ]);
    const of = async (passage: PassageId) =>
      (await ben.call('passages.get', { id: passage })).tags
        .map((tag) => `${names.get(tag.category) ?? '?'} ${tag.person === person.id ? 'Ann' : 'Ben'}`)
        .sort();
    expect(await of(one.id)).toEqual(['Left Ann', 'Left Ben', 'Right Ann', 'Right Ben']);
    expect(await of(two.id)).toEqual(['Right Ann']);
    expect(await of(three.id)).toEqual(['A Ann']);
    // A tag stays its person's; who put it elsewhere, and with what, is known.
    const moved = async (passage: PassageId) =>
      (await ben.call('passages.movedTags', { id: passage })).moved
        .map((one) =>
          [names.get(one.category), one.person === person.id, one.by.name, one.label].join(' | ').replace('Redo: ', ''),
        )
        .sort();
    const split = 'Ben | Split “A” into “Left” and “Right”';
    expect(await moved(one.id)).toEqual([`Left | true | ${split}`, `Right | true | ${split}`]);
    expect(await moved(two.id)).toEqual([`Right | true | ${split}`]);
    expect(await moved(three.id)).toEqual([]);
    await ben.call('history.undo', {});
    expect([await moved(one.id), await of(one.id)]).toEqual([[], ['A Ann', 'A Ben']]);
    await ben.call('history.redo', {});
    // A family still counts each passage once.
    const { categories } = await ben.call('codebook.get', {});
    expect(categories.map(({ passages, deepPassages }) => [passages, deepPassages])).toEqual([
      [1, 3],
      [1, 1],
      [2, 2],
    ]);
    const refused = ben.call('categories.split', {
      id: id('A'),
      parent: null,
      parts: [{ name: 'X' }],
      given: [{ passage: two.id, parts: [0] }],
    });
    expect(await codeOf(refused)).toBe('NOT_FOUND');
  });
});
