import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBag } from '../../../../electron/formats/bag/read.ts';
import { submitBlindCopy } from '../../../../electron/engine/blind-copy.ts';
import { recordId, type SampleUnit } from '../../../../shared/model/index.ts';
import { categoriesOf, codeOf, faultOf, mark, openFor, somebody } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';
import { asBytes, bytesOf, codedProject, giveOut, receive } from './support.ts';

const at = (units: readonly SampleUnit[]) => units.map(({ source, start, end }) => `${source} ${start} ${end}`);

describe('a sample', () => {
  it('is counted without creating anything', async () => {
    const { engine, notice } = await codedProject();
    const head = (await engine.call('project.info', {})).head;
    expect(await engine.call('assignments.count', { sample: 'sentences:100%' })).toEqual({ units: 11, sources: 2 });
    expect(await engine.call('assignments.count', { sample: 'paragraphs:100%' })).toEqual({ units: 6, sources: 2 });
    expect(await engine.call('assignments.count', { sample: 'sentences:100%', sources: [notice.id] })).toEqual({
      units: 3,
      sources: 1,
    });
    expect(await engine.call('assignments.count', { sample: 'passages:5' })).toEqual({ units: 0, sources: 0 });
    expect(await engine.call('assignments.count', { sample: 'sources' })).toEqual({ units: 2, sources: 2 });
    expect((await engine.call('project.info', {})).head).toBe(head);
  });

  it('is the same for the same seed, and another for another', async () => {
    const { engine } = await codedProject();
    const [first, again, other] = [
      await giveOut(engine, { seed: 7 }),
      await giveOut(engine, { seed: 7 }),
      await giveOut(engine, { seed: 8 }),
    ];
    expect(at(again.assignment.units)).toEqual(at(first.assignment.units));
    expect(at(other.assignment.units)).not.toEqual(at(first.assignment.units));
    expect(first.assignment).toMatchObject({
      coder: null,
      coderName: 'Ben',
      unit: 'sentence',
      leadDone: true,
      coderDone: false,
    });
  });

  it('of every second sentence has every second one, and of passages each place once', async () => {
    const { engine, report } = await codedProject();
    const { assignment } = await giveOut(engine, { sample: 'sentences:/2', sources: [report.id] });
    expect([4, 5]).toContain(assignment.units.length);
    const passage = await mark(engine, report.id, '转移就业八百人');
    await engine.call('passages.create', {
      source: report.id,
      layer: passage.layer,
      marked: { kind: 'text', start: 20, end: 24 },
    });
    expect((await giveOut(engine, { sample: 'passages:50%', seed: 3 })).assignment.units).toHaveLength(1);
  });

  it('is rejected if invalid, empty, or assigned to oneself', async () => {
    const { engine } = await codedProject();
    expect(await codeOf(giveOut(engine, { sample: 'sentences:0' }))).toBe('BAD_INPUT');
    expect(await codeOf(giveOut(engine, { sample: 'passages:3' }))).toBe('BAD_INPUT');
    expect(await codeOf(giveOut(engine, { coder: 'Ann' }))).toBe('BAD_INPUT');
    expect((await engine.call('assignments.list', {})).assignments).toEqual([]);
  });

  it('is not assigned if its file cannot be written', async () => {
    const { engine } = await codedProject();
    const path = join(tempFolder(), 'nowhere', 'deep', 'a.sbk');
    await expect(engine.call('assignments.create', { coder: 'Ben', sample: 'sentences:3', path })).rejects.toThrow(
      'Create it, or choose another.',
    );
    expect((await engine.call('assignments.list', {})).assignments).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it('does not overwrite a file unless told to', async () => {
    const { engine } = await codedProject();
    const { path } = await giveOut(engine);
    const before = readFileSync(path);
    expect(await codeOf(engine.call('assignments.create', { coder: 'Ben', sample: 'sentences:3', path }))).toBe(
      'EXISTS',
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect((await engine.call('assignments.list', {})).assignments).toHaveLength(1);
  });
});

describe('a blind copy', () => {
  it('holds nothing that anyone tagged, wrote or decided', async () => {
    const lead = somebody('Ann Leadername');
    const { folder, engine, report, notice } = await codedProject(lead);
    const codes = await categoriesOf(engine, 'LND.RIGHTS');
    const passage = await mark(engine, report.id, '转移就业八百人', {
      categories: codes,
      memo: 'A thought of Ann’s that tells all',
    });
    await engine.call('memos.set', {
      target: { kind: 'category', id: recordId.parse(codes[0]) },
      text: 'CATEGORYMEMO',
    });
    await engine.call('memos.set', { target: { kind: 'source', id: recordId.parse(report.id) }, text: 'SOURCEMEMO' });
    await engine.call('sources.edit', {
      id: report.id,
      patch: { gradeReason: 'GRADEREASON', capture: { collector: 'COLLECTOR' } },
    });
    await engine.close();
    const cleo = await openFor(folder, somebody('Cleo Othername'));
    await cleo.call('tags.change', { passages: [passage.id], add: codes, remove: [] });
    await cleo.close();

    const again = await openFor(folder, lead);
    const { path, assignment } = await giveOut(again, { sample: 'sentences:6', sources: [report.id] });
    const listed = (await again.call('passages.get', { id: passage.id })).tags;
    expect(listed).toHaveLength(2);
    const ben = await receive(path, somebody('Ben'));
    expect((await ben.engine.call('passages.list', {})).passages).toEqual([]);
    expect((await ben.engine.call('sources.list', {})).sources.map(({ id }) => id)).toEqual([report.id]);
    const { categories } = await ben.engine.call('codebook.get', {});
    expect(categories.every((one) => one.passages === 0)).toBe(true);
    expect(categories.map(({ code }) => code)).toEqual(
      (await again.call('codebook.get', {})).categories.map(({ code }) => code),
    );
    expect((await ben.engine.call('project.info', {})).people.map(({ name }) => name)).toEqual(['Ann Leadername']);
    expect(await ben.engine.call('assignments.list', {})).toMatchObject({
      blind: assignment.id,
      assignments: [{ units: assignment.units }],
    });
    expect((await ben.engine.call('project.verify', {})).ok).toBe(true);
    expect(
      (await ben.engine.call('history.list', {})).commits
        .map(({ label }) => label)
        .filter((label) => label.includes('Tag')),
    ).toEqual([]);

    const files = await readEverything(path);
    const database = bytesOf(ben.folder);
    for (const secret of [
      'A thought of Ann',
      'CATEGORYMEMO',
      'SOURCEMEMO',
      'GRADEREASON',
      'COLLECTOR',
      'Cleo',
      passage.id,
      notice.id,
      notice.sha256,
      'notice.txt',
    ]) {
      expect(files.includes(asBytes(secret)), secret).toBe(false);
      expect(database.includes(asBytes(secret)), secret).toBe(false);
      const raw = Buffer.from(secret.replaceAll('-', ''), 'hex').toString('latin1');
      if (/^[0-9a-f-]{36}$/.test(secret)) expect(database.includes(raw), `${secret} as bytes`).toBe(false);
    }
  });

  it('of given passages has their places, and nothing else of them', async () => {
    const { engine, report } = await codedProject();
    const codes = await categoriesOf(engine, 'LND.RIGHTS');
    const passage = await mark(engine, report.id, '流转土地4.8万亩', { categories: codes, memo: 'MEMO' });
    const { path, assignment } = await giveOut(engine, { sample: 'passages:100%' });
    expect(assignment).toMatchObject({ unit: 'passage', units: [{ passage: passage.id }] });
    const ben = await receive(path, somebody('Ben'));
    const { passages } = await ben.engine.call('passages.list', {});
    expect(passages).toMatchObject([{ id: passage.id, anchor: passage.anchor, tags: [], memos: [], settings: [] }]);
  });

  it('records its coder with the first submission, which an export makes too', async () => {
    const { engine } = await codedProject();
    const { path, assignment } = await giveOut(engine);
    const ben = somebody('Ben');
    const copy = await receive(path, ben);
    expect((await submitBlindCopy(copy.engine))?.id).toBe(assignment.id);
    const { assignments } = await copy.engine.call('assignments.list', {});
    expect(assignments).toMatchObject([{ coder: ben.id, coderDone: true, leadDone: true }]);
    const head = (await copy.engine.call('project.info', {})).head;
    await submitBlindCopy(copy.engine);
    expect((await copy.engine.call('project.info', {})).head).toBe(head);
    await copy.engine.close();
    const other = await openFor(copy.folder, somebody('Eve'));
    expect((await faultOf(other.call('assignments.done', { id: assignment.id }))).message).toContain('Ben');
    expect(
      await codeOf(
        other.call('assignments.create', { coder: 'X', sample: 'sentences:1', path: join(tempFolder(), 'x.sbk') }),
      ),
    ).toBe('NOT_ALLOWED');
  });

  it('comes back by merge, and was coded with the codebook it was assigned with', async () => {
    const { engine, report } = await codedProject();
    const { path, assignment } = await giveOut(engine, { sample: 'sources', sources: [report.id] });
    const ben = somebody('Ben');
    const copy = await receive(path, ben);
    const [land] = await categoriesOf(copy.engine, 'LND.RIGHTS');
    if (land === undefined) throw new Error('LND.RIGHTS');
    const passage = await mark(copy.engine, report.id, '流转土地4.8万亩', { categories: [land] });
    expect(await codeOf(copy.engine.call('merge.apply', { path: path }))).toBe('NOT_ALLOWED');
    await submitBlindCopy(copy.engine);
    const back = join(tempFolder(), 'back.sbk');
    await copy.engine.call('projectFile.export', { path: back });

    await engine.call('categories.edit', { id: land, patch: { definition: 'Only use rights.' } });
    await mark(engine, report.id, '合作社统一经营', { categories: [land] });
    await engine.call('merge.apply', { path: back });
    expect((await engine.call('passages.get', { id: passage.id })).tags).toMatchObject([
      { category: land, person: ben.id },
    ]);
    const { tags } = await engine.call('tags.stale', {});
    expect(tags).toMatchObject([
      { passage: passage.id, person: ben.id, name: 'Ben', differences: [{ field: 'definition' }] },
    ]);
    const found = await engine.call('agreement.report', { assignment: assignment.id, samples: 10 });
    expect(found).toMatchObject({ units: 8, overall: { n: 8 }, codebook: { changed: [land] } });
    expect(found.coders.map(({ name, units }) => [name, units])).toEqual([
      ['Ann', 8],
      ['Ben', 8],
    ]);
  });

  it('is finished elsewhere only by the lead, and by the coder once known', async () => {
    const project = await codedProject();
    expect(await submitBlindCopy(project.engine)).toBeNull();
    const { assignment } = await giveOut(project.engine, { leadToo: true });
    expect(assignment.leadDone).toBe(false);
    await project.engine.call('assignments.done', { id: assignment.id });
    expect((await project.engine.call('assignments.list', {})).assignments[0]?.leadDone).toBe(true);
    await project.engine.call('assignments.done', { id: assignment.id, done: false });
    expect((await project.engine.call('assignments.list', {})).assignments[0]?.leadDone).toBe(false);
    await project.engine.close();
    const eve = await openFor(project.folder, somebody('Eve'));
    expect(await codeOf(eve.call('assignments.done', { id: assignment.id }))).toBe('NOT_ALLOWED');
  });
});

/** Every payload byte of a project file, unpacked. */
async function readEverything(path: string): Promise<string> {
  const folder = tempFolder();
  const bag = await openBag(path);
  try {
    let at = 0;
    for (const name of bag.payload) await bag.take(name, join(folder, `${(at += 1)}`));
  } finally {
    bag.close();
  }
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('\n');
}
