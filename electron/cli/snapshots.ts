import type { CallOutput } from '../../shared/contract/index.ts';
import type { StateDifference } from '../../shared/contract/snapshots.ts';
import { Fault } from '../../shared/errors.ts';
import type { Snapshot } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, ExitCode, Register } from './command.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { counted } from '../../shared/text/counted.ts';
import { formatMoment } from '../../shared/text/moment.ts';

/** `snapshot <project> NAME`: {snapshot:{id,name,state,commits,at}} */
const make = (caller: Caller, project: string, name: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const made = await engine.call('snapshots.make', { name });
    return {
      json: { snapshot: shown(made) },
      lines: [`Snapshot ${oneLine(made.name)} from ${counted(made.commits, 'edit')}: ${made.state}`],
    };
  });

/** `snapshots <project>`: {snapshots:[{id,name,state,commits,at,ok}]}, newest first. Verifies each; exit 3 if one doesn't match. */
const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const all = await Promise.all(
      (await engine.call('snapshots.list', {})).snapshots.map(async (one) => ({
        one,
        ok: (await verdict(engine, one)) === null,
      })),
    );
    return {
      json: { snapshots: all.map(({ one, ok }) => ({ ...shown(one), ok })) },
      lines: columns(
        all.map(({ one, ok }) => [
          formatMoment(one.at),
          one.state.slice(0, 16),
          ok ? 'holds' : 'DOES NOT MATCH',
          oneLine(one.name),
        ]),
      ),
      remarks: all.filter(({ ok }) => !ok).map(({ one }) => mismatch(one)),
      exit: all.every(({ ok }) => ok) ? 0 : 3,
    };
  });

/**
 * `diff <project> A B`: {added,changed,removed,differences:[{entity,id,label,how,fields:[{field,before,after}]}]}. A and B are names
 * or ids of snapshots; B may be `now`. Exit 3 if one doesn't match the history.
 */
const diff = (caller: Caller, project: string, a: string, b: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { snapshots } = await engine.call('snapshots.list', {});
    const older = findSnapshot(snapshots, a);
    const newer = b === 'now' ? null : findSnapshot(snapshots, b);
    const found = await engine.call('snapshots.compare', { a: older.id, b: newer?.id ?? null });
    const remarks: string[] = [];
    for (const one of newer === null ? [older] : [older, newer]) {
      const remark = await verdict(engine, one);
      if (remark !== null) remarks.push(remark);
    }
    const exit: ExitCode = remarks.length === 0 ? 0 : 3;
    return { json: found, lines: linesOf(found), remarks, exit };
  });

const shown = ({ id, name, state, commits, at }: Snapshot) => ({
  id,
  name,
  state,
  commits,
  at: new Date(at).toISOString(),
});

/** A warning if a snapshot doesn't match the history, or can't be checked because this copy lacks some commits; else null. */
async function verdict(engine: Engine, one: Snapshot): Promise<string | null> {
  try {
    return (await engine.call('snapshots.verify', { id: one.id })).ok ? null : mismatch(one);
  } catch (thrown) {
    if (thrown instanceof Fault && ['NOT_FOUND', 'DAMAGED'].includes(thrown.data.code))
      return `${oneLine(one.name)}: ${thrown.data.message}`;
    throw thrown;
  }
}
/** Throws DAMAGED for a snapshot that doesn't match the history. */
export async function holds(engine: Engine, one: Snapshot): Promise<void> {
  const remark = await verdict(engine, one);
  if (remark !== null) throw new Fault('DAMAGED', remark, { id: one.id });
}
const mismatch = ({ name }: Snapshot): string =>
  `WARNING: the history no longer gives the state recorded in ${oneLine(name)}. Part of it is withheld from this copy, or it was altered. Verify the project.`;

export function findSnapshot(snapshots: readonly Snapshot[], given: string): Snapshot {
  const found = snapshots.find((one) => one.name === given) ?? snapshots.find((one) => one.id === given.toLowerCase());
  if (found !== undefined) return found;
  throw new Fault('NOT_FOUND', `No snapshot “${given}” in this project. The snapshots command lists them.`, {
    name: given,
  });
}

const SIGNS: Readonly<Record<StateDifference['how'], string>> = { added: '+', changed: '~', removed: '-' };

function linesOf({ added, changed, removed, differences }: CallOutput<'snapshots.compare'>): string[] {
  return [
    `${added} added, ${changed} changed, ${removed} removed`,
    ...differences.flatMap(({ entity, label, how, fields }) => [
      `${SIGNS[how]} ${entity} ${oneLine(label)}`,
      ...(how === 'changed'
        ? fields.map(({ field, before, after }) => `    ${field}: ${oneLine(before)} → ${oneLine(after)}`)
        : []),
    ]),
  ];
}

export const snapshotCommands: Register = (program, run) => {
  program
    .command('snapshot <project> <name>')
    .description('name the project’s current state and record its hash')
    .action((project: string, name: string) => run((by) => make(by, project, name)));
  program
    .command('snapshots <project>')
    .description('list snapshots and recheck each one')
    .action((project: string) => run((by) => list(by, project)));
  program
    .command('diff <project> <a> <b>')
    .description('compare two snapshots, or one with “now”')
    .action((project: string, a: string, b: string) => run((by) => diff(by, project, a, b)));
};
