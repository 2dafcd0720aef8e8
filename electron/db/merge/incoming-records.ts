import { parsed, type Json } from '../../../shared/changes/canonical.ts';
import { guarded } from '../faults.ts';
import { idBytes, idText, personOfKey } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { isEntity, kindsOf } from '../../../shared/changes/fields.ts';
import type { IncomingFilter, IncomingRecord, IncomingPage, IncomingRecords } from '../types.ts';
import { openIncomingLog, type IncomingDatabase } from './incoming.ts';
import { integer, text } from './incoming-values.ts';

/** The value of a field with its clock and hash: they decide which value wins. */
interface Value {
  readonly value: string;
  readonly clock: number;
  /** Hexadecimal. */
  readonly hash: string;
}
interface IncomingValue extends Value {
  readonly replica: number;
  readonly wall: number;
  readonly label: string;
}
type Values<V extends Value> = Map<string, V>;

/**
 * How many records are read with one statement, and the most for one page. If few of them match the filter, the page is short and the caller
 * goes on.
 */
const AT_ONCE = 250;
const MOST_READ = 5000;
const LONGEST = 1 << 20;
const FIELD = 64;
const CHANGES = `SELECT h.ent, h.c, f.name, iif(octet_length(h.value) <= ${LONGEST}, h.value, 'null'), m.clock, hex(m.hash), m.replica, m.wall,
    iif(octet_length(m.label) <= ${LONGEST}, m.label, '""')
  FROM change_ h CROSS JOIN commit_ m ON m.c = h.c CROSS JOIN field_ f ON f.field = h.field
  WHERE octet_length(f.name) <= ${FIELD} AND h.ent`;

/** What merging a previewed log would change, record by record. See MergeDb.incomingRecords. */
export function incomingRecords(log: Log, file: string, rejected: ReadonlySet<string>): IncomingRecords {
  const incoming = openIncomingLog(file);
  try {
    const reading = new Reading(log, incoming, rejected);
    return {
      page: (filter, after, limit) => guarded(() => reading.page(filter, after, limit)),
      record: (entity, id) => guarded(() => reading.row(entity, id)),
      close: () => incoming.close(),
    };
  } catch (thrown) {
    incoming.close();
    throw thrown;
  }
}

class Reading {
  private readonly log: Log;
  private readonly incoming: IncomingDatabase;
  private readonly fresh = new Set<number>();
  private readonly people = new Map<number, IncomingRecord['person']>();

  constructor(log: Log, incoming: IncomingDatabase, rejected: ReadonlySet<string>) {
    this.log = log;
    this.incoming = incoming;
    for (const some of incoming.rows.list()) {
      const here = log.knownAmong(some.map(({ hash }) => hash));
      for (const { c, hash, kind } of some)
        if (kind === 1 && here.get(hash) !== 'whole' && !rejected.has(hash)) this.fresh.add(c);
    }
  }

  page(filter: IncomingFilter, after: number, limit: number): IncomingPage {
    const records: IncomingRecord[] = [];
    let at = after;
    for (let read = 0; read < MOST_READ; read += AT_ONCE) {
      const some = this.incoming.rows.recordsAfter(at, AT_ONCE);
      const last = some.at(-1);
      if (last === undefined) return { records, next: null };
      const valuesByRecord = this.incomingValues(`BETWEEN ? AND ?`, some[0]?.ent ?? 0, last.ent);
      for (const { ent, kind, id } of some) {
        at = ent;
        const values = valuesByRecord.get(ent);
        const found = values === undefined || !isWanted(filter, kind) ? null : this.recordOf(kind, id, values);
        if (found === null || !this.fits(found, filter)) continue;
        records.push(found);
        if (records.length === limit) return { records, next: at };
      }
    }
    return { records, next: at };
  }

  /** A record as it would be after the merge. */
  row(entity: string, id: string): Readonly<Record<string, Json>> | null {
    const bytes = idBytes(id);
    if (bytes === null || !isEntity(entity)) return null;
    const ent = this.incoming.rows.numberOf(entity, bytes);
    const incoming = ent === null ? undefined : this.incomingValues('= ?', ent).get(ent);
    const here = this.valuesHere(entity, bytes);
    if (incoming === undefined && here.size === 0) return null;
    return rowOf(entity, [here, incoming ?? new Map()]);
  }

  private recordOf(kind: string, id: Buffer, incoming: Values<IncomingValue>): IncomingRecord | null {
    if (!isEntity(kind)) return null;
    const here = this.valuesHere(kind, id);
    const [before, after] = [rowOf(kind, [here]), rowOf(kind, [here, incoming])];
    const fields = [...kindsOf(kind).keys()].filter(
      (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
    );
    const [was, is] = [here.size > 0 && before['deleted'] !== true, after['deleted'] !== true];
    if (was === is && (!is || fields.length === 0)) return null;
    const newest = [...incoming.values()].reduce((one, two) => (isLater(two, one) ? two : one));
    return {
      entity: kind,
      id: idText(id),
      how: was === is ? 'changed' : is ? 'added' : 'removed',
      before,
      after,
      fields,
      person: this.personOf(newest.replica),
      at: newest.wall,
      label: textIn(parsed(newest.label)),
    };
  }

  private fits({ entity, id, how, after, person }: IncomingRecord, filter: IncomingFilter): boolean {
    if (filter.how !== undefined && filter.how !== how) return false;
    if (filter.person !== undefined && filter.person !== person) return false;
    if (filter.category !== undefined && after['category'] !== filter.category) return false;
    if (filter.source === undefined) return true;
    if (entity === 'source') return id === filter.source;
    const passage = entity === 'passage' ? after : this.row('passage', textIn(after['passage']));
    return passage?.['source'] === filter.source;
  }

  private incomingValues(where: string, ...params: number[]): Map<number, Values<IncomingValue>> {
    const found = new Map<number, Values<IncomingValue>>();
    for (const row of this.incoming.rows.raw(`${CHANGES} ${where}`, ...params)) {
      const [ent, c, name, value, clock, hash, replica, wall, label] = row;
      if (!this.fresh.has(integer(c))) continue;
      const of = found.get(integer(ent)) ?? new Map<string, IncomingValue>();
      found.set(integer(ent), of);
      const one = {
        value: text(value),
        clock: integer(clock),
        hash: text(hash),
        replica: integer(replica),
        wall: integer(wall),
        label: typeof label === 'string' ? label : '',
      };
      const known = of.get(text(name));
      if (known === undefined || isLater(one, known)) of.set(text(name), one);
    }
    return found;
  }

  private valuesHere(kind: string, id: Buffer): Values<Value> {
    const found: Values<Value> = new Map();
    const ent = this.log.findRecord(kind, id);
    if (ent === null) return found;
    for (const { field, value, clock, hash } of this.log.changesOf(ent)) {
      const name = this.log.fieldName(field)?.name;
      if (name === undefined) continue;
      const one = { value, clock, hash: Buffer.from(hash).toString('hex').toUpperCase() };
      const known = found.get(name);
      if (known === undefined || isLater(one, known)) found.set(name, one);
    }
    return found;
  }

  private personOf(replica: number): IncomingRecord['person'] {
    const known = this.people.get(replica);
    if (known !== undefined) return known;
    const person = personOfKey(this.incoming.rows.keyOf(replica));
    this.people.set(replica, person);
    return person;
  }
}

const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const isWanted = ({ kind, source, category }: IncomingFilter, entity: string): boolean =>
  (kind === undefined || kind === entity) &&
  (category === undefined || entity === 'tag') &&
  (source === undefined || ['source', 'passage', 'tag'].includes(entity));

/** The greatest clock wins a field, then the greatest hash. */
const isLater = (one: Value, other: Value): boolean =>
  one.clock > other.clock || (one.clock === other.clock && one.hash > other.hash);

function rowOf(entity: string, versions: readonly ReadonlyMap<string, Value>[]): Record<string, Json> {
  const row: Record<string, Json> = {};
  if (!isEntity(entity)) return row;
  for (const name of kindsOf(entity).keys()) {
    const values = versions.flatMap((one) => one.get(name) ?? []);
    const [first, ...rest] = values;
    if (first === undefined) continue;
    row[name] = parsed(rest.reduce((one, two) => (isLater(two, one) ? two : one), first).value) ?? null;
  }
  return row;
}
