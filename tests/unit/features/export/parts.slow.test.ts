import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { importProjectFile, verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { rawPublicKey } from '../../../../electron/project/people/people.ts';
import { scrubber, scrubValue } from '../../../../electron/project/export/scrub.ts';
import { unzipped } from '../../../support/bag.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  faultOf,
  mark,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const ANN = 'Ann-Sofie Öberg';
const BEN = '本·Benedikt';

/** Two sources, two people; Ben tags what Ann marked, too. */
async function team() {
  const ann = somebody(ANN);
  const ben = somebody(BEN);
  const { engine: first, folder } = await testProject({ person: ann, title: `${ANN}’s county` });
  const report = await addFile(first, 'report.txt', 'Land was transferred. Workers were trained.\n');
  const news = await addFile(first, 'news of Öberg, Ann-Sofie.txt', 'Villagers were organised in groups.\n');
  const [land, trained] = await categoriesOf(first, 'LND.RIGHTS', 'FIG.ACT');
  if (land === undefined || trained === undefined) throw new Error('The codebook has changed');
  const memo = `Ask ${BEN} on ${hostname()}, in ${homedir()}/papers; ann-sofie  öberg thinks so, Benedikt and Öberg, too`;
  const shared = await mark(first, report.id, 'Land was transferred', { categories: [land], memo });
  await first.call('sources.edit', { id: news.id, patch: { capture: { collector: ANN }, author: ANN } });
  await first.close();
  const engine = await openFor(folder, ben);
  await engine.call('tags.change', { passages: [shared.id], add: [trained] });
  await mark(engine, report.id, 'Workers were trained', { categories: [trained], memo: 'SECRET of Ben' });
  await mark(engine, news.id, 'organised in groups', { categories: [land], memo: 'SECRET of the news' });
  return { engine, folder, ann, ben, report, news, land, trained, shared, out: join(tempFolder(), 'part.sbk') };
}

async function received(file: string) {
  const folder = join(tempFolder(), 'Theirs.sourcebook');
  const eve = somebody('Eve');
  await importProjectFile({ file, folder, person: eve });
  return openFor(folder, eve);
}

const never = (): never => {
  throw new Error('It was there.');
};

const bytesOf = async (file: string): Promise<Buffer> => {
  const parts = await unzipped(file);
  const all = [...parts].map(([path, bytes]) => Buffer.concat([Buffer.from(path), readable(path, bytes)]));
  return Buffer.concat([readFileSync(file), ...all]);
};
const readable = (path: string, bytes: Buffer): Buffer => (path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes);

describe('A part', () => {
  it('by source has its passages and the codebook, and nothing else', async () => {
    const { engine, report, news, out } = await team();
    await engine.call('projectFile.export', { path: out, options: { only: { sources: [report.id] } } });
    expect((await verifyProjectFile(out, somebody('Eve'))).ok).toBe(true);
    const theirs = await received(out);
    expect((await theirs.call('sources.list', {})).sources.map(({ id }) => id)).toEqual([report.id]);
    expect((await theirs.call('passages.list', {})).passages).toHaveLength(2);
    const { categories } = await theirs.call('codebook.get', {});
    expect(categories).toHaveLength((await engine.call('codebook.get', {})).categories.length);
    const bytes = await bytesOf(out);
    expect(bytes.includes('SECRET of Ben')).toBe(true);
    for (const hidden of ['SECRET of the news', news.sha256, 'news of', 'organised'])
      expect(bytes.includes(hidden), hidden).toBe(false);
  });

  it('has no byte of its database that is withheld: not in free pages, nor in the remains of rows', async () => {
    const { engine, report, out, folder } = await team();
    await engine.call('projectFile.export', { path: out, options: { only: { sources: [report.id] } } });
    const database = [...(await unzipped(out))].find(([path]) => path.endsWith('project.sqlite'))?.[1] ?? never();
    /** All labels and values in a log. */
    const saidIn = (file: string): Set<string> => {
      const sqlite = new Database(file, { readonly: true });
      const all = sqlite.prepare('SELECT value FROM change_ UNION SELECT label FROM commit_ WHERE label IS NOT NULL');
      const found = new Set(all.pluck().all().map(String));
      sqlite.close();
      return found;
    };
    await engine.close();
    const copy = join(tempFolder(), 'part.sqlite');
    writeFileSync(copy, database);
    const shown = saidIn(copy);
    const text = [...shown].join('\n');
    const hidden = [...saidIn(join(folder, 'project.sqlite'))].filter(
      (value) => value.length > 8 && !text.includes(value),
    );
    expect(hidden.length).toBeGreaterThan(5);
    for (const value of hidden) expect(database.includes(value), value).toBe(false);
    const sqlite = new Database(copy, { readonly: true });
    expect(sqlite.pragma('freelist_count', { simple: true })).toBe(0);
    sqlite.close();
  });

  it('by person has their own work on their passages, and nothing by others', async () => {
    const { engine, ann, shared, out, land } = await team();
    await engine.call('projectFile.export', { path: out, options: { only: { people: [ann.id] } } });
    const theirs = await received(out);
    const { passages } = await theirs.call('passages.list', {});
    expect(passages.map(({ id, tags }) => [id, tags.map(({ category }) => category)])).toEqual([[shared.id, [land]]]);
    const bytes = await bytesOf(out);
    expect(bytes.includes('SECRET of')).toBe(false);
    expect(bytes.includes('Ask ')).toBe(true);
  });

  it('by category and source has the passages that match both', async () => {
    const { engine, trained, report, out } = await team();
    await engine.call('projectFile.export', {
      path: out,
      options: { only: { sources: [report.id], categories: [trained] } },
    });
    expect((await (await received(out)).call('passages.list', {})).total).toBe(2);
    const none = { sources: [report.id], categories: [trained], states: ['released' as const] };
    const fault = await codeOf(
      engine.call('projectFile.export', { path: out, replace: true, options: { only: none } }),
    );
    expect(fault).toBe('NOT_FOUND');
  });
});

describe('A pseudonymous export', () => {
  it('has no byte with a person’s name, id or key, the machine or its paths', async () => {
    const { engine, ann, ben, folder, out } = await team();
    const { id: project } = await engine.call('project.info', {});
    await engine.call('projectFile.export', { path: out, options: { pseudonyms: true } });
    const bytes = await bytesOf(out);
    // Of short names (`vm`) two or three bytes would be found anywhere by chance.
    const ours = [hostname(), userInfo().username].filter((name) => name.length > 4);
    const looked = [ANN, 'Sofie', 'Öberg', BEN, 'Benedikt', homedir(), folder, project, ...ours];
    for (const { id, privateKey } of [ann, ben]) looked.push(id, Buffer.from(rawPublicKey(privateKey)).toString('hex'));
    const lower = bytes.toString('latin1').toLowerCase();
    for (const word of looked)
      for (const encoding of ['utf8', 'utf16le'] as const) {
        const needle = Buffer.from(word, encoding).toString('latin1').toLowerCase();
        expect(lower.includes(needle), `${word} in ${encoding}`).toBe(false);
      }
    for (const { id, privateKey } of [ann, ben])
      for (const raw of [Buffer.from(id.replaceAll('-', ''), 'hex'), Buffer.from(rawPublicKey(privateKey))])
        expect(bytes.includes(raw)).toBe(false);
  });

  it('verifies as a project with the same evidence, by Coder 1 and Coder 2', async () => {
    const { engine, report, news, out } = await team();
    await engine.call('projectFile.export', { path: out, options: { pseudonyms: true } });
    expect(await verifyProjectFile(out, somebody('Eve'))).toMatchObject({ ok: true, failures: [] });
    const theirs = await received(out);
    const { title, people } = await theirs.call('project.info', {});
    expect(title).toBe('Coder 1’s county');
    expect(
      people
        .map(({ name }) => name)
        .filter((name) => name !== 'Eve')
        .toSorted(),
    ).toEqual(['Coder 1', 'Coder 2']);
    const { sources } = await theirs.call('sources.list', {});
    expect(sources.map(({ id }) => id).toSorted()).toEqual([report.id, news.id].toSorted());
    expect(sources.every(({ capture }) => capture.collector === null)).toBe(true);
    const { passages } = await theirs.call('passages.list', {});
    expect(passages.map(({ anchor }) => (anchor.kind === 'text' ? anchor.exact : '')).toSorted()).toEqual([
      'Land was transferred',
      'Workers were trained',
      'organised in groups',
    ]);
    const parts = await unzipped(out);
    const annotations = [...parts].find(([path]) => path.endsWith('annotations.jsonld'))?.[1].toString() ?? '';
    expect(annotations).toContain('"Coder 2"');
    expect([...parts.keys()].every((path) => path.startsWith('project/'))).toBe(true);
  });

  it('leaves out what was removed and what belonged to it, and keeps the evidence', async () => {
    const { engine, news, shared, report, trained, out } = await team();
    const memo = 'REMOVED with its passage';
    const gone = await mark(engine, report.id, 'Workers were', { categories: [trained], memo });
    await engine.call('passages.remove', { ids: [gone.id] });
    const target = { kind: 'passage' as const, id: shared.id };
    const own = await engine.call('memos.set', { target, text: 'REMOVED by itself' });
    await engine.call('memos.remove', { id: own.memo?.id ?? never() });
    await engine.call('sources.remove', { ids: [news.id] });
    await engine.call('projectFile.export', { path: out, options: { pseudonyms: true } });
    const bytes = await bytesOf(out);
    for (const hidden of ['REMOVED', 'SECRET of the news', news.sha256, 'organised'])
      expect(bytes.includes(hidden), hidden).toBe(false);
    expect(bytes.includes('SECRET of Ben')).toBe(true);
    expect((await verifyProjectFile(out, somebody('Eve'))).failures).toEqual([]);
    expect((await (await received(out)).call('passages.list', {})).total).toBe(2);
  });

  it('can be a part, is never signed, and leaves no other file', async () => {
    const { engine, folder, report, out } = await team();
    const options = { pseudonyms: true, only: { sources: [report.id] } };
    const fault = await faultOf(
      engine.call('projectFile.export', { path: out, options: { ...options, protection: { sign: true } } }),
    );
    expect(fault.code).toBe('NOT_ALLOWED');
    await engine.call('projectFile.export', { path: out, options });
    expect((await bytesOf(out)).includes('SECRET of the news')).toBe(false);
    expect((await (await received(out)).call('passages.list', {})).total).toBe(2);
    expect(readdirSync(join(folder, 'cache')).filter((name) => name.includes('export'))).toEqual([]);
  });
});

describe('Names in texts', () => {
  const { evidence, notes } = scrubber({
    names: new Map([
      ['Ann Lee', 'Coder 1'],
      ['李明', 'Coder 2'],
      ['Bo', 'Coder 3'],
      ['May Chen', 'Coder 4'],
      ['Maria Weber', 'Coder 5'],
      ['June', 'Coder 6'],
    ]),
    machine: ['/home/anna', 'thinkpad-7'],
  });

  it.each([
    ['Ann Lee said so, and ANN  LEE again', 'Coder 1 said so, and Coder 1 again'],
    ['Chen, May and CHEN,MAY and Chen  May', 'Coder 4 and Coder 4 and Coder 4'],
    ['In May 2023 Governor Chen spoke', 'In May 2023 Governor Chen spoke'],
    ['Maria Weber on the Weber plant', 'Coder 5 on the Weber plant'],
    ['In June the june bugs came', 'In June the june bugs came'],
    ['Ann agreed; Lee did not', 'Ann agreed; Lee did not'],
    ['Annual planning, leeway, Boston', 'Annual planning, leeway, Boston'],
    ['经李明核对', '经Coder 2核对'],
    ['bo: yes', 'Coder 3: yes'],
    ['see /home/anna/x.pdf on THINKPAD-7', 'see …/x.pdf on …'],
    ['Ａｎｎ Ｌｅｅ', 'Ａｎｎ Ｌｅｅ'],
  ])('%s', (text, expected) => {
    expect(evidence(text)).toBe(expected);
  });

  it.each([
    ['Weber agreed, and Maria; webers did not', 'Coder 5 agreed, and Coder 5; webers did not'],
    ['Chen will look in May; Ann Lee too', 'Coder 4 will look in May; Coder 1 too'],
    ['Ask June', 'Ask Coder 6'],
  ])('in a note: %s', (text, expected) => {
    expect(notes(text)).toBe(expected);
  });

  it.each([
    ['one word', 'Ｋ'.normalize('NFKC').repeat(300_000)],
    ['many words', 'Otto, the  Great (of 秦) '.repeat(12_000).trim()],
    ['figures of two units', '😀'.repeat(150_000)],
  ])('are replaced whatever their length: %s', (_what, name) => {
    const long = scrubber({
      names: new Map([
        [name, 'Coder 1'],
        ['Ann Lee', 'Coder 2'],
      ]),
      machine: [],
    });
    expect(long.notes(`Ann Lee asks ${name.toUpperCase()}; and ${name}, Ann Lee says`)).toBe(
      'Coder 2 asks Coder 1; and Coder 1, Coder 2 says',
    );
    expect(long.evidence(`${name.slice(0, -2)} is another`)).toBe(`${name.slice(0, -2)} is another`);
  });

  it('are replaced at any depth of a value; ids, hashes and quotations stay', () => {
    const id = '01a2187c-1ae0-7000-a978-628839e3647e';
    const value = { quote: 'Ann Lee', notes: ['Ann Lee', 3, null, { by: id }] };
    expect(scrubValue(value, evidence, new Set(['quote']))).toEqual({
      quote: 'Ann Lee',
      notes: ['Coder 1', 3, null, { by: id }],
    });
  });
});
