import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CategoryMatch, LeftTags, MergePreview, MergeReport } from '../../shared/contract/merge.ts';
import type { CallInput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import { type CategoryId, categoryId, type SourceId } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { withTrust } from '../host/people.ts';
import { forMerge, type MergeSecrets } from '../host/secrets.ts';
import { knownAmong, type Trusted } from '../host/trust.ts';
import { type Answer, type ExitCode, several, type Register, type Run } from './command.ts';
import { secretsFrom, type SecretOptions, withSecretOptions } from './secrets.ts';
import { submittedByOthersRemarks } from './coding.ts';
import { conflictCommands, conflictJson, conflictLines, leftLine } from './conflicts.ts';
import { ownHome, projectFolder, withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { counted, numbered } from '../../shared/text/counted.ts';
import { formatMoment } from '../../shared/text/moment.ts';

interface MergeOptions extends SecretOptions {
  readonly dryRun?: boolean;
  readonly restore?: boolean;
  readonly bringSource: readonly string[];
  readonly bringAll?: boolean;
  readonly match: readonly string[];
}
type MergeInput = CallInput<'merge.preview'>;

/** `merge <project> <file|project>`: {adds,changes,conflicts,refused,…}; with `--dry-run` nothing is changed. */
const merge = (caller: Caller, project: string, other: string, options: MergeOptions): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const path = existsSync(other) ? resolve(other) : projectFolder(other);
    const from = { path, ...(await secretsOf(path, options)) };
    const isChosen = options.bringAll === true || options.bringSource.length > 0;
    if (options.dryRun === true && !isChosen) return previewed(await engine.call('merge.preview', from));
    const chosen = isChosen ? { ...from, add: await sourcesToAdd(engine, from, options) } : from;
    if (options.dryRun === true) return previewed(await engine.call('merge.preview', chosen));
    const report = await engine.call('merge.apply', { ...chosen, restore: options.restore === true });
    const people = await withTrust(ownHome(), (await engine.call('people.list', {})).people);
    const { left } = await engine.call('merge.leftTags', {});
    return merged(project, report, left, [
      ...changedKeys(people, 'Check with them before you rely on it.'),
      ...(await submittedByOthersRemarks(engine)),
    ]);
  });

/** What decrypts the incoming file. A folder isn't encrypted. */
async function secretsOf(path: string, options: MergeOptions): Promise<MergeSecrets> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return {};
  return forMerge(await secretsFrom(path, options));
}

/** The sources to add from a different project, and its categories to match, by the IDs and codes that the preview lists. */
async function sourcesToAdd(
  engine: Engine,
  from: MergeInput,
  options: MergeOptions,
): Promise<NonNullable<MergeInput['add']>> {
  const { other } = await engine.call('merge.preview', from);
  if (other === null)
    throw new Fault(
      'BAD_INPUT',
      'This is a copy of the same project and merges as a whole. Remove --bring-source, --bring-all and --match.',
    );
  const sources =
    options.bringAll === true
      ? other.sources.map(({ id }) => id)
      : options.bringSource.map((one) => idIn(other.sources, one));
  const categories: Record<string, CategoryId> = {};
  const mine = (await engine.call('codebook.get', {})).categories;
  for (const pair of options.match) {
    const [there = '', here = ''] = pair.split('=');
    const from = other.categories.find(
      ({ incoming: one }) => one.id === there || one.code.toUpperCase() === there.toUpperCase(),
    );
    const to = mine.find((one) => one.id === here || one.code.toUpperCase() === here.toUpperCase());
    if (from === undefined || to === undefined)
      throw new Fault(
        'NOT_FOUND',
        `“${pair}” doesn’t match an incoming category to one of yours. Use codes or IDs: THEIRS=MINE.`,
      );
    categories[from.incoming.id] = categoryId.parse(to.id);
  }
  return { sources, categories };
}

function idIn(sources: readonly { readonly id: SourceId }[], given: string): SourceId {
  const found = sources.filter(({ id }) => id.startsWith(given.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  if (found.length > 1)
    throw new Fault('AMBIGUOUS', `${found.length} source IDs start with “${given}”. Type more of the ID.`, {
      id: given,
    });
  throw new Fault('NOT_FOUND', `The other project has no source “${given}”.`, { id: given });
}

function previewed(preview: MergePreview): Answer {
  const { conflicts, undos, undoneMerge, other, ...rest } = preview;
  const byPerson = knownAmong(preview.byPerson, ownHome());
  const people = byPerson.map(({ from, to, ...one }) => ({ ...one, from: iso(from), to: iso(to) }));
  return {
    json: {
      ...counts(preview),
      ...rest,
      takeBacks: undos,
      takenBack: undoneMerge,
      other: other === null ? null : { ...other, categories: other.categories.map(matchJson) },
      conflicts: conflicts.map(conflictJson),
      byPerson: people,
    },
    lines: [
      preview.kind === 'same'
        ? 'A copy of this project. Nothing has changed yet.'
        : `A different project, “${oneLine(preview.project.title)}”. Nothing has changed yet.`,
      `${counted(preview.adds, 'item')} to add and ${numbered(preview.changes)} to change${removedOf(preview)}, from ${counted(preview.commits.added, 'new edit')} (${numbered(preview.commits.known)} already here).`,
      ...columns(
        byPerson.map((one) => [
          '',
          oneLine(one.name, 40),
          counted(one.commits, 'edit'),
          counted(one.changes, 'change'),
          one.trust === 'changed' ? 'DIFFERENT KEY' : one.isNew ? 'new here' : '',
        ]),
      ),
      ...columns(
        preview.bySource.map((one) => [
          '',
          oneLine(one.title, 60),
          counted(one.passages, 'passage'),
          counted(one.tags, 'tag'),
          one.isNew ? 'new here' : '',
        ]),
      ),
      ...(preview.other?.categories ?? []).map(
        ({ incoming, how, mine }) =>
          `  category ${oneLine(incoming.code)} ${oneLine(incoming.name, 40)}: ${how}${how === 'proposed' ? ` ${mine.map((one) => oneLine(one.code)).join(', ')}` : ''}`,
      ),
      ...preview.undos.map(
        (one) => `  undoes other people’s work: ${oneLine(one.label, 80)} (${oneLine(one.person, 40)})`,
      ),
      ...preview.ahead.map(
        (one) => `  dated ahead of this computer’s clock: ${formatMoment(one.at)} (${oneLine(one.person, 40)})`,
      ),
      ...preview.submittedAgain.map(
        ({ name, coder }) =>
          `  submitted again after the lead’s codes were in this project: ${oneLine(name, 80)} (${oneLine(coder, 40)})`,
      ),
      ...preview.early.map(
        (one) =>
          `  dated more than a day before an edit it follows: ${formatMoment(one.at)} (${oneLine(one.person, 40)})`,
      ),
      ...preview.leftTags.map(leftLine),
      `Includes ${counted(preview.files.originals, 'original')} and ${counted(preview.files.layers, 'text layer file')} (${counted(preview.files.bytes, 'byte')}).`,
      ...preview.files.missing.map((hash) => `  missing from both: ${hash}`),
      ...(preview.undoneMerge === null ? [] : ['This was merged before, then undone. Use --restore to restore it.']),
      ...conflictsAndRejected(preview),
    ],
    remarks: [...changedKeys(byPerson, 'Check with them before you merge.'), ...warnings(preview)],
    exit: exitOf(preview),
  };
}

const warnings = (
  report: Pick<MergeReport, 'byOthers' | 'replaced' | 'moved' | 'conclusions' | 'edited'>,
): string[] => [
  ...editedRemarks(report),
  ...report.replaced.map(
    ({ message }) =>
      `WARNING: ${oneLine(message, 400)} Ask them why. Don’t merge it, or undo the merge: with it, the project no longer verifies.`,
  ),
  ...movedRemarks(report),
  ...conclusionRemarks(report),
  ...byOthersRemarks(report),
];

/** How many moved passages are quoted, and changes of a file listed. The rest are counted. */
const QUOTED = 5;
const andMore = (all: readonly unknown[]): string[] =>
  all.length > QUOTED ? [`  and ${numbered(all.length - QUOTED)} more`] : [];

/** What was changed in a file or folder beside its signed log. */
const editedRemarks = ({ edited }: Pick<MergeReport, 'edited'>): string[] =>
  edited.length === 0
    ? []
    : [
        'WARNING: what is merged was changed by another program after it was written. Only its signed history is merged, so none of this comes in. Ask the sender for a new copy.',
        ...edited.slice(0, QUOTED).map(({ message }) => `  ${oneLine(message, 400)}`),
        ...andMore(edited),
      ];

const movedRemarks = ({ moved }: Pick<MergeReport, 'moved'>): string[] =>
  moved.length === 0
    ? []
    : [
        `${moved.length === 1 ? '1 passage of others was' : `${numbered(moved.length)} passages of others were`} moved to other words:`,
        ...moved
          .slice(0, QUOTED)
          .map(
            ({ person, by, before, after }) =>
              `  ${oneLine(person, 40)}’s, by ${oneLine(by, 40)}: “${oneLine(before, 60)}” → “${oneLine(after, 60)}”`,
          ),
        ...andMore(moved),
      ];

/** Claims, contradictions, confirmed copies and masks that change or go. */
const conclusionRemarks = ({ conclusions }: Pick<MergeReport, 'conclusions'>): string[] =>
  conclusions.length === 0
    ? []
    : [
        `${counted(conclusions.length, 'conclusion')} of the team ${conclusions.length === 1 ? 'changes' : 'change'}:`,
        ...conclusions.slice(0, QUOTED).map(({ message }) => `  ${oneLine(message, 400)}`),
        ...andMore(conclusions),
      ];

/** Work in the name of people who did not sign it. */
const byOthersRemarks = ({ byOthers }: Pick<MergeReport, 'byOthers'>): string[] =>
  byOthers.map(
    ({ forged, message }) => `${forged ? 'WARNING: not signed by the person named. ' : ''}${oneLine(message, 400)}`,
  );

/** The JSON key for the incoming category is `theirs`. */
const matchJson = ({ incoming, ...match }: CategoryMatch) => ({ theirs: incoming, ...match });

/** A person, with whether their key is confirmed here. */
type Keyed = Trusted & { readonly name: string; readonly fingerprint: string };
const changedKeys = (people: readonly Keyed[], advice: string): string[] =>
  people
    .filter(({ trust }) => trust === 'changed')
    .map(
      ({ name, fingerprint, confirmedFingerprint }) =>
        `WARNING: ${oneLine(name, 40)} is signing with a different key (${fingerprint}) from the one you confirmed (${confirmedFingerprint ?? 'unknown'}). ${advice}`,
    );

/** As `rebuild` does: 3 where something was rejected. */
const exitOf = ({ refused }: Pick<MergeReport, 'refused'>): ExitCode => (refused.length === 0 ? 0 : 3);

const counts = ({ adds, changes }: Pick<MergeReport, 'adds' | 'changes'>) => ({ adds, changes });
const iso = (at: number): string => new Date(at).toISOString();

const conflictsAndRejected = ({
  conflicts,
  conflictsTotal,
  refused,
}: Pick<MergeReport, 'conflicts' | 'conflictsTotal' | 'refused'>): string[] => [
  ...(conflictsTotal === 0 ? [] : [`${counted(conflictsTotal, 'conflict')}:`, ...conflictLines(conflicts)]),
  ...(conflictsTotal === conflicts.length ? [] : [`and ${numbered(conflictsTotal - conflicts.length)} more`]),
  ...refused.map((one) => `rejected ${oneLine(one.id.slice(0, 12))}: ${oneLine(one.reason)}`),
];

function merged(project: string, report: MergeReport, left: readonly LeftTags[], remarks: readonly string[]): Answer {
  const { conflicts, id, undoneMerge, ...rest } = report;
  const isNothing =
    report.commits.added + report.commits.supplied + report.adds + report.changes === 0 && !report.restored;
  return {
    json: {
      ...counts(report),
      ...rest,
      takenBack: undoneMerge,
      conflicts: conflicts.map(conflictJson),
      leftTags: left,
      merge: id,
    },
    lines: [
      isNothing && undoneMerge === null
        ? 'Nothing new to merge.'
        : isNothing
          ? 'All of this was merged before, then undone here. Nothing has changed.'
          : `Merged: ${counted(report.adds, 'item')} added, ${numbered(report.changes)} changed.`,
      ...(report.restored ? [`Restored what had been undone: ${restoredOf(report.putBack)}.`] : []),
      ...(undoneMerge === null
        ? []
        : [`What was undone stays undone. To restore it: sourcebook restore-merge ${project} ${undoneMerge}`]),
      ...conflictsAndRejected(report),
      ...left.map(leftLine),
      ...(left.length === 0 ? [] : [`To move them: sourcebook carry-tags ${project} <category> --into <category>`]),
    ],
    remarks: [...remarks, ...warnings(report)],
    exit: exitOf(report),
  };
}

const restoredOf = ({ records, left }: MergeReport['putBack']): string =>
  `${counted(records, 'item')}${left === 0 ? '' : `; ${counted(left, 'value')} changed since ${left === 1 ? 'stays as it is' : 'stay as they are'}`}`;

/** Of the items that change, those that the merge would remove: “ (2 of them removed)”. */
function removedOf({ byKind }: Pick<MergePreview, 'byKind'>): string {
  const removed = byKind.reduce((sum, one) => sum + one.removed, 0);
  return removed === 0 ? '' : ` (${numbered(removed)} of them removed)`;
}

/** `merges <project>`: {merges}, newest first; times in ISO 8601, UTC. */
const merges = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const made = (await engine.call('merge.list', {})).merges;
    return {
      json: { merges: made.map(({ undone, ...one }) => ({ ...one, at: iso(one.at), takenBack: undone })) },
      lines: columns(
        made.map((one) => [
          one.id,
          formatMoment(one.at),
          oneLine(one.from, 60),
          counted(one.commits, 'edit'),
          oneLine(one.people.join(', '), 60),
          one.undone ? 'taken back' : '',
        ]),
      ),
    };
  });

/** `take-back|restore-merge <project> <merge>`: {left} or {putBack} */
const undo = (caller: Caller, project: string, id: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { left } = await engine.call('merge.undo', { id });
    return {
      json: { merge: id, left },
      lines: ['Merge undone. It stays in the history.'],
      remarks: left.map(
        (one) =>
          `Left unchanged (${one.why}): ${one.field} of ${one.entity} ${one.about === '' ? one.id : oneLine(one.about, 100)}`,
      ),
    };
  });
const restore = (caller: Caller, project: string, id: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { putBack } = await engine.call('merge.restore', { id });
    return { json: { merge: id, putBack }, lines: [`Merge restored: ${restoredOf(putBack)}.`] };
  });

/** Commands about merges and conflicts. */
export const mergeCommands: Register = (program: Command, run: Run) => {
  withSecretOptions(program.command('merge <project> <other>'))
    .description('merge a project file or project folder into a project')
    .option('--dry-run', 'preview only; change nothing')
    .option('--restore', 'restore what was merged before, then undone')
    .option('--bring-source <source>', 'from a different project: add this source (repeatable)', several, [])
    .option('--bring-all', 'from a different project: add all its sources')
    .option(
      '--match <theirs=mine>',
      'from a different project: match one of its categories to yours (repeatable)',
      several,
      [],
    )
    .action((project: string, other: string, options: MergeOptions) => run((by) => merge(by, project, other, options)));
  conflictCommands(program, run);
  program
    .command('merges <project>')
    .description('list merges in this project folder, newest first')
    .action((project: string) => run((by) => merges(by, project)));
  program
    .command('take-back <project> <merge>')
    .description('undo a merge')
    .action((project: string, id: string) => run((by) => undo(by, project, id)));
  program
    .command('restore-merge <project> <merge>')
    .description('restore an undone merge')
    .action((project: string, id: string) => run((by) => restore(by, project, id)));
};
