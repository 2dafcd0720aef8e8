import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Json } from '../../../shared/changes/canonical.ts';
import { idText, isIdText, personOfKey } from '../ids.ts';
import type { Log } from '../log/log.ts';
import { openSigner, type Signer } from '../log/signing.ts';

/** Derived from the bytes of an original: whoever has the file has its id, and nobody's name or hour is in it. */
const KEPT = ['source', 'layer'];

/**
 * New ids for everything, and a new key for everybody. An id of a record names the millisecond in which it was made, one of a
 * person their key. New ones are random, but in the order of the old, so that lists that are kept sorted by ids stay so.
 */
export class Pseudonyms {
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

  /** The key of a person by their old id; of somebody nobody has heard of, one of their own. */
  signer(person: string): Signer {
    const known = this.signers.get(person) ?? newSigner();
    this.signers.set(person, known);
    return known;
  }

  /** The new id of a record or a person. One that nothing is known of gets one, too: a field may name what is withheld. */
  id(old: string): string {
    const known = this.ids.get(old) ?? randomUUID();
    this.ids.set(old, known);
    return known;
  }

  /** A value with every id in it replaced, as deep as it goes. */
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
