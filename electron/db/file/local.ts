import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonical, parse, type Json } from '../../../shared/changes/canonical.ts';
import { newIdBytes } from '../ids.ts';
import type { Store } from './store.ts';

/** Key of when the database was last replaced: by a restored backup, or by one rebuilt from its log. Epoch milliseconds. */
export const REPLACED = 'database replaced';

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
    if (this.store.value<Buffer>("SELECT value FROM local_self WHERE key = 'home'")?.equals(home) === true)
      return false;
    this.store.transaction(() => {
      this.startReplica();
      this.put('home', home);
    });
    return true;
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

/** What a killed merge had placed: needed to clear it away, and used only for names that its hashes give. */
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
