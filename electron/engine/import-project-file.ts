import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { VerifyFailure, VerifyReport } from '../../shared/contract/project.ts';
import { type ThoroughReport, verifyEngine } from './verify-thoroughly.ts';
import { sha256 } from '../../shared/model/index.ts';
import { Fault, toErrorData } from '../../shared/errors.ts';
import { importProject, openIncomingLog } from '../db/index.ts';
import type { ActingPerson } from '../db/types.ts';
import { DATABASE_PATH, MISSING_FIELD, placeOf } from '../formats/bag/layout.ts';
import { type Bag, type BagProblem, openBag } from '../formats/bag/read.ts';
import { compareProjectFile } from '../project/export/compare-project-file.ts';
import { type Engine, openEngine } from './engine.ts';
import { refuseOwnSubmission } from './blind-copy.ts';
import { openOriginals } from '../project/files/originals.ts';
import { isRunning } from './process-alive.ts';
import { removeTree, stagingOf, sweepStaging } from './staging-folders.ts';
import { type Secrets, sniffEncrypted, decrypt } from '../project/export/encryption.ts';
import { counted } from '../../shared/text/counted.ts';

export interface ImportProjectFile {
  readonly file: string;
  /** The project's folder, which must not exist yet. */
  readonly folder: string;
  readonly person: ActingPerson;
  readonly installation?: string;
  /** See EngineOptions. */
  readonly trustedRoots?: string;
  /** For an encrypted file. */
  readonly secrets?: Secrets;
}

/**
 * `excused`: what keeps no project from being created: files that the file itself lists as missing since its export, work in the
 * name of someone who did not sign it, and time stamps that show nothing. They cannot be taken out of a log, and one person must not
 * stop the others’ exchange.
 */
type Staged = ThoroughReport & { readonly excused: ReadonlySet<VerifyFailure> };
const READ_ONLY = 0o400;
const PRIVATE_FOLDER = 0o700;
const NOTHING_CHECKED: VerifyReport['checked'] = { originals: 0, layers: 0, commits: 0, changes: 0, passages: 0 };

/**
 * Creates a project from a project file. Everything is unpacked and checked in a folder beside the target and renamed at the
 * end: a damaged file, a kill or a full disk leaves no project. The database in the file is not adopted; its log is verified and
 * replayed. Faults: EXISTS, NOT_ALLOWED (see {@link refuseOwnSubmission}), and those of {@link openBag} and `decrypt`; DAMAGED
 * names each item that is damaged.
 */
export async function importProjectFile(options: ImportProjectFile): Promise<void> {
  const { folder } = options;
  if (existsSync(folder))
    throw new Fault('EXISTS', `A project called “${basename(folder)}” already exists. Choose another name.`, {
      name: basename(folder),
    });
  mkdirSync(dirname(folder), { recursive: true });
  sweepStaging([dirname(folder)], options.installation);
  const staging = stagingOf(folder, options.installation);
  try {
    const judge = (engine: Engine): Promise<void> => refuseOwnSubmission(engine, options.person);
    const { failures, excused } = await stage({ ...options, folder: staging, judge });
    const broken = failures.filter((failure) => !excused.has(failure));
    if (broken.length > 0) throw damagedFile(broken);
    renameSync(staging, folder);
  } finally {
    removeTree(staging);
  }
}

function damagedFile(failures: readonly VerifyFailure[]): Fault {
  const [first] = failures;
  const more = failures.length - 1;
  return new Fault(
    'DAMAGED',
    `This project file is damaged, so no project was created: ${first?.message ?? 'it can’t be read.'}${more === 0 ? '' : ` ${counted(more, 'more item is', 'more items are')} damaged too.`} Ask the sender for a new copy.`,
    { failures: failures.map((failure) => `${failure.kind} ${failure.id}: ${failure.message}`) },
  );
}

/** Verifies a project file in a temporary folder. Throws if the file is not a project file at all. */
export async function verifyProjectFile(
  file: string,
  person: ActingPerson,
  {
    secrets = {},
    trustedRoots,
    thorough = false,
    passwords = [],
    judge,
  }: Pick<Staging, 'secrets' | 'trustedRoots' | 'thorough' | 'passwords' | 'judge'> = {},
): Promise<ThoroughReport> {
  sweepVerifying();
  const folder = mkdtempSync(join(tmpdir(), `${VERIFYING}${process.pid}-`));
  try {
    const { excused: _excused, ...report } = await stage({
      file,
      folder: join(folder, 'project.sourcebook'),
      person,
      secrets,
      ...(trustedRoots === undefined ? {} : { trustedRoots }),
      thorough,
      passwords,
      ...(judge === undefined ? {} : { judge }),
    });
    return report;
  } finally {
    removeTree(folder);
  }
}

const VERIFYING = 'sourcebook-verify-';

/** Removes what killed processes unpacked, since it may have been encrypted. Folders of other accounts cannot be removed. */
function sweepVerifying(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${VERIFYING}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      removeTree(join(tmpdir(), name));
    } catch {
      continue;
    }
  }
}

/** `judge` throws if the file may not become a project. */
interface Staging extends ImportProjectFile {
  readonly thorough?: boolean;
  /** Of protected PDFs, to read those again too. */
  readonly passwords?: readonly string[];
  readonly judge?: (engine: Engine) => Promise<void>;
}

/** Unpacks and replays a project file into `folder`. An encrypted file is decrypted there first. */
async function stage(options: Staging): Promise<Staged> {
  const { file, folder, secrets = {} } = options;
  if (sniffEncrypted(file) === null) return stageBag(options);
  const opened = join(folder, 'cache', 'incoming.sbk');
  mkdirSync(dirname(opened), { recursive: true, mode: PRIVATE_FOLDER });
  try {
    await decrypt(file, secrets, opened);
    return await stageBag({ ...options, file: opened });
  } finally {
    rmSync(opened, { force: true });
  }
}

async function stageBag(options: Staging): Promise<Staged> {
  const { file, folder } = options;
  const bag = await openBag(file);
  const database = join(folder, 'cache', 'incoming.sqlite');
  try {
    const damaged = await unpack(bag, folder, database);
    if (damaged.some((failure) => failure.kind === 'database'))
      return { ok: false, checked: NOTHING_CHECKED, failures: damaged, remarks: [], again: null, excused: new Set() };
    const report = await replay(database, options);
    if (damaged.length === 0) report.failures.push(...(await compared(bag, report.failures, database, options)));
    const known = new Set(damaged.map((failure) => failure.id));
    const failures = [...damaged, ...report.failures.filter((failure) => !known.has(failure.id))];
    const listed = new Set((bag.info.get(MISSING_FIELD) ?? '').split(' '));
    const excused = new Set(report.failures.filter((one) => isExcused(one, listed, folder)));
    return { ...report, ok: failures.length === 0, failures, excused };
  } finally {
    bag.close();
    rmSync(database, { force: true });
  }
}

/**
 * What people read without Sourcebook, compared with the log: only where nothing else is wrong, but for files that are missing
 * by the file’s own list.
 */
async function compared(
  bag: Bag,
  failures: readonly VerifyFailure[],
  database: string,
  { folder, person, installation }: Staging,
): Promise<VerifyFailure[]> {
  const listed = new Set((bag.info.get(MISSING_FIELD) ?? '').split(' '));
  const by = { person, ...(installation === undefined ? {} : { installation }) };
  return failures.every((one) => isExcused(one, listed, folder))
    ? compareProjectFile(bag, { folder, database, ...by })
    : [];
}

const isExcused = (one: VerifyFailure, listed: ReadonlySet<string>, folder: string): boolean =>
  one.kind === 'author' || one.kind === 'timestamp' || (listed.has(one.id) && isMissing(folder, one));

/** Whether the file does not exist, or there is no hash to look for it by. Any other failure is not excused. */
function isMissing(folder: string, { kind, id }: VerifyFailure): boolean {
  const hash = sha256.safeParse(id).data;
  if (hash === undefined) return kind === 'original' || kind === 'layer';
  const files = openOriginals(folder);
  switch (kind) {
    case 'original':
    case 'part':
      return !files.hasOriginal(hash);
    case 'layer':
    case 'frozen':
    case 'resource':
    case 'content':
      return !files.hasLayer(hash);
    default:
      return false;
  }
}

/** Unpacks the intact files; the others are listed and left out. */
async function unpack(bag: Bag, folder: string, database: string): Promise<VerifyFailure[]> {
  const failures = bag.problems.map(failureOf);
  if (!bag.manifest.has(DATABASE_PATH))
    failures.push({ kind: 'database', id: DATABASE_PATH, message: 'The project’s database is missing.' });
  for (const path of bag.payload) {
    const place = placeOf(path);
    if (place === null) continue;
    const to = targetOf(path, folder, database);
    const promised = bag.manifest.get(path);
    const problem =
      place.kind === 'original' && promised !== place.sha256
        ? { path, kind: 'altered' as const, message: `The content of “${path}” doesn’t match its name.` }
        : await bag.take(path, to);
    if (problem !== null) {
      failures.push(failureOf(problem));
      if (to !== null) rmSync(to, { force: true });
    } else if (to !== null && to !== database) chmodSync(to, READ_ONLY);
  }
  return failures;
}

/** The annotations are for people without Sourcebook: they are checked but not unpacked. They are made again from the log. */
function targetOf(path: string, folder: string, database: string): string | null {
  if (path === DATABASE_PATH) return database;
  const kind = placeOf(path)?.kind;
  return kind === 'original' || kind === 'layer' ? join(folder, path.slice('data/'.length)) : null;
}

function failureOf(problem: BagProblem): VerifyFailure {
  const place = placeOf(problem.path);
  const kind = place === null || place.kind === 'tag' ? 'manifest' : place.kind;
  return { kind, id: place?.sha256 ?? problem.path, message: problem.message };
}

/** Replays the log into a new project in the folder and verifies all of it. */
async function replay(
  database: string,
  { folder, person, installation, trustedRoots, judge, thorough = false, passwords = [] }: Staging,
): Promise<Omit<ThoroughReport, 'ok'>> {
  const rejected: VerifyFailure[] = [];
  const own = installation === undefined ? {} : { installation };
  try {
    const incoming = openIncomingLog(database);
    try {
      importProject({
        folder,
        person,
        ...own,
        project: incoming.project,
        packets: () => incoming.packets(),
        judge: (taken) =>
          rejected.push(
            ...taken.rejected.map(({ hash, why }): VerifyFailure => ({
              kind: 'commit',
              id: hash,
              message: `Edit ${hash.slice(0, 12)} was rejected: ${why}.`,
            })),
          ),
      }).close();
    } finally {
      incoming.close();
    }
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code === 'DISK_FULL') throw thrown;
    const failures: VerifyFailure[] = [{ kind: 'database', id: DATABASE_PATH, message: error.message }];
    return { checked: NOTHING_CHECKED, failures, remarks: [], again: null };
  }
  const roots = trustedRoots === undefined ? {} : { trustedRoots };
  const engine = await openEngine({ folder, person, ...own, ...roots, workers: 1 });
  try {
    await judge?.(engine);
    const report = await verifyEngine(engine, { thorough, passwords });
    return { ...report, failures: [...rejected, ...report.failures] };
  } finally {
    await engine.close();
  }
}
