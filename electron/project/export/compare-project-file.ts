import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { VerifyFailure } from '../../../shared/contract/project.ts';
import { commitHash } from '../../../shared/model/index.ts';
import { compareRows, type ComparedRows, holdsCommit, openProject } from '../../db/index.ts';
import type { ActingPerson, ProjectDb } from '../../db/types.ts';
import {
  ANNOTATIONS_PATH,
  CRATE_PATH,
  CRATE_SINCE,
  DATABASE_PATH,
  MISSING_FIELD,
  placeOf,
} from '../../formats/bag/layout.ts';
import type { Bag } from '../../formats/bag/read.ts';
import { openOriginals } from '../files/originals.ts';
import { projectTitles } from '../project-titles.ts';
import { type AboutExport, type LayerTexts, writeAnnotations } from './annotations.ts';
import { crateOf } from './crate.ts';
import { bagInfo, expectedFiles, HEAD_FIELD } from './project-file.ts';

export interface Replayed {
  /** The folder of the project that was made from the log of the file. It must be closed. */
  readonly folder: string;
  /** The database as it came in the file. */
  readonly database: string;
  readonly person: ActingPerson;
  readonly installation?: string;
}

/**
 * Compares what people read in a project file without Sourcebook with what its signed log says: bag-info.txt, the annotations, the
 * description as RO-Crate, the rows in its database, and which files are in it. All of it is made again from the log. Call it only for a file in which
 * nothing else is wrong: what is missing or damaged would be named again.
 */
export async function compareProjectFile(bag: Bag, { folder, database, ...by }: Replayed): Promise<VerifyFailure[]> {
  const project = openProject({ folder, ...by });
  try {
    const context = { db: project.read, files: openOriginals(folder) };
    const lacking = new Map<string, string>();
    const paths = new Set(expectedFiles(context, lacking));
    return [
      ...listedFailures(bag, new Set(lacking.keys())),
      ...bag.payload.filter((path) => isStranger(path, paths)).map(unnamed),
      ...(await compareWithLog(bag, { database, project, files: context.files })),
    ];
  } finally {
    project.close();
  }
}

/** The project made from the log of a file, and the texts of the layers that are in the file. */
export interface ReplayedLog {
  readonly database: string;
  readonly project: ProjectDb;
  readonly files: LayerTexts;
}

/** The same without checking which files are included: then neither originals nor all layers need to be unpacked. */
export const compareWithLog = async (bag: Bag, { database, project, files }: ReplayedLog): Promise<VerifyFailure[]> => [
  ...infoFailures(bag, database, project),
  ...rowFailures(compareRows(database, project.folder), 'file'),
  ...(await annotationFailures(bag, { files }, project)),
  ...(await crateFailures(bag, project)),
];

const isStranger = (path: string, expected: ReadonlySet<string>): boolean => {
  const kind = placeOf(path)?.kind;
  return (kind === 'original' || kind === 'layer') && !expected.has(path);
};
const unnamed = (path: string): VerifyFailure => ({
  kind: 'unlisted',
  id: path,
  message: `“${path}” belongs to no source in this file’s history.`,
});

/** `lacking`: files that the log names and the project file doesn’t have. */
const listedFailures = (bag: Bag, lacking: ReadonlySet<string>): VerifyFailure[] =>
  (bag.info.get(MISSING_FIELD) ?? '')
    .split(' ')
    .filter((id) => id !== '' && !lacking.has(id))
    .map((id) => ({
      kind: 'manifest',
      id,
      message: `${MISSING_FIELD} lists ${id}, but nothing is missing under that name.`,
    }));

function infoFailures(bag: Bag, database: string, project: ProjectDb): VerifyFailure[] {
  const title = project.read.get(projectTitles, { id: project.id })?.title ?? '';
  const head = project.head();
  const expected = new Map(Object.entries(bagInfo({ id: project.id, title, head }, bag)));
  const failures: VerifyFailure[] = [];
  for (const name of new Set([...expected.keys(), ...bag.info.keys()])) {
    if (name === MISSING_FIELD) continue;
    const [stated, made] = [bag.info.get(name), expected.get(name)];
    if (stated === made) continue;
    if (name === HEAD_FIELD) failures.push(headFailure(stated ?? '', database));
    else failures.push({ kind: 'manifest', id: `bag-info.txt ${name}`, message: infoMessage(name, stated, made) });
  }
  return failures;
}

function infoMessage(name: string, stated: string | undefined, expected: string | undefined): string {
  if (expected === undefined) return `“${name}” in bag-info.txt isn’t written by Sourcebook.`;
  if (stated === undefined) return `“${name}” is missing from bag-info.txt: it is “${expected}”.`;
  return `“${name}” in bag-info.txt says “${stated}”, but by the file’s history it is “${expected}”.`;
}

function headFailure(stated: string, database: string): VerifyFailure {
  const hash = commitHash.safeParse(stated).data;
  const isHere = hash !== undefined && holdsCommit(database, hash);
  const message = isHere
    ? `This file says that its newest edit is ${stated.slice(0, 12)}, but its history goes on after it.`
    : `The newest edit, ${stated.slice(0, 12)}, is missing from this file’s history.`;
  return { kind: 'head', id: stated, message };
}

/** Differences between the database of a project file or folder and its log, as failures with a sentence each. */
export function rowFailures({ strange, differing }: ComparedRows, of: 'file' | 'folder'): VerifyFailure[] {
  if (strange !== null)
    return [
      {
        kind: 'database',
        id: of === 'file' ? DATABASE_PATH : 'project.sqlite',
        message: `The ${of}’s database isn’t as Sourcebook writes it: ${strange}.`,
      },
    ];
  return differing.map(({ entity, id }) => ({
    kind: 'projection',
    id,
    message: `A ${entity} in the ${of}’s database isn’t what its signed history says.`,
  }));
}

/** Failures of the RO-Crate description. A file of an earlier format has none. */
async function crateFailures(bag: Bag, project: ProjectDb): Promise<VerifyFailure[]> {
  const failure = (message: string): VerifyFailure[] => [{ kind: 'crate', id: CRATE_PATH, message }];
  const stated = bag.manifest.get(CRATE_PATH);
  if (stated === undefined) return bag.format < CRATE_SINCE ? [] : failure(`“${CRATE_PATH}” is missing.`);
  const problem = await bag.take(CRATE_PATH, null);
  if (problem !== null) return failure(problem.message);
  const inBag = new Set(bag.payload);
  const made = crateOf(
    aboutOf(project),
    () => true,
    (path) => (inBag.has(path) ? bag.size(path) : null),
  );
  const isSame = createHash('sha256').update(made).digest('hex') === stated;
  return isSame ? [] : failure(`“${CRATE_PATH}” isn’t what the file’s signed history says.`);
}

function aboutOf(project: ProjectDb): AboutExport {
  const { id, read } = project;
  return { read, id, title: read.get(projectTitles, { id })?.title ?? '', head: project.head() };
}

type Context = Parameters<typeof writeAnnotations>[0];

async function annotationFailures(bag: Bag, context: Context, project: ProjectDb): Promise<VerifyFailure[]> {
  // A blind coder's file has no description; every other file has one, whatever its format.
  if (bag.manifest.get(ANNOTATIONS_PATH) === undefined)
    return project.log.horizon() === null
      ? [{ kind: 'annotations', id: ANNOTATIONS_PATH, message: `“${ANNOTATIONS_PATH}” is missing.` }]
      : [];
  if (!bag.payload.includes(ANNOTATIONS_PATH)) return [];
  const cache = join(project.folder, 'cache');
  const [given, made] = [join(cache, 'annotations-given.jsonld'), join(cache, 'annotations-made.jsonld')];
  try {
    mkdirSync(cache, { recursive: true });
    const problem = await bag.take(ANNOTATIONS_PATH, given);
    if (problem !== null) return [{ kind: 'annotations', id: ANNOTATIONS_PATH, message: problem.message }];
    writeAnnotations(context, made, aboutOf(project), { annotations: true });
    if (await isSame(given, made)) return [];
    const which = differingAnnotations(given, made);
    return which.map((one) => ({
      kind: 'annotations',
      id: one ?? ANNOTATIONS_PATH,
      message:
        one === null
          ? `“${ANNOTATIONS_PATH}” isn’t what the file’s signed history says.`
          : `The annotation of passage ${one} isn’t what the file’s signed history says.`,
    }));
  } finally {
    for (const path of [given, made]) if (existsSync(path)) rmSync(path, { force: true });
  }
}

async function isSame(one: string, other: string): Promise<boolean> {
  if (statSync(one).size !== statSync(other).size) return false;
  const second = createReadStream(other)[Symbol.asyncIterator]();
  for await (const chunk of createReadStream(one)) {
    // Both streams read as much at a time, and the files are of one size.
    const next: IteratorResult<unknown, unknown> = await second.next();
    if (!(chunk instanceof Buffer) || !(next.value instanceof Buffer) || !chunk.equals(next.value)) return false;
  }
  return true;
}

/** Above this many bytes the passages that differ are not looked for. */
const MOST_BYTES = 64 << 20;
const collection = z.object({ first: z.object({ items: z.array(z.looseObject({ id: z.string() })) }) });

/** The passages whose annotations differ; null in the list for any other difference. */
function differingAnnotations(given: string, made: string): readonly (string | null)[] {
  if (statSync(given).size > MOST_BYTES) return [null];
  const [stated, is] = [itemsOf(given), itemsOf(made)];
  if (stated === null || is === null) return [null];
  const ids = new Set([...stated.keys(), ...is.keys()]);
  const found = [...ids].filter((id) => stated.get(id) !== is.get(id)).map((id) => id.replace('urn:uuid:', ''));
  return found.length === 0 ? [null] : found;
}

function itemsOf(path: string): Map<string, string> | null {
  try {
    const { first } = collection.parse(JSON.parse(readFileSync(path, 'utf8')));
    return new Map(first.items.map((item) => [item.id, JSON.stringify(item)]));
  } catch {
    // If it can't be read as annotations, it differs as a whole.
    return null;
  }
}
