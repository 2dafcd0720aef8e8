import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Snapshot, SnapshotId } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatMoment, formatWhen, shortHash } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce } from '../../common/notices/notices.ts';
import { Badge, Initials } from '../../ui/Badge.tsx';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { compare, tick, useSnapshots } from './snapshots.ts';
import { openDialog } from '../../common/workbench/workbench.ts';

/** The states that were named, newest first; one is compared with now, two with each other. */
export function SnapshotList() {
  const { t } = useTranslation();
  const list = useCall('snapshots.list', {});
  const snapshots = (list.data?.snapshots ?? []).toSorted((a, b) => b.at - a.at);
  return (
    <>
      <header className="bar">
        <h2 className="strong grow">{t('team.sections.snapshots')}</h2>
      </header>
      <div className="scroll team-body">
        {list.error === null ? null : <InlineError message={list.error.message} />}
        <NameIt />
        {list.isSuccess && snapshots.length === 0 ? (
          <EmptyState title={t('team.snapshots.none')} text={t('team.snapshots.noneText')} />
        ) : (
          <ul className="team-block team-list" aria-label={t('team.sections.snapshots')}>
            {snapshots.map((snapshot) => (
              <Row key={snapshot.id} snapshot={snapshot} />
            ))}
          </ul>
        )}
      </div>
      {snapshots.length === 0 ? null : <Feet snapshots={snapshots} />}
    </>
  );
}

/** Gives the state of now a name, in place. */
function NameIt() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const make = useWrite('snapshots.make');
  const isReadOnly = useReadOnly();
  const trimmed = name.trim();
  return (
    <Form
      className="team-block team-name-it"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed === '' || make.isPending) return;
        make.mutate(
          { name: trimmed },
          {
            onSuccess: ({ name: made }) => {
              setName('');
              announce(t('team.snapshots.made', { name: made }));
            },
          },
        );
      }}
    >
      <Field
        label={t('team.snapshots.name')}
        value={name}
        onChange={(next) => {
          setName(next);
          make.reset();
        }}
        maxLength={200}
        placeholder={t('team.snapshots.example')}
        error={make.error?.message ?? null}
      />
      <Button kind="primary" type="submit" isDisabled={trimmed === '' || isReadOnly} isPending={make.isPending}>
        {t('team.snapshots.make')}
      </Button>
      <p className="hint">{t('team.snapshots.hint')}</p>
    </Form>
  );
}

function Row({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const now = useNow();
  const isTicked = useSnapshots((state) => state.ticked.includes(snapshot.id));
  const people = useCall('project.info', {}).data?.people;
  const [wanted, want] = useState(false);
  const remove = useWrite('snapshots.remove');
  const isReadOnly = useReadOnly();
  const verified = useCall('snapshots.verify', wanted ? { id: snapshot.id } : null);
  const { id, name, state, person, at, commits } = snapshot;
  const by = people?.find((one) => one.id === person)?.name ?? '';
  return (
    <li className="team-row team-snapshot">
      <div className="team-named-state">
        <Check label={name} selected={isTicked} onChange={() => tick(id)} />
        <span className="line hint" title={formatMoment(at)}>
          <Initials name={by} size="small" />
          <span>
            <bdi>{by}</bdi>
            {`, ${formatWhen(at, now)} · ${t('team.commits', { count: commits })}`}
          </span>
        </span>
      </div>
      <span className="line">
        <span className="mono" title={state}>
          {shortHash(state)}
        </span>
        <IconButton
          label={t('team.snapshots.copyOf', { name })}
          icon="copy"
          size="small"
          onPress={() =>
            void navigator.clipboard.writeText(state).then(() => announce(t('team.snapshots.copied', { name })))
          }
        />
      </span>
      <span className="team-verified" role="status">
        {!wanted ? (
          <Button
            size="small"
            icon="verified"
            aria-label={t('team.snapshots.verifyOf', { name })}
            onPress={() => want(true)}
          >
            {t('team.snapshots.verify')}
          </Button>
        ) : verified.error !== null ? (
          <span className="bad">{verified.error.message}</span>
        ) : verified.data === undefined ? (
          <span className="dim">{t('team.snapshots.verifying')}</span>
        ) : verified.data.ok ? (
          <Badge tone="ok" icon="verified">
            {t('team.snapshots.holds')}
          </Badge>
        ) : (
          <span title={t('team.snapshots.differsNow', { hash: verified.data.state })}>
            <Badge tone="bad" icon="unverified">
              {t('team.snapshots.differs')}
            </Badge>{' '}
            <LinkButton onPress={() => openDialog('verify')}>{t('team.snapshots.differsText')}</LinkButton>
          </span>
        )}
      </span>
      <IconButton
        label={t('team.snapshots.removeOf', { name })}
        icon="remove"
        size="small"
        isDisabled={isReadOnly}
        onPress={() => remove.mutate({ id }, { onSuccess: () => announce(t('team.snapshots.removed', { name })) })}
      />
    </li>
  );
}

/** One ticked: against now. Two: against each other, the older first. */
function Feet({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const { t } = useTranslation();
  const ticked = useSnapshots((state) => state.ticked);
  const chosen = snapshots.filter(({ id }) => ticked.includes(id)).toSorted((a, b) => a.at - b.at);
  const [first, second] = chosen;
  const hint =
    first === undefined
      ? t('team.snapshots.tick')
      : second === undefined
        ? t('team.snapshots.withNow', { name: first.name })
        : t('team.snapshots.withOther', { a: first.name, b: second.name });
  return (
    <footer className="team-feet">
      <span className="grow mid cut">{hint}</span>
      <Button isDisabled={first === undefined} onPress={() => begin(first?.id, second?.id)}>
        {t('team.snapshots.compare')}
      </Button>
    </footer>
  );
}

function begin(a: SnapshotId | undefined, b: SnapshotId | undefined): void {
  if (a !== undefined) compare({ a, b: b ?? null });
}
