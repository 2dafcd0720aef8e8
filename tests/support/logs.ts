import { generateKeyPairSync } from 'node:crypto';
import Database from 'better-sqlite3';
import { harden } from '../../electron/db/file/connect.ts';
import { idText, newIdBytes } from '../../electron/db/ids.ts';
import { Log, type CommitRow } from '../../electron/db/log/log.ts';
import { logTriggers, migrate, remakeProjections } from '../../electron/db/migrations.ts';
import type { Packet } from '../../electron/db/log/packet.ts';
import { exportPackets } from '../../electron/db/log/packets.ts';
import { kindsOf, isEntity } from '../../shared/changes/fields.ts';
import { ENTITIES } from '../../shared/changes/kinds.ts';
import { openSigner, type Signer } from '../../electron/db/log/signatures.ts';
import { Store } from '../../electron/db/file/store.ts';
import { inverseOf } from '../../electron/db/log/undo.ts';
import { takePackets, type UnionCounts } from '../../electron/db/merge/union.ts';
import { appendCommit, changesOf, stepChange, type Author, type LooseEdit } from '../../electron/db/log/write.ts';
export { withhold } from '../../electron/db/export/part.ts';
import type { InverseLeft } from '../../shared/changes/inverse.ts';
import type { Json } from '../../shared/changes/canonical.ts';

export const newSigner = (): Signer =>
  openSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

export const newId = (): string => idText(newIdBytes());

export const edit = (entity: string, id: string, field: string, value: Json): LooseEdit => ({
  entity,
  id,
  field,
  value,
});

/** One replica's log in memory, without folder, lock or person records, for tests of the log's rules. */
export class Replica {
  readonly log: Log;
  readonly signer: Signer;
  replica: Buffer = newIdBytes();
  private readonly now: () => number;
  private readonly trusted = new Set<string>();

  constructor(project: Buffer, signer: Signer, now: () => number = Date.now) {
    const store = new Store(new Database(':memory:'));
    harden(store.sqlite);
    migrate(store, 0);
    store.run('INSERT INTO project_(one, id) VALUES(1, ?)', project);
    remakeProjections(store);
    this.log = new Log(store);
    this.signer = signer;
    this.now = now;
  }

  get author(): Author {
    return { signer: this.signer, replica: this.replica, trusted: this.trusted, now: this.now };
  }

  commit(label: string, edits: readonly LooseEdit[]): CommitRow | null {
    return this.log.store.transaction(() => {
      const changes = changesOf(this.log, edits);
      return changes.length === 0 ? null : appendCommit(this.log, this.author, label, changes);
    });
  }

  /** Undoes one commit as if everything after it in its chain were undone already. */
  undo(
    target: CommitRow,
    kind: 'undoes' | 'redoes' = 'undoes',
  ): { commit: CommitRow; left: readonly InverseLeft[]; edits: readonly LooseEdit[] } {
    return this.log.store.transaction(() => {
      const { edits, left } = inverseOf(this.log, target);
      const changes = [stepChange({ kind, commit: target.hash }), ...changesOf(this.log, edits)];
      return { commit: appendCommit(this.log, this.author, kind, changes), left, edits };
    });
  }

  packets(): Packet[] {
    return [...exportPackets(this.log)];
  }
  take(packets: readonly Packet[]): UnionCounts {
    return takePackets(this.log, () => packets);
  }

  currentValue(entity: string, id: string, field: string): string | null {
    const ent = this.log.findRecord(entity, Buffer.from(id.replaceAll('-', ''), 'hex'));
    const number = this.log.findField(entity, field);
    return ent === null || number === null ? null : this.log.currentValue(ent, number);
  }
  /** Number of fields with an open conflict. */
  conflicts(): number {
    return this.log.store.value<number>('SELECT count(*) FROM (SELECT DISTINCT ent, field FROM conflict_)') ?? 0;
  }
  close(): void {
    this.log.store.close();
  }
}

/** Someone who alters the file behind the program's back. */
export function dropTriggers(store: Store): void {
  for (const name of logTriggers().keys()) store.exec(`DROP TRIGGER IF EXISTS ${name}`);
}

/** A replica's whole state in a form that does not depend on local numbers: field values and open conflicts. */
export function stateOf({ log }: Replica): string {
  const lines: string[] = [];
  const rows = new Map<string, Record<string, unknown>>();
  for (const entity of ENTITIES) {
    for (const row of log.store.all<Record<string, unknown>>(`SELECT * FROM p_${entity}`)) {
      const record = `${entity} ${String(row['id'])}`;
      rows.set(record, row);
      lines.push(`${record} @ ${String(row['createdAt'])}`);
    }
  }
  const conflicts = new Map<string, string[]>();
  const members = log.store.all<{ key: string; hash: Buffer; value: string }>(
    `SELECT x.ent || ' ' || x.field AS "key", m.hash, h.value FROM conflict_ x
       JOIN commit_ m ON m.c = x.c JOIN change_ h ON h.c = x.c AND h.i = x.i`,
  );
  for (const { key, hash, value } of members)
    conflicts.set(key, [...(conflicts.get(key) ?? []), hash.toString('hex') + value]);
  const said = log.store.all<{ ent: number; field: number; kind: string; id: Buffer }>(
    'SELECT DISTINCT h.ent, h.field, e.kind, e.id FROM change_ h JOIN entity_ e ON e.ent = h.ent',
  );
  for (const { ent, field, kind, id } of said) {
    const name = log.fieldName(field)?.name ?? '';
    const record = `${kind} ${idText(id)}`;
    if (isEntity(kind) && kindsOf(kind).has(name))
      lines.push(`${record} ${name} = ${String(rows.get(record)?.[name])}`);
    const open = conflicts.get(`${ent} ${field}`);
    if (open !== undefined) lines.push(`${record} ${name} ! ${open.sort().join(' | ')}`);
  }
  return lines.sort().join('\n');
}
