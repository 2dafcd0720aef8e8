import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { FigureEdit, FigureInText } from '../../../shared/contract/figure-cards.ts';
import { newId } from '../../../electron/db/index.ts';
import { figureId, type SourceId } from '../../../shared/model/index.ts';
import { checkIdOf } from '../../../electron/project/figures/cards.ts';
import { addFile, codeOf, copyFor, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT = '2023年，于田县转移就业12.6万人次，完成年度任务12万人次的105%。其中妇女两千余人。';

async function withText(text = TEXT) {
  const project = await testProject();
  return { ...project, source: await addFile(project.engine, 'report.txt', text) };
}

const ofSource = (engine: Engine, source: SourceId) => engine.call('figures.ofSource', { source });

/** The figure that is printed so, as the source has it now. */
async function figureOf(engine: Engine, source: SourceId, text: string): Promise<FigureInText> {
  const found = (await ofSource(engine, source)).figures.find((one) => one.text === text);
  if (found === undefined) throw new Error(`No figure “${text}”`);
  return found;
}

const at = ({ sourceId, layer, start, end }: FigureInText) => ({ source: sourceId, layer, start, end });

async function confirm(engine: Engine, source: SourceId, text: string) {
  return engine.call('figures.confirm', { at: at(await figureOf(engine, source, text)) });
}
async function edit(engine: Engine, source: SourceId, text: string, changed: FigureEdit) {
  return engine.call('figures.edit', { at: at(await figureOf(engine, source, text)), edit: changed });
}

describe('a figure', () => {
  it('is a suggestion until somebody confirms it, and reviewed when another person does; each is one edit', async () => {
    const { engine, folder, person, source } = await withText();
    const before = await figureOf(engine, source.id, '12.6万人次');
    expect(before).toMatchObject({ state: 'found', found: 'f1', checks: [], edited: false, passages: [] });
    expect((await engine.call('figures.cards', {})).figures).toEqual([]);
    const { id } = await confirm(engine, source.id, '12.6万人次');
    expect(id).toBe(before.id);
    const after = await figureOf(engine, source.id, '12.6万人次');
    expect(after).toEqual({
      ...before,
      state: 'confirmed',
      checks: [{ person: person.id, verdict: 'confirmed', reason: '', current: true }],
    });
    expect(await codeOf(confirm(engine, source.id, '12.6万人次'))).toBe('EXISTS');
    const { found: _found, otherwise: _otherwise, before: _before, ...card } = after;
    expect((await engine.call('figures.cards', {})).figures).toEqual([card]);

    const bob = await copyFor(engine, 'Bob');
    await confirm(bob.engine, source.id, '12.6万人次');
    expect((await figureOf(bob.engine, source.id, '12.6万人次')).state).toBe('reviewed');
    await engine.call('merge.apply', { path: bob.folder });
    expect((await figureOf(engine, source.id, '12.6万人次')).state).toBe('reviewed');

    await engine.call('history.undo', {});
    // Bob’s word rests on the card, so that it stays.
    expect((await figureOf(engine, source.id, '12.6万人次')).checks).toMatchObject([{ person: bob.person.id }]);
    await engine.call('history.redo', {});
    const labels = (await engine.call('history.list', {})).commits.map(({ label }) => label);
    expect(labels).toContain('Confirm figure: 12.6万人次');
    await bob.engine.call('merge.apply', { path: folder });
    expect(await bob.engine.call('merge.conflicts', {})).toMatchObject({ conflicts: [] });
  });

  it('is read otherwise by a person, which reopens what others confirmed and is theirs alone to say', async () => {
    const { engine, folder, source } = await withText();
    await confirm(engine, source.id, '12.6万人次');
    const bob = await copyFor(engine, 'Bob');
    await edit(bob.engine, source.id, '12.6万人次', { unit: 'person', subject: 'Farmers' });
    expect((await engine.call('merge.preview', { path: bob.folder })).conclusions).toMatchObject([
      {
        kind: 'figureChanged',
        message:
          'Bob read the unit of the figure “12.6万人次” otherwise: from person-time, printed to person, read by a person.',
      },
    ]);
    const edited = await figureOf(bob.engine, source.id, '12.6万人次');
    expect(edited).toMatchObject({ state: 'confirmed', edited: true, unit: 'person', subject: 'Farmers' });
    expect(edited.source).toMatchObject({ unit: 'person', value: 'printed' });
    expect(edited.checks.filter(({ current }) => !current)).toHaveLength(1);
    await engine.call('merge.apply', { path: bob.folder });
    await bob.engine.call('figures.withdraw', { id: edited.id });
    expect((await figureOf(bob.engine, source.id, '12.6万人次')).state).toBe('reopened');
    expect(await codeOf(bob.engine.call('figures.withdraw', { id: edited.id }))).toBe('NOT_FOUND');
    await confirm(engine, source.id, '12.6万人次');
    expect((await figureOf(engine, source.id, '12.6万人次')).state).toBe('reviewed');
    await engine.call('merge.apply', { path: bob.folder });
    expect((await figureOf(engine, source.id, '12.6万人次')).state).toBe('confirmed');
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
    expect(folder).not.toBe(bob.folder);
  });

  it('takes the other reading of a round number, and says that the first is its rival then', async () => {
    const { engine, source } = await withText('Some 300 villagers left; 27,600 labourers came.');
    const before = await figureOf(engine, source.id, '27,600');
    expect(before).toMatchObject({ interval: { reason: 'count' }, otherwise: { low: '27550', high: '27650' } });
    await engine.call('figures.confirm', { at: at(before), reading: 'other' });
    expect(await figureOf(engine, source.id, '27,600')).toMatchObject({
      state: 'confirmed',
      edited: false,
      interval: { low: '27550', high: '27650', reason: 'last-digit' },
      otherwise: { low: '27600', high: '27600', reason: 'count' },
    });
    const one = await figureOf(engine, source.id, '300');
    expect(await codeOf(engine.call('figures.confirm', { at: at(one), reading: 'other' }))).toBe('BAD_INPUT');
  });

  it('is dismissed with a reason and not offered again, until that is taken back', async () => {
    const { engine, source } = await withText();
    const one = await figureOf(engine, source.id, '105%');
    await expect(engine.call('figures.dismiss', { at: at(one), reason: '\u200b ' })).rejects.toThrow(/reason/);
    await engine.call('figures.dismiss', { at: at(one), reason: 'A slogan' });
    expect(await figureOf(engine, source.id, '105%')).toMatchObject({
      state: 'dismissed',
      checks: [{ verdict: 'dismissed', reason: 'A slogan', current: true }],
    });
    await engine.call('figures.withdraw', { id: one.id });
    expect((await figureOf(engine, source.id, '105%')).state).toBe('found');
  });

  it('is returned with a reason, and disputed where one person confirms what another dismisses', async () => {
    const { engine, source } = await withText();
    const { id } = await confirm(engine, source.id, '105%');
    const bob = await copyFor(engine, 'Bob');
    await bob.engine.call('figures.return', { id, reason: 'Of which quota?' });
    expect((await figureOf(bob.engine, source.id, '105%')).state).toBe('returned');
    await bob.engine.call('figures.dismiss', { at: { id }, reason: 'Not ours' });
    expect((await figureOf(bob.engine, source.id, '105%')).state).toBe('disputed');
    const strange = figureId.parse(newId());
    expect(await codeOf(engine.call('figures.return', { id: strange, reason: 'Why' }))).toBe('NOT_FOUND');
  });

  it('can be made by hand of words in which none is found, and hangs on the passages around it', async () => {
    const { engine, source } = await withText('建设车间若干座。');
    const { layer } = await engine.call('sources.get', { id: source.id });
    if (layer === null) throw new Error('no text');
    const words = { source: source.id, layer, start: 4, end: 6 };
    expect(await codeOf(engine.call('figures.confirm', { at: words }))).toBe('BAD_INPUT');
    const value = { value: '7', low: '3', high: '10' };
    expect(await codeOf(engine.call('figures.edit', { at: words, edit: { unit: '座' } }))).toBe('BAD_INPUT');
    for (const wrong of [
      { ...value, low: '8' },
      { ...value, high: '6' },
    ])
      expect(await codeOf(engine.call('figures.edit', { at: words, edit: { value: wrong } }))).toBe('BAD_INPUT');
    const days = { from: '2024-02-01', to: '2023-02-01' };
    expect(await codeOf(engine.call('figures.edit', { at: words, edit: { value, period: days } }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('figures.edit', { at: words, edit: { value, place: 'nowhere' } }))).toBe(
      'NOT_FOUND',
    );
    await engine.call('figures.edit', { at: words, edit: { value, unit: '座', place: 'xj-yutian-co' } });
    const [long, short] = [await mark(engine, source.id, '建设车间若干座'), await mark(engine, source.id, '若干')];
    await mark(engine, source.id, '建设车间');
    expect((await ofSource(engine, source.id)).figures).toMatchObject([
      {
        text: '若干',
        found: null,
        interval: { low: '3', high: '10', reason: 'person' },
        place: 'xj-yutian-co',
        passages: [short.id, long.id],
      },
    ]);
  });

  it('is carried over to a newer version of its source with its readings, once, and waits there to be confirmed', async () => {
    const { engine, source, folder } = await withText();
    await edit(engine, source.id, '12.6万人次', { subject: '农村劳动力' });
    await confirm(engine, source.id, '两千余人');
    const no = await figureOf(engine, source.id, '105%');
    await engine.call('figures.dismiss', { at: at(no), reason: 'No' });
    const words = TEXT.indexOf('于田县');
    const place = { source: source.id, layer: no.layer, start: words, end: words + 3 };
    const value = { value: '1', low: '1', high: '1' };
    await engine.call('figures.edit', { at: place, edit: { value } });
    const newer = await addFile(engine, 'newer.txt', `更新。${TEXT.replace('两千余人', '三千余人')}`);
    const sides = { older: { source: source.id }, newer: { source: newer.id } };
    const there = async () =>
      (await engine.call('versions.figures', sides)).figures.map(({ text, to, carried }) => [text, to?.start, carried]);
    const start = TEXT.indexOf('12.6') + 3;
    expect(await there()).toEqual([
      ['于田县', words + 3, false],
      ['12.6万人次', start, false],
      ['两千余人', undefined, false],
    ]);
    const { figures } = await engine.call('versions.carryFigures', sides);
    expect(figures).toHaveLength(2);
    expect((await engine.call('figures.cards', { source: newer.id })).figures).toMatchObject([
      { text: '于田县', value: '1', state: 'found', edited: true, checks: [] },
      { text: '12.6万人次', value: '126000', subject: '农村劳动力', state: 'found', checks: [] },
    ]);
    expect((await engine.call('figures.cards', { source: source.id })).figures).toHaveLength(4);
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
    // A card that is there stays as it is, and nothing is written.
    await edit(engine, newer.id, '12.6万人次', { subject: '他人' });
    expect(await engine.call('versions.carryFigures', sides)).toEqual({ figures: [] });
    expect(await figureOf(engine, newer.id, '12.6万人次')).toMatchObject({ subject: '他人', state: 'confirmed' });
    await engine.call('history.undo', {});
    await engine.call('history.undo', {});
    expect((await engine.call('figures.cards', { source: newer.id })).figures).toEqual([]);
    expect((await engine.call('versions.carryFigures', sides)).figures).toEqual(figures);
    expect(folder).not.toBe('');
  });

  it('stays at its words in a newer text of its source, and is listed as lost where they are gone', async () => {
    const { engine } = await testProject();
    const words =
      'In 2023 the county signed contracts with 36 cotton mills, and with 全县1.2万人 as labourers in spring.';
    const source = await addFile(engine, 'old.txt', iconv.encode(words, 'gb18030'));
    await confirm(engine, source.id, '36');
    await confirm(engine, source.id, '1.2万人');
    await engine.call('layers.remake', { source: source.id, charset: 'big5' });
    const { figures, lost, layer } = await ofSource(engine, source.id);
    expect(layer).not.toBe(source.layer);
    const moved = figures.find(({ text }) => text === '36');
    expect(moved).toMatchObject({ state: 'confirmed', outdated: true, layer: source.layer, start: 41 });
    expect(lost).toMatchObject([{ text: '1.2万人', state: 'confirmed' }]);
    if (moved === undefined) throw new Error('not there');
    const bob = await copyFor(engine, 'Bob');
    await bob.engine.call('figures.confirm', { at: { id: moved.id } });
    expect((await figureOf(bob.engine, source.id, '36')).state).toBe('reviewed');
  });
});

describe('figures of a team', () => {
  it('of which two people read one number differently are a conflict in words; the same reading is none', async () => {
    const { engine, source } = await withText();
    const bob = await copyFor(engine, 'Bob');
    const exact = { value: '126000', low: '126000', high: '126000' };
    await edit(engine, source.id, '12.6万人次', { value: exact });
    await edit(bob.engine, source.id, '12.6万人次', {
      value: { value: '12600', low: '12550', high: null },
      unit: 'person',
    });
    await confirm(engine, source.id, '105%');
    await confirm(bob.engine, source.id, '105%');
    await engine.call('merge.apply', { path: bob.folder });
    const { conflicts } = await engine.call('merge.conflicts', {});
    const about = { entity: 'figure', about: '“12.6万人次”, page 1, “report.txt”', source: source.id };
    expect(conflicts.toSorted((a, b) => (a.field < b.field ? 1 : -1))).toMatchObject([
      {
        ...about,
        field: 'value',
        mine: { person: 'Ann', text: '126,000, read by a person' },
        incoming: { person: 'Bob', text: '12,600 (12,550 or more), read by a person' },
      },
      {
        ...about,
        field: 'unit',
        mine: { text: 'person-time, printed' },
        incoming: { text: 'person, read by a person' },
      },
    ]);
    for (const { id } of conflicts) await engine.call('merge.resolve', { conflict: id, keep: 'incoming' });
    expect(await figureOf(engine, source.id, '12.6万人次')).toMatchObject({ value: '12600', unit: 'person' });
    expect((await figureOf(engine, source.id, '105%')).state).toBe('reviewed');
  });

  it('are in every part of their source and in pseudonymous copies, with what the people said whose work is in it; in no blind copy', async () => {
    const { engine, source, person } = await withText();
    await edit(engine, source.id, '12.6万人次', { subject: 'Those whom Ann met' });
    await engine.call('figures.dismiss', { at: at(await figureOf(engine, source.id, '105%')), reason: 'Ann says so' });
    const bob = await copyFor(engine, 'Bob');
    await confirm(bob.engine, source.id, '两千余人');
    await engine.call('merge.apply', { path: bob.folder });
    const folder = tempFolder();
    const cardsIn = async (name: string, options: object) => {
      const [file, copy] = [join(folder, `${name}.sbk`), join(folder, `${name}.sourcebook`)];
      await engine.call('projectFile.export', { path: file, options });
      await importProjectFile({ file, folder: copy, person: somebody('Dee') });
      const opened = await openFor(copy, somebody('Dee'));
      expect((await opened.call('project.verify', {})).failures).toEqual([]);
      return (await opened.call('figures.cards', {})).figures.map(({ text, state, subject, checks }) => ({
        text,
        state,
        subject,
        reasons: checks.map(({ reason }) => reason),
      }));
    };
    const whole = [
      { text: '12.6万人次', state: 'confirmed', subject: 'Those whom Ann met', reasons: [''] },
      { text: '105%', state: 'dismissed', subject: '', reasons: ['Ann says so'] },
      { text: '两千余人', state: 'confirmed', subject: '', reasons: [''] },
    ];
    expect(await cardsIn('whole', {})).toEqual(whole);
    expect(await cardsIn('part', { only: { sources: [source.id] } })).toEqual(whole);
    await mark(engine, source.id, '其中妇女');
    expect(await cardsIn('people', { only: { people: [person.id] } })).toEqual(whole.slice(0, 2));
    expect(await cardsIn('pseudonyms', { pseudonyms: true })).toMatchObject([
      { state: 'confirmed', subject: 'Those whom Coder 1 met' },
      { state: 'dismissed', reasons: ['Coder 1 says so'] },
      { state: 'confirmed' },
    ]);

    const path = join(folder, 'blind.sbk');
    await engine.call('assignments.create', {
      name: 'Blind',
      coder: 'Cora',
      sample: 'sources',
      seed: 1,
      sources: [source.id],
      leadToo: false,
      path,
      replace: false,
    });
    const copy = join(folder, 'blind.sourcebook');
    const cora = somebody('Cora');
    await importProjectFile({ file: path, folder: copy, person: cora });
    const blind = await openFor(copy, cora);
    expect(await blind.call('figures.cards', {})).toEqual({ blind: true, figures: [] });
    expect(await ofSource(blind, source.id)).toMatchObject({ blind: true, figures: [], relations: [] });
    const figure = await figureOf(engine, source.id, '105%');
    expect(await codeOf(blind.call('figures.confirm', { at: at(figure) }))).toBe('NOT_ALLOWED');
  });

  it('are named by verifying where their words are others, and who said something in another person’s name', async () => {
    const { engine, source, person } = await withText();
    const { id } = await confirm(engine, source.id, '12.6万人次');
    const { id: other } = await confirm(engine, source.id, '两千余人');
    const mallory = await copyFor(engine, 'Mallory');
    const figure = await figureOf(engine, source.id, '105%');
    await mallory.engine.call('figures.confirm', { at: at(figure) });
    await mallory.engine.close();
    const [card] = (await engine.call('figures.cards', {})).figures;
    const anchor = { kind: 'text', start: 13, end: 20, exact: '99万人次', prefix: '', suffix: '', page: 1, quads: [] };
    expect(card).toMatchObject({ start: 13, end: 20 });
    writeBehind(mallory.folder, mallory.person, 'Words', [{ entity: 'figure', id, field: 'anchor', value: anchor }]);
    const quota = await figureOf(engine, source.id, '12万人次');
    const moved = { ...anchor, start: quota.start, end: quota.end, exact: quota.text };
    writeBehind(mallory.folder, mallory.person, 'Move', [
      { entity: 'figure', id: other, field: 'anchor', value: moved },
    ]);
    writeBehind(mallory.folder, mallory.person, 'Sign', [
      { entity: 'figurecheck', id: checkIdOf(figure.id, mallory.person.id), field: 'person', value: person.id },
    ]);
    const forged =
      'A decision on a figure that is Mallory’s by their signature was put in Ann’s name by Mallory, in “Sign”.';
    const { byOthers, conclusions, replaced } = await engine.call('merge.preview', { path: mallory.folder });
    expect(replaced.map(({ message }) => message).toSorted()).toEqual([
      'The figure “12万人次” in “report.txt”, which Mallory signed, is at another place than the one it was read at.',
      'The figure “99万人次” in “report.txt”, which Mallory signed, isn’t in the text at its place.',
    ]);
    expect(conclusions.map(({ message }) => message).toSorted()).toEqual([
      'Mallory put other words in the place of the figure “12.6万人次”: “99万人次”.',
      'Mallory put other words in the place of the figure “两千余人”: “12万人次”.',
    ]);
    expect(byOthers.map(({ message }) => message)).toEqual([forged]);
    await engine.call('merge.apply', { path: mallory.folder });
    const { failures } = await engine.call('project.verify', {});
    expect(failures.map(({ message }) => message).toSorted()).toEqual([
      forged,
      'The figure “12万人次” was put at another place than the one it was read at.',
      'The words of the figure “99万人次” aren’t in its text layer at its place.',
    ]);
  });

  it('come with the sources that are added from another project, and wait to be confirmed there', async () => {
    const { engine, source, folder } = await withText();
    await edit(engine, source.id, '12.6万人次', { unit: 'person' });
    await engine.call('figures.dismiss', { at: at(await figureOf(engine, source.id, '105%')), reason: 'No' });
    const { engine: other } = await testProject();
    const add = { sources: [source.id], passages: true, memos: true, categories: {} };
    await other.call('merge.apply', { path: folder, add });
    expect((await other.call('figures.cards', {})).figures).toMatchObject([
      { text: '12.6万人次', unit: 'person', state: 'found', edited: true, checks: [] },
    ]);
  });
});
