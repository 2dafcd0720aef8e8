import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { EvidenceRow } from '../../shared/contract/evidence.ts';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import type { SavedView } from '../../shared/contract/views.ts';
import { Fault } from '../../shared/errors.ts';
import { counted, numbered } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { withProject, type Caller } from './open.ts';
import { queryFault } from './search.ts';
import { COUNTED, type CountedUnit, TOGETHER, type Together } from '../../shared/contract/view-figures.ts';
import { columns, oneLine, withoutIsolates } from './terminal.ts';

/** Which passages of the evidence: those of a query, those of a saved view, or those that both find. */
export interface EvidenceOptions {
  readonly query?: string;
  readonly view?: string;
  readonly csv?: string;
  readonly xlsx?: string;
  readonly replace?: true;
}

/** What to ask for. NOT_FOUND, AMBIGUOUS for the view. */
async function asked(engine: Engine, { query = '', view }: EvidenceOptions) {
  if (view === undefined) return { query, sort: [], group: null, columns: [] };
  const saved = viewNamed((await engine.call('views.list', {})).views, view);
  const both = [saved.query, query].filter((one) => one.trim() !== '');
  const joined = both.length > 1 ? both.map((one) => `(${one})`).join(' AND ') : (both[0] ?? '');
  return { query: joined, sort: saved.sort, group: saved.group, columns: saved.columns };
}

function viewNamed(all: readonly SavedView[], given: string): SavedView {
  const wanted = withoutIsolates(given).trim().toLowerCase();
  const [only, ...others] = all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (only === undefined) {
    const names = all.map(({ name }) => `“${oneLine(name)}”`).join(', ');
    const there = names === '' ? 'This project has none.' : `There are ${names}.`;
    throw new Fault('NOT_FOUND', `No saved view “${oneLine(given)}”. ${there}`, { view: given });
  }
  if (others.length > 0)
    throw new Fault('AMBIGUOUS', `${others.length + 1} views are called “${oneLine(given)}”. Use the ID of one.`, {
      view: given,
      ids: [only, ...others].map(({ id }) => id),
    });
  return only;
}

/** Throws USAGE for a query with faults. */
function assertFaultless(faults: CallOutput<'evidence.rows'>['faults'], query: string): void {
  if (faults.length > 0) throw queryFault(query, faults);
}

const AT_ONCE = 1000;

/**
 * `passages <project> --query Q --view NAME`: {total,of,sources,origins,publishers,passages:[…]}, the rows of the table in its order. With
 * `--csv FILE` or `--xlsx FILE` {file,bytes,rows}.
 */
export const evidenceRows = (caller: Caller, project: string, options: EvidenceOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { columns: shownColumns, ...table } = await asked(engine, options);
    const file = options.csv ?? options.xlsx;
    if (file !== undefined) {
      const path = resolve(file);
      const format = options.csv === undefined ? ('xlsx' as const) : ('csv' as const);
      const written = { ...table, columns: shownColumns, path, format, replace: options.replace ?? false };
      const { faults, bytes, rows } = await engine.call('evidence.write', written);
      assertFaultless(faults, table.query);
      const line = `Wrote ${counted(rows, 'row')} to ${oneLine(path)} (${counted(bytes, 'byte')})`;
      return { json: { file: path, bytes, rows }, lines: [line] };
    }
    const asking = { ...table, count: AT_ONCE, whole: true, places: true };
    const first = await engine.call('evidence.rows', asking);
    assertFaultless(first.faults, table.query);
    const rows = [...first.rows];
    while (rows.length < first.positions) {
      const more = await engine.call('evidence.rows', { ...asking, from: rows.length });
      if (more.rows.length === 0) break;
      rows.push(...more.rows);
    }
    const shown = rows.map(await shower(engine));
    const { total, of, sources, origins, publishers } = first;
    return {
      json: { total, of, sources, origins, publishers, passages: shown },
      lines: columns(
        shown.map((one) => [
          one.id,
          `p. ${one.page}`,
          one.state,
          one.tags.map((each) => oneLine(`${each.category} (${each.person})`)).join(', ') || '-',
          one.exact === null ? '[area]' : oneLine(one.exact, 80),
        ]),
      ),
      remarks: [
        `${numbered(total)} of ${counted(of, 'passage')}; ${counted(sources, 'source')}, ${counted(origins, 'origin')}, ${counted(publishers, 'publisher')}.`,
      ],
    };
  });

/** Rows as the command line shows them: categories, dimensions and values by code, people by name. */
async function shower(engine: Engine) {
  const { categories, dimensions } = await engine.call('codebook.get', {});
  const codes = new Map<string, string>([
    ...categories.map(({ id, code }) => [id, code] as const),
    ...dimensions.map(({ id, code }) => [id, code] as const),
    ...dimensions.flatMap(({ values }) => values.map(({ id, code }) => [id, code] as const)),
  ]);
  const people = new Map<string, string>(
    (await engine.call('project.info', {})).people.map(({ id, name }) => [id, name]),
  );
  const codeOf = (id: string): string => codes.get(id) ?? id;
  const nameOf = (id: string): string => people.get(id) ?? id;
  return ({ passage, quote, categories: own, settings, person, ...row }: EvidenceRow) => ({
    ...row,
    id: passage,
    exact: quote,
    person: nameOf(person),
    tags: own.flatMap(({ category, people: by }) =>
      by.map((one) => ({ category: codeOf(category), person: nameOf(one) })),
    ),
    settings: settings.map(({ dimension, value }) => ({ dimension: codeOf(dimension), value: codeOf(value) })),
  });
}

const COLUMNS = {
  year: 'actYear',
  published: 'publishedYear',
  source: 'source',
  type: 'type',
  language: 'language',
  publisher: 'publisher',
  person: 'tagger',
  category: 'below',
  place: 'places',
} as const satisfies Record<string, CallInput<'evidence.matrix'>['columns']>;
type ColumnName = keyof typeof COLUMNS;
const isColumn = (name: string): name is ColumnName => Object.hasOwn(COLUMNS, name);

interface MatrixOptions extends EvidenceOptions {
  readonly rows: 'category';
  readonly columns: ColumnName;
  readonly level?: 'county' | 'prefecture' | 'province';
  readonly together?: Together;
  readonly count?: CountedUnit;
}

/**
 * `matrix <project> --rows category --columns year`: {rows,columns,cells,total,codes,names}. `rows`: the IDs of categories; `columns`:
 * IDs, or what is its own (years, types, languages, publishers), null for what is missing; `cells`: a list for each row, of passages with
 * the category or one below it; with `--together`, of paragraphs or sources; with `--count`, of sources or origins. `codes` and `names`
 * are `{rows,columns}` in the same order, `codes` null for what has none.
 */
const matrix = (caller: Caller, project: string, options: MatrixOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { query } = await asked(engine, options);
    if (options.level !== undefined && options.columns !== 'place')
      throw new Fault('USAGE', '--level goes with --columns place.');
    if (options.together !== undefined && options.columns !== 'category')
      throw new Fault('USAGE', '--together goes with --columns category.');
    const by = options.level ?? COLUMNS[options.columns];
    if (options.count !== undefined && options.together !== undefined)
      throw new Fault('USAGE', 'Use --count or --together, not both.');
    const { together = 'passage', count: unit = 'passages' } = options;
    const found = await engine.call('evidence.matrix', { query, columns: by, together, unit });
    assertFaultless(found.faults, query);
    const { categories } = await engine.call('codebook.get', {});
    const book = new Map<string, (typeof categories)[number]>(categories.map((one) => [one.id, one]));
    const codeOf = (id: string): string | null => book.get(id)?.code ?? null;
    const filled = found.rows.flatMap(({ category, total, cells }) =>
      total === 0 ? [] : [{ name: codeOf(category) ?? category, total, cells }],
    );
    return {
      json: {
        rows: found.rows.map(({ category }) => category),
        columns: found.columns.map(({ value }) => (value === '' ? null : value)),
        cells: found.rows.map(({ cells }) => cells),
        total: unit === 'passages' ? found.total : found[unit],
        codes: {
          rows: found.rows.map(({ category }) => codeOf(category)),
          columns: found.columns.map(({ value }) => codeOf(value)),
        },
        names: {
          rows: found.rows.map(({ category }) => book.get(category)?.name ?? null),
          columns: found.columns.map(({ value, label }) => (value === '' ? null : label)),
        },
      },
      lines: columns([
        ['', ...found.columns.map(({ label, value }) => (value === '' ? '-' : oneLine(label, 30))), 'all'],
        ...filled.map(({ name, total, cells }) => [oneLine(name, 60), ...cells.map(String), String(total)]),
        [
          'all',
          ...found.columns.map(({ total }) => String(total)),
          String(unit === 'passages' ? found.total : found[unit]),
        ],
      ]),
      remarks: [
        ...(found.untagged > 0 ? [`${counted(found.untagged, 'passage')} without a tag.`] : []),
        ...(found.more > 0 ? [`${counted(found.more, 'column')} with fewer passages left out.`] : []),
      ],
    };
  });

/** `views <project>`: {views:[{id,name,query,shape,columns,sort,group}]} */
const views = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { views: all } = await engine.call('views.list', {});
    return {
      json: { views: all },
      lines: columns(all.map(({ id, name, shape, query }) => [id, oneLine(name, 60), shape, oneLine(query, 120)])),
    };
  });

function rowsName(name: string): 'category' {
  if (name === 'category') return name;
  throw new InvalidArgumentError('The rows are categories: category.');
}
function columnName(name: string): ColumnName {
  if (isColumn(name)) return name;
  throw new InvalidArgumentError(`Use ${Object.keys(COLUMNS).join(', ')}.`);
}

/** The commands that show the evidence as figures, and its saved views. */
export const evidenceCommands: Register = (program, run) => {
  program
    .command('matrix <project>')
    .description('count passages by category and something else')
    .option('--rows <what>', 'category', rowsName, 'category')
    .requiredOption('--columns <what>', Object.keys(COLUMNS).join(', '), columnName)
    .addOption(new Option('--level <level>', 'with --columns place').choices(['county', 'prefecture', 'province']))
    .addOption(new Option('--together <in>', 'with --columns category: what both are tagged in').choices(TOGETHER))
    .addOption(new Option('--count <what>', 'what a cell counts').choices(COUNTED))
    .option('--query <query>', 'only passages that this query finds')
    .option('--view <name>', 'only passages of this saved view')
    .action((project: string, options: MatrixOptions) => run((by) => matrix(by, project, options)));
  program
    .command('views <project>')
    .description('list the saved views of the evidence')
    .action((project: string) => run((by) => views(by, project)));
};
