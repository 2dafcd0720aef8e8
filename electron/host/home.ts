import { createHash, randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { AppState } from '../../shared/contract/app.ts';
import { DEFAULT_SETTINGS, settings as settingsSchema, type Settings } from '../../shared/contract/settings.ts';
import { Fault } from '../../shared/errors.ts';
import { isUnnamed } from '../../shared/model/person-name.ts';
import { systemCode } from '../../shared/file-faults.ts';
import { PROJECT_SUFFIX } from './file-names.ts';
import { readJson, writeNew, writeWhole } from './files.ts';
import { cleanName, createOwnPeople, type OwnPeople } from './own-people.ts';
import type { ActingPerson, Person } from '../db/types.ts';
import { createLastSeen, type LastSeen } from './last-seen.ts';
import { createTrust, type Trust } from './trust.ts';
import { createTrustedRoots, type TrustedRoots } from './trusted-roots.ts';

export type RecentProject = AppState['recents'][number];

const RECENTS_KEPT = 20;

type SettingsPatch = { readonly [K in keyof Settings]?: Settings[K] | undefined };

const settingsFile = settingsSchema.extend({ personName: z.string().trim().min(1).max(200) }).partial();
const installationFile = z.object({ installation: z.string().regex(/^[0-9a-f]{32}$/) });
const recentsFile = z.array(
  z.object({ folder: z.string(), title: z.string(), openedAt: z.number(), sources: z.number().int() }),
);
type Remembered = z.infer<typeof recentsFile>[number];

/**
 * This installation's own data: settings, people's keys and recent projects. Everything is read from disk on each use,
 * since the app and the command line may both be running. All are text files that only this account can read.
 */
export interface Home extends Omit<OwnPeople, 'person' | 'actor' | 'nameFirst'>, Trust, TrustedRoots {
  readonly folder: string;
  /** What was seen last of each project. */
  readonly seen: LastSeen;
  /** The file that keeps how this installation left the caches of projects. */
  readonly cacheStamps: string;
  readonly replacements: string;
  /** The default folder for new projects. */
  readonly projectsFolder: string;
  /** A random id of this installation. A project opened by another installation starts a new replica. */
  installation(): string;
  settings(): Settings;
  /** Turning off `keepRecents` also clears the recent projects. */
  changeSettings(patch: SettingsPatch): Settings;
  /** The person of that name (default: the one in the settings). Makes a key on first use. KEY_LOCKED if their key isn’t open. */
  person(name?: string): Person;
  /** The same; if the key isn’t open, a person who can only read. */
  actor(name?: string): ActingPerson;
  recents(): RecentProject[];
  /** Puts the project first in the list of recent ones, unless the settings turn that off. */
  remember(project: Omit<Remembered, 'openedAt'>): void;
  /**
   * Of a recent project that was closed and encrypted, keeps the name of its file alone: its title and how many sources it has are
   * content.
   */
  forgetTitle(folder: string): void;
  /** The folder of the recent project with this key, or null. */
  folderOf(key: string): string | null;
  /** The key by which pages refer to a folder. */
  keyOf(folder: string): string;
  forget(key: string): void;
  forgetAll(): void;
  /** A folder as shown to a person: relative to their home folder if below it, else absolute. */
  placeOf(folder: string): string;
  /** A sentence for each file that couldn't be read and was renamed, since the last call. */
  takeNotices(): string[];
}

/**
 * Opens the user's data folder: `SOURCEBOOK_HOME`, or the platform's usual place. Makes it if needed. A file that can't be
 * read is kept under another name and reported (`takeNotices`). Throws a Fault if the folder can't be made or written to.
 */
export function openHome(env: NodeJS.ProcessEnv = process.env): Home {
  const folder = dataFolder(env);
  makeFolder(folder);
  const own = env['SOURCEBOOK_HOME'] !== undefined && env['SOURCEBOOK_HOME'] !== '';
  const projectsFolder = own ? join(folder, 'projects') : join(homedir(), 'Documents', 'Sourcebook');
  const notices: string[] = [];

  const read = <S extends z.ZodType>(path: string, schema: S, what: string): z.output<S> | null => {
    const back = readJson(path, schema);
    if (back.state === 'damaged') notices.push(`${what} couldn’t be read. The old file was kept as ${back.keptAs}.`);
    return back.state === 'read' ? back.value : null;
  };

  const settingsPath = join(folder, 'settings.json');
  const settings = (): Settings =>
    withPatch(DEFAULT_SETTINGS, read(settingsPath, settingsFile, 'The settings file') ?? {});

  const installation = (): string => {
    const path = join(folder, 'installation.json');
    const found = read(path, installationFile, 'The installation’s name');
    if (found !== null) return found.installation;
    const made = randomBytes(16).toString('hex');
    // If another process has just made one, use that one.
    return writeNew(path, asJson({ installation: made })) ? made : installation();
  };

  const recentsPath = join(folder, 'recents.json');
  const remembered = (): Remembered[] => read(recentsPath, recentsFile, 'The list of recent projects') ?? [];
  const saveRecents = (list: readonly Remembered[]): void => writeWhole(recentsPath, asJson(list));

  const people = createOwnPeople(folder, read);
  const replacements = join(folder, 'replaced.json');

  return {
    folder,
    seen: createLastSeen(folder, read, replacements),
    cacheStamps: join(folder, 'caches.json'),
    replacements,
    projectsFolder,
    installation,
    settings,
    changeSettings(patch) {
      const patched = withPatch(settings(), patch);
      const name =
        patch.personName === undefined
          ? cleanName(patched.personName)
          : isUnnamed(settings().personName)
            ? people.nameFirst(patch.personName)
            : people.checkName(patch.personName);
      const next: Settings = { ...patched, personName: name };
      writeWhole(settingsPath, asJson(next));
      if (!next.keepRecents) saveRecents([]);
      return next;
    },
    ...people,
    ...createTrust(folder, read),
    ...createTrustedRoots(folder, read),
    person: (name = settings().personName) => people.person(name),
    actor: (name = settings().personName) => people.actor(name),
    recents: () =>
      remembered().map((one) => ({
        key: keyOf(one.folder),
        title: one.title,
        place: placeOf(one.folder),
        openedAt: one.openedAt,
        sources: one.sources,
        missing: !existsSync(join(one.folder, 'project.sqlite')) && !isEncrypted(one.folder),
        encrypted: isEncrypted(one.folder),
        restorable: !existsSync(join(one.folder, 'project.sqlite')) && existsSync(join(one.folder, 'backups')),
      })),
    remember(project) {
      if (!settings().keepRecents) return;
      const real = realOf(project.folder);
      const others = remembered().filter((one) => one.folder !== real);
      saveRecents([{ ...project, folder: real, openedAt: Date.now() }, ...others].slice(0, RECENTS_KEPT));
    },
    forgetTitle: (folder) => saveRecents(withoutTitle(remembered(), realOf(folder))),
    folderOf: (key) => remembered().find((one) => keyOf(one.folder) === key)?.folder ?? null,
    keyOf: (folder) => keyOf(realOf(folder)),
    forget: (key) => saveRecents(remembered().filter((one) => keyOf(one.folder) !== key)),
    forgetAll: () => saveRecents([]),
    placeOf,
    takeNotices: () => notices.splice(0),
  };
}

/**
 * Makes the user's data folder. First checks that the nearest existing folder can be written to: below a file or in
 * /proc, a recursive `mkdir` gives unclear errors or never returns.
 */
function makeFolder(folder: string): void {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) throw unusable(folder, 'part of its path is a file');
    if (isKernels(nearest)) throw unusable(folder, 'the system doesn’t allow files there');
    accessSync(nearest, constants.W_OK | constants.X_OK);
    mkdirSync(join(folder, 'people'), { recursive: true, mode: 0o700 });
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw unusable(folder, systemCode(thrown) ?? 'it can’t be created');
  }
}

/**
 * The same data for a program that was started for one person: they act, whatever the settings say, until the settings are changed
 * in it. Their name is not stored as the default.
 */
export function homeOf(home: Home, person: string): Home {
  let { name } = home.actor(person);
  const settings = (): Settings => ({ ...home.settings(), personName: name });
  return {
    ...home,
    settings,
    changeSettings(patch) {
      const changed = home.changeSettings(patch);
      if (patch.personName !== undefined) name = changed.personName;
      return settings();
    },
    person: (asked = name) => home.person(asked),
    actor: (asked = name) => home.actor(asked),
  };
}

/** Linux’s virtual file systems, where root seems to have write access. */
const isKernels = (folder: string): boolean => process.platform === 'linux' && /^\/(proc|sys)(\/|$)/.test(folder);

const unusable = (folder: string, why: string): Fault =>
  new Fault(
    'BAD_INPUT',
    `Can’t store Sourcebook’s data in ${folder}: ${why}. Set SOURCEBOOK_HOME to a folder you can write to.`,
    { why },
  );

/** The user's data folder, by the conventions of this platform. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const own = env['SOURCEBOOK_HOME'];
  if (own !== undefined && own !== '') return resolve(own);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Sourcebook');
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Sourcebook');
  const data = env['XDG_DATA_HOME'];
  return join(data !== undefined && isAbsolute(data) ? data : join(homedir(), '.local', 'share'), 'Sourcebook');
}

/** The settings changed by the patch. Keys that this version doesn't know, and undefined values, are left out. */
function withPatch(now: Settings, patch: SettingsPatch): Settings {
  return {
    personName: patch.personName ?? now.personName,
    theme: patch.theme ?? now.theme,
    textSize: patch.textSize ?? now.textSize,
    paper: patch.paper ?? now.paper,
    sidePane: patch.sidePane ?? now.sidePane,
    motion: patch.motion ?? now.motion,
    letterKeys: patch.letterKeys ?? now.letterKeys,
    keys: patch.keys ?? now.keys,
    keepRecents: patch.keepRecents ?? now.keepRecents,
    lockAfter: patch.lockAfter === undefined ? now.lockAfter : patch.lockAfter,
  };
}

const withoutTitle = (list: readonly Remembered[], folder: string): Remembered[] =>
  list.map((one) => (one.folder === folder ? { ...one, title: basename(folder, PROJECT_SUFFIX), sources: 0 } : one));

/** Whether a project is a file now: it was closed and encrypted. */
const isEncrypted = (folder: string): boolean => !existsSync(folder) && existsSync(`${folder}.age`);

function placeOf(folder: string): string {
  const below = relative(homedir(), folder);
  const inHome = below !== '' && !isAbsolute(below) && !below.startsWith('..');
  return (inHome ? below : folder).split(sep).join('/');
}

function realOf(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : resolve(folder);
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyOf = (folder: string): string => hashOf(folder).slice(0, 24);
const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
