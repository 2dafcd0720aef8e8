import { InvalidArgumentError } from 'commander';
import type { QueryFault } from '../../shared/query/faults.ts';
import { searchScope, type SearchHit, type SearchScope } from '../../shared/contract/search.ts';
import { Fault } from '../../shared/errors.ts';
import { parseQuery } from '../../shared/text/search-query.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { counted, numbered } from '../../shared/text/counted.ts';

interface SearchOptions {
  readonly in?: readonly SearchScope[];
  readonly limit: number;
  readonly contents?: boolean;
}

/** The most matches that one call returns. */
const AT_ONCE = 10_000;
const SCOPE_OF: Readonly<Record<SearchHit['kind'], SearchScope>> = {
  text: 'sources',
  passage: 'passages',
  translation: 'translations',
  memo: 'memos',
  comment: 'memos',
  category: 'codebook',
};

/**
 * `search <project> <query>`: {total,contents,hits:[{in,source,passage,start,end,text,snippet}]}. `total` counts all
 * matches, not only those listed; `contents` those in tables of contents, if there are any: they are left out unless asked for. Offsets are into
 * the source's text for matches in sources and passages, else into the text that has them.
 */
const search = (caller: Caller, project: string, query: string, options: SearchOptions): Promise<Answer> => {
  if (query.trim() === '') throw new Fault('USAGE', 'Enter something to search for.');
  return withProject(caller, project, async (engine) => {
    const { total, contents, hits, failed, faults } = await found(engine, query, options);
    if (faults.length > 0) throw queryFault(query, faults);
    const listed = hits.map(({ kind, source, passage, start, end, text, snippet }) => ({
      in: SCOPE_OF[kind],
      source,
      passage,
      start,
      end,
      text,
      snippet: `${snippet.before}${snippet.match}${snippet.after}`,
    }));
    const lines = hits.map(({ kind, source, passage, memo, category, page, start, end }, at) => [
      kind,
      (kind === 'memo' ? memo : kind === 'category' ? category : (passage ?? source)) ?? '-',
      page === null ? '-' : `p. ${page}`,
      `${start}-${end}`,
      oneLine(listed[at]?.snippet ?? ''),
    ]);
    return {
      json: { total, ...(contents > 0 ? { contents } : {}), hits: listed },
      lines: columns(lines),
      remarks: [
        total > hits.length
          ? `Showing ${numbered(hits.length)} of ${counted(total, 'result')}. Use --limit to show more.`
          : `${total} found.`,
        ...(contents > 0 && options.contents !== true
          ? [`${counted(contents, 'result')} in tables of contents left out. Use --contents to include them.`]
          : []),
        ...(parseQuery(query).length === 0 ? ['Search needs at least one letter or digit.'] : []),
        ...(failed > 0
          ? [`The text of ${failed} of the sources can’t be read, so it wasn’t searched. Run verify to see why.`]
          : []),
      ],
    };
  });
};

/** A fault as a call answers it. */
type ToldFault = Pick<QueryFault, 'span' | 'sentence' | 'mends'> & { readonly code: string };

/** So many faults are told, each on a line of its own; who has more begins with these. */
const TOLD = 5;

/** USAGE for a query with faults: what is wrong, where if there are several, and what would make it right. */
export function queryFault(query: string, faults: readonly ToldFault[]): Fault {
  const [first] = faults;
  const where = ({ span }: ToldFault): number => Array.from(query.slice(0, span.start)).length + 1;
  const message =
    first !== undefined && faults.length === 1
      ? explained(first)
      : [
          'Several things are wrong with the query.',
          ...faults.slice(0, TOLD).map((fault) => `Character ${where(fault)}: ${explained(fault)}`),
          ...(faults.length > TOLD ? [`And ${faults.length - TOLD} more. Mend these first.`] : []),
        ].join('\n');
  return new Fault('USAGE', message, { query, faults: faults.map(({ code }) => code) });
}

/** A fault with what would make it right, in one line. */
const explained = ({ sentence, mends }: Pick<QueryFault, 'sentence' | 'mends'>): string => {
  // They begin with a capital as labels of buttons.
  const labels = mends.map(({ label }, at) => (at === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)));
  return labels.length === 0 ? sentence : `${sentence} ${labels.join(', or ')}.`;
};

async function found(engine: Engine, query: string, { in: scopes, limit, contents }: SearchOptions) {
  engine.onEvent(({ event, payload }) => {
    if (event === 'search.progress' && process.stderr.isTTY)
      process.stderr.write(`\rIndexed ${payload.done} of ${payload.total} `);
  });
  const ask = (rest: number, after?: string) =>
    engine.call('search.query', {
      query,
      whole: true,
      contents: contents === true,
      limit: Math.min(rest, AT_ONCE),
      ...(scopes === undefined ? {} : { in: [...scopes] }),
      ...(after === undefined ? {} : { after }),
    });
  const first = await ask(limit);
  const hits = [...first.hits];
  for (let { next } = first; next !== null && hits.length < limit;) {
    const more = await ask(limit - hits.length, next);
    hits.push(...more.hits);
    ({ next } = more);
  }
  return { total: first.total, contents: first.contents, hits, failed: first.indexed.failed, faults: first.faults };
}

function scopes(text: string, before: readonly SearchScope[] = []): readonly SearchScope[] {
  const scope = searchScope.safeParse(text);
  if (!scope.success) throw new InvalidArgumentError('Use sources, passages, translations, memos or codebook.');
  return [...before, scope.data];
}

function count(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Use a whole number, 1 or higher.');
}

/** The command that searches. */
export const searchCommands: Register = (program, run) => {
  program
    .command('search <project> <query>')
    .description('search the text of sources, passages, translations, memos, comments and the codebook')
    .option(
      '--in <where>',
      'sources, passages, translations, memos (with comments) or codebook (repeatable; default: sources, passages and memos)',
      scopes,
    )
    .option('--limit <number>', 'maximum results to list; the total still counts all', count, 100)
    .option('--contents', 'include matches in tables of contents')
    .action((project: string, query: string, options: SearchOptions) =>
      run((by) => search(by, project, query, options)),
    );
};
