import { useTranslation } from '../../common/strings/use-translation.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { useCall } from '../../api/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { OwnKeys } from './OwnKeys.tsx';
import { PersonRow } from './PersonRow.tsx';

/** Who works on this project, with which keys, and what is known of those here. */
export function PeopleSection() {
  const { t } = useTranslation();
  const list = useCall('app.people', {});
  const people = list.data?.people ?? [];
  const me = people.find(({ isMe }) => isMe);
  const others = people.filter(({ isMe }) => !isMe).toSorted((a, b) => rank(a) - rank(b));
  // Nobody confirms their own key: a name that is known by it is one's own.
  const isUnderMine = ({ confirmedFingerprint }: KnownPerson): boolean =>
    confirmedFingerprint !== null && confirmedFingerprint === me?.fingerprint;
  const changed = others.filter(({ trust }) => trust === 'changed');
  return (
    <div className="team-part">
      <header className="bar">
        <h2 className="strong grow">{t('people.title')}</h2>
      </header>
      <div className="scroll team-body">
        {list.error === null ? null : <InlineError message={list.error.message} />}
        {changed.map((one) => (
          <Note key={one.id} tone="bad" role="alert">
            {t(isUnderMine(one) ? 'people.changedMine' : 'people.changedMeaning', { name: one.name })}
          </Note>
        ))}
        {me === undefined ? null : <OwnKeys me={me} />}
        {list.isSuccess && others.length === 0 ? (
          <EmptyState title={t('people.none')} text={t('people.noneText')} />
        ) : (
          <ul className="team-block team-list" aria-label={t('people.title')}>
            {others.map((person) => (
              <PersonRow key={person.id} person={person} isMine={isUnderMine(person)} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** What needs a look stands first. */
const ORDER = { changed: 0, new: 1, confirmed: 2, me: 3 } as const satisfies Record<KnownPerson['trust'], number>;
const rank = ({ trust }: KnownPerson): number => ORDER[trust];
