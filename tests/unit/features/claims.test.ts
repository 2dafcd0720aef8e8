import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { derivedId } from '../../../electron/project/ids.ts';
import { writeBehind } from '../../support/review.ts';
import { addFile, copyFor, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const listed = async (engine: Engine) => (await engine.call('claims.list', {})).claims;

/** A project of two texts with a passage in each, and a third with the words of the first. */
async function withPassages() {
  const project = await testProject();
  const { engine } = project;
  const made: PassageId[] = [];
  for (const [name, text] of [
    ['report.txt', 'The county transferred 12,600 workers.'],
    ['news.txt', 'Everyone signed up of their own will.'],
    ['reprint.txt', 'Reprinted: the county transferred 12,600 workers.'],
  ] as const) {
    const { id, layer } = await addFile(engine, name, text);
    if (layer === null) throw new Error(`${name} has no text`);
    const marked = { kind: 'text' as const, start: 0, end: text.length };
    made.push((await engine.call('passages.create', { source: id, layer, marked })).id);
  }
  const [report, news, reprint] = made;
  if (report === undefined || news === undefined || reprint === undefined) throw new Error('No passages');
  return { ...project, report, news, reprint };
}

describe('a claim', () => {
  it('is not answered by characters that nobody sees, and not made of them', async () => {
    const { engine, folder, person, news } = await withPassages();
    const { id } = await engine.call('claims.create', { text: 'Consent was not free.' });
    await expect(engine.call('claims.create', { text: '\u200B\u2800' })).rejects.toThrow(/text/);
    await engine.call('claims.link', { id, passages: [news], as: 'contradicts', answer: '\u200B' });
    await engine.call('claims.answer', { id, passage: news, answer: ' \u2800\u3164 ' });
    expect(await listed(engine)).toMatchObject([{ unanswered: 1, links: [{ answer: '' }] }]);
    await engine.close();
    // Another program may have written them all the same.
    const link = { entity: 'claimlink', id: derivedId('sourcebook claim link', id, news) } as const;
    writeBehind(folder, person, 'Answer', [{ ...link, field: 'answer', value: '\u200B' }]);
    const again = await openFor(folder, person);
    expect(await listed(again)).toMatchObject([{ unanswered: 1, gaps: ['noSupport', 'contradicted'] }]);
  });

  it('is written, supported, contradicted and answered, each an edit with its name that can be undone', async () => {
    const { engine, person, report, news } = await withPassages();
    const { id } = await engine.call('claims.create', { text: ' Consent was not free. ' });
    expect(await listed(engine)).toMatchObject([
      { id, text: 'Consent was not free.', person: person.id, links: [], gaps: ['noSupport'] },
    ]);
    await engine.call('claims.link', { id, passages: [news], as: 'contradicts' });
    await engine.call('claims.link', { id, passages: [report], as: 'supports' });
    expect(await listed(engine)).toMatchObject([
      {
        links: [
          { passage: report, as: 'supports', person: person.id, title: 'report.txt', page: 1 },
          { passage: news, as: 'contradicts', answer: '', quote: 'Everyone signed up of their own will.' },
        ],
        unanswered: 1,
        gaps: ['oneOrigin', 'contradicted', 'notApproved', 'noDate'],
      },
    ]);
    await engine.call('claims.answer', { id, passage: news, answer: 'The speaker is the employer.' });
    expect(await listed(engine)).toMatchObject([{ unanswered: 0, gaps: ['oneOrigin', 'notApproved', 'noDate'] }]);
    await engine.call('history.undo', {});
    expect(await listed(engine)).toMatchObject([{ unanswered: 1 }]);
    await engine.call('claims.unlink', { id, passage: news });
    await engine.call('claims.change', { id, text: 'Consent was never free.' });
    await engine.call('claims.remove', { id });
    expect(await listed(engine)).toEqual([]);
    const { commits } = await engine.call('history.list', {});
    expect(commits.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        'Write claim “Consent was not free.”',
        'Link passage: contradicts “Consent was not free.”',
        'Answer contradiction of “Consent was not free.”',
        'Unlink passage from “Consent was not free.”',
        'Change claim “Consent was not free.”',
        'Remove claim “Consent was never free.”',
      ]),
    );
  });

  it('counts copies of one text as one origin, and no passage that is in the trash', async () => {
    const { engine, report, news, reprint } = await withPassages();
    const { id } = await engine.call('claims.create', { text: 'They were transferred.' });
    await engine.call('claims.link', { id, passages: [report, reprint], as: 'supports' });
    expect(await listed(engine)).toMatchObject([{ supports: { passages: 2, origins: 2 } }]);
    const [first, , third] = (await engine.call('sources.list', {})).sources;
    if (first === undefined || third === undefined) throw new Error('No sources');
    await engine.call('copies.confirm', { sources: [first.id, third.id], origin: first.id });
    expect(await listed(engine)).toMatchObject([{ supports: { passages: 2, origins: 1 } }]);
    await engine.call('claims.link', { id, passages: [news], as: 'limits' });
    await engine.call('passages.remove', { ids: [report] });
    expect(await listed(engine)).toMatchObject([
      {
        supports: { passages: 1, origins: 1 },
        limits: { passages: 1 },
        links: [{ passage: reprint }, { passage: news }],
      },
    ]);
    await engine.call('passages.remove', { ids: [reprint] });
    expect((await listed(engine))[0]?.gaps).toContain('noSupport');
  });

  it('says that a passage which contradicted it was moved to the trash', async () => {
    const { engine, report, news } = await withPassages();
    const { id } = await engine.call('claims.create', { text: 'Consent was not free.' });
    await engine.call('claims.link', { id, passages: [report], as: 'supports' });
    await engine.call('claims.link', { id, passages: [news], as: 'contradicts' });
    await engine.call('passages.remove', { ids: [news] });
    expect(await listed(engine)).toMatchObject([{ contradicts: { passages: 0 }, trashedContradictions: 1 }]);
    await engine.call('history.undo', {});
    expect(await listed(engine)).toMatchObject([{ contradicts: { passages: 1 }, trashedContradictions: 0 }]);
  });

  it('takes no passage that is not there, and no answer to what does not contradict', async () => {
    const { engine, report, news } = await withPassages();
    const { id } = await engine.call('claims.create', { text: 'They were transferred.' });
    await engine.call('passages.remove', { ids: [news] });
    await expect(engine.call('claims.link', { id, passages: [report, news], as: 'supports' })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
    expect(await listed(engine)).toMatchObject([{ links: [] }]);
    await expect(
      engine.call('claims.link', { id, passages: [report], as: 'supports', answer: 'Because.' }),
    ).rejects.toMatchObject({ data: { code: 'USAGE' } });
    await engine.call('claims.link', { id, passages: [report], as: 'supports' });
    await expect(engine.call('claims.answer', { id, passage: report, answer: 'Because.' })).rejects.toMatchObject({
      data: { code: 'USAGE' },
    });
  });

  it('that two people link differently is a conflict in one record', async () => {
    const { engine, report } = await withPassages();
    const { id } = await engine.call('claims.create', { text: 'They were transferred.' });
    const { engine: other } = await copyFor(engine, 'Ben');
    await engine.call('claims.link', { id, passages: [report], as: 'supports' });
    await other.call('claims.link', { id, passages: [report], as: 'contradicts' });
    const back = join(tempFolder(), 'back.sbk');
    await other.call('projectFile.export', { path: back });
    await engine.call('merge.apply', { path: back });
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts).toMatchObject([{ about: expect.stringContaining('They were transferred.') }]);
  });

  it('is in a copy of the whole project, with names taken out where those are, and in no part or blind copy', async () => {
    const { engine, report } = await withPassages();
    const { id } = await engine.call('claims.create', { text: 'Ann says that they were transferred.' });
    await engine.call('claims.link', { id, passages: [report], as: 'supports' });
    const at = tempFolder();
    const claimsIn = async (name: string, write: (path: string) => Promise<unknown>) => {
      const [file, folder] = [join(at, `${name}.sbk`), join(at, `${name}.sourcebook`)];
      await write(file);
      const person = somebody('Dee');
      await importProjectFile({ file, folder, person });
      return listed(await openFor(folder, person));
    };
    const exported = (options: object) => (path: string) => engine.call('projectFile.export', { path, options });
    expect(await claimsIn('whole', exported({}))).toMatchObject([{ id, links: [{ passage: report, as: 'supports' }] }]);
    expect(await claimsIn('pseudonyms', exported({ pseudonyms: true }))).toMatchObject([
      { text: 'Coder 1 says that they were transferred.', links: [{ as: 'supports' }] },
    ]);
    const [source] = (await engine.call('sources.list', {})).sources;
    expect(await claimsIn('part', exported({ only: { sources: [source?.id] } }))).toEqual([]);
    const blind = { coder: 'Ben', sample: 'sources' };
    expect(await claimsIn('blind', (path) => engine.call('assignments.create', { path, ...blind }))).toEqual([]);
  });
});
