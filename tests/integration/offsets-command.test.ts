import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { commandLine } from '../support/cli.ts';
import { makeDocx, p, r, styled, table } from '../support/docx.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const folder = makeFolder();
const sourcebook = commandLine(folder, join(folder, 'home'));
afterAll(() => removeFolder(folder));

/** Characters of two code units, no-break spaces and CRLF before and between what is found. */
const PARAGRAPHS = [
  '𠀀𠮷 Of the\u00a02,415 persons 👩‍🌾👍, 1,902\u00a0left, or 78.8 percent of the total (𝒳 News, March 5).',
  'Officials said that “no 👍 worker\u00a0was forced to leave”. 𠮷田：全县转移就业12,640人次，完成任务12,000人次的105.3%。',
];

const found = z.object({ start: z.number(), end: z.number(), text: z.string().optional() });
type Found = z.infer<typeof found>;

/** Every object with a place, at any depth. */
function placesIn(value: unknown): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = found.safeParse(value).data;
  return [...(here === undefined ? [] : [here]), ...Object.values(value).flatMap(placesIn)];
}

/** Cuts every place of an answer out of what `text` printed. */
function expectCut(answer: unknown, printed: string, least: number): void {
  const places = placesIn(answer);
  expect(places.length).toBeGreaterThanOrEqual(least);
  for (const { start, end, text } of places) {
    const cut = printed.slice(start, end);
    expect([cut, cut.isWellFormed(), end <= printed.length]).toEqual([text ?? cut, true, true]);
  }
}

const FILES = [
  { name: 'lines.txt', write: (path: string) => writeFileSync(path, PARAGRAPHS.join('\r\n\r\n')) },
  {
    name: 'marked.md',
    write: (path: string) => writeFileSync(path, `# Quotas 𠀀\r\n\r\n${PARAGRAPHS.join('\n\n')}\n`),
  },
  {
    name: 'word.docx',
    write: (path: string) =>
      makeDocx(path, {
        body: `${styled('Heading1', r('Quotas 𠀀'))}${PARAGRAPHS.map((one) => p(r(one))).join('')}${table(['𠮷田', '1,200人'], ['Wages', '1,540 yuan'])}`,
      }),
  },
] as const;

it.each(FILES)('offsets count UTF-16 code units of what text prints, $name', async ({ name, write }) => {
  await write(join(folder, name));
  const { code, out } = await sourcebook('text', name);
  expect(code).toBe(0);
  const { text } = (await sourcebook.json('text', name)).value;
  // A terminal gets a line end more, where the text has none.
  expect([text, `${text}\n`]).toContain(out);
  const figures = (await sourcebook.json('figures', name)).value;
  expect(figures.figures.map((one: Found) => one.text)).toEqual(
    expect.arrayContaining(['2,415', '1,902', '78.8 percent', '12,640人次', '105.3%']),
  );
  expectCut(figures, out, 6);
  const draft = (await sourcebook.json('draft', name, '--published', '2024-02-01')).value;
  expect(draft.citations).toMatchObject([{ text: '𝒳 News, March 5', date: '2023-03-05' }]);
  expect(draft.quotations.map((one: Found) => one.text)).toEqual(['no 👍 worker\u00a0was forced to leave']);
  expectCut(draft, out, 8);
  const relations = (await sourcebook.json('relations', name)).value;
  const byId = new Map(figures.figures.map((one: Found & { id: string }) => [one.id, out.slice(one.start, one.end)]));
  expect(relations.relations.map((one: { figures: string[] }) => one.figures.map((id) => byId.get(id)))).toContainEqual(
    ['12,640人次', '12,000人次', '105.3%'],
  );
});

it('text says what it needs: a source of a project, and no page of a file', async () => {
  await sourcebook('person', 'add', 'Nour');
  await sourcebook('new', 'county');
  expect((await sourcebook.json('text', 'county')).value).toMatchObject({ error: { code: 'USAGE' } });
  writeFileSync(join(folder, 'one.txt'), PARAGRAPHS[0] ?? '');
  expect((await sourcebook.json('text', 'one.txt', '--page', '1')).value).toMatchObject({ error: { code: 'USAGE' } });
  expect((await sourcebook.json('text', 'none.txt')).value).toMatchObject({ error: { code: 'NOT_FOUND' } });
  // Of a source of a project, too.
  await sourcebook('add', 'county', 'one.txt');
  const [{ id }] = (await sourcebook.json('sources', 'county')).value.sources;
  const { out } = await sourcebook('text', 'county', id);
  expectCut((await sourcebook.json('figures', 'county')).value, out, 3);
});
