import type { ConfirmedCopies } from '../../shared/contract/copies.ts';
import type { SourceId } from '../../shared/model/index.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

async function sourcesOf(engine: Engine, given: readonly string[]): Promise<SourceId[]> {
  const ids: SourceId[] = [];
  for (const one of given) ids.push(await findSource(engine, one));
  return ids;
}

const groupShown = ({ sources, origin, disputed, apart }: ConfirmedCopies) => ({ sources, origin, disputed, apart });

/** `copies <project>`, or `copies list <project>`: {groups:[{sources,origin,disputed,apart}],found:[{sources:[{source,how,share}]}],looked}. Looks for copies first. */
const list = (caller: Caller, project: string, { look }: { look: boolean }): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    if (look) await engine.call('copies.find', {});
    const { groups, offers, more, looked, unread } = await engine.call('copies.list', {});
    const titles = new Map(
      (await engine.call('sources.list', {})).sources.map(({ id, title, fileName }) => [id, title ?? fileName]),
    );
    const line = (mark: string, source: SourceId, note: string) => [
      mark,
      source,
      note,
      oneLine(titles.get(source) ?? '', 80),
    ];
    return {
      json: {
        groups: groups.map(groupShown),
        found: offers.map(({ sources }) => ({ sources })),
        more,
        looked: looked?.sources ?? null,
        unread,
      },
      lines: columns([
        ...groups.flatMap(({ sources, origin }, at) =>
          sources.map((source) => line(`copies ${at + 1}`, source, source === origin ? 'origin' : 'copy')),
        ),
        ...offers.flatMap(({ sources }, at) =>
          sources.map(({ source, how, share }) =>
            line(`found ${at + 1}`, source, `${how}, ${Math.round(share * 100)} %`),
          ),
        ),
      ]),
      remarks: [
        `${counted(groups.length, 'group')} of copies; ${counted(offers.length + more, 'more found', 'more found')}, which count for nothing until somebody confirms them.`,
        ...(more > 0 ? [`${counted(more, 'smaller one', 'smaller ones')} not listed.`] : []),
        ...(unread > 0 ? [`The text of ${counted(unread, 'source')} can’t be read: verify the project.`] : []),
      ],
    };
  });

const confirm = (
  caller: Caller,
  project: string,
  given: readonly string[],
  { origin }: { origin?: string },
): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const sources = await sourcesOf(engine, given);
    const from = origin === undefined ? null : await findSource(engine, origin);
    const group = await engine.call('copies.confirm', { sources, origin: from });
    return {
      json: { group: groupShown(group) },
      lines: [`${counted(group.sources.length, 'copy', 'copies')} of one text`],
    };
  });

const apart = (caller: Caller, project: string, given: readonly string[]): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const sources = await sourcesOf(engine, given);
    await engine.call('copies.apart', { sources });
    return { json: { apart: sources }, lines: [`${counted(sources.length, 'source')}, no copies of each other`] };
  });

const withdraw = (caller: Caller, project: string, given: readonly string[]): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const sources = await sourcesOf(engine, given);
    await engine.call('copies.withdraw', { sources });
    return { json: { withdrawn: sources }, lines: ['Nothing is decided of them any more.'] };
  });

/** The commands that find and decide copies of one text. */
export const copiesCommands: Register = (program, run) => {
  const group = program.command('copies').description('find and decide copies of one text, which count once');
  group
    .command('list <project>', { isDefault: true })
    .description('look for copies, and list them with those that are confirmed')
    .option('--no-look', 'list what was found before')
    .action((project: string, options: { look: boolean }) => run((by) => list(by, project, options)));
  group
    .command('confirm <project> <source...>')
    .description('these are copies of one text')
    .option('--origin <source>', 'the one it is from; without it unknown or not in the project')
    .action((project: string, sources: string[], options: { origin?: string }) =>
      run((by) => confirm(by, project, sources, options)),
    );
  group
    .command('apart <project> <source...>')
    .description('none of these is a copy of another; they are never offered again')
    .action((project: string, sources: string[]) => run((by) => apart(by, project, sources)));
  group
    .command('withdraw <project> <source...>')
    .description('take back what was decided on these and their copies')
    .action((project: string, sources: string[]) => run((by) => withdraw(by, project, sources)));
};
