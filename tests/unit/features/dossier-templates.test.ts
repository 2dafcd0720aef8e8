import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DOSSIER_TEMPLATES, TEMPLATES } from '../../../shared/model/index.ts';
import { exhibitsOf } from '../../support/dossier-folder.ts';
import { tempFolder } from '../../support/temp.ts';
import { withClaim } from '../../support/with-claim.ts';

const headings = (html: string): string[] =>
  [...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/gu)].map(([, words = '']) => words.replaceAll(/<[^>]*>/g, ''));
const FROM = { kind: 'claims' as const, claims: [] };

it('a template has every part in one place', () => {
  for (const template of DOSSIER_TEMPLATES) {
    const { before, after } = TEMPLATES[template];
    expect([...before, ...after].toSorted(), template).toEqual(
      [...TEMPLATES.editor.before, ...TEMPLATES.editor.after].toSorted(),
    );
  }
});

it('an editor sees claims and what is open, then exhibits by claim; a filing has them by document, signed, and how it was made', async () => {
  const { engine, person } = await withClaim();
  const { html: editor } = await engine.call('dossier.show', { from: FROM });
  expect(headings(editor)).toEqual([
    'Summary',
    'Claims',
    'Not known, and open',
    'Contents',
    ...[1, 2, 3, 4].map((number) => `Exhibit ${number}`),
    'Documents',
    expect.stringMatching(/^Codebook/),
    'Agreement between coders',
    'People and their keys',
    'How to check this dossier',
  ]);
  expect(editor).toContain(person.name);
  expect(editor).not.toContain('class="signatures"');

  const [quoted] = (await engine.call('dossier.preview', { from: FROM })).exhibits[0]?.passages ?? [];
  if (quoted === undefined) throw new Error('It has exhibits');
  await engine.call('translations.set', { passage: quoted, text: 'Land was transferred' });
  const { html: filing } = await engine.call('dossier.show', { from: FROM, template: 'filing' });
  const preview = await engine.call('dossier.preview', { from: FROM, template: 'filing' });
  const labels = preview.exhibits.map(({ label }) => label);
  expect(labels[0]).toBe('1.1');
  expect(headings(filing)).toEqual([
    'Contents',
    'Summary',
    'Claims',
    'Documents',
    ...labels.map((label) => `Exhibit ${label}`),
    'How this was made',
    expect.stringMatching(/^Codebook/),
    'Not known, and open',
    'People and their keys',
    'How to check this dossier',
  ]);
  // One signs under each translation, and where there is none nothing is to be signed.
  const translated = preview.exhibits.filter(({ translation }) => translation !== 'none').length;
  expect([translated, preview.exhibits.length]).toEqual([1, 4]);
  expect(filing.split('class="signatures"')).toHaveLength(1 + translated);
  expect(filing).toContain(person.name);
  // Each document is one, with its exhibits in it, and every claim names its exhibits by what they are called.
  expect(preview.groups.map(({ claim, document }) => [claim, document])).toEqual(
    [...new Set(preview.exhibits.map(({ source }) => source))].map((source) => [null, source]),
  );
  expect(labels.map((label) => Number(label.split('.')[0]))).toEqual(
    preview.exhibits.map(({ source }) => preview.groups.findIndex(({ document }) => document === source) + 1),
  );
  expect(labels).toEqual(['1.1', '2.1', '3.1', '3.2']);
  expect(filing).toContain('Exhibits 1.1, 2.1, 3.1–3.2.');
  expect(filing).toContain('Not answered.');
});

it('a claim that nothing supports says so in the contents, too, where no empty table follows it', async () => {
  const { engine, passages } = await withClaim();
  const { id: open } = await engine.call('claims.create', { text: 'They were paid.' });
  const contents = (html: string): string =>
    (/<h2 id="contents">.*?<h2/su.exec(html)?.[0] ?? '').replaceAll(/<\/?bdi[^>]*>/gu, '');
  const before = contents((await engine.call('dossier.show', { from: FROM })).html);
  expect(before).toContain('Claim 1: Nobody could refuse. (contradicted, not answered)</caption>');
  expect(before).toContain('<strong>Claim 2: They were paid. (no passage supports it)</strong>');
  expect(before.match(/<table/gu)).toHaveLength(1);
  await engine.call('claims.link', { id: open, passages: [passages.workers], as: 'contradicts' });
  const after = contents((await engine.call('dossier.show', { from: FROM })).html);
  expect(after).toContain('They were paid. (contradicted, not answered; no passage supports it)</caption>');
  await engine.call('claims.link', { id: open, passages: [passages.workers], as: 'supports' });
  const whole = contents((await engine.call('dossier.show', { from: FROM })).html);
  expect(whole).toContain('Claim 2: They were paid.</caption>');
});

it('an archive begins with how to check it, has documents by date and people under pseudonyms, unless names are asked for', async () => {
  const { engine, person, sources } = await withClaim();
  await engine.call('sources.edit', {
    id: sources.report,
    patch: { dateOfDocument: { edtf: '2031', implied: false } },
  });
  const asked = { from: FROM, template: 'archive' as const };
  const { html } = await engine.call('dossier.show', asked);
  expect(headings(html).slice(0, 4)).toEqual([
    'How to check this dossier',
    'How this was made',
    'Contents',
    'Documents',
  ]);
  expect(html).not.toContain(person.name);
  expect(html).toContain('Coder 1');
  const { exhibits } = await engine.call('dossier.preview', asked);
  // The only one with a date comes before those without.
  expect(exhibits[0]?.source).toBe(sources.report);
  const { html: named } = await engine.call('dossier.show', { ...asked, shows: { names: true } });
  expect(named).toContain(person.name);
  expect(named).not.toContain('Coder 1');
});

it('a person’s order moves documents and exhibits within them; what was left out is counted', async () => {
  const { engine, passages } = await withClaim();
  const asked = { from: FROM, template: 'filing' as const };
  const usual = await engine.call('dossier.preview', asked);
  const last = usual.exhibits.at(-1);
  const changed = await engine.call('dossier.preview', { ...asked, order: [last?.passages[0] ?? passages.will] });
  expect(changed.exhibits[0]).toMatchObject({ label: '1.1', passages: last?.passages });
  const { html } = await engine.call('dossier.show', { ...asked, leftOut: [passages.again] });
  expect(html).toContain('1 exhibit of this choice is left out.');
});

it('its folder names exhibits as its page does, and so does its check', async () => {
  const { engine } = await withClaim();
  const path = join(tempFolder(), 'filing');
  await engine.call('dossier.export', { from: FROM, path, format: 'folder', template: 'filing' });
  const said = exhibitsOf(path);
  expect(said.exhibits.map(({ label }) => label)[0]).toBe('1.1');
  expect(said.exhibits.map(({ document }) => document)).toEqual(
    said.exhibits.map(({ label = '' }) => Number(label.split('.')[0])),
  );
  const report = await engine.call('dossier.verify', { path });
  expect(report).toMatchObject({ ok: true, failures: [] });
});
