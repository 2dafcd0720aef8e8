import { z } from 'zod';
import { CODEBOOK_FORMAT, codebookFile, type CodebookFile } from '../../../shared/model/codebook.ts';
import { detailOf, Fault } from '../../../shared/errors.ts';

/** The codebook format of the project's domain folder (`codebook/1`): read, never written. */
const sharedTerm = z.object({ term: z.string(), origin: z.string() });
const labelled = z.object({ id: z.string(), label: z.string(), note: z.string().default('') });
const named = z.object({
  id: z.string(),
  en: z.string(),
  zh: z.string().default(''),
  ug: z.string().default(''),
  ug_latin: z.string().default(''),
  aliases: z.array(z.string()).default([]),
  gb_code: z.string().default(''),
  parent: z.string().nullable().default(null),
});
const domainFile = z.object({
  meta: z.object({
    schema: z.literal('codebook/1'),
    title: z.string(),
    version: z.string(),
    language: z.string(),
    rules: z.array(z.string()).default([]),
  }),
  codes: z.array(
    z.object({
      id: z.string(),
      parent: z.string().nullable(),
      name: z.string(),
      definition: z.string(),
      include: z.string(),
      exclude: z.string(),
      terms_zh: z.array(sharedTerm),
      terms_en: z.array(sharedTerm),
      colour: z.string(),
    }),
  ),
  dimensions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      single: z.boolean(),
      note: z.string().default(''),
      values: z.array(z.union([labelled, named])),
    }),
  ),
});

/** Only these two dimensions describe a source as a whole; every other one describes a passage. */
const ON_SOURCES = new Set(['doctype', 'srcrel']);

type DomainValue = z.infer<typeof labelled> | z.infer<typeof named>;
function valueOf(value: DomainValue): CodebookFile['dimensions'][number]['values'][number] {
  if ('label' in value) return { code: value.id, label: value.label, note: value.note, names: [], parent: null };
  const names = [value.zh, value.ug, value.ug_latin, ...value.aliases, value.gb_code].filter((name) => name !== '');
  return { code: value.id, label: value.en, note: '', names, parent: value.parent };
}

function fromDomain(file: z.infer<typeof domainFile>, id: string): unknown {
  return {
    format: CODEBOOK_FORMAT,
    id,
    title: file.meta.title,
    version: file.meta.version,
    language: file.meta.language,
    rules: file.meta.rules,
    categories: file.codes.map(
      ({ id: own, terms_zh, terms_en, parent, name, definition, include, exclude, colour }) => ({
        code: own,
        parent,
        name,
        definition,
        include,
        exclude,
        termsZh: terms_zh,
        termsEn: terms_en,
        colour,
      }),
    ),
    dimensions: file.dimensions.map((dimension) => ({
      code: dimension.id,
      name: dimension.name,
      single: dimension.single,
      on: ON_SOURCES.has(dimension.id) ? 'source' : 'passage',
      note: dimension.note,
      values: dimension.values.map(valueOf),
    })),
  };
}

/**
 * A codebook from the text of a file, in our own format or the domain's. `id` names the codebook where the file's format
 * has no name for it. Throws BAD_INPUT with the first thing that is wrong.
 */
export function readCodebook(text: string, id: string): CodebookFile {
  const json = parseJson(text);
  const domain = domainFile.safeParse(json);
  const own = codebookFile.safeParse(domain.success ? fromDomain(domain.data, id) : json);
  if (own.success) return own.data;
  const issue = own.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (at ${issue.path.join('.')})`;
  throw new Fault(
    'BAD_INPUT',
    `Can’t use this codebook: ${issue?.message ?? 'its form is not known'}${where}. Correct the file and try again.`,
    {},
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new Fault(
      'BAD_INPUT',
      `This codebook isn’t valid JSON${placeOf(thrown)}. Correct the file and try again.`,
      {},
    );
  }
}

/**
 * The place that the parser's message names. The rest of the message quotes the file, which may be any file of this machine, so it is left
 * out.
 */
function placeOf(thrown: unknown): string {
  const [, line, column] = /at position \d+ \(line (\d+) column (\d+)\)$/.exec(detailOf(thrown)) ?? [];
  return line === undefined || column === undefined ? '' : ` (line ${line}, column ${column})`;
}
