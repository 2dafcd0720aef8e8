import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine, type Engine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { sourceId } from '../../shared/model/index.ts';
import { commandLine, type CommandLine } from '../support/cli.ts';
import { categoriesOf, mark, somebody } from '../support/project.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { cohen, krippendorff, numberOf } from '../unit/shared/agreement/oracle.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));
const on = (home: string): CommandLine => commandLine(folder, join(folder, home));
const [ann, ben] = [on('ann'), on('ben')];

/** 200 sentences, four a paragraph. Which are about land and about transfer is known, and Ben errs on some. */
const sentence = (at: number): string =>
  `第${at}件：${at % 2 === 0 ? '流转土地若干亩' : at % 3 === 0 ? '组织转移就业若干人' : '召开会议一次'}。`;
const TEXT = Array.from({ length: 50 }, (_, row) => [0, 1, 2, 3].map((k) => sentence(4 * row + k)).join('')).join('\n');
const isLand = (at: number): boolean => at % 2 === 0;
const isTransfer = (at: number): boolean => at % 2 === 1 && at % 3 === 0;
const benSaysLand = (at: number): boolean => (at % 10 === 4 ? false : isLand(at) || at % 20 === 1);
const numberIn = (text: string): number => Number(/第(\d+)件/.exec(text)?.[1]);

interface Unit {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}
/** The sentence of a unit with what makes it findable: its number. */
const quoteAt = ({ start, end }: Unit): string => TEXT.slice(start, end);

/** A person at their own installation, in this process: a command takes half a second, and they mark a lot. */
async function at(home: string, name: string, project: string, work: (engine: Engine) => Promise<void>): Promise<void> {
  const own = openHome({ SOURCEBOOK_HOME: join(folder, home) });
  const engine = await openEngine({
    folder: join(folder, `${project}.sourcebook`),
    person: own.person(name),
    installation: own.installation(),
  });
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}
async function give(engine: Engine, source: string, quote: string, code: string, memo = ''): Promise<string> {
  const categories = await categoriesOf(engine, code);
  return (await mark(engine, sourceId.parse(source), quote, { categories, memo })).id;
}

/** A project of Ann's with the text, and an assignment of 20 sentences for Ben. */
async function assigned(name: string, ...options: string[]) {
  writeFileSync(join(folder, 'report.txt'), TEXT);
  await ann('new', name, '--title', 'Liuquan', '--person', 'Ann');
  const added = await ann.json('add', name, 'report.txt', '--person', 'Ann');
  const source: string = added.value.items[0].source;
  const given = await ann.json(
    'assign',
    name,
    `${name}-ben.sbk`,
    '--coder',
    'Ben',
    '--sample',
    'sentences:10%',
    '--seed',
    '7',
    '--person',
    'Ann',
    ...options,
  );
  expect(given).toMatchObject({
    code: 0,
    value: { assignment: { units: 20, unit: 'sentence', coderName: 'Ben', seed: 7 } },
  });
  const units: Unit[] = given.value.assignment.sample;
  return { source, units, assignment: String(given.value.assignment.id) };
}

describe('Blind double coding', () => {
  it('from the sample to agreement and adjudication', { timeout: 240_000 }, async () => {
    const { source, units, assignment } = await assigned('county');
    const numbers = units.map((unit) => numberIn(quoteAt(unit)));
    const annsIds: string[] = [];
    await at('ann', 'Ann', 'county', async (engine) => {
      for (const unit of units) {
        const number = numberIn(quoteAt(unit));
        if (isLand(number)) annsIds.push(await give(engine, source, quoteAt(unit), 'LND.RIGHTS', `SECRET${number}`));
        if (isTransfer(number)) await give(engine, source, quoteAt(unit), 'TRF.PAIR');
      }
    });
    // Given out again, now that there is something to hide: the same sample, of the same seed.
    const again = await ann.json(
      'assign',
      'county',
      'again.sbk',
      '--coder',
      'Ben',
      '--sample',
      'sentences:10%',
      '--seed',
      '7',
      '--person',
      'Ann',
    );
    expect(again.value.assignment.sample).toEqual(units);
    const file = readFileSync(join(folder, 'again.sbk')).toString('latin1');
    for (const id of annsIds) expect(file.includes(id)).toBe(false);

    expect((await ben('import', 'copy', 'again.sbk', '--person', 'Ben')).code).toBe(0);
    expect((await ben.json('passages', 'copy')).value.passages).toEqual([]);
    expect(
      (await ben.json('codebook', 'copy')).value.categories.every((one: { passages: number }) => one.passages === 0),
    ).toBe(true);
    const told = await ben.json('assignments', 'copy');
    expect(told.value.blind).toBe(again.value.assignment.id);
    await at('ben', 'Ben', 'copy', async (engine) => {
      for (const unit of told.value.assignments[0].sample as Unit[])
        if (benSaysLand(numberIn(quoteAt(unit)))) await give(engine, source, quoteAt(unit).slice(0, -1), 'LND.RIGHTS');
    });
    const back = await ben.json('export', 'copy', 'back.sbk', '--person', 'Ben');
    expect(back.value.assignment).toBe(again.value.assignment.id);
    expect(back.err).toContain('marks your coding as finished');

    const merged = await ann.json('merge', 'county', 'back.sbk', '--person', 'Ann');
    expect(merged).toMatchObject({ code: 0, value: { conflicts: [], refused: [] } });
    expect(await ann.json('merge', 'county', 'back.sbk', '--person', 'Ann')).toMatchObject({
      value: { adds: 0, changes: 0 },
    });

    const report = await ann.json('agreement', 'county', '--assignment', again.value.assignment.id, '--person', 'Ann');
    expect(report.code).toBe(0);
    const { value } = report;
    expect(value).toMatchObject({
      unit: 'sentence',
      units: 20,
      coders: [
        { name: 'Ann', units: 20 },
        { name: 'Ben', units: 20 },
      ],
    });
    const matrix = [numbers.map((at) => Number(isLand(at))), numbers.map((at) => Number(benSaysLand(at)))];
    const land = value.categories.find(({ id }: { id: string }) => id === 'LND.RIGHTS');
    expect(Math.abs(land.kappa - Number(numberOf(cohen(matrix))))).toBeLessThan(1e-9);
    expect(Math.abs(land.alpha - Number(numberOf(krippendorff(matrix))))).toBeLessThan(1e-9);
    expect(land.interval[0]).toBeLessThanOrEqual(land.alpha);
    expect(land.alpha).toBeLessThan(1);
    const unused = value.categories.find(({ prevalence }: { prevalence: number }) => prevalence === 0);
    expect(unused).toMatchObject({
      n: 20,
      alpha: 'undefined',
      kappa: 'undefined',
      fleiss: 'undefined',
      interval: null,
    });
    // The command does not name the assignment. Ben judged his sample and nothing else.
    const whole = await ann.json('agreement', 'county', '--coders', 'Ann,Ben', '--person', 'Ann');
    expect(whole.value).toMatchObject({ units: 200, coders: [{ units: 200 }, { units: 20 }], overall: { n: 20 } });
    expect(whole.value.categories.find(({ id }: { id: string }) => id === 'LND.RIGHTS').alpha).toBe(land.alpha);

    const { value: differ } = await ann.json(
      'differences',
      'county',
      '--assignment',
      again.value.assignment.id,
      '--person',
      'Ann',
    );
    const wanted = numbers.filter((at) => isLand(at) !== benSaysLand(at) || isTransfer(at));
    expect(differ.differences.map(({ text }: { text: string }) => numberIn(text))).toEqual(wanted);
    const first = differ.differences[0];
    const decided = await ann.json(
      'adjudicate',
      'county',
      first.passage,
      '--category',
      'LND.RIGHTS',
      '--reason',
      'The text names land.',
      '--person',
      'Ann',
    );
    expect(decided.value.adjudication).toMatchObject({
      passage: first.passage,
      categories: ['LND.RIGHTS'],
      reason: 'The text names land.',
      person: 'Ann',
    });
    const compared = decided.value.adjudication.compared as { person: string; categories: string[] }[];
    const codingOf = (name: string): string[] =>
      first.coders.find((one: { name: string }) => one.name === name).categories;
    expect(new Map(compared.map(({ person, categories }) => [person, categories]))).toEqual(
      new Map(['Ann', 'Ben'].map((name) => [name, codingOf(name)])),
    );
    const after = await ann.json(
      'differences',
      'county',
      '--assignment',
      again.value.assignment.id,
      '--open',
      '--person',
      'Ann',
    );
    expect(after.value).toMatchObject({ decided: 1 });
    expect(after.value.differences).toHaveLength(wanted.length - 1);
    expect((await ann.json('verify', 'county')).value.ok).toBe(true);
    expect(
      (await ann.json('assignments', 'county')).value.assignments.map(
        ({ id, coderDone }: { id: string; coderDone: boolean }) => [id, coderDone],
      ),
    ).toEqual([
      [assignment, false],
      [again.value.assignment.id, true],
    ]);

    // Cleo was not asked to code the sample, and tags a sentence of it.
    await at(
      'ann',
      'Cleo',
      'county',
      async (engine) => void (await give(engine, source, sentence(numbers[0] ?? NaN).slice(0, -1), 'FIG.ACT')),
    );
    const shown = await ann.json('agreement', 'county', '--person', 'Ann');
    expect(shown.value).toMatchObject({ assignment: again.value.assignment.id, units: 20, overall: value.overall });
    expect((await ann.json('differences', 'county', '--person', 'Ann')).value).toEqual(
      (await ann.json('differences', 'county', '--assignment', again.value.assignment.id, '--person', 'Ann')).value,
    );
    const everyone = await ann.json('agreement', 'county', '--everyone', '--person', 'Ann');
    expect(everyone.value).toMatchObject({ assignment: null, units: 200 });
    expect(everyone.value.coders).toHaveLength(3);
  });

  it('no one sees the other’s coding until both have submitted', { timeout: 120_000 }, async () => {
    const { source, units } = await assigned('both', '--lead-too');
    const [unit = units[0]] = units;
    if (unit === undefined) throw new Error('a unit');
    await ben('import', 'both-copy', 'both-ben.sbk', '--person', 'Ben');
    await at('ben', 'Ben', 'both-copy', async (engine) => {
      await give(engine, source, quoteAt(unit), 'LND.RIGHTS');
    });
    await ben('export', 'both-copy', 'both-back.sbk', '--person', 'Ben');
    const early = await ann.json('merge', 'both', 'both-back.sbk', '--person', 'Ann');
    expect(early).toMatchObject({ code: 1, value: { error: { code: 'NOT_ALLOWED' } } });
    expect((await ann.json('passages', 'both')).value.passages).toEqual([]);
    expect((await ann.json('done', 'both', '--person', 'Ann')).value.assignment.leadDone).toBe(true);
    expect((await ann.json('merge', 'both', 'both-back.sbk', '--person', 'Ann')).code).toBe(0);
    expect((await ann.json('passages', 'both')).value.passages).toHaveLength(1);
  });

  it('reports when someone other than the assigned coder submits', { timeout: 120_000 }, async () => {
    await assigned('wrong');
    await ben('import', 'wrong-copy', 'wrong-ben.sbk', '--person', 'Cem');
    await ben('export', 'wrong-copy', 'wrong-back.sbk', '--person', 'Cem');
    const merged = await ann('merge', 'wrong', 'wrong-back.sbk', '--person', 'Ann');
    expect(merged).toMatchObject({
      code: 0,
      err: expect.stringMatching(/was assigned to .*Ben.*, but .*Cem.* submitted it/),
    });
    expect((await ann('assignments', 'wrong')).err).toMatch(/Cem.* submitted it/);
  });

  it('explains invalid input', { timeout: 60_000 }, async () => {
    const code = async (...args: string[]) => (await ann.json(...args, '--person', 'Ann')).value.error.code;
    expect(await code('assign', 'county', 'x.sbk', '--coder', 'Ben', '--sample', 'words:5')).toBe('BAD_INPUT');
    expect(await code('agreement', 'county', '--unit', 'page')).toBe('USAGE');
    expect(await code('agreement', 'county', '--coders', 'Nobody')).toBe('NOT_FOUND');
    expect(await code('adjudicate', 'county', '00000000', '--reason', 'x')).toBe('USAGE');
    expect(await code('confirm', 'county')).toBe('USAGE');
  });
});

describe('A changed codebook', () => {
  it(
    'earlier tags are listed for their person to confirm; the report names the codebook’s version',
    { timeout: 120_000 },
    async () => {
      writeFileSync(join(folder, 'report.txt'), TEXT);
      const book = {
        format: 'sourcebook-codebook/1',
        id: 'small',
        title: 'Small',
        version: '0.1',
        language: 'en',
        categories: [{ code: 'A', parent: null, name: 'Land', definition: 'All of land.', colour: '#335577' }],
        dimensions: [],
      };
      writeFileSync(join(folder, 'book.json'), JSON.stringify(book));
      await ann('new', 'book', '--codebook', 'book.json', '--person', 'Ann');
      const { value } = await ann.json('add', 'book', 'report.txt', '--person', 'Ann');
      const source: string = value.items[0].source;
      let passage = '';
      await at('ann', 'Ann', 'book', async (engine) => void (passage = await give(engine, source, sentence(2), 'A')));
      await at('ann', 'Ben', 'book', async (engine) => void (await give(engine, source, sentence(5), 'A')));
      expect((await ann.json('stale', 'book')).value.tags).toEqual([]);
      const before = await ann.json('agreement', 'book', '--samples', '10');
      expect(before.value.codebook).toMatchObject({ title: 'Small', version: '0.1', changed: [] });

      const engine = await openEngine({ folder: join(folder, 'book.sourcebook'), person: somebody('Lea') });
      const [a] = await categoriesOf(engine, 'A');
      if (a === undefined) throw new Error('A');
      await engine.call('categories.edit', { id: a, patch: { name: 'Land use', definition: 'Use rights only.' } });
      await engine.call('codebook.edit', { version: '0.2' });
      await engine.close();

      const { tags } = (await ann.json('stale', 'book', '--mine', '--person', 'Ann')).value;
      expect(tags).toMatchObject([
        {
          passage,
          category: 'A',
          name: 'Ann',
          differences: [
            { field: 'name', before: 'Land', after: 'Land use' },
            { field: 'definition', before: 'All of land.', after: 'Use rights only.' },
          ],
        },
      ]);
      expect((await ann.json('stale', 'book')).value.tags).toHaveLength(2);
      const after = await ann.json('agreement', 'book', '--samples', '10');
      expect(after.value.codebook).toMatchObject({ version: '0.2', changed: ['A'] });
      expect(after.value.codebook.digest).not.toBe(before.value.codebook.digest);
      expect((await ann.json('confirm', 'book', passage, '--category', 'A', '--person', 'Ben')).value.error.code).toBe(
        'NOT_ALLOWED',
      );
      expect((await ann.json('confirm', 'book', '--all', '--person', 'Ann')).value).toEqual({ confirmed: 1 });
      expect((await ann.json('stale', 'book', '--mine', '--person', 'Ann')).value.tags).toEqual([]);
      expect((await ann.json('stale', 'book')).value.tags).toHaveLength(1);
      expect((await ann('stale', 'book')).out).toContain('Use rights only.');
      expect((await ann('agreement', 'book')).out).toContain('Small 0.2');
    },
  );
});
