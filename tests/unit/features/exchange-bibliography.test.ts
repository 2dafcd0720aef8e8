import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { addFile, contentsOf, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const PAGE = 'https://county.example/news/1';

/** One source with a full record, one with its file alone. */
async function county() {
  const { engine } = await testProject({ title: 'County' });
  const full = await addFile(engine, 'notice.txt', 'Notice one.');
  await engine.call('sources.edit', {
    id: full.id,
    patch: {
      title: '关于转移就业的通知 {1}',
      author: '王明; 县人社局',
      publisher: '县政府',
      language: 'zh-Hans',
      documentType: 'gazette',
      dateOfPublication: { edtf: '2023-05~', implied: false },
      capture: { url: PAGE, time: '2024-01-02T03:04:05Z', archiveLink: 'https://web.archive.org/web/2024/x' },
    },
  });
  const bare = await addFile(engine, 'bare.txt', 'Notice two.');
  return { engine, full, bare };
}
async function bringIn(engine: Engine, name: string, text: string) {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return engine.call('exchange.import', { path });
}
const detailsOf = async (engine: Engine, id: string) => {
  const { sources } = await engine.call('sources.list', {});
  const found = sources.find((one) => one.id === id);
  if (found === undefined) throw new Error('No such source');
  const { title, author, publisher, language, documentType, dateOfPublication, dateOfCapture, capture } = found;
  return { title, author, publisher, language, documentType, dateOfPublication, dateOfCapture, capture };
};

describe('a bibliography of the sources', () => {
  it.each(['csl', 'ris', 'bibtex'] as const)('fills the record of the same source elsewhere (%s)', async (format) => {
    const { engine, full } = await county();
    const path = join(tempFolder(), `out.${{ csl: 'json', ris: 'ris', bibtex: 'bib' }[format]}`);
    expect(await engine.call('exchange.export', { path, format })).toMatchObject({ sources: 2, passages: 0 });
    expect(readFileSync(path, 'utf8')).toContain('县人社局');

    // Into its own project: everything is there.
    const before = await contentsOf(engine);
    const own = await engine.call('exchange.import', { path });
    expect(own).toMatchObject({ format, notCarried: [] });
    expect(own.lines.map(({ added }) => added)).toEqual([0]);
    expect(await contentsOf(engine)).toEqual(before);

    const other = await testProject({ title: 'Other' });
    const same = await addFile(other.engine, 'renamed.txt', 'Notice one.');
    const ledger = await other.engine.call('exchange.import', { path });
    expect(ledger.notCarried.map(({ kind }) => kind)).toEqual(['Entry']);
    expect(await detailsOf(other.engine, same.id)).toEqual({
      ...(await detailsOf(engine, full.id)),
      capture: { ...full.capture, url: PAGE, archiveLink: 'https://web.archive.org/web/2024/x' },
      dateOfCapture: { edtf: '2024-01-02', implied: false },
    });
    await other.engine.call('history.undo', {});
    expect(await detailsOf(other.engine, same.id)).toMatchObject({ title: null, author: null });
  });
});

describe('entries of another program', () => {
  it('fill what is empty, change nothing that is there, and are listed where no source is theirs', async () => {
    const { engine, full, bare } = await county();
    await engine.call('sources.edit', { id: bare.id, patch: { title: 'Land Transfer, 2020!' } });
    const before = await detailsOf(engine, full.id);
    const ledger = await bringIn(
      engine,
      'zotero.bib',
      `@article{a, title = {land transfer 2020}, author = {Smith, Ann}, date = {2020-02-30}, langid = {not a language}}
@online{b, url = {http://county.example/news/1/}, author = {Somebody Else}, title = {关于转移就业的通知 {1}}}
@book{c, title = {Something unknown}}
@misc{d, title = {never closed
`,
    );
    expect(await detailsOf(engine, full.id)).toEqual(before);
    expect(await detailsOf(engine, bare.id)).toMatchObject({
      author: 'Smith, Ann',
      dateOfPublication: null,
      language: null,
    });
    expect(ledger.lines).toMatchObject([{ inFile: 'Details of sources', found: 7, added: 1, here: 3 }]);
    expect(ledger.notCarried.map(({ kind }) => kind)).toEqual([
      'Entry that can’t be read',
      'Details of sources',
      'Details of sources',
      'Details of sources',
      'Entry',
    ]);
  });

  it('are not matched where several sources could be meant', async () => {
    const { engine, full, bare } = await county();
    for (const { id } of [full, bare])
      await engine.call('sources.edit', { id, patch: { title: 'Same', capture: { url: PAGE } } });
    const ledger = await bringIn(engine, 'a.ris', `TY  - ELEC\nTI  - Same\nUR  - ${PAGE}\nAU  - X\nER  - \n`);
    expect(ledger.notCarried).toEqual([
      { kind: 'Entry', count: 1, why: '“Same”: 2 sources of the project have its address.' },
    ]);
  });

  it('are refused where the file has none', async () => {
    const { engine } = await county();
    for (const [name, text] of [
      ['a.bib', 'no entries'],
      ['a.ris', 'x'],
      ['a.ris', '\u0000'],
      ['a.bib', '@misc{x'],
    ] as const)
      await expect(bringIn(engine, name, text)).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
  });
});
