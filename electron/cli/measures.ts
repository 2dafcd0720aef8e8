import { Fault } from '../../shared/errors.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findSource, startingWith } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

interface ConversionOptions {
  readonly set?: readonly string[];
  readonly by?: string;
  readonly off?: readonly string[];
  readonly reset?: readonly string[];
}

/** `conversions <project>`: {conversions:[{id,from,to,factor,by,known,contradicted}]}. With --set, --off or --reset the table as it is then. */
const conversions = (caller: Caller, project: string, options: ConversionOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    assertOneAct(options);
    const { set, off, reset, by = '' } = options;
    if (set !== undefined) {
      const [factor, from, to] = [set[2], set[0], set[1]];
      if (from === undefined || to === undefined || factor === undefined || set.length > 3)
        throw new Fault('USAGE', 'Write: --set FROM TO FACTOR, for example --set hectare mu 15.');
      await engine.call('conversions.set', { from, to, factor, by });
    }
    if (off !== undefined) await engine.call('conversions.set', { ...pairOf('--off', off), factor: null, by });
    if (reset !== undefined) await resetPair(engine, pairOf('--reset', reset));
    return table(engine);
  });

function assertOneAct({ set, by, off, reset }: ConversionOptions): void {
  if ([set, off, reset].filter((one) => one !== undefined).length > 1)
    throw new Fault('USAGE', 'Use one of --set, --off and --reset at a time.');
  if (by !== undefined && set === undefined && off === undefined)
    throw new Fault('USAGE', '--by goes with --set or --off.');
}

function pairOf(option: string, [from, to, ...more]: readonly string[]): { from: string; to: string } {
  if (from === undefined || to === undefined || more.length > 0)
    throw new Fault('USAGE', `Write: ${option} UNIT UNIT, for example ${option} kg jin.`);
  return { from, to };
}

async function resetPair(engine: Engine, { from, to }: { from: string; to: string }): Promise<void> {
  const all = (await engine.call('conversions.list', {})).conversions;
  const one = all.find((each) => (each.from === from && each.to === to) || (each.from === to && each.to === from));
  if (one === undefined || one.id === null)
    throw new Fault('NOT_FOUND', `Nobody changed how ${from} and ${to} are converted.`, { from, to });
  await engine.call('conversions.remove', { id: one.id });
}

async function table(engine: Engine): Promise<Answer> {
  const all = (await engine.call('conversions.list', {})).conversions;
  return {
    json: { conversions: all },
    lines: columns(
      all.map(({ id, from, to, factor, by, contradicted }) => [
        factor === null ? `${from}, ${to}: not converted` : `1 ${from} = ${factor} ${to}`,
        oneLine(by, 60),
        id === null ? '' : 'set in this project',
        contradicted === null ? '' : `the rest of the table gives ${contradicted}`,
      ]),
    ),
    remarks: [`${counted(all.length, 'conversion')}. Figures in other units are never converted.`],
  };
}

interface ReferenceOptions {
  readonly place?: string;
  readonly period?: string;
  readonly source?: string;
  readonly citation?: string;
  readonly part?: true;
}

/** `reference <project> list`, `add QUANTITY VALUE UNIT`, `remove ID`: {references:[{id,quantity,place,period,value,unit,isWhole,source,citation,person}]}. */
const reference = (
  caller: Caller,
  project: string,
  act: string,
  words: readonly string[],
  options: ReferenceOptions,
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    if (act !== 'add' && Object.keys(options).length > 0)
      throw new Fault('USAGE', '--place, --period, --source, --citation and --part go with add.');
    if (act === 'add') await add(engine, words, options);
    else if (act === 'remove') await remove(engine, words);
    else if (act !== 'list' || words.length > 0)
      throw new Fault('USAGE', `Write: reference <project> list, add QUANTITY VALUE UNIT, or remove ID.`, { act });
    return references(engine);
  });

async function add(engine: Engine, words: readonly string[], options: ReferenceOptions): Promise<void> {
  const [quantity, value, unit, ...more] = words;
  if (quantity === undefined || value === undefined || unit === undefined || more.length > 0)
    throw new Fault(
      'USAGE',
      'Write: reference <project> add QUANTITY VALUE UNIT, with the quantity in quotation marks.',
    );
  await engine.call('references.add', {
    quantity,
    value,
    unit,
    place: options.place ?? null,
    period: options.period ?? null,
    isWhole: options.part !== true,
    source: options.source === undefined ? null : await findSource(engine, options.source),
    citation: options.citation ?? null,
  });
}

async function remove(engine: Engine, [given, ...more]: readonly string[]): Promise<void> {
  if (given === undefined || more.length > 0) throw new Fault('USAGE', 'Write: reference <project> remove ID.');
  const all = (await engine.call('references.list', {})).references;
  await engine.call('references.remove', {
    id: startingWith(all, given, 'reference value', 'reference <project> list').id,
  });
}

async function references(engine: Engine): Promise<Answer> {
  const all = (await engine.call('references.list', {})).references;
  return {
    json: { references: all },
    lines: columns(
      all.map(({ id, quantity, place, period, value, unit, source, citation }) => [
        id,
        oneLine(quantity, 40),
        place ?? '-',
        period ?? '-',
        `${value} ${unit}`,
        oneLine([citation ?? '', source ?? ''].filter((part) => part !== '').join(', '), 60),
      ]),
    ),
    remarks: [`${counted(all.length, 'reference value')}.`],
  };
}

/** The commands for what figures are converted by and set against. */
export const measureCommands: Register = (program, run) => {
  program
    .command('conversions <project>')
    .description('show or change the table of conversions between units')
    .option('--set <unit...>', 'FROM TO FACTOR: so many of TO make one FROM')
    .option('--by <text>', 'what says so: a standard, a yearbook')
    .option('--off <unit...>', 'two units that are not to be converted')
    .option('--reset <unit...>', 'two units that are to be as the program knows them')
    .action((project: string, options: ConversionOptions) => run((by) => conversions(by, project, options)));
  program
    .command('reference <project> [act] [words...]')
    .description('keep values with their source to set figures against: list, add, remove')
    .option('--place <id>', 'a place of the gazetteer or of the project')
    .option('--period <date>', 'when it holds: 2020, 2020-11-01 or 2019/2021')
    .option('--source <id>', 'the source of the project that says so')
    .option('--citation <text>', 'the publication that says so')
    .option('--part', 'figures of its unit there may be larger')
    .action((project: string, act: string | undefined, words: string[], options: ReferenceOptions) =>
      run((by) => reference(by, project, act ?? 'list', words, options)),
    );
};
