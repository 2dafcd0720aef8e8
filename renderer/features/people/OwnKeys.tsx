import { useTranslation } from '../../common/strings/use-translation.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { announce } from '../../common/notices/notices.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { Badge, Initials } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Roles } from './Roles.tsx';

/** Oneself: what to read out to others, and what they need to check and to seal. */
export function OwnKeys({ me }: { me: KnownPerson }) {
  const { t } = useTranslation();
  const { name, fingerprint, minisign, age } = me;
  return (
    <section className="team-block" aria-label={t('people.you')}>
      <div className="line">
        <Initials name={name} />
        <bdi className="strong cut">{name}</bdi>
        <Badge>{t('people.trust.me')}</Badge>
        <span className="grow" />
        <Button size="small" kind="quiet" onPress={() => openDialog('settings')}>
          {t('people.changeName')}
        </Button>
      </div>
      <dl className="definitions people-keys">
        <dt>{t('people.fingerprint')}</dt>
        <Copied what={t('people.fingerprint')} text={fingerprint} hint={t('people.fingerprintHint')} />
        {minisign === null ? null : (
          <>
            <dt>{t('people.minisign')}</dt>
            <Copied what={t('people.minisign')} text={minisign} hint={t('people.minisignHint')} />
          </>
        )}
        {age === null ? null : (
          <>
            <dt>{t('people.age')}</dt>
            <Copied what={t('people.age')} text={age} hint={t('people.ageHint')} />
          </>
        )}
      </dl>
      <Roles person={me} />
    </section>
  );
}

function Copied({ what, text, hint }: { what: string; text: string; hint: string }) {
  const { t } = useTranslation();
  return (
    <dd>
      <span className="line">
        <span className="mono people-key">{text}</span>
        <IconButton
          label={t('people.copy', { what })}
          icon="copy"
          size="small"
          onPress={() => void navigator.clipboard.writeText(text).then(() => announce(t('people.copied', { what })))}
        />
      </span>
      <span className="hint">{hint}</span>
    </dd>
  );
}
