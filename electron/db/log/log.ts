import type { Place, FieldChange } from '../../../shared/changes/fold.ts';
import { Causality, type Placed } from './causality.ts';
import { damaged } from '../faults.ts';
import { beyondBytes, type Change, type Header, HORIZON } from './packet.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import type { Store } from '../file/store.ts';

/** A commit that is here: what its children need. */
export interface CommitRow extends Placed {
  readonly hash: Buffer;
  readonly replica: number;
  readonly clock: number;
  readonly wall: number;
}
/** A change with the local number of its field. */
export interface FieldChangeRow extends FieldChange {
  readonly field: number;
}
export interface FieldName {
  readonly entity: string;
  readonly name: string;
}

/** Places of commits kept in memory: comparing what authors had seen asks for the same commits again and again. */
const PLACES_KEPT = 20_000;

const KNOWN = 'SELECT i.key, m.seed IS NOT NULL FROM json_each(?) i CROSS JOIN commit_ m ON m.hash = unhex(i.value)';
const COMMIT = 'm.c, m.hash, m.replica, m.clock, m.wall, m.chain, m.seq, m.vv';

/** Reads and writes the log's tables. The rules of the log are in write.ts and union.ts. */
export class Log {
  readonly store: Store;
  readonly project: Buffer;
  readonly causality: Causality;
  /** Numbers of fields by kind of record, then by name: asked for with every change of a merge. */
  private readonly numbers = new Map<string, Map<string, number>>();
  private readonly names = new Map<number, FieldName>();
  private readonly places = new Map<CommitHash, Place>();

  constructor(store: Store) {
    this.store = store;
    this.causality = new Causality(store);
    const project = store.value<Buffer>('SELECT id FROM project_');
    if (project === undefined || project.length !== 16) throw damaged('the project has no id');
    this.project = project;
    this.forget();
  }

  /** To be called after a rollback: numbers kept in memory may be given out again. */
  forget(): void {
    this.causality.forget();
    this.numbers.clear();
    this.names.clear();
    this.places.clear();
    for (const row of this.store.all<FieldName & { field: number }>('SELECT field, entity, name FROM field_')) {
      this.keepField(row.field, row.entity, row.name);
    }
  }

  fieldName(field: number): FieldName | null {
    return this.names.get(field) ?? null;
  }
  findField(entity: string, name: string): number | null {
    return this.numbers.get(entity)?.get(name) ?? null;
  }
  fieldNumber(entity: string, name: string): number {
    const known = this.findField(entity, name);
    if (known !== null) return known;
    const field = this.store.run('INSERT INTO field_(entity, name) VALUES(?, ?)', entity, name);
    this.keepField(field, entity, name);
    return field;
  }
  private keepField(field: number, entity: string, name: string): void {
    const ofKind = this.numbers.get(entity);
    if (ofKind === undefined) this.numbers.set(entity, new Map([[name, field]]));
    else ofKind.set(name, field);
    this.names.set(field, { entity, name });
  }

  findRecord(kind: string, id: Buffer): number | null {
    return this.store.value<number>('SELECT ent FROM entity_ WHERE id = ? AND kind = ?', id, kind) ?? null;
  }
  recordNumber(kind: string, id: Buffer): number {
    return this.findRecord(kind, id) ?? this.store.run('INSERT INTO entity_(kind, id) VALUES(?, ?)', kind, id);
  }
  record(ent: number): { kind: string; id: Buffer } | null {
    return this.store.get<{ kind: string; id: Buffer }>('SELECT kind, id FROM entity_ WHERE ent = ?', ent) ?? null;
  }

  findReplica(id: Buffer, key: Buffer): number | null {
    return this.store.value<number>('SELECT replica FROM replica_ WHERE id = ? AND key = ?', id, key) ?? null;
  }
  replicaNumber(id: Buffer, key: Buffer): number {
    return this.findReplica(id, key) ?? this.store.run('INSERT INTO replica_(id, key) VALUES(?, ?)', id, key);
  }

  byHash(hash: Buffer): CommitRow | null {
    return this.store.get<CommitRow>(`SELECT ${COMMIT} FROM commit_ m WHERE m.hash = ?`, hash) ?? null;
  }
  /** A commit's place in the log, by its hash as text; null if it is not here. */
  placeOf(hash: CommitHash): Place | null {
    const known = this.places.get(hash);
    if (known !== undefined) return known;
    const read = this.store.get<Place>('SELECT chain, seq, vv FROM commit_ WHERE hash = ?', Buffer.from(hash, 'hex'));
    if (read === undefined) return null;
    if (this.places.size >= PLACES_KEPT) this.places.clear();
    this.places.set(hash, read);
    return read;
  }
  /** Which of these commits are here, by their hashes in hexadecimal, and whether with their whole bodies. */
  knownAmong(hashes: readonly string[]): Map<string, 'whole' | 'withheld'> {
    const rows = this.store.allRaw<[at: number, whole: number]>(KNOWN, JSON.stringify(hashes));
    return new Map(rows.map(([at, whole]) => [hashes[at] ?? '', whole === 1 ? 'whole' : 'withheld']));
  }
  /** The commits that have no child here. */
  heads(): CommitRow[] {
    return this.store.all<CommitRow>(`SELECT ${COMMIT} FROM head_ h JOIN commit_ m ON m.c = h.c`);
  }
  /** The hash of the horizon this log begins with; null for a log that has everything from its start. */
  horizon(): Buffer | null {
    const sql = 'SELECT iif(kind = ?, hash, NULL) FROM commit_ WHERE c = (SELECT min(c) FROM commit_)';
    return this.store.value<Buffer | null>(sql, HORIZON) ?? null;
  }
  /** The last commit of a replica and key: the parent of its next one. */
  tip(replicaId: Buffer, key: Buffer): CommitRow | null {
    const replica = this.findReplica(replicaId, key);
    if (replica === null) return null;
    const sql = `SELECT ${COMMIT} FROM commit_ m WHERE m.c = (SELECT max(tip) FROM chain_ WHERE replica = ?)`;
    return this.store.get<CommitRow>(sql, replica) ?? null;
  }

  /**
   * Writes a commit's row and what is derived from it; its parents are here already, or it is the horizon this log begins
   * with and is given none. Body rows are the caller's.
   */
  append(
    h: Header,
    hash: Buffer,
    sig: Buffer,
    own: CommitRow | null,
    others: readonly CommitRow[],
    body: { seed: Buffer | null; label: string | null },
  ): CommitRow {
    const replica = own?.replica ?? this.replicaNumber(h.replica, h.key);
    const place = this.causality.place(own, others, replica);
    const c = this.store.run(
      'INSERT INTO commit_(hash, kind, replica, clock, wall, own, others, root, sig, seed, label, chain, seq, vv) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)',
      hash,
      h.kind,
      replica,
      h.clock,
      h.wall,
      own?.c ?? null,
      own === null && others.length === 0 && h.kind === HORIZON
        ? beyondBytes(h)
        : h.others.length > 0
          ? Buffer.concat(h.others)
          : null,
      h.root,
      sig,
      body.seed,
      body.label,
      place.chain,
      place.seq,
      place.vv,
    );
    this.store.run('UPDATE chain_ SET tip = ? WHERE chain = ?', c, place.chain);
    for (const parent of own === null ? others : [own, ...others])
      this.store.run('DELETE FROM head_ WHERE c = ?', parent.c);
    this.store.run('INSERT INTO head_(c) VALUES(?)', c);
    return { c, hash, replica, clock: h.clock, wall: h.wall, ...place };
  }
  putChange(c: number, i: number, ent: number, field: number, value: string): void {
    this.store.run('INSERT INTO change_(c, i, ent, field, value) VALUES(?,?,?,?,?)', c, i, ent, field, value);
  }

  /** One change of a commit; null if it is not here. */
  change(c: number, i: number): Change | null {
    const row = this.store.get<{ entity: string; id: Buffer; field: string; value: string }>(
      `SELECT e.kind AS entity, e.id, f.name AS field, h.value FROM change_ h JOIN entity_ e ON e.ent = h.ent
         JOIN field_ f ON f.field = h.field WHERE h.c = ? AND h.i = ?`,
      c,
      i,
    );
    return row ?? null;
  }
  /** Streams all changes of a record, in no order. */
  changesOf(ent: number): FieldChangeRow[] {
    return this.store.all<FieldChangeRow>(
      'SELECT h.c, h.i, h.field, h.value, m.clock, m.hash, m.wall, m.chain, m.seq, m.vv FROM change_ h JOIN commit_ m ON m.c = h.c WHERE h.ent = ?',
      ent,
    );
  }
  /** The current value of a field as canonical JSON; null if it was never set. */
  currentValue(ent: number, field: number): string | null {
    return (
      this.store.value<string>(
        'SELECT h.value FROM change_ h JOIN commit_ m ON m.c = h.c WHERE h.ent = ? AND h.field = ? ORDER BY m.clock DESC, m.hash DESC LIMIT 1',
        ent,
        field,
      ) ?? null
    );
  }
}
