import { statSync } from 'node:fs';
import { canonical, parse, type Json } from '../../../shared/changes/canonical.ts';
import { newIdBytes } from '../ids.ts';
import type { Store } from './store.ts';

/**
 * What belongs to this folder alone: its replica id, and view state. It is not in the log and never exported.
 *
 * A replica id belongs to one folder on one installation. Were it shared, two machines would write two different
 * "next" commits of one replica. So the database remembers the file it lives in, and a new id is made where that
 * differs: a copied or restored file has another inode or birth time, another machine has another installation id.
 * Moving or renaming a folder on one disk keeps them. An older state copied over the very same file is not noticed;
 * what comes of it is two chains, and both are kept.
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

  /** Compares the file with the one remembered, and starts a new replica where it is another. */
  startReplicaIfMoved(file: string, installation: string): void {
    const home = homeOf(file, installation);
    if (this.store.value<Buffer>("SELECT value FROM local_self WHERE key = 'home'")?.equals(home) === true) return;
    this.store.transaction(() => {
      this.startReplica();
      this.put('home', home);
    });
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
