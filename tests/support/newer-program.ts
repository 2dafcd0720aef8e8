import { join } from 'node:path';
import { connect } from '../../electron/db/file/connect.ts';
import { idBytes, idText, newIdBytes } from '../../electron/db/ids.ts';
import { Log } from '../../electron/db/log/log.ts';
import { openSigner } from '../../electron/db/log/signatures.ts';
import { appendCommit, type LooseEdit } from '../../electron/db/log/write.ts';
import type { Person } from '../../electron/db/types.ts';
import { canonical } from '../../shared/changes/canonical.ts';

/** Signs a commit in a project that is not open, as a newer program would: its kinds, fields and values need not be known here. */
export function commitAsNewer(folder: string, person: Person, label: string, edits: readonly LooseEdit[]): void {
  const store = connect(join(folder, 'project.sqlite'));
  const log = new Log(store);
  const author = {
    signer: openSigner(person.privateKey),
    replica: newIdBytes(),
    trusted: new Set<string>(),
    now: () => Date.now(),
  };
  const changes = edits.map(({ entity, id, field, value }) => ({
    entity,
    id: idBytes(id) ?? newIdBytes(),
    field,
    value: canonical(value),
  }));
  store.transaction(() => appendCommit(log, author, label, changes));
  store.close();
}

/** What the log of a project that is not open says now of these kinds of record: one line a field, also where it is not known here. */
export function saidOf(folder: string, kinds: readonly string[]): string[] {
  const store = connect(join(folder, 'project.sqlite'));
  const log = new Log(store);
  const fields = store.all<{ ent: number; field: number; kind: string; id: Buffer; name: string }>(
    `SELECT DISTINCT h.ent, h.field, e.kind, e.id, f.name FROM change_ h
       JOIN entity_ e ON e.ent = h.ent JOIN field_ f ON f.field = h.field`,
  );
  const lines = fields
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ ent, field, kind, id, name }) => `${kind} ${idText(id)} ${name} = ${log.currentValue(ent, field) ?? ''}`);
  store.close();
  return lines.sort();
}
