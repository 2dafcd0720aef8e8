import { resolve } from 'node:path';
import { submittedByOthers } from '../../shared/agreement/submitted-by-others.ts';
import type { StaleTag } from '../../shared/contract/coding.ts';
import { Fault } from '../../shared/errors.ts';
import type { Assignment, AssignmentId } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { type Answer, several, wholeNumber, type Register } from './command.ts';
import { codesOf, findAssignment, findCategories, findPassage, findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { counted, numbered } from '../../shared/text/counted.ts';

interface AssignOptions {
  readonly coder: string;
  readonly sample: string;
  readonly seed: number;
  readonly source: readonly string[];
  readonly name: string;
  readonly leadToo?: boolean;
  readonly replace?: boolean;
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

/** `assign <project> <out.sbk>`: {assignment,file,bytes}, `assignment.units` is the number of units, `sample` their places. */
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
        `Wrote ${oneLine(path)}: ${counted(assignment.units, 'unit')} from ${counted(assignment.sources.length, 'source')} for ${oneLine(coder)}`,
      ],
    };
  });

/** `assignments <project>`: {assignments,blind,removed}; `--restore ID` restores a withdrawn one. */
const list = (caller: Caller, project: string, { restore }: { readonly restore?: string }): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    if (restore !== undefined) {
      const before = await engine.call('assignments.list', {});
      await engine.call('assignments.restore', { id: findAssignment(before.removed, restore) });
    }
    const { assignments, blind, removed } = await engine.call('assignments.list', {});
    const rows = [...assignments, ...removed].map((one) => [
      one.id,
      removed.includes(one) ? 'taken back' : stateOf(one),
      oneLine(one.coderName, 40),
      counted(one.units.length, 'unit'),
      oneLine(one.name, 80),
    ]);
    const json = { assignments: assignments.map(shown), blind, removed: removed.map(shown) };
    return { json, lines: columns(rows), remarks: await submittedByOthersRemarks(engine) };
  });

/** `done <project> [assignment]`: {assignment} */
const done = (caller: Caller, project: string, given: string | undefined, isDone: boolean): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { assignments, blind } = await engine.call('assignments.list', {});
    const own = assignments.filter(({ person, coder }) => person === caller.person.id || coder === caller.person.id);
    const id = given === undefined ? (blind ?? onlyOne(own)) : findAssignment(assignments, given);
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
  if (only === undefined) throw new Fault('NOT_FOUND', 'You aren’t part of any assignment in this project.');
  if (assignments.length === 1) return only.id;
  throw new Fault('AMBIGUOUS', 'You’re part of several assignments. Give an ID; the assignments command lists them.', {
    ids: assignments.map(({ id }) => id),
  });
}

/** `stale <project>`: {tags}: tags whose category's definition has changed since. `--mine`: only the acting person's. */
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
    ({ field, before, after }) => `    ${field}: ${oneLine(before, 160)} → ${oneLine(after, 160)}`,
  ),
];

/** `confirm <project> [passage]`: {confirmed: number}: how many of the acting person's tags are confirmed under the current definitions. */
const confirm = (
  caller: Caller,
  project: string,
  given: string | undefined,
  options: { category: readonly string[]; all?: boolean },
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const categories = await findCategories(engine, options.category);
    if ((given === undefined) !== (options.all === true) || (given !== undefined && categories.length === 0))
      throw new Fault('USAGE', 'Give a passage with --category ID, or --all for all your stale tags.');
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
    return { json: { confirmed: tags.length }, lines: [`${numbered(tags.length)} confirmed.`] };
  });

/** Commands about coding by several people. */
export const codingCommands: Register = (program, run) => {
  program
    .command('assign <project> <file>')
    .description('draw a sample and write it as a project file for a blind coder')
    .requiredOption('--coder <name>')
    .requiredOption('--sample <what>', 'sentences:10%, sentences:20, paragraphs:/5 (every fifth), passages:30, sources')
    .option('--seed <number>', 'use the same seed to draw the same sample', wholeNumber, 1)
    .option('--source <id>', 'only from this source (repeatable)', several, [])
    .option('--name <name>', 'assignment name', '')
    .option('--lead-too', 'you code the sample too; their work merges only once you’ve finished')
    .option('--replace', 'overwrite an existing file')
    .action((project: string, file: string, options: AssignOptions) => run((by) => assign(by, project, file, options)));
  program
    .command('assignments <project>')
    .description('list assignments, and the one this project is a blind copy for')
    .option('--restore <id>', 'restore this withdrawn assignment first')
    .action((project: string, options: { restore?: string }) => run((by) => list(by, project, options)));
  program
    .command('done <project> [assignment]')
    .description('mark your part of an assignment as finished')
    .option('--not', 'mark it as not finished')
    .action((project: string, assignment: string | undefined, { not }: { not?: boolean }) =>
      run((by) => done(by, project, assignment, not !== true)),
    );
  program
    .command('stale <project>')
    .description('list tags added under an older definition of their category')
    .option('--mine', 'only yours')
    .option('--category <id>')
    .action((project: string, options: { mine?: boolean; category?: string }) =>
      run((by) => stale(by, project, options)),
    );
  program
    .command('confirm <project> [passage]')
    .description('confirm your tags under the current definition')
    .option('--category <id>', 'a category on the passage (repeatable)', several, [])
    .option('--all', 'all your stale tags')
    .action((project: string, passage: string | undefined, options: { category: readonly string[]; all?: boolean }) =>
      run((by) => confirm(by, project, passage, options)),
    );
};

/** A sentence for each assignment that was submitted by someone other than the coder it was assigned to. */
export async function submittedByOthersRemarks(engine: Engine): Promise<string[]> {
  const { assignments } = await engine.call('assignments.list', {});
  if (assignments.every(({ coder }) => coder === null)) return [];
  const { people } = await engine.call('people.list', {});
  return submittedByOthers(assignments, people).map(
    ({ name, coderName, by }) =>
      `“${oneLine(name, 80)}” was assigned to ${oneLine(coderName, 40)}, but ${oneLine(by, 40)} submitted it, so it counts as coded by ${oneLine(by, 40)}.`,
  );
}
