import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { type ExhibitsFile, EXHIBITS_PATH, PAGE_PATH } from '../../../electron/formats/dossier/folder.ts';
import { SIGNED_PATH, type SignedFile } from '../../../electron/formats/dossier/signed-file.ts';
import type { DossierShows } from '../../../shared/model/index.ts';
import { leaksIn } from '../../support/leaks.ts';
import { maskWords } from '../../support/masks.ts';
import { categoriesOf, copyFor } from '../../support/project.ts';
import { rewrite } from '../../support/dossier-folder.ts';
import { tempFolder } from '../../support/temp.ts';
import { withClaim } from '../../support/with-claim.ts';

/** A dossier of a claim, on which two people worked. */
async function made(
  more: {
    pseudonyms?: boolean;
    shows?: Partial<DossierShows>;
    before?: (engine: Engine, project: Awaited<ReturnType<typeof withClaim>>) => Promise<void>;
  } = {},
) {
  const project = await withClaim();
  const { engine, claim, passages } = project;
  await engine.call('translations.set', {
    passage: passages.teams,
    language: 'de',
    text: 'Arbeitsgruppen kamen zu jedem Haus.',
  });
  const bob = await copyFor(engine, 'Bob');
  await bob.engine.call('review.move', { passage: passages.teams, to: 'checked' });
  const back = join(tempFolder(), 'back.sbk');
  await bob.engine.call('projectFile.export', { path: back });
  await engine.call('merge.apply', { path: back });
  await more.before?.(engine, project);
  const path = join(tempFolder(), 'dossier');
  const from = { kind: 'claims' as const, claims: [claim] };
  await engine.call('dossier.export', {
    path,
    format: 'folder',
    from,
    pseudonyms: more.pseudonyms ?? false,
    shows: more.shows ?? {},
  });
  return { ...project, bob: bob.person, path };
}
/** A copy to alter. */
function copyOf(whole: string): string {
  const to = join(tempFolder(), 'dossier');
  cpSync(whole, to, { recursive: true });
  return to;
}

const alter = (path: string, change: (file: ExhibitsFile) => void): void =>
  rewrite(path, EXHIBITS_PATH, (text) => {
    const file = JSON.parse(text) as ExhibitsFile;
    change(file);
    return JSON.stringify(file);
  });
const alterSigned = (path: string, change: (file: SignedFile) => void): void =>
  rewrite(path, SIGNED_PATH, (text) => {
    const file = JSON.parse(text) as SignedFile;
    change(file);
    return JSON.stringify(file);
  });
const signedProblems = async (engine: Engine, path: string): Promise<string[]> =>
  (await engine.call('dossier.verify', { path })).failures.flatMap(({ kind, message }) =>
    kind === 'signed' ? message : [],
  );

describe('what people signed, in a dossier’s folder', () => {
  it('shows who marked, coded, translated and checked, and the claims with what bears on them, with nothing but the folder', async () => {
    const { engine, path } = await made();
    const report = await engine.call('dossier.verify', { path });
    expect(report).toMatchObject({ ok: true, failures: [], notSigned: [] });
    // A claim and four links that are shown with it; of each exhibit words, who marked and who coded it; a translation and a check.
    const { exhibits, claims, documents } = JSON.parse(readFileSync(join(path, EXHIBITS_PATH), 'utf8')) as ExhibitsFile;
    const links = claims?.[0]?.links.length ?? 0;
    expect(links).toBe(4);
    // Their texts have titles, and records that nobody filled in.
    const records = documents.flatMap(({ title, fileName, record }) => [
      ...(title === fileName ? [] : [title]),
      ...Object.values(record ?? {}).filter((one) => one !== null),
    ]);
    expect(report.signed).toBe(1 + links + 3 * exhibits.length + 2 + records.length);
    expect(exhibits.flatMap(({ people }) => people?.checked?.name ?? [])).toEqual(['Bob']);
    expect(report.asSent).toContain('whether what was signed was withdrawn or changed since, and whose the keys are');
  });

  it('shows decisions, memos and what was written of documents, and fails where the folder or its page says otherwise', async () => {
    const { engine, path: whole } = await made({
      shows: { memos: true },
      before: async (own, { passages, sources }) => {
        await own.call('sources.edit', {
          id: sources.report,
          patch: {
            publisher: 'Liuquan County',
            dateOfDocument: { edtf: '2019-03', implied: true },
            grade: 'B',
            gradeReason: 'Close to the act',
          },
        });
        await own.call('memos.set', { target: { kind: 'passage', id: passages.teams }, text: 'Compare with 2018.' });
        const [category] = await categoriesOf(own, 'GRA.TEAM');
        if (category === undefined) throw new Error('There is a category');
        await own.call('adjudications.decide', {
          passage: passages.teams,
          categories: [category],
          reason: 'Teams came.',
        });
      },
    });
    const report = await engine.call('dossier.verify', { path: whole });
    expect(report).toMatchObject({ ok: true, failures: [], notSigned: [] });
    expect(report.asSent.join()).not.toMatch(/memos|dates|grades|decided/);
    const { documents } = JSON.parse(readFileSync(join(whole, EXHIBITS_PATH), 'utf8')) as ExhibitsFile;
    expect(documents.find(({ fileName }) => fileName === 'report.txt')?.record).toMatchObject({
      publisher: 'Liuquan County',
      dateOfDocument: '2019-03 (implied)',
      gradeReason: 'Close to the act',
    });

    const altered = copyOf(whole);
    alter(altered, (file) => {
      const record = file.documents.find(({ fileName }) => fileName === 'report.txt')?.record;
      if (record === undefined) throw new Error('There is a record');
      Object.assign(record, { publisher: 'Xinhua', dateOfDocument: null, grade: 'A', author: 'Somebody' });
      for (const { memos } of file.exhibits) for (const memo of memos ?? []) memo.text = 'It is certain.';
      for (const { decision } of file.exhibits) if (decision) decision.reason = 'It is certain.';
    });
    const name = /^“.*”: /;
    const wrong = await engine.call('dossier.verify', { path: altered });
    const signed = wrong.failures.flatMap(({ kind, message }) => (kind === 'signed' ? message.replace(name, '') : []));
    expect(signed.toSorted()).toEqual([
      'date of document isn’t what was signed.',
      'publisher isn’t what was signed.',
      'source reliability isn’t what was signed.',
    ]);
    expect(wrong.notSigned.map((one) => one.replace(name, '').replace(/^Exhibit \d+: /, '')).toSorted()).toEqual([
      'author',
      'that Ann decided it so',
      'that Ann wrote its memo',
    ]);
    // The page is held against the folder: with a date that is wrong there, too.
    expect(wrong.failures.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^The page says other things of the document “report/),
    );

    for (const [before, after, problem] of [
      ['Liuquan County', 'Xinhua', /other things of the document/],
      ['Compare with 2018.', 'It is certain.', /other memos in exhibit/],
      ['Teams came.', 'It is certain.', /another decision in exhibit/],
      ['<dt><bdi>Rating', '<dt><bdi>Author</bdi></dt><dd><bdi>X</bdi></dd><dt><bdi>Rating', /other things/],
    ] as const) {
      const page = copyOf(whole);
      rewrite(page, PAGE_PATH, (html) => html.replace(before, after));
      const { failures } = await engine.call('dossier.verify', { path: page });
      expect(failures.map(({ message }) => message)).toEqual([expect.stringMatching(problem)]);
    }
  });

  it('fails where what is said differs from what was signed, and lists what nobody signed', async () => {
    const { engine, path: whole } = await made();
    const words = copyOf(whole);
    alter(words, ({ claims: [claim] = [] }) => {
      if (claim === undefined) throw new Error('There is a claim');
      claim.text = 'Everybody could refuse.';
      const limit = claim.links.find(({ as }) => as === 'limits');
      if (limit !== undefined) limit.as = 'supports';
      claim.links.splice(
        claim.links.findIndex(({ as }) => as === 'contradicts'),
        1,
      );
    });
    expect(await signedProblems(engine, words)).toEqual([
      'Claim 1 has other words than were signed.',
      'What supports claim 1 was signed as something else: limits.',
      'Something was signed as bearing on claim 1 that the dossier doesn’t list with it.',
    ]);

    // An approval, a category and a translation in somebody’s name.
    const names = copyOf(whole);
    alter(names, ({ exhibits }) => {
      const one = exhibits.find(({ people }) => people !== null && people.checked !== null);
      if (one === undefined || one.people === null) throw new Error('One was checked');
      one.people.approved = one.people.checked;
      one.people.coded[0]?.categories.push('LND.RIGHTS');
      const [translation] = one.translations;
      if (translation !== undefined) translation.text = 'Sie kamen nie.';
    });
    const { notSigned } = await engine.call('dossier.verify', { path: names });
    expect(notSigned.map((one) => one.replace(/^Exhibit \d+: /, ''))).toEqual([
      'that Ann translated it so',
      'that Ann coded it LND.RIGHTS',
      'that Bob approved it',
    ]);

    // What was signed altered, a signature put elsewhere, and no signatures at all.
    const inside = copyOf(whole);
    alterSigned(inside, ({ commits }) => {
      const all = commits.flatMap((one) => one.shown);
      const shown = all.find(({ entity, field }) => entity === 'claim' && field === 'text');
      if (shown !== undefined) shown.value = 'Everybody could refuse.';
    });
    expect(await signedProblems(engine, inside)).toEqual([expect.stringMatching(/^1 of its \d+ edits isn’t what/)]);
    const moved = copyOf(whole);
    alterSigned(moved, ({ commits: [first, second] }) => {
      if (first === undefined || second === undefined) throw new Error('There are commits');
      first.signature = second.signature;
    });
    expect(await signedProblems(engine, moved)).toEqual([expect.stringContaining('isn’t what was signed')]);
    rewrite(moved, SIGNED_PATH, () => '{"Sourcebook-Signed":1,"commits":[{"header":"00"}]}');
    expect(await signedProblems(engine, moved)).toEqual([expect.stringContaining('can’t be read')]);

    // The page alone.
    const page = copyOf(whole);
    rewrite(page, PAGE_PATH, (html) =>
      html
        .replace(/(<dt><bdi>Approved<\/bdi><\/dt><dd><bdi>)by nobody/, '$1Bob')
        .replace('Claim 1. Nobody could refuse.', 'Claim 1. Everybody could refuse.'),
    );
    const { failures } = await engine.call('dossier.verify', { path: page });
    expect(failures.map(({ message }) => message)).toEqual([
      'The page doesn’t have claim 1 as exhibits.json has it.',
      expect.stringMatching(/^The page names others in exhibit \d than exhibits\.json\.$/),
    ]);
  });

  it('has nothing that the dossier doesn’t print: no memo, no older words, nothing masked; and names nobody under pseudonyms', async () => {
    const { engine, path } = await made({
      before: async (engine) => {
        const [passage] = (await engine.call('passages.list', {})).passages;
        if (passage === undefined) throw new Error('There is a passage');
        await engine.call('memos.set', { target: { kind: 'passage', id: passage.id }, text: 'Ask Memet first.' });
        const { claims } = await engine.call('claims.list', {});
        const [{ id } = { id: undefined }] = claims;
        if (id === undefined) throw new Error('There is a claim');
        await engine.call('claims.change', { id, text: 'Older words of the claim.' });
        await engine.call('claims.change', { id, text: 'Nobody could say no.' });
        const { sources } = await engine.call('sources.list', {});
        const news = sources.find(({ fileName }) => fileName === 'news.txt');
        if (news !== undefined) await maskWords(engine, news.id, 'teams');
      },
    });
    const bytes = readFileSync(join(path, SIGNED_PATH));
    expect(leaksIn(bytes, ['Memet', 'Older words', 'Nobody could refuse', 'The teams only informed'])).toEqual([]);
    expect(bytes.toString()).toContain('Nobody could say no.');
    const { failures, notSigned } = await engine.call('dossier.verify', { path });
    expect(failures).toEqual([]);
    expect(notSigned).toEqual(expect.arrayContaining([expect.stringMatching(/^Exhibit \d: its words$/)]));

    const under = await made({ pseudonyms: true });
    expect(existsSync(join(under.path, SIGNED_PATH))).toBe(false);
    const report = await under.engine.call('dossier.verify', { path: under.path });
    expect(report).toMatchObject({ ok: true, signed: 0, notSigned: [] });
    expect(report.asSent).toContain('claims, and what supports or contradicts them');
  });
});
