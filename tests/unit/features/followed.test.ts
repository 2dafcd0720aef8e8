import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { FigureConflict } from '../../../shared/contract/figures-table.ts';
import type { RelationParts } from '../../../shared/contract/relations.ts';
import { figureId } from '../../../shared/model/index.ts';
import { addFile, codeOf, copyFor, mark, testProject } from '../../support/project.ts';

const TEXTS = {
  'yearbook.txt': '2021年，于田县转移就业10980人次。',
  'media.txt': '2021年，于田县转移就业1.2万余人次。',
  'report.txt': '2021年，于田县转移就业11500人次。',
} as const;

const of = { where: { words: '转移就业' } };
const table = (engine: Engine) => engine.call('figures.table', of);
const said = async (engine: Engine) =>
  Object.fromEntries((await table(engine)).rows.map(({ text, followed }) => [text, followed]));

async function inConflict(...files: readonly (keyof typeof TEXTS)[]) {
  const project = await testProject();
  for (const name of files) {
    const { id } = await addFile(project.engine, name, TEXTS[name]);
    await mark(project.engine, id, TEXTS[name]);
  }
  return { ...project, conflicts: (await table(project.engine)).conflicts };
}

const placeOf = ({ source, layer, start, end }: FigureConflict['lower']) => ({ source, layer, start, end });
const partsOf = ({ lower, higher }: FigureConflict): RelationParts => ({
  operation: 'difference',
  inputs: [placeOf(higher), placeOf(lower)],
  printed: null,
});
function only(conflicts: readonly FigureConflict[]): FigureConflict {
  const [one] = conflicts;
  if (one === undefined || conflicts.length > 1) throw new Error('There is one conflict');
  return one;
}
const follow = (engine: Engine, conflict: FigureConflict, side: 'lower' | 'higher', reason = 'It counts itself') =>
  engine.call('relations.follow', {
    of: partsOf(conflict),
    follows: figureId.parse(conflict[side].id),
    reason,
  });

describe('which of two sources is followed', () => {
  it('is one edit with a reason, shown wherever the conflict is, and taken back or undone', async () => {
    const { engine, person, conflicts } = await inConflict('yearbook.txt', 'media.txt');
    const conflict = only(conflicts);
    expect(conflict).toMatchObject({ said: [], followed: null, isDisputed: false });
    const { id } = await follow(engine, conflict, 'lower');
    expect(id).toBe(conflict.relation);
    const after = only((await table(engine)).conflicts);
    const own = { person: person.id, verdict: 'confirmed', reason: 'It counts itself', current: true };
    expect(after).toMatchObject({ followed: conflict.lower.id, said: [{ ...own, follows: conflict.lower.id }] });
    expect(await said(engine)).toEqual({ '10980人次': 'followed', '1.2万余人次': 'not-followed' });
    expect((await engine.call('relations.recorded', {})).relations).toMatchObject([
      { id, state: 'confirmed', checks: [{ follows: conflict.lower.id }] },
    ]);
    const labels = (await engine.call('history.list', {})).commits.map(({ label }) => label);
    expect(labels[0]).toBe('Follow the source of 10980人次: difference of 1.2万余人次, 10980人次');
    await engine.call('history.undo', {});
    expect(await said(engine)).toEqual({ '10980人次': null, '1.2万余人次': null });
    await engine.call('history.redo', {});
    await engine.call('relations.withdraw', { id });
    expect(only((await table(engine)).conflicts)).toMatchObject({ followed: null });
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
  });

  it('holds only for what was looked at, and is left by who confirms the difference anew', async () => {
    const { engine, conflicts } = await inConflict('yearbook.txt', 'media.txt');
    const conflict = only(conflicts);
    const { id } = await follow(engine, conflict, 'lower');
    await engine.call('figures.edit', {
      at: placeOf(conflict.lower),
      edit: { value: { value: '10990', low: '10990', high: '10990' } },
    });
    expect(only((await table(engine)).conflicts)).toMatchObject({ followed: null, said: [{ current: false }] });
    await engine.call('relations.confirm', { of: { id } });
    expect(only((await table(engine)).conflicts)).toMatchObject({
      followed: null,
      said: [{ current: true, follows: null, reason: '' }],
    });
  });

  it('is each person’s own word: people who differ are both kept by a merge', async () => {
    const { engine, conflicts } = await inConflict('yearbook.txt', 'media.txt');
    const conflict = only(conflicts);
    const bob = await copyFor(engine, 'Bob');
    await follow(engine, conflict, 'lower');
    await follow(bob.engine, conflict, 'higher', 'The yearbook came before the recount');
    await engine.call('merge.apply', { path: bob.folder });
    expect((await engine.call('merge.conflicts', {})).conflicts).toEqual([]);
    const disputed = only((await table(engine)).conflicts);
    expect(disputed).toMatchObject({ followed: null, isDisputed: true });
    expect(new Set(disputed.said.map(({ follows }) => String(follows)))).toEqual(
      new Set([conflict.lower.id, conflict.higher.id]),
    );
    expect(Object.values(await said(engine))).toEqual(['disputed', 'disputed']);
    expect((await engine.call('relations.recorded', {})).relations).toMatchObject([{ state: 'disputed' }]);
  });

  it('leaves what a third source still contradicts', async () => {
    const { engine, conflicts } = await inConflict('yearbook.txt', 'media.txt', 'report.txt');
    const widest = only(conflicts);
    expect([widest.lower.text, widest.higher.text]).toEqual(['10980人次', '1.2万余人次']);
    await follow(engine, widest, 'lower');
    const after = (await table(engine)).conflicts;
    expect(after.map(({ lower, higher, followed }) => [lower.text, higher.text, followed === null])).toEqual([
      ['10980人次', '1.2万余人次', false],
      ['10980人次', '11500人次', true],
    ]);
  });

  it('is refused for what no two sources say, and without a reason', async () => {
    const { engine, conflicts } = await inConflict('yearbook.txt', 'media.txt', 'report.txt');
    const conflict = only(conflicts);
    const follows = figureId.parse(conflict.lower.id);
    const asked = { of: partsOf(conflict), follows, reason: 'So' };
    expect(await codeOf(engine.call('relations.follow', { ...asked, reason: ' ' }))).toBe('BAD_INPUT');
    const other = (await table(engine)).rows.find(({ text }) => text === '11500人次');
    expect(await codeOf(engine.call('relations.follow', { ...asked, follows: figureId.parse(other?.id) }))).toBe(
      'BAD_INPUT',
    );
    const sum = { ...partsOf(conflict), operation: 'sum' as const };
    expect(await codeOf(engine.call('relations.follow', { ...asked, of: sum }))).toBe('BAD_INPUT');
    expect((await engine.call('relations.recorded', {})).relations).toEqual([]);
  });
});
