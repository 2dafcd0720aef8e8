import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { RelationFigure } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { unzipped } from '../../support/bag.ts';
import { exhibitsOf, rewrite } from '../../support/dossier-folder.ts';
import { maskWords } from '../../support/masks.ts';
import { addFile, mark, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT =
  'In 2023 the county transferred 4,500 workers, of whom 2,250 were women, or 50 percent. The township of Daxi had 900 workers in 2023, and 300 children.\n';

const figureIn = async (engine: Engine, source: SourceId, text: string) => {
  const { figures } = await engine.call('figures.ofSource', { source });
  const one = figures.find((figure) => figure.text.startsWith(text));
  if (one === undefined) throw new Error(`No figure ${text} among ${figures.map((figure) => figure.text).join(', ')}`);
  return { source, layer: one.layer, start: one.start, end: one.end };
};

/** Two exhibits with figures that people read, a share between three of them, and one with a figure outside. */
async function withFigures() {
  const project = await testProject();
  const { engine } = project;
  const { id } = await addFile(engine, 'report.txt', TEXT);
  await mark(engine, id, 'transferred 4,500 workers, of whom 2,250 were women, or 50 percent');
  await mark(engine, id, 'had 900 workers');
  const [whole, women, share, daxi, children] = await Promise.all(
    ['4,500', '2,250', '50', '900', '300'].map((text) => figureIn(engine, id, text)),
  );
  if (whole === undefined || women === undefined || share === undefined || daxi === undefined || children === undefined)
    throw new Error('No figures');
  for (const at of [whole, women, daxi]) await engine.call('figures.confirm', { at });
  const of = { operation: 'share' as const, inputs: [women, whole], printed: share };
  await engine.call('relations.confirm', { of, reading: 'exact' });
  await engine.call('relations.confirm', { of: { operation: 'ratio', inputs: [daxi, children], printed: null } });
  const words = { source: id, women };
  return { ...project, ...words };
}

const placeOf = ({ sourceId, layer, start, end }: RelationFigure) => ({ source: sourceId, layer, start, end });

const FROM = { kind: 'filters' as const };
const ASKED = { from: FROM, template: 'editor' as const, title: 'Figures', shows: { figures: true } };
const section = (html: string): string => html.split('<h2 id="figures">')[1]?.split('<h2')[0] ?? '';
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

it('a dossier has the figures of its exhibits that people read, and the relations between them, where that is asked for', async () => {
  const { engine, person } = await withFigures();
  const { html: without } = await engine.call('dossier.show', { from: FROM });
  expect(without).not.toContain('Figures and relations');
  expect((await engine.call('dossier.preview', { from: FROM })).counts.figures).toBeNull();
  expect((await engine.call('dossier.preview', ASKED)).counts.figures).toBe(4);

  const { html } = await engine.call('dossier.show', ASKED);
  const said = plain(section(html));
  expect(said).toContain('4 figures in the exhibits');
  expect(said).toMatch(new RegExp(`F1 Exhibit 1 4,500 4,500, person, actual 2023 confirmed by ${person.name} F2`));
  expect(said).toMatch(/F3 Exhibit 1 50 ?(?:percent|%) [^F]* not checked/);
  expect(said).toContain('1 relation between them');
  expect(said).toMatch(
    /share \(counts are exact\) F2, F1; printed F3 50[^A-Z]* Exact, figures not confirmed confirmed by/,
  );
  expect(said).toContain('No arithmetic conflict found under these readings. That is not proof of the figures.');
  expect(said).toContain('1 more relation of these figures needs a figure that is in no exhibit');
  expect(said).not.toMatch(/verified/i);
  // Where nothing is printed that could be compared, nothing is said to agree.
  const { relations } = await engine.call('relations.recorded', {});
  const share = relations.find(({ operation }) => operation === 'share');
  if (share === undefined) throw new Error('No share');
  const of = { operation: 'ratio' as const, inputs: share.inputs.map(placeOf), printed: null };
  await engine.call('relations.edit', { of: { id: share.id }, to: of });
  const implied = plain(section((await engine.call('dossier.show', ASKED)).html));
  expect(implied).toMatch(/ratio F2, F1 [\d.]+ Not checkable/);
  expect(implied).toContain('Not checked: nothing printed can be compared.');
  expect(implied).not.toContain('No arithmetic conflict');
  const { html: nobody } = await engine.call('dossier.show', { ...ASKED, shows: { figures: true, people: false } });
  expect(plain(section(nobody))).toContain('confirmed by one person');
  expect(section(nobody)).not.toContain(person.name);
  const { html: hidden } = await engine.call('dossier.show', { ...ASKED, pseudonyms: true });
  expect(plain(section(hidden))).toContain('confirmed by Coder 1');
  expect(section(hidden)).not.toContain(person.name);

  const word = join(tempFolder(), 'figures.docx');
  await engine.call('dossier.export', { ...ASKED, path: word, format: 'docx' });
  expect(plain((await unzipped(word)).get('word/document.xml')?.toString() ?? '')).toContain('Figures and relations');
});

it('says so where nobody read a figure, and leaves masked figures out with what is computed from them', async () => {
  const { engine, source } = await withFigures();
  await maskWords(engine, source, '2,250');
  const { html } = await engine.call('dossier.show', ASKED);
  expect(html).not.toContain('2,250');
  const said = plain(section(html));
  expect(said).toContain('3 figures in the exhibits');
  expect(said).not.toContain('relation between them');
  const other = await testProject();
  const { id } = await addFile(other.engine, 'plain.txt', TEXT);
  await mark(other.engine, id, 'had 900 workers');
  expect(plain(section((await other.engine.call('dossier.show', ASKED)).html))).toContain(
    'There is no reading of a figure in the exhibits to show, so no figure is checked.',
  );
});

it('a folder has them to check: their words, what is computed again, and what the page says of them', async () => {
  const { engine } = await withFigures();
  const folder = join(tempFolder(), 'dossier');
  await engine.call('dossier.export', { ...ASKED, path: folder, format: 'folder' });
  const verify = (path: string) => engine.call('dossier.verify', { path });
  const whole = await verify(folder);
  expect(whole.failures).toEqual([]);
  expect(whole.asSent).toContain('how figures are read, and who confirmed figures and relations');
  expect(exhibitsOf(folder).figures?.relations).toMatchObject([{ operation: 'share', check: { verdict: 'exact' } }]);
  const altered = async (path: string, change: (text: string) => string): Promise<string[]> => {
    const to = join(tempFolder(), 'dossier');
    cpSync(folder, to, { recursive: true });
    const before = readFileSync(join(to, path), 'utf8');
    expect(change(before)).not.toBe(before);
    rewrite(to, path, change);
    return (await verify(to)).failures.map(({ message }) => message);
  };
  const exhibits = 'data/exhibits.json';
  const page = 'The page says other things of figures and relations than exhibits.json.';
  expect(await altered('data/dossier.html', (html) => html.replace('Exact, figures', 'Exact, all figures'))).toEqual([
    page,
  ]);
  expect(await altered('data/dossier.html', (html) => html.replace(/<h2 id="figures">.*?(?=<h2)/s, ''))).toEqual([
    page,
  ]);
  expect(await altered(exhibits, (json) => json.replace('"verdict": "exact"', '"verdict": "fails"'))).toContain(
    'Relation 1 is given as “fails”, but computed again from its figures it is “exact”.',
  );
  const others = await altered(exhibits, (json) => json.replace(/"quote": "2,250[^"]*"/, '"quote": "2,950"'));
  expect(others).toContain('Figure F2, “2,950”, isn’t in the words of exhibit 1.');
});

it('a folder that version 1 wrote is checked as it was, and has no figures', async () => {
  const { engine } = await testProject();
  const folder = tempFolder();
  for (const [name, bytes] of await unzipped(join(import.meta.dirname, '../../fixtures/dossiers/version-1.zip'))) {
    if (name.endsWith('/')) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const path = join(folder, 'dossier-version-1');
  expect(exhibitsOf(path)).toMatchObject({ 'Sourcebook-Dossier': 1 });
  expect(await engine.call('dossier.verify', { path })).toMatchObject({ ok: true, checked: 2, found: 2, failures: [] });
  // Its page has its own styles: those of the present version are none of them.
  rewrite(path, 'data/exhibits.json', (json) => json.replace('"Sourcebook-Dossier": 1', '"Sourcebook-Dossier": 2'));
  expect((await engine.call('dossier.verify', { path })).failures).toMatchObject([
    { kind: 'page', message: expect.stringContaining('styles or parts') },
  ]);
});
