import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonical, parse, type Json } from '../../../shared/changes/canonical.ts';
import { DRAFTS_KEY, FOREIGN_DRAFTS_KEY } from '../../../shared/contract/project.ts';
import { newIdBytes } from '../ids.ts';
import type { Store } from './store.ts';

/**
 * State of this folder alone: its replica id, and view state. It is not in the log and never exported.
 *
 * A replica id belongs to one folder on one installation. If two machines shared one, each could write a "next" commit of the
 * same chain. So the database stores which file it is in, and takes a new id if that differs: a copied or restored file has
 * another inode or birth time, and another machine has another installation id. Moving or renaming a folder on one disk keeps
 * all of these. An older state copied over the very same file is not noticed; the chain then forks, and both branches are kept.
 */
export class Local {
  private readonly store: Store;
  private known: Buffer | null = null;

  constructor(store: Store) {
    this.store = store;
  }

  /** The replica id, 16 bytes; made when first needed. */
  replica(): Buffer {
    this.known ??= this.store.value<Buffer>("SELECT value FROM local_self WHERE key = 'replica'") ?? null;
    return this.known ?? this.startReplica();
  }

  /** Starts a new replica: for a folder that was created, imported, copied or restored. */
  startReplica(): Buffer {
    this.known = newIdBytes();
    this.put('replica', this.known);
    return this.known;
  }

  /** Starts a new replica if the database is in another file than the stored one. Returns whether it is. */
  startReplicaIfMoved(file: string, installation: string): boolean {
    const home = homeOf(file, installation);
    if (this.home()?.equals(home) === true) return false;
    this.store.transaction(() => {
      this.leaveForeignView(installation);
      this.startReplica();
      this.put('home', home);
    });
    return true;
  }

  /**
   * Sets the view state aside if another installation wrote in this folder last: it would decide what is shown here as seen, read or verified.
   * If two installations take turns in one folder, each gets its own view state back. Unsaved texts stay visible to an installation that is
   * new here: nobody has signed them, but they may be all that is left of somebody’s work.
   */
  leaveForeignView(installation: string): void {
    const home = this.home();
    const from = home === undefined ? installation : installationOf(home);
    if (from === installation) return;
    const all = this.store.all<{ key: string; value: string }>('SELECT key, value FROM local_view');
    const theirs = all.filter(({ key }) => !key.startsWith(ASIDE));
    const own = asTexts(
      parsed(this.store.value<string>('SELECT value FROM local_view WHERE key = ?', asideOf(installation))),
    );
    for (const { key } of theirs) this.store.run('DELETE FROM local_view WHERE key = ?', key);
    this.setView(asideOf(from), Object.fromEntries(theirs.map(({ key, value }) => [key, value])));
    for (const [key, value] of Object.entries(own)) this.setView(key, parsed(value) ?? null);
    const texts = asTexts(parsed(theirs.find(({ key }) => key === DRAFTS_KEY)?.value));
    if (Object.keys(own).length === 0 && Object.keys(texts).length > 0) this.setView(FOREIGN_DRAFTS_KEY, texts);
  }

  private home(): Buffer | undefined {
    return this.store.value<Buffer>("SELECT value FROM local_self WHERE key = 'home'");
  }

  view(key: string): Json | undefined {
    const text = this.store.value<string>('SELECT value FROM local_view WHERE key = ?', key);
    return text === undefined ? undefined : parse(text);
  }
  setView(key: string, value: Json): void {
    this.store.run(
      'INSERT INTO local_view(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
      key,
      canonical(value),
    );
  }

  private put(key: string, value: Buffer): void {
    this.store.run(
      'INSERT INTO local_self(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  }
}

function homeOf(file: string, installation: string): Buffer {
  const { ino, birthtimeNs } = statSync(file, { bigint: true });
  return Buffer.from(canonical({ installation, inode: String(ino), born: String(birthtimeNs) }));
}

/** Prefix of the key under which another installation’s view state is set aside. Its name is not needed. */
const ASIDE = 'view of ';
const asideOf = (installation: string): string =>
  ASIDE + createHash('sha256').update(installation).digest('hex').slice(0, 32);

function installationOf(home: Buffer): string {
  const read = homeSchema.safeParse(parsed(home.toString()));
  return read.success ? read.data.installation : 'unknown';
}
/** Parses JSON from the folder, which anyone may have written; returns undefined if it is none. */
function parsed(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : parse(text);
  } catch {
    return undefined;
  }
}
const homeSchema = z.object({ installation: z.string() });

const asTexts = (value: Json | undefined): Record<string, string> =>
  z.record(z.string(), z.string()).safeParse(value).data ?? {};

/**
 * The file in which a merge notes the files that it has placed. It is kept when the cache is removed, since what a killed merge left is
 * cleared away with it. Only names that derive from hashes in it are used.
 */
export const KEPT_OF_CACHE = 'merge-placing.json';

/**
 * Removes what was computed from a project that came from elsewhere. An index that lacks a text hides it from every search, and
 * nothing that is verified would say so; all of it is made again.
 */
export function removeCache(folder: string): void {
  const cache = join(folder, 'cache');
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache))
    if (name !== KEPT_OF_CACHE) rmSync(join(cache, name), { recursive: true, force: true });
}
