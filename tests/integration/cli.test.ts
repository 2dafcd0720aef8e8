import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipped, zipped } from '../support/bag.ts';
import { commandLine, commandProcesses } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
const REPORT =
  '柳泉县2023年政府工作报告（虚构样本）\n全年农村富余劳动力\n转移就业１２３４人次。组织培训，\n2023年全县流转土地4.8万亩。\nThe “surplus” labour was trans-\nferred. 转移就业 again 😀.\n';

let source = '';
let passage = '';

beforeAll(async () => {
  writeFileSync(join(folder, 'report.txt'), REPORT);
  writeFileSync(join(folder, 'again.txt'), REPORT);
  writeFileSync(join(folder, 'table.csv'), 'a,b');
  writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7 and nothing else');
  await sourcebook('new', 'county', '--title', 'County \u001b[31mreports');
});
afterAll(() => removeFolder(folder));

/** Escape sequences begin with one of these. */
const ESCAPES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

describe('the command line', () => {
  it('adds files: each is added, duplicate, skipped or failed with its reason, and a failure changes the exit code', async () => {
    const first = await sourcebook.json('add', 'county', 'report.txt', '--record', '{"publisher":"柳泉县人民政府"}');
    expect(first.code).toBe(0);
    expect(first.value.items).toEqual([
      { path: 'report.txt', status: 'added', source: expect.any(String), error: null },
    ]);
    source = first.value.items[0].source;
    const more = await sourcebook.json('add', 'county', 'again.txt', 'table.csv', 'broken.pdf', 'nowhere.txt');
    expect(more.code).toBe(1);
    const message = expect.any(String);
    expect(more.value.items).toMatchObject([
      { path: 'again.txt', status: 'duplicate', source },
      { path: 'table.csv', status: 'skipped', source: null },
      { path: 'broken.pdf', status: 'failed', source: null, error: { code: 'DAMAGED', message } },
      { path: 'nowhere.txt', status: 'failed', source: null, error: { code: 'NOT_FOUND', message } },
    ]);
  });

  it('lists sources with their missing details', async () => {
    const { value, code } = await sourcebook.json('sources', 'county');
    expect(code).toBe(0);
    expect(value.sources).toHaveLength(1);
    expect(value.sources[0]).toMatchObject({
      id: source,
      title: 'report.txt',
      kind: 'text',
      pages: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: Buffer.byteLength(REPORT),
    });
    expect(value.sources[0].gaps).toContain('author');
    expect(value.sources[0].gaps).not.toContain('publisher');
  });

  it('prints plain text, so that offsets count in it, and with --json its layer', async () => {
    const bare = await sourcebook('text', 'county', source);
    const { value } = await sourcebook.json('text', 'county', source);
    expect(bare.out).toBe(value.text);
    expect(value.layer).toEqual({ id: expect.any(String), engine: 'plain-text', version: expect.any(String) });
    const page = await sourcebook.json('text', 'county', source, '--page', '1');
    expect(page.value.text).toBe(value.text);
    expect((await sourcebook.json('text', 'county', source, '--page', '2')).code).toBe(1);
  });

  it('highlights a quotation as it was typed; `exact` is the layer’s own slice', async () => {
    const made = await sourcebook.json(
      'highlight',
      'county',
      source,
      '--quote',
      '劳动力转移就业1234人次',
      '--memo',
      'A figure',
      '--category',
      'LND.RIGHTS',
      '--category',
      'fig.act',
    );
    expect(made.code).toBe(0);
    const { text } = (await sourcebook.json('text', 'county', source)).value;
    passage = made.value.passage.id;
    const { start, end } = made.value.passage;
    expect(made.value.passage).toEqual({
      id: passage,
      source,
      exact: '劳动力\n转移就业１２３４人次',
      start: text.indexOf('劳动力'),
      end: text.indexOf('。组织'),
      page: 1,
    });
    expect(text.slice(start, end)).toBe(made.value.passage.exact);
  });

  it('reports a quotation that is not found, or found more than once, and accepts context to tell them apart', async () => {
    const nowhere = await sourcebook.json('highlight', 'county', source, '--quote', '强制');
    expect(nowhere).toMatchObject({ code: 1, value: { error: { code: 'NOT_FOUND' } } });
    const twice = await sourcebook.json('highlight', 'county', source, '--quote', '转移就业');
    expect(twice).toMatchObject({ code: 1, value: { error: { code: 'AMBIGUOUS', context: { places: 2 } } } });
    expect(twice.err.trim()).toBe(twice.value.error.message);
    const marked = await sourcebook.json('highlight', 'county', source, '--quote', '转移就业', '--suffix', ' again');
    expect(marked.value.passage.exact).toBe('转移就业');
    const short = String(marked.value.passage.id).slice(0, 34);
    for (const act of ['remove', 'restore', 'remove']) expect((await sourcebook(act, 'county', short)).code).toBe(0);
    expect((await sourcebook('remove', 'county', 'abc')).err).toContain('No source or passage matches “abc”');
  });

  it('adds and removes tags of the acting person only', async () => {
    const tagged = await sourcebook.json('tag', 'county', passage, '--add', 'SYS.PALT', '--person', 'Aynur');
    expect(tagged.value.passage.tags).toEqual(
      expect.arrayContaining([
        { category: 'LND.RIGHTS', person: 'Nour' },
        { category: 'FIG.ACT', person: 'Nour' },
        { category: 'SYS.PALT', person: 'Aynur' },
      ]),
    );
    const untagged = await sourcebook.json('tag', 'county', passage, '--remove', 'SYS.PALT', '--remove', 'FIG.ACT');
    expect(untagged.value.passage.tags).toEqual(
      expect.arrayContaining([
        { category: 'LND.RIGHTS', person: 'Nour' },
        { category: 'SYS.PALT', person: 'Aynur' },
      ]),
    );
    expect(untagged.value.passage.tags).toHaveLength(2);
    expect((await sourcebook.json('tag', 'county', passage, '--add', 'NO.SUCH')).value.error.code).toBe('NOT_FOUND');
    expect((await sourcebook.json('tag', 'county', passage)).code).toBe(2);
  });

  it('lists passages in full, by source and by category', async () => {
    const { value } = await sourcebook.json('passages', 'county', '--source', source);
    expect(value.passages).toHaveLength(1);
    const [only] = value.passages;
    expect(only).toMatchObject({ id: passage, source, page: 1, state: 'coded', exact: '劳动力\n转移就业１２３４人次' });
    const { text } = (await sourcebook.json('text', 'county', source)).value;
    expect(text.slice(0, only.start).endsWith(only.prefix)).toBe(true);
    expect(text.slice(only.end).startsWith(only.suffix)).toBe(true);
    expect((await sourcebook.json('passages', 'county', '--category', 'SYS.PALT')).value.passages).toHaveLength(1);
    expect((await sourcebook.json('passages', 'county', '--category', 'FIG.ACT')).value.passages).toHaveLength(0);
  });

  it('searches texts, passages and memos; `total` counts every match, `--limit` only shortens the list', async () => {
    const { text } = (await sourcebook.json('text', 'county', source)).value;
    const everywhere = await sourcebook.json('search', 'county', '轉移就業');
    expect(everywhere.code).toBe(0);
    expect(everywhere.value).toEqual({
      total: 3,
      hits: ['sources', 'sources', 'passages'].map((where) => ({
        in: where,
        source,
        passage: where === 'passages' ? passage : null,
        start: expect.any(Number),
        end: expect.any(Number),
        text: '转移就业',
        snippet: expect.stringContaining('转移就业'),
      })),
    });
    for (const { start, end } of everywhere.value.hits) expect(text.slice(start, end)).toBe('转移就业');
    const first = await sourcebook.json('search', 'county', '转移就业', '--in', 'sources', '--limit', '1');
    expect(first.value).toMatchObject({ total: 2, hits: [{ in: 'sources' }] });
    expect(first.err).toContain('Showing 1 of 2 results.');
    const memos = await sourcebook.json('search', 'county', 'FIGURE', '--in', 'memos');
    expect(memos.value).toEqual({
      total: 1,
      hits: [{ in: 'memos', source, passage, start: 2, end: 8, text: 'figure', snippet: 'A figure' }],
    });
    expect((await sourcebook.json('search', 'county', '…')).value).toEqual({ total: 0, hits: [] });
    for (const wrong of [[' '], ['(x'], ['x', '--in', 'titles'], ['x', '--limit', '0'], ['x', '--limit', 'all'], []])
      expect(await sourcebook.json('search', 'county', ...wrong)).toMatchObject({
        code: 2,
        value: { error: { code: 'USAGE', message: expect.stringMatching(/^.{10,}$/) } },
      });
  });

  it('shows the codebook with its own codes and the number of passages', async () => {
    const { categories } = (await sourcebook.json('codebook', 'county')).value;
    expect(categories).toHaveLength(77);
    expect(categories.find((one: { id: string }) => one.id === 'LND.RIGHTS')).toEqual({
      id: 'LND.RIGHTS',
      parent: 'LND',
      name: 'Land-use-rights transfer',
      passages: 1,
    });
  });

  it('writes, removes and restores memos, passages and sources', async () => {
    const memo = (await sourcebook.json('memo', 'county', passage, 'See page 3')).value.memo;
    expect(memo).toEqual({ id: expect.any(String), passage, person: 'Nour', text: 'See page 3' });
    const memos = async (): Promise<unknown[]> =>
      (await sourcebook.json('passages', 'county')).value.passages.flatMap((one: { memos: unknown[] }) => one.memos);
    const removed = await sourcebook.json('remove', 'county', memo.id);
    expect(removed.value).toEqual({ label: 'Move memo to trash', left: [] });
    expect(await memos()).toEqual([]);
    await sourcebook('restore', 'county', memo.id);
    expect(await memos()).toEqual([{ id: memo.id, text: 'See page 3', person: 'Nour' }]);

    expect((await sourcebook('remove', 'county', source)).out).toContain('report.txt');
    expect((await sourcebook.json('sources', 'county')).value.sources).toEqual([]);
    expect((await sourcebook.json('passages', 'county')).value.passages).toEqual([]);
    expect((await sourcebook.json('restore', 'county', source)).code).toBe(0);
    expect(await memos()).toHaveLength(1);
    expect((await sourcebook.json('remove', 'county', '01890000-0000-7000-8000-000000000000')).value.error.code).toBe(
      'NOT_FOUND',
    );
  });

  it('undoes and redoes across processes, and lists the history', async () => {
    await sourcebook('tag', 'county', passage, '--add', 'FIG.ACT');
    const tags = async (): Promise<unknown[]> => (await sourcebook.json('passages', 'county')).value.passages[0].tags;
    expect(await tags()).toHaveLength(3);
    const program = commandProcesses(folder, join(folder, 'home'));
    const undone = await program.json('undo', 'county');
    expect(undone.value).toEqual({ label: expect.stringMatching(/^Tag passage: /), left: [] });
    expect(await tags()).toHaveLength(2);
    expect((await program.json('redo', 'county')).value).toEqual(undone.value);
    expect(await tags()).toHaveLength(3);
    expect(await sourcebook.json('redo', 'county')).toMatchObject({
      code: 1,
      value: { error: { code: 'NOTHING_TO_REDO' } },
    });

    const { commits } = (await sourcebook.json('log', 'county')).value;
    expect(commits.at(-1).label).toContain('Create project');
    expect(commits[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      person: 'Nour',
      label: `Redo: ${undone.value.label}`,
    });
    expect(new Set(commits.map((one: { person: string }) => one.person))).toEqual(new Set(['Nour', 'Aynur']));
  });

  it('exports the project as one file, which verifies and can be imported as the same project', async () => {
    const written = await sourcebook.json('export', 'county', 'county.sbk');
    expect(written.value).toMatchObject({ file: join(folder, 'county.sbk'), bytes: expect.any(Number) });
    expect((await sourcebook.json('export', 'county', 'county.sbk')).value.error.code).toBe('EXISTS');
    expect((await sourcebook.json('verify', 'county.sbk')).value).toMatchObject({ ok: true, failures: [] });
    expect((await sourcebook.json('import', 'colleague', 'county.sbk')).code).toBe(0);
    expect((await sourcebook.json('import', 'colleague', 'county.sbk')).value.error.code).toBe('EXISTS');
    for (const command of ['sources', 'passages', 'codebook', 'log'])
      expect((await sourcebook.json(command, 'colleague')).value).toEqual(
        (await sourcebook.json(command, 'county')).value,
      );
  });

  it('finds altered data, reports each once, and ends with 3', async () => {
    expect(await sourcebook.json('verify', 'colleague')).toMatchObject({ code: 0, value: { ok: true, failures: [] } });
    const originals = join(folder, 'colleague.sourcebook/originals');
    const [name = ''] = readdirSync(originals, { recursive: true, encoding: 'utf8' }).filter((one) => one.length > 60);
    const path = join(originals, name);
    chmodSync(path, 0o600);
    writeFileSync(path, readFileSync(path, 'utf8').replace('4.8', '8.4'));
    const found = await sourcebook.json('verify', 'colleague');
    expect(found.code).toBe(3);
    expect(found.value).toMatchObject({ ok: false, checked: expect.any(Number) });
    expect(found.value.failures).toEqual([
      { kind: 'original', id: expect.stringMatching(/^[0-9a-f]{64}$/), message: expect.stringContaining('report.txt') },
    ]);
    const bag = join(folder, 'county.sbk');
    const bytes = readFileSync(bag);
    writeFileSync(join(folder, 'bent.sbk'), bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 64));
    expect((await sourcebook.json('verify', 'bent.sbk')).code).toBe(3);
    writeFileSync(join(folder, 'cut.sbk'), bytes.subarray(0, 1000));
    expect(await sourcebook.json('verify', 'cut.sbk')).toMatchObject({ code: 3, value: { ok: false } });
    expect(await sourcebook.json('import', 'never', 'cut.sbk')).toMatchObject({
      code: 3,
      value: { error: { code: 'DAMAGED' } },
    });
  });
});

describe('a project file that is rejected', () => {
  it('because it is malicious gives a failed report and exit code 3', async () => {
    await sourcebook('export', 'county', 'sound.sbk');
    const whole = await unzipped(join(folder, 'sound.sbk'));
    await zipped(join(folder, 'evil.sbk'), [...whole, ['other/data/x', Buffer.from('x')]]);
    await zipped(join(folder, 'bomb.sbk'), [...whole, ['sound/data/zeros', Buffer.alloc(20 << 20)]]);
    for (const [file, told] of [
      ['evil.sbk', 'more than one top folder'],
      ['bomb.sbk', 'times its size'],
    ] as const) {
      const { code, value } = await sourcebook.json('verify', file);
      expect([file, code, value.ok]).toEqual([file, 3, false]);
      expect(value.failures).toEqual([{ kind: 'manifest', id: file, message: expect.stringContaining(told) }]);
    }
  });

  it('because a newer Sourcebook wrote it gives an error and exit code 1', async () => {
    const whole = await unzipped(join(folder, 'sound.sbk'));
    const newer = [...whole].map(([name, bytes]): [string, Buffer] => [
      name,
      name.endsWith('/bag-info.txt') ? Buffer.from(bytes.toString().replace(/(Format: )\d+/, '$199')) : bytes,
    ]);
    await zipped(join(folder, 'newer.sbk'), newer);
    const { code, value } = await sourcebook.json('verify', 'newer.sbk');
    expect([code, value.error?.code]).toEqual([1, 'PROJECT_NEWER']);
  });
});

describe('a daily backup that fails', () => {
  it('is reported on stderr by every command, which still does its work', async () => {
    await sourcebook('new', 'unsaved', '--codebook', 'empty');
    const backups = join(folder, 'unsaved.sourcebook/backups');
    rmSync(backups, { recursive: true, force: true });
    writeFileSync(backups, 'in the way');
    const { code, value, err } = await sourcebook.json('add', 'unsaved', 'report.txt');
    expect([code, value.items[0].status]).toEqual([0, 'added']);
    expect(err).toContain('Couldn’t make today’s backup of this project.');
  });
});

describe('output for people', () => {
  it('contains no escape sequence from names, titles or texts', async () => {
    const dressed = 'a\u001b[2Jb\u009b31m\u0007.txt';
    writeFileSync(join(folder, dressed), 'words \u001b[31m red\n');
    const runs = [
      await sourcebook('add', 'county', dressed),
      await sourcebook('sources', 'county'),
      await sourcebook('log', 'county'),
      await sourcebook('highlight', 'county', source, '--quote', '\u001b[31mred'),
      await sourcebook('tag', 'county', passage, '--add', '\u001b]0;title\u0007'),
      await sourcebook('memo', 'county', passage, 'words\u001b[8m hidden'),
      await sourcebook('passages', 'county', '--category', '\u001b[5m'),
      await sourcebook('undo', 'county'),
      await sourcebook('bad\u001b[31mcommand'),
    ];
    for (const { out, err } of runs) expect(out + err).not.toMatch(ESCAPES);
    const { items } = (await sourcebook.json('add', 'county', dressed)).value;
    expect(items[0].path).toBe(dressed);
    const text = await sourcebook('text', 'county', items[0].source);
    expect(text.out).not.toMatch(ESCAPES);
    expect(text.out).toHaveLength((await sourcebook.json('text', 'county', items[0].source)).value.text.length);
  });
});

describe('output for scripts', () => {
  it('is one JSON document on stdout and a sentence on stderr for every failure', async () => {
    const usage = [
      'frobnicate',
      'highlight county x',
      'new',
      'sources county --no-such-option',
      'text county x --page 0',
    ];
    for (const line of usage) {
      const { code, value, err } = await sourcebook.json(...line.split(' '));
      expect([line, code, value.error.code]).toEqual([line, 2, 'USAGE']);
      expect(err.trim()).toBe(value.error.message);
      expect(value.error.message).toMatch(/\. Run (?:the command with --help|sourcebook --help to see them all)\.$/);
    }
    const record = await sourcebook.json('add', 'county', 'report.txt', '--record', '{"publsher":"x"}');
    expect(record).toMatchObject({ code: 2, value: { error: { code: 'USAGE' } } });
    expect(record.value.error.message).toContain('publsher');
    expect((await sourcebook.json('add', 'county', 'report.txt', '--record', '{')).code).toBe(2);
    expect((await sourcebook.json('sources', 'nowhere')).value.error.code).toBe('NOT_A_PROJECT');
    expect((await sourcebook.json('new', 'county')).value.error.code).toBe('EXISTS');
    expect((await sourcebook.json('text', 'county', 'nonsense')).value.error.code).toBe('NOT_FOUND');
    expect((await sourcebook.json('new', 'other', '--codebook', 'nowhere.json')).value.error.code).toBe('NOT_FOUND');
  });

  it('help exits with 0, and no error prints a stack trace', async () => {
    const help = await sourcebook('--help');
    expect(help.code).toBe(0);
    for (const name of ['new', 'add', 'sources', 'text', 'highlight', 'tag', 'memo', 'passages', 'codebook', 'remove'])
      expect(help.out).toContain(`  ${name} `);
    const bare = await sourcebook();
    expect(bare.code).toBe(2);
    expect(bare.err).not.toMatch(/^\s+at /m);
  });
});

describe('long commands', () => {
  it('an interrupted import keeps the files added so far, reports them, and the project verifies', async () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    const FILES = 400;
    for (let file = 0; file < FILES; file++)
      writeFileSync(join(many, `${file}.txt`), `File ${file}\n${REPORT.repeat(20)}`);
    await sourcebook('new', 'large', '--codebook', 'empty');
    const adding = sourcebook.start('add', 'large', 'many', '--json');
    const originals = join(folder, 'large.sourcebook/originals');
    while (!existsSync(originals) || readdirSync(originals).length < 10) await setTimeout(20);
    adding.signal('SIGINT');
    const { code, out, err } = await adding.ended;
    expect([code, err]).toEqual([1, 'Stopped. Sources already added stay in the project.\n']);
    const { items } = JSON.parse(out) as { items: { status: string }[] };
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThan(FILES);
    expect((await sourcebook.json('sources', 'large')).value.sources).toHaveLength(items.length);
    expect(await sourcebook.json('verify', 'large')).toMatchObject({ code: 0, value: { ok: true } });
  });
});
