import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { looksLike } from '../../../shared/model/person-name.ts';
import { Badge } from '../../ui/Badge.tsx';

interface Props {
  readonly person: MergePreview['byPerson'][number];
  readonly known: readonly KnownPerson[] | undefined;
}

/** What this installation knows of the key a person signed with. */
export function TrustBadge({ person, known }: Props) {
  const { t } = useTranslation();
  const trust = trustOf(person, known);
  switch (trust) {
    case 'unknown':
      return null;
    case 'me':
      return <Badge>{t('merge.trust.me')}</Badge>;
    case 'confirmed':
      return (
        <Badge tone="ok" icon="verified">
          {t('merge.trust.confirmed')}
        </Badge>
      );
    case 'new':
      return (
        <Badge tone="warn" icon="key">
          {t('merge.trust.new')}
        </Badge>
      );
    case 'changed':
      return (
        <Badge tone="bad" icon="unverified">
          {t('merge.trust.changed')}
        </Badge>
      );
  }
}

type Incoming = MergePreview['byPerson'][number];
/** What is known about the key of an incoming person; `unknown` until the list of people is loaded. */
export type Trust = KnownPerson['trust'] | 'unknown';

/**
 * What is known about the key of an incoming person. A new key under the name of a known person is `changed`: it may be that
 * person's new computer, or somebody else.
 */
export function trustOf(person: Incoming, known: readonly KnownPerson[] | undefined): Trust {
  // The host also knows keys from other projects. If it says nothing, this project's people decide.
  if (person.trust !== undefined) return person.trust;
  if (known === undefined) return 'unknown';
  const same = known.find(({ id }) => id === person.person);
  if (same !== undefined) return same.trust;
  return namesake(person, known) === null ? 'new' : 'changed';
}

/** The person with a confirmed key who has the same or a similar name; null if there is none. */
export function namesake(person: Incoming, known: readonly KnownPerson[]): KnownPerson | null {
  const trusted = known.filter(({ trust }) => trust === 'me' || trust === 'confirmed');
  return trusted.find(({ id, name }) => id !== person.person && looksLike(name, person.name)) ?? null;
}

/** The fingerprint that was confirmed for a person who now signs with a different key. */
export function confirmedBefore(person: Incoming, known: readonly KnownPerson[] | undefined): string | null {
  if (person.confirmedFingerprint !== undefined) return person.confirmedFingerprint;
  const same = known?.find(({ id }) => id === person.person);
  return same?.confirmedFingerprint ?? namesake(person, known ?? [])?.fingerprint ?? null;
}
