import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { addFile, categoriesOf, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

/** Two sources with a decision on a name in each; one decision was taken back. */
async function project(name = 'Ann') {
  const { engine, folder, person } = await testProject({ person: somebody(name) });
  const one = await addFile(engine, 'one.txt', '和田的夜市热闹非凡。');
  const two = await addFile(engine, 'two.txt', '阿克苏的苹果远近闻名。');
  await mark(engine, one.id, '和田的夜市');
  await mark(engine, two.id, '阿克苏的苹果');
  await engine.call('places.choose', { sources: [one.id], text: '和田', place: 'xj-hotan-city' });
  await engine.call('places.choose', { sources: [two.id], text: '阿克苏', place: null });
  return { engine, folder, person, one };
}

/** The decisions in a file that somebody else opens. */
async function choicesIn(write: (path: string) => Promise<unknown>) {
  const at = tempFolder();
  const [file, folder] = [join(at, 'copy.sbk'), join(at, 'copy.sourcebook')];
  await write(file);
  const person = somebody('Dee');
  await importProjectFile({ file, folder, person });
  const engine = await openFor(folder, person);
  const { choices } = await engine.call('places.choices', {});
  return {
    engine,
    choices,
    told: choices.map(({ text, place }) => [text, place]).toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
  };
}
const exported = (engine: Engine, options: object) => (path: string) =>
  engine.call('projectFile.export', { path, options });
const meanings = async (engine: Engine): Promise<unknown[]> =>
  (await engine.call('places.find', {})).places.map(({ text, place, sure, helped }) => [text, place, sure, helped]);

describe('a decision on what a name of a place means', () => {
  it('is not in a blind copy: it is a conclusion of somebody else', async () => {
    const { engine } = await project();
    const blind = await choicesIn((path) =>
      engine.call('assignments.create', { path, coder: 'Ben', sample: 'sources' }),
    );
    expect(blind.choices).toEqual([]);
    expect((await meanings(blind.engine)).flat()).not.toContain('person');
    expect(await blind.engine.call('project.verify', {})).toMatchObject({ ok: true });
  });

  it('is in a file with pseudonyms and still holds there, without the name of who decided', async () => {
    // A person whose name is a part of the place’s id.
    const { engine } = await project('hotan');
    await engine.call('places.addName', { place: 'xj-hotan-city', text: 'Bazaar City' });
    const before = await meanings(engine);
    const { engine: copy, choices, told } = await choicesIn(exported(engine, { pseudonyms: true }));
    expect(told).toEqual([
      ['和田', 'xj-hotan-city'],
      ['阿克苏', null],
    ]);
    const { people } = await copy.call('people.list', {});
    expect(choices.map(({ person }) => people.find(({ id }) => id === person)?.name)).toEqual(['Coder 1', 'Coder 1']);
    expect(await meanings(copy)).toEqual(before);
    const { places } = await copy.call('places.own', {});
    expect(places.map(({ place }) => place)).toEqual(['xj-hotan-city']);
  });

  it('is in a part that has a passage of its source, unless the part is of other people’s work', async () => {
    const { engine: ann, folder, person, one } = await project();
    await ann.close();
    const eve = somebody('Eve');
    const engine = await openFor(folder, eve);
    const [pair] = await categoriesOf(engine, 'TRF.PAIR');
    if (pair === undefined) throw new Error('no category');
    await mark(engine, one.id, '热闹非凡', { categories: [pair] });
    const part = (only: object) => choicesIn(exported(engine, { only }));
    const decision = ['和田', 'xj-hotan-city'];
    expect((await part({ sources: [one.id] })).told).toEqual([decision]);
    expect((await part({ sources: [one.id], people: [person.id] })).told).toEqual([decision]);
    expect((await part({ sources: [one.id], people: [eve.id] })).told).toEqual([]);
  });
});
