import { z } from 'zod';
import { term } from './records.ts';

/**
 * A codebook as a file: what `new --codebook FILE` reads and what is built in. People refer to categories by `code`; a
 * category's id is derived from the codebook's `id` and the code, so that projects that began with one codebook agree.
 */
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/, 'use letters, digits, dots, dashes and underscores, up to 60');
const prose = z.string().max(20_000);
/** `#rrggbb` */
const colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/);

export const codebookCategory = z.object({
  code,
  parent: code.nullable(),
  name: z.string().min(1).max(400),
  definition: prose.default(''),
  include: prose.default(''),
  exclude: prose.default(''),
  termsZh: z.array(term).default([]),
  termsEn: z.array(term).default([]),
  colour,
});
/** The fields of a category that people edit, except its place in the tree. */
export const categoryWords = z.object({
  code,
  name: z.string().trim().min(1).max(400),
  definition: prose,
  include: prose,
  exclude: prose,
  termsZh: z.array(term).max(1000),
  termsEn: z.array(term).max(1000),
  colour,
  shortcut: z
    .string()
    .regex(/^[A-Z]$/, 'one letter, A to Z')
    .nullable(),
});
/** The fields of a dimension's value that people edit, except its parent. */
export const valueWords = z.object({
  code,
  label: z.string().trim().min(1).max(400),
  note: prose,
  names: z.array(z.string().trim().min(1).max(400)).max(100),
});
export const codebookValue = z.object({
  code,
  label: z.string().min(1).max(400),
  note: prose.default(''),
  names: z.array(z.string().max(400)).default([]),
  parent: code.nullable().default(null),
});
export const codebookDimension = z.object({
  code,
  name: z.string().min(1).max(400),
  single: z.boolean(),
  on: z.enum(['source', 'passage']),
  note: prose.default(''),
  values: z.array(codebookValue),
});

export const CODEBOOK_FORMAT = 'sourcebook-codebook/1';
export const codebookFile = z
  .object({
    format: z.literal(CODEBOOK_FORMAT),
    id: code,
    title: z.string().min(1).max(400),
    version: z.string().min(1).max(60),
    language: z.string().max(35),
    rules: z.array(z.string()).default([]),
    categories: z.array(codebookCategory).max(20_000),
    dimensions: z.array(codebookDimension).max(500),
  })
  .superRefine((book, context) => {
    for (const problem of codebookProblems(book)) context.addIssue({ code: 'custom', message: problem });
  });
export type CodebookFile = z.infer<typeof codebookFile>;

interface Coded {
  readonly code: string;
  readonly parent: string | null;
}

/** Problems that a schema of single entries cannot find: duplicate codes, missing parents, circular parents. As sentences. */
export function codebookProblems(book: {
  readonly categories: readonly Coded[];
  readonly dimensions: readonly { readonly code: string; readonly values: readonly Coded[] }[];
}): string[] {
  return [
    ...treeProblems('category', book.categories),
    ...doubled(
      'dimension',
      book.dimensions.map((dimension) => dimension.code),
    ),
    ...book.dimensions.flatMap((dimension) => treeProblems(`value of ${dimension.code}`, dimension.values)),
  ];
}

function doubled(what: string, codes: readonly string[]): string[] {
  const seen = new Set<string>();
  return codes.filter((one) => seen.size === seen.add(one).size).map((one) => `the ${what} “${one}” appears twice`);
}

function treeProblems(what: string, entries: readonly Coded[]): string[] {
  const parents = new Map(entries.map((entry) => [entry.code, entry.parent]));
  const lost = entries.filter((entry) => entry.parent !== null && !parents.has(entry.parent));
  const rings = entries.filter((entry) => comesBack(entry.code, parents));
  return [
    ...doubled(
      what,
      entries.map((entry) => entry.code),
    ),
    ...lost.map((entry) => `the parent “${entry.parent}” of the ${what} “${entry.code}” doesn’t exist`),
    ...rings.map((entry) => `the ${what} “${entry.code}” is its own parent`),
  ];
}

function comesBack(start: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(start) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === start) return true;
    seen.add(at);
  }
  return false;
}
