import { Option } from 'commander';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { Fault } from '../../shared/errors.ts';
import { placeRecordId } from '../../shared/model/index.ts';
import { placeFinder } from '../../shared/places/find-places.ts';
import { ownPlaceKind, placeTitle, type OwnPlaceKind } from '../../shared/places/gazetteer.ts';
import { counted } from '../../shared/text/counted.ts';
import type { Engine } from '../engine/engine.ts';
import { decodeAs } from '../formats/charset.ts';
import { detectCharset } from '../formats/detect-charset.ts';
import { builtInGazetteer } from '../project/places/gazetteer.ts';
import { GAZETTEER_NOTICE } from '../../shared/places/notice.ts';
import type { Answer, Register } from './command.ts';
import { findSource } from './find.ts';
import { withProject, type Caller } from './open.ts';
import { columns, oneLine } from './terminal.ts';

interface PlacesOptions {
  readonly source?: string;
  readonly text?: string;
  readonly own?: true;
  readonly add?: string;
  readonly place?: string;
  readonly in?: string;
  readonly remove?: string;
  readonly rename?: string;
  readonly to?: string;
  readonly move?: string;
  readonly kind?: OwnPlaceKind;
}

interface Listed {
  readonly source?: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly place: string | null;
  readonly name: string | null;
  readonly sure: boolean;
  readonly asks: readonly string[];
  readonly helped: string | null;
}

/** `places <project>`, or `places --text FILE`: {places:[{start,end,text,place,name,sure,asks:[…]}]}; of a project with `source`. */
function places(caller: Caller, project: string | undefined, options: PlacesOptions): Answer | Promise<Answer> {
  assertUsage(project, options);
  if (project === undefined) return inFile(options.text ?? '');
  return withProject(caller, project, (engine) => {
    if (options.add !== undefined) return add(engine, options.add, options);
    if (options.remove !== undefined) return remove(engine, options.remove);
    if (options.rename !== undefined) return rename(engine, options.rename, options.to ?? '');
    if (options.move !== undefined) return move(engine, options.move, options);
    return options.own === true ? own(engine) : inProject(engine, options.source);
  });
}

function assertUsage(
  project: string | undefined,
  { text, source, own: isOwn, add: added, place, in: parent, remove: removed, ...more }: PlacesOptions,
): void {
  if ((project === undefined) === (text === undefined))
    throw new Fault('USAGE', 'Give a project, or a file with --text.');
  const { rename: renamed, to, move: moved, kind } = more;
  const acts = [text, source, isOwn, added, removed, renamed, moved].filter((one) => one !== undefined);
  if (acts.length > 1)
    throw new Fault('USAGE', 'Use one of --source, --text, --own, --add, --rename, --move and --remove at a time.');
  if (added === undefined && place !== undefined) throw new Fault('USAGE', '--place goes with --add.');
  if (added === undefined && moved === undefined && parent !== undefined)
    throw new Fault('USAGE', '--in goes with --add or --move.');
  if ((renamed === undefined) !== (to === undefined)) throw new Fault('USAGE', 'Use --rename with --to.');
  if (moved === undefined && kind !== undefined) throw new Fault('USAGE', '--kind goes with --move.');
  if (moved !== undefined && parent === undefined && kind === undefined)
    throw new Fault('USAGE', 'Use --move with --in, --kind or both.');
  if (place !== undefined && parent !== undefined)
    throw new Fault('USAGE', 'Use --place for a further name of a place, or --in for a new place.');
}

async function inProject(engine: Engine, given: string | undefined): Promise<Answer> {
  const source = given === undefined ? undefined : await findSource(engine, given);
  const found = await engine.call('places.find', source === undefined ? {} : { source });
  const failed = found.unread.length;
  return answer(
    found.gazetteer,
    found.places,
    failed === 0 ? [] : [`The text of ${counted(failed, 'source')} can’t be read. Run verify to see why.`],
  );
}

/** The largest text, in bytes: one the finder reads in some seconds. */
const LARGEST = 64 * 1024 * 1024;

function inFile(path: string): Answer {
  const gazetteer = builtInGazetteer();
  const titles = new Map(gazetteer.places.map((place) => [place.id, placeTitle(place)]));
  const found = placeFinder(gazetteer).find(readText(path), { year: null });
  const name = (place: string | null): string | null => (place === null ? null : (titles.get(place) ?? place));
  return answer(
    gazetteer.version,
    found.map((one) => ({ ...one, name: name(one.place) })),
    [],
  );
}

function readText(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    throw new Fault('NOT_FOUND', `Can’t read ${oneLine(path)}. Check the path and that you may read it.`, {
      file: path,
    });
  }
  try {
    const about = fstatSync(file);
    if (!about.isFile())
      throw new Fault('USAGE', `${oneLine(path)} isn’t a file. Use --text with a text file.`, { file: path });
    if (about.size > LARGEST)
      throw new Fault('TOO_LARGE', 'Can’t read texts over 64 MB. Split the file.', { file: path, bytes: about.size });
    const bytes = readFileSync(file);
    return decodeAs(bytes, detectCharset(bytes).charset);
  } finally {
    closeSync(file);
  }
}

function answer(gazetteer: string, found: readonly Listed[], remarks: readonly string[]): Answer {
  const sure = found.filter((one) => one.sure).length;
  const asking = found.filter(({ asks }) => asks.length > 0).length;
  return {
    json: {
      gazetteer,
      places: found.map(({ source, start, end, text, place, name, sure: isSure, asks, helped }) => ({
        ...(source === undefined ? {} : { source }),
        start,
        end,
        text,
        place,
        name,
        sure: isSure,
        asks,
        ...(helped === null ? {} : { helped }),
      })),
    },
    lines: columns(
      found.map(({ source, start, end, text, place, name, sure: isSure, asks }) => [
        ...(source === undefined ? [] : [source]),
        `${start}-${end}`,
        oneLine(text),
        place === null ? `one of: ${asks.join(', ')}` : `${oneLine(name ?? place)} (${place})`,
        isSure ? '' : 'check',
      ]),
    ),
    remarks: [
      `${counted(found.length, 'place name')}: ${sure} sure, ${found.length - sure - asking} to check, ${asking} with several places to choose from.`,
      ...remarks,
    ],
  };
}

async function add(engine: Engine, text: string, { place, in: parent }: PlacesOptions): Promise<Answer> {
  if (place !== undefined) {
    const { id } = await engine.call('places.addName', { place, text });
    return { json: { id, place }, lines: [id], remarks: [`Added as a name of ${place}.`] };
  }
  const { id } = await engine.call('places.add', { name: text, ...(parent === undefined ? {} : { parent }) });
  return { json: { id, place: id }, lines: [id], remarks: ['Added as a new place.'] };
}

async function remove(engine: Engine, given: string): Promise<Answer> {
  const { places: all } = await engine.call('places.own', {});
  const wanted = given.toLowerCase();
  const isIt = (id: string): boolean => id === wanted || (wanted.length >= 6 && id.startsWith(wanted));
  const names = all.flatMap((one) => one.names).filter(({ id }) => isIt(id));
  const own = all.filter((one) => one.own && isIt(one.place));
  if (names.length + own.length > 1)
    throw new Fault('AMBIGUOUS', `More than one place or name has an ID that starts with “${given}”.`, { id: given });
  const [name] = names;
  const [placed] = own;
  if (name !== undefined) await engine.call('places.removeName', { id: name.id });
  else if (placed !== undefined) await engine.call('places.remove', { id: placeRecordId.parse(placed.place) });
  else
    throw new Fault(
      'NOT_FOUND',
      `No place or name with the ID “${given}” was added to this project. List them with --own.`,
      { id: given },
    );
  return { json: { removed: name?.id ?? placed?.place }, remarks: ['Removed. Use undo to restore it.'] };
}

async function rename(engine: Engine, given: string, name: string): Promise<Answer> {
  const { id } = await ownPlace(engine, given);
  await engine.call('places.rename', { id, name });
  return { json: { id, place: id, name }, remarks: ['Renamed.'] };
}

/** What is not given stays: what it is, or what it is in. `--in none`: in nothing. */
async function move(engine: Engine, given: string, { in: parent, kind }: PlacesOptions): Promise<Answer> {
  const before = await ownPlace(engine, given);
  const after = {
    parent: parent === undefined ? before.parent : parent === 'none' ? null : parent,
    kind: kind ?? before.kind,
  };
  await engine.call('places.move', { id: before.id, ...after });
  return { json: { id: before.id, place: before.id, ...after }, remarks: ['Moved.'] };
}

/** A place of the team’s own by its ID. */
async function ownPlace(engine: Engine, given: string) {
  const { own: found, parent } = await engine.call('places.get', { id: given.toLowerCase() });
  if (found !== null) return { ...found, parent };
  throw new Fault('NOT_FOUND', `“${given}” isn’t a place of this project’s own. List them with --own.`, { id: given });
}

async function own(engine: Engine): Promise<Answer> {
  const { places: all } = await engine.call('places.own', {});
  return {
    json: { places: all },
    lines: columns(
      all.flatMap(({ place, name, parent, own: isOwn, names }) => [
        ...(isOwn ? [[place, oneLine(name), parent === null ? '-' : `in ${parent}`]] : []),
        ...names.map(({ id, text }) => [id, oneLine(text), `name of ${oneLine(name)} (${place})`]),
      ]),
    ),
    remarks: all.length === 0 ? ['No places added to this project yet.'] : [],
  };
}

/** The command for names of places. */
export const placesCommands: Register = (program, run) => {
  program
    .command('places [project]')
    .description('find names of places, and add places and names to the gazetteer')
    .option('--source <source>', 'only in this source')
    .option('--text <file>', 'in a text file, without a project')
    .option('--own', 'list the places and names added to this project')
    .option('--add <name>', 'add a place, or with --place a further name')
    .option('--place <id>', 'with --add: the place that bears the name')
    .option('--in <id>', 'with --add or --move: the place that it is in; none: in nothing')
    .option('--rename <id>', 'rename a place that was added')
    .option('--to <name>', 'with --rename: the new name')
    .option('--move <id>', 'change what a place that was added is, or what it is in')
    .addOption(new Option('--kind <kind>', 'with --move: what it is').choices(ownPlaceKind.options))
    .option('--remove <id>', 'remove a place or name that was added')
    .addHelpText('after', `\n${GAZETTEER_NOTICE}`)
    .action((project: string | undefined, options: PlacesOptions) => run((by) => places(by, project, options)));
};
