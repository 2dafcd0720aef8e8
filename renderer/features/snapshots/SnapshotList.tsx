import { useSnapshots, compare, tick } from './snapshots.ts';
import { SnapshotComparison } from './SnapshotComparison.tsx';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Snapshot, SnapshotId } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatWhen, shortHash } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce } from '../../common/notices/notices.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { openDialog } from '../../common/workbench/workbench.ts';
import { StampSteps } from '../../common/timestamps/StampSteps.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** Snapshots, and the comparison of two of them. */
export function SnapshotsSection() {
  const pair = useSnapshots((state) => state.pair);
  return <div className="team-part">{pair === null ? <SnapshotList /> : <SnapshotComparison pair={pair} />}</div>;
}

/** The snapshots, newest first. One can be compared with the current state, two with each other. */
function SnapshotList() {
  const { t } = useTranslation();
  const list = useCall('snapshots.list', {});
  const snapshots = (list.data?.snapshots ?? []).toSorted((a, b) => b.at - a.at);
  return (
    <>
      <header className="bar">
        <h2 className="strong grow">{t('snapshots.title')}</h2>
      </header>
      <div className="scroll team-body">
        {list.error === null ? null : <InlineError message={list.error.message} />}
        <NewSnapshot />
        {list.isSuccess && snapshots.length === 0 ? (
          <EmptyState title={t('snapshots.none')} text={t('snapshots.noneText')} />
        ) : (
          <ul className="team-block team-list" aria-label={t('snapshots.title')}>
            {snapshots.map((snapshot) => (
              <Row key={snapshot.id} snapshot={snapshot} />
            ))}
          </ul>
        )}
      </div>
      {snapshots.length === 0 ? null : <Footer snapshots={snapshots} />}
    </>
  );
}

/** The form that creates a snapshot. */
function NewSnapshot() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const make = useWrite('snapshots.make');
  const isReadOnly = useReadOnly();
  const trimmed = name.trim();
  return (
    <Form
      className="team-block snapshot-name"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed === '' || make.isPending) return;
        make.mutate(
          { name: trimmed },
          {
            onSuccess: ({ name: made }) => {
              setName('');
              announce(t('snapshots.made', { name: made }));
            },
          },
        );
      }}
    >
      <Field
        label={t('snapshots.name')}
        value={name}
        onChange={(next) => {
          setName(next);
          make.reset();
        }}
        maxLength={200}
        placeholder={t('snapshots.example')}
        error={make.error?.message ?? null}
      />
      <Button kind="primary" type="submit" isDisabled={trimmed === '' || isReadOnly} isPending={make.isPending}>
        {t('snapshots.make')}
      </Button>
      <p className="hint">{t('snapshots.hint')}</p>
    </Form>
  );
}

function Row({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const now = useNow();
  const isTicked = useSnapshots((state) => state.ticked.includes(snapshot.id));
  const people = useCall('project.info', {}).data?.people;
  const [wanted, want] = useState(false);
  const [isStamping, setStamping] = useState(false);
  const remove = useWrite('snapshots.remove');
  const isReadOnly = useReadOnly();
  const verified = useCall('snapshots.verify', wanted ? { id: snapshot.id } : null);
  const { id, name, state, person, at, commits } = snapshot;
  const by = people?.find((one) => one.id === person)?.name ?? '';
  return (
    <li className="team-row snapshot-row">
      <div className="snapshot-state">
        <Check label={name} selected={isTicked} onChange={() => tick(id)} />
        <span className="line hint" title={formatMoment(at)}>
          <span>
            <PersonName id={person} name={by} initials="small" />
            {`, ${formatWhen(at, now)} · ${t('records.edits', { count: commits })}`}
          </span>
        </span>
      </div>
      <span className="line" data-wrap>
        <span className="mono" title={state}>
          {shortHash(state)}
        </span>
        <IconButton
          label={t('snapshots.copyOf', { name })}
          icon="copy"
          size="small"
          onPress={() =>
            void navigator.clipboard.writeText(state).then(() => announce(t('snapshots.copied', { name })))
          }
        />
        <LinkButton aria-label={t('snapshots.stamp.openOf', { name })} onPress={() => setStamping(true)}>
          {t('snapshots.stamp.open')}
        </LinkButton>
        {isStamping ? <TimeStampDialog snapshot={snapshot} onClose={() => setStamping(false)} /> : null}
      </span>
      <span className="snapshot-verified" role="status">
        {!wanted ? (
          <Button
            size="small"
            icon="verified"
            aria-label={t('snapshots.verifyOf', { name })}
            onPress={() => want(true)}
          >
            {t('snapshots.verify')}
          </Button>
        ) : verified.error !== null ? (
          <span className="bad">{verified.error.message}</span>
        ) : verified.data === undefined ? (
          <span className="dim">{t('snapshots.verifying')}</span>
        ) : verified.data.ok ? (
          <Badge tone="ok" icon="verified">
            {t('snapshots.holds')}
          </Badge>
        ) : (
          <span title={t('snapshots.differsNow', { hash: verified.data.state })}>
            <Badge tone="bad" icon="unverified">
              {t('snapshots.differs')}
            </Badge>{' '}
            <LinkButton onPress={() => openDialog('verify')}>{t('snapshots.differsText')}</LinkButton>
          </span>
        )}
      </span>
      <IconButton
        label={t('snapshots.removeOf', { name })}
        icon="remove"
        size="small"
        isDisabled={isReadOnly}
        onPress={() => remove.mutate({ id }, { onSuccess: () => announce(t('snapshots.removed', { name })) })}
      />
    </li>
  );
}

/** With one selected, compares it with the current state; with two, the older with the newer. */
function Footer({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const { t } = useTranslation();
  const ticked = useSnapshots((state) => state.ticked);
  const chosen = snapshots.filter(({ id }) => ticked.includes(id)).toSorted((a, b) => a.at - b.at);
  const [first, second] = chosen;
  const hint =
    first === undefined
      ? t('snapshots.tick')
      : second === undefined
        ? t('snapshots.withNow', { name: first.name })
        : t('snapshots.withOther', { a: first.name, b: second.name });
  return (
    <footer className="team-footer">
      <span className="grow mid cut">{hint}</span>
      <Button isDisabled={first === undefined} onPress={() => begin(first?.id, second?.id)}>
        {t('snapshots.compare')}
      </Button>
    </footer>
  );
}

function begin(a: SnapshotId | undefined, b: SnapshotId | undefined): void {
  if (a !== undefined) compare({ a, b: b ?? null });
}

/** The time stamps of a snapshot: saves the request as a file, takes the answer, and says what each shows. */
function TimeStampDialog({ snapshot, onClose }: { snapshot: Snapshot; onClose: () => void }) {
  const { t } = useTranslation();
  const list = useCall('timestamps.list', {});
  const stamps = (list.data?.timestamps ?? []).filter((one) => one.snapshot === snapshot.id);
  return (
    <Dialog
      title={t('snapshots.stamp.of', { name: snapshot.name })}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
    >
      <div className="stack">
        <p>{t('snapshots.stamp.what')}</p>
        {list.error === null ? null : <InlineError message={list.error.message} />}
        <StampSteps of={{ snapshot: snapshot.id }} stamps={stamps} />
        <p className="hint">{t('snapshots.stamp.shows')}</p>
        <p className="hint">{t('snapshots.stamp.roots')}</p>
      </div>
    </Dialog>
  );
}
