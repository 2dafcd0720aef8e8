import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';

type Incoming = MergePreview['byPerson'][number];
/** What is known of the key of somebody whose work comes in; `unknown` until the list of people was read. */
export type Trust = KnownPerson['trust'] | 'unknown';

const called = (name: string): string => name.normalize('NFKC').trim().toLocaleLowerCase();

/**
 * How far a person of a merge is known here. Somebody new who is called as somebody who is known, but signs with another
 * key, is `changed`: that may be a new computer, and may be another person.
 */
export function trustOf(person: Incoming, known: readonly KnownPerson[] | undefined): Trust {
  // The host knows keys of other projects, too; what is inferred here is for a host that does not say.
  if (person.trust !== undefined) return person.trust;
  if (known === undefined) return 'unknown';
  const same = known.find(({ id }) => id === person.person);
  if (same !== undefined) return same.trust;
  return namesake(person, known) === null ? 'new' : 'changed';
}

/** Who is known here by the same name with another key; null where nobody is. */
export function namesake(person: Incoming, known: readonly KnownPerson[]): KnownPerson | null {
  const trusted = known.filter(({ trust }) => trust === 'me' || trust === 'confirmed');
  return trusted.find(({ id, name }) => id !== person.person && called(name) === called(person.name)) ?? null;
}

/** The fingerprint that was confirmed for who now signs with another key. */
export function confirmedBefore(person: Incoming, known: readonly KnownPerson[] | undefined): string | null {
  if (person.confirmedFingerprint !== undefined) return person.confirmedFingerprint;
  const same = known?.find(({ id }) => id === person.person);
  return same?.confirmedFingerprint ?? namesake(person, known ?? [])?.fingerprint ?? null;
}
