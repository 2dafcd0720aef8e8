import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Assignment } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatMoment, formatWhen } from '../../common/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { HandBack } from './HandBack.tsx';
import { NewAssignment } from './NewAssignment.tsx';
import { TakenBack } from './TakenBack.tsx';
import { make, NOTHING_DRAWN, useCoding } from './state.ts';

/** What was given to whom to code blind, and who has finished. In a coder's copy: what is to be coded, and the way back. */
export function Assignments() {
  const { t } = useTranslation();
  const list = useCall('assignments.list', {});
  const making = useCoding((state) => state.making);
  const assignments = (list.data?.assignments ?? []).toSorted((a, b) => b.at - a.at);
  const blind = assignments.find(({ id }) => id === list.data?.blind);
  if (blind !== undefined) return <HandBack assignment={blind} />;
  return (
    <div className="scroll team-body">
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {making !== null ? (
        <NewAssignment draft={making} />
      ) : (
        <div className="team-block coding-begin">
          <p className="reading hint">{t('coding.meaning')}</p>
          <Button kind={assignments.length === 0 ? 'primary' : 'plain'} icon="add" onPress={() => make(NOTHING_DRAWN)}>
            {t('coding.new')}
          </Button>
        </div>
      )}
      {list.isSuccess && assignments.length === 0 && making === null ? (
        <EmptyState title={t('coding.none')} text={t('coding.noneText')} />
      ) : (
        <ul className="team-block team-list" aria-label={t('coding.tabs.assignments')}>
          {assignments.map((assignment) => (
            <Row key={assignment.id} assignment={assignment} />
          ))}
        </ul>
      )}
      <TakenBack removed={list.data?.removed ?? []} />
    </div>
  );
}

function Row({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const info = useCall('project.info', {}).data;
  const done = useWrite('assignments.done');
  const { id, name, coderName, person, unit, units, seed, leadDone, coderDone, at } = assignment;
  const isMine = info?.person.id === person;
  const lead = info?.people.find((one) => one.id === person)?.name ?? '';
  return (
    <li className="team-row coding-row">
      <span className="grow">
        <bdi className="strong">{name === '' ? coderName : name}</bdi>
        <span className="hint" title={formatMoment(at)}>
          {t('coding.row', {
            units: t(`coding.units.${unit}`, { count: units.length }),
            seed,
            when: formatWhen(at, now),
          })}
        </span>
      </span>
      <Done name={coderName} isDone={coderDone} />
      <Done name={isMine ? t('coding.you') : lead} isDone={leadDone} />
      {isMine && !leadDone ? (
        <Button size="small" isPending={done.isPending} onPress={() => done.mutate({ id, done: true })}>
          {t('coding.iAmDone')}
        </Button>
      ) : null}
      {done.error === null ? null : <InlineError message={done.error.message} />}
    </li>
  );
}

function Done({ name, isDone }: { name: string; isDone: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge tone={isDone ? 'ok' : 'plain'} icon={isDone ? 'check' : 'clock'}>
      {t(isDone ? 'coding.hasDone' : 'coding.isCoding', { name })}
    </Badge>
  );
}
