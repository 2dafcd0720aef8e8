import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { CallInput, CallOutput } from '../../shared/contract/index.ts';
import { counted } from '../../shared/text/counted.ts';
import { formatMoment } from '../../shared/text/moment.ts';
import { commitHash } from '../../shared/model/index.ts';
import { noteReplaced } from '../db/index.ts';
import type { ReadFile } from './key-files.ts';
import { logError } from '../log/log.ts';
import { writeWhole } from './files.ts';
import { type ChainsEngine, createSeenChains, type Lacking } from './seen-chains.ts';

const seen = z.object({
  head: commitHash,
  commits: z.number().int(),
  at: z.number(),
  /** Whether the database was compared with its signed history here, and only this installation wrote in it since. */
  compared: z.boolean().default(false),
});
const seenFile = z.record(z.string(), seen);
type Seen = z.infer<typeof seen>;

/** More projects than anyone has. The longest unseen are forgotten first. */
const KEPT = 1000;

/** Milliseconds after the first commit that is not noted yet. */
const NOTED_AFTER = 3000;

/** What is asked of an open project. */
interface AskedEngine extends ChainsEngine {
  call(name: 'project.chains', input: CallInput<'project.chains'>): Promise<CallOutput<'project.chains'>>;
  call(name: 'project.logHas', input: CallInput<'project.logHas'>): Promise<CallOutput<'project.logHas'>>;
}

/** An older state of a project than the one that was last seen. */
export interface Older {
  /** When the newer one was last seen, epoch ms. */
  readonly at: number;
  /** How many edits fewer it has; 0 if it has others instead. */
  readonly edits: number;
  /** Whether the newer one was in another folder. */
  readonly elsewhere: boolean;
}

/**
 * The newest commit that this installation has seen of each project folder. It is kept outside the project: an older
 * `project.sqlite` that is copied over the present one is valid in itself, and only this shows it.
 */
export interface LastSeen {
  /**
   * Null if the project has the commit seen last, or was replaced on purpose since (a restored backup, a rebuilt database): then what
   * it has now is noted. Otherwise nothing is noted until {@link accept}. A folder that was not seen before is older if another copy
   * had all that it has, and more; that is said once.
   */
  check(folder: string, engine: AskedEngine): Promise<Older | null>;
  /** What other copies of the project had and this one lacks. Notes nothing. */
  lacking(engine: ChainsEngine): Promise<Lacking | null>;
  /**
   * Whether the database was found to match its signed history, and was at its last {@link check} as this installation had
   * left it. False for a project that it has never seen.
   */
  isCompared(folder: string, engine: AskedEngine): Promise<boolean>;
  /** The database matches its signed history. */
  noteCompared(folder: string, engine: AskedEngine): Promise<void>;
  /** The person says that this state is right. */
  accept(folder: string, engine: AskedEngine): Promise<void>;
  /** Something was committed. It is noted some seconds later, with whatever is committed until then: the commit doesn’t wait. */
  noteSoon(folder: string, engine: AskedEngine): void;
  /** Notes at once what {@link noteSoon} would note later. Never rejects. */
  notePending(engine: AskedEngine): Promise<void>;
}

/** `replacements`: see OpenOptions. */
export function createLastSeen(
  home: string,
  read: ReadFile,
  replacements: string,
  now: () => number = Date.now,
): LastSeen {
  const path = join(home, 'seen.json');
  const chains = createSeenChains(home, read, now);
  const all = (): Record<string, Seen> => read(path, seenFile, 'The list of projects seen last') ?? {};
  const note = (key: string, { head, commits }: CallOutput<'project.logHas'>, compared: boolean): void => {
    if (head === null) return;
    const others = Object.entries(all())
      .filter(([one]) => one !== key)
      .sort(([, a], [, b]) => b.at - a.at)
      .slice(0, KEPT - 1);
    writeWhole(
      path,
      `${JSON.stringify({ [key]: { head, commits, at: now(), compared }, ...Object.fromEntries(others) })}\n`,
    );
  };
  /** Neither the folder's name nor the project is in the list. */
  const keyOf = (folder: string, project: string): string =>
    createHash('sha256').update(`${folder}\0${project}`).digest('hex').slice(0, 32);

  const keyIn = async (folder: string, engine: AskedEngine): Promise<string> =>
    keyOf(folder, (await engine.call('project.logHas', { commit: null })).project);

  /** `isOwn`: whatever is new in the project was committed by this engine. */
  const look = async (folder: string, engine: AskedEngine, isOwn: boolean): Promise<Older | null> => {
    const key = await keyIn(folder, engine);
    const before = all()[key];
    const found = await engine.call('project.logHas', { commit: before?.head ?? null });
    const isReplaced = (found.replacedAt ?? 0) > (before?.at ?? Infinity);
    if (before === undefined || found.has || isReplaced) {
      const lacking = before === undefined ? await chains.lacking(engine) : null;
      if (found.head !== before?.head) await chains.note(engine, isReplaced);
      note(key, found, before?.compared === true && (isOwn || before.head === found.head));
      return lacking?.isOlder === true ? { at: lacking.at, edits: lacking.edits, elsewhere: true } : null;
    }
    // Another process has it open, and noted what it committed after this one had read the database.
    if (found.heldSince !== null && found.heldSince > 0 && before.at >= found.heldSince) return null;
    return { at: before.at, edits: Math.max(0, before.commits - found.commits), elsewhere: false };
  };

  const pending = new Map<AskedEngine, { readonly timer: NodeJS.Timeout; readonly folder: string }>();
  const notePending = async (engine: AskedEngine): Promise<void> => {
    const waiting = pending.get(engine);
    if (waiting === undefined) return;
    pending.delete(engine);
    clearTimeout(waiting.timer);
    try {
      await look(waiting.folder, engine, true);
    } catch (thrown) {
      // The project was closed, or the disk is full: what was noted before stays, and nobody asked for this.
      logError(thrown, { event: 'job-failed', job: 'seen' });
    }
  };

  return {
    check: (folder, engine) => look(folder, engine, false),
    notePending,
    lacking: (engine) => chains.lacking(engine),
    isCompared: async (folder, engine) => all()[await keyIn(folder, engine)]?.compared === true,
    async noteCompared(folder, engine) {
      const key = await keyIn(folder, engine);
      const before = all()[key];
      if (before !== undefined)
        writeWhole(path, `${JSON.stringify({ ...all(), [key]: { ...before, compared: true } })}\n`);
    },
    noteSoon(folder, engine) {
      if (pending.has(engine)) return;
      const timer = setTimeout(() => void notePending(engine), NOTED_AFTER);
      // A program that has nothing else to do need not wait: closing a project notes what is pending.
      timer.unref();
      pending.set(engine, { timer, folder });
    },
    async accept(folder, engine) {
      const found = await engine.call('project.logHas', { commit: null });
      const key = keyOf(folder, found.project);
      note(key, found, all()[key]?.compared === true);
      // Backups that have more are expected from then on, as after a restore.
      noteReplaced({ folder, project: found.project, file: replacements }, now());
      await chains.note(engine, true);
    },
  };
}

/** What the command line says of it. */
export function olderText({ at, edits, elsewhere }: Older): string {
  if (elsewhere)
    return `This copy of the project is in an older state than another one on ${formatMoment(at)}: ${counted(edits, 'edit')} ${edits === 1 ? 'is' : 'are'} missing, and nothing is new.`;
  const missing =
    edits === 0 ? 'edits that were here then are' : `${counted(edits, 'edit')} ${edits === 1 ? 'is' : 'are'}`;
  return `This project is in an older state than on ${formatMoment(at)}: ${missing} missing. Restore or merge a backup that has them; if the older state is right, run sourcebook verify with --accept-older.`;
}

/** What verifying says of a copy that lacks edits. */
export function lackingText({ at, edits, by }: Lacking): string {
  const whose = by.map((one) => `${one.person} ${counted(one.edits, 'edit')}`);
  const named = whose.length === 0 ? '' : ` (of ${whose.join(', of ')})`;
  const [are, them] = edits === 1 ? ['isn’t', 'it'] : ['aren’t', 'them'];
  return `Another copy of this project, seen on ${formatMoment(at)}, has ${counted(edits, 'edit')} that ${are} here${named}. Whoever made this copy may not have had ${them}, or left ${them} out.`;
}
