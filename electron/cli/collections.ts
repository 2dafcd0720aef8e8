import type { Collection } from '../../shared/contract/collections.ts';
import { Fault } from '../../shared/errors.ts';
import type { SourceId } from '../../shared/model/index.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine, withoutIsolates } from './terminal.ts';

/** The collections with this name or ID: after a merge, two can have the same name. NOT_FOUND. */
export function collectionsNamed(all: readonly Collection[], given: string): readonly Collection[] {
  const wanted = withoutIsolates(given).trim().toLowerCase();
  const found = all.filter((one) => one.id === wanted || one.name.toLowerCase() === wanted);
  if (found.length > 0) return found;
  const names = all.map((one) => `“${oneLine(one.name)}”`).join(', ');
  const there = names === '' ? 'This project has none.' : `There are ${names}.`;
  throw new Fault('NOT_FOUND', `No collection “${oneLine(given)}”. ${there}`, { collection: given });
}

/** The one collection with this name or ID. NOT_FOUND, AMBIGUOUS. */
async function find(engine: Engine, given: string): Promise<Collection> {
  const { collections } = await engine.call('collections.list', {});
  const [only, ...others] = collectionsNamed(collections, given);
  if (only !== undefined && others.length === 0) return only;
  throw new Fault('AMBIGUOUS', `${others.length + 1} collections are called “${oneLine(given)}”. Use the ID of one.`, {
    collection: given,
    ids: [only, ...others].flatMap((one) => (one === undefined ? [] : [one.id])),
  });
}

async function sourcesOf(engine: Engine, given: readonly string[]): Promise<SourceId[]> {
  const ids: SourceId[] = [];
  for (const one of given) ids.push(await findSource(engine, one));
  return ids;
}

const answerFor = ({ id, name, sources }: Collection): Answer => ({
  json: { collection: { id, name, sources } },
  lines: [`${id}  ${oneLine(name)}  ${counted(sources.length, 'source', 'sources')}`],
});

const list = (caller: Caller, project: string): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { collections } = await engine.call('collections.list', {});
    return {
      json: { collections },
      lines: columns(
        collections.map(({ id, name, sources }) => [
          id,
          oneLine(name, 120),
          counted(sources.length, 'source', 'sources'),
        ]),
      ),
    };
  });

const create = (caller: Caller, project: string, name: string, given: readonly string[]): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const sources = await sourcesOf(engine, given);
    const { id } = await engine.call('collections.create', { name: withoutIsolates(name), sources });
    return answerFor(await find(engine, id));
  });

const add = (caller: Caller, project: string, collection: string, given: readonly string[]): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { id } = await find(engine, collection);
    await engine.call('collections.change', { id, add: await sourcesOf(engine, given) });
    return answerFor(await find(engine, id));
  });

/** Without sources, the collection itself: its sources stay in the project. */
const remove = (caller: Caller, project: string, collection: string, given: readonly string[]): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const found = await find(engine, collection);
    if (given.length > 0) {
      await engine.call('collections.change', { id: found.id, remove: await sourcesOf(engine, given) });
      return answerFor(await find(engine, found.id));
    }
    await engine.call('collections.remove', { id: found.id });
    return { json: { removed: found.id }, lines: [`Removed the collection ${oneLine(found.name)}`] };
  });

/** Commands about collections. */
export const collectionCommands: Register = (program, run) => {
  const group = program.command('collection').description('manage collections of sources');
  group
    .command('list <project>')
    .description('list collections and how many sources each has')
    .action((project: string) => run((by) => list(by, project)));
  group
    .command('new <project> <name> [source...]')
    .description('create a collection, with these sources')
    .action((project: string, name: string, sources: string[]) => run((by) => create(by, project, name, sources)));
  group
    .command('add <project> <collection> <source...>')
    .description('add sources to a collection')
    .action((project: string, name: string, sources: string[]) => run((by) => add(by, project, name, sources)));
  group
    .command('remove <project> <collection> [source...]')
    .description('remove sources from a collection, or, without any, the collection; its sources stay in the project')
    .action((project: string, name: string, sources: string[]) => run((by) => remove(by, project, name, sources)));
};
