import type { Conflict, ConflictSide, Keep, LeftTags } from '../../shared/contract/merge.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import { fieldName } from '../../shared/changes/fields.ts';
import { Fault } from '../../shared/errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findCategories } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { oneLine } from './terminal.ts';
import { counted } from '../../shared/text/counted.ts';
import { formatMoment } from '../../shared/text/moment.ts';

/** `mine` and `theirs` are readable texts; `sides` has the values, with person and time. */
export const conflictJson = ({ mine, incoming, others, ...one }: Conflict) => ({
  id: one.id,
  entity: one.entity,
  record: one.record,
  field: one.field,
  about: one.about,
  mine: mine.text,
  theirs: incoming.text,
  kind: one.kind,
  passage: one.passage,
  source: one.source,
  category: one.category,
  canKeepBoth: one.canKeepBoth,
  canWrite: one.canWrite,
  sides: { mine: sideJson(mine), theirs: sideJson(incoming), others: others.map(sideJson) },
});
const sideJson = ({ value, person, at, field, deleted, inForce }: ConflictSide) => ({
  field,
  value,
  person,
  at: new Date(at).toISOString(),
  deleted,
  inForce,
});

const LEFT_WORDS = { merged: 'merged it', split: 'split it', archived: 'archived it' } as const;
export const leftLine = ({ category, how, into, by, people, tags }: LeftTags): string => {
  const targets = into.map(({ code }) => oneLine(code, 40)).join(', ');
  const done = `${oneLine(by, 40)} ${LEFT_WORDS[how]}${targets === '' ? '' : ` into ${targets}`}`;
  return `left behind with ${oneLine(category.code, 40)}: ${counted(tags, 'tag')} by ${oneLine(people.join(', '), 60)}, added while ${done}`;
};

interface CarryOptions {
  readonly into?: string;
  readonly keep?: boolean;
}
/** `carry-tags <project> <category>`: {moved} */
const carryTags = (caller: Caller, project: string, code: string, { into, keep }: CarryOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const [category, target] = await findCategories(engine, [code, ...(into === undefined ? [] : [into])]);
    if (category === undefined || (target === undefined) !== (keep === true))
      throw new Fault('USAGE', 'Use either --into CATEGORY, or --keep to leave them where they are.');
    const { moved } = await engine.call('merge.carryTags', { category, into: target ?? null });
    return {
      json: { moved },
      lines: [keep === true ? 'They stay where they are.' : `Moved ${counted(moved, 'tag')}.`],
    };
  });

export const conflictLines = (conflicts: readonly Conflict[]): string[] =>
  conflicts.flatMap((one) => [
    `${one.id}  ${CONFLICT_WORDS[one.kind](one)}${one.about === '' ? '' : `: ${oneLine(one.about, 100)}`}`,
    sideLine('mine  ', one.mine),
    ...one.others.map((other) => sideLine('theirs', other)),
    ...([one.mine, ...one.others].some(({ inForce }) => inForce) ? [] : ['    none of these is in force now']),
  ]);
const CONFLICT_WORDS: Readonly<Record<Conflict['kind'], (conflict: Conflict) => string>> = {
  field: ({ entity, field }) => `${fieldName(entity, field)} (${entity})`,
  deleted: ({ entity }) => `${entity} edited by one person, moved to the trash by another`,
  tags: () => 'tags on one passage',
  choice: () => 'several values where one is meant',
  decision: () => 'different decisions about one passage',
};
const sideLine = (which: string, { person, at, text, inForce }: ConflictSide): string =>
  `    ${which}  ${oneLine(person, 40)}, ${formatMoment(at)}${inForce ? ', in force now' : ''}: ${oneLine(text, 100)}`;
const HOW = 'To resolve one: sourcebook resolve <project> <id> --keep mine|theirs|both, or --value TEXT.';

async function everyConflict(engine: Engine): Promise<Conflict[]> {
  const found: Conflict[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: CallOutput<'merge.conflicts'> = await engine.call('merge.conflicts', { after });
    found.push(...page.conflicts);
    after = page.next;
  }
  return found;
}

/** `conflicts <project>`: {conflicts} */
const conflicts = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const found = await everyConflict(engine);
    return {
      json: { conflicts: found.map(conflictJson) },
      lines: found.length === 0 ? ['No open conflicts.'] : [...conflictLines(found), HOW],
    };
  });

interface ResolveOptions {
  readonly keep?: string;
  readonly value?: string;
}

/** `resolve <project> <conflict>`: {conflict,open}; `open`: how many are left. */
const resolveOne = (caller: Caller, project: string, given: string, options: ResolveOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const startsWith = given.toLowerCase();
    const fitting = await engine.call('merge.conflicts', { startsWith, limit: 1 });
    const conflict = fitting.total === 1 ? (fitting.conflicts[0]?.id ?? given) : given;
    await engine.call('merge.resolve', { conflict, keep: keepOf(options) });
    const left = (await engine.call('merge.conflicts', { limit: 0 })).total;
    return {
      json: { conflict, open: left },
      lines: [`Resolved. ${counted(left, 'conflict')} left.`],
    };
  });

function keepOf({ keep, value }: ResolveOptions): Keep {
  if (keep !== undefined && value !== undefined) throw new Fault('USAGE', 'Use either --keep or --value, not both.');
  if (value !== undefined) return { value };
  if (keep === 'mine' || keep === 'both') return keep;
  if (keep === 'theirs' || keep === 'incoming') return 'incoming';
  throw new Fault('USAGE', 'Use --keep mine, incoming (or theirs) or both, or --value TEXT for another value.');
}

/** Commands about conflicts and tags that were left behind. */
export const conflictCommands: Register = (program, run) => {
  program
    .command('conflicts <project>')
    .description('list conflicts')
    .action((project: string) => run((by) => conflicts(by, project)));
  program
    .command('resolve <project> <conflict>')
    .description('resolve a conflict')
    .option('--keep <side>', 'mine, incoming (or theirs) or both')
    .option('--value <text>', 'use this text instead')
    .action((project: string, conflict: string, options: ResolveOptions) =>
      run((by) => resolveOne(by, project, conflict, options)),
    );
  program
    .command('carry-tags <project> <category>')
    .description('move tags that stayed behind when their category was merged, split or archived meanwhile')
    .option('--into <category>', 'the category to move them to')
    .option('--keep', 'leave them where they are')
    .action((project: string, category: string, options: CarryOptions) =>
      run((by) => carryTags(by, project, category, options)),
    );
};
