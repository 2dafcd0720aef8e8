import { parsed, type Json } from '../../../shared/changes/canonical.ts';
import { guarded } from '../faults.ts';
import { idBytes, idText, personOfKey } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { kindsOf, isEntity } from '../../../shared/changes/fields.ts';
import type { ComingFilter, ComingRecord, ComingRecords, IncomingRecords } from '../types.ts';
import { openIncomingLog, type IncomingDatabase } from './incoming.ts';
import { integer, text } from './incoming-values.ts';

/** One value that was said, as far as it decides which stands. */
interface Value {
  readonly value: string;
  readonly clock: number;
  /** Hexadecimal. */
  readonly hash: string;
}
interface IncomingReplay extends Value {
  readonly replica: number;
  readonly wall: number;
  readonly label: string;
}
type Values<V extends Value> = Map<string, V>;

/** Records looked at with one statement, and at most in one answer: where few fit, who asks goes on from there. */
const AT_ONCE = 250;
const MOST_LOOKED_AT = 5000;
const LONGEST = 1 << 20;
const FIELD = 64;
const CHANGES = `SELECT h.ent, h.c, f.name, iif(octet_length(h.value) <= ${LONGEST}, h.value, 'null'), m.clock, hex(m.hash), m.replica, m.wall,
    iif(octet_length(m.label) <= ${LONGEST}, m.label, '""')
  FROM change_ h CROSS JOIN commit_ m ON m.c = h.c CROSS JOIN field_ f ON f.field = h.field
  WHERE octet_length(f.name) <= ${FIELD} AND h.ent`;

/**
 * What a log that was looked at would bring, record by record, without bringing it: read from it a page at a time. `refused`:
 * hashes of commits that a merge would not take. See MergeDb.incomingRecords.
 */
export function incomingRecords(log: Log, file: string, refused: ReadonlySet<string>): IncomingRecords {
  const foreign = openIncomingLog(file);
  try {
    const reading = new Reading(log, foreign, refused);
    return {
      page: (filter, after, limit) => guarded(() => reading.page(filter, after, limit)),
      record: (entity, id) => guarded(() => reading.row(entity, id)),
      close: () => foreign.close(),
    };
  } catch (thrown) {
    foreign.close();
    throw thrown;
  }
}

class Reading {
  private readonly log: Log;
  private readonly foreign: IncomingDatabase;
  private readonly fresh = new Set<number>();
  private readonly people = new Map<number, ComingRecord['person']>();

  constructor(log: Log, foreign: IncomingDatabase, refused: ReadonlySet<string>) {
    this.log = log;
    this.foreign = foreign;
    for (const { c, hash, kind } of foreign.rows.list())
      if (kind === 1 && log.knows(hash) !== 'whole' && !refused.has(hash.toString('hex'))) this.fresh.add(c);
  }

  page(filter: ComingFilter, after: number, limit: number): ComingRecords {
    const records: ComingRecord[] = [];
    let at = after;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += AT_ONCE) {
      const some = this.foreign.rows.recordsAfter(at, AT_ONCE);
      const last = some.at(-1);
      if (last === undefined) return { records, next: null };
      const said = this.saidIn(`BETWEEN ? AND ?`, some[0]?.ent ?? 0, last.ent);
      for (const { ent, kind, id } of some) {
        at = ent;
        const theirs = said.get(ent);
        const found = theirs === undefined || !isWanted(filter, kind) ? null : this.coming(kind, id, theirs);
        if (found === null || !this.fits(found, filter)) continue;
        records.push(found);
        if (records.length === limit) return { records, next: at };
      }
    }
    return { records, next: at };
  }

  /** A record as it would be. */
  row(entity: string, id: string): Readonly<Record<string, Json>> | null {
    const bytes = idBytes(id);
    if (bytes === null || !isEntity(entity)) return null;
    const ent = this.foreign.rows.numberOf(entity, bytes);
    const theirs = ent === null ? undefined : this.saidIn('= ?', ent).get(ent);
    const ours = this.ours(entity, bytes);
    if (theirs === undefined && ours.size === 0) return null;
    return rowOf(entity, [ours, theirs ?? new Map()]);
  }

  private coming(kind: string, id: Buffer, theirs: Values<IncomingReplay>): ComingRecord | null {
    if (!isEntity(kind)) return null;
    const ours = this.ours(kind, id);
    const [before, after] = [rowOf(kind, [ours]), rowOf(kind, [ours, theirs])];
    const fields = [...kindsOf(kind).keys()].filter(
      (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
    );
    const [was, is] = [ours.size > 0 && before['deleted'] !== true, after['deleted'] !== true];
    if (was === is && (!is || fields.length === 0)) return null;
    const newest = [...theirs.values()].reduce((one, two) => (isLater(two, one) ? two : one));
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

  private fits({ entity, id, how, after, person }: ComingRecord, filter: ComingFilter): boolean {
    if (filter.how !== undefined && filter.how !== how) return false;
    if (filter.person !== undefined && filter.person !== person) return false;
    if (filter.category !== undefined && after['category'] !== filter.category) return false;
    if (filter.source === undefined) return true;
    if (entity === 'source') return id === filter.source;
    const passage = entity === 'passage' ? after : this.row('passage', textIn(after['passage']));
    return passage?.['source'] === filter.source;
  }

  private saidIn(where: string, ...params: number[]): Map<number, Values<IncomingReplay>> {
    const found = new Map<number, Values<IncomingReplay>>();
    for (const row of this.foreign.rows.raw(`${CHANGES} ${where}`, ...params)) {
      const [ent, c, name, value, clock, hash, replica, wall, label] = row;
      if (!this.fresh.has(integer(c))) continue;
      const of = found.get(integer(ent)) ?? new Map<string, IncomingReplay>();
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

  private ours(kind: string, id: Buffer): Values<Value> {
    const found: Values<Value> = new Map();
    const ent = this.log.findRecord(kind, id);
    if (ent === null) return found;
    for (const { field, value, clock, hash } of this.log.said(ent)) {
      const name = this.log.fieldName(field)?.name;
      if (name === undefined) continue;
      const one = { value, clock, hash: Buffer.from(hash).toString('hex').toUpperCase() };
      const known = found.get(name);
      if (known === undefined || isLater(one, known)) found.set(name, one);
    }
    return found;
  }

  private personOf(replica: number): ComingRecord['person'] {
    const known = this.people.get(replica);
    if (known !== undefined) return known;
    const person = personOfKey(this.foreign.rows.keyOf(replica));
    this.people.set(replica, person);
    return person;
  }
}

const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const isWanted = ({ kind, source, category }: ComingFilter, entity: string): boolean =>
  (kind === undefined || kind === entity) &&
  (category === undefined || entity === 'tag') &&
  (source === undefined || ['source', 'passage', 'tag'].includes(entity));

/** The greatest clock wins a field, then the greatest hash. */
const isLater = (one: Value, other: Value): boolean =>
  one.clock > other.clock || (one.clock === other.clock && one.hash > other.hash);

function rowOf(entity: string, said: readonly ReadonlyMap<string, Value>[]): Record<string, Json> {
  const row: Record<string, Json> = {};
  if (!isEntity(entity)) return row;
  for (const name of kindsOf(entity).keys()) {
    const values = said.flatMap((one) => one.get(name) ?? []);
    const [first, ...rest] = values;
    if (first === undefined) continue;
    row[name] = parsed(rest.reduce((one, two) => (isLater(two, one) ? two : one), first).value) ?? null;
  }
  return row;
}
