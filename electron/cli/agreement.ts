import {
  type AgreementFigures,
  type AgreementReport,
  CODED_AS_WORDS,
  type CodedAs,
  codedAs,
  type Disagreement,
} from '../../shared/contract/coding.ts';
import { Fault } from '../../shared/errors.ts';
import {
  type AssignmentId,
  type CategoryId,
  type PassageId,
  type PersonId,
  UNITS,
  type Unit,
} from '../../shared/model/index.ts';
import { InvalidArgumentError } from 'commander';
import { firstCompared } from '../../shared/agreement/compared.ts';
import type { Engine } from '../engine/engine.ts';
import { type Answer, several, wholeNumber, type Register } from './command.ts';
import { codesOf, findAssignment, findCategories, findPeople, findPassage, findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { formatMoment } from '../../shared/text/moment.ts';
import { counted, numbered } from '../../shared/text/counted.ts';

interface AgreementOptions {
  readonly unit?: string;
  readonly coders?: string;
  readonly everyone?: boolean;
  readonly assignment?: string;
  readonly source?: readonly string[];
  readonly category: readonly string[];
  readonly seed: number;
  readonly samples: number;
  readonly thresholds: string;
  readonly as?: CodedAs;
  readonly open?: boolean;
}

interface Question {
  readonly unit: Unit;
  readonly coders: PersonId[];
  readonly assignment?: AssignmentId;
}
/**
 * What is compared, with a line that names it. If nothing is chosen, it is what the window shows first: the newest assignment that
 * both have finished, else everything that was coded.
 */
async function questionOf(
  engine: Engine,
  options: Partial<AgreementOptions>,
): Promise<{ question: Question; lines: string[] }> {
  const unit = unitOf(options.unit ?? 'sentence');
  const named = (options.coders ?? '').split(',').filter((one) => one.trim() !== '');
  if (options.everyone === true && (named.length > 0 || options.assignment !== undefined))
    throw new Fault('USAGE', 'Use --everyone without --coders and --assignment.');
  const coders = await findPeople(engine, named);
  const { assignments } = await engine.call('assignments.list', {});
  const isChosen = [options.unit, options.coders, options.everyone, options.source?.[0]].some(
    (one) => one !== undefined,
  );
  const first = isChosen ? null : firstCompared(assignments).assignment;
  const assignment = options.assignment === undefined ? first : findAssignment(assignments, options.assignment);
  if (assignment === null) return { question: { unit, coders }, lines: [] };
  const name = assignments.find(({ id }) => id === assignment)?.name ?? assignment;
  return {
    question: { unit, coders, assignment },
    lines: [`Assignment ${oneLine(name, 60)}. For everything that was coded, use --everyone.`],
  };
}

function unitOf(given: string): Unit {
  const unit = UNITS.find((one) => one === given.toLowerCase());
  if (unit !== undefined) return unit;
  throw new Fault('USAGE', `Unknown unit. Use one of: ${UNITS.join(', ')}. Run the command with --help.`, {
    unit: given,
  });
}

/** `agreement <project>`: the report; a category's `id` is its code in the codebook, `record` its id in the project. */
const agreement = (caller: Caller, project: string, options: AgreementOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { seed, samples } = options;
    const { question, lines } = await questionOf(engine, options);
    const sources = await Promise.all((options.source ?? []).map((one) => findSource(engine, one)));
    const categories = await findCategories(engine, options.category);
    const thresholds = thresholdsOf(options.thresholds);
    const report = await engine.call('agreement.report', {
      ...question,
      sources,
      categories,
      seed,
      samples,
      thresholds,
      ...(options.as === undefined ? {} : { as: options.as }),
    });
    const json = {
      ...report,
      assignment: question.assignment ?? null,
      codebook: { ...report.codebook, changed: await codesOf(engine, report.codebook.changed) },
      categories: report.categories.map(({ id, code, ...figures }) => ({ id: code, record: id, ...figures })),
    };
    return {
      json,
      lines: [...lines, ...reportLines(report)],
      remarks:
        report.submittedAgain === null
          ? []
          : [
              `Submitted again after the lead’s codes were in this project (${formatMoment(report.submittedAgain)}). As submitted, only the submission before that counts.`,
            ],
    };
  });

function thresholdsOf(text: string): AgreementReport['thresholds'] {
  const [good = NaN, tentative = NaN, ...more] = text.split(',').map((one) => (one.trim() === '' ? NaN : Number(one)));
  if (good <= 1 && tentative >= 0 && tentative <= good && more.length === 0) return { good, tentative };
  throw new Fault('USAGE', '--thresholds takes two numbers from 0 to 1, higher first: 0.8,0.667.');
}

const figure = (value: number | 'undefined'): string => (value === 'undefined' ? value : value.toFixed(3));
const figureRow = (name: string, one: AgreementFigures): string[] => [
  name,
  String(one.n),
  one.prevalence.toFixed(3),
  one.percent === 'undefined' ? one.percent : `${one.percent.toFixed(1)}%`,
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
    `${counted(report.units, report.unit)}, ${CODED_AS_WORDS[report.as]}; ${coders.map(({ name, units }) => `${oneLine(name, 40)} judged ${numbered(units)}`).join(', ')}`,
    `Codebook ${oneLine(`${codebook.title} ${codebook.version}`, 80)}, SHA-256 ${codebook.digest.slice(0, 16)}`,
    ...columns([
      ['category', 'n', 'prevalence', 'percent', 'kappa', 'Fleiss', 'alpha', '95%'],
      ...given.map((one) => figureRow(oneLine(one.code, 40), one)),
      figureRow('overall', report.overall),
    ]),
    ...(silent > 0
      ? [
          `${counted(silent, 'category was', 'categories were')} never used, so ${silent === 1 ? 'its' : 'their'} coefficients are undefined.`,
        ]
      : []),
    `Alpha: good from ${thresholds.good}, tentative from ${thresholds.tentative}; ${counted(bootstrap.samples, 'bootstrap sample')}, seed ${bootstrap.seed}.`,
    report.note,
  ];
}

/** `differences <project>`: {differences,decided}; categories by their codes. */
const differences = (caller: Caller, project: string, options: AgreementOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { question, lines } = await questionOf(engine, options);
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
    return { json: { differences: listed, decided: found.decided }, lines: [...lines, ...columns(rows)] };
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
    throw new Fault('USAGE', 'Give the final categories with --category ID (repeatable), or use --none.');
  return withProject(caller, project, async (engine) => {
    const passage = await findPassage(engine, given);
    const categories = await findCategories(engine, options.category);
    const coders = await comparedOn(engine, passage);
    const made = await engine.call('adjudications.decide', { passage, categories, reason: options.reason, ...coders });
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
    return { json: { adjudication }, lines: [`Decided for ${passage}: ${oneLine(final)}`] };
  });
};

/** Those whom `differences` compares there without options, as the window does first. */
async function comparedOn(engine: Engine, passage: PassageId): Promise<{ coders?: PersonId[] }> {
  const { question } = await questionOf(engine, {});
  const { differences: all } = await engine.call('agreement.differences', question);
  const here = all.find((one) => one.coders.some(({ passages }) => passages.includes(passage)));
  return here === undefined ? {} : { coders: here.coders.map(({ person }) => person) };
}

function asWhen(text: string): CodedAs {
  const as = codedAs.safeParse(text);
  if (as.success) return as.data;
  throw new InvalidArgumentError(`Use one of: ${codedAs.options.join(', ')}.`);
}

/** Commands about where coders agree and differ. */
export const agreementCommands: Register = (program, run) => {
  for (const [name, what, work] of [
    ['agreement', 'measure coder agreement: percent, kappa, Fleiss’ kappa, Krippendorff’s alpha', agreement],
    ['differences', 'list the units where coders differ', differences],
  ] as const) {
    const command = program
      .command(`${name} <project>`)
      .description(what)
      .option('--unit <unit>', `${UNITS.join(', ')}; of everything that was coded (default: sentence)`)
      .option('--coders <names>', 'only these people: names or IDs, separated by commas')
      .option('--everyone', 'everything that was coded, by everyone who tagged')
      .option('--assignment <id>', 'only this assignment’s sample, by its two people (default: newest finished)');
    if (name === 'agreement')
      command
        .option('--as <when>', 'handed-in (tags as submitted) or now (including later edits)', asWhen)
        .option('--source <id>', 'only this source (repeatable)', several, [])
        .option('--category <id>', 'only this category (repeatable)', several, [])
        .option('--seed <number>', 'for the bootstrap', wholeNumber, 1)
        .option('--samples <number>', 'for the bootstrap', wholeNumber, 1000)
        .option('--thresholds <good,tentative>', 'lowest alpha for good and tentative', '0.8,0.667');
    else command.option('--open', 'only undecided differences');
    command.action((project: string, options: AgreementOptions) => run((by) => work(by, project, options)));
  }
  program
    .command('adjudicate <project> <passage>')
    .description('decide the final categories where coders differ; their tags stay')
    .option('--category <id...>', 'a final category (repeatable)', [])
    .option('--none', 'no category fits')
    .requiredOption('--reason <text>')
    .action((project: string, passage: string, options: DecideOptions) =>
      run((by) => adjudicate(by, project, passage, options)),
    );
};
