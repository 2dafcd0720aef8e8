import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { comesBack, drawn, ownBook, undoLabel } from '../../support/codebook.ts';
import { addFile, categoriesOf, codeOf, mark, openFor, testProject } from '../../support/project.ts';

describe('concurrent changes of two people', () => {
  it('a ring is shown once, cut at the later move, and ended by another move', async () => {
    const { engine, folder, person, id } = await ownBook({ A: null, B: null, C: 'B', D: null });
    await engine.close();
    const db = openProject({ folder, person });
    // As two logs would be folded together: each move alone was allowed.
    db.write.commit('Move', [{ entity: 'category', id: id('B'), field: 'parent', value: id('A') }]);
    db.write.commit('Move', [{ entity: 'category', id: id('A'), field: 'parent', value: id('C') }]);
    db.close();
    const again = await openFor(folder, person);
    const book = await again.call('codebook.get', {});
    expect(book.categories.map(({ name }) => name).sort()).toEqual(['A', 'B', 'C', 'D']);
    expect(book.rings).toEqual([{ members: [id('A'), id('B'), id('C')].sort(), cut: id('A') }]);
    expect((await again.call('categories.passages', { id: id('A') })).passages).toEqual([]);
    await again.call('categories.move', { ids: [id('A')], parent: null });
    expect((await again.call('codebook.get', {})).rings).toEqual([]);
    expect(await drawn(again)).toBe('D A(B(C))');
  });

  it('a category whose parent was removed is shown at the top level', async () => {
    const { engine, folder, person, id } = await ownBook({ A: null, B: 'A' });
    await engine.close();
    const db = openProject({ folder, person });
    db.write.commit('Move to trash', [{ entity: 'category', id: id('A'), field: 'deleted', value: true }]);
    db.close();
    const again = await openFor(folder, person);
    const [only, ...more] = (await again.call('codebook.get', {})).categories;
    expect([only?.name, more.length]).toEqual(['B', 0]);
    await again.call('categories.move', { ids: [id('B')], parent: null });
    expect(await drawn(again)).toBe('B');
  });
});

describe('the codebook itself', () => {
  it('has a title and a version that can be edited', async () => {
    const { engine } = await testProject();
    await comesBack(engine, () => engine.call('codebook.edit', { title: 'Our codebook', version: '0.2.0' }));
    const { title, version } = await engine.call('codebook.get', {});
    expect([title, version]).toEqual(['Our codebook', '0.2.0']);
  });

  it('that is built in can be added to an empty project, also after undoing that, and to no other', async () => {
    const { engine } = await testProject({ codebook: 'empty' });
    await engine.call('codebook.install', { codebook: 'xinjiang-labour' });
    await engine.call('history.undo', {});
    expect((await engine.call('codebook.get', {})).categories).toEqual([]);
    await engine.call('codebook.install', { codebook: 'xinjiang-labour' });
    const { categories, dimensions } = await engine.call('codebook.get', {});
    expect([categories.length, dimensions.length]).toEqual([77, 12]);
    expect(await categoriesOf(engine, 'LND.RIGHTS')).toEqual(['cb4f8d56-257a-8456-bc04-cc1f14ef51b6']);
    expect(await codeOf(engine.call('codebook.install', { codebook: 'xinjiang-labour' }))).toBe('EXISTS');
  });

  it('gets new values of its dimensions, renames them and removes unused ones', async () => {
    const { engine } = await testProject();
    const valuesOf = async (code: string) => {
      const dimension = (await engine.call('codebook.get', {})).dimensions.find((one) => one.code === code);
      if (dimension === undefined) throw new Error('no dimension');
      return dimension;
    };
    const geo = await valuesOf('geo');
    const parent = geo.values[0]?.id ?? null;
    const { id } = await engine.call('values.add', {
      dimension: geo.id,
      value: { label: 'Liuquan county', names: ['柳泉县'], parent },
    });
    expect((await valuesOf('geo')).values.at(-1)).toMatchObject({ label: 'Liuquan county', names: ['柳泉县'], parent });
    await engine.call('values.edit', { id, patch: { label: 'Liuquan County' } });
    expect(await undoLabel(engine)).toBe('Rename “Liuquan county” to “Liuquan County”');
    const source = await addFile(engine, 'a.txt', 'One. Two.');
    const passage = await mark(engine, source.id, 'One.');
    await engine.call('settings.set', { passage: passage.id, dimension: geo.id, values: [id] });
    expect(await codeOf(engine.call('values.remove', { id }))).toBe('NOT_ALLOWED');
    await engine.call('settings.set', { passage: passage.id, dimension: geo.id, values: [] });
    await comesBack(engine, () => engine.call('values.remove', { id }));
    expect(await codeOf(engine.call('values.edit', { id, patch: { label: 'Gone' } }))).toBe('NOT_FOUND');
    // A document type that a source has is in use too; the grades of sources are fixed.
    const doctype = (await valuesOf('doctype')).values[0];
    if (doctype === undefined) throw new Error('no document type');
    await engine.call('sources.edit', { id: source.id, patch: { documentType: doctype.code } });
    expect(await codeOf(engine.call('values.remove', { id: doctype.id }))).toBe('NOT_ALLOWED');
    const grades = await valuesOf('srcrel');
    expect(await codeOf(engine.call('values.add', { dimension: grades.id, value: { label: 'G' } }))).toBe(
      'NOT_ALLOWED',
    );
    const under = engine.call('values.edit', { id: parent ?? id, patch: { parent } });
    expect(await codeOf(under)).toBe('NOT_ALLOWED');
  });

  it('lists a category’s passages in all sources, each once with who tagged it', async () => {
    const { engine, person } = await testProject();
    const [land, rights, coop] = await categoriesOf(engine, 'LND', 'LND.RIGHTS', 'LND.COOP');
    if (land === undefined || rights === undefined || coop === undefined) throw new Error('no categories');
    const first = await addFile(engine, 'a.txt', 'One. Two.');
    const second = await addFile(engine, 'b.txt', 'Three.');
    const three = await mark(engine, second.id, 'Three.', { categories: [coop] });
    const two = await mark(engine, first.id, 'Two.', { categories: [rights, coop] });
    const one = await mark(engine, first.id, 'One.', { categories: [land] });
    const { passages } = await engine.call('categories.passages', { id: land });
    expect(passages.map(({ id, words }) => [id, words])).toEqual([
      [one.id, 'One.'],
      [two.id, 'Two.'],
      [three.id, 'Three.'],
    ]);
    expect(passages[1]).toMatchObject({ people: [person.id], page: 1 });
    expect(new Set(passages[1]?.categories)).toEqual(new Set([rights, coop]));
    expect((await engine.call('categories.passages', { id: land, deep: false })).passages).toHaveLength(1);
    await engine.call('sources.remove', { ids: [first.id] });
    expect((await engine.call('categories.passages', { id: land })).passages).toHaveLength(1);
  });
});
