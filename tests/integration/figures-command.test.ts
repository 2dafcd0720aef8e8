import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { RelationFigure } from '../../shared/contract/relations.ts';
import { commandLine } from '../support/cli.ts';
import { addFile, testProject } from '../support/project.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

const WORDS =
  '2023年1—9月，全区转移就业305万人次，超额完成全年任务275万人次的10.9%。\n\nOf the 2,415 persons, 1,902 went to factories, or 79.9 percent of the total. Wages rose 12 percent.\n';
const found = z.object({
  figures: z.array(
    z.object({ id: z.string(), start: z.number(), end: z.number(), text: z.string(), value: z.string() }),
  ),
});
const related = z.object({
  relations: z.array(
    z.object({ kind: z.string(), printed: z.string().nullable(), computed: z.string(), verdict: z.string() }),
  ),
  unpaired: z.array(z.string()),
});

it(
  'figures and relations read files of every text format, and each source of a project',
  { timeout: 240_000 },
  async () => {
    writeFileSync(join(folder, 'words.txt'), WORDS);
    writeFileSync(join(folder, 'words-gb.txt'), iconv.encode(WORDS, 'gb18030'));
    writeFileSync(
      join(folder, 'page.html'),
      `<!doctype html><meta charset="utf-8"><p>${WORDS.replace('\n\n', '</p><p>')}</p>`,
    );
    writeFileSync(join(folder, 'bytes.txt'), Buffer.from([0, 255, 254, 0, 0xd8, 0x80]));

    for (const file of ['words.txt', 'words-gb.txt']) {
      const { code, value } = await sourcebook.json('figures', file);
      const { figures } = found.parse(value);
      expect([code, figures.map((one) => one.value)]).toEqual([
        0,
        ['3050000', '2750000', '10.9', '2415', '1902', '79.9', '12'],
      ]);
      for (const { start, end, text } of figures) expect(WORDS.slice(start, end)).toBe(text);
    }
    const page = found.parse((await sourcebook.json('figures', 'page.html', '--lang', 'en')).value);
    expect(page.figures.map(({ value }) => value)).toEqual(['2415', '1902', '79.9', '12']);

    const { relations, unpaired } = related.parse((await sourcebook.json('relations', 'words.txt')).value);
    expect(relations.map(({ kind, printed, verdict }) => [kind, printed, verdict])).toEqual([
      ['exceeds', '10.9', 'rounds'],
      ['share', '79.9', 'fails'],
    ]);
    expect(unpaired).toEqual(['f7']);
    expect(await sourcebook('relations', 'words.txt')).toMatchObject({
      code: 0,
      out: expect.stringContaining('fails, off 11.42'),
      err: expect.stringContaining('That is not proof of the figures.'),
    });

    await sourcebook('person', 'add', 'Nour');
    await sourcebook('new', 'county');
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'in', 'a.txt'), WORDS);
    writeFileSync(join(folder, 'in', 'b.txt'), '培训两千余人。');
    await sourcebook('add', 'county', 'in');
    const all = z
      .object({ figures: z.array(z.object({ id: z.string(), sourceId: z.string(), value: z.string() })) })
      .parse((await sourcebook.json('figures', 'county')).value);
    expect(all.figures).toHaveLength(8);
    expect(new Set(all.figures.map(({ sourceId }) => sourceId)).size).toBe(2);
    expect(new Set(all.figures.map(({ id }) => id)).size).toBe(8);

    // What somebody says of one, by its id, is beside it from then on.
    const [first] = all.figures;
    const one = first?.id ?? '';
    expect((await sourcebook.json('figure', 'county', one, '--confirm')).value.figure.state).toBe('confirmed');
    expect((await sourcebook.json('figure', 'county', one, '--confirm')).value.error.code).toBe('EXISTS');
    expect((await sourcebook.json('figure', 'county', one)).value.error.code).toBe('BAD_INPUT');
    const other = all.figures[1]?.id ?? '';
    expect((await sourcebook.json('figure', 'county', other, '--dismiss')).value.error.code).toBe('BAD_INPUT');
    await sourcebook('figure', 'county', other, '--dismiss', '--reason', 'A slogan');
    const told = (await sourcebook.json('figures', 'county')).value.figures;
    expect(told.map(({ state }: { state: string }) => state).slice(0, 3)).toEqual(['confirmed', 'dismissed', 'found']);
    expect(told[1].checks).toMatchObject([{ verdict: 'dismissed', reason: 'A slogan' }]);
    expect((await sourcebook('figures', 'county')).err).toContain('8 figures. 1 is confirmed by a person.');
    expect((await sourcebook.json('figure', 'county', told[0].card, '--take-back')).value.figure.state).toBe('found');
    expect((await sourcebook.json('figure', 'county', 'f99', '--confirm')).value.error.code).toBe('NOT_FOUND');

    expect(await sourcebook.json('figures', 'no-such.txt')).toMatchObject({
      code: 1,
      value: { error: { code: 'NOT_FOUND' } },
    });
    expect(await sourcebook.json('figures', 'words.txt', '--lang', 'xx')).toMatchObject({ code: 2 });
    expect((await sourcebook.json('figures', 'bytes.txt')).code).toBeLessThan(2);
  },
);

it('relations of a project say what people recorded beside what is suggested', { timeout: 120_000 }, async () => {
  const { engine, folder: project } = await testProject();
  const source = await addFile(engine, 'report.txt', WORDS);
  const [first, second] = (await engine.call('relations.ofSource', { source: source.id })).relations;
  if (first === undefined || second === undefined || second.printed === null) throw new Error('There are two.');
  const place = ({ sourceId, layer, start, end }: RelationFigure) => ({ source: sourceId, layer, start, end });
  const parts = { inputs: second.inputs.map(place), printed: place(second.printed) };
  await engine.call('relations.confirm', { of: { operation: second.operation, ...parts } });
  await engine.call('relations.confirm', { of: { operation: 'completion', ...parts } });
  await engine.close();
  const { relations } = z
    .object({
      relations: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          recorded: z.object({ id: z.string(), state: z.string(), verdict: z.string() }).nullable(),
        }),
      ),
    })
    .parse((await sourcebook.json('relations', project)).value);
  expect(relations.map(({ kind, recorded }) => [kind, recorded?.state ?? null])).toEqual([
    ['exceeds', null],
    ['share', 'confirmed'],
    ['completion', 'confirmed'],
  ]);
  expect(relations[1]).toMatchObject({ recorded: { id: second.id, verdict: 'fails' } });
  expect(await sourcebook('relations', project)).toMatchObject({
    err: expect.stringContaining('1 relation suggested; 2 recorded; 1 percentage without a pair, not checked.'),
  });
});
