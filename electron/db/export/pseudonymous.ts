import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { canonical, parsed, type Json } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import { isEntity, kindsOf } from '../../../shared/changes/fields.ts';
import { writeNew } from '../fresh.ts';
import { idBytes, idText, isIdText, personOfKey } from '../ids.ts';
import { Log } from '../log/log.ts';
import type { Change } from '../log/packet.ts';
import { openSigner, type Signer } from '../log/signatures.ts';
import { winners } from '../log/state-at.ts';
import { appendCommit, type Author } from '../log/write.ts';
import type { ExportDb } from '../types.ts';

type Options = Parameters<ExportDb['writePseudonymous']>[1];

const DAY = 86_400_000;
/** The label of every commit in such a log. */
export const PSEUDONYMOUS_LABEL = 'Rewrite under pseudonyms';

interface Source {
  readonly c: number;
  readonly wall: number;
  readonly key: Buffer;
}

/**
 * Writes a new project's log; see ExportDb.writePseudonymous. The current values are written commit by commit in the order of the
 * clocks, each signed with the new key of the person who had signed it, so that who wrote, checked and approved what can still be
 * verified. Times are cut to days. Labels, overwritten and undone values, and snapshots (they name commits of the original log)
 * are left out. The keys are thrown away. Faults: EXISTS, BAD_INPUT if nothing may be seen.
 */
export function writePseudonymous(log: Log, target: string, options: Options): void {
  const current = Map.groupBy(
    winners(log, (...of) => of[0] !== 'snapshot' && options.show(...of)),
    ({ c }) => c,
  );
  if (current.size === 0)
    throw new Fault('BAD_INPUT', 'Nothing to export: the file would be empty. Change the filters.');
  const project = randomUUID();
  const names = new Pseudonyms(log, project);
  const pseudonymize = pseudonymizer(names, options);
  writeNew(target, (fresh) => {
    fresh.run('INSERT INTO project_(one, id) VALUES(1, ?)', idBytes(project));
    const to = new Log(fresh);
    const authors = new Map<string, Author>();
    const replicas = replicasOf(log);
    for (const { c, wall, key } of inOrder(log)) {
      const changes = (current.get(c) ?? []).flatMap(({ i }) => log.change(c, i) ?? []).map(pseudonymize);
      if (changes.length === 0) continue;
      const author = authorOf(authors, names, personOfKey(key), replicas);
      appendCommit(to, { ...author, now: () => Math.floor(wall / DAY) * DAY }, PSEUDONYMOUS_LABEL, changes);
    }
  });
}

const inOrder = (log: Log): Source[] =>
  log.store.all<Source>(
    'SELECT m.c, m.wall, r.key FROM commit_ m JOIN replica_ r ON r.replica = m.replica ORDER BY m.clock, m.hash',
  );

/**
 * Returns a new replica for each person. Keys that signed under the same replica share the new one, so keys of one installation still count as
 * one pair of eyes.
 */
function replicasOf(log: Log): ReadonlyMap<string, Buffer> {
  const replicas = new Map<string, Buffer>();
  const rows = log.store.all<{ id: string; key: Buffer }>('SELECT hex(id) AS id, key FROM replica_');
  for (const some of Map.groupBy(rows, ({ id }) => id).values()) {
    const people = some.map(({ key }) => personOfKey(key));
    const known = new Set(people.flatMap((one) => replicas.get(one) ?? []));
    const [replica = randomBytes(16)] = known;
    for (const [person, its] of replicas) if (known.has(its)) replicas.set(person, replica);
    for (const person of people) replicas.set(person, replica);
  }
  return replicas;
}

function authorOf(
  authors: Map<string, Author>,
  names: Pseudonyms,
  person: string,
  replicas: ReadonlyMap<string, Buffer>,
): Author {
  const known = authors.get(person) ?? {
    signer: names.signer(person),
    replica: replicas.get(person) ?? randomBytes(16),
    trusted: new Set<string>(),
    now: () => 0,
  };
  authors.set(person, known);
  return known;
}

/** A change as it is written under pseudonyms. A value that is not JSON, as a damaged log may have, becomes null. */
function pseudonymizer(names: Pseudonyms, { nameOf, text }: Options): (change: Change) => Change {
  return ({ entity, id, field, value }) => {
    const old = idText(id);
    const kind = isEntity(entity) ? kindsOf(entity).get(field) : undefined;
    const original = parsed(value) ?? null;
    const newValue = (): Json => {
      if (entity === 'person' && field === 'name') return nameOf(old);
      if (entity === 'person' && field === 'key') return names.signer(old).key.toString('hex');
      if (kind === 'text') return text(entity, field, original);
      return kind === 'json' ? text(entity, field, names.value(original)) : names.value(original);
    };
    return { entity, id: idBytes(names.id(old)) ?? id, field, value: canonical(newValue()) };
  };
}

/**
 * Records whose ids derive from the bytes of an original keep their ids: anyone with the file can compute them, and they contain no person or
 * time.
 */
const KEPT = ['source', 'layer'];

/**
 * New ids for all records and new keys for all people: a record's id contains the millisecond it was created, and a person's id
 * derives from their key. The new ids are random but sort like the old ones, so that lists sorted by id keep their order.
 */
class Pseudonyms {
  private readonly ids = new Map<string, string>();
  private readonly signers = new Map<string, Signer>();

  constructor(log: Log, project: string) {
    const all = new Set(log.store.list<Buffer>('SELECT id FROM entity_').map(idText));
    const kept = new Set(
      KEPT.flatMap((kind) => log.store.list<Buffer>('SELECT id FROM entity_ WHERE kind = ?', kind).map(idText)),
    );
    const people = new Set(log.store.list<Buffer>("SELECT id FROM entity_ WHERE kind = 'person'").map(idText));
    for (const key of log.store.list<Buffer>('SELECT DISTINCT key FROM replica_')) people.add(personOfKey(key));
    this.giveKeys([...people].sort());
    for (const id of kept) this.ids.set(id, id);
    this.ids.set(idText(log.project), project);
    const others = [...all].filter((id) => !this.ids.has(id)).sort();
    const random = others.map(() => randomUUID()).sort();
    others.forEach((id, k) => this.ids.set(id, random[k] ?? randomUUID()));
  }

  private giveKeys(people: readonly string[]): void {
    const made = people.map(() => {
      const signer = newSigner();
      return { signer, id: personOfKey(signer.key) };
    });
    made.sort((a, b) => (a.id < b.id ? -1 : 1));
    made.forEach(({ signer, id }, k) => {
      const person = people[k] ?? '';
      this.ids.set(person, id);
      this.signers.set(person, signer);
    });
  }

  /** The new key of a person by their old id; an unknown person gets one too. */
  signer(person: string): Signer {
    const known = this.signers.get(person) ?? newSigner();
    this.signers.set(person, known);
    return known;
  }

  /** The new id of a record or person. An unknown id gets a new one too, since a field may name a withheld record. */
  id(old: string): string {
    const known = this.ids.get(old) ?? randomUUID();
    this.ids.set(old, known);
    return known;
  }

  /** A value with every id in it replaced, however deeply nested. */
  value(value: Json): Json {
    if (typeof value === 'string') return isIdText(value) ? this.id(value) : value;
    if (value === null || typeof value !== 'object') return value;
    if (isList(value)) return value.map((one) => this.value(one));
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [isIdText(key) ? this.id(key) : key, this.value(one)]),
    );
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function newSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return openSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}
