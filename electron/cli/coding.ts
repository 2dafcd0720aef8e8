import { resolve } from 'node:path';
import type { AgreementFigures, AgreementReport, Disagreement, StaleTag } from '../../shared/contract/coding.ts';
import { Fault } from '../../shared/errors.ts';
import {
  type Assignment,
  assignmentId,
  type AssignmentId,
  type CategoryId,
  type PersonId,
  UNITS,
  type Unit,
} from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer } from './answer.ts';
import { findCategories, findPeople } from './find.ts';
import { findPassage, findSource, withProject, type Caller } from './open.ts';
import { several, wholeNumber, type Register } from './register.ts';
import { columns, oneLine } from './terminal.ts';

interface AssignOptions {
  readonly coder: string;
  readonly sample: string;
  readonly seed: number;
  readonly source: readonly string[];
  readonly name: string;
  readonly leadToo?: boolean;
  readonly replace?: boolean;
}
interface AgreementOptions {
  readonly unit: string;
  readonly coders?: string;
  readonly assignment?: string;
  readonly source: readonly string[];
  readonly category: readonly string[];
  readonly seed: number;
  readonly samples: number;
  readonly open?: boolean;
}

const shown = ({ units, ...assignment }: Assignment) => ({
  ...assignment,
  units: units.length,
  sources: [...new Set(units.map(({ source }) => source))],
  sample: units,
  at: new Date(assignment.at).toISOString(),
});
const stateOf = ({ coderDone, leadDone }: Assignment): string =>
  coderDone && leadDone ? 'done' : coderDone ? 'lead codes' : leadDone ? 'coder codes' : 'both code';

/** `assign <project> <out.sbk>`: {assignment,file,bytes}, `assignment.units` being their number, `sample` their places. */
const assign = (caller: Caller, project: string, file: string, options: AssignOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const sources = await Promise.all(options.source.map((one) => findSource(engine, one)));
    const { coder, sample, seed, name, leadToo = false, replace = false } = options;
    const path = resolve(file);
    const made = await engine.call('assignments.create', {
      coder,
      sample,
      seed,
      name,
      sources,
      leadToo,
      path,
      replace,
    });
    const assignment = shown(made.assignment);
    return {
      json: { assignment, file: path, bytes: made.bytes },
      lines: [
        `Wrote ${oneLine(path)}: ${assignment.units} units of ${assignment.sources.length} sources for ${oneLine(coder)}`,
      ],
    };
  });

/** `assignments <project>`: {assignments,blind} */
const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { assignments, blind } = await engine.call('assignments.list', {});
    const rows = assignments.map((one) => [
      one.id,
      stateOf(one),
      oneLine(one.coderName, 40),
      `${one.units.length} units`,
      oneLine(one.name, 80),
    ]);
    return { json: { assignments: assignments.map(shown), blind }, lines: columns(rows) };
  });

/** `done <project> [assignment]`: {assignment} */
const done = (caller: Caller, project: string, given: string | undefined, isDone: boolean): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { assignments, blind } = await engine.call('assignments.list', {});
    const own = assignments.filter(({ person, coder }) => person === caller.person.id || coder === caller.person.id);
    const id = given === undefined ? (blind ?? onlyOne(own)) : assignmentOf(assignments, given);
    await engine.call('assignments.done', { id, done: isDone });
    const after = await engine.call('assignments.list', {});
    const found = after.assignments.filter((one) => one.id === id).map(shown);
    return {
      json: { assignment: found[0] ?? null },
      lines: [isDone ? 'Your part is marked as finished.' : 'Your part is marked as not finished.'],
    };
  });

function onlyOne(assignments: readonly Assignment[]): AssignmentId {
  const [only] = assignments;
  if (only === undefined) throw new Fault('NOT_FOUND', 'You have no part in an assignment of this project.');
  if (assignments.length === 1) return only.id;
  throw new Fault('AMBIGUOUS', 'You have a part in several assignments. Say which: `assignments` lists them.', {
    ids: assignments.map(({ id }) => id),
  });
}

function assignmentOf(assignments: readonly Assignment[], given: string): AssignmentId {
  const text = given.trim().toLowerCase();
  const fitting = assignments.filter(({ id }) => id === text || (text.length >= 6 && id.startsWith(text)));
  if (fitting.length === 1) return assignmentId.parse(fitting[0]?.id);
  throw new Fault(
    fitting.length === 0 ? 'NOT_FOUND' : 'AMBIGUOUS',
    `${fitting.length === 0 ? 'No' : 'More than one'} assignment is called “${given}”. The list gives the ids.`,
    { id: given },
  );
}

interface Question {
  readonly unit: Unit;
  readonly coders: PersonId[];
  readonly assignment?: AssignmentId;
}
async function questionOf(engine: Engine, options: AgreementOptions): Promise<Question> {
  const unit = UNITS.find((one) => one === options.unit.toLowerCase());
  if (unit === undefined) throw new Fault('USAGE', `The unit is one of ${UNITS.join(', ')}.`, { unit: options.unit });
  const coders = await findPeople(
    engine,
    (options.coders ?? '').split(',').filter((one) => one.trim() !== ''),
  );
  if (options.assignment === undefined) return { unit, coders };
  const { assignments } = await engine.call('assignments.list', {});
  return { unit, coders, assignment: assignmentOf(assignments, options.assignment) };
}

/** `agreement <project>`: the report; a category's `id` is its code in the codebook, `record` its id in the project. */
const agreement = (caller: Caller, project: string, options: AgreementOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { seed, samples } = options;
    const question = await questionOf(engine, options);
    const sources = await Promise.all(options.source.map((one) => findSource(engine, one)));
    const categories = await findCategories(engine, options.category);
    const report = await engine.call('agreement.report', { ...question, sources, categories, seed, samples });
    const json = {
      ...report,
      codebook: { ...report.codebook, changed: await codesOf(engine, report.codebook.changed) },
      categories: report.categories.map(({ id, code, ...figures }) => ({ id: code, record: id, ...figures })),
    };
    return { json, lines: reportLines(report) };
  });

async function codesOf(engine: Engine, ids: readonly CategoryId[]): Promise<string[]> {
  const { categories } = await engine.call('codebook.get', {});
  const codes = new Map(categories.map(({ id, code }) => [id, code]));
  return ids.map((id) => codes.get(id) ?? id);
}

const figure = (value: number | 'undefined'): string => (value === 'undefined' ? value : value.toFixed(3));
const figureRow = (name: string, one: AgreementFigures): string[] => [
  name,
  String(one.n),
  one.prevalence.toFixed(3),
  one.percent === 'undefined' ? one.percent : `${one.percent.toFixed(1)} %`,
  figure(one.kappa),
  figure(one.fleiss),
  figure(one.alpha),
  one.interval === null ? '-' : `${one.interval[0].toFixed(3)} to ${one.interval[1].toFixed(3)}`,
];
function reportLines(report: AgreementReport): string[] {
  const { codebook, coders, bootstrap, thresholds } = report;
  const given = report.categories.filter(({ prevalence }) => prevalence > 0);
  const silent = report.categories.length - given.length;
  return [
    `${report.units} ${report.unit}s; ${coders.map(({ name, units }) => `${oneLine(name, 40)} judged ${units}`).join(', ')}`,
    `Codebook ${oneLine(`${codebook.title} ${codebook.version}`, 80)}, SHA-256 ${codebook.digest.slice(0, 16)}`,
    ...columns([
      ['category', 'n', 'prevalence', 'percent', 'kappa', 'Fleiss', 'alpha', '95 %'],
      ...given.map((one) => figureRow(oneLine(one.code, 40), one)),
      figureRow('overall', report.overall),
    ]),
    ...(silent > 0 ? [`${silent} categories were given by nobody: their coefficients are undefined.`] : []),
    `Alpha from ${thresholds.good} is taken as good, from ${thresholds.tentative} as tentative; ${bootstrap.samples} bootstrap samples, seed ${bootstrap.seed}.`,
    report.note,
  ];
}

/** `differences <project>`: {differences,decided}; categories by their codes. */
const differences = (caller: Caller, project: string, options: AgreementOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const question = await questionOf(engine, options);
    const found = await engine.call('agreement.differences', { ...question, open: options.open === true });
    const { categories } = await engine.call('codebook.get', {});
    const codes = new Map(categories.map(({ id, code }) => [id, code]));
    const codeOf = (id: CategoryId): string => codes.get(id) ?? id;
    const listed = found.differences.map((one) => withCodes(one, codeOf));
    const rows = listed.map((one) => [
      one.passage,
      one.decided === null ? 'open' : `decided: ${one.decided.categories.join(', ') || 'none'}`,
      one.coders.map(({ name, categories: given }) => `${oneLine(name, 30)}: ${given.join(', ') || '-'}`).join(' | '),
      oneLine(one.text, 60),
    ]);
    return { json: { differences: listed, decided: found.decided }, lines: columns(rows) };
  });

function withCodes(one: Disagreement, codeOf: (id: CategoryId) => string) {
  const coders = one.coders.map((coder) => ({ ...coder, categories: coder.categories.map(codeOf) }));
  const decided =
    one.decided === null
      ? null
      : {
          ...one.decided,
          categories: one.decided.categories.map(codeOf),
          compared: one.decided.compared.map((each) => ({ ...each, categories: each.categories.map(codeOf) })),
        };
  return { ...one, coders, decided };
}

interface DecideOptions {
  readonly category: readonly string[];
  readonly none?: boolean;
  readonly reason: string;
}
/** `adjudicate <project> <passage>`: {adjudication}; categories by their codes, coders by their names. */
const adjudicate = (caller: Caller, project: string, given: string, options: DecideOptions): Promise<Answer> => {
  if ((options.category.length === 0) !== (options.none === true))
    throw new Fault('USAGE', 'Say what is final: --category ID (several may follow), or --none.');
  return withProject(caller, project, async (engine) => {
    const passage = await findPassage(engine, given);
    const categories = await findCategories(engine, options.category);
    const made = await engine.call('adjudications.decide', { passage, categories, reason: options.reason });
    const book = await engine.call('codebook.get', {});
    const codes = new Map(book.categories.map(({ id, code }) => [id, code]));
    const names = new Map((await engine.call('project.info', {})).people.map(({ id, name }) => [id, name]));
    const codesIn = (ids: readonly CategoryId[]): string[] => ids.map((id) => codes.get(id) ?? id);
    const adjudication = {
      ...made,
      at: new Date(made.at).toISOString(),
      person: names.get(made.person) ?? made.person,
      categories: codesIn(made.categories),
      compared: made.compared.map((one) => ({
        person: names.get(one.person) ?? one.person,
        categories: codesIn(one.categories),
      })),
    };
    const final = adjudication.categories.join(', ') || 'none';
    return { json: { adjudication }, lines: [`Final for ${passage}: ${oneLine(final)}`] };
  });
};

/** `stale <project>`: {tags}: given under another definition than the one in force; `--mine`: the acting person's. */
const stale = (caller: Caller, project: string, options: { mine?: boolean; category?: string }): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const [category] = await findCategories(engine, options.category === undefined ? [] : [options.category]);
    const { tags } = await engine.call('tags.stale', {
      ...(options.mine === true ? { person: caller.person.id } : {}),
      ...(category === undefined ? {} : { category }),
    });
    const codes = await codesOf(
      engine,
      tags.map((tag) => tag.category),
    );
    const listed = tags.map(({ category: record, given, changed, ...tag }, at) => ({
      ...tag,
      category: codes[at] ?? record,
      record,
      given: new Date(given).toISOString(),
      changed: new Date(changed).toISOString(),
    }));
    return { json: { tags: listed }, lines: listed.flatMap(staleLines) };
  });

const staleLines = (
  tag: Omit<StaleTag, 'category' | 'given' | 'changed'> & { readonly category: string },
): string[] => [
  `${tag.passage}  ${oneLine(tag.category, 40)}  ${oneLine(tag.name, 40)}  ${oneLine(tag.quote, 60)}`,
  ...tag.differences.map(
    ({ field, before, after }) => `    ${field}: ${oneLine(before, 160)} is now ${oneLine(after, 160)}`,
  ),
];

/** `confirm <project> [passage]`: {confirmed: number}: tags of the acting person that stand under the definition in force. */
const confirm = (
  caller: Caller,
  project: string,
  given: string | undefined,
  options: { category: readonly string[]; all?: boolean },
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const categories = await findCategories(engine, options.category);
    if ((given === undefined) !== (options.all === true) || (given !== undefined && categories.length === 0))
      throw new Fault('USAGE', 'Say which: a passage with --category ID, or --all of your stale tags.');
    const passage = given === undefined ? null : await findPassage(engine, given);
    const { tags: mine } = await engine.call('tags.stale', { person: caller.person.id });
    const tags =
      passage === null
        ? mine.filter(({ category }) => categories.length === 0 || categories.includes(category))
        : categories.map((category) => ({ passage, category }));
    if (tags.length > 0)
      await engine.call('tags.confirm', {
        tags: tags.map((tag) => ({ passage: tag.passage, category: tag.category })),
      });
    return { json: { confirmed: tags.length }, lines: [`${tags.length} confirmed.`] };
  });

/** Commands about coding by several people. */
export const codingCommands: Register = (program, run) => {
  program
    .command('assign <project> <file>')
    .description('write a sample for a blind coder as a project file')
    .requiredOption('--coder <name>')
    .requiredOption('--sample <what>', 'sentences:10%, sentences:20, paragraphs:/5 (every fifth), passages:30, sources')
    .option('--seed <number>', 'draws the same sample again', wholeNumber, 1)
    .option('--source <id>', 'only of this source (may be given again)', several, [])
    .option('--name <name>', 'what it is called', '')
    .option('--lead-too', 'you code the sample too; their work is not merged before you are done')
    .option('--replace', 'write over a file of that name')
    .action((project: string, file: string, options: AssignOptions) => run((by) => assign(by, project, file, options)));
  program
    .command('assignments <project>')
    .description('list the assignments, and which one this project is a blind copy for')
    .action((project: string) => run((by) => list(by, project)));
  program
    .command('done <project> [assignment]')
    .description('say that you have finished your part of an assignment')
    .option('--not', 'you have not, after all')
    .action((project: string, assignment: string | undefined, { not }: { not?: boolean }) =>
      run((by) => done(by, project, assignment, not !== true)),
    );
  for (const [name, what, work] of [
    ['agreement', 'how far coders agree: percent, kappa, Fleiss’ kappa, Krippendorff’s alpha', agreement],
    ['differences', 'list the units on which coders differ', differences],
  ] as const) {
    const command = program
      .command(`${name} <project>`)
      .description(what)
      .option('--unit <unit>', UNITS.join(', '), 'sentence')
      .option('--coders <names>', 'only of these people, by name or id, with commas')
      .option('--assignment <id>', 'only the sample of this assignment, by its own unit');
    if (name === 'agreement')
      command
        .option('--source <id>', 'only of this source (may be given again)', several, [])
        .option('--category <id>', 'only this category (may be given again)', several, [])
        .option('--seed <number>', 'of the bootstrap', wholeNumber, 1)
        .option('--samples <number>', 'of the bootstrap', wholeNumber, 1000);
    else command.option('--open', 'only those that are not decided');
    command.action((project: string, options: AgreementOptions) => run((by) => work(by, project, options)));
  }
  program
    .command('adjudicate <project> <passage>')
    .description('decide what is final where coders differ; their tags stay')
    .option('--category <id...>', 'a category that is final', [])
    .option('--none', 'no category is')
    .requiredOption('--reason <text>')
    .action((project: string, passage: string, options: DecideOptions) =>
      run((by) => adjudicate(by, project, passage, options)),
    );
  program
    .command('stale <project>')
    .description('list the tags that were given under another definition of their category')
    .option('--mine', 'only yours')
    .option('--category <id>')
    .action((project: string, options: { mine?: boolean; category?: string }) =>
      run((by) => stale(by, project, options)),
    );
  program
    .command('confirm <project> [passage]')
    .description('say that tags of yours stand under the definition in force')
    .option('--category <id>', 'a category of the passage (may be given again)', several, [])
    .option('--all', 'all your stale tags')
    .action((project: string, passage: string | undefined, options: { category: readonly string[]; all?: boolean }) =>
      run((by) => confirm(by, project, passage, options)),
    );
};
