import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { Badge } from '../../ui/Badge.tsx';
import { trustOf } from './trust.ts';

interface Props {
  readonly person: MergePreview['byPerson'][number];
  readonly known: readonly KnownPerson[] | undefined;
}

/** What is known here of the key somebody signed with. */
export function TrustBadge({ person, known }: Props) {
  const { t } = useTranslation();
  const trust = trustOf(person, known);
  switch (trust) {
    case 'unknown':
      return null;
    case 'me':
      return <Badge>{t('team.trust.me')}</Badge>;
    case 'confirmed':
      return (
        <Badge tone="ok" icon="verified">
          {t('team.trust.confirmed')}
        </Badge>
      );
    case 'new':
      return (
        <Badge tone="warn" icon="key">
          {t('team.trust.new')}
        </Badge>
      );
    case 'changed':
      return (
        <Badge tone="bad" icon="unverified">
          {t('team.trust.changed')}
        </Badge>
      );
  }
}
