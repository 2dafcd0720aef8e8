import { useState } from 'react';
import { Form, ToggleButton } from 'react-aria-components';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { ROLES } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { formatAll, formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { announce } from '../../common/notices/notices.ts';
import { useNow } from '../../common/now.ts';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

/** The people of this project, their keys and their roles. */
export function PeopleSection() {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const list = useCall('app.people', {});
  const people = list.data?.people ?? [];
  const me = people.find(({ isMe }) => isMe);
  const others = people.filter(({ isMe }) => !isMe).toSorted((a, b) => rank(a) - rank(b));
  // Someone else uses your name if the key that was confirmed for their name is yours.
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
          <EmptyState title={t('people.none')} text={t('people.noneText')}>
            {isReadOnly ? null : (
              <Button icon="merge" onPress={() => runCommand('team.merge')}>
                {t('people.toMerge')}
              </Button>
            )}
          </EmptyState>
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

/** People who need attention come first. */
const ORDER = { changed: 0, new: 1, confirmed: 2, me: 3 } as const satisfies Record<KnownPerson['trust'], number>;
const rank = ({ trust }: KnownPerson): number => ORDER[trust];

/** Your own keys: the fingerprint to read out, and the encryption key to give to others. */
function OwnKeys({ me }: { me: KnownPerson }) {
  const { t } = useTranslation();
  const { name, fingerprint, minisign, age } = me;
  return (
    <section className="team-block" aria-label={t('people.you')}>
      <div className="line">
        <PersonInitials id={me.id} name={name} />
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
      <SameInstallation person={me} />
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

interface PersonRowProps {
  readonly person: KnownPerson;
  /** This person uses your name, with a different key. */
  readonly isMine: boolean;
}

/** Another person who works on this project. */
function PersonRow({ person, isMine }: PersonRowProps) {
  const { t } = useTranslation();
  const [isComparing, compare] = useState(false);
  const { name, fingerprint, trust, key } = person;
  // Confirming a key again, after it was confirmed on this computer only, records it in the project.
  const canConfirm =
    key !== null && (trust === 'new' || trust === 'changed' || (trust === 'confirmed' && isUnrecorded(person)));
  return (
    <li className="people-row">
      <div className="line">
        <PersonInitials id={person.id} name={name} />
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
      <SameInstallation person={person} />
      {isComparing && canConfirm ? <ConfirmKey person={person} onDone={() => compare(false)} /> : null}
      <Roles person={person} />
    </li>
  );
}

/** Another person's key that belongs to the same installation as others, and that nobody elsewhere has confirmed in this project. */
const isUnrecorded = ({ isOne, confirmedBy }: KnownPerson): boolean => isOne && confirmedBy.length === 0;

/** Tells if the key was used on the same installation as other keys, and what follows from that. */
function SameInstallation({ person: { sameInstallation, isOne, confirmedBy } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  if (sameInstallation.length === 0) return null;
  const names = formatAll(sameInstallation);
  return (
    <p className={isOne ? 'warn' : 'hint'}>
      {isOne ? t('people.oneWith', { names }) : t('people.apart', { names })}
      {confirmedBy.length === 0 ? null : ` ${t('people.confirmedBy', { names: formatAll(confirmedBy) })}`}
    </p>
  );
}

function Work({ person: { commits, last } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const now = useNow();
  if (last === null) return <span className="hint">{t('people.nothingYet')}</span>;
  return (
    <span className="hint people-work" title={formatMoment(last)}>
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

/** The number of hexadecimal digits in a fingerprint. */
const DIGITS = 32;

/** Confirms a key. The fingerprint has to be typed, because people who only compare tend to see what they expect. */
function ConfirmKey({ person: { id, name }, onDone }: { person: KnownPerson; onDone: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const trust = useWrite('app.trustPerson');
  const count = typed.replace(/[^0-9a-f]/gi, '').length;
  const isWhole = count === DIGITS;
  return (
    <Form
      className="people-confirm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole || trust.isPending) return;
        trust.mutate(
          { id, fingerprint: typed },
          {
            onSuccess: () => {
              announce(t('people.nowConfirmed', { name }));
              onDone();
            },
          },
        );
      }}
    >
      <p className="hint">{t('people.how', { name })}</p>
      <div className="people-typed">
        <Field
          label={t('people.typeIt', { name })}
          value={typed}
          onChange={(next) => {
            setTyped(next);
            trust.reset();
          }}
          placeholder="0000 0000 0000 0000 0000 0000 0000 0000"
          maxLength={80}
          autoFocus
          hint={isWhole ? '' : t('people.typed', { count, of: DIGITS })}
          error={trust.error?.message ?? null}
        />
        <div className="line">
          <Button kind="primary" type="submit" isDisabled={!isWhole} isPending={trust.isPending}>
            {t('people.confirm')}
          </Button>
          <Button kind="quiet" onPress={onDone}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Form>
  );
}

/** A person's roles. They decide which queues are shown first and whom a comment mentions; they restrict nothing. */
function Roles({ person: { id, name, roles } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const isReadOnly = useCall('project.info', {}).data?.readOnly ?? true;
  const { mutate, isPending, error } = useWrite('people.setRoles');
  return (
    <div className="people-line" role="group" aria-label={t('people.rolesOf', { name })}>
      <span className="hint">{t('people.roles')}</span>
      <div className="line people-roles" data-wrap>
        {ROLES.map((role) => (
          <ToggleButton
            key={role}
            className="people-role"
            isSelected={roles.includes(role)}
            isDisabled={isReadOnly || isPending}
            onChange={(on) => mutate({ id, roles: ROLES.filter((one) => (one === role ? on : roles.includes(one))) })}
          >
            {roles.includes(role) ? <Icon name="check" size="small" /> : null}
            {t(`roles.${role}`)}
          </ToggleButton>
        ))}
      </div>
      {error === null ? null : <InlineError message={error.message} />}
    </div>
  );
}
