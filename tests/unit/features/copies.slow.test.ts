import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  copyFor,
  mark,
  newFolder,
  openFor,
  somebody,
  testProject,
} from '../../support/project.ts';
import { bytesOf, codedProject, giveOut, receive } from './coding/support.ts';
import { tempFolder } from '../../support/temp.ts';

const WORDS = '转移就业再创新高';
const addAll = async (engine: Engine, ...names: readonly string[]): Promise<SourceId[]> => {
  const ids: SourceId[] = [];
  for (const name of names) ids.push((await addFile(engine, `${name}.txt`, `${name}：${WORDS}。`)).id);
  return ids;
};
async function mergeFrom(engine: Engine, other: Engine): Promise<void> {
  const path = join(tempFolder(), 'other.sbk');
  await other.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}
const groups = async (engine: Engine) => (await engine.call('copies.list', {})).groups;
const members = async (engine: Engine) => (await groups(engine)).map(({ sources }) => sources);
const [A, B, C, D] = [0, 1, 2, 3] as const;
const at = (all: readonly SourceId[], ...places: readonly number[]): SourceId[] =>
  places.flatMap((one) => all[one] ?? []);
const one = (all: readonly SourceId[], place: number): SourceId => {
  const [id] = at(all, place);
  if (id === undefined) throw new Error('There is no such source.');
  return id;
};

describe('sources that a person confirmed to be copies of one text', () => {
  it('are one group with an origin; what is a copy of a copy joins it', async () => {
    const { engine, person } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c', 'd');
    await engine.call('copies.confirm', { sources: at(all, A, B), origin: one(all, B) });
    expect(await groups(engine)).toMatchObject([{ sources: at(all, A, B), origin: one(all, B), person: person.id }]);
    await engine.call('copies.confirm', { sources: at(all, B, C), origin: one(all, A) });
    expect(await groups(engine)).toMatchObject([{ sources: at(all, A, B, C), origin: one(all, A), disputed: [] }]);
    await engine.call('copies.confirm', { sources: at(all, C, D) });
    expect(await groups(engine)).toMatchObject([{ sources: all, origin: null, disputed: [] }]);
  });

  it('count once: two passages in two copies rest on one origin', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    const categories = await categoriesOf(engine, 'LND.RIGHTS');
    for (const source of all) await mark(engine, source, WORDS, { categories });
    expect(await engine.call('evidence.rows', { count: 0 })).toMatchObject({ total: 3, sources: 3, origins: 3 });
    await engine.call('copies.confirm', { sources: at(all, A, B), origin: one(all, B) });
    const rows = await engine.call('evidence.rows', { group: 'origin' });
    expect(rows).toMatchObject({ total: 3, sources: 3, origins: 2 });
    expect(rows.groups).toMatchObject([
      { value: one(all, B), label: 'b.txt (2 copies)', count: 2 },
      { value: one(all, C), label: 'c.txt', count: 1 },
    ]);
    expect(rows.rows[0]?.copies).toEqual({ origin: { source: one(all, B), title: 'b.txt' }, others: 1 });
    const { categories: rests } = await engine.call('evidence.coverage', { query: 'origin:a.txt' });
    expect(rests.find(({ category }) => category === categories[0])?.own).toMatchObject({
      passages: 2,
      sources: 2,
      origins: 1,
    });
  });

  it('are told apart again by one undo', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    await engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    expect((await engine.call('history.undo', {})).label).toBe('Confirm copies of one text (3 sources)');
    expect(await groups(engine)).toEqual([]);
  });

  it('lose the one that goes to the trash and stay together without it, though it was what held them together', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    await engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    await engine.call('sources.remove', { ids: at(all, A) });
    expect(await groups(engine)).toMatchObject([{ sources: at(all, B, C), origin: null }]);
    await engine.call('sources.restore', { ids: at(all, A) });
    expect(await groups(engine)).toMatchObject([{ sources: all, origin: one(all, A) }]);
  });

  it('let one go: the others stay together, with their origin unless it was that one', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c', 'd');
    await engine.call('copies.confirm', { sources: all, origin: one(all, B) });
    await engine.call('copies.apart', { sources: at(all, C), from: at(all, A, B, D) });
    expect(await groups(engine)).toMatchObject([{ sources: at(all, A, B, D), origin: one(all, B), apart: [] }]);
    await engine.call('copies.apart', { sources: at(all, B), from: at(all, A) });
    expect(await groups(engine)).toMatchObject([{ sources: at(all, A, D), origin: null, apart: [] }]);
  });

  it('get another origin while some leave, in one edit and one undo', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c', 'd');
    await engine.call('copies.confirm', { sources: all, origin: one(all, C) });
    await engine.call('copies.confirm', { sources: at(all, A, B, D), origin: one(all, A), without: at(all, C) });
    expect(await groups(engine)).toMatchObject([
      { sources: at(all, A, B, D), origin: one(all, A), disputed: [], apart: [] },
    ]);
    expect((await engine.call('copies.list', {})).apart).toBe(3);
    await engine.call('history.undo', {});
    expect(await groups(engine)).toMatchObject([{ sources: all, origin: one(all, C) }]);
    expect((await engine.call('copies.list', {})).apart).toBe(0);
    // The origin changes while the one that held the others together leaves.
    await engine.call('copies.confirm', { sources: at(all, A, B, D), origin: one(all, B), without: at(all, C) });
    await engine.call('copies.confirm', { sources: at(all, B, D), origin: one(all, D), without: at(all, A) });
    expect(await groups(engine)).toMatchObject([{ sources: at(all, B, D), origin: one(all, D), disputed: [] }]);
    const both = engine.call('copies.confirm', { sources: at(all, A, B), without: at(all, B) });
    expect(await codeOf(both)).toBe('BAD_INPUT');
  });

  it('can be more than a hundred, and let more than a hundred go', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, ...Array.from({ length: 112 }, (_, n) => `copy ${n}`));
    await engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    expect((await members(engine)).map(({ length }) => length)).toEqual([112]);
    const [kept, leaving] = [all.slice(0, 8), all.slice(8)];
    await engine.call('copies.confirm', { sources: kept, origin: one(all, B), without: leaving });
    expect(await members(engine)).toContainEqual(kept);
    expect((await engine.call('copies.groups', {})).groups).toEqual(await groups(engine));
    await engine.call('copies.withdraw', { sources: at(all, A) });
    await engine.call('copies.apart', { sources: kept });
    expect((await members(engine)).flat().some((id) => kept.includes(id))).toBe(false);
  }, 120_000);

  it('can be taken back as a whole', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    await engine.call('copies.confirm', { sources: all });
    await engine.call('copies.withdraw', { sources: at(all, B) });
    expect(await groups(engine)).toEqual([]);
    await engine.call('copies.confirm', { sources: at(all, A, C) });
    expect(await members(engine)).toEqual([at(all, A, C)]);
  });

  it('are two different live sources, and the origin is one of them', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    const [a, c] = [one(all, A), one(all, C)];
    expect(await codeOf(engine.call('copies.confirm', { sources: [a, a] }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('copies.apart', { sources: [a] }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('copies.confirm', { sources: at(all, A, B), origin: c }))).toBe('BAD_INPUT');
    await engine.call('sources.remove', { ids: [c] });
    expect(await codeOf(engine.call('copies.confirm', { sources: at(all, A, C) }))).toBe('NOT_FOUND');
  });
});

describe('decisions on copies in a merge', () => {
  it('of two people who agree are no conflict, and make one group of what both found', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    const other = await copyFor(engine, 'Bo');
    await engine.call('copies.confirm', { sources: at(all, A, B), origin: one(all, A) });
    await other.engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    await mergeFrom(engine, other.engine);
    expect((await engine.call('merge.conflicts', {})).conflicts.filter(({ entity }) => entity === 'copy')).toEqual([]);
    expect(await groups(engine)).toMatchObject([{ sources: all, origin: one(all, A) }]);
  });

  it('of two people who differ are a conflict, which a person resolves', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b');
    const other = await copyFor(engine, 'Bo');
    await engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    await other.engine.call('copies.apart', { sources: all });
    await mergeFrom(engine, other.engine);
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts.filter(({ entity }) => entity === 'copy').map(({ field }) => field)).toContain('verdict');
  });

  it('that name different origins on different pairs are shown as such: none counts until somebody chooses', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    const other = await copyFor(engine, 'Bo');
    await engine.call('copies.confirm', { sources: at(all, A, B), origin: one(all, A) });
    await other.engine.call('copies.confirm', { sources: at(all, C, B), origin: one(all, C) });
    await mergeFrom(engine, other.engine);
    expect(await groups(engine)).toMatchObject([{ sources: all, origin: null, disputed: at(all, A, C) }]);
    await engine.call('copies.confirm', { sources: all, origin: one(all, C) });
    expect(await groups(engine)).toMatchObject([{ sources: all, origin: one(all, C), disputed: [] }]);
  });

  it('that contradict each other through a third source are shown', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    const other = await copyFor(engine, 'Bo');
    await engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    await other.engine.call('copies.apart', { sources: at(all, B, C) });
    await mergeFrom(engine, other.engine);
    const [group] = await groups(engine);
    expect(group?.sources).toEqual(all);
    expect(group?.apart.map((pair) => pair.toSorted())).toEqual([at(all, B, C).toSorted()]);
  });
});

describe('decisions on copies in other files', () => {
  it('go along with a part of the sources, without those on others and without an origin that stays behind', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c', 'd');
    const categories = await categoriesOf(engine, 'LND.RIGHTS');
    for (const source of all) await mark(engine, source, WORDS, { categories });
    await engine.call('copies.confirm', { sources: at(all, A, B), origin: one(all, A) });
    await engine.call('copies.confirm', { sources: at(all, B, C, D), origin: one(all, A) });
    const path = join(tempFolder(), 'part.sbk');
    await engine.call('projectFile.export', { path, options: { only: { sources: at(all, B, C) } } });
    const part = await receive(path, somebody('Bo'));
    expect(await groups(part.engine)).toMatchObject([{ sources: at(all, B, C), origin: null }]);
    expect(bytesOf(part.folder)).not.toContain(one(all, A));
    expect(await part.engine.call('project.verify', {})).toMatchObject({ ok: true });
  });

  it('go along under pseudonyms', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b');
    await engine.call('copies.confirm', { sources: all, origin: one(all, B) });
    const path = join(tempFolder(), 'names.sbk');
    await engine.call('projectFile.export', { path, options: { pseudonyms: true } });
    const copy = await receive(path, somebody('Bo'));
    expect((await groups(copy.engine)).map(({ sources }) => sources.length)).toEqual([2]);
    expect(await copy.engine.call('evidence.rows', { count: 0 })).toMatchObject({ total: 0, origins: 0 });
  });

  it('are in a report, which names no source that is not in it', async () => {
    const { engine } = await testProject();
    const all = await addAll(engine, 'a', 'b', 'c');
    for (const source of all) await mark(engine, source, WORDS);
    await engine.call('copies.confirm', { sources: all, origin: one(all, A) });
    const reported = async (sources: readonly SourceId[]): Promise<string> => {
      const path = join(tempFolder(), 'report.csv');
      await engine.call('report.write', { path, format: 'csv', only: { sources: [...sources] } });
      return readFileSync(path, 'utf8');
    };
    const whole = await reported(all);
    expect(whole).toContain('origin of a text that 2 other sources copied');
    expect(whole).toContain('copy of “a.txt”');
    const part = await reported(at(all, B));
    expect(part).toContain('copy of a source that is not in this report');
    expect(part).not.toContain('a.txt');
  });

  it('are not in a blind copy: they are conclusions of others', async () => {
    const { engine, report, notice } = await codedProject();
    await engine.call('copies.confirm', { sources: [report.id, notice.id], origin: report.id });
    const { path } = await giveOut(engine);
    const blind = await receive(path, somebody('Ben'));
    expect(await groups(blind.engine)).toEqual([]);
  });
});

it('a decision that a newer version wrote is left out and kept', async () => {
  const person = somebody('Ann');
  const folder = newFolder({ person });
  const before = await openFor(folder, person);
  const all = await addAll(before, 'a', 'b');
  await before.close();
  const db = openProject({ folder, person, installation: person.id });
  const id = newId();
  db.write.commit('By a newer version', [
    { entity: 'copy', id, field: 'one', value: one(all, A) },
    { entity: 'copy', id, field: 'other', value: one(all, B) },
    { entity: 'copy', id, field: 'verdict', value: 'translation' },
  ]);
  db.close();
  const engine = await openFor(folder, person);
  expect(await groups(engine)).toEqual([]);
  expect(await engine.call('project.verify', {})).toMatchObject({ ok: true });
});
