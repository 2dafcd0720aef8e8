import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import { dossierId } from '../../../shared/model/index.ts';
import { withClaim } from '../../support/with-claim.ts';
import { categoriesOf, copyFor, openFor, somebody } from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';
import { tempFolder } from '../../support/temp.ts';

const saved = async (engine: Engine) => (await engine.call('dossiers.list', {})).dossiers;

describe('a dossier that is kept', () => {
  it('is made, changed, removed and undone like anything else, and goes to a colleague', async () => {
    const { engine, person, claim } = await withClaim();
    const from = { kind: 'claims' as const, claims: [claim] };
    const { id } = await engine.call('dossiers.create', { title: ' For the paper ', from });
    const whole = {
      id,
      title: 'For the paper',
      template: 'editor',
      from,
      summary: '',
      order: [],
      leftOut: [],
      shows: {},
      person: person.id,
      unknown: [],
    };
    expect(await saved(engine)).toMatchObject([whole]);
    const changed = await engine.call('dossiers.change', { id, summary: 'What we found.', shows: { memos: true } });
    expect(changed).toMatchObject({ ...whole, summary: 'What we found.', shows: { memos: true } });
    await engine.call('dossiers.change', { id, title: 'For the court', template: 'filing' });
    await engine.call('dossiers.remove', { id });
    expect(await saved(engine)).toEqual([]);
    await engine.call('history.undo', {});
    expect(await saved(engine)).toMatchObject([{ title: 'For the court', template: 'filing' }]);
    const { commits } = await engine.call('history.list', {});
    expect(commits.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        'Make dossier “For the paper”',
        'Change dossier “For the paper”',
        'Rename dossier “For the paper”',
        'Remove dossier “For the court”',
      ]),
    );
    const other = await copyFor(engine, 'Bob');
    await other.engine.call('dossiers.change', { id, summary: 'What we found, and what we did not.' });
    const path = join(tempFolder(), 'back.sbk');
    await other.engine.call('projectFile.export', { path });
    await engine.call('merge.apply', { path });
    expect(await saved(engine)).toMatchObject([{ summary: 'What we found, and what we did not.' }]);
  });

  it('shows the usual for what a newer version wrote, and keeps that', async () => {
    const { engine, folder, person, claim } = await withClaim();
    const from = { kind: 'claims' as const, claims: [claim] };
    const { id } = await engine.call('dossiers.create', { title: 'Later', from });
    await engine.close();
    writeBehind(folder, person, 'Newer', [
      { entity: 'dossier', id, field: 'template', value: 'podcast' },
      { entity: 'dossier', id, field: 'chosen', value: { kind: 'dreams' } },
    ]);
    const again = await openFor(folder, person);
    expect(await saved(again)).toMatchObject([
      { template: 'editor', from: { kind: 'claims', claims: [] }, unknown: ['template', 'from'] },
    ]);
    expect(await again.call('dossiers.change', { id, title: 'Sooner' })).toMatchObject({
      title: 'Sooner',
      unknown: ['template', 'from'],
    });
    await expect(again.call('dossiers.change', { id: dossierId.parse(person.id), title: 'x' })).rejects.toThrow(
      'No such dossier',
    );
  });

  it('is in no file with pseudonyms: its filter can name people', async () => {
    const { engine } = await withClaim();
    await engine.call('dossiers.create', { title: 'By Ann', from: { kind: 'query', query: 'person:Ann' } });
    const path = join(tempFolder(), 'pseudonymous.sbk');
    await engine.call('projectFile.export', { path, options: { pseudonyms: true } });
    const { engine: other } = await importedFrom(path);
    expect((await other.call('claims.list', {})).claims).toHaveLength(1);
    expect(await saved(other)).toEqual([]);
  });
});

describe('what a dossier will have', () => {
  it('is an exhibit for each place, in the order of claims, with what speaks against them', async () => {
    const { engine, claim, passages, sources } = await withClaim();
    const found = await engine.call('dossier.preview', { from: { kind: 'claims', claims: [] } });
    expect(found.exhibits.map(({ number, passages: own, claims }) => [number, own[0], claims[0]?.as])).toEqual([
      [1, passages.teams, 'supports'],
      [2, passages.again, 'supports'],
      [3, passages.informed, 'limits'],
      [4, passages.will, 'contradicts'],
    ]);
    expect(found.exhibits[3]?.claims).toEqual([{ claim, as: 'contradicts', isUnanswered: true }]);
    expect(found.groups).toEqual([
      { claim, document: null, text: 'Nobody could refuse.', exhibits: [1, 2, 3, 4], unanswered: 1 },
    ]);
    expect(found.counts).toMatchObject({ exhibits: 4, documents: 3, origins: 2, copies: 1, categories: 1 });
    expect(found.warnings).toContainEqual({
      kind: 'unanswered',
      claim,
      text: 'Nobody could refuse.',
      exhibits: [1, 2, 3, 4],
    });
    expect(found.refused).toEqual([]);
    await engine.call('claims.answer', { id: claim, passage: passages.will, answer: 'The speaker is the employer.' });
    const answered = await engine.call('dossier.preview', { from: { kind: 'claims', claims: [claim] } });
    expect(answered.warnings.map(({ kind }) => kind)).not.toContain('unanswered');
    expect(sources.report).toBe(found.exhibits[0]?.source);
  });

  it('keeps what contradicts, whoever leaves it out, and takes a person’s order', async () => {
    const { engine, passages } = await withClaim();
    const from = { kind: 'claims' as const, claims: [] };
    const found = await engine.call('dossier.preview', {
      from,
      order: [passages.informed],
      leftOut: [passages.again, passages.will],
    });
    expect(found.exhibits.map(({ passages: own, isKept }) => [own[0], isKept])).toEqual([
      [passages.informed, false],
      [passages.teams, false],
      [passages.will, true],
    ]);
    expect(found.warnings).toContainEqual({ kind: 'kept', exhibits: [3] });
  });

  it('comes from filters, a query or a selection, with the claims that they bear on', async () => {
    const { engine, claim, passages } = await withClaim();
    const [transfer] = await categoriesOf(engine, 'TRF.ORG');
    if (transfer === undefined) throw new Error('No category');
    const byFilter = await engine.call('dossier.preview', {
      from: { kind: 'filters', only: { categories: [transfer], sources: [], people: [], states: [] } },
    });
    expect(byFilter.exhibits.map(({ passages: own }) => own[0])).toEqual([passages.workers]);
    expect(byFilter.groups).toEqual([{ claim: null, document: null, text: '', exhibits: [1], unanswered: 0 }]);
    const byQuery = await engine.call('dossier.preview', { from: { kind: 'query', query: 'category:GRA.TEAM' } });
    expect(byQuery.exhibits).toHaveLength(4);
    expect(byQuery.groups.map((one) => one.claim)).toEqual([claim]);
    const wrong = await engine.call('dossier.preview', { from: { kind: 'query', query: 'category:' } });
    expect(wrong).toMatchObject({ exhibits: [], faults: [{ sentence: expect.any(String) as string }] });
    // One passage that supports brings the contradiction of its claim with it, as a warning.
    const one = await engine.call('dossier.preview', { from: { kind: 'passages', passages: [passages.teams] } });
    expect(one.exhibits).toHaveLength(1);
    expect(one.warnings).toContainEqual({ kind: 'unanswered', claim, text: 'Nobody could refuse.', exhibits: [1] });
    await engine.call('passages.remove', { ids: [passages.teams] });
    const gone = engine.call('dossier.preview', { from: { kind: 'passages', passages: [passages.teams] } });
    await expect(gone).rejects.toThrow('isn’t in the project');
  });
});

describe('a dossier that goes out', () => {
  it('quotes every exhibit as the project has it, one by one or all together', async () => {
    const { engine, passages } = await withClaim();
    const from = { kind: 'filters' as const };
    const { exhibits } = await engine.call('dossier.preview', { from });
    const { html: whole } = await engine.call('dossier.show', { from });
    const quotes = [...whole.matchAll(/<blockquote class="original"><bdi[^>]*>([^<]*)</gu)].map(([, words]) => words);
    const own = await Promise.all(
      exhibits.map(async ({ passages: [id] }) => {
        const { anchor } = await engine.call('passages.get', { id: id ?? passages.teams });
        return anchor.kind === 'text' ? anchor.exact : null;
      }),
    );
    expect(quotes).toEqual(own);
    expect(exhibits.map(({ quote }) => quote)).toEqual(own);
    expect(quotes).toHaveLength(5);
    const { html: one } = await engine.call('dossier.show', { from, exhibit: 2 });
    expect(one).toContain(exhibits[1]?.quote ?? '?');
    expect(one).not.toContain('id="contents"');
    await expect(engine.call('dossier.show', { from, exhibit: 6 })).rejects.toThrow('no exhibit 6');
  });

  it('says the contradiction of a claim even where only what supports it was chosen', async () => {
    const { engine, claim, passages } = await withClaim();
    const shows = { contents: false, documents: false, summary: false, people: false, custody: false, gaps: false };
    const from = { kind: 'passages' as const, passages: [passages.teams] };
    const { html } = await engine.call('dossier.show', { from, template: 'archive', shows });
    expect(html).toContain('“Everyone signed up of their own will.”');
    expect(html.split('Not answered.')).toHaveLength(3);
    await engine.call('claims.answer', { id: claim, passage: passages.will, answer: 'The speaker is the employer.' });
    const { html: answered } = await engine.call('dossier.show', { from, shows });
    expect(answered).not.toContain('Not answered.');
    expect(answered.split('The speaker is the employer.').length).toBeGreaterThan(2);
  });

  it('replaces no file unasked, and is not made of an original with other bytes', async () => {
    const { engine, folder, passages } = await withClaim();
    const from = { kind: 'passages' as const, passages: [passages.will] };
    const path = join(tempFolder(), 'one.html');
    expect(await engine.call('dossier.export', { from, path, format: 'html' })).toMatchObject({
      exhibits: 1,
      documents: 1,
    });
    await expect(engine.call('dossier.export', { from, path, format: 'html' })).rejects.toThrow('already');
    const before = readFileSync(path);
    const { source } = await engine.call('passages.get', { id: passages.will });
    const { sha256 } = await engine.call('sources.get', { id: source });
    const original = join(folder, 'originals', sha256.slice(0, 2), sha256);
    chmodSync(original, 0o600);
    writeFileSync(original, 'Other words.');
    const altered = engine.call('dossier.export', { from, path, format: 'html', replace: true });
    await expect(altered).rejects.toThrow('was altered');
    expect(readFileSync(path)).toEqual(before);
  });
});

async function importedFrom(file: string) {
  const folder = join(tempFolder(), 'Other.sourcebook');
  const person = somebody('Olga');
  await importProjectFile({ file, folder, person });
  return { engine: await openFor(folder, person) };
}
