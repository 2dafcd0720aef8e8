import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { formatMoment, formatWhen } from '../../common/format.ts';
import { Badge, Initials } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ConfirmKey } from './ConfirmKey.tsx';
import { Roles } from './Roles.tsx';

interface PersonRowProps {
  readonly person: KnownPerson;
  /** They use the name of whoever sits here, with another key. */
  readonly isMine: boolean;
}

/** Somebody else who works on this project. */
export function PersonRow({ person, isMine }: PersonRowProps) {
  const { t } = useTranslation();
  const [isComparing, compare] = useState(false);
  const { name, fingerprint, trust, key } = person;
  const canConfirm = key !== null && (trust === 'new' || trust === 'changed');
  return (
    <li className="people-row">
      <div className="line">
        <Initials name={name} />
        <bdi className="strong cut">{name}</bdi>
        <Trust trust={trust} />
        <span className="grow" />
        <Work person={person} />
      </div>
      <div className="people-line">
        <span className="hint">{t('people.fingerprint')}</span>
        <div className="line" data-wrap>
          {fingerprint === '' ? (
            <span className="hint">{t('people.noKey')}</span>
          ) : (
            <span className="mono">{fingerprint}</span>
          )}
          {canConfirm && !isComparing ? (
            <Button size="small" icon="key" onPress={() => compare(true)}>
              {t('people.compare')}
            </Button>
          ) : null}
        </div>
        {trust === 'changed' && person.confirmedFingerprint !== null ? (
          <>
            <span className="bad">{t(isMine ? 'people.yours' : 'people.confirmedBefore')}</span>
            <span className="mono bad">{person.confirmedFingerprint}</span>
          </>
        ) : null}
      </div>
      {isComparing && canConfirm ? <ConfirmKey person={person} onDone={() => compare(false)} /> : null}
      <Roles person={person} />
    </li>
  );
}

function Work({ person: { commits, last } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  if (last === null) return <span className="hint">{t('people.nothingYet')}</span>;
  return (
    <span className="hint" title={formatMoment(last)}>
      {t('people.work', { count: commits, when: formatWhen(last, now) })}
    </span>
  );
}

function Trust({ trust }: { trust: KnownPerson['trust'] }) {
  const { t } = useTranslation();
  switch (trust) {
    case 'me':
      return <Badge>{t('people.trust.me')}</Badge>;
    case 'confirmed':
      return (
        <Badge tone="ok" icon="verified">
          {t('people.trust.confirmed')}
        </Badge>
      );
    case 'new':
      return (
        <Badge tone="warn" icon="key">
          {t('people.trust.new')}
        </Badge>
      );
    case 'changed':
      return (
        <Badge tone="bad" icon="unverified">
          {t('people.trust.changed')}
        </Badge>
      );
  }
}
