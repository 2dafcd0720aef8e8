import { readFileSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { openProject } from '../../../electron/db/index.ts';
import { categoryIdOf, xinjiangLabour } from '../../../electron/features/codebook/codebook.ts';
import { readCodebook } from '../../../electron/formats/codebook/read.ts';
import type { CategoryCount } from '../../../shared/contract/codebook.ts';
import type { CodebookFile } from '../../../shared/model/codebook.ts';
import { NO_COLOUR, type Category } from '../../../shared/model/index.ts';
import { addFile, categoriesOf, codeOf, faultOf, mark, openFor, testProject } from '../../support/project.ts';

describe('the built-in codebook', () => {
  it('has 77 categories in 12 top-level ones, and 12 dimensions, two of them for sources', async () => {
    const { engine } = await testProject();
    const { categories, dimensions } = await engine.call('codebook.get', {});
    expect(categories).toHaveLength(77);
    expect(categories.filter((one) => one.parent === null)).toHaveLength(12);
    expect(dimensions).toHaveLength(12);
    expect(dimensions.filter((one) => one.on === 'source').map((one) => one.code)).toEqual(
      expect.arrayContaining(['doctype', 'srcrel']),
    );
    const rights = categories.find((one) => one.code === 'LND.RIGHTS');
    expect(categories.find((one) => one.id === rights?.parent)?.code).toBe('LND');
    // In the order of the file, in which a family comes before its categories.
    expect(categories.map((one) => one.code)).toEqual(xinjiangLabour().categories.map((one) => one.code));
  });

  it('has the same ids in every project, so that tags of separate projects match', async () => {
    const one = await testProject();
    const other = await testProject();
    const ids = await categoriesOf(one.engine, 'LND.RIGHTS', 'SYS.PALT');
    expect(ids).toEqual(await categoriesOf(other.engine, 'LND.RIGHTS', 'SYS.PALT'));
    expect(ids[0]).toBe(categoryIdOf('xinjiang-labour', 'LND.RIGHTS'));
    // Signed logs hold these ids: they never change.
    expect(ids[0]).toBe('cb4f8d56-257a-8456-bc04-cc1f14ef51b6');
  });

  const domain = resolve(import.meta.dirname, '../../../../shared/domain/codebook.json');
  it.skipIf(!existsSync(domain))('says what the domain’s file says (skipped where it is absent)', () => {
    expect(withoutNotes(readCodebook(readFileSync(domain, 'utf8'), 'xinjiang-labour'))).toEqual(
      withoutNotes(xinjiangLabour()),
    );
  });
});

/** The domain's notes on dimensions speak to those who made the codebook; ours say the same to those who use it. */
const withoutNotes = (book: CodebookFile): CodebookFile => ({
  ...book,
  dimensions: book.dimensions.map((dimension) => ({
    ...dimension,
    note: '',
    values: dimension.values.map((value) => ({ ...value, note: '' })),
  })),
});

describe('a codebook from a file', () => {
  const book = (patch: object): string =>
    JSON.stringify({
      format: 'sourcebook-codebook/1',
      id: 'own',
      title: 'Own',
      version: '1',
      language: 'en',
      categories: [],
      dimensions: [],
      ...patch,
    });
  const category = (code: string, parent: string | null = null, more: object = {}) => ({
    code,
    parent,
    name: code,
    colour: '#336699',
    ...more,
  });
  const refusal = async (text: string): Promise<string> => codeOf(() => readCodebook(text, 'own'));

  it('is read, with missing fields empty', () => {
    const { categories } = readCodebook(book({ categories: [category('A'), category('A.B', 'A')] }), 'own');
    expect(categories[1]).toEqual({
      ...category('A.B', 'A'),
      definition: '',
      include: '',
      exclude: '',
      termsZh: [],
      termsEn: [],
    });
  });

  it('that is not JSON is rejected with the position, and without quoting the file', async () => {
    const told = async (text: string) => JSON.stringify(await faultOf(() => readCodebook(text, 'own')));
    for (const text of ['root:x:0:secret', '{"a": secret}', '["secret at position 1 (line 7 column 8)'])
      expect(await told(text)).not.toMatch(/secret|root|line 7/);
    expect(await told('{"a": 1,\n secret: 2}')).toContain('(line 2, column 2)');
  });

  it.each([
    ['is not JSON', '{'],
    ['is of a form nobody knows', '{"format":"other"}'],
    ['has a category twice', book({ categories: [category('A'), category('A')] })],
    ['has a category under one that is not there', book({ categories: [category('A', 'B')] })],
    ['has a ring', book({ categories: [category('A', 'B'), category('B', 'A')] })],
    ['has a colour that is none', book({ categories: [category('A', null, { colour: 'url(evil)' })] })],
    ['has a code with spaces', book({ categories: [category('A B')] })],
  ])('is rejected if it %s', async (_what, text) => {
    expect(await refusal(text)).toBe('BAD_INPUT');
  });
});

describe('passage counts of categories', () => {
  /** The counts a tag makes the page ask for are those of the codebook itself, family by family. */
  const agree = async (of: Engine, categories: readonly Category[]): Promise<void> => {
    const { counts } = await of.call('codebook.counts', {});
    const words = (list: readonly CategoryCount[]) =>
      list.map(({ id, passages, deepPassages }) => `${id} ${String(passages)} ${String(deepPassages)}`).toSorted();
    expect(words(counts)).toEqual(words(categories));
  };

  it('count passages once, follow every change at once, and exclude the trash', async () => {
    const { engine, folder, person } = await testProject();
    const source = await addFile(engine, 'a.txt', 'One. Two. Three.');
    const [rights, palt] = await categoriesOf(engine, 'LND.RIGHTS', 'SYS.PALT');
    if (rights === undefined || palt === undefined) throw new Error('no categories');
    const counts = async (of = engine): Promise<number[]> => {
      const { categories } = await of.call('codebook.get', {});
      await agree(of, categories);
      return [rights, palt].map((id) => categories.find((one) => one.id === id)?.passages ?? -1);
    };
    expect(await counts()).toEqual([0, 0]);
    const one = await mark(engine, source.id, 'One.', { categories: [rights] });
    expect(await counts()).toEqual([1, 0]);
    await mark(engine, source.id, 'Two.', { categories: [rights, palt] });
    expect(await counts()).toEqual([2, 1]);
    await engine.call('passages.remove', { ids: [one.id] });
    expect(await counts()).toEqual([1, 1]);
    await engine.call('history.undo', {});
    expect(await counts()).toEqual([2, 1]);
    await engine.call('sources.remove', { ids: [source.id] });
    expect(await counts()).toEqual([0, 0]);
    await engine.call('sources.restore', { ids: [source.id] });
    await engine.call('tags.change', { passages: [one.id], remove: [rights] });
    expect(await counts()).toEqual([1, 1]);
    await engine.call('project.rebuild', {});
    expect(await counts()).toEqual([1, 1]);
    await engine.close();
    // A removed category is gone from the list; its passages are not.
    const db = openProject({ folder, person });
    // Another person's log can have any text for a colour. It is not passed on, and the project opens.
    const evil = '#1F6FB2; background: url(https://elsewhere.example/)';
    db.write.commit('Colour', [
      { entity: 'category', id: palt, field: 'colour', value: evil },
      { entity: 'category', id: categoryIdOf(xinjiangLabour().id, 'LND'), field: 'colour', value: evil },
    ]);
    db.write.commit('Move to trash', [{ entity: 'category', id: palt, field: 'deleted', value: true }]);
    db.close();
    const again = await openFor(folder, person);
    expect(await counts(again)).toEqual([1, -1]);
    const land = (await again.call('codebook.get', {})).categories.find(({ code }) => code === 'LND');
    expect(land?.colour).toBe(NO_COLOUR);
    const { removed } = await again.call('trash.list', {});
    expect(removed.map(({ what }) => what)).toMatchObject([{ id: palt, colour: NO_COLOUR }]);
    expect((await again.call('passages.list', {})).total).toBe(2);
  });

  it('of a top-level category count a passage once, however many of its categories it has', async () => {
    const { engine, folder, person } = await testProject();
    const source = await addFile(engine, 'a.txt', 'One. Two. Three.');
    const ids = await categoriesOf(engine, 'LND', 'LND.RIGHTS', 'LND.COOP', 'SYS.PALT');
    const [land, rights, coop, palt] = ids;
    if (land === undefined || rights === undefined || coop === undefined || palt === undefined)
      throw new Error('no categories');
    const counts = async (of = engine): Promise<number[]> => {
      const { categories } = await of.call('codebook.get', {});
      await agree(of, categories);
      return ids.map((id) => categories.find((one) => one.id === id)?.deepPassages ?? -1);
    };
    expect(await counts()).toEqual([0, 0, 0, 0]);
    const one = await mark(engine, source.id, 'One.', { categories: [rights, coop, palt] });
    expect(await counts()).toEqual([1, 1, 1, 1]);
    await mark(engine, source.id, 'Two.', { categories: [land, rights] });
    expect(await counts()).toEqual([2, 2, 1, 1]);
    await engine.call('passages.remove', { ids: [one.id] });
    expect(await counts()).toEqual([1, 1, 0, 0]);
    await engine.call('history.undo', {});
    await engine.close();
    // What is archived is not in the tree: its passages are not its family's either.
    const db = openProject({ folder, person });
    db.write.commit('Archive', [{ entity: 'category', id: coop, field: 'archived', value: true }]);
    db.write.commit('Archive', [{ entity: 'category', id: rights, field: 'archived', value: true }]);
    db.close();
    expect(await counts(await openFor(folder, person))).toEqual([1, 2, 1, 1]);
  });
});
