import type { CallOutput } from '../../shared/contract/index.ts';
import type { Fate, PassageFate } from '../../shared/contract/versions.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';
import { counted } from '../../shared/text/counted.ts';

type Comparison = CallOutput<'versions.compare'>;

/**
 * `compare <project> <older> <newer>`: {found,moved,changed:[{passage,from,to}],vanished:[{passage,from}],report}, and `areas` if
 * there are any. Places are {start,end,exact} in each source's text. Writes nothing.
 */
const compare = (caller: Caller, project: string, older: string, newer: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const both = await pairOf(engine, older, newer);
    const { passages } = await engine.call('versions.compare', {
      older: { source: both.older },
      newer: { source: both.newer },
    });
    const report = reportOf(passages);
    const there = (fate: Fate) =>
      passages.filter((one) => one.fate === fate).map(({ passage, from, to }) => ({ passage, from, to }));
    const areas = passages.filter(({ fate }) => fate === 'area').map(({ passage }) => ({ passage }));
    return {
      json: {
        found: there('found'),
        moved: there('moved'),
        changed: there('changed'),
        vanished: there('vanished').map(({ passage, from }) => ({ passage, from })),
        ...(areas.length === 0 ? {} : { areas }),
        report,
      },
      lines: [report, ...columns(passages.flatMap(linesOf))],
    };
  });

/** “Of 41 coded passages: 35 unchanged, 4 changed, 2 not found”; a passage that only moved counts as unchanged. */
function reportOf(passages: Comparison['passages']): string {
  const count = (...fates: Fate[]): number => passages.filter(({ fate }) => fates.includes(fate)).length;
  const parts = [
    `${count('found', 'moved')} unchanged`,
    `${count('changed')} changed`,
    `${count('vanished')} not found`,
    ...(count('area') === 0
      ? []
      : [`${counted(count('area'), 'is an area', 'are areas')}, which can’t be matched by text`]),
  ];
  const all = passages.length;
  return `Of ${counted(all, 'coded passage')}: ${parts.join(', ')}`;
}

/** A changed passage takes two lines: its old and its new words. */
function linesOf({ passage, fate, from, to }: PassageFate): string[][] {
  const place = (at: PassageFate['from']): string => (at === null ? '-' : `${at.start}-${at.end}`);
  const words = (at: PassageFate['from']): string => (at === null ? '' : oneLine(at.exact, 80));
  const first = [fate, passage, `${place(from)} → ${place(to)}`, words(from)];
  return fate === 'changed' ? [first, ['', '', '', words(to)]] : [first];
}

/** `pair <project> <older> <newer>`: {pair:{older,newer}} */
const pair = (caller: Caller, project: string, older: string, newer: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const both = await pairOf(engine, older, newer);
    await engine.call('versions.pair', both);
    return { json: { pair: both }, lines: [`${both.newer} is now a newer version of ${both.older}.`] };
  });

async function pairOf(engine: Engine, older: string, newer: string) {
  return { older: await findSource(engine, older), newer: await findSource(engine, newer) };
}

/** The commands about versions of a source. */
export const versionCommands: Register = (program, run) => {
  program
    .command('compare <project> <older> <newer>')
    .description('compare the passages of an older source with a newer one; changes nothing')
    .action((project: string, older: string, newer: string) => run((by) => compare(by, project, older, newer)));
  program
    .command('pair <project> <older> <newer>')
    .description('mark one source as a newer version of another')
    .action((project: string, older: string, newer: string) => run((by) => pair(by, project, older, newer)));
};
