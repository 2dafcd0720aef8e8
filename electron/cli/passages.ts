import { Fault } from '../../shared/errors.ts';
import {
  pagesOf,
  recordId,
  type Area,
  type CategoryId,
  type Passage,
  type PassageId,
  type ShownState,
  type Translation,
} from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { type Answer, several, type Register } from './command.ts';
import { evidenceRows, type EvidenceOptions } from './evidence.ts';
import { findCategories, findPassage, findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

interface HighlightOptions {
  readonly quote: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly category: readonly string[];
  readonly memo: string;
}

interface TagOptions {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}
interface ListOptions {
  readonly source?: string;
  readonly category?: string;
}

/** `highlight <project> <source> --quote Q`: {passage:{id,source,exact,start,end,page}} */
const highlight = (caller: Caller, project: string, source: string, options: HighlightOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const categories = await findCategories(engine, options.category);
    const id = await findSource(engine, source);
    const quote = { exact: options.quote, prefix: options.prefix, suffix: options.suffix };
    const { layer, start, end } = await engine.call('passages.find', { source: id, quote });
    const marked = { kind: 'text' as const, start, end };
    const made = await engine.call('passages.create', { source: id, layer, marked, categories, memo: options.memo });
    const { exact, page, lastPage } = placeOf(made);
    return {
      json: { passage: { id: made.id, source: id, exact, start, end, page } },
      lines: columns([[made.id, pagesLine({ page, lastPage }), `${start}-${end}`, oneLine(exact ?? '', 80)]]),
    };
  });

/** `tag <project> <passage>`: {passage}, as `passages` shows it. */
const tag = (caller: Caller, project: string, passage: string, options: TagOptions): Promise<Answer> => {
  if (options.add.length + options.remove.length === 0)
    throw new Fault('USAGE', 'Give the categories to add or remove: --add ID, --remove ID.');
  return withProject(caller, project, async (engine) => {
    const id = await findPassage(engine, passage);
    const add = await findCategories(engine, options.add);
    const remove = await findCategories(engine, options.remove);
    await engine.call('tags.change', { passages: [id], add, remove });
    return { ...(await onePassage(engine, id)), remarks: await left(engine, id, remove) };
  });
};

/** A remark for each tag that isn't removed because it is another person's. */
async function left(engine: Engine, id: PassageId, removed: readonly CategoryId[]): Promise<string[]> {
  const { tags } = await engine.call('passages.get', { id });
  const others = tags.filter(({ category }) => removed.includes(category));
  if (others.length === 0) return [];
  const { people } = await engine.call('project.info', {});
  const { categories } = await engine.call('codebook.get', {});
  return others.map(({ category, person }) => {
    const code = categories.find((one) => one.id === category)?.code ?? category;
    const name = oneLine(people.find((one) => one.id === person)?.name ?? 'someone else', 40);
    return `${code} stays: it’s ${name}’s tag, and only they can remove it.`;
  });
}

async function onePassage(engine: Engine, id: PassageId): Promise<Answer> {
  const shown = await shower(engine);
  const passage = shown(await engine.call('passages.get', { id }));
  return { json: { passage }, lines: [lineOf(passage).join('  ')] };
}

/** `memo <project> <passage> TEXT`: {memo:{id,passage,person,text}}, or {memo:null} if an empty text removed it. */
const memo = (caller: Caller, project: string, passage: string, text: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const id = await findPassage(engine, passage);
    const set = await engine.call('memos.set', { target: { kind: 'passage', id: recordId.parse(id) }, text });
    if (set.memo === null) return { json: { memo: null }, lines: ['You have no memo on this passage.'] };
    const written = { id: set.memo.id, passage: id, person: caller.person.name, text: set.memo.text };
    return { json: { memo: written }, lines: [`${written.id}  ${oneLine(written.text, 80)}`] };
  });

/** `passages <project> [--source S] [--category C]` */
const list = (caller: Caller, project: string, options: ListOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const source = options.source === undefined ? undefined : await findSource(engine, options.source);
    const [category] = options.category === undefined ? [] : await findCategories(engine, [options.category]);
    const filter = { ...(source === undefined ? {} : { source }), ...(category === undefined ? {} : { category }) };
    const shown = await shower(engine);
    const found: Shown[] = [];
    for (let after: PassageId | undefined; ;) {
      const page = await engine.call('passages.list', {
        ...filter,
        ...(after === undefined ? {} : { after }),
        limit: PAGE,
      });
      found.push(...page.passages.map(shown));
      after = page.passages.at(-1)?.id;
      if (page.passages.length < PAGE) break;
    }
    return { json: { passages: found }, lines: columns(found.map(lineOf)) };
  });
const PAGE = 100_000;

function listOrRows(caller: Caller, project: string, options: ListOptions & EvidenceOptions): Promise<Answer> {
  const { query, view, csv, xlsx, source, category } = options;
  if (csv !== undefined && xlsx !== undefined) throw new Fault('USAGE', 'Give either --csv or --xlsx.');
  if ([query, view, csv, xlsx].every((one) => one === undefined)) return list(caller, project, options);
  if (source !== undefined || category !== undefined)
    throw new Fault('USAGE', 'Write source:… and category:… into the query instead of the options.');
  return evidenceRows(caller, project, options);
}

/** `codebook <project>`: `id` and `parent` are the codes of the codebook. */
const codebook = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { categories } = await engine.call('codebook.get', {});
    const codes = new Map(categories.map((one) => [one.id, one.code]));
    const listed = categories.map((one) => ({
      id: one.code,
      parent: one.parent === null ? null : (codes.get(one.parent) ?? null),
      name: one.name,
      passages: one.passages,
    }));
    const lines = listed.map((one) => [oneLine(one.id, 60), String(one.passages), oneLine(one.name, 120)]);
    return { json: { categories: listed }, lines: columns(lines) };
  });

interface Shown {
  readonly id: string;
  readonly source: string;
  /** Null for an area of a page. */
  readonly exact: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly page: number;
  readonly lastPage: number;
  readonly area?: Area;
  readonly state: ShownState;
  readonly translations: readonly {
    readonly language: string;
    readonly text: string;
    readonly translator: string;
    readonly checker: string | null;
    readonly method: Translation['method'];
    readonly state: Translation['state'];
  }[];
  /** The number of tags. */
  readonly comments: number;
  readonly tags: readonly { readonly category: string; readonly person: string }[];
  readonly memos: readonly { readonly id: string; readonly text: string; readonly person: string }[];
}

/** Passages as the command line shows them: categories by code, people by name. */
async function shower(engine: Engine): Promise<(passage: Passage) => Shown> {
  const codes = new Map((await engine.call('codebook.get', {})).categories.map((one) => [one.id, one.code]));
  const people = new Map((await engine.call('project.info', {})).people.map((one) => [one.id, one.name]));
  return (passage) => ({
    id: passage.id,
    source: passage.source,
    ...placeOf(passage),
    state: passage.state,
    tags: passage.tags.map((one) => ({
      category: codes.get(one.category) ?? one.category,
      person: people.get(one.person) ?? one.person,
    })),
    memos: passage.memos.map((one) => ({ id: one.id, text: one.text, person: people.get(one.person) ?? one.person })),
    translations: passage.translations.map((one) => ({
      language: one.language,
      text: one.text,
      translator: people.get(one.person) ?? one.person,
      checker: one.checker === null ? null : (people.get(one.checker) ?? one.checker),
      method: one.method,
      state: one.state,
    })),
    comments: passage.comments,
  });
}

type Place = Pick<Shown, 'exact' | 'prefix' | 'suffix' | 'start' | 'end' | 'page' | 'lastPage' | 'area'>;
function placeOf({ anchor }: Passage): Place {
  const { page, lastPage } = pagesOf(anchor);
  if (anchor.kind === 'area')
    return { exact: null, prefix: null, suffix: null, start: null, end: null, page, lastPage, area: anchor.area };
  const { exact, prefix, suffix, start, end } = anchor;
  return { exact, prefix, suffix, start, end, page, lastPage };
}

const pagesLine = ({ page, lastPage }: Pick<Shown, 'page' | 'lastPage'>): string =>
  page === lastPage ? `p. ${page}` : `pp. ${page}–${lastPage}`;

const lineOf = (one: Shown): string[] => [
  one.id,
  pagesLine(one),
  one.state,
  one.tags.map((each) => oneLine(`${each.category} (${each.person})`)).join(', ') || '-',
  one.exact === null ? '[area]' : oneLine(one.exact, 80),
];

/** Commands about passages, their tags and memos, and the codebook. */
export const passageCommands: Register = (program, run) => {
  program
    .command('highlight <project> <source>')
    .description('highlight a quotation as a passage')
    .requiredOption('--quote <text>')
    .option('--prefix <text>', 'text just before it', '')
    .option('--suffix <text>', 'text just after it', '')
    .option('--category <id>', 'tag it with this category (repeatable)', several, [])
    .option('--memo <text>', 'add a memo', '')
    .action((project: string, source: string, options: HighlightOptions) =>
      run((by) => highlight(by, project, source, options)),
    );
  program
    .command('tag <project> <passage>')
    .description('add or remove your tags')
    .option('--add <id>', 'a category code (repeatable)', several, [])
    .option('--remove <id>', 'a category code (repeatable)', several, [])
    .action((project: string, passage: string, options: TagOptions) => run((by) => tag(by, project, passage, options)));
  program
    .command('memo <project> <passage> <text>')
    .description('write your memo on a passage; empty text removes it')
    .action((project: string, passage: string, words: string) => run((by) => memo(by, project, passage, words)));
  program
    .command('passages <project>')
    .description('list passages')
    .option('--source <id>')
    .option('--category <id>')
    .option('--query <query>', 'the rows of the evidence that this query finds')
    .option('--view <name>', 'the rows of a saved view, in its order')
    .option('--csv <file>', 'write the rows as a table')
    .option('--xlsx <file>', 'write the rows as an Excel workbook')
    .option('--replace', 'replace the file')
    .action((project: string, options: ListOptions & EvidenceOptions) => run((by) => listOrRows(by, project, options)));
  program
    .command('codebook <project>')
    .description('list categories and how many passages each has')
    .action((project: string) => run((by) => codebook(by, project)));
};
