import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Person } from '../../electron/db/types.ts';
import { newProject } from '../../electron/engine/create-project.ts';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import type { EngineOptions } from '../../electron/engine/protocol.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { importProjectFile } from '../../electron/engine/import-project-file.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import { type ErrorData, Fault } from '../../shared/errors.ts';
import type { CategoryId, CommitHash, Passage, Source, SourceId } from '../../shared/model/index.ts';
import { readersOfFile } from './readers.ts';
import { makeFolder, removeFolder, tempFolder } from './temp.ts';

/** A person with their own key. */
export const somebody = (name: string): Person => personOf(name, newPrivateKey());

export interface ProjectOptions {
  /** Where to create its folder; by default in one that is removed after the test. */
  readonly at?: string;
  readonly title?: string;
  readonly codebook?: 'xinjiang-labour' | 'empty';
  readonly person?: Person;
}

/** Creates a project's folder without people: the first commit is made, and the project closed. */
export function newFolder(options: ProjectOptions = {}): string {
  const { at, title = 'Liuquan 2023', codebook = 'xinjiang-labour', person } = options;
  const folder = join(at ?? tempFolder(), 'Study.sourcebook');
  newProject({ folder, person: person ?? somebody('Ann'), title, codebook });
  return folder;
}

let last = 0;

/**
 * Milliseconds as `Date.now()`, but never the same twice: a test makes two edits within a millisecond, which no person does, and the
 * order of edits that share their time is by chance. A clock that a test sets back by more than a second is followed.
 */
function ticking(): number {
  const now = Date.now();
  last = now <= last && last - now < 1000 ? last + 1 : now;
  return last;
}

/** Opens a project until the test ends. Closing it earlier is allowed. */
export async function openFor(folder: string, person: Person, options: Partial<EngineOptions> = {}): Promise<Engine> {
  const own = options.workers === undefined ? { readers: readersOfFile() } : {};
  // Each person has an installation of their own, even where tests let several take turns in one folder.
  const engine = await openEngine({ folder, person, installation: person.id, now: ticking, ...own, ...options });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await engine.close();
    open = false;
  };
  onTestFinished(close);
  return { ...engine, close };
}

export interface TestProject {
  readonly folder: string;
  readonly person: Person;
  readonly engine: Engine;
}
export async function testProject(options: ProjectOptions = {}): Promise<TestProject> {
  const person = options.person ?? somebody('Ann');
  const folder = newFolder({ ...options, person });
  return { folder, person, engine: await openFor(folder, person) };
}

/** The open copy of a colleague who opened the project file they were sent. */
export async function copyFor(engine: Engine, name: string): Promise<TestProject> {
  const at = tempFolder();
  const [file, folder] = [join(at, 'study.sbk'), join(at, `${name}s.sourcebook`)];
  // For a teammate, also while someone is still to be masked.
  await engine.call('projectFile.export', { path: file, options: { unmasked: true } });
  const person = somebody(name);
  await importProjectFile({ file, folder, person });
  return { engine: await openFor(folder, person), folder, person };
}

/** Imports one file with these contents. */
export async function addFile(engine: Engine, name: string, content: string | Uint8Array): Promise<Source> {
  const folder = makeFolder();
  try {
    const path = join(folder, name);
    writeFileSync(path, content);
    return await addPath(engine, path);
  } finally {
    removeFolder(folder);
  }
}

export async function addPath(engine: Engine, path: string): Promise<Source> {
  const { items } = await engine.call('import.run', { job: randomUUID(), paths: [path] });
  const [item] = items;
  if (item === undefined || item.source === null)
    throw new Error(`${path} did not come in: ${item?.error?.message ?? 'no item'}`);
  return engine.call('sources.get', { id: item.source });
}

/** The ids of categories by code. */
export async function categoriesOf(engine: Engine, ...codes: readonly string[]): Promise<CategoryId[]> {
  const { categories } = await engine.call('codebook.get', {});
  return codes.map((code) => {
    const found = categories.find((one) => one.code === code);
    if (found === undefined) throw new Error(`No category ${code}`);
    return found.id;
  });
}

/** Creates a passage from a quotation that occurs in the source once. */
export async function mark(
  engine: Engine,
  source: SourceId,
  exact: string,
  more: { categories?: CategoryId[]; memo?: string; continues?: CommitHash | null } = {},
): Promise<Passage> {
  const { layer, start, end } = await engine.call('passages.find', { source, quote: { exact } });
  return engine.call('passages.create', { source, layer, marked: { kind: 'text', start, end }, ...more });
}

/** Everything a colleague would see of a project, except what is local to a folder. */
export async function contentsOf(engine: Engine) {
  const { head, title, people, codebook } = await engine.call('project.info', {});
  const { sources } = await engine.call('sources.list', { deleted: true });
  const { passages } = await engine.call('passages.list', {});
  const removed = (await engine.call('passages.list', { deleted: true })).passages;
  const { commits } = await engine.call('history.list', {});
  const texts: string[] = [];
  for (const one of sources)
    texts.push(one.layer === null ? '' : (await engine.call('layers.text', { id: one.layer })).text);
  return { head, title, people, codebook, sources, texts, passages, removed, commits };
}

/** The error data of a call that throws a Fault; fails the test if it succeeds or throws anything else. */
export async function faultOf(work: Promise<unknown> | (() => unknown)): Promise<ErrorData> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.data;
    throw thrown;
  }
  throw new Error('This should have been refused.');
}
export const codeOf = async (work: Promise<unknown> | (() => unknown)): Promise<string> => (await faultOf(work)).code;

export type VerifyReport = CallOutput<'project.verify'>;
